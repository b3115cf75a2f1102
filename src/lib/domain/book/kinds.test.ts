/** Every kind's schema: what it takes, and what it refuses with which reason at which field. */
import { describe, expect, it } from 'vitest';
import { currentSchema, isKind, KINDS, parseContent, type Kind } from './content.ts';
import type { Envelope } from './envelope.ts';
import type { BookId } from '../ids.ts';
import { FACT_NAMES, factsSchema, isFactName, statedFacts } from './facts.ts';
import { MEASUREMENT_NAMES, measurementsSchema, type MeasurementName } from './measurements.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';

const ID = 'A'.repeat(22);
const BOOK = ('B'.repeat(21) + 'A') as BookId;

function parse(kind: string, body: unknown, envelope: Partial<Envelope> = {}) {
	const rule = isKind(kind) ? KINDS[kind] : undefined;
	const stated = {
		v: 1,
		book: BOOK,
		kind,
		schema: 1,
		class: rule === undefined || rule.class === 'of-basis' ? ('event' as const) : rule.class,
		effect: rule?.effects[0] ?? ('adds' as const),
		occurred: '2026-11-24T08:40' as ClinicalTime
	};
	return parseContent({ ...stated, ...envelope }, body);
}

/** `path: code`, or nothing when the body is taken. */
function refusal(kind: Kind, body: unknown, envelope?: Partial<Envelope>): string | undefined {
	const parsed = parse(kind, body, envelope);
	if (parsed.ok) return undefined;
	const { failure } = parsed;
	return failure.type === 'schema' ? `${failure.path}: ${failure.code}` : failure.code;
}

const dose = { product: { code: 'BCG-VN', name: 'BCG' }, antigens: ['BCG'], lot: 'L1' };
const drug = { drug: 'Paracetamol 500 mg', dosage: '1 viên khi sốt', quantity: 10, unit: 'viên' };
const referral = {
	to: { name: 'Bệnh viện tỉnh' },
	reason: 'beyond-capacity',
	validUntil: '2026-12-08'
};
const main = { code: 'J06.9', text: 'Viêm đường hô hấp trên cấp', main: true };
const allergy = {
	finding: 'allergy',
	substance: 'Penicillin',
	category: 'drug',
	severity: 'severe'
};
const link = { name: 'Lê Thị Lan', relation: 'mother' };
const address = { commune: '00004', village: 'Thôn Đoài', detail: 'Nhà 3' };

const GOOD: [Kind, string, unknown][] = [
	['facts', 'one fact', { name: 'Nguyễn Thị Mai' }],
	['facts', 'a newborn without a name', { birthDate: '2026-11-24T03:10', sex: 'female' }],
	['facts', 'a year of birth', { birthDate: '1948' }],
	[
		'facts',
		'all of them',
		{
			name: 'Nguyễn Thị Mai',
			birthDate: '2026-11-02',
			sex: 'unknown',
			address,
			phone: '+84912345678',
			bloodGroup: 'AB-',
			household: 'H-12',
			'identifier.personal': { value: '001126000001', source: 'card' },
			'identifier.oldCard': { value: '012345678', source: 'paper' },
			'identifier.passport': { value: 'C1234567', source: 'stated' },
			'identifier.birthNote': { value: '00012.GCS.01001.26', source: 'paper' },
			'identifier.insurance': { value: 'TE1010112345678', source: 'card' },
			'identifier.temporary': { value: 'T-SB2-261124-03', source: 'issued-here' }
		}
	],
	['visit', 'a reason', { reason: 'Ho, sốt nhẹ\nhai ngày' }],
	[
		'visit',
		'all of it',
		{
			reason: 'Ho',
			measurements: { temperature_dC: 378, systolic_mmHg: 120, diastolic_mmHg: 80 },
			findings: 'Họng đỏ',
			diagnoses: [main, { text: 'Sốt', main: false }],
			treatment: 'Hạ sốt',
			advice: 'Uống nhiều nước',
			followUp: { date: '2026-11-30', what: 'Khám lại' }
		}
	],
	['prescription', 'one drug', { drugs: [drug] }],
	[
		'prescription',
		'of a visit',
		{
			drugs: [{ ...drug, code: 'N02BE01', strength: '500 mg', route: 'oral', days: 5 }],
			visit: ID,
			note: 'Sau ăn'
		}
	],
	['referral', 'where to, why and until when', referral],
	[
		'referral',
		'all of it',
		{
			...referral,
			to: { facility: '14MV1', name: 'Bệnh viện khu vực Mường Vạt' },
			reasonText: 'Cần chụp phổi',
			signs: 'Sốt 39 độ,\nthở nhanh',
			diagnoses: [main, { text: 'Sốt', main: false }],
			treatment: 'Hạ sốt',
			condition: 'Tỉnh',
			transport: 'Xe máy, mẹ đi cùng',
			visit: ID
		}
	],
	['immunization', 'a dose', dose],
	[
		'immunization',
		'all of it',
		{
			...dose,
			statedDose: 1,
			expiry: '2027-10',
			site: 'left-arm',
			route: 'intradermal',
			place: { facility: '01001', name: 'Trạm Y tế' },
			givenBy: 'Trần Thị Hoa',
			note: 'Khóc'
		}
	],
	['immunization', 'from paper without a lot', { ...dose, lot: undefined, fromPaper: true }],
	['immunization', 'a product outside the catalogue', { ...dose, product: { name: 'Lạ' } }],
	['allergy', 'an allergy', allergy],
	['allergy', 'all of it', { ...allergy, reaction: 'Nổi mề đay', since: '2020', note: 'Mẹ kể' }],
	['allergy', 'none known', { finding: 'none-known' }],
	['observation', 'a weight', { measurements: { weight_g: 3_300 }, note: 'Lúc sinh' }],
	['guardianLink', 'a mother', link],
	[
		'guardianLink',
		'all of it',
		{
			...link,
			guardian: ID,
			phone: '0912345678',
			personalNumber: '001190000001',
			from: '2026',
			until: '2044-11'
		}
	],
	['note', 'a note', { text: 'Mẹ hẹn gọi lại', about: 'Tiêm chủng' }],
	['void', 'nothing', {}],
	['samePerson', 'the other book', { other: ID }],
	['differentPerson', 'the other book', { other: ID }]
];

const BAD: [Kind, string, unknown, string][] = [
	['facts', 'no fact', {}, ': no-fact'],
	['facts', 'an unknown fact', { name: 'An', height: 1 }, ': unrecognized_keys'],
	['facts', 'a name of spaces', { name: ' ' }, 'name: text-not-tidy'],
	['facts', 'an empty name', { name: '' }, 'name: too_small'],
	['facts', 'a long name', { name: 'A'.repeat(121) }, 'name: too_big'],
	['facts', 'a megabyte of name', { name: 'A'.repeat(1024 * 1024) }, 'name: too_big'],
	['facts', 'a number for a name', { name: '123456' }, 'name: name-form'],
	['facts', 'markup in a name', { name: 'An <b>' }, 'name: name-form'],
	['facts', 'a name that is no text', { name: 5 }, 'name: invalid_type'],
	['facts', 'an impossible birth date', { birthDate: '2026-02-30' }, 'birthDate: no-such-date'],
	['facts', 'another sex', { sex: 'x' }, 'sex: invalid_value'],
	[
		'facts',
		'letters in a commune',
		{ address: { commune: '0000A' } },
		'address.commune: invalid_format'
	],
	[
		'facts',
		'an address without commune',
		{ address: { village: 'x' } },
		'address.commune: invalid_type'
	],
	[
		'facts',
		'a field too many in an address',
		{ address: { ...address, x: 1 } },
		'address: unrecognized_keys'
	],
	['facts', 'letters in a phone', { phone: '09123O5678' }, 'phone: invalid_format'],
	['facts', 'a short phone', { phone: '0912' }, 'phone: invalid_format'],
	['facts', 'a blood group', { bloodGroup: 'C+' }, 'bloodGroup: invalid_value'],
	['facts', 'a household', { household: 'h 1' }, 'household: invalid_format'],
	[
		'facts',
		'a wrong number',
		{ 'identifier.personal': { value: '00112600000', source: 'card' } },
		'identifier.personal.value: identifier-form'
	],
	['visit', 'no reason', {}, 'reason: invalid_type'],
	['visit', 'a long reason', { reason: 'a'.repeat(1_001) }, 'reason: too_big'],
	[
		'visit',
		'nothing measured',
		{ reason: 'Ho', measurements: {} },
		'measurements: nothing-measured'
	],
	['visit', 'no diagnosis', { reason: 'Ho', diagnoses: [] }, 'diagnoses: too_small'],
	[
		'visit',
		'no main one',
		{ reason: 'Ho', diagnoses: [{ ...main, main: false }] },
		'diagnoses: one-main-diagnosis'
	],
	[
		'visit',
		'two main ones',
		{ reason: 'Ho', diagnoses: [main, main] },
		'diagnoses: one-main-diagnosis'
	],
	[
		'visit',
		'too many diagnoses',
		{
			reason: 'Ho',
			diagnoses: [main, ...Array.from({ length: 13 }, () => ({ ...main, main: false }))]
		},
		'diagnoses: too_big'
	],
	[
		'visit',
		'a code',
		{ reason: 'Ho', diagnoses: [{ ...main, code: 'J6' }] },
		'diagnoses.0.code: invalid_format'
	],
	[
		'visit',
		'a partial follow-up',
		{ reason: 'Ho', followUp: { date: '2026-12' } },
		'followUp.date: no-such-date'
	],
	['visit', 'null', { reason: 'Ho', advice: null }, 'advice: invalid_type'],
	['referral', 'nowhere', { ...referral, to: undefined }, 'to: invalid_type'],
	['referral', 'an unnamed place', { ...referral, to: { name: '' } }, 'to.name: too_small'],
	['referral', 'a reason of its own', { ...referral, reason: 'x' }, 'reason: invalid_value'],
	['referral', 'no end', { ...referral, validUntil: undefined }, 'validUntil: invalid_type'],
	[
		'referral',
		'no such end',
		{ ...referral, validUntil: '2026-02-30' },
		'validUntil: no-such-date'
	],
	[
		'referral',
		'two main diagnoses',
		{ ...referral, diagnoses: [main, main] },
		'diagnoses: one-main-diagnosis'
	],
	[
		'referral',
		'a very long condition',
		{ ...referral, condition: 'x'.repeat(1_001) },
		'condition: too_big'
	],
	['referral', 'an answer', { ...referral, answer: 'x' }, ': unrecognized_keys'],
	['prescription', 'no drug', { drugs: [] }, 'drugs: too_small'],
	[
		'prescription',
		'too many drugs',
		{ drugs: Array.from({ length: 31 }, () => drug) },
		'drugs: too_big'
	],
	[
		'prescription',
		'none of a drug',
		{ drugs: [{ ...drug, quantity: 0 }] },
		'drugs.0.quantity: too_small'
	],
	[
		'prescription',
		'half a tablet',
		{ drugs: [{ ...drug, quantity: 0.5 }] },
		'drugs.0.quantity: invalid_type'
	],
	['prescription', 'no dosage', { drugs: [{ ...drug, dosage: '' }] }, 'drugs.0.dosage: too_small'],
	[
		'prescription',
		'a route',
		{ drugs: [{ ...drug, route: 'magic' }] },
		'drugs.0.route: invalid_value'
	],
	[
		'prescription',
		'days without end',
		{ drugs: [{ ...drug, days: 367 }] },
		'drugs.0.days: too_big'
	],
	['prescription', 'a visit that is no id', { drugs: [drug], visit: 'x' }, 'visit: invalid_format'],
	[
		'immunization',
		'no product name',
		{ ...dose, product: { code: 'BCG-VN' } },
		'product.name: invalid_type'
	],
	[
		'immunization',
		'a product code',
		{ ...dose, product: { code: 'b', name: 'B' } },
		'product.code: invalid_format'
	],
	['immunization', 'no antigen', { ...dose, antigens: [] }, 'antigens: too_small'],
	['immunization', 'an antigen twice', { ...dose, antigens: ['BCG', 'BCG'] }, ': antigen-twice'],
	[
		'immunization',
		'thirteen antigens',
		{ ...dose, antigens: 'ABCDEFGHIJKLM'.split('').map((x) => `${x}1`) },
		'antigens: too_big'
	],
	['immunization', 'an antigen code', { ...dose, antigens: ['bcg'] }, 'antigens.0: invalid_format'],
	['immunization', 'no lot', { ...dose, lot: undefined }, ': lot-missing'],
	['immunization', 'dose 21', { ...dose, statedDose: 21 }, 'statedDose: too_big'],
	['immunization', 'dose minus one', { ...dose, statedDose: -1 }, 'statedDose: too_small'],
	['immunization', 'an expiry', { ...dose, expiry: '2027-13' }, 'expiry: no-such-date'],
	[
		'immunization',
		'from paper, but not',
		{ ...dose, fromPaper: false },
		'fromPaper: invalid_value'
	],
	[
		'immunization',
		'a facility code',
		{ ...dose, place: { facility: '1', name: 'x' } },
		'place.facility: invalid_format'
	],
	['allergy', 'no finding', { substance: 'x' }, 'finding: invalid_union'],
	['allergy', 'no substance', { ...allergy, substance: '' }, 'substance: too_small'],
	['allergy', 'a severity', { ...allergy, severity: 'bad' }, 'severity: invalid_value'],
	[
		'allergy',
		'none known of something',
		{ finding: 'none-known', substance: 'x' },
		': unrecognized_keys'
	],
	['observation', 'nothing', {}, 'measurements: invalid_type'],
	[
		'observation',
		'half a blood pressure',
		{ measurements: { systolic_mmHg: 120 } },
		'measurements: blood-pressure-incomplete'
	],
	[
		'observation',
		'the other half',
		{ measurements: { diastolic_mmHg: 80 } },
		'measurements: blood-pressure-incomplete'
	],
	[
		'observation',
		'a blood pressure upside down',
		{ measurements: { systolic_mmHg: 80, diastolic_mmHg: 120 } },
		'measurements: blood-pressure-incomplete'
	],
	[
		'observation',
		'a fraction',
		{ measurements: { weight_g: 3_300.5 } },
		'measurements.weight_g: invalid_type'
	],
	[
		'observation',
		'kilograms',
		{ measurements: { weight_g: 3 } },
		'measurements.weight_g: too_small'
	],
	[
		'observation',
		'degrees',
		{ measurements: { temperature_dC: 37 } },
		'measurements.temperature_dC: too_small'
	],
	['guardianLink', 'a relation', { ...link, relation: 'friend' }, 'relation: invalid_value'],
	['guardianLink', 'a number', { ...link, personalNumber: '1' }, 'personalNumber: invalid_format'],
	['guardianLink', 'a book that is no id', { ...link, guardian: 'x' }, 'guardian: invalid_format'],
	[
		'guardianLink',
		'a reversed time',
		{ ...link, from: '2026-02', until: '2026-01-31' },
		': dates-reversed'
	],
	['guardianLink', 'its own book', { ...link, guardian: BOOK }, 'guardian: own-book'],
	['note', 'nothing', { text: '' }, 'text: too_small'],
	['note', 'too much', { text: 'a'.repeat(4_001) }, 'text: too_big'],
	['void', 'something', { reason: 'x' }, ': unrecognized_keys'],
	['samePerson', 'nobody', {}, 'other: invalid_type'],
	['samePerson', 'its own book', { other: BOOK }, 'other: own-book'],
	['differentPerson', 'nobody', {}, 'other: invalid_type'],
	['differentPerson', 'its own book', { other: BOOK }, 'other: own-book']
];

describe('a field left empty', () => {
	it('is no fact and no measurement', () => {
		expect(factsSchema.safeParse({ name: undefined }).success).toBe(false);
		expect(factsSchema.safeParse({ name: undefined, sex: 'female' }).success).toBe(true);
		expect(statedFacts({ name: undefined, sex: 'female' })).toEqual(['sex']);
		expect(measurementsSchema.safeParse({ pulse_perMin: undefined }).success).toBe(false);
	});
});

describe('the body of a', () => {
	it.each(GOOD)('%s may be %s', (kind, _name, body) => {
		expect(refusal(kind, withoutAbsent(body))).toBeUndefined();
	});

	it.each(BAD)('%s may not be %s', (kind, _name, body, expected) => {
		expect(refusal(kind, withoutAbsent(body))).toBe(expected);
	});

	it.each(Object.keys(KINDS))('%s is an object', (kind) => {
		for (const body of [null, undefined, 1, 'x', [], new Uint8Array(1)])
			expect(isKind(kind) && refusal(kind, body)).toBeTruthy();
	});

	it.each(Object.keys(KINDS))('%s has no own key __proto__ or constructor', (kind) => {
		const good = GOOD.find(([of]) => of === kind)?.[2];
		for (const key of ['__proto__', 'constructor', 'toString']) {
			const body = Object.defineProperty({ ...withoutAbsent(good) }, key, {
				value: 1,
				enumerable: true
			});
			expect(isKind(kind) && refusal(kind, body), key).toBeTruthy();
		}
	});
});

describe('what is measured', () => {
	const limits: [MeasurementName, number, number][] = [
		['temperature_dC', 250, 450],
		['pulse_perMin', 20, 300],
		['respiration_perMin', 4, 150],
		['systolic_mmHg', 30, 320],
		['diastolic_mmHg', 10, 220],
		['oxygenSaturation_pct', 20, 100],
		['weight_g', 200, 400_000],
		['height_mm', 150, 2_600],
		['headCircumference_mm', 150, 800],
		['armCircumference_mm', 40, 700],
		['bloodGlucose_umolPerL', 200, 100_000]
	];
	const takes = (name: MeasurementName, value: number) => {
		const other =
			name === 'systolic_mmHg'
				? { diastolic_mmHg: 10 }
				: name === 'diastolic_mmHg'
					? { systolic_mmHg: 320 }
					: {};
		return refusal('observation', { measurements: { [name]: value, ...other } }) === undefined;
	};

	it.each(limits)('%s lies between %d and %d', (name, min, max) => {
		expect([min - 1, min, max, max + 1].map((value) => takes(name, value))).toEqual([
			false,
			true,
			true,
			false
		]);
	});

	it('is all listed here', () => {
		expect(limits.map(([name]) => name)).toEqual(MEASUREMENT_NAMES);
	});
});

describe('a dose', () => {
	it('given today has a full day, one from paper may have lost it', () => {
		for (const occurred of ['2026', '2026-11'] as ClinicalTime[]) {
			expect(refusal('immunization', dose, { occurred })).toBe('occurred: date-partial');
			expect(refusal('immunization', { ...dose, fromPaper: true }, { occurred })).toBeUndefined();
		}
		expect(
			refusal('immunization', dose, { occurred: '2026-11-24' as ClinicalTime })
		).toBeUndefined();
	});
});

describe('content', () => {
	it('of an unknown kind, a newer schema or a newer envelope is unknown, never refused', () => {
		const unknown = { ok: true, content: { kind: 'unknown' } };
		expect(parse('bodyMap', { anything: 1 })).toEqual(unknown);
		expect(parse('constructor', {})).toEqual(unknown);
		expect(parse('visit', { anything: 1 }, { schema: 2 })).toEqual(unknown);
		expect(parse('visit', { anything: 1 }, { v: 2 })).toEqual(unknown);
		expect(parse('visit', {}, { schema: 2, class: 'safety', effect: 'voids' })).toEqual(unknown);
	});

	it('has the class and the effects of its kind', () => {
		expect(refusal('visit', { reason: 'Ho' }, { class: 'safety' })).toBe('class');
		expect(refusal('allergy', allergy, { class: 'event' })).toBe('class');
		expect(refusal('facts', { name: 'An' }, { class: 'event' })).toBe('class');
		expect(refusal('visit', { reason: 'Ho' }, { effect: 'voids' })).toBe('effect');
		expect(refusal('visit', { reason: 'Ho' }, { effect: 'resolves' })).toBe('effect');
		expect(refusal('samePerson', { other: ID }, { effect: 'replaces' })).toBe('effect');
		expect(refusal('void', {}, { effect: 'adds' })).toBe('effect');
		for (const entryClass of ['event', 'fact', 'safety'] as const)
			expect(refusal('void', {}, { class: entryClass })).toBeUndefined();
	});

	it('is written in the newest schema of its kind', () => {
		for (const kind of Object.keys(KINDS).filter(isKind)) expect(currentSchema(kind)).toBe(1);
	});

	it('is told apart from what every object has', () => {
		expect(isKind('toString')).toBe(false);
		expect(isFactName('constructor')).toBe(false);
		expect(FACT_NAMES.every(isFactName)).toBe(true);
	});
});

function withoutAbsent(body: unknown): Record<string, unknown> {
	if (typeof body !== 'object' || body === null) return {};
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
