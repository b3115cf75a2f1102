import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import type { OutboxRow } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

export interface OutboxLine {
	id: EntryId;
	book: BookId;
	personName: string;
	kind: string;
	savedMs: number;
	state: 'waiting' | 'refused';
	refusalCode?: string;
}

const OUTBOX_LINES_MAX = 500;

/** What the server has not acknowledged, refused entries too, oldest first. */
export async function listOutbox(deps: UseCaseDeps): Promise<OutboxLine[]> {
	if (deps.vault.session() === undefined) return [];
	const rows = await deps.storage.listOutbox(OUTBOX_LINES_MAX);
	return rows.map((row) => lineOf(deps, row));
}

function lineOf(deps: UseCaseDeps, row: OutboxRow): OutboxLine {
	const read = readEntry(row.bytes);
	return {
		id: row.id,
		book: row.book,
		personName: deps.people.get(row.book)?.names[0] ?? '',
		kind: read.ok ? read.entry.envelope.kind : 'unknown',
		savedMs: row.savedMs,
		state: row.state,
		...(row.refusal === undefined ? {} : { refusalCode: row.refusal.code })
	};
}
