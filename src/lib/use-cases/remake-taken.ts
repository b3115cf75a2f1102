/**
 * `id-taken`: another entry of the book has the same first bits in its id, by chance. Nothing in it is
 * wrong, so the device states it anew with a new `recorded`; the refused entry is kept as replaced. Only
 * its author can sign, so it happens while the author is signed in.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import type { OutboxRow } from '#lib/storage/port.ts';
import type { Session } from '#lib/vault/vault.ts';
import { invalid } from './check-input.ts';
import { saveEntry, type SaveDeps, type SaveOutcome, type Statement } from './save-entry.ts';

const ROWS_MAX = 500;

export async function remakeTaken(deps: SaveDeps): Promise<void> {
	const session = deps.vault.session();
	if (session === undefined) return;
	const refused = await deps.storage.listOutbox(ROWS_MAX, 'refused');
	const taken = refused.filter(({ refusal }) => refusal?.code === 'id-taken');
	if (taken.length === 0) return;
	// By chance it does not happen twice to one statement: then a person has to look.
	const replaced = await deps.storage.listOutbox(ROWS_MAX, 'replaced');
	const remade = new Set(replaced.map(({ replacedBy }) => replacedBy));
	for (const row of taken) if (!remade.has(row.id)) await remake(deps, session, row);
}

async function remake(deps: SaveDeps, session: Session, row: OutboxRow): Promise<void> {
	const read = readEntry(row.bytes);
	if (!read.ok || read.entry.envelope.author.person !== session.staff.person) return;
	await stateAnew(deps, session, row, read.entry);
}

/** The same statement in a new entry that stands in the place of the refused one. Its author is signed in. */
export async function stateAnew(
	deps: SaveDeps,
	session: Session,
	{ n, id, book }: OutboxRow,
	entry: BookEntry
): Promise<SaveOutcome> {
	const statement = statementOf(entry);
	if (statement === undefined) return invalid('id', 'needs-update');
	return saveEntry(
		deps,
		book,
		({ entries }) => (isNamed(id, entries) ? invalid('id', 'named-by-another') : statement),
		{ session, replaces: { n, id } }
	);
}

/** Something corrects it, or took it back: a new entry would stand there uncorrected. */
function isNamed(id: EntryId, entries: readonly BookEntry[]): boolean {
	return entries.some(({ envelope }) => envelope.basedOn?.some((basis) => basis.id === id));
}

function statementOf({ envelope, content }: BookEntry): Statement | undefined {
	const { occurred, effect, basedOn, reason } = envelope;
	if (content.kind === 'unknown' || effect === 'unknown' || envelope.class === 'unknown')
		return undefined;
	return {
		...content,
		occurred,
		effect,
		class: envelope.class,
		...(basedOn && { basedOn }),
		...(reason === undefined ? {} : { reason })
	};
}
