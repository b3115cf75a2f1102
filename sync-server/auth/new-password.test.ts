import { describe, expect, it } from 'vitest';
import { demoStaff } from '../jobs/demo/stations.ts';
import { passwordTrouble } from './new-password.ts';

describe('a new password', () => {
	it('has at least twelve characters, as people count them, and at most 128', () => {
		expect(passwordTrouble('suối trong', 'lan')).toBe('too-short');
		expect(passwordTrouble('suối trong v', 'lan')).toBeUndefined();
		// Decomposed, each of these letters is two or three characters.
		expect(passwordTrouble('mật khẩu ấy'.normalize('NFD'), 'lan')).toBe('too-short');
		expect(passwordTrouble('mẹ con '.repeat(18), 'lan')).toBeUndefined();
		expect(passwordTrouble('mẹ con '.repeat(19), 'lan')).toBe('too-long');
	});

	it('may be of any characters, without rules which', () => {
		for (const password of ['cầu tre qua suối', 'con mèo trèo cây', '🌾🌾🌧️ mưa lúa chín'])
			expect(passwordTrouble(password, 'lan')).toBeUndefined();
	});

	it('is none that everybody tries first, however it is written', () => {
		for (const password of [
			'123456789012',
			'Mật khẩu 12345',
			'PASSWORD-1234',
			'aaaaaaaaaaaaaaa',
			'abababababab',
			'abcdefghijklmn',
			'zyxwvutsrqponm'
		])
			expect(passwordTrouble(password, 'lan')).toBe('common');
	});

	it('does not hold the login, which others know', () => {
		expect(passwordTrouble('toi la Thắm day', 'tham')).toBe('has-login');
		expect(passwordTrouble('toi la le.van nhe', 'le.van')).toBe('has-login');
		expect(passwordTrouble('mỹ mục thôn bản', 'my')).toBeUndefined();
	});

	it('is what the people of the demo have', () => {
		for (const { login, password } of demoStaff('seed'))
			expect([login, passwordTrouble(password, login)]).toEqual([login, undefined]);
	});
});
