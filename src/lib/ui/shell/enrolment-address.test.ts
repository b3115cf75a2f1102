import { describe, expect, it } from 'vitest';
import { enrolmentCodeIn } from './enrolment-address.ts';

describe('the code of a tablet in what was scanned', () => {
	it('stands in the fragment of an address, or by itself', () => {
		expect(enrolmentCodeIn('https://so.example.vn/clinic#enrol=7K2M-9QXT')).toBe('7K2M-9QXT');
		expect(enrolmentCodeIn(' 7K2M-9QXT ')).toBe('7K2M-9QXT');
		expect(enrolmentCodeIn('7k2m9qxt')).toBe('7k2m9qxt');
	});

	it('is not in a card, a number or another address', () => {
		for (const other of ['014188990003', 'https://so.example.vn/7K2M-9QXT', '', '#enrol=', 'a|b|c'])
			expect(enrolmentCodeIn(other)).toBeUndefined();
	});
});
