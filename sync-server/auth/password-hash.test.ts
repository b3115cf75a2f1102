import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './password-hash.ts';

describe('a password hash', () => {
	it('is Argon2id in PHC form, with a salt of its own', async () => {
		const [one, two] = [
			await hashPassword('123456', randomBytes),
			await hashPassword('123456', randomBytes)
		];
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]+\$[^$]+$/);
		expect(one).not.toBe(two);
		expect(await isPassword('123456', one)).toBe(true);
		expect(await isPassword('123457', one)).toBe(false);
	});

	it('is of the letters, however a keyboard writes them', async () => {
		const phc = await hashPassword('mật khẩu của tôi'.normalize('NFD'), randomBytes);
		expect(await isPassword('mật khẩu của tôi'.normalize('NFC'), phc)).toBe(true);
		expect(await isPassword('mat khau cua toi', phc)).toBe(false);
	});

	it('agrees with the reference implementation’s own test vector', async () => {
		const phc =
			'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
		expect(await isPassword('password', phc)).toBe(true);
	});

	it('throws for a hash that is none, or that costs more than this server pays', async () => {
		await expect(isPassword('1', 'plain')).rejects.toThrow('PHC');
		const costly = '$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKf';
		await expect(isPassword('1', costly)).rejects.toThrow('costs');
	});
});
