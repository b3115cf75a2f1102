import type { EntryId } from '../ids.ts';
import type { Body, Content, Kind } from './content.ts';
import type { Envelope } from './envelope.ts';

/** An entry as read: its id, its envelope, and its content where this version knows the kind. */
export interface BookEntry {
	id: EntryId;
	envelope: Envelope;
	content: Content;
}

export type EntryOf<K extends Kind> = BookEntry & { content: { kind: K; body: Body<K> } };

export function isEntryOf<K extends Kind>(entry: BookEntry, kind: K): entry is EntryOf<K> {
	return entry.content.kind === kind;
}

/** Display order and ties: stated time first, then the recording device's own time, then the id. */
export function compareByOccurred(a: BookEntry, b: BookEntry): number {
	return (
		compare(a.envelope.occurred, b.envelope.occurred) ||
		a.envelope.recorded.ms - b.envelope.recorded.ms ||
		a.envelope.recorded.counter - b.envelope.recorded.counter ||
		compare(a.id, b.id)
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
