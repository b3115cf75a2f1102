/** Numbers of the demo's people: in the form of real ones, marked so that nobody can take them for one. */
import type { Facts } from '#lib/domain/book/facts.ts';
import { personalNumberStart } from '#lib/domain/people/personal-number.ts';
import { temporaryCodeText } from '#lib/domain/people/temporary-code.ts';
import { daysBetween, type ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { Random } from './random.ts';

export type DemoIdentifiers = Pick<
	Facts,
	`identifier.${'personal' | 'insurance' | 'temporary' | 'birthNote'}`
>;

const DAYS_PER_YEAR = 365.25;
/** Numbers of the demo are told from real ones by the 99 after the year. */
const PERSONAL_NUMBER_MARK = '99';
const PERSONAL_NUMBERS_PER_START_MAX = 10_000;
/** A prefix that no mobile network has used since 2018. */
const PHONE_PREFIX = '0120';
const PROVINCE = '14';
const WEEKS_WITHOUT_NUMBER = 6;

/** What has been given out so far: no number twice. */
export interface Counters {
	personal: Map<string, number>;
	temporary: Map<string, number>;
	phones: number;
	insurance: number;
	newborns: number;
}

export function createCounters(): Counters {
	return { personal: new Map(), temporary: new Map(), phones: 0, insurance: 0, newborns: 0 };
}

export interface Registration {
	sex: 'female' | 'male';
	born: ClinicalDate;
	registered: ClinicalDate;
	station: Facility;
	today: ClinicalDate;
	counters: Counters;
}

export function identifiersOf(random: Random, registration: Registration): DemoIdentifiers {
	const { born, today, sex, counters } = registration;
	if (daysBetween(born, today) < WEEKS_WITHOUT_NUMBER * 7)
		return newbornIdentifiers(random, registration);
	const year = Number(born.slice(0, 4));
	const value = nextPersonalNumber(personalNumberStart(PROVINCE, sex, year), counters);
	const identifiers: DemoIdentifiers = {};
	if (random.chance(96)) identifiers['identifier.personal'] = { value, source: 'card' };
	if (random.chance(88)) identifiers['identifier.insurance'] = insurance(born, today, counters);
	return identifiers;
}

function newbornIdentifiers(
	random: Random,
	{ born, registered, station, counters }: Registration
): DemoIdentifiers {
	counters.newborns += 1;
	if (counters.newborns % 3 === 0) return {};
	const key = `${station.shortCode}/${registered}`;
	const counter = (counters.temporary.get(key) ?? 0) + 1;
	counters.temporary.set(key, counter);
	const value = temporaryCodeText({
		station: station.shortCode,
		device: 1,
		date: registered,
		counter
	});
	const identifiers: DemoIdentifiers = {
		'identifier.temporary': { value, source: 'issued-here' }
	};
	counters.insurance += 1;
	const sequence = String(counters.insurance % 100_000).padStart(5, '0');
	if (random.chance(50))
		identifiers['identifier.birthNote'] = {
			value: `${sequence}.GCS.${station.code}.${born.slice(2, 4)}`,
			source: 'paper'
		};
	return identifiers;
}

function nextPersonalNumber(start: string, { personal }: Counters): string {
	const count = personal.get(start) ?? 0;
	if (count >= PERSONAL_NUMBERS_PER_START_MAX) throw new RangeError('too many people of one year');
	personal.set(start, count + 1);
	return `${start}${PERSONAL_NUMBER_MARK}${String(count).padStart(4, '0')}`;
}

/** Card of children under six (TE1), else the social insurance number alone. */
function insurance(
	born: ClinicalDate,
	today: ClinicalDate,
	counters: Counters
): NonNullable<Facts['identifier.insurance']> {
	counters.insurance += 1;
	const number = `99${String(counters.insurance).padStart(8, '0')}`;
	const isSmall = daysBetween(born, today) < 6 * DAYS_PER_YEAR;
	return { value: isSmall ? `TE1${PROVINCE}${number}` : number, source: 'card' };
}

export function nextPhone(counters: Counters): string {
	counters.phones += 1;
	return `${PHONE_PREFIX}${String(counters.phones).padStart(6, '0')}`;
}
