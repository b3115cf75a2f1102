import { describe, expect, it } from 'vitest';
import type { SignInRequest } from '#lib/protocol/api.ts';
import { createHttpServerPort, type Fetch } from './http-server-port.ts';

const REQUEST: SignInRequest = { login: 'mai.tt', pin: '120385', personKey: 'AA', deviceKey: 'AA' };
const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const QUESTION = { actor: ID, identifier: '001085012345' };

function answering(body: string, init: ResponseInit = {}) {
	const asked: { address: string; init: RequestInit | undefined }[] = [];
	const fetch: Fetch = async (address, given) => {
		asked.push({ address, init: given });
		return new Response(body, init);
	};
	return { asked, port: createHttpServerPort(fetch) };
}

const problem = (fields: object): string => JSON.stringify({ title: 'x', status: 400, ...fields });

describe('the server over HTTP', () => {
	it('answers with what the protocol knows', async () => {
		const people = [{ book: ID, name: 'Lò Thị Pẩu' }];
		const { port, asked } = answering(JSON.stringify({ people }));
		expect(await port.findPeople(QUESTION, 'token')).toEqual({ type: 'answered', value: people });
		expect(asked[0]?.address).toBe('/api/people/find');
		expect(asked[0]?.init?.headers).toMatchObject({ authorization: 'Bearer token' });
		expect(asked[0]?.init?.body).toBe(JSON.stringify(QUESTION));
	});

	it('refuses with the last part of the problem, its path and how long to wait', async () => {
		const body = problem({
			type: '/problems/too-many-attempts',
			path: 'personKey',
			retryAfter: 30
		});
		const { port } = answering(body, { status: 429 });
		expect(await port.signIn(REQUEST, 'token')).toEqual({
			type: 'refused',
			code: 'too-many-attempts',
			path: 'personKey',
			retryAfterSeconds: 30
		});
	});

	it('is not reached when somebody else answers, or nobody', async () => {
		const portal = '<html>Please sign in to the hotel</html>';
		expect(await answering(portal).port.signIn(REQUEST, 'token')).toEqual({ type: 'unreachable' });
		expect(await answering(portal, { status: 511 }).port.signIn(REQUEST, 'token')).toEqual({
			type: 'unreachable'
		});
		expect(await answering('{}').port.signIn(REQUEST, 'token')).toEqual({ type: 'unreachable' });
		const foreign = problem({ type: 'about:blank' });
		expect(await answering(foreign, { status: 502 }).port.signIn(REQUEST, 'token')).toEqual({
			type: 'unreachable'
		});
		const dead = createHttpServerPort(() => Promise.reject(new TypeError('no network')));
		expect(await dead.openBook({ actor: ID, book: ID, reason: 'present-in-person' }, 't')).toEqual({
			type: 'unreachable'
		});
	});
});
