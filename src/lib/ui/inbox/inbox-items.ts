/** What the inbox draws: one line for each thing that waits, the decisions first. */
import type { Author } from '#lib/domain/book/envelope.ts';
import type { FactName } from '#lib/domain/book/facts.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { FactHead, LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { OutboxItem } from '../shell/sync-status.ts';

export type ToDecide =
	| { type: 'fact'; fact: FactName; heads: FactHead<FactName>[] }
	| { type: 'amended-twice' | 'amended-and-voided'; item: TimelineItem };

export interface RefusedEntry extends OutboxItem {
	id: EntryId;
	book: BookId;
	author?: Author;
	occurred?: ClinicalTime;
	content?: LineContent;
	/** Somebody looked at it at the server and gave it back. */
	returned?: { atMs: number; note: string; by?: string };
}

export const HELD_NOTE_LENGTH_MAX = 200;

/** An entry that the server holds back, from whatever tablet of the station. */
export interface HeldItem {
	number: number;
	entry: string;
	atMs: number;
	code: string;
	isFromHere: boolean;
	/** Absent: the book is not on this tablet. */
	personName?: string;
	book?: string | undefined;
	kind?: string | undefined;
	author?: { role: string; name?: string | undefined } | undefined;
	recordedMs?: number | undefined;
	/** Somebody kept it, and said why. */
	review?: { atMs: number; note: string; by?: string | undefined } | undefined;
}

export type HeldDecision = { outcome: 'released' } | { outcome: 'returned' | 'kept'; note: string };

export interface InboxContent {
	undecided: { person: PersonSummary; toDecide: ToDecide[] }[];
	refused: RefusedEntry[];
}

/** What somebody did elsewhere with something of whoever reads it. */
export type AnswerItem = { id: EntryId; book: BookId; personName: string } & (
	| { type: 'taken'; kind: string }
	| ({ author: Author; occurred: ClinicalTime; recordedMs: number } & (
			| { type: 'decided'; facts: FactName[] }
			| { type: 'amended' | 'withdrawn'; kind: string }
			| { type: 'joined' | 'parted' }
	  ))
);

/** `key` tells one line from another while others come and go. */
export type InboxItem =
	| ({ key: string; person: PersonSummary } & ToDecide)
	| {
			key: string;
			type: 'refused';
			entry: RefusedEntry;
			/** The server can be asked to judge it once more. */
			held?: HeldItem;
	  }
	| { key: string; type: 'held'; entry: HeldItem }
	| { key: string; type: 'answer'; answer: AnswerItem };

export type FactItem = Extract<InboxItem, { type: 'fact' }>;
export type EventItem = Extract<InboxItem, { item: TimelineItem }>;

/** An entry of this tablet is one line, also where the server says that it holds it. */
export function itemsOf(
	{ undecided, refused }: InboxContent,
	held: readonly HeldItem[] = [],
	answers: readonly AnswerItem[] = []
): InboxItem[] {
	const decisions = undecided.flatMap(({ person, toDecide }) =>
		toDecide.map((one): InboxItem => ({ key: keyOf(person, one), person, ...one }))
	);
	const heldById = new Map<string, HeldItem>(held.map((one) => [one.entry, one]));
	const returned = refused.map((entry): InboxItem => {
		const atServer = heldById.get(entry.id);
		const item = { key: `refused-${entry.n}`, type: 'refused' as const, entry };
		return atServer === undefined ? item : { ...item, held: atServer };
	});
	const own = new Set<string>(refused.map(({ id }) => id));
	const others = held.filter(({ entry }) => !own.has(entry));
	return [
		...decisions,
		...returned,
		...others.map((entry): InboxItem => ({ key: `held-${entry.number}`, type: 'held', entry })),
		...answers.map((answer): InboxItem => ({ key: `answer-${answer.id}`, type: 'answer', answer }))
	];
}

function keyOf({ book }: PersonSummary, one: ToDecide): string {
	return one.type === 'fact' ? keyOfFact(book, one.fact) : keyOfEvent(book, one.type, one.item.id);
}

/** The line about this fact, if two places state it differently. */
export function keyOfFact(book: BookId, fact: FactName): string {
	return `${book}-${fact}`;
}

/** The line about what two places did with one entry. */
export function keyOfEvent(book: BookId, type: EventItem['type'], id: EntryId): string {
	return `${book}-${type}-${id}`;
}

/** The entries behind all values that stand on the screen: a decision is based on each of them. */
export function seenOf({ heads }: Pick<FactItem, 'heads'>): EntryId[] {
	return heads.flatMap(({ sources }) => sources.map(({ id }) => id));
}

/** The line before or after, staying at the ends. */
export function neighbourOf(
	items: readonly InboxItem[],
	key: string | undefined,
	step: 1 | -1
): InboxItem | undefined {
	const at = items.findIndex((item) => item.key === key);
	return items[Math.min(items.length - 1, Math.max(0, at + step))];
}
