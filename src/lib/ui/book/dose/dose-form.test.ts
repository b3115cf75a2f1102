import { describe, expect, it } from 'vitest';
import type { DoseLine } from '#lib/domain/projections/book-view.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	emptyDose,
	readDoseSheet,
	type DoseKnowledge,
	type TypedDose,
	type TypedDoseSheet
} from './dose-form.ts';
import { createOnePress, ONE_PRESS_MS } from './one-press.ts';
import { findRecentDose } from './recent-dose.ts';
import { signatureOf, stopsOf, type AllergyLine } from './stops.ts';

const now = '2026-11-24T08:46' as ClinicalTime;
const birth = '2025-05-14' as ClinicalTime;
const known: DoseKnowledge = { now, birth, stopped: new Map() };
const measles = { code: 'MR', name: 'Sởi, Rubella', antigens: ['Measles', 'Rubella'] };
const dose = (typed: Partial<TypedDose> = {}): TypedDose => ({
	...emptyDose(1),
	product: measles,
	lot: 'MR2608',
	expiry: '06/2027',
	...typed
});
const sheet = (typed: Partial<TypedDoseSheet> = {}): TypedDoseSheet => ({
	fromPaper: false,
	date: '24/11/2026',
	time: '08:46',
	place: '',
	givenBy: 'Hoàng Thị Thắm',
	doses: [dose()],
	...typed
});
const errorsOf = (typed: Partial<TypedDoseSheet>, knowledge = known) => {
	const read = readDoseSheet(sheet(typed), knowledge);
	return read.ok ? [] : read.errors.map(({ field, code }) => `${field}: ${code}`);
};

describe('a dose sheet as typed', () => {
	it('becomes one entry for each dose', () => {
		const second = dose({ key: 2, route: 'intramuscular', site: 'right-thigh', statedDose: '4' });
		expect(readDoseSheet(sheet({ doses: [dose(), second] }), known)).toEqual({
			ok: true,
			value: [
				{
					occurred: '2026-11-24T08:46',
					immunization: {
						product: { code: 'MR', name: 'Sởi, Rubella' },
						antigens: ['Measles', 'Rubella'],
						lot: 'MR2608',
						expiry: '2027-06',
						givenBy: 'Hoàng Thị Thắm'
					}
				},
				expect.objectContaining({
					immunization: expect.objectContaining({
						route: 'intramuscular',
						site: 'right-thigh',
						statedDose: 4
					}) as unknown
				})
			]
		});
	});

	it('needs a product, a lot and a full date for a dose given here', () => {
		expect(errorsOf({ doses: [dose({ product: undefined })] })).toEqual([
			'doses.0.product: required'
		]);
		expect(errorsOf({ doses: [dose({ lot: ' ' })] })).toEqual(['doses.0.lot: lot-missing']);
		expect(errorsOf({ date: '11/2026' })).toEqual(['date: date-not-full']);
		expect(errorsOf({ date: '' })).toEqual(['date: required']);
	});

	it('refuses a lot that had expired on the day, and takes one that ends with this month', () => {
		expect(errorsOf({ doses: [dose({ expiry: '13/20' })] })).toEqual([
			'doses.0.expiry: expiry-form'
		]);
		expect(errorsOf({ doses: [dose({ expiry: '10/2026' })] })).toEqual([
			'doses.0.expiry: expired-lot'
		]);
		expect(errorsOf({ doses: [dose({ expiry: '23/11/2026' })] })).toEqual([
			'doses.0.expiry: expired-lot'
		]);
		expect(errorsOf({ doses: [dose({ expiry: '11/2026' })] })).toEqual([]);
		expect(errorsOf({ doses: [dose({ expiry: '24/11/2026' })] })).toEqual([]);
	});

	it('refuses a time that has not come and one before birth', () => {
		expect(errorsOf({ date: '25/11/2026' })).toEqual(['date: in-future']);
		expect(errorsOf({ time: '09:00' })).toEqual(['time: in-future']);
		expect(errorsOf({ date: '13/05/2025' })).toEqual(['date: before-birth']);
		expect(errorsOf({ time: '25:00' })).toEqual(['time: time-form']);
	});

	it('copied from paper may have a partial date, no lot and another place', () => {
		const read = readDoseSheet(
			sheet({
				fromPaper: true,
				date: '08/2025',
				time: '',
				place: 'Phòng tiêm An Khang',
				givenBy: '',
				doses: [dose({ lot: '', expiry: '' })]
			}),
			known
		);
		expect(read).toEqual({
			ok: true,
			value: [
				{
					occurred: '2025-08',
					immunization: {
						product: { code: 'MR', name: 'Sởi, Rubella' },
						antigens: ['Measles', 'Rubella'],
						place: { name: 'Phòng tiêm An Khang' },
						fromPaper: true
					}
				}
			]
		});
	});

	it('takes a product outside the catalogue, but asks what it protects from', () => {
		const other = dose({ product: undefined, otherProduct: 'Vắc xin lạ' });
		expect(errorsOf({ doses: [other] })).toEqual(['doses.0.antigens: antigen-missing']);
		const unchosen = dose({ product: undefined, productText: 'Combe' });
		expect(errorsOf({ doses: [unchosen] })).toEqual(['doses.0.product: not-in-list']);
		const read = readDoseSheet(sheet({ doses: [{ ...other, otherAntigens: ['Measles'] }] }), known);
		expect(read.ok && read.value[0]?.immunization.product).toEqual({ name: 'Vắc xin lạ' });
	});

	it('waits for the answer to a stop card, and keeps the reason with the dose', () => {
		const stopped = { ...known, stopped: new Map([[1, 'recent a']]) };
		expect(errorsOf({}, stopped)).toEqual(['doses.0.stop: answer-needed']);
		const answered = dose({ overriddenStop: 'recent a', overrideReason: '' });
		expect(errorsOf({ doses: [answered] }, stopped)).toEqual(['doses.0.reason: required']);
		const otherStop = dose({ overriddenStop: 'recent b', overrideReason: 'vẫn tiêm' });
		expect(errorsOf({ doses: [otherStop] }, stopped)).toEqual(['doses.0.stop: answer-needed']);
		const reasoned = dose({ overriddenStop: 'recent a', overrideReason: 'Bác sĩ cho tiêm lại' });
		const read = readDoseSheet(sheet({ doses: [reasoned] }), stopped);
		expect(read.ok && read.value[0]?.immunization.note).toBe('Bác sĩ cho tiêm lại');
	});

	it('never throws on hostile text and refuses it', () => {
		for (const text of [
			'__proto__',
			'\ud800\u202e',
			'x'.repeat(1_000_000),
			'9'.repeat(1_000_000)
		]) {
			const typed = dose({
				product: undefined,
				otherProduct: text,
				lot: text,
				expiry: text,
				statedDose: text
			});
			const read = readDoseSheet(
				sheet({ date: text, time: text, place: text, givenBy: text, doses: [typed] }),
				known
			);
			expect(read.ok).toBe(false);
		}
	});
});

describe('a dose given only days ago', () => {
	const line = (occurred: string, antigens: string[]) => ({ occurred, antigens }) as DoseLine;
	it('is found by any antigen it shares', () => {
		const recorded = [line('2026-11-12T09:25', ['Measles']), line('2026-11-20', ['HepB'])];
		const recent = findRecentDose(measles.antigens, now, recorded);
		expect(recent?.daysBefore).toBe(12);
		expect(recent?.antigens).toEqual(['Measles']);
	});
	it('is the nearest one, also when it was given later than the one being copied', () => {
		const recorded = [line('2026-11-01', ['Rubella']), line('2026-11-26', ['Rubella'])];
		expect(findRecentDose(measles.antigens, now, recorded)?.daysBefore).toBe(-2);
	});
	it('may hide in a partial date', () => {
		expect(findRecentDose(['Measles'], now, [line('2026-11', ['Measles'])])?.daysBefore).toBe(0);
	});
	it('is none when four weeks have passed or nothing is shared', () => {
		expect(findRecentDose(['Measles'], now, [line('2026-10-27', ['Measles'])])).toBeUndefined();
		expect(findRecentDose(['Measles'], now, [line('2026-10-28', ['Measles'])])).toBeDefined();
		expect(findRecentDose(['BCG'], now, [line('2026-11-24', ['Measles'])])).toBeUndefined();
	});
});

describe('what stops a dose', () => {
	const recorded = [
		{ id: 'e1', occurred: '2026-11-12', antigens: ['Measles'], productName: 'MVVAC' } as DoseLine
	];
	const stops = (typed: Partial<TypedDoseSheet>, allergies: AllergyLine[] = []) =>
		stopsOf(sheet(typed), { now, recorded, allergies });

	it('is the same antigen days ago, an allergy to the vaccine, the same antigen twice at once', () => {
		const twice = [dose(), dose({ key: 2 })];
		const found = stops({ doses: twice }, [{ substance: 'vắc xin Sởi', category: 'vaccine' }]);
		expect(found.get(1)?.map(({ type }) => type)).toEqual(['recent', 'allergy']);
		expect(found.get(2)?.map(({ type }) => type)).toEqual(['recent', 'allergy', 'twice']);
	});
	it('is not an allergy to something else, nor a disease that only shares a word', () => {
		const hepatitis = dose({ product: { code: 'HB', name: 'Gene-HBvax', antigens: ['HepB'] } });
		expect(stops({ doses: [hepatitis] }, [{ substance: 'Penicillin', category: 'drug' }])).toEqual(
			new Map()
		);
	});
	it('changes its signature when it changes, so that the answer is asked for again', () => {
		const first = signatureOf(stops({}).get(1) ?? []);
		const other = signatureOf(
			stops({}, [{ substance: 'vắc xin Sởi', category: 'vaccine' }]).get(1) ?? []
		);
		expect(first).not.toBe(other);
	});
});

describe('a repeated press', () => {
	it('within three seconds is one press', () => {
		let clockMs = 1_000;
		const press = createOnePress(() => clockMs);
		expect(press.isNew()).toBe(true);
		clockMs += ONE_PRESS_MS - 1;
		expect(press.isNew()).toBe(false);
		clockMs += 1;
		expect(press.isNew()).toBe(true);
	});
});
