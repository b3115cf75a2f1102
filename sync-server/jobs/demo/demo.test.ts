import { beforeAll, describe, expect, it } from 'vitest';
import { factsSchema, type Facts } from '#lib/domain/book/facts.ts';
import { immunizationSchema } from '#lib/domain/book/immunization.ts';
import { visitSchema } from '#lib/domain/book/visit.ts';
import { catalogueOn } from '#lib/domain/catalogues/built-in.ts';
import { findDiagnosis } from '#lib/domain/catalogues/diagnoses.ts';
import { findVaccine } from '#lib/domain/catalogues/vaccines.ts';
import { bytesToId, type KeyId } from '#lib/domain/ids.ts';
import { nameParts } from '#lib/domain/people/names.ts';
import { readPersonalNumber } from '#lib/domain/people/personal-number.ts';
import {
	addDays,
	clinicalDateOf,
	isAfterDay,
	type ClinicalDate
} from '#lib/domain/time/clinical-time.ts';
import { buildEntry, readEntry } from '#lib/entry/entry.ts';
import { demoCitizens } from './citizens.ts';
import { createDemo, draftWithKey, signDemo, type DemoEntry } from './demo.ts';
import { historyOf, type DemoDraft } from './history.ts';
import { createPeople, type DemoPerson } from './households.ts';
import { demoStaff } from './stations.ts';

const TODAY = '2026-11-24' as ClinicalDate;
const KEY = bytesToId<KeyId>(new Uint8Array(16));
const plan = createDemo({ seed: 'test', peopleCount: 600, today: TODAY });
let drafts: DemoDraft[];
beforeAll(() => {
	drafts = [...plan.drafts()];
});

async function entriesOf(
	seed: string,
	peopleCount: number,
	today: ClinicalDate
): Promise<DemoEntry[]> {
	const entries: DemoEntry[] = [];
	const key = { key: KEY, sign: () => new Uint8Array(64) };
	for await (const batch of signDemo(createDemo({ seed, peopleCount, today }), key))
		entries.push(...batch);
	return entries;
}

const factsOfPeople = (): Facts[] =>
	drafts
		.filter(({ draft }) => draft.kind === 'facts')
		.map(({ draft }) => factsSchema.parse(draft.body));

describe('the demo', () => {
	it('is the same to the byte for the same seed and day, and another for another', async () => {
		const ids = (entries: DemoEntry[]) => entries.map(({ id }) => id);
		const once = ids(await entriesOf('a', 60, TODAY));
		expect(ids(await entriesOf('a', 60, TODAY))).toEqual(once);
		expect(ids(await entriesOf('b', 60, TODAY))).not.toEqual(once);
		expect(ids(await entriesOf('a', 60, addDays(TODAY, 1)))).not.toEqual(once);
	});

	it('has as many people as asked for, each with a book of its own', () => {
		expect(plan.people).toHaveLength(600);
		expect(new Set(plan.people.map(({ book }) => book)).size).toBe(600);
		expect(() => createDemo({ seed: '', peopleCount: 0, today: TODAY })).toThrow(RangeError);
	});

	it('builds every draft, and none lies in the future', () => {
		for (const { draft, day } of drafts) {
			const { bytes } = buildEntry(draftWithKey(plan, KEY, draft));
			expect(readEntry(bytes).ok).toBe(true);
			expect(isAfterDay(draft.occurred, TODAY)).toBe(false);
			expect(day < TODAY).toBe(true);
			expect(clinicalDateOf(draft.recorded.ms)).toBe(day);
		}
	});

	it('writes about six entries for each person', () => {
		expect(drafts.length / plan.people.length).toBeGreaterThan(5);
		expect(drafts.length / plan.people.length).toBeLessThan(7.5);
	});

	it('signs in batches and names the station of a person once', async () => {
		const entries = await entriesOf('test', 600, TODAY);
		expect(entries).toHaveLength(drafts.length);
		const registered = entries.filter((entry) => entry.registeredAt !== undefined);
		expect(new Set(registered.map(({ book }) => book)).size).toBe(600);
		expect(registered).toHaveLength(600);
		expect(registered.every(({ lookups }) => lookups.some((key) => key.startsWith('name:')))).toBe(
			true
		);
		const links = entries.filter((_, at) => drafts[at]?.draft.kind === 'guardianLink');
		expect(links.length).toBeGreaterThan(50);
		expect(links.every(({ lookups }) => lookups[0]?.startsWith('guardian:'))).toBe(true);
	});
});

describe('a small demo, whatever the day on which it is made', () => {
	const WEEKS = Array.from({ length: 53 }, (_, week) => addDays(TODAY, 7 * week));

	it.each(WEEKS)(
		'of %s has a family with visits to read, and at each station somebody who did not come',
		(today) => {
			const context = { seed: 'so-suc-khoe', today, staff: demoStaff('so-suc-khoe') };
			const people = createPeople(context.seed, 60, today);
			const visitsOf = (person: DemoPerson) =>
				historyOf(person, context).filter(({ draft }) => draft.kind === 'visit');
			const mother = demoCitizens(context.seed, 60, today).find(({ kind }) => kind === 'mother');
			const own = people.find(
				({ name, born }) => name === mother?.name && born === mother.birthDate
			);
			const family = people.filter((one) => one === own || one.mother?.book === own?.book);
			expect(family.length).toBe(3);
			for (const one of family) expect(visitsOf(one)).not.toEqual([]);
			const missing = people.filter((person) => {
				const visits = visitsOf(person).map(({ draft }) => draft);
				const promised = visits.map(({ body }) => ('followUp' in body ? body.followUp?.date : ''));
				const last =
					promised
						.map((date) => date ?? '')
						.sort()
						.at(-1) ?? '';
				return last !== '' && last < today && visits.every(({ occurred }) => occurred < last);
			});
			expect(new Set(missing.map(({ station }) => station.code)).size).toBe(2);
			// Nothing to decide before somebody has worked.
			const facts = people.map((person) =>
				historyOf(person, context).filter(({ draft }) => draft.kind === 'facts')
			);
			expect(facts.map(({ length }) => length)).toEqual(people.map(() => 1));
		}
	);
});

describe('the people of the demo', () => {
	it('have names in NFC, some with given names of two letters and of one', () => {
		const names = plan.people.map(({ name }) => name);
		expect(names.every((name) => name === name.normalize('NFC'))).toBe(true);
		const given = names.map((name) => nameParts(name).given);
		expect(given.filter((name) => name.length === 2).length).toBeGreaterThan(10);
		expect(new Set(names.map((name) => nameParts(name).surname)).size).toBeGreaterThan(25);
	});

	it('have personal numbers that fit sex and birth, no two alike', () => {
		const numbers = new Set<string>();
		for (const person of plan.people) {
			const number = person.identifiers['identifier.personal']?.value;
			if (number === undefined) continue;
			numbers.add(number);
			expect(readPersonalNumber(number)).toMatchObject({
				province: { name: 'Sơn La' },
				sex: person.sex,
				birthYear: Number(person.born.slice(0, 4))
			});
		}
		expect(numbers.size).toBe(
			plan.people.filter((person) => person.identifiers['identifier.personal']).length
		);
		expect(numbers.size).toBeGreaterThan(500);
	});

	it('include newborns with a temporary code and without any number', () => {
		const newborns = plan.people.filter(({ born }) => addDays(born, 28) > TODAY);
		const codes = newborns.map(({ identifiers }) => identifiers['identifier.temporary']?.value);
		expect(codes.some((code) => code === undefined)).toBe(true);
		const given = codes.filter((code) => code !== undefined);
		expect(given.length).toBeGreaterThan(2);
		expect(new Set(given).size).toBe(given.length);
	});

	it('live in households in which a child has a mother of a believable age', () => {
		const people = new Map(plan.people.map((person) => [person.book, person]));
		let children = 0;
		for (const { mother, born, household } of plan.people) {
			const motherHere = mother && people.get(mother.book);
			if (motherHere === undefined) continue;
			children += 1;
			expect(motherHere.household).toBe(household);
			const years = Number(born.slice(0, 4)) - Number(motherHere.born.slice(0, 4));
			expect(years).toBeGreaterThanOrEqual(17);
			expect(years).toBeLessThanOrEqual(45);
		}
		expect(children).toBeGreaterThan(100);
		expect(factsOfPeople().some(({ birthDate }) => birthDate?.length === 4)).toBe(true);
	});
});

describe('the histories of the demo', () => {
	it('give products that were in use on their day, after birth, with a lot unless from paper', () => {
		const bornByBook = new Map(plan.people.map(({ book, born }) => [book, born]));
		let doses = 0;
		for (const { draft } of drafts) {
			if (draft.kind !== 'immunization') continue;
			doses += 1;
			const dose = immunizationSchema.parse(draft.body);
			const product = findVaccine(dose.product.code ?? '', draft.occurred);
			expect(product).toMatchObject({ name: dose.product.name, antigens: dose.antigens });
			expect(draft.occurred >= (bornByBook.get(draft.book) ?? '9')).toBe(true);
		}
		expect(doses).toBeGreaterThan(800);
	});

	it('name diagnoses as the edition in force does', async () => {
		const found = new Set<string>();
		for (const { draft } of drafts) {
			if (draft.kind !== 'visit') continue;
			const edition = await catalogueOn('icd10', draft.occurred.slice(0, 10) as ClinicalDate);
			if (edition === undefined) throw new Error('no edition');
			for (const { code, text } of visitSchema.parse(draft.body).diagnoses ?? []) {
				expect(findDiagnosis(code ?? '', edition)?.name).toBe(text);
				found.add(code ?? '');
			}
		}
		expect(found.size).toBeGreaterThan(10);
	});

	it('promise follow-ups for today and the days after', () => {
		const promised = drafts
			.filter(({ draft }) => draft.kind === 'visit')
			.map(({ draft }) => visitSchema.parse(draft.body).followUp?.date ?? '');
		expect(promised).toContain(TODAY);
		expect(
			promised.filter((date) => date > TODAY && date <= addDays(TODAY, 7)).length
		).toBeGreaterThan(8);
	});

	it('hold allergies, and are written at all three places', () => {
		expect(drafts.some(({ draft }) => draft.kind === 'allergy')).toBe(true);
		expect(new Set(drafts.map(({ facility }) => facility))).toEqual(
			new Set(['14SB1', '14NL1', '14MV1'])
		);
		const logins = new Set(plan.staff.map(({ login }) => login));
		expect(drafts.every(({ staff }) => logins.has(staff))).toBe(true);
	});
});

describe('the citizens of the demo', () => {
	it('are a mother of two small children, an elderly man and a woman without children', () => {
		const citizens = demoCitizens('test', 600, TODAY);
		expect(citizens.map(({ kind }) => kind)).toEqual(['mother', 'elder', 'adult']);
		const [mother, elder, adult] = citizens.map(({ personalNumber }) =>
			plan.people.find(
				({ identifiers }) => identifiers['identifier.personal']?.value === personalNumber
			)
		);
		const childrenOf = (book: string | undefined) =>
			plan.people.filter((person) => person.mother?.book === book);
		expect(childrenOf(mother?.book).filter(({ born }) => born > '2017-01-01').length).toBe(2);
		expect(elder?.sex).toBe('male');
		expect(childrenOf(adult?.book)).toEqual([]);
	});
});
