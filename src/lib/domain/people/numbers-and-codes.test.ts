import { describe, expect, it } from 'vitest';
import { isIdentifierOf } from '../book/identifiers.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { personalNumberStart, readPersonalNumber } from './personal-number.ts';
import { nextTemporaryCounter, parseTemporaryCode, temporaryCodeText } from './temporary-code.ts';

describe('temporary codes', () => {
	const code = { station: 'SB', device: 2, date: '2026-11-24' as ClinicalDate, counter: 3 };

	it('are written and read back, and are identifiers of their kind only', () => {
		expect(temporaryCodeText(code)).toBe('T-SB2-261124-03');
		expect(parseTemporaryCode('T-SB2-261124-03')).toEqual(code);
		expect(isIdentifierOf('temporary', temporaryCodeText({ ...code, counter: 9_999 }))).toBe(true);
		expect(isIdentifierOf('personal', temporaryCodeText(code))).toBe(false);
	});

	it('count on from the codes of the same tablet and day', () => {
		const issued = ['T-SB2-261124-07', 'T-SB1-261124-20', 'T-SB2-261123-30', 'rubbish'];
		expect(nextTemporaryCounter(issued, code)).toBe(8);
		expect(nextTemporaryCounter([], code)).toBe(1);
	});

	it('are not made of impossible parts, nor read from them', () => {
		expect(() => temporaryCodeText({ ...code, station: 'sb' })).toThrow(RangeError);
		expect(() => temporaryCodeText({ ...code, counter: 10_000 })).toThrow(RangeError);
		expect(parseTemporaryCode('T-SB2-261340-03')).toBeUndefined();
	});
});

describe('personal numbers', () => {
	it('say province of their time, sex and year', () => {
		expect(readPersonalNumber('015190000123')).toEqual({
			place: '015',
			province: { code: '15', name: 'Yên Bái' },
			provinceNow: { code: '15', name: 'Lào Cai' },
			sex: 'female',
			birthYear: 1990
		});
		expect(readPersonalNumber('014225000001')).toMatchObject({ sex: 'male', birthYear: 2025 });
		expect(readPersonalNumber('12')).toBeUndefined();
	});

	it('begin as they are read', () => {
		expect(personalNumberStart('14', 'female', 2025)).toBe('014325');
		expect(personalNumberStart('10', 'male', 1950)).toBe('010050');
		expect(() => personalNumberStart('99', 'male', 1950)).toThrow(RangeError);
	});
});
