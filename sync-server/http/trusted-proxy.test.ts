/** Whose word on where a request comes from is believed: guesses at a PIN are counted by it. */
import { describe, expect, it } from 'vitest';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { createDamage } from '../sync/damage.ts';
import { createLog } from './log.ts';
import { createHttpServer } from './server.ts';

const PROXY = '10.0.0.7';

/** The address that a sign-in is counted under. */
async function countedUnder(from: string, told: string, trustedProxy?: string[]): Promise<string> {
	let counted = '';
	const app = await createHttpServer({
		storage: openMemoryStorage(createMemoryDisk(new Uint8Array(6))),
		sync: {
			answer: () => {
				throw new Error('not asked here');
			},
			review: async () => ({ type: 'not-found' }),
			admit: async () => []
		},
		verify: async () => false,
		sealingKey: { open: () => undefined },
		tabletSecrets: { pepperOf: () => new Uint8Array(32) },
		leaseMs: 1,
		authenticate: async () => ({ type: 'token-missing' }),
		enrol: async () => ({ type: 'unknown-code' }),
		signIn: async (_request, address) => {
			counted = address;
			return { type: 'sign-in-failed' };
		},
		damage: createDamage(),
		clock: { nowMs: () => 0 },
		log: createLog(() => undefined),
		bodyTimeoutMs: 1_000,
		onBrokenStore: () => undefined,
		...(trustedProxy && { trustedProxy })
	});
	const key = 'A'.repeat(87);
	await app.inject({
		method: 'POST',
		url: '/api/sign-in',
		remoteAddress: from,
		headers: { 'x-forwarded-for': told, 'x-real-ip': told, forwarded: `for=${told}` },
		payload: { login: 'lan', pin: '123456', personKey: key, deviceKey: key }
	});
	await app.close();
	return counted;
}

describe('where a request comes from', () => {
	it('is what the connection says: anybody may write anything into a header', async () => {
		expect(await countedUnder('203.0.113.5', '198.51.100.1')).toBe('203.0.113.5');
		expect(await countedUnder(PROXY, '198.51.100.1')).toBe(PROXY);
	});

	it('is what a named proxy says, and only that proxy', async () => {
		expect(await countedUnder(PROXY, '198.51.100.1', [PROXY])).toBe('198.51.100.1');
		expect(await countedUnder('203.0.113.5', '198.51.100.1', [PROXY])).toBe('203.0.113.5');
	});

	it('is not what somebody wrote before the proxy added the truth', async () => {
		const told = '192.0.2.99, 198.51.100.1';
		expect(await countedUnder(PROXY, told, [PROXY])).toBe('198.51.100.1');
	});
});
