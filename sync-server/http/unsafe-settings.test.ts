/** S-06: every setting against every other one, in every pair and all at once: nothing unsafe starts. */
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

type Settings = Record<string, string>;

/** Every setting that decides about safety, with values that are well formed by themselves. */
const VALUES: Record<string, string[]> = {
	HOST: ['', '127.0.0.1', 'localhost', '0.0.0.0', '::', '192.168.1.20', 'clinic.example'],
	PUBLIC_ORIGIN: [
		'',
		'https://so.example',
		'http://localhost:8080',
		'http://so.example',
		'ftp://so.example'
	],
	NODE_ENV: ['', 'production', 'development', 'test'],
	CRASH_AT: ['', 'after_commit:3'],
	'--people': ['', '0', '20'],
	VNEID: ['', 'https://id.example', 'http://localhost:9000', 'http://id.example'],
	BODY_TIMEOUT_MS: ['', '100', '600000'],
	LEASE_DAYS: ['', '1', '60'],
	TRUSTED_PROXY: ['', '10.0.0.1']
};
const LOOPBACK = ['', '127.0.0.1', 'localhost', 'http://localhost:8080', 'http://localhost:9000'];

function combinations(names: string[]): Settings[] {
	return names.reduce<Settings[]>(
		(all, name) =>
			all.flatMap((one) => (VALUES[name] ?? []).map((value) => ({ ...one, [name]: value }))),
		[{}]
	);
}

function start({ '--people': people = '', VNEID = '', ...rest }: Settings) {
	const client = { VNEID_CLIENT_ID: 'so', VNEID_CLIENT_SECRET: 'a secret' };
	const environment = { ...rest, ...(VNEID !== '' && { VNEID_ISSUER: VNEID, ...client }) };
	return readConfig(environment, people === '' ? [] : ['--people', people]);
}

/** Said here once more, by what must never be, and not by how it is prevented. */
function isUnsafe({
	HOST = '',
	PUBLIC_ORIGIN = '',
	NODE_ENV,
	CRASH_AT = '',
	VNEID = '',
	...rest
}: Settings): boolean {
	const isHttps = PUBLIC_ORIGIN.startsWith('https:');
	const goesOverTheNetInClear =
		(!LOOPBACK.includes(HOST) && !isHttps) ||
		(!LOOPBACK.includes(PUBLIC_ORIGIN) && !isHttps) ||
		(!LOOPBACK.includes(VNEID) && !VNEID.startsWith('https:'));
	const isForTryingOnly = CRASH_AT !== '' || Number(rest['--people'] ?? 0) > 0;
	return goesOverTheNetInClear || (NODE_ENV === 'production' && isForTryingOnly);
}

describe('S-06: settings', () => {
	it('of every pair start the server exactly when they are safe together', () => {
		const names = Object.keys(VALUES);
		let count = 0;
		for (const [at, one] of names.entries())
			for (const other of names.slice(at + 1))
				for (const settings of combinations([one, other])) {
					expect([settings, start(settings).ok]).toEqual([settings, !isUnsafe(settings)]);
					count += 1;
				}
		expect(count).toBeGreaterThan(300);
	});

	it('of every kind at once never open a stand-in, a demo or a fault point where people are real', () => {
		for (const settings of combinations([
			'HOST',
			'PUBLIC_ORIGIN',
			'NODE_ENV',
			'CRASH_AT',
			'--people',
			'VNEID'
		])) {
			const result = start(settings);
			expect([settings, result.ok]).toEqual([settings, !isUnsafe(settings)]);
			if (!result.ok || settings['NODE_ENV'] !== 'production') continue;
			expect(result.config.people).toBe(0);
			expect(result.config.crashAt).toBeUndefined();
			expect(result.config.citizenSignIn.type).not.toBe('stand-in');
		}
	});

	it('that are refused say in one sentence why, and name no secret', () => {
		for (const settings of combinations(['HOST', 'PUBLIC_ORIGIN', 'VNEID'])) {
			const result = start(settings);
			if (result.ok) continue;
			expect(result.sentence).toMatch(/^[A-Z_]+ [^\n]+\.$/);
			expect(result.sentence).not.toContain('a secret');
		}
	});
});
