import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { originOf, type OriginRules } from './public-origin.ts';

const RULES: OriginRules = { isTls: false, host: '127.0.0.1' };
const origin = (host: string | undefined, rules: Partial<OriginRules> = {}) =>
	originOf({ ...RULES, ...rules }, { headers: host === undefined ? {} : { host } });

describe('the address a browser knows this server by', () => {
	it('is a name of this machine, with the port that was asked', () => {
		expect(origin('localhost:8080')).toBe('http://localhost:8080');
		expect(origin('127.0.0.1:8080', { isTls: true })).toBe('https://127.0.0.1:8080');
		expect(origin('so.xa.vn', { host: 'so.xa.vn' })).toBe('http://so.xa.vn');
		const own = Object.values(networkInterfaces())
			.flatMap((list) => list ?? [])
			.filter(({ family }) => family === 'IPv4');
		for (const { address } of own) expect(origin(`${address}:1`)).toBe(`http://${address}:1`);
	});

	it('is never a name that only the request states', () => {
		for (const host of ['evil.example', 'localhost.evil.example', 'a@b', '', undefined])
			expect(origin(host)).toBeUndefined();
	});

	it('is what the operator stated, whatever the request says', () => {
		expect(origin('evil.example', { publicOrigin: 'https://so.xa.vn' })).toBe('https://so.xa.vn');
	});
});
