import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import type { OutboxRow, OutboxState } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

export interface OutboxLine {
	/** Journal number. */
	n: number;
	id: EntryId;
	book: BookId;
	personName: string;
	kind: string;
	savedMs: number;
	state: OutboxState;
	refusalCode?: string;
}

/** Each state has its own room: hundreds that wait must not hide what somebody has to look at. */
const LINES_MAX: [OutboxState, number][] = [
	['refused', 500],
	['waiting', 500],
	['set-aside', 100],
	['replaced', 100]
];

/** What the server has not acknowledged: refused entries first, then what waits, then what was put aside;
 * oldest first. How many there are of each stands in the state of sync. */
export async function listOutbox(deps: UseCaseDeps): Promise<OutboxLine[]> {
	if (deps.vault.session() === undefined) return [];
	const rows = await Promise.all(
		LINES_MAX.map(([state, limit]) => deps.storage.listOutbox(limit, state))
	);
	return rows.flat().map((row) => lineOf(deps, row));
}

function lineOf(deps: UseCaseDeps, row: OutboxRow): OutboxLine {
	const read = readEntry(row.bytes);
	return {
		n: row.n,
		id: row.id,
		book: row.book,
		personName: deps.people.get(row.book)?.names[0] ?? '',
		kind: read.ok ? read.entry.envelope.kind : 'unknown',
		savedMs: row.savedMs,
		state: row.state,
		...(row.refusal === undefined ? {} : { refusalCode: row.refusal.code })
	};
}
