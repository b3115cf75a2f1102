/** Does an entry take an allergy away that its author may not take away? It is marked for that, not refused. */
import { mayCorrect } from '#lib/domain/access/may-correct.ts';
import type { Author } from '#lib/domain/book/envelope.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import type { ServerStorage } from '../storage/storage.ts';
import type { EntryReading, Reading } from './examine.ts';

export async function needsDoctor(
	storage: ServerStorage,
	readings: readonly Reading[],
	{ withdraws, author, book }: EntryReading
): Promise<boolean> {
	if (withdraws.length === 0) return false;
	const authors = new Map<EntryId, Author>();
	for (const { id, bytes } of await storage.readBook(book)) {
		const read = withdraws.includes(id) ? readEntry(bytes) : undefined;
		if (read?.ok === true) authors.set(id, read.entry.envelope.author);
	}
	for (const reading of readings)
		if (reading.ok && reading.entry.book === book)
			authors.set(reading.entry.id, reading.entry.author);
	return withdraws.some((id) => {
		const written = authors.get(id);
		return written !== undefined && !mayCorrect(author, { class: 'safety', author: written });
	});
}
