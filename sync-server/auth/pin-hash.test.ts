import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashPin, isPin } from './pin-hash.ts';

describe('a PIN hash', () => {
	it('is Argon2id in PHC form, with a salt of its own', async () => {
		const [one, two] = [await hashPin('123456', randomBytes), await hashPin('123456', randomBytes)];
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]+\$[^$]+$/);
		expect(one).not.toBe(two);
		expect(await isPin('123456', one)).toBe(true);
		expect(await isPin('123457', one)).toBe(false);
	});

	it('agrees with the reference implementation’s own test vector', async () => {
		const phc =
			'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
		expect(await isPin('password', phc)).toBe(true);
	});

	it('throws for a hash that is none, or that costs more than this server pays', async () => {
		await expect(isPin('1', 'plain')).rejects.toThrow('PHC');
		const costly = '$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKf';
		await expect(isPin('1', costly)).rejects.toThrow('costs');
	});
});
