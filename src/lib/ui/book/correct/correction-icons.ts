/** The pictures of the acts on an entry, wherever they are offered. */
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import CircleX from '@lucide/svelte/icons/circle-x';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import type { Icon } from '../../primitives/icon.ts';
import type { Correction } from './corrections.ts';

export const CORRECTION_ICONS: Record<Correction, Icon> = {
	amend: PencilLine,
	void: CircleX,
	move: ArrowRightLeft
};
