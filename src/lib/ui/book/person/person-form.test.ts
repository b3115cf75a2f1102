import { describe, expect, it } from 'vitest';
import { factsSchema } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { emptyNewborn, readNewborn, type TypedNewborn } from './newborn-form.ts';
import {
	emptyPerson,
	isPersonStarted,
	readablePerson,
	readPerson,
	recogniseIdentifier,
	type TypedPerson
} from './person-form.ts';

const now = '2026-11-24T08:52' as ClinicalTime;
const person = (typed: Partial<TypedPerson>): TypedPerson => ({
	...emptyPerson('08123'),
	name: 'Giàng Thị Sùa',
	birthDate: '12/03/1998',
	sex: 'female',
	village: 'Lũng Cao',
	...typed
});
const errorsOf = (typed: Partial<TypedPerson>) => {
	const read = readPerson(person(typed), now);
	return read.ok ? [] : read.errors.map(({ field, code }) => `${field}: ${code}`);
};

describe('a new person as typed', () => {
	it('becomes facts', () => {
		const read = readPerson(
			person({ name: '  Giàng  Thị Sùa ', identifier: '008 198 001 452', phone: '0382 415.607' }),
			now
		);
		expect(read).toEqual({
			ok: true,
			value: {
				name: 'Giàng Thị Sùa',
				birthDate: '1998-03-12',
				sex: 'female',
				address: { commune: '08123', village: 'Lũng Cao' },
				phone: '0382415607',
				'identifier.personal': { value: '008198001452', source: 'stated' }
			}
		});
	});

	it('may have a partial birth date, no number and no phone', () => {
		expect(errorsOf({ birthDate: '1965' })).toEqual([]);
		expect(errorsOf({ birthDate: '3/1965' })).toEqual([]);
	});

	it('is not born in the future, nor longer ago than anybody lives', () => {
		expect(errorsOf({ birthDate: '25/11/2026' })).toEqual(['birthDate: in-future']);
		expect(errorsOf({ birthDate: '2027' })).toEqual(['birthDate: in-future']);
		expect(errorsOf({ birthDate: '1899' })).toEqual(['birthDate: too-long-ago']);
		expect(errorsOf({ birthDate: '30/02/1998' })).toEqual(['birthDate: no-such-date']);
	});

	it('has a name with a letter, never a code or a tag', () => {
		for (const name of ['123', '<b>An</b>', '....', '{An}'])
			expect(errorsOf({ name })).toEqual(['name: name-form']);
		expect(errorsOf({ name: 'x'.repeat(1_000_000) })).toEqual(['name: too-long']);
		for (const name of ["K'Brơi", 'Y-Bhăm', 'An', '李 明']) expect(errorsOf({ name })).toEqual([]);
	});

	it('asks for everything that is missing at once', () => {
		const read = readPerson(emptyPerson(), now);
		expect(!read.ok && read.errors.map(({ field }) => field)).toEqual(['name', 'birthDate', 'sex']);
		expect(errorsOf({ commune: '' })).toEqual(['commune: required']);
	});

	it('carries the old number that a card also has', () => {
		const read = readPerson(
			person({ identifier: '008198001452', identifierSource: 'card', oldCard: '070123456' }),
			now
		);
		expect(read.ok && read.value['identifier.oldCard']).toEqual({
			value: '070123456',
			source: 'card'
		});
	});

	it('never throws on hostile text, and what it passes the schema passes', () => {
		for (const text of [
			'__proto__',
			'constructor',
			'\ud800',
			'\u202egnaig',
			'0'.repeat(1_000_000)
		]) {
			const read = readPerson(
				person({ name: text, birthDate: text, village: text, identifier: text, phone: text }),
				now
			);
			expect(read.ok).toBe(false);
			const readable = readablePerson(person({ name: text, identifier: text }), now);
			if (readable !== undefined) expect(factsSchema.safeParse(readable).success).toBe(true);
		}
	});

	it('can be compared while it is half typed', () => {
		expect(readablePerson({ ...emptyPerson(), name: 'Giàng', birthDate: '12/0' }, now)).toEqual({
			name: 'Giàng'
		});
		expect(readablePerson(emptyPerson(), now)).toBeUndefined();
		expect(isPersonStarted(emptyPerson('08123'))).toBe(false);
		expect(isPersonStarted(person({}))).toBe(true);
	});
});

describe('a number', () => {
	it('is recognised by its form', () => {
		expect(recogniseIdentifier('008 198 001 452')).toEqual(['personal']);
		expect(recogniseIdentifier('070123456')).toEqual(['oldCard']);
		expect(recogniseIdentifier('0123456789')).toEqual(['insurance']);
		expect(recogniseIdentifier('te1080123456789')[0]).toBe('insurance');
		expect(recogniseIdentifier('c1234567')).toEqual(['passport']);
		expect(recogniseIdentifier('00012.gcs.08123.26')).toEqual(['birthNote']);
		expect(recogniseIdentifier('008198')).toEqual([]);
	});
	it('that fits no kind, or not the chosen one, is said', () => {
		expect(errorsOf({ identifier: '00819800145' })).toEqual(['identifier: identifier-form']);
		expect(errorsOf({ identifier: '008198001452', identifierKind: 'oldCard' })).toEqual([
			'identifier: identifier-form'
		]);
		expect(errorsOf({ identifier: '00819800145x' })).toEqual(['identifier: identifier-form']);
	});
	it('that is a temporary code is refused: it belongs to one book already', () => {
		expect(errorsOf({ identifier: 'T-SB2-261124-03' })).toEqual([
			'identifier: identifier-temporary'
		]);
	});
	it('is a phone number with 9 to 11 digits after the 0, or a country code', () => {
		expect(errorsOf({ phone: '+84 382 415 607' })).toEqual([]);
		for (const phone of ['12345', '0382', '0382-abc-607', '++84382415607'])
			expect(errorsOf({ phone })).toEqual(['phone: phone-form']);
	});
});

describe('a newborn as typed', () => {
	const newborn = (typed: Partial<TypedNewborn> = {}): TypedNewborn => ({
		...emptyNewborn('08123', '24/11/2026', '06:35'),
		motherName: 'Lò Thị Kim',
		sex: 'female',
		weight: '3,15',
		height: '49',
		...typed
	});
	const read = (typed: Partial<TypedNewborn> = {}) =>
		readNewborn(newborn(typed), now, (mother) => `Con chị ${mother}`);
	const newbornErrors = (typed: Partial<TypedNewborn>) => {
		const result = read(typed);
		return result.ok ? [] : result.errors.map(({ field, code }) => `${field}: ${code}`);
	};

	it('needs no name: it is called by its mother until it has one', () => {
		expect(read({ motherBook: 'AZq1s4tnfCyfYQ8Vb1m2wA' as BookId })).toEqual({
			ok: true,
			value: {
				facts: {
					name: 'Con chị Lò Thị Kim',
					birthDate: '2026-11-24T06:35',
					sex: 'female',
					address: { commune: '08123' }
				},
				guardian: {
					guardian: 'AZq1s4tnfCyfYQ8Vb1m2wA',
					name: 'Lò Thị Kim',
					relation: 'mother'
				},
				measurements: { weight_g: 3_150, height_mm: 490 }
			}
		});
	});

	it('takes the name it was given', () => {
		const result = read({ name: 'Lò Gia Bảo' });
		expect(result.ok && result.value.facts.name).toBe('Lò Gia Bảo');
	});

	it('asks again for a weight in grams typed as kilograms, and for the mother and the sex', () => {
		expect(newbornErrors({ weight: '31,5' })).toEqual(['weight_g: confirm-value']);
		expect(newbornErrors({ weight: '3150' })).toEqual(['weight_g: out-of-range']);
		expect(read({ weight: '3150' })).toMatchObject({
			errors: [{ limits: { min: '0,2', max: '400' } }]
		});
		expect(newbornErrors({ motherName: '', sex: '' })).toEqual([
			'motherName: required',
			'sex: required'
		]);
	});

	it('says so when the name after its mother is too long to stand in a book', () => {
		const motherName = 'W'.repeat(120);
		expect(newbornErrors({ motherName })).toEqual(['name: too-long']);
		expect(newbornErrors({ motherName, name: 'Lò Văn Bé' })).toEqual([]);
	});

	it('was born within the last weeks, not in the future', () => {
		expect(newbornErrors({ birthTime: '09:00' })).toEqual(['birthTime: in-future']);
		expect(newbornErrors({ birthDate: '24/11/2025' })).toEqual(['birthDate: too-long-ago']);
		expect(newbornErrors({ birthDate: '11/2026' })).toEqual(['birthDate: date-not-full']);
	});
});
