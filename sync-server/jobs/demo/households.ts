/** The people of the demo: households of three to five with believable names, ages, numbers and villages. */
import type { Sex } from '#lib/domain/book/facts.ts';
import { bytesToId, createUuidV7, type BookId } from '#lib/domain/ids.ts';
import {
	addDays,
	daysBetween,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { NAMES, VILLAGES, type PeopleOfNames } from './names-data.ts';
import {
	createCounters,
	identifiersOf,
	nextPhone,
	type Counters,
	type DemoIdentifiers
} from './numbers.ts';
import { createRandom, type Random } from './random.ts';
import { DEMO_STATIONS } from './stations.ts';

export type DemoSex = Exclude<Sex, 'unknown'>;

export interface DemoPerson {
	book: BookId;
	name: string;
	sex: DemoSex;
	born: ClinicalDate;
	/** As the book states it: of old people often only the year. */
	birthDate: ClinicalTime;
	station: Facility;
	village: string;
	household: string;
	phone?: string;
	identifiers: DemoIdentifiers;
	/** Who looks after a child. */
	mother?: { book: BookId; name: string; phone?: string };
	/** Day on which the book was begun. */
	registered: ClinicalDate;
}

const DAYS_PER_YEAR = 365.25;

type Place = 'mother' | 'father' | 'child' | 'newborn' | 'grandmother' | 'grandfather';

/** Exactly `count` people. */
export function createPeople(seed: string, count: number, today: ClinicalDate): DemoPerson[] {
	const people: DemoPerson[] = [];
	const counters = createCounters();
	for (let number = 1; people.length < count; number++)
		people.push(
			...createHousehold(createRandom(`${seed}/household/${number}`), number, today, counters)
		);
	return people.slice(0, count);
}

function createHousehold(
	random: Random,
	number: number,
	today: ClinicalDate,
	counters: Counters
): DemoPerson[] {
	const names = pickPeople(random);
	const station = random.pick(DEMO_STATIONS);
	const shared: Shared = {
		station,
		village: random.pick(VILLAGES[station.shortCode] ?? []),
		household: `${station.shortCode}-${String(number).padStart(5, '0')}`,
		surname: random.pick(names.surnames),
		names,
		today,
		counters
	};
	const motherAge = random.between(21, 43);
	const places = pickPlaces(random, number);
	const mother = createPerson(random, 'mother', motherAge, {
		...shared,
		surname: random.pick(names.surnames)
	});
	const others = places.map((place) => {
		const years = yearsOf(random, place, motherAge);
		const isChild = place === 'child' || place === 'newborn';
		return createPerson(random, place, years, isChild ? { ...shared, mother } : shared);
	});
	return [mother, ...others];
}

/** The mother and two to four others. Every thirtieth household has just had a child. */
function pickPlaces(random: Random, number: number): Place[] {
	const places: Place[] = ['father'];
	if (number % 30 === 7) places.push('newborn');
	for (let children = random.between(0, 2); children > 0 && places.length < 4; children--)
		places.push('child');
	if (places.length < 4 && random.chance(40))
		places.push(random.chance(65) ? 'grandmother' : 'grandfather');
	if (places.length < 2) places.push('child');
	return places;
}

function yearsOf(random: Random, place: Place, motherAge: number): number {
	switch (place) {
		case 'newborn':
			return 0;
		case 'child':
			// Some of the children are surely under five: they are who a station sees.
			return random.below(Math.min(random.chance(20) ? 5 : 17, motherAge - 18));
		case 'father':
			return motherAge + random.between(-2, 8);
		case 'mother':
			return motherAge;
		case 'grandmother':
		case 'grandfather':
			return motherAge + random.between(20, 45);
	}
}

interface Shared {
	station: Facility;
	village: string;
	household: string;
	surname: string;
	names: PeopleOfNames;
	today: ClinicalDate;
	counters: Counters;
	mother?: DemoPerson;
}

function createPerson(random: Random, place: Place, years: number, shared: Shared): DemoPerson {
	const { today, station, mother, counters } = shared;
	const sex = sexOf(random, place);
	const ageDays =
		place === 'newborn'
			? random.between(1, 25)
			: Math.floor(years * DAYS_PER_YEAR) + random.between(26, 360);
	const born = addDays(today, -ageDays);
	const registered = registeredOn(random, born, today);
	const phone = years >= 16 && random.chance(75) ? nextPhone(counters) : undefined;
	return {
		book: newBookId(random, registered),
		name: nameOf(random, place, sex, shared),
		sex,
		born,
		birthDate: statedBirthDate(random, place, born),
		station,
		village: shared.village,
		household: shared.household,
		...(phone !== undefined && { phone }),
		...(mother !== undefined && { mother: motherOf(mother) }),
		identifiers: identifiersOf(random, { sex, born, registered, station, today, counters }),
		registered
	};
}

function motherOf({ book, name, phone }: DemoPerson): NonNullable<DemoPerson['mother']> {
	return { book, name, ...(phone !== undefined && { phone }) };
}

function sexOf(random: Random, place: Place): DemoSex {
	if (place === 'mother' || place === 'grandmother') return 'female';
	if (place === 'father' || place === 'grandfather') return 'male';
	return random.chance(52) ? 'male' : 'female';
}

function nameOf(
	random: Random,
	place: Place,
	sex: DemoSex,
	{ surname, names, mother }: Shared
): string {
	if (place === 'newborn' && mother !== undefined && random.chance(30))
		return `Con bà ${mother.name}`.normalize('NFC');
	const isChild = place === 'child' || place === 'newborn';
	const list = isChild
		? sex === 'male'
			? names.boys
			: names.girls
		: sex === 'male'
			? names.men
			: names.women;
	return `${surname} ${random.pick(list)}`.normalize('NFC');
}

function statedBirthDate(random: Random, place: Place, born: ClinicalDate): ClinicalTime {
	const isOld = place === 'grandmother' || place === 'grandfather';
	if (isOld && random.chance(35)) return born.slice(0, 4) as ClinicalTime;
	if (place !== 'newborn') return born;
	const hour = String(random.below(24)).padStart(2, '0');
	return `${born}T${hour}:${String(random.below(60)).padStart(2, '0')}` as ClinicalTime;
}

/** Small children at birth, everybody else when the station began to work with the book. */
function registeredOn(random: Random, born: ClinicalDate, today: ClinicalDate): ClinicalDate {
	const begun = addDays(today, -random.between(60, 500));
	return born > begun ? addDays(born, Math.min(1, daysBetween(born, today) - 1)) : begun;
}

function newBookId(random: Random, registered: ClinicalDate): BookId {
	const bytes = createUuidV7(
		Date.parse(`${registered}T02:00Z`) + random.below(20_000_000),
		(count) => random.bytes(count)
	);
	return bytesToId<BookId>(bytes);
}

function pickPeople(random: Random): PeopleOfNames {
	let share = random.below(NAMES.reduce((sum, people) => sum + people.share, 0));
	for (const people of NAMES) {
		share -= people.share;
		if (share < 0) return people;
	}
	throw new RangeError('shares do not add up');
}
