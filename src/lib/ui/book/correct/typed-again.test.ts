import { describe, expect, it } from 'vitest';
import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { readAllergy } from '../allergy/allergy-form.ts';
import { readDoseSheet } from '../dose/dose-form.ts';
import { readVisit } from '../visit/visit-form.ts';
import { toggleReason, withReason } from './correction-form.ts';
import {
	correctedDose,
	correctedVisit,
	typedAllergyOf,
	typedDoseSheetOf,
	typedVisitOf
} from './typed-again.ts';

const now = '2026-11-24T10:12' as ClinicalTime;
const VISIT: Visit = {
	reason: 'Ho khan\nsốt 3 ngày',
	measurements: {
		temperature_dC: 382,
		systolic_mmHg: 118,
		diastolic_mmHg: 76,
		weight_g: 251_500,
		headCircumference_mm: 455
	},
	findings: 'Họng đỏ',
	diagnoses: [
		{ code: 'J02.9', text: 'Viêm họng cấp', main: true },
		{ text: 'Mệt', main: false }
	],
	treatment: 'Hạ sốt',
	advice: 'Uống nhiều nước\nNghỉ ngơi',
	followUp: { date: '2026-11-27' as ClinicalDate, what: 'khám lại' }
};
const DOSE: Immunization = {
	product: { code: 'VN-BCG', name: 'BCG' },
	antigens: ['BCG'],
	lot: 'L1',
	expiry: '2027-06' as ClinicalDate,
	site: 'left-arm',
	route: 'intradermal',
	statedDose: 0,
	place: { facility: '01001', name: 'Bệnh viện tỉnh' },
	givenBy: 'Lò Thị Thắm',
	fromPaper: true,
	note: 'sẹo rõ'
};
const ALLERGY: Extract<Allergy, { finding: 'allergy' }> = {
	finding: 'allergy',
	substance: 'Tôm',
	category: 'food',
	severity: 'mild',
	reaction: 'Nổi mề đay',
	since: '2024' as ClinicalDate,
	note: 'ăn ở đám cưới'
};

describe('a form opened for a correction', () => {
	it('reads back exactly the visit that was recorded, also what it does not show', () => {
		const read = readVisit(typedVisitOf(VISIT), { now, allergies: [] });
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		expect(read.value.drugs).toEqual([]);
		expect(correctedVisit(read.value.visit, VISIT)).toEqual(VISIT);
		const bare: Visit = { reason: 'Ho' };
		expect(readVisit(typedVisitOf(bare), { now, allergies: [] })).toEqual({
			ok: true,
			value: { visit: bare, drugs: [] }
		});
		expect(correctedVisit(bare, bare)).toEqual(bare);
	});

	it('asks again about an unusual value only when it is typed anew', () => {
		const typed = typedVisitOf(VISIT);
		typed.measurements['weight_g'] = '252,5';
		const read = readVisit(typed, { now, allergies: [] });
		expect(read).toMatchObject({ ok: false, errors: [{ field: 'weight_g' }] });
	});

	it.each<[string, Immunization, string]>([
		['copied from paper', DOSE, '2025-05'],
		['given here', { product: { name: 'X' }, antigens: ['BCG'], lot: 'L' }, '2026-11-24T08:00']
	])('reads back exactly the dose that was %s', (_, dose, at) => {
		const occurred = at as ClinicalTime;
		const read = readDoseSheet(typedDoseSheetOf(dose, occurred), { now, stopped: new Map() });
		if (!read.ok) throw new Error(JSON.stringify(read.errors));
		const [value] = read.value;
		if (value === undefined) throw new Error('no dose');
		expect(value.occurred).toBe(occurred);
		expect(correctedDose(value.immunization, dose)).toEqual(dose);
	});

	it('takes another place without the code of the old one', () => {
		const { place: _place, ...read } = DOSE;
		const elsewhere = { ...read, place: { name: 'Trạm xã' } };
		expect(correctedDose(elsewhere, DOSE).place).toEqual({ name: 'Trạm xã' });
		expect(correctedDose(read, DOSE)).not.toHaveProperty('place');
	});

	it('reads back exactly the allergy that was recorded', () => {
		const read = readAllergy(typedAllergyOf(ALLERGY), { now, listed: [] });
		expect(read).toEqual({ ok: true, value: ALLERGY });
	});
});

describe('the reason of a correction', () => {
	const read = { ok: true as const, value: 1 };
	const withWords = (reason: string) => withReason({ reason, basedOn: [] }, read);

	it('is needed, in words, and stands before other errors', () => {
		expect(withReason(undefined, read)).toBe(read);
		expect(withWords('Gõ nhầm')).toBe(read);
		const codes = ['', ' a ', 'x'.repeat(501)].map((reason) => {
			const result = withWords(reason);
			return result.ok ? '' : result.errors[0]?.code;
		});
		expect(codes).toEqual(['required', 'too-short', 'too-long']);
		const errors = [{ field: 'reason', code: 'required' as const }];
		expect(withReason({ reason: '', basedOn: [] }, { ok: false, errors })).toMatchObject({
			errors: [{ field: 'correctionReason' }, { field: 'reason' }]
		});
	});

	it('is put together from ready phrases', () => {
		expect(toggleReason('', 'Gõ nhầm số')).toBe('Gõ nhầm số');
		expect(toggleReason('Gõ nhầm số', 'Gõ nhầm số')).toBe('');
		expect(toggleReason('Vội', 'Gõ nhầm số')).toBe('Vội, gõ nhầm số');
		expect(toggleReason('Vội, gõ nhầm số', 'Gõ nhầm số')).toBe('Vội, gõ nhầm số');
	});
});
