import { readEntry } from '#lib/entry/entry.ts';
import { invalid } from './check-input.ts';
import { stateAnew } from './remake-taken.ts';
import type { SaveDeps, SaveOutcome } from './save-entry.ts';

const ROWS_MAX = 5_000;

/** States a refused entry (`n`: its journal number) anew, word for word, because its author says that it will
 * be taken now: the server knows them again, or the person in charge has put the cause right. Only its author
 * signs it; the old one stays as replaced. */
export async function recordAgain(deps: SaveDeps, n: number): Promise<SaveOutcome> {
	const session = deps.vault.session();
	if (session === undefined) return { type: 'not-signed-in' };
	const rows = await deps.storage.listOutbox(ROWS_MAX, 'refused');
	const row = rows.find((one) => one.n === n);
	const read = row === undefined ? undefined : readEntry(row.bytes);
	if (row === undefined || read?.ok !== true) return invalid('n', 'no-such-entry');
	if (read.entry.envelope.author.person !== session.staff.person)
		return invalid('n', 'another-author');
	return stateAnew(deps, session, row, read.entry);
}
