/** The decisions about what the server holds back of this station. */
import { book } from '#lib/app.ts';
import { t } from '#lib/i18n/messages/inbox.ts';
import type { HeldDecision, HeldItem } from '#lib/ui/inbox/inbox-items.ts';
import { refusalWords } from '#lib/ui/shell/outbox-words.ts';
import type { ReviewOutcome } from '#lib/worker/book-api.ts';
import { heldAtServer } from '../held.svelte.ts';
import { justSaved } from '../people/just-saved.svelte.ts';

export class HeldDecisions {
	/** Why the last decision was not carried out, and which. */
	failure = $state.raw<{ number: number; words: string }>();

	async decide({ number, entry }: HeldItem, decision: HeldDecision): Promise<void> {
		const outcome = await book
			.reviewHeld({ number, entry, ...decision })
			.catch((): ReviewOutcome => ({ type: 'refused', code: 'internal' }));
		this.failure =
			outcome.type === 'decided' ? undefined : { number, words: failureWords(outcome) };
		if (outcome.type === 'decided') justSaved.tell(t.held.done[decision.outcome], undefined, []);
		await heldAtServer.load();
	}
}

function failureWords(outcome: Exclude<ReviewOutcome, { type: 'decided' }>): string {
	const words = t.held.failed;
	if (outcome.type === 'network-needed') return words.network;
	switch (outcome.code) {
		case 'still-refused':
			return `${words['still-refused']} ${refusalWords(outcome.detail)}`;
		case 'already-decided':
		case 'not-found':
			return words['already-decided'];
		case 'not-allowed':
			return words['not-allowed'];
		default:
			return words.other;
	}
}
