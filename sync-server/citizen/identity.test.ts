import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCitizenIdentity, type CitizenIdentity, type PendingSignIn } from './identity.ts';

const ISSUER = 'https://id.example';
const REDIRECT = 'https://so.example/api/citizen/signed-in';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const PERSON = {
	personal_number: '014188990003',
	name: 'Lường Thị Vui',
	birthdate: '1988-06-24',
	level: 2
};

interface Script {
	claims?: Record<string, unknown>;
	key?: typeof privateKey;
	isDown?: boolean;
}

function tokenOf({ claims, key = privateKey }: Script, nonce: string): string {
	const nowS = Math.floor(Date.now() / 1_000);
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const payload = { iss: ISSUER, aud: 'we', sub: 's', iat: nowS, exp: nowS + 60, nonce };
	const text = `${part({ alg: 'ES256', kid: 'k' })}.${part({ ...payload, ...PERSON, ...claims })}`;
	const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
	return `${text}.${signature.toString('base64url')}`;
}

/** A provider that says what the script says; `asked` holds what its token address was sent. */
function scripted(
	script: Script,
	onFailure: (error: unknown) => void = () => undefined
): {
	identity: CitizenIdentity;
	asked: URLSearchParams[];
	nonce: { is: string };
} {
	const asked: URLSearchParams[] = [];
	const nonce = { is: '' };
	const json = (value: object) => Response.json(value);
	const identity = createCitizenIdentity(
		{
			issuer: new URL(ISSUER),
			clientId: 'we',
			clientSecret: 'secret',
			fetch: async (address, { body }) => {
				if (script.isDown === true) throw new TypeError('fetch failed');
				if (address.endsWith('/.well-known/openid-configuration'))
					return json({
						issuer: ISSUER,
						authorization_endpoint: `${ISSUER}/authorize`,
						token_endpoint: `${ISSUER}/token`,
						jwks_uri: `${ISSUER}/jwks`,
						id_token_signing_alg_values_supported: ['ES256']
					});
				if (address === `${ISSUER}/jwks`)
					return json({
						keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: 'k' }]
					});
				asked.push(new URLSearchParams(await new Response(body).text()));
				return json({
					access_token: 'a',
					token_type: 'bearer',
					id_token: tokenOf(script, nonce.is)
				});
			}
		},
		onFailure
	);
	return { identity, asked, nonce };
}

async function begun(identity: CitizenIdentity): Promise<PendingSignIn> {
	return (await identity.begin(REDIRECT))?.pending ?? expect.unreachable();
}

function back(state: string, more = ''): URL {
	return new URL(`${REDIRECT}?code=c&state=${state}&iss=${encodeURIComponent(ISSUER)}${more}`);
}

describe('a citizen’s identity by OpenID Connect', () => {
	it('is reached over plain HTTP only where the issuer says so', async () => {
		const asked: string[] = [];
		const identity = createCitizenIdentity(
			{
				issuer: new URL('http://localhost:1/oidc'),
				clientId: 'we',
				clientSecret: 'secret',
				fetch: async (address) => {
					asked.push(address);
					return Response.json({
						issuer: 'http://localhost:1/oidc',
						authorization_endpoint: 'http://localhost:1/oidc/auth'
					});
				}
			},
			() => expect.unreachable()
		);
		const begun = await identity.begin(REDIRECT);
		expect(begun?.address.href).toMatch(/^http:\/\/localhost:1\/oidc\/auth\?/);
		expect(asked).toEqual(['http://localhost:1/oidc/.well-known/openid-configuration']);
	});

	it('tells why it failed to whoever keeps the log, but not that somebody said no', async () => {
		const failures: unknown[] = [];
		const { identity, nonce } = scripted({}, (error) => failures.push(error));
		const pending = await begun(identity);
		nonce.is = 'another';
		await identity.finish(
			pending,
			new URL(`${REDIRECT}?error=access_denied&state=${pending.state}`)
		);
		expect(failures).toEqual([]);
		await identity.finish(pending, back(pending.state));
		expect(failures).toMatchObject([{ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' }]);
	});

	it('is what the ID token says, fetched with the code and its verifier', async () => {
		const { identity, asked, nonce } = scripted({});
		const pending = await begun(identity);
		nonce.is = pending.nonce;
		expect(await identity.finish(pending, back(pending.state))).toEqual({
			type: 'citizen',
			citizen: { personalNumber: '014188990003', name: 'Lường Thị Vui', birthDate: '1988-06-24' }
		});
		expect(asked[0]?.get('code_verifier')).toBe(pending.codeVerifier);
		expect(asked[0]?.get('redirect_uri')).toBe(REDIRECT);
	});

	it('is refused with another nonce, another state, a foreign signature or issuer', async () => {
		const outcome = async (script: Script, change: { nonce?: string; state?: string }) => {
			const { identity, nonce } = scripted(script);
			const pending = await begun(identity);
			nonce.is = change.nonce ?? pending.nonce;
			return identity.finish(pending, back(change.state ?? pending.state));
		};
		const refused = { type: 'failed', code: 'not-genuine' };
		expect(await outcome({}, { nonce: 'another' })).toEqual(refused);
		expect(await outcome({}, { state: 'another' })).toEqual(refused);
		expect(await outcome({ key: foreign }, {})).toEqual(refused);
		expect(await outcome({ claims: { iss: 'https://evil.example' } }, {})).toEqual(refused);
		expect(await outcome({ claims: { aud: 'somebody-else' } }, {})).toEqual(refused);
		expect(await outcome({ claims: { exp: 1 } }, {})).toEqual(refused);
	});

	it('is refused when a claim is missing or has not its form', async () => {
		for (const claims of [
			{ personal_number: undefined },
			{ personal_number: '12' },
			{ birthdate: '1988-02-31' },
			{ name: '' }
		]) {
			const { identity, nonce } = scripted({ claims });
			const pending = await begun(identity);
			nonce.is = pending.nonce;
			expect(await identity.finish(pending, back(pending.state))).toEqual({
				type: 'failed',
				code: 'not-genuine'
			});
		}
	});

	it('opens no book below level 2, nor where no level is said', async () => {
		const typeAt = async (level: unknown) => {
			const { identity, nonce } = scripted({ claims: { level } });
			const pending = await begun(identity);
			nonce.is = pending.nonce;
			const outcome = await identity.finish(pending, back(pending.state));
			return outcome.type === 'failed' ? outcome.code : outcome.type;
		};
		for (const level of [2, '2', '02']) expect(await typeAt(level)).toBe('citizen');
		for (const level of [1, '01', 0, '', null, undefined, true, [2], '2x', -2, 1.5])
			expect(await typeAt(level)).toBe('level-too-low');
	});

	it('tells a person who said no from a provider that is away', async () => {
		const { identity } = scripted({});
		const pending = await begun(identity);
		const denied = new URL(`${REDIRECT}?error=access_denied&state=${pending.state}`);
		expect(await identity.finish(pending, denied)).toEqual({ type: 'failed', code: 'declined' });
		const script: Script = { isDown: true };
		const away = scripted(script);
		expect(await away.identity.begin(REDIRECT)).toBeUndefined();
		script.isDown = false;
		const later = await begun(away.identity);
		script.isDown = true;
		expect(await away.identity.finish(later, back(later.state))).toEqual({
			type: 'failed',
			code: 'unreachable'
		});
	});
});
