import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { referralSchema } from '#lib/domain/book/referral.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { BOOK, idOf, state, visit } from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import {
	isReferralStarted,
	newReferral,
	offeredVisits,
	readReferral,
	typedReferralOf,
	withVisit,
	type TypedReferral
} from './referral-form.ts';

const TODAY = '2026-11-24' as ClinicalDate;
const pneumonia = state('pneumonia', {
	kind: 'visit',
	body: {
		reason: 'Ho, thở nhanh',
		findings: 'Ran ẩm hai phổi',
		measurements: { temperature_dC: 390 },
		diagnoses: [{ code: 'J18.9', text: 'Viêm phổi', main: true }],
		treatment: 'Hạ sốt'
	}
});
const drugs = [{ drug: 'Amoxicillin 250 mg', dosage: '1 gói', quantity: 6, unit: 'gói' }];
const given = state('given', { kind: 'prescription', body: { drugs, visit: idOf('pneumonia') } });

const viewOf = (...entries: BookEntry[]) =>
	projectBook(BOOK, entries, { isProductKnown: () => true, today: TODAY });
const view = viewOf(pneumonia, given, visit('old', 'Sốt', { at: '2026-11-16' }));
const [latest] = offeredVisits(view, TODAY, null);
const complete = (typed: Partial<TypedReferral> = {}): TypedReferral => ({
	...newReferral(view, undefined, TODAY),
	toName: 'Bệnh viện tỉnh',
	reason: 'beyond-capacity',
	...typed
});
const errorsOf = (typed: TypedReferral) => {
	const read = readReferral(typed, TODAY);
	return read.ok ? [] : read.errors.map(({ field, code }) => `${field}: ${code}`);
};

describe('what a letter takes from its visit', () => {
	const carried = newReferral(view, latest, TODAY);

	it('is signs, diagnoses, what was done and the drugs, in its own words', () => {
		expect(carried).toMatchObject({
			visit: idOf('pneumonia'),
			diagnoses: [{ code: 'J18.9', text: 'Viêm phổi', main: true }]
		});
		expect(carried.signs).toMatch(/^Ho, thở nhanh\nRan ẩm hai phổi\nThân nhiệt 39/);
		expect(carried.treatment).toMatch(/^Hạ sốt\nThuốc: Amoxicillin 250 mg, 1 gói, 6.gói$/);
	});

	it('goes with the visit, and what somebody typed stays', () => {
		const typed = { ...carried, treatment: 'Thở oxy', condition: 'Tỉnh' };
		const without = withVisit(typed, view, { from: latest, to: undefined });
		expect(without).toMatchObject({
			...{ visit: '', signs: '', diagnoses: [], treatment: 'Thở oxy', condition: 'Tỉnh' }
		});
	});

	it('is no work of whoever opened the form; a word typed is', () => {
		const started = (typed: TypedReferral) => isReferralStarted(typed, view, TODAY);
		expect([carried, newReferral(view, undefined, TODAY)].map(started)).toEqual([false, false]);
		expect(started({ ...carried, condition: 'Tỉnh' })).toBe(true);
		expect(started({ ...carried, diagnoses: [] })).toBe(true);
	});

	it('comes from a visit of the last week, or from the one that was asked for', () => {
		const offered = (asked: string | null) => offeredVisits(view, TODAY, asked).map(({ id }) => id);
		expect(offered(null)).toEqual([idOf('pneumonia')]);
		expect(offered(idOf('old'))).toEqual([idOf('pneumonia'), idOf('old')]);
	});
});

describe('a letter as typed', () => {
	it('needs where to, why and until when, and nothing else', () => {
		expect(errorsOf({ ...newReferral(view, undefined, TODAY), validUntil: '' })).toEqual([
			'to: required',
			'reason: required',
			'validUntil: required'
		]);
		expect(readReferral(complete(), TODAY)).toEqual({
			ok: true,
			value: {
				to: { name: 'Bệnh viện tỉnh' },
				reason: 'beyond-capacity',
				validUntil: '2026-12-08'
			}
		});
	});

	it('is valid on the day it is signed, and not for more than a year', () => {
		const until = (validUntil: string) => errorsOf(complete({ validUntil }));
		expect(until('24/11/2026')).toEqual([]);
		expect(until('25/11/2027')).toEqual([]);
		expect(until('23/11/2026')).toEqual(['validUntil: validity-over']);
		expect(until('26/11/2027')).toEqual(['validUntil: validity-too-long']);
		expect(until('31/02/2027')).toEqual(['validUntil: no-such-date']);
	});

	it('opens again for a correction as it was written', () => {
		const typed = withVisit(
			complete({ toCode: '14MV1', reasonText: 'Cần chụp', condition: 'Tỉnh', transport: 'Xe máy' }),
			view,
			{ from: undefined, to: latest }
		);
		const read = readReferral(typed, TODAY);
		if (!read.ok) throw new Error('not read');
		expect(typedReferralOf(read.value)).toEqual(typed);
	});

	it('never throws and stores nothing the schema would refuse, whatever is typed', () => {
		const hostile = ['', ' ', '\u0000', '\ufffd', '<script>', '9'.repeat(100_000), '__proto__'];
		for (const text of hostile) {
			const read = readReferral(
				complete({
					...{ toName: text, reasonText: text, signs: text, treatment: text },
					...{ condition: text, transport: text, validUntil: text }
				}),
				TODAY
			);
			expect(read.ok && !referralSchema.safeParse(read.value).success).toBe(false);
		}
	});
});
