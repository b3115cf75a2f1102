/** A save that failed, as the forms say it. */
import type { SaveFailureReason } from '#lib/ui/book/save-failure.ts';
import type { SaveFailure, SaveOutcome } from '#lib/worker/book-api.ts';

/** Nothing for a save that succeeded. */
export function failureOf(outcome: SaveOutcome): SaveFailureReason | undefined {
	if (outcome.type === 'saved') return undefined;
	return outcome.type === 'not-stored' ? outcome.code : outcome.type;
}

/** Runs a save; a worker that died is a save that did not happen. */
export async function trySave<Outcome extends SaveOutcome>(
	save: () => Promise<Outcome>
): Promise<Outcome | SaveFailure> {
	try {
		return await save();
	} catch {
		return { type: 'not-stored', code: 'unknown' };
	}
}
