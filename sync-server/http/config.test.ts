import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

function sentence(environment: Record<string, string>, args: string[] = []): string {
	const result = readConfig(environment, args);
	return result.ok ? 'accepted' : result.sentence;
}

describe('the configuration', () => {
	it('has defaults, and ignores what is set to nothing', () => {
		expect(readConfig({ PORT: '', DATA_DIR: '', PATH: '/bin' }, [])).toEqual({
			ok: true,
			config: {
				port: 8080,
				host: '127.0.0.1',
				dataDir: expect.stringMatching(/\/data$/) as string,
				bodyTimeoutMs: 30_000,
				leaseDays: 14,
				people: 1_000,
				isProduction: false,
				takesNewIssuingKey: false,
				citizenSignIn: { type: 'stand-in' }
			}
		});
	});

	it('takes the number of people in both spellings', () => {
		for (const args of [['--people', '10000'], ['--people=10000']])
			expect(readConfig({}, args)).toMatchObject({ config: { people: 10_000 } });
	});

	it('takes a new issuing key only when told so', () => {
		for (const args of [['--new-issuing-key'], ['--people', '5', '--new-issuing-key']])
			expect(readConfig({}, args)).toMatchObject({ config: { takesNewIssuingKey: true } });
	});

	it('says in a sentence what is wrong', () => {
		expect(sentence({ PORT: 'abc' })).toBe('PORT is not a whole number.');
		expect(sentence({ PORT: '70000' })).toBe('PORT must be from 0 to 65535.');
		expect(sentence({ HOST: 'a b' })).toContain('HOST');
		expect(sentence({ TLS_CERT: 'x.pem' })).toBe('TLS needs both TLS_CERT and TLS_KEY.');
		expect(sentence({ TLS_CERT: 'x.pem', TLS_KEY: 'y.pem' })).toContain('cannot be read');
		expect(sentence({}, ['--people', '-1'])).toContain('--people');
		expect(sentence({}, ['--people'])).toBe('--people needs a number.');
		expect(sentence({}, ['--peopel', '5'])).toContain('is not an option');
	});

	it('lets citizens in by the provider it names, else by the stand-in, and in production by neither', () => {
		const named = {
			VNEID_ISSUER: 'https://id.example/oidc',
			VNEID_CLIENT_ID: 'so',
			VNEID_CLIENT_SECRET: 'secret'
		};
		const provider = {
			issuer: new URL('https://id.example/oidc'),
			clientId: 'so',
			clientSecret: 'secret'
		};
		for (const environment of [named, { ...named, NODE_ENV: 'production' }])
			expect(readConfig(environment, [])).toMatchObject({
				config: { citizenSignIn: { type: 'provider', provider } }
			});
		expect(readConfig({ NODE_ENV: 'production' }, [])).toMatchObject({
			config: { citizenSignIn: { type: 'off' } }
		});
		expect(sentence({ VNEID_ISSUER: 'https://id.example' })).toContain('VNEID_CLIENT_SECRET');
		expect(sentence({ ...named, VNEID_ISSUER: 'http://id.example' })).toContain('must be https');
		expect(sentence({ PUBLIC_ORIGIN: 'https://so.vn/app' })).toContain('PUBLIC_ORIGIN');
	});

	it('believes no proxy but those that are named by their address', () => {
		expect(readConfig({ TRUSTED_PROXY: '10.0.0.7,fd00::/8' }, [])).toMatchObject({
			config: { trustedProxy: ['10.0.0.7', 'fd00::/8'] }
		});
		for (const wrong of ['proxy.example', '10.0.0.7/33', '10.0.0.7/8/8', '10.0.0.7, 10.0.0.8', ','])
			expect(sentence({ TRUSTED_PROXY: wrong })).toContain('TRUSTED_PROXY');
	});

	it('reads a crash point and how often it is passed', () => {
		expect(readConfig({ CRASH_AT: 'after_commit:3' }, [])).toMatchObject({
			config: { crashAt: { point: 'after_commit', count: 3, isOfWriter: false } }
		});
	});
});
