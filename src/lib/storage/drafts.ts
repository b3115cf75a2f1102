/** What people have begun to write on this device. A row is opaque and belongs to one person. */
import type { PersonId } from '#lib/domain/ids.ts';
import type { DraftKey, DraftRow } from './port.ts';
import { startingWith, type Database, type Key } from './tables.ts';

export function draftKeyOf({ person, book, form }: DraftKey): Key {
	return [person, book, form];
}

export function readDraft(database: Database, key: DraftKey): Promise<DraftRow | undefined> {
	return database.transact('r', ['drafts'], async ({ drafts }) => drafts.get(draftKeyOf(key)));
}

export function listDrafts(database: Database, person: PersonId): Promise<DraftRow[]> {
	return database.transact('r', ['drafts'], async ({ drafts }) =>
		drafts.range(startingWith(person))
	);
}

export function writeDraft(database: Database, row: DraftRow): Promise<void> {
	return database.transact('rw', ['drafts'], async ({ drafts }) => {
		await drafts.put(row);
	});
}

export function removeDraft(database: Database, key: DraftKey): Promise<void> {
	return database.transact('rw', ['drafts'], async ({ drafts }) => {
		await drafts.deleteMany([draftKeyOf(key)]);
	});
}
