import type { Icon } from '../primitives/icon.ts';

/** A page that the navigation leads to. */
export interface Destination {
	href: string;
	label: string;
	icon: Icon;
	isCurrent: boolean;
	/** What waits there, with the words that say it. */
	waiting?: { count: number; words: string } | undefined;
}
