/** What a family is told of who opened a book, in words. */
import {
	accessKindOf,
	isOfFamily,
	accessMsOf,
	type AccessAct,
	type AccessPlace,
	type LoggedAccess
} from '#lib/domain/access/accesses.ts';
import { formatMoment } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/accesses.ts';
import { t as shell } from '#lib/i18n/messages/shell.ts';

export type ShownAccess = LoggedAccess & { number: number };

export interface ShownAccesses {
	accesses: ShownAccess[];
	hasOlder: boolean;
	names: Record<string, string>;
	verdict:
		| { type: 'first' | 'holds' | 'restored' }
		| { type: 'broken'; reason: keyof typeof t.verdict.broken };
	askedMs: number;
}

/** Names of that answer, and who is reading. */
export interface Naming {
	names: Record<string, string>;
	/** What stands for whoever is signed in. */
	self: string;
	nowMs: number;
}

export function placeWords({ place }: AccessPlace, { names }: Naming): string {
	switch (place.type) {
		case 'facility':
			return names[place.code] ?? t.unknownPlace(place.code);
		case 'family':
			return t.family;
		case 'server':
			return t.server;
	}
}

/** `3 lần, lần cuối 08:40 · Hoàng Thị Thắm`, without what is not known. */
export function actWords({ kind, count, lastMs, people }: AccessAct, naming: Naming): string {
	const moment = formatMoment(lastMs, naming.nowMs);
	const when = [t.times(count), t.last(moment, count)].filter((part) => part !== '').join(', ');
	const who = people.map((person) => personWords(person, isOfFamily(kind), naming));
	return [when, [...new Set(who)].join(', ')].filter((part) => part !== '').join(' · ');
}

export function refusalWords(access: LoggedAccess, naming: Naming): string {
	const moment = formatMoment(accessMsOf(access), naming.nowMs);
	if (access.facility === undefined) return t.refused.byStranger(moment);
	const place = naming.names[access.facility] ?? t.unknownPlace(access.facility);
	return t.refused.byPlace(place, moment);
}

/** Where and who, of one line. */
export function lineWords(access: LoggedAccess, naming: Naming): string {
	const { facility, person, role } = access;
	const isFamily = isOfFamily(accessKindOf(access));
	const place =
		facility === undefined ? undefined : (naming.names[facility] ?? t.unknownPlace(facility));
	const who = person === undefined ? undefined : personWords(person, isFamily, naming);
	const as = role === undefined || isFamily ? undefined : roleWords(role);
	return [place, as, who].filter((part) => part !== undefined).join(' · ');
}

function personWords(person: string, isFamily: boolean, { names, self }: Naming): string {
	if (person === self) return t.you;
	return isFamily ? t.relative : (names[person] ?? t.somebody);
}

/** A role of a later version by the name that the log has for it. */
function roleWords(role: string): string {
	const known: Record<string, string> = shell.roles;
	return known[role] ?? role;
}
