/** An icon of @lucide/svelte, imported per icon: `import Syringe from '@lucide/svelte/icons/syringe'`. */
import type { LucideIcon } from '@lucide/svelte';
export type Icon = LucideIcon;
