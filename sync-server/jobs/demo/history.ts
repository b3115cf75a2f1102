/** What stands in the book of one person of the demo, as drafts of entries in the order of their recording. */
import type { Author } from '#lib/domain/book/envelope.ts';
import type { Body, Kind } from '#lib/domain/book/content.ts';
import { KINDS } from '#lib/domain/book/content.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { GuardianLink } from '#lib/domain/book/other-kinds.ts';
import {
	addDays,
	daysBetween,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import type { EntryDraft } from '#lib/entry/entry.ts';
import { dosesOf } from './doses.ts';
import type { DemoPerson } from './households.ts';
import { createRandom, type Random } from './random.ts';
import { DEMO_HOSPITAL, type DemoStaff } from './stations.ts';
import { visitsOf } from './visits.ts';
import { ALLERGIES } from './visits-data.ts';
import { weightOf } from './growth.ts';

/** A draft without the importing key; `signDemo` adds it. */
export interface DemoDraft {
	draft: Omit<EntryDraft, 'author'> & { author: Omit<Author, 'key' | 'person'> };
	facility: string;
	/** Whose work it shows, by login name. */
	staff: string;
	/** Day on which it was recorded. */
	day: ClinicalDate;
}

export interface HistoryContext {
	seed: string;
	today: ClinicalDate;
	staff: readonly DemoStaff[];
}

interface Writer {
	person: DemoPerson;
	drafts: DemoDraft[];
	/** Minutes of work already written on a day: what is recorded later comes later. */
	minutesByDay: Map<ClinicalDate, number>;
}

interface Written<K extends Kind> {
	kind: K;
	body: Body<K>;
	occurred: ClinicalTime;
	day: ClinicalDate;
	staff: DemoStaff;
}

/** Half past seven in Viet Nam, as an offset from the day's UTC midnight. */
const WORKDAY_STARTS_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const GUARDIAN_UNTIL_YEARS = 16;
const DAYS_PER_YEAR = 365.25;

export function historyOf(person: DemoPerson, context: HistoryContext): DemoDraft[] {
	const random = createRandom(`${context.seed}/history/${person.book}`);
	const writer: Writer = { person, drafts: [], minutesByDay: new Map() };
	const staff = context.staff.filter(({ facility }) => facility === person.station.code);
	const nurse = random.pick(staff.filter(({ role }) => role === 'nurse' || role === 'midwife'));
	const { registered, born } = person;
	const first = { day: registered, occurred: registered, staff: nurse };
	write(writer, { kind: 'facts', body: factsOf(person), ...first });
	const ageYears = daysBetween(born, context.today) / DAYS_PER_YEAR;
	const guardian = ageYears < GUARDIAN_UNTIL_YEARS ? guardianOf(person) : undefined;
	if (guardian !== undefined) write(writer, { kind: 'guardianLink', body: guardian, ...first });
	writeAllergies(random, writer, nurse);
	for (const dose of dosesOf(random, person, context.today, nurse.name))
		write(writer, {
			kind: 'immunization',
			body: dose.immunization,
			occurred: dose.occurred,
			day: dose.isFromPaper ? registered : dose.day,
			staff: nurse
		});
	writeVisits(random, writer, context, staff);
	writeWeights(random, writer, context.today, nurse);
	writeOtherPhone(random, writer, context);
	return writer.drafts.sort((a, b) => a.draft.recorded.ms - b.draft.recorded.ms);
}

/** One entry, recorded in a free minute of its day. */
function write<K extends Kind>(
	writer: Writer,
	{ kind, body, occurred, day, staff }: Written<K>
): void {
	const minute = writer.minutesByDay.get(day) ?? 0;
	writer.minutesByDay.set(day, minute + 1);
	const rule = KINDS[kind];
	if (rule.class === 'of-basis') throw new Error('the demo voids nothing');
	const draft: Omit<EntryDraft<K>, 'author'> = {
		book: writer.person.book,
		kind,
		body,
		class: rule.class,
		occurred,
		recorded: {
			ms: Date.parse(`${day}T00:00Z`) + WORKDAY_STARTS_MS + minute * MINUTE_MS,
			counter: 0,
			offset: 0
		}
	};
	writer.drafts.push({
		draft: { ...draft, author: { role: 'import', facility: staff.facility } },
		facility: staff.facility,
		staff: staff.login,
		day
	});
}

function factsOf(person: DemoPerson): Facts {
	return {
		name: person.name,
		birthDate: person.birthDate,
		sex: person.sex,
		address: { commune: person.station.commune, village: person.village },
		household: person.household,
		...(person.phone !== undefined && { phone: person.phone }),
		...person.identifiers
	};
}

function guardianOf({ mother, born }: DemoPerson): GuardianLink | undefined {
	if (mother === undefined) return undefined;
	return {
		guardian: mother.book,
		name: mother.name,
		relation: 'mother',
		...(mother.phone !== undefined && { phone: mother.phone }),
		from: born
	};
}

function writeAllergies(random: Random, writer: Writer, staff: DemoStaff): void {
	const { registered } = writer.person;
	const asked = { day: registered, occurred: registered, staff };
	if (random.chance(4)) {
		const body = { finding: 'allergy' as const, ...random.pick(ALLERGIES) };
		write(writer, { kind: 'allergy', body, ...asked });
	} else if (random.chance(30))
		write(writer, { kind: 'allergy', body: { finding: 'none-known' }, ...asked });
}

function writeVisits(
	random: Random,
	writer: Writer,
	{ seed, today, staff }: HistoryContext,
	own: readonly DemoStaff[]
): void {
	for (const { day, occurred, visit, prescription, isAtHospital } of visitsOf(
		random,
		writer.person,
		{ seed, today }
	)) {
		const doctors = (
			isAtHospital ? staff.filter(({ facility }) => facility === DEMO_HOSPITAL.code) : own
		).filter(({ role }) => role === 'doctor');
		const seenBy = { day, occurred, staff: random.pick(doctors) };
		write(writer, { kind: 'visit', body: visit, ...seenBy });
		if (prescription !== undefined)
			write(writer, { kind: 'prescription', body: prescription, ...seenBy });
	}
}

/** Small children are weighed when they come for a dose. */
function writeWeights(random: Random, writer: Writer, today: ClinicalDate, staff: DemoStaff): void {
	const { born, registered } = writer.person;
	const months = Math.floor(daysBetween(born, today) / 30.44);
	if (months >= 60) return;
	for (const age of [1, 9, 24, 48].filter((candidate) => candidate < months)) {
		const day = addDays(born, Math.round(age * 30.44) + random.below(10));
		if (day < registered || day >= today) continue;
		const body = { measurements: weightOf(random, writer.person, age) };
		write(writer, { kind: 'observation', body, occurred: day, day, staff });
	}
}

/** A hospital took down another phone number: two places say different things. */
function writeOtherPhone(
	random: Random,
	writer: Writer,
	{ seed, today, staff }: HistoryContext
): void {
	const { phone, registered, household, name } = writer.person;
	// The same people whatever the day on which the demo is made.
	const traits = createRandom(`${seed}/other-phone/${household}/${name}`);
	if (phone === undefined || !traits.chance(2)) return;
	const doctor = staff.find(
		({ facility, role }) => facility === DEMO_HOSPITAL.code && role === 'doctor'
	);
	if (doctor === undefined) return;
	const day = addDays(
		registered,
		random.between(1, Math.max(1, daysBetween(registered, today) - 1))
	);
	const other = `${phone.slice(0, -1)}${(Number(phone.slice(-1)) + 1) % 10}`;
	write(writer, { kind: 'facts', body: { phone: other }, occurred: day, day, staff: doctor });
}
