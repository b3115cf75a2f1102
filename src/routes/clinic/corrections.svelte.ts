/** What citizens say is wrong in what this station wrote, while the server can be asked. */
import { book } from '#lib/app.ts';
import { isLate } from '#lib/domain/access/correction-request.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import type { CorrectionLine, CorrectionsOutcome } from '#lib/worker/book-api.ts';

class CorrectionRequests {
	lines = $state.raw<readonly CorrectionLine[]>([]);
	/** How the last question ended; nothing before the first. */
	outcome = $state<CorrectionsOutcome['type']>();

	readonly #waiting = $derived(this.lines.filter(({ answer }) => answer === undefined));
	/** How many wait for an answer. */
	readonly open = $derived(this.#waiting.length);

	async load(): Promise<void> {
		const told = await book.listCorrections().catch(() => undefined);
		this.outcome = told?.type ?? 'network-needed';
		if (told?.type === 'listed') this.lines = told.requests;
	}

	/** How many of them are overdue on this day. */
	lateOn(today: ClinicalDate): number {
		return this.#waiting.filter(({ due }) => isLate(due, today)).length;
	}

	forget(): void {
		this.lines = [];
		this.outcome = undefined;
	}
}

/** The list and the number beside it are of one answer. */
export const corrections = new CorrectionRequests();
