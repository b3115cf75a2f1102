/** What an entry on its way is, and why the server did not take it, in words. */
import Ambulance from '@lucide/svelte/icons/ambulance';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import FileText from '@lucide/svelte/icons/file-text';
import IdCard from '@lucide/svelte/icons/id-card';
import Pill from '@lucide/svelte/icons/pill';
import Ruler from '@lucide/svelte/icons/ruler';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Syringe from '@lucide/svelte/icons/syringe';
import { t } from '#lib/i18n/messages/sync.ts';
import type { Icon } from '../primitives/icon.ts';

const ICONS: Record<string, Icon> = {
	facts: IdCard,
	visit: Stethoscope,
	prescription: Pill,
	referral: Ambulance,
	immunization: Syringe,
	allergy: TriangleAlert,
	observation: Ruler
};

export function kindIcon(kind: string): Icon {
	return ICONS[kind] ?? FileText;
}

export function kindWords(kind: string): string {
	return Object.entries(t.kinds).find(([known]) => known === kind)?.[1] ?? t.kinds.other;
}

/** What happened and what to do; a code that this version does not know is said to be that. */
export function refusalWords(code: string | undefined): string {
	return Object.entries(t.refusals).find(([known]) => known === code)?.[1] ?? t.refusals.other;
}
