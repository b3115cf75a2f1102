/** Who opened a book, out of the access log, as its family is told: by place, with what was done there. */
import type { BookId, DeviceId, PersonId } from '../ids.ts';

export interface LoggedAccess {
	/** Server time, milliseconds. */
	at: number;
	/** A word of the log; a later version may know more of them. */
	action: string;
	device?: DeviceId;
	person?: PersonId;
	/** What the person was there, where somebody acted by name. */
	role?: string;
	facility?: string;
	book?: BookId;
	/** Reason class, counts, positions: never data of patients. */
	detail: string;
}

export const ACCESS_KINDS = [
	/** Asked, and was not told. */
	'refused',
	/** Opened because there was no time to ask. */
	'emergency',
	/** A colleague has looked at such an opening. */
	'emergency-reviewed',
	'wrote',
	/** Because the person was there. */
	'opened',
	/** The book is on a device there since, and can be read without a network. */
	'received',
	/** On a device there, as it told later. */
	'read',
	/** While there was a network. */
	'looked',
	/** Named in the answer to a question by number or name. */
	'found',
	/** Decided about an entry that the server had not taken. */
	'reviewed',
	/** The family itself, on a phone. */
	'family',
	/** The family showed a code at a facility, or was about to. */
	'shown',
	'other'
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

const KIND_OF_ACTION: Record<string, AccessKind> = {
	refuse: 'refused',
	push: 'wrote',
	open: 'opened',
	'break-glass': 'emergency',
	read: 'read',
	find: 'found',
	review: 'reviewed'
};
const LOOKS: readonly string[] = ['live', 'journey', 'held'];

export function accessKindOf({ action, detail }: LoggedAccess): AccessKind {
	const [first = ''] = detail.split(' ');
	if (action === 'open' && first === 'visit-code') return 'shown';
	if (action === 'review' && first === 'break-glass') return 'emergency-reviewed';
	if (action !== 'deliver') return KIND_OF_ACTION[action] ?? 'other';
	if (first === 'citizen') return 'family';
	return LOOKS.includes(first) ? 'looked' : 'received';
}

const TOLD_LATER = /(?:^| )tablet n=\d{1,16} at=(\d{1,16})$/;

/** When it was done: what a device tells later says when that was, and the log when it was told. */
export function accessMsOf({ at, detail }: Pick<LoggedAccess, 'at' | 'detail'>): number {
	const told = TOLD_LATER.exec(detail)?.[1];
	return told === undefined ? at : Math.min(Number(told), at);
}

/** Done by the family itself. */
export function isOfFamily(kind: AccessKind): boolean {
	return kind === 'family' || kind === 'shown';
}

/** Everything of one kind at one place. */
export interface AccessAct {
	kind: AccessKind;
	count: number;
	lastMs: number;
	/** Who is named, each once, the last one first. */
	people: PersonId[];
}

export interface AccessPlace {
	/** `server`: where no facility acted. */
	place: { type: 'facility'; code: string } | { type: 'family' } | { type: 'server' };
	lastMs: number;
	/** In the order of `ACCESS_KINDS`. */
	acts: AccessAct[];
}

/** The place where something happened last comes first, the family itself last; refusals are told apart. */
export function accessPlaces(accesses: readonly LoggedAccess[]): AccessPlace[] {
	const byPlace = new Map<string, LoggedAccess[]>();
	for (const access of accesses) {
		if (accessKindOf(access) === 'refused') continue;
		const key = JSON.stringify(placeOf(access));
		byPlace.set(key, [...(byPlace.get(key) ?? []), access]);
	}
	const places = [...byPlace.values()].flatMap((those): AccessPlace[] => {
		const [first] = those;
		if (first === undefined) return [];
		return [{ place: placeOf(first), lastMs: lastOf(those), acts: actsOf(those) }];
	});
	const isFamily = ({ place }: AccessPlace): number => (place.type === 'family' ? 1 : 0);
	return places.sort((a, b) => isFamily(a) - isFamily(b) || b.lastMs - a.lastMs);
}

export function refusedAccesses<Access extends LoggedAccess>(
	accesses: readonly Access[]
): Access[] {
	return accesses.filter((access) => accessKindOf(access) === 'refused');
}

function placeOf(access: LoggedAccess): AccessPlace['place'] {
	if (access.facility !== undefined) return { type: 'facility', code: access.facility };
	return { type: isOfFamily(accessKindOf(access)) ? 'family' : 'server' };
}

function actsOf(accesses: LoggedAccess[]): AccessAct[] {
	return ACCESS_KINDS.flatMap((kind): AccessAct[] => {
		const those = accesses.filter((access) => accessKindOf(access) === kind);
		if (those.length === 0) return [];
		const newestFirst = [...those].sort((a, b) => accessMsOf(b) - accessMsOf(a));
		const people = new Set(newestFirst.flatMap(({ person }) => person ?? []));
		return [{ kind, count: those.length, lastMs: lastOf(those), people: [...people] }];
	});
}

function lastOf(accesses: LoggedAccess[]): number {
	return Math.max(...accesses.map(accessMsOf));
}
