import { describe, expect, it } from 'vitest';
import type { Family } from '#lib/protocol/citizen.ts';
import { createHttpFamilyPort } from './http-family-port.ts';

const FAMILY = {
	person: { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Lường Thị Vui', birthDate: '1988-06-24' },
	books: [],
	names: {}
} as unknown as Family;
const problem = (status: number) =>
	new Response('{}', { status, headers: { 'content-type': 'application/problem+json' } });

function portTo(answer: () => Response): {
	port: ReturnType<typeof createHttpFamilyPort>;
	asked: { address: string; init: RequestInit }[];
} {
	const asked: { address: string; init: RequestInit }[] = [];
	const port = createHttpFamilyPort(async (address, init = {}) => {
		asked.push({ address, init });
		return answer();
	});
	return { port, asked };
}

describe('the family over HTTP', () => {
	it('is asked for with the mark of what is here, past the browser’s own cache', async () => {
		const { port, asked } = portTo(() => Response.json(FAMILY, { headers: { etag: '"b"' } }));
		expect(await port.askFamily('"a"')).toEqual({ type: 'family', family: FAMILY, etag: '"b"' });
		expect(asked[0]?.init.headers).toEqual({ 'if-none-match': '"a"' });
		expect(asked[0]?.init.cache).toBe('no-store');
	});

	it('tells what the server said apart from what something between said', async () => {
		const answers: [() => Response, string][] = [
			[() => new Response(null, { status: 304 }), 'unchanged'],
			[() => problem(401), 'signed-out'],
			[() => problem(404), 'not-offered'],
			[() => problem(503), 'unreachable'],
			[() => new Response('<html>', { status: 401 }), 'unreachable'],
			[() => new Response('<html>', { status: 404 }), 'unreachable'],
			[() => new Response('<html>sign in to the wifi'), 'unreachable'],
			[() => Response.json({ ...FAMILY, more: 1 }), 'unreachable'],
			[
				() => {
					throw new TypeError('fetch failed');
				},
				'unreachable'
			]
		];
		for (const [answer, type] of answers)
			expect((await portTo(answer).port.askFamily(undefined)).type).toBe(type);
	});

	it('tells why a decision was not taken', async () => {
		const decision = { book: FAMILY.person.id, purpose: 'x', act: 'withdrawn', after: 0 } as const;
		const answers: [() => Response, string][] = [
			[() => Response.json({ voice: 'alone', decisions: [] }), 'consents'],
			[() => Response.json({ voice: 'loud', decisions: [] }), 'unreachable'],
			[() => problem(401), 'signed-out'],
			[() => problem(403), 'not-yours'],
			[() => problem(404), 'not-yours'],
			[() => problem(409), 'moved-on'],
			[() => problem(429), 'unreachable'],
			[() => new Response('<html>', { status: 409 }), 'unreachable']
		];
		for (const [answer, type] of answers) {
			const { port, asked } = portTo(answer);
			expect((await port.decideConsent(decision)).type).toBe(type);
			expect(asked[0]?.address).toBe('/api/citizen/consents/decide');
		}
	});

	it('says whether the server heard of a sign-out', async () => {
		expect(await portTo(() => new Response(null, { status: 204 })).port.signOut()).toBe(true);
		expect(await portTo(() => new Response('<html>')).port.signOut()).toBe(false);
		const dead = portTo(() => {
			throw new TypeError('fetch failed');
		});
		expect(await dead.port.signOut()).toBe(false);
	});
});
