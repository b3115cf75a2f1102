import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';
import { clinicalDateOf, latestDay, type ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { markAmbiguous } from './ambiguous.ts';
import type { UseCaseDeps } from './deps.ts';

const FOLLOW_UPS_MAX = 500;

/** Both days belong to it. Without `from` it begins with the oldest. */
export interface FollowUpSpan {
	from?: ClinicalDate;
	until: ClinicalDate;
}

export interface FollowUpCounts {
	/** Before today, and not met. */
	overdue: number;
	today: number;
	/** By day of the span; a day without any is left out. */
	byDay: Record<string, number>;
}

/** How many were asked to come back, by day: nobody's name leaves the worker for this. */
export function countFollowUps(deps: UseCaseDeps, span: FollowUpSpan): FollowUpCounts {
	const counts: FollowUpCounts = { overdue: 0, today: 0, byDay: {} };
	const today = clinicalDateOf(deps.clock.nowMs());
	for (const { day } of promised(deps)) {
		if (day < today) counts.overdue += 1;
		if (day === today) counts.today += 1;
		if (isIn(span, day)) counts.byDay[day] = (counts.byDay[day] ?? 0) + 1;
	}
	return counts;
}

/** Who was asked to come back in the span, the longest ago first, those of one day by name. */
export function listFollowUps(
	deps: UseCaseDeps,
	span: FollowUpSpan,
	shownMax: number
): PersonHit[] {
	const due = [...promised(deps)].filter(({ day }) => isIn(span, day));
	due.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
	const shown = due.slice(0, Math.min(shownMax, FOLLOW_UPS_MAX));
	return markAmbiguous(shown.map(({ person }) => person));
}

/** In the order of names. Of a promise without its day the last one it can mean: nobody is late before it. */
function* promised(deps: UseCaseDeps): Generator<{ person: PersonSummary; day: ClinicalDate }> {
	if (deps.vault.session() === undefined) return;
	for (const person of deps.people.people())
		if (person.followUp !== undefined) yield { person, day: latestDay(person.followUp) };
}

function isIn({ from, until }: FollowUpSpan, day: ClinicalDate): boolean {
	return (from === undefined || day >= from) && day <= until;
}
