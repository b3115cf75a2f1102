import type { EntryId } from '#lib/domain/ids.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';
import type { SaveOutcome } from './save-entry.ts';

const ROWS_MAX = 5_000;

/** Somebody has seen what the server refused and puts it away: it stays stored and readable, and no longer
 * asks for attention. `n`: its journal number. */
export async function setAside(
	{ vault, storage }: Pick<UseCaseDeps, 'vault' | 'storage'>,
	n: number
): Promise<void> {
	if (vault.session() !== undefined) await storage.setAside(n);
}

/** An act that corrects, withdraws or moves entries. Those of them that the server refused were seen by whoever
 * did it: they ask for nothing more. */
export async function asidePutRight(
	{ storage }: Pick<UseCaseDeps, 'storage'>,
	ids: readonly EntryId[],
	act: () => Promise<SaveOutcome>
): Promise<SaveOutcome> {
	const outcome = await act();
	if (outcome.type !== 'saved') return outcome;
	try {
		const refused = await storage.listOutbox(ROWS_MAX, 'refused');
		for (const { n, id } of refused) if (ids.includes(id)) await storage.setAside(n);
	} catch (error) {
		// The act itself is on the disk, and that is the answer.
		if (!(error instanceof StorageFailed)) throw error;
	}
	return outcome;
}
