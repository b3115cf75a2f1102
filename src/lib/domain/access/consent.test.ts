import { describe, expect, it } from 'vitest';
import {
	ASKED_PURPOSES,
	READ_RECEIPT,
	TOLD_PURPOSES,
	type AskedPurpose
} from '../catalogues/data/consent-purposes.ts';
import type { ClinicalDate, PartialDate } from '../time/clinical-time.ts';
import { CITIZEN_RELATIONS } from './access-table.ts';
import {
	consentTextOn,
	consentUntil,
	consentVoice,
	hasConsent,
	type ConsentDecision
} from './consent.ts';

const day = (text: string): ClinicalDate => text as ClinicalDate;
/** Noon of the day in Vietnam. */
const noon = (text: string): number => Date.parse(`${text}T05:00:00Z`);
const WORDS = READ_RECEIPT.versions[0];
const PURPOSE: AskedPurpose = {
	id: 'read-receipt',
	needsConsent: true,
	versions: [
		{ ...WORDS, from: day('2026-12-01') },
		{ ...WORDS, from: day('2027-06-01') }
	]
};

function given(rest: Partial<ConsentDecision> = {}): ConsentDecision {
	return { number: 1, purpose: PURPOSE.id, act: 'given', textFrom: '2026-12-01', ...rest };
}

describe('a consent', () => {
	it('is there while the last word is yes, and silence is no', () => {
		const at = noon('2026-12-05');
		expect(hasConsent(PURPOSE, [], at)).toBe(false);
		expect(hasConsent(PURPOSE, [given()], at)).toBe(true);
		const withdrawn = given({ number: 2, act: 'withdrawn' });
		expect(hasConsent(PURPOSE, [given(), withdrawn], at)).toBe(false);
		expect(hasConsent(PURPOSE, [withdrawn, given()], at)).toBe(false);
		expect(hasConsent(PURPOSE, [withdrawn, given(), given({ number: 3 })], at)).toBe(true);
	});

	it('is for its own purpose only', () => {
		const other = given({ purpose: 'research' });
		expect(hasConsent(PURPOSE, [other], noon('2026-12-05'))).toBe(false);
		const later = given({ number: 9, purpose: 'research', act: 'withdrawn' });
		expect(hasConsent(PURPOSE, [given(), later], noon('2026-12-05'))).toBe(true);
	});

	it('is to one text: from the day of the next it is asked again', () => {
		expect(hasConsent(PURPOSE, [given()], noon('2027-05-31'))).toBe(true);
		expect(hasConsent(PURPOSE, [given()], noon('2027-06-01'))).toBe(false);
		const again = given({ number: 2, textFrom: '2027-06-01' });
		expect(hasConsent(PURPOSE, [given(), again], noon('2027-06-01'))).toBe(true);
	});

	it('is none before there is a text to agree to', () => {
		expect(consentTextOn(PURPOSE, day('2026-11-30'))).toBeUndefined();
		expect(hasConsent(PURPOSE, [given()], noon('2026-11-30'))).toBe(false);
	});

	it('ends on the day on which somebody else has to say it', () => {
		const child = given({ until: '2026-12-10' });
		expect(hasConsent(PURPOSE, [child], noon('2026-12-09'))).toBe(true);
		expect(hasConsent(PURPOSE, [child], Date.parse('2026-12-09T17:00:00Z'))).toBe(false);
	});
});

describe('whose word it is', () => {
	const at = noon('2026-12-05');
	const born = (text: string): PartialDate => text as PartialDate;

	it('follows the steps of age, for each way a book can stand to somebody', () => {
		const voices = CITIZEN_RELATIONS.map((stands) => [
			stands,
			consentVoice(stands, born('2000-01-01'), at)
		]);
		expect(Object.fromEntries(voices)).toEqual({
			own: 'alone',
			'own-under-14': 'not-yours',
			'child-under-7': 'alone',
			'child-from-7': 'with-child',
			'child-from-14': 'with-child',
			'child-from-16': 'not-yours',
			'ex-guardian': 'not-yours',
			stranger: 'not-yours'
		});
	});

	it('is with the guardian in one’s own book until the eighteenth birthday', () => {
		expect(consentVoice('own', born('2008-12-06'), at)).toBe('with-guardian');
		expect(consentVoice('own', born('2008-12-05'), at)).toBe('alone');
		expect(consentVoice('own', born('2008'), at)).toBe('alone');
	});

	it('is asked again at seven and at eighteen, and of grown people never', () => {
		expect(consentUntil('alone', 'own', born('1988-06-24'))).toBeUndefined();
		expect(consentUntil('alone', 'child-under-7', born('2024-02-29'))).toBe('2031-03-01');
		expect(consentUntil('with-child', 'child-from-7', born('2016-02-29'))).toBe('2034-03-01');
		expect(consentUntil('with-child', 'child-from-14', born('2010-05'))).toBe('2028-05-01');
		expect(consentUntil('with-guardian', 'own', born('2010-05-07'))).toBe('2028-05-07');
		expect(consentUntil('alone', 'child-under-7', born('2021-02-28'))).toBe('2028-02-28');
	});
});

describe('the list of purposes', () => {
	it('names each once, with texts in order that say in both languages that the data is sensitive', () => {
		const ids = [...ASKED_PURPOSES, ...TOLD_PURPOSES].map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { versions } of ASKED_PURPOSES) {
			const days = versions.map(({ from }) => from);
			expect(days).toEqual([...new Set(days)].sort());
			for (const { vi, en } of versions) {
				expect(vi.sensitive).toContain('nhạy cảm');
				expect(en.sensitive).toContain('sensitive');
				for (const text of [vi, en].flatMap((one) => Object.values<string>({ ...one }))) {
					expect(text).toBe(text.normalize('NFC').trim());
					expect(text).not.toMatch(/[\n\r]/);
				}
			}
		}
	});
});
