import { describe, expect, it } from 'vitest';
import { bookIdSchema, bytesToId, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { prescriptionSchema, type Prescription } from '#lib/domain/book/prescription.ts';
import { guardianLinkSchema, type Note, type Observation } from '#lib/domain/book/other-kinds.ts';
import {
	readGuardian,
	readNote,
	readObservation,
	readPrescription,
	typedGuardianOf,
	typedNoteOf,
	typedObservationOf,
	typedPrescriptionOf
} from './small-forms.ts';

const PRESCRIPTION: Prescription = {
	drugs: [
		{
			drug: 'Amoxicillin',
			code: '40.155',
			strength: '500 mg',
			dosage: '1 viên, sáng và tối',
			route: 'oral',
			quantity: 10,
			unit: 'viên',
			days: 5
		},
		{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }
	],
	visit: bytesToId<EntryId>(new Uint8Array(16).fill(7)),
	note: 'tái khám khi hết thuốc'
};
const OBSERVATION: Observation = {
	measurements: { weight_g: 3_200, height_mm: 490, headCircumference_mm: 340 },
	note: 'cân lúc sinh'
};
const NOTE: Note = { about: 'Gọi điện', text: 'Mẹ hẹn\nthứ năm' };
const LINK = guardianLinkSchema.parse({
	guardian: bookIdSchema.parse(bytesToId<BookId>(new Uint8Array(16).fill(9))),
	name: 'Lò Thị Kim',
	relation: 'mother',
	phone: '0382415607',
	personalNumber: '008195000123',
	from: '2026-11',
	until: '2026-11-24'
});

describe('a form opened for a correction', () => {
	it('reads back exactly what was recorded, also what it does not show', () => {
		expect(
			readPrescription(typedPrescriptionOf(PRESCRIPTION), PRESCRIPTION, { allergies: [] })
		).toEqual({
			ok: true,
			value: PRESCRIPTION
		});
		const observation = readObservation(typedObservationOf(OBSERVATION), { ageDays: 0 });
		expect(observation).toEqual({ ok: true, value: OBSERVATION });
		expect(readNote(typedNoteOf(NOTE))).toEqual({ ok: true, value: NOTE });
		expect(readGuardian(typedGuardianOf(LINK), LINK)).toEqual({ ok: true, value: LINK });
	});
});

describe('a corrected prescription', () => {
	const typed = () => typedPrescriptionOf(PRESCRIPTION);
	const drug = (change: object, allergies: string[] = []) => {
		const words = typed();
		Object.assign(words.drugs[0] ?? {}, change);
		return readPrescription(words, PRESCRIPTION, { allergies });
	};

	it('keeps code and strength of a drug only while its name stands', () => {
		const read = drug({ drug: 'Ampicillin 500 mg' });
		expect(read).toMatchObject({ ok: true, value: { drugs: [{ drug: 'Ampicillin 500 mg' }, {}] } });
		expect(read.ok && read.value.drugs[0]).not.toHaveProperty('code');
		expect(drug({ quantity: '14' })).toMatchObject({
			ok: true,
			value: { drugs: [{ code: '40.155', strength: '500 mg', quantity: 14 }, {}] }
		});
	});
	it('says the strength of a drug of the list once', () => {
		const listed = { ...PRESCRIPTION.drugs[0], drug: 'Amoxicillin 500 mg, viên nang' };
		const before = prescriptionSchema.parse({ ...PRESCRIPTION, drugs: [listed] });
		expect(typedPrescriptionOf(before).drugs[0]?.drug).toBe('Amoxicillin 500 mg, viên nang');
		expect(readPrescription(typedPrescriptionOf(before), before, { allergies: [] })).toEqual({
			ok: true,
			value: before
		});
	});
	it('may keep a drug against which an allergy is known by now, and takes no new one', () => {
		expect(drug({ quantity: '14' }, ['Amoxicillin']).ok).toBe(true);
		expect(drug({ drug: 'Oresol 245' }, ['Oresol'])).toMatchObject({
			ok: false,
			errors: [{ field: 'drugs.0.drug', code: 'allergy' }]
		});
	});
	it('is no prescription without a drug', () => {
		expect(
			readPrescription({ drugs: [], note: '' }, PRESCRIPTION, { allergies: [] })
		).toMatchObject({
			ok: false,
			errors: [{ field: 'drugs', code: 'required' }]
		});
	});
});

describe('corrected measurements', () => {
	it('ask again about an unlikely value that is typed anew, and need one value', () => {
		const typed = typedObservationOf(OBSERVATION);
		typed.measurements['weight_g'] = '32';
		expect(readObservation(typed, { ageDays: 0 })).toMatchObject({
			ok: false,
			errors: [{ field: 'weight_g', code: 'confirm-value' }]
		});
		expect(readObservation({ ...typed, measurements: {} }, {})).toMatchObject({
			ok: false,
			errors: [{ code: 'nothing-entered' }]
		});
	});
});

describe('a corrected carer', () => {
	const read = (change: object) => readGuardian({ ...typedGuardianOf(LINK), ...change }, LINK);

	it('is named with the own book only while it is still that person', () => {
		expect(read({ keepsBook: false }).ok && read({ keepsBook: false })).not.toHaveProperty(
			'value.guardian'
		);
	});
	it('has a number of twelve digits and ends no earlier than it began', () => {
		expect(read({ personalNumber: '12345' })).toMatchObject({
			errors: [{ field: 'personalNumber', code: 'identifier-form' }]
		});
		expect(read({ from: '25/11/2026' })).toMatchObject({
			errors: [{ field: 'until', code: 'dates-reversed' }]
		});
		expect(read({ name: '12' })).toMatchObject({ errors: [{ field: 'name', code: 'name-form' }] });
	});
});
