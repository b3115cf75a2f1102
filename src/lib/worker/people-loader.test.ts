import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { createPeopleIndex } from '#lib/domain/people/search.ts';
import { BOOK, facts, state } from '#lib/domain/projections/stated.fixture.ts';
import { decodeCanonical, encodeCanonical } from '#lib/entry/canonical.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import type { PersonRow } from '#lib/storage/port.ts';
import type { BookReader } from '#lib/use-cases/book-reader.ts';
import { NOW_MS } from './device.fixture.ts';
import { createPeopleLoader } from './people-loader.ts';

const AN: PersonSummary = {
	book: BOOK,
	names: ['Nông Khánh An'],
	phones: [],
	identifiers: [],
	guardians: [],
	allergies: 0,
	conflicts: 0,
	needsUpdate: 0,
	entries: 2
};
const ENTRIES = [
	facts('name', { name: 'Nông Khánh An' }),
	state('mother', {
		kind: 'guardianLink',
		body: { name: 'Nông Thị Duyên', relation: 'mother' }
	})
];

/** As version 1 wrote it: guardians were names without a relation. */
function asVersion1(summary: PersonSummary): Uint8Array {
	const fields = decodeCanonical(encodeSummary(summary)) as Record<string, never>;
	return encodeCanonical({ ...fields, z: 1, g: ['Nông Thị Duyên'] });
}

async function listOf(summary: Uint8Array, entries: BookEntry[] | undefined) {
	const people = createPeopleIndex();
	let booksRead = 0;
	const books: BookReader = {
		read: async (book) => {
			booksRead += 1;
			return entries === undefined ? undefined : { book, entries, count: entries.length };
		},
		forget: () => undefined
	};
	async function* readPeople(): AsyncGenerator<PersonRow[]> {
		yield [{ book: BOOK, summary }];
	}
	const clock = { nowMs: () => NOW_MS };
	await createPeopleLoader({ storage: { readPeople }, books, people, clock }).loaded();
	return { listed: [...people.people()], booksRead };
}

describe('the list of people', () => {
	it('is computed from the entries for somebody whose page was lost', async () => {
		const { listed, booksRead } = await listOf(new Uint8Array(0), ENTRIES);
		expect(listed.map(({ names }) => names)).toEqual([['Nông Khánh An']]);
		expect(booksRead).toBe(1);
	});

	it('takes a stored summary without opening the book', async () => {
		expect(await listOf(encodeSummary(AN), ENTRIES)).toEqual({ listed: [AN], booksRead: 0 });
	});

	it('computes a summary that an older version stored again from the entries', async () => {
		const { listed } = await listOf(asVersion1(AN), ENTRIES);
		expect(listed).toEqual([
			{ ...AN, guardians: [{ name: 'Nông Thị Duyên', relation: 'mother' }] }
		]);
	});

	it('leaves out somebody of whom neither summary nor book can be read', async () => {
		expect((await listOf(asVersion1(AN), undefined)).listed).toEqual([]);
	});
	/** A loader that has read its only row and is held before it takes it. */
	function heldLoader(entries: BookEntry[] | undefined) {
		const people = createPeopleIndex();
		const books: BookReader = {
			read: async (book) =>
				entries === undefined ? undefined : { book, entries, count: entries.length },
			forget: () => undefined
		};
		const held = Promise.withResolvers<PersonRow[]>();
		async function* readPeople(): AsyncGenerator<PersonRow[]> {
			yield await held.promise;
		}
		const clock = { nowMs: () => NOW_MS };
		const loader = createPeopleLoader({ storage: { readPeople }, books, people, clock });
		const release = () => held.resolve([{ book: BOOK, summary: encodeSummary(AN) }]);
		return { people, loader, release };
	}

	it('does not put back somebody whose book left while the list was being loaded', async () => {
		const { people, loader, release } = heldLoader(undefined);
		const loading = loader.loaded();
		await loader.reload([BOOK]);
		release();
		await loading;
		expect([...people.people()]).toEqual([]);
	});

	it('puts nobody back once it was cleared', async () => {
		const { people, loader, release } = heldLoader(ENTRIES);
		const work = [loader.loaded(), loader.reload([BOOK])];
		loader.clear();
		release();
		await Promise.all(work);
		expect([...people.people()]).toEqual([]);
	});
});
