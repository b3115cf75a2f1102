import type { Icon } from '../primitives/icon.ts';

/** A page that the navigation leads to. */
export interface Destination {
	href: string;
	label: string;
	icon: Icon;
	isCurrent: boolean;
}
