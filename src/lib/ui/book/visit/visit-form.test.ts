import { describe, expect, it } from 'vitest';
import { visitSchema } from '#lib/domain/book/visit.ts';
import { emptyVisit, isVisitStarted, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { allergyAgainst } from './allergy-check.ts';
import { emptyDrug } from './drug-form.ts';
import {
	addDiagnosis,
	hasPhrase,
	makeMain,
	readVisit,
	removeDiagnosis,
	togglePhrase,
	VISIT_MEASUREMENTS,
	type VisitKnowledge
} from './visit-form.ts';

const now = '2026-11-24T10:12' as ClinicalTime;
const adult: VisitKnowledge = { now, ageDays: 34 * 365, allergies: [] };
const toddler: VisitKnowledge = { now, ageDays: 559, allergies: [] };
const visit = (typed: Partial<VisitDraft>): VisitDraft => ({
	...emptyVisit(),
	reason: 'Ho khan, sốt 3 ngày',
	...typed
});
const errorsOf = (typed: Partial<VisitDraft>, known = adult) => {
	const read = readVisit(visit(typed), known);
	return read.ok ? [] : read.errors.map(({ field, code }) => `${field}: ${code}`);
};
const drug = (typed: Partial<ReturnType<typeof emptyDrug>>) => ({
	...{
		drug: 'Paracetamol 500 mg',
		dosage: '1 viên khi sốt',
		quantity: '10',
		unit: 'viên',
		days: ''
	},
	...typed
});
const HOSTILE = [
	'__proto__',
	'<script>alert(1)</script>',
	"'; DROP TABLE visits; --",
	'\u0000\u202e\ud800',
	'NaN',
	'Infinity',
	'１２',
	'9'.repeat(1_000_000),
	'x'.repeat(1_000_000)
];

describe('a visit as typed', () => {
	it('becomes one entry in stored units', () => {
		const read = readVisit(
			visit({
				measurements: {
					temperature_dC: '38,2',
					pulse_perMin: '92',
					systolic_mmHg: '118',
					diastolic_mmHg: '76',
					weight_g: '51,5',
					height_mm: '156'
				},
				diagnoses: addDiagnosis([], { code: 'J02.9', text: 'Viêm họng cấp' }),
				advice: 'Uống nhiều nước',
				followUpDate: '27/11/2026'
			}),
			adult
		);
		expect(read).toEqual({
			ok: true,
			value: {
				visit: {
					reason: 'Ho khan, sốt 3 ngày',
					measurements: {
						temperature_dC: 382,
						pulse_perMin: 92,
						systolic_mmHg: 118,
						diastolic_mmHg: 76,
						weight_g: 51_500,
						height_mm: 1_560
					},
					diagnoses: [{ code: 'J02.9', text: 'Viêm họng cấp', main: true }],
					advice: 'Uống nhiều nước',
					followUp: { date: '2026-11-27' }
				},
				drugs: []
			}
		});
	});

	it('needs only a reason', () => {
		expect(errorsOf({ reason: ' \u200b ' })).toEqual(['reason: required']);
		expect(readVisit(visit({}), adult)).toEqual({
			ok: true,
			value: { visit: { reason: 'Ho khan, sốt 3 ngày' }, drugs: [] }
		});
	});

	it('names every unreadable field at once, with the limits of the instrument', () => {
		const read = readVisit(
			visit({ reason: '', measurements: { temperature_dC: '382', pulse_perMin: 'chín hai' } }),
			adult
		);
		expect(read).toEqual({
			ok: false,
			errors: [
				{ field: 'reason', code: 'required' },
				{ field: 'temperature_dC', code: 'out-of-range', limits: { min: '25', max: '45' } },
				{ field: 'pulse_perMin', code: 'number-form' }
			]
		});
	});

	it('asks again about a value that a slip of the comma would give, until that text is confirmed', () => {
		const measurements = { weight_g: '86' };
		expect(errorsOf({ measurements }, toddler)).toEqual(['weight_g: confirm-value']);
		expect(errorsOf({ measurements, confirmed: { weight_g: '86' } }, toddler)).toEqual([]);
		expect(errorsOf({ measurements, confirmed: { weight_g: '8,6' } }, toddler)).toEqual([
			'weight_g: confirm-value'
		]);
		expect(errorsOf({ measurements: { weight_g: '8,6' } }, toddler)).toEqual([]);
	});

	it('asks again when the weight is far from the last one of these weeks', () => {
		const last = { weight_g: { value: 8_600, daysAgo: 12 } };
		const measurements = { weight_g: '11' };
		expect(errorsOf({ measurements }, { ...toddler, last })).toEqual(['weight_g: confirm-value']);
		const longAgo = { weight_g: { value: 8_600, daysAgo: 200 } };
		expect(errorsOf({ measurements }, { ...toddler, last: longAgo })).toEqual([]);
	});

	it('takes blood pressure as a pair, the upper one higher', () => {
		expect(errorsOf({ measurements: { systolic_mmHg: '118' } })).toEqual([
			'diastolic_mmHg: pressure-form'
		]);
		expect(errorsOf({ measurements: { systolic_mmHg: '70', diastolic_mmHg: '110' } })).toEqual([
			'systolic_mmHg: pressure-form'
		]);
	});

	it('takes a follow-up from today on, within reach', () => {
		expect(errorsOf({ followUpDate: '23/11/2026' })).toEqual(['followUpDate: too-long-ago']);
		expect(errorsOf({ followUpDate: '24/11/2062' })).toEqual(['followUpDate: in-future']);
		expect(errorsOf({ followUpDate: '12/2026' })).toEqual(['followUpDate: date-not-full']);
		expect(errorsOf({ followUpWhat: 'đo huyết áp' })).toEqual(['followUpDate: required']);
		expect(errorsOf({ followUpDate: '24/11/2026' })).toEqual([]);
	});

	it('never throws and stores nothing the schema would refuse, whatever is typed', () => {
		for (const text of HOSTILE) {
			const typed = visit({
				reason: text,
				findings: text,
				treatment: text,
				advice: text,
				followUpDate: text,
				followUpWhat: text,
				measurements: Object.fromEntries(VISIT_MEASUREMENTS.map((name) => [name, text])),
				drugs: [{ drug: text, dosage: text, quantity: text, unit: text, days: text }]
			});
			const read = readVisit(typed, adult);
			expect(read.ok && !visitSchema.safeParse(read.value.visit).success).toBe(false);
			expect(read.ok).toBe(false);
		}
	});

	it('knows whether anything would be lost', () => {
		expect(isVisitStarted(emptyVisit())).toBe(false);
		expect(isVisitStarted({ ...emptyVisit(), measurements: { weight_g: '8' } })).toBe(true);
	});
});

describe('drugs of a visit', () => {
	it('are read row by row, empty rows left out', () => {
		const read = readVisit(visit({ drugs: [drug({ days: '5' }), emptyDrug()] }), adult);
		expect(read.ok && read.value.drugs).toEqual([
			{ drug: 'Paracetamol 500 mg', dosage: '1 viên khi sốt', quantity: 10, unit: 'viên', days: 5 }
		]);
	});
	it('name the row and field that is missing', () => {
		expect(errorsOf({ drugs: [drug({}), drug({ quantity: '0', unit: '' })] })).toEqual([
			'drugs.1.quantity: out-of-range',
			'drugs.1.unit: required'
		]);
	});
	it('that run into a recorded allergy are blocked', () => {
		const known = { ...adult, allergies: ['Amoxicillin'] };
		expect(errorsOf({ drugs: [drug({ drug: 'amoxicilin 500mg' })] }, known)).toEqual([]);
		expect(errorsOf({ drugs: [drug({ drug: 'AMOXICILLIN 500 mg' })] }, known)).toEqual([
			'drugs.0.drug: allergy'
		]);
	});
});

describe('an allergy and a name', () => {
	it('meet by whole words, without accents, in French or English spelling', () => {
		expect(allergyAgainst('Amoxicilline + acid clavulanic', ['amoxicillin'])).toBe('amoxicillin');
		expect(allergyAgainst('Paracetamol 500 mg', ['Thuốc hạ sốt Paracetamol'])).toBeDefined();
	});
	it('meet by the group a drug belongs to', () => {
		expect(allergyAgainst('Ampicillin 1 g', ['Penicillin'])).toBe('Penicillin');
		expect(allergyAgainst('Cefalexin', ['nhóm Cephalosporin'])).toBe('nhóm Cephalosporin');
	});
	it('do not meet by words of dose and form, or by nothing', () => {
		expect(allergyAgainst('Viên nang vitamin A', ['thuốc viên nang lạ'])).toBeUndefined();
		expect(allergyAgainst('', ['Penicillin'])).toBeUndefined();
		expect(allergyAgainst('Oresol', ['tôm', 'Penicillin'])).toBeUndefined();
	});
});

describe('diagnoses', () => {
	const two = addDiagnosis(addDiagnosis([], { code: 'J00', text: 'Viêm mũi họng cấp' }), {
		text: 'Mệt mỏi'
	});
	it('have exactly one main one, whichever is removed or chosen', () => {
		expect(two.map(({ main }) => main)).toEqual([true, false]);
		expect(removeDiagnosis(two, 0)).toEqual([{ text: 'Mệt mỏi', main: true }]);
		expect(makeMain(two, 1).map(({ main }) => main)).toEqual([false, true]);
	});
	it('are not listed twice', () => {
		expect(addDiagnosis(two, { code: 'J00', text: 'cảm' })).toHaveLength(2);
		expect(addDiagnosis(two, { text: 'Mệt mỏi' })).toHaveLength(2);
	});
});

describe('phrases of advice', () => {
	it('come and go as lines of their own and leave typed words alone', () => {
		const withBoth = togglePhrase('Nghỉ ngơi', 'Uống nhiều nước');
		expect(withBoth).toBe('Nghỉ ngơi\nUống nhiều nước');
		expect(hasPhrase(withBoth, 'Uống nhiều nước')).toBe(true);
		expect(togglePhrase(withBoth, 'Uống nhiều nước')).toBe('Nghỉ ngơi');
	});
});
