import { describe, expect, it } from 'vitest';
import { chooseEncoding } from './answer-stream.ts';

describe('the encoding of an answer', () => {
	it('is the best that the client accepts', () => {
		expect(chooseEncoding('gzip, deflate, br, zstd')).toBe('zstd');
		expect(chooseEncoding('gzip, BR')).toBe('br');
		expect(chooseEncoding('gzip;q=0.5')).toBe('gzip');
	});

	it('is none where the client names none, or says no', () => {
		expect(chooseEncoding(undefined)).toBe('identity');
		expect(chooseEncoding('deflate, *')).toBe('identity');
		expect(chooseEncoding('zstd;q=0, br; q=0.000, gzip ;q=0.0')).toBe('identity');
	});
});
