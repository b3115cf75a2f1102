import { describe, expect, it } from 'vitest';
import { formatSpokenCode, readVisitCode, visitQrText } from './consent-visit.ts';

const CODE = 'AAAAAAAAAAAAAAAAAAAAAQ';

describe('a code for a visit', () => {
	it('is read out of its QR text, and as somebody types it', () => {
		expect(readVisitCode(visitQrText(CODE))).toBe(CODE);
		expect(readVisitCode('ABCD2345')).toBe('ABCD2345');
		expect(readVisitCode(' abcd-23 45 ')).toBe('ABCD2345');
		expect(readVisitCode(formatSpokenCode('ABCD2345'))).toBe('ABCD2345');
	});

	it('is nothing else that a camera meets', () => {
		const others = ['', CODE, 'so-suc-khoe:visit:', visitQrText('x'), 'ABCD234', 'ABCD23456'];
		const alike = ['ABCD234O', 'ABCD2341', '001190012345', 'T-SB2-261124-03'];
		for (const text of [...others, ...alike]) expect(readVisitCode(text), text).toBeUndefined();
	});
});
