import { describe, expect, it } from 'vitest';
import type { Author } from '#lib/domain/book/envelope.ts';
import {
	bytesToId,
	type BookId,
	type EntryId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { FactHead, LineContent, Source } from '#lib/domain/projections/book-view.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { itemsOf, neighbourOf, seenOf, type HeldItem, type RefusedEntry } from './inbox-items.ts';
import { refusedActs } from './refused-acts.ts';

const idOf = <Id extends string>(n: number) => bytesToId<Id>(new Uint8Array(16).fill(n));
const MAI = { person: idOf<PersonId>(1), role: 'nurse' };
const LAN = { person: idOf<PersonId>(2), role: 'nurse' };
const HAI = { person: idOf<PersonId>(3), role: 'doctor' };
const AUTHOR: Author = {
	person: MAI.person,
	role: 'nurse',
	facility: '14021',
	key: 'k' as KeyId
};
const PERSON: PersonSummary = {
	book: idOf<BookId>(9),
	names: ['Bàn Văn Minh'],
	phones: [],
	identifiers: [],
	guardians: [],
	allergies: 0,
	conflicts: 1,
	needsUpdate: 0,
	entries: 3
};
const sourceOf = (n: number): Source => ({
	id: idOf<EntryId>(n),
	author: AUTHOR,
	occurred: '2026-11-24' as ClinicalTime,
	recorded: { ms: 1, counter: 0 }
});
const HEADS: FactHead<'phone'>[] = [
	{ value: '0911111111', sources: [sourceOf(11), sourceOf(12)] },
	{ value: '0922222222', sources: [sourceOf(13)] }
];
const VISIT: LineContent = { kind: 'visit', body: { reason: 'Ho' } };
const ALLERGY: LineContent = {
	kind: 'allergy',
	body: { finding: 'allergy', substance: 'Penicillin', category: 'drug', severity: 'severe' }
};
const REFUSED: RefusedEntry = {
	n: 7,
	id: idOf<EntryId>(20),
	book: PERSON.book,
	personName: 'Bàn Văn Minh',
	kind: 'visit',
	savedMs: 1,
	state: 'refused',
	author: AUTHOR,
	content: VISIT
};

describe('the lines of the inbox', () => {
	const items = itemsOf({
		undecided: [
			{
				person: PERSON,
				toDecide: [
					{ type: 'fact', fact: 'phone', heads: HEADS },
					{ type: 'fact', fact: 'name', heads: [] }
				]
			}
		],
		refused: [REFUSED]
	});

	it('are one for each thing that waits, decisions first, each with a key of its own', () => {
		expect(items.map(({ type }) => type)).toEqual(['fact', 'fact', 'refused']);
		expect(new Set(items.map(({ key }) => key)).size).toBe(3);
	});

	it('are gone through one by one, staying at the ends', () => {
		const [first, second, last] = items;
		expect(neighbourOf(items, first?.key, 1)).toBe(second);
		expect(neighbourOf(items, last?.key, 1)).toBe(last);
		expect(neighbourOf(items, first?.key, -1)).toBe(first);
		expect(neighbourOf([], undefined, 1)).toBeUndefined();
	});

	it('are one for an entry of this tablet that the server holds, and one for each of another tablet', () => {
		const held = (number: number, entry: string): HeldItem => ({
			number,
			entry,
			atMs: 1,
			code: 'signature',
			isFromHere: true
		});
		const [own, other] = [held(4, REFUSED.id), held(5, idOf<EntryId>(21))];
		expect(itemsOf({ undecided: [], refused: [REFUSED] }, [own, other])).toMatchObject([
			{ type: 'refused', entry: REFUSED, held: own },
			{ type: 'held', key: 'held-5', entry: other }
		]);
	});

	it('base a decision on every record behind every value', () => {
		expect(seenOf({ heads: HEADS })).toEqual([11, 12, 13].map((n) => idOf(n)));
	});
});

describe('what can be done about a returned entry', () => {
	const acts = (refusalCode: string, actor = MAI, content: LineContent | undefined = VISIT) =>
		refusedActs({ author: AUTHOR, refusalCode, ...(content && { content }) }, actor);

	it('is to correct it where its words are the cause, never to send the same words again', () => {
		expect(acts('schema')).toEqual(['correct', 'move']);
		expect(acts('too-large')).toEqual(['correct', 'move']);
	});

	it('is to record it again where its words are not the cause, by its author only', () => {
		expect(acts('unknown-author')).toEqual(['correct', 'again', 'move']);
		expect(acts('a-code-of-later')).toContain('again');
		expect(acts('unknown-author', LAN)).not.toContain('again');
	});

	it('is to record it in another book where this one is full', () => {
		expect(acts('book-full')).toEqual(['move']);
	});

	it('is nothing where it was erased by law', () => {
		expect(acts('erased')).toEqual([]);
	});

	it('is to correct facts in their form: a value is replaced, never moved or taken away', () => {
		const facts: LineContent = { kind: 'facts', body: { phone: '0912345678' } };
		expect(acts('schema', MAI, facts)).toEqual(['correct']);
		expect(acts('unknown-author', MAI, facts)).toEqual(['correct', 'again']);
	});

	it('leaves the allergy of another person to a doctor', () => {
		expect(acts('schema', LAN, ALLERGY)).toEqual([]);
		expect(acts('schema', HAI, ALLERGY)).toEqual(['correct', 'move']);
	});

	it('puts what others did last, below all that waits', () => {
		const answer = { id: idOf<EntryId>(30), book: PERSON.book, personName: 'Bàn Văn Minh' };
		const items = itemsOf(
			{ undecided: [], refused: [REFUSED] },
			[],
			[{ ...answer, type: 'taken', kind: 'visit' }]
		);
		expect(items.map(({ type }) => type)).toEqual(['refused', 'answer']);
	});

	it('is to record again what says something of another entry', () => {
		expect(refusedActs({ author: AUTHOR, refusalCode: 'signature' }, MAI)).toEqual(['again']);
	});
});
