import { describe, expect, it } from 'vitest';
import type { BookId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { decodeCanonical, encodeCanonical, type CanonicalValue } from './canonical.ts';
import { buildEntry, entryIdOf, readEntry } from './entry.ts';
import { readStoredEntry } from './stored-entry.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const BOOK = ID as BookId;
const TODAY = '2026-11-24' as ClinicalDate;
const note = buildEntry({
	book: BOOK,
	kind: 'note',
	class: 'event',
	body: { text: 'Đã gọi điện' },
	occurred: '2026-11-24T08:40' as ClinicalTime,
	recorded: { ms: 1_790_000_000_000, counter: 0 },
	author: { person: ID as PersonId, role: 'nurse', facility: '14021', key: ID as KeyId }
});

function altered(change: Record<string, CanonicalValue>) {
	const stated = decodeCanonical(note.bytes) as Record<string, CanonicalValue>;
	const bytes = encodeCanonical({ ...stated, ...change });
	return { id: entryIdOf(bytes), bytes };
}

describe('an entry that is stored', () => {
	it('reads as the strict reader reads it where that can', () => {
		expect(readStoredEntry(BOOK, note)).toEqual(note.entry);
	});

	it('is shown with what is understood of it where the strict reader refuses it', () => {
		const wrong = altered({ body: { text: 5 }, label: 'later' });
		expect(readEntry(wrong.bytes).ok).toBe(false);
		expect(readStoredEntry(BOOK, wrong)).toMatchObject({
			id: wrong.id,
			envelope: { occurred: '2026-11-24T08:40', author: note.entry.envelope.author },
			content: { kind: 'unknown' }
		});
	});

	it.each<[string, Uint8Array]>([
		['a later form of authorship', altered({ v: 3, author: 'nurse' }).bytes],
		['another encoding', new Uint8Array([0xff, 0x01])],
		['nothing', new Uint8Array()]
	])('of %s is a line that needs an update, in the book and in the list of people', (_, bytes) => {
		const entries = [note.entry, readStoredEntry(BOOK, { id: entryIdOf(bytes), bytes })];
		const deps = { isProductKnown: () => true, today: TODAY };
		const view = projectBook(BOOK, entries, deps);
		expect(view.needsUpdate).toEqual([entryIdOf(bytes)]);
		expect(view.timeline.at(-1)).toMatchObject({
			id: entryIdOf(bytes),
			status: 'needs-update',
			isOccurredUnknown: true
		});
		expect(projectSummary(BOOK, entries, TODAY)).toMatchObject({ entries: 2, needsUpdate: 1 });
	});
});
