/** What the banner and the forms say of the person, out of the heads of the book. */
import type { Facts, Sex } from '#lib/domain/book/facts.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from '#lib/domain/book/identifiers.ts';
import type { MeasurementName } from '#lib/domain/book/measurements.ts';
import type {
	BookHeader,
	BookView,
	FactHead,
	GuardianView,
	MeasurementView
} from '#lib/domain/projections/book-view.ts';
import {
	daysBetween,
	earliestDay,
	latestDay,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import type { LastMeasured } from '../measurements/measurement-fields.ts';

/** The facts shown, while nobody has decided the conflicts. */
export function shownFacts(header: BookHeader): Facts {
	return Object.fromEntries(
		Object.entries(header.facts).map(([name, view]) => [name, view.shown.value])
	);
}

export interface ShownIdentifier {
	kind: IdentifierKind;
	value: string;
}

/** The number to show: the personal one, else the next best; a temporary code only when there is no other. */
export function mainIdentifier(header: BookHeader): ShownIdentifier | undefined {
	const facts = shownFacts(header);
	for (const kind of IDENTIFIER_KINDS) {
		const identifier = facts[`identifier.${kind}`];
		if (identifier !== undefined) return { kind, value: identifier.value };
	}
	return undefined;
}

/** Who to name in the banner: the mother first, then whoever looks after this person now. */
export function mainGuardian(header: BookHeader): GuardianView | undefined {
	const current = header.guardians.filter(({ isCurrent }) => isCurrent);
	return current.find(({ link }) => link.relation === 'mother') ?? current[0];
}

export function birthOf(header: BookHeader): ClinicalTime | undefined {
	return header.facts.birthDate?.shown.value;
}

/** Age in days for the ranges of measurements; of a partial birth date the middle of what it can mean. */
export function ageDaysOn(
	birth: ClinicalTime | undefined,
	today: ClinicalDate
): number | undefined {
	if (birth === undefined) return undefined;
	const most = daysBetween(earliestDay(birth), today);
	const least = daysBetween(latestDay(birth), today);
	const days = Math.round((most + least) / 2);
	return days < 0 ? undefined : days;
}

/** The last value of each measurement with its distance from today. */
export function lastMeasurements(
	measurements: MeasurementView[],
	today: ClinicalDate
): Partial<Record<MeasurementName, LastMeasured & { on: ClinicalTime }>> {
	const last: Partial<Record<MeasurementName, LastMeasured & { on: ClinicalTime }>> = {};
	for (const { name, value, occurred } of measurements)
		last[name] = { value, on: occurred, daysAgo: daysBetween(latestDay(occurred), today) };
	return last;
}

export function allergySubstances(view: BookView): string[] {
	return view.header.allergies.map(({ allergy }) => allergy.substance);
}

/** The values of a fact in conflict with who stated each; empty when there is no conflict. */
export function conflictingHeads(
	header: BookHeader,
	name: keyof BookHeader['facts']
): FactHead<typeof name>[] {
	const heads = header.facts[name]?.heads ?? [];
	return heads.length > 1 ? heads : [];
}

const PREGNANT_DAYS_MIN = 10 * 365;
const PREGNANT_DAYS_MAX = 60 * 365;

/** Surely a woman of an age at which it can be; generous, because what follows is only offered. */
export function mayBePregnant(sex: Sex | undefined, ageDays: number | undefined): boolean {
	if (sex !== 'female' || ageDays === undefined) return false;
	return ageDays >= PREGNANT_DAYS_MIN && ageDays <= PREGNANT_DAYS_MAX;
}
