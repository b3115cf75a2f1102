/** The people of the demo who can sign in as citizens: a few who show what a family sees. */
import { daysBetween, type ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { historyOf } from './history.ts';
import { createPeople, type DemoPerson } from './households.ts';
import { demoStaff } from './stations.ts';

const KINDS = ['mother', 'elder', 'adult'] as const;

export interface DemoCitizen {
	personalNumber: string;
	name: string;
	birthDate: ClinicalDate;
	/** Who of the demo it is, in words for the choice on the stand-in page. */
	kind: (typeof KINDS)[number];
}

/** Enough households to find everybody in, whatever the size of the demo. */
const PEOPLE_LOOKED_AT = 400;
const DAYS_PER_YEAR = 365.25;
const SMALL_YEARS = 10;

/** A mother with two small children, an elderly man, a woman without children; fewer in a very small demo. */
export function demoCitizens(
	seed: string,
	peopleCount: number,
	today: ClinicalDate
): DemoCitizen[] {
	const people = createPeople(seed, Math.min(peopleCount, PEOPLE_LOOKED_AT), today);
	const context = { seed, today, staff: demoStaff(seed) };
	const years = ({ born }: DemoPerson): number => daysBetween(born, today) / DAYS_PER_YEAR;
	const childrenOf = ({ book }: DemoPerson): DemoPerson[] =>
		people.filter(({ mother }) => mother?.book === book);
	const isMotherOfTwo = (one: DemoPerson): boolean =>
		childrenOf(one).filter((child) => years(child) < SMALL_YEARS).length === 2;
	const isElder = (one: DemoPerson): boolean => one.sex === 'male' && years(one) >= 65;
	const isChildless = (one: DemoPerson): boolean =>
		one.sex === 'female' && years(one) >= 20 && years(one) < 60 && childrenOf(one).length === 0;
	const kinds = { mother: isMotherOfTwo, elder: isElder, adult: isChildless };
	return KINDS.flatMap((kind) => {
		const fitting = people.filter((one) => hasNumber(one) && kinds[kind](one));
		const visitsOf = (one: DemoPerson): number =>
			historyOf(one, context).filter(({ draft }) => draft.kind === 'visit').length;
		const person = mostVisited(fitting, (one) => [one, ...childrenOf(one)].map(visitsOf));
		return person === undefined ? [] : citizenOf(kind, person);
	});
}

/** In whose family whoever came least came most. */
function mostVisited(
	people: DemoPerson[],
	countsOf: (person: DemoPerson) => number[]
): DemoPerson | undefined {
	const written = people.map((person) => ({ person, least: Math.min(...countsOf(person)) }));
	return written.sort((a, b) => b.least - a.least)[0]?.person;
}

function hasNumber({ identifiers }: DemoPerson): boolean {
	return identifiers['identifier.personal'] !== undefined;
}

function citizenOf(kind: DemoCitizen['kind'], person: DemoPerson): DemoCitizen[] {
	const number = person.identifiers['identifier.personal']?.value;
	if (number === undefined) return [];
	return [{ personalNumber: number, name: person.name, birthDate: person.born, kind }];
}
