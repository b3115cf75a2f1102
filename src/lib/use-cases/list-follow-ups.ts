import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';
import { earliestDay, latestDay, type PartialDate } from '#lib/domain/time/clinical-time.ts';
import { markAmbiguous } from './ambiguous.ts';
import type { UseCaseDeps } from './deps.ts';

const FOLLOW_UPS_MAX = 500;

/** People with a follow-up up to and including `until`, earliest first. */
export function listFollowUps(deps: UseCaseDeps, until: PartialDate): PersonHit[] {
	if (deps.vault.session() === undefined) return [];
	const last = latestDay(until);
	const due: { person: PersonSummary; day: string }[] = [];
	for (const person of deps.people.people()) {
		if (person.followUp === undefined) continue;
		const day = earliestDay(person.followUp);
		if (day <= last) due.push({ person, day });
	}
	due.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
	return markAmbiguous(due.slice(0, FOLLOW_UPS_MAX).map(({ person }) => person));
}
