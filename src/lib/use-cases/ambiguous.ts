import { clinicalTimeParts } from '#lib/domain/time/clinical-time.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';

/** Marks those of a list who share name and birth year with another one of it. */
export function markAmbiguous(people: readonly PersonSummary[]): PersonHit[] {
	const counts = new Map<string, number>();
	for (const person of people) counts.set(keyOf(person), (counts.get(keyOf(person)) ?? 0) + 1);
	return people.map((person) => ({
		person,
		isAmbiguous: (counts.get(keyOf(person)) ?? 0) > 1
	}));
}

function keyOf({ names, birthDate }: PersonSummary): string {
	const year = birthDate === undefined ? undefined : clinicalTimeParts(birthDate)?.year;
	return `${names[0]?.toLocaleLowerCase('vi') ?? ''}|${year ?? ''}`;
}
