import { beforeEach, describe, expect, it } from 'vitest';
import type { Citizen } from '#lib/domain/access/family.ts';
import { bytesToId, type BookId, type KeyId, type PersonId } from '#lib/domain/ids.ts';
import { lookupOfGuardianNumber, lookupsOfQuestion } from '#lib/domain/people/lookups.ts';
import type { ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, type EntryDraft } from '#lib/entry/entry.ts';
import type { LogEntry } from '../storage/storage.ts';
import { createDamage } from '../sync/damage.ts';
import { openFamily, type OpenFamilyBook } from './family-books.ts';

const TODAY = '2026-11-24';
const NOW_MS = Date.UTC(2026, 10, 24, 2);
const NUMBER = '014188990003';
const idOf = <Id extends string>(n: number): Id => bytesToId<Id>(new Uint8Array(16).fill(n));
const OWN = idOf<BookId>(1);
const CHILD = idOf<BookId>(2);
const BIRTH_BOOK = idOf<BookId>(3);
const MOTHER: Citizen = {
	personalNumber: NUMBER,
	name: 'Lường Thị Vui',
	birthDate: '1988-06-24' as PartialDate
};
const STATION = '14SB1';
const CLINIC = '14HIV';

let commit: number;
let books: Map<BookId, LogEntry[]>;

function write(
	draft: Pick<EntryDraft, 'book' | 'kind' | 'body'> & Partial<EntryDraft>,
	facility = STATION
): LogEntry {
	const { id, bytes } = buildEntry({
		class: 'event',
		occurred: TODAY as ClinicalTime,
		recorded: { ms: NOW_MS, counter: commit },
		author: { person: idOf<PersonId>(7), role: 'doctor', facility, key: idOf<KeyId>(8) },
		...draft
	});
	const stored = { commit: commit++, id, bytes, signature: new Uint8Array(64) };
	books.set(draft.book, [...(books.get(draft.book) ?? []), stored]);
	return stored;
}

function writeVisit(book: BookId, code: string, facility?: string): LogEntry {
	const diagnoses = [{ code, text: 'x', main: true }];
	const body = { reason: 'Khám', diagnoses };
	const label = code === 'B24' ? 'restricted' : 'general';
	return write({ book, kind: 'visit', body, label }, facility);
}

const born = (book: BookId, day: string): LogEntry =>
	write({ book, kind: 'facts', class: 'fact', body: { birthDate: day as ClinicalTime } });

const damage = createDamage();
const open = (): Promise<OpenFamilyBook[]> => {
	const found = new Map([
		...lookupsOfQuestion({ identifier: NUMBER }).map((lookup) => [lookup, OWN] as const),
		[lookupOfGuardianNumber(NUMBER), CHILD] as const
	]);
	const storage = {
		findBooks: async (lookups: string[]) => [
			...new Set(lookups.flatMap((lookup) => found.get(lookup) ?? []))
		],
		readBook: async (book: BookId) => books.get(book) ?? []
	};
	return openFamily({ storage, damage }, MOTHER, NOW_MS);
};
const openChild = async (): Promise<OpenFamilyBook> =>
	(await open()).find(({ book }) => book === CHILD) ?? expect.unreachable();

beforeEach(() => {
	commit = 1;
	books = new Map();
	const value = { value: NUMBER, source: 'card' as const };
	write({ book: OWN, kind: 'facts', class: 'fact', body: { 'identifier.personal': value } });
	const link = { name: MOTHER.name, relation: 'mother' as const, personalNumber: NUMBER };
	write({ book: CHILD, kind: 'guardianLink', body: link });
});

describe('what leaves to a citizen', () => {
	it('is all of the own book, also what the law restricts', async () => {
		const restricted = writeVisit(OWN, 'B24', CLINIC);
		const [own] = await open();
		expect(own?.relation).toBe('own');
		expect(own?.entries).toContain(restricted);
		expect(own?.writers).toContain(CLINIC);
	});

	it('is not which book belongs to somebody else who looks alike', async () => {
		const other = write({ book: OWN, kind: 'differentPerson', body: { other: idOf<BookId>(5) } });
		const [own] = await open();
		expect(own?.entries).toHaveLength(1);
		expect(own?.entries).not.toContain(other);
	});

	it('is all of a child’s book until the sixteenth birthday', async () => {
		born(CHILD, '2010-11-25');
		const restricted = writeVisit(CHILD, 'B24', CLINIC);
		const child = await openChild();
		expect(child.relation).toBe('child-under-16');
		expect(child.entries).toContain(restricted);
	});

	it('is of an older child’s book only what the law restricts to nobody, and not who wrote the rest', async () => {
		born(CHILD, '2010-11-24');
		const cough = writeVisit(CHILD, 'J06.9');
		writeVisit(CHILD, 'B24', CLINIC);
		const child = await openChild();
		expect(child.relation).toBe('child-from-16');
		expect(child.entries).toHaveLength(3);
		expect(child.entries.at(-1)).toBe(cough);
		expect(child.writers).not.toContain(CLINIC);
	});

	it('is nothing of what this version cannot read, where something is restricted', async () => {
		born(CHILD, '2010-11-24');
		const unread = { ...writeVisit(CHILD, 'J06.9'), bytes: new Uint8Array([0xff]) };
		const rows = books.get(CHILD) ?? [];
		books.set(CHILD, [...rows.slice(0, -1), unread]);
		expect((await openChild()).entries).toHaveLength(2);
	});

	it('is nothing that the disk damaged: it neither counts nor opens a book', async () => {
		born(CHILD, '2020-11-24');
		const visit = writeVisit(CHILD, 'J06.9');
		visit.bytes = visit.bytes.with(-1, (visit.bytes.at(-1) ?? 0) ^ 1);
		expect((await openChild()).entries).toHaveLength(2);
		const [link] = books.get(CHILD) ?? [];
		if (link === undefined) expect.unreachable();
		link.bytes = link.bytes.with(-1, (link.bytes.at(-1) ?? 0) ^ 1);
		expect((await open()).map(({ book }) => book)).toEqual([OWN]);
	});
});

describe('another book of the same person', () => {
	const joinOne = (book: BookId, other: BookId): LogEntry =>
		write({ book, kind: 'samePerson', body: { other } });
	const join = (): void => {
		joinOne(CHILD, BIRTH_BOOK);
		joinOne(BIRTH_BOOK, CHILD);
	};
	const opened = async (): Promise<(string | undefined)[][]> =>
		(await open()).map(({ book, of, relation }) => [book, of, relation]);
	const ALONE = [
		[OWN, undefined, 'own'],
		[CHILD, undefined, 'child-under-16']
	];

	beforeEach(() => {
		born(CHILD, '2020-11-24');
	});

	it('leaves with it, though it states neither number nor link', async () => {
		const birth = writeVisit(BIRTH_BOOK, 'Z38');
		join();
		expect(await opened()).toEqual([...ALONE, [BIRTH_BOOK, CHILD, 'child-under-16']]);
		expect((await open()).at(-1)?.entries).toContain(birth);
	});

	it('stays when it does not say so itself', async () => {
		joinOne(CHILD, BIRTH_BOOK);
		writeVisit(BIRTH_BOOK, 'Z38');
		expect(await opened()).toEqual(ALONE);
	});

	it('stays when it states another number or day of birth', async () => {
		join();
		born(BIRTH_BOOK, '2020-11-25');
		expect(await opened()).toEqual(ALONE);
	});

	it('says of its age for all: the older one decides what is restricted', async () => {
		books.set(CHILD, (books.get(CHILD) ?? []).slice(0, 1));
		born(CHILD, '2010');
		born(BIRTH_BOOK, '2010-11-24');
		join();
		writeVisit(BIRTH_BOOK, 'B24', CLINIC);
		const [, child, other] = await open();
		expect([child?.relation, other?.relation]).toEqual(['child-from-16', 'child-from-16']);
		expect(other?.entries).toHaveLength(2);
	});

	it('is gone again with the statement of one of them', async () => {
		join();
		const said = books.get(CHILD)?.at(-1)?.id ?? expect.unreachable();
		const withdrawn = { effect: 'voids' as const, basedOn: [{ id: said }], reason: 'Khác người' };
		write({ book: CHILD, kind: 'void', body: {}, ...withdrawn });
		expect(await opened()).toEqual(ALONE);
	});
});
