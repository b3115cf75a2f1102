/** A person in one line of a list: age, family, village, and the one status that matters most. */
import Allergy from '@lucide/svelte/icons/triangle-alert';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import ClockAlert from '@lucide/svelte/icons/clock-alert';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Scale from '@lucide/svelte/icons/scale';
import { ageOn } from '#lib/domain/people/age.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import {
	daysBetween,
	latestDay,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import { formatAge, formatDate } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/people.ts';
import type { Icon } from '../primitives/icon.ts';

/** A follow-up further away says nothing about today. */
const FOLLOW_UP_SHOWN_DAYS = 14;

export interface Status {
	tone: 'due' | 'late' | 'bad' | 'hold' | 'ask';
	icon: Icon;
	words: string;
}

export function ageText(birth: ClinicalTime | undefined, today: ClinicalDate): string | undefined {
	const age = birth === undefined ? undefined : ageOn(birth, today);
	return age === undefined ? undefined : formatAge(age);
}

/** A child is called through whoever looks after it. */
export function phoneToCall({ phones, guardianPhone }: PersonSummary): string | undefined {
	return phones[0] ?? guardianPhone;
}

/** Age as lists say it: without the days after months and the months after years. */
function roundAgeText(birth: ClinicalTime | undefined, today: ClinicalDate): string | undefined {
	const age = birth === undefined ? undefined : ageOn(birth, today);
	if (age === undefined) return undefined;
	if (age.unit === 'months') return formatAge({ ...age, days: 0 });
	return formatAge(age.unit === 'years-and-months' ? { ...age, months: 0 } : age);
}

/** What tells one person from another of the same name. */
export type PersonInLine = Pick<PersonSummary, 'birthDate' | 'guardians' | 'village'>;

/** `18 tháng · mẹ Nông Thị Duyên · Nà Lùng`. */
export function personLine(person: PersonInLine, today: ClinicalDate): string {
	const guardian = person.guardians[0];
	return [
		roundAgeText(person.birthDate, today),
		guardian === undefined ? undefined : t.guardian[guardian.relation](guardian.name),
		person.village
	]
		.filter((part) => part !== undefined)
		.join(' · ');
}

/** The chips of a row in a list of follow-ups: how late somebody is, is said beside what is to decide. */
export function followUpStatuses(person: PersonSummary, today: ClinicalDate): Status[] {
	const due = followUpStatus(person.followUp, today);
	const first = personStatus(person, today);
	return [due, first?.words === due?.words ? undefined : first].filter((one) => one !== undefined);
}

/** The one chip of a row: to decide, then follow-up, then what the app cannot read, then allergy. */
export function personStatus(person: PersonSummary, today: ClinicalDate): Status | undefined {
	if (person.conflicts > 0) return { tone: 'ask', icon: Scale, words: t.chips.conflict };
	const followUp = followUpStatus(person.followUp, today);
	if (followUp !== undefined) return followUp;
	if (person.needsUpdate > 0) return { tone: 'hold', icon: RefreshCw, words: t.chips.needsUpdate };
	if (person.allergies > 0) return { tone: 'bad', icon: Allergy, words: t.chips.allergy };
	return undefined;
}

function followUpStatus(
	followUp: ClinicalTime | undefined,
	today: ClinicalDate
): Status | undefined {
	if (followUp === undefined) return undefined;
	const daysLeft = daysBetween(today, latestDay(followUp));
	if (daysLeft < 0)
		return { tone: 'late', icon: ClockAlert, words: t.chips.followUpOverdue(-daysLeft) };
	if (daysLeft === 0) return { tone: 'due', icon: CalendarClock, words: t.chips.followUpToday };
	if (daysLeft > FOLLOW_UP_SHOWN_DAYS) return undefined;
	const date = formatDate(followUp.slice(0, 10));
	return { tone: 'hold', icon: CalendarClock, words: t.chips.followUpOn(date) };
}
