import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import {
	consentDecisionRequestSchema,
	consentTextHash,
	consentTextLines,
	findTextInForce
} from './consent.ts';

const [{ from }] = READ_RECEIPT.versions;
const BOOK = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('the hash of a text that somebody agrees to', () => {
	it('is that of its lines, as anybody computes it', () => {
		const lines = consentTextLines(READ_RECEIPT, from, 'vi') ?? [];
		expect(lines.slice(0, 4)).toEqual(['so-suc-khoe consent 1', 'read-receipt', from, 'vi']);
		expect(lines).toHaveLength(9);
		const expected = createHash('sha256').update(lines.join('\n')).digest('base64url');
		expect(consentTextHash('read-receipt', from, 'vi')).toBe(expected);
	});

	/** A text that people agreed to is never rewritten: whoever changes one adds a version with its day instead. */
	it('of every text that was ever asked stays what it is', () => {
		const hashes = (['vi', 'en'] as const).map((one) => consentTextHash('read-receipt', from, one));
		expect(hashes).toEqual([
			'KdhyTAKm5Fxg_Mv5R8o-gc84H9Nd39CbR0YC7mPTvdM',
			'houTItmnefZItW9ZeHLSBAx6BxZO-WoOhp5Z562MLsA'
		]);
	});

	it('is known only of a text in force on the day', () => {
		const hash = consentTextHash('read-receipt', from, 'en') ?? '';
		expect(findTextInForce(hash, 'read-receipt', from)).toEqual({ from, language: 'en' });
		expect(findTextInForce(hash, 'read-receipt', '2026-11-29' as ClinicalDate)).toBeUndefined();
		expect(findTextInForce(hash, 'research', from)).toBeUndefined();
		expect(findTextInForce('A'.repeat(43), 'read-receipt', from)).toBeUndefined();
		expect(consentTextHash('__proto__', from, 'vi')).toBeUndefined();
		expect(consentTextHash('read-receipt', '1999-01-01', 'vi')).toBeUndefined();
	});
});

describe('a decision on the wire', () => {
	const given = {
		book: BOOK,
		purpose: 'read-receipt',
		act: 'given',
		after: 0,
		text: 'A'.repeat(43)
	};
	const isTaken = (request: object): boolean =>
		consentDecisionRequestSchema.safeParse(request).success;

	it('is a yes to a text or a withdrawal, and nothing else', () => {
		expect(isTaken(given)).toBe(true);
		const { text: _text, ...withoutText } = given;
		expect(isTaken({ ...withoutText, act: 'withdrawn' })).toBe(true);
		for (const wrong of [
			withoutText,
			{ ...given, act: 'withdrawn' },
			{ ...given, act: 'maybe' },
			{ ...given, text: 'A'.repeat(44) },
			{ ...given, after: -1 },
			{ ...given, after: 1.5 },
			{ ...given, purpose: 'Robert"); DROP TABLE' },
			{ ...given, book: '../..' },
			{ ...given, otherAgrees: 'yes' },
			{ ...given, person: 'somebody' }
		])
			expect(isTaken(wrong), JSON.stringify(wrong)).toBe(false);
	});
});
