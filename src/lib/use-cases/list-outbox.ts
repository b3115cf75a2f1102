import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { Author } from '#lib/domain/book/envelope.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { LineContent } from '#lib/domain/projections/book-view.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
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

/** With what it says, so that it can be put right. */
export interface RefusedLine extends OutboxLine {
	/** Absent: not readable here. */
	author?: Author;
	occurred?: ClinicalTime;
	/** Absent for a void too: it says something of another entry. */
	content?: LineContent;
	/** Somebody looked at it at the server and gave it back. */
	returned?: { atMs: number; note: string; by?: string };
}

const REFUSED_MAX = 500;

/** Each state has its own room: hundreds that wait must not hide what somebody has to look at. */
const LINES_MAX: [OutboxState, number][] = [
	['refused', REFUSED_MAX],
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
	return rows.flat().map((row) => lineOf(deps, row, read(row)));
}

/** The refused ones alone, and their entries. */
export async function listRefused(
	deps: UseCaseDeps
): Promise<{ lines: RefusedLine[]; entries: BookEntry[] }> {
	const rows = await deps.storage.listOutbox(REFUSED_MAX, 'refused');
	const both = rows.map((row) => ({ row, entry: read(row) }));
	return {
		lines: both.map(({ row, entry }) => ({
			...lineOf(deps, row, entry),
			...saidIn(entry),
			...(row.refusal?.returned && { returned: row.refusal.returned })
		})),
		entries: both.flatMap(({ entry }) => entry ?? [])
	};
}

function read({ bytes }: OutboxRow): BookEntry | undefined {
	const outcome = readEntry(bytes);
	return outcome.ok ? outcome.entry : undefined;
}

function lineOf(deps: UseCaseDeps, row: OutboxRow, entry: BookEntry | undefined): OutboxLine {
	return {
		n: row.n,
		id: row.id,
		book: row.book,
		personName: deps.people.get(row.book)?.names[0] ?? '',
		kind: entry?.envelope.kind ?? 'unknown',
		savedMs: row.savedMs,
		state: row.state,
		...(row.refusal === undefined ? {} : { refusalCode: row.refusal.code })
	};
}

/** What an entry says that stands in no book yet. */
export function saidIn(
	entry: BookEntry | undefined
): Pick<RefusedLine, 'author' | 'occurred' | 'content'> {
	if (entry === undefined) return {};
	const { envelope, content } = entry;
	const isLine = content.kind !== 'unknown' && content.kind !== 'void';
	return {
		author: envelope.author,
		occurred: envelope.occurred,
		...(isLine ? { content } : {})
	};
}
