/** The station's emergency openings, while the server can be asked. */
import { book } from '#lib/app.ts';
import type { EmergenciesOutcome, EmergencyLine } from '#lib/worker/book-api.ts';
import { toReview } from '#lib/ui/inbox/emergency-lines.ts';

class Emergencies {
	lines = $state.raw<readonly EmergencyLine[]>([]);
	/** How the last question ended; nothing before the first. */
	outcome = $state<EmergenciesOutcome['type']>();

	async load(): Promise<void> {
		const told = await book.listEmergencies().catch(() => undefined);
		this.outcome = told?.type ?? 'network-needed';
		if (told?.type === 'listed') this.lines = told.emergencies;
	}

	/** How many wait for this person. */
	waitingFor(person: string): number {
		return toReview(this.lines, person).length;
	}

	forget(): void {
		this.lines = [];
		this.outcome = undefined;
	}
}

/** The list and the number beside it are of one answer. */
export const emergencies = new Emergencies();
