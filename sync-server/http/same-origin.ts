/**
 * Requests that change something come from our own pages or from no page at all. A browser says where a request
 * comes from (Fetch Metadata, and `Origin`); programs like the hospital's agent say nothing of it, and have a token.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { CSP_REPORT_PATH } from './csp.ts';
import { sendProblem } from './problem.ts';

const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];
/** Read with a cookie: no other page may ask, not even to throw the answer away. */
const READ_BY_COOKIE = /^\/api\/citizen\/(?!sign-in|signed-in)/;

/** A page of another place sends its own origin; cookies alone would let it in. */
export function isFromHere({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
	const { origin, host } = headers;
	if (origin === undefined || host === undefined) return false;
	return URL.canParse(origin) && new URL(origin).host === host;
}

/** Whether a browser says that another place asks. `same-site` is another place: a neighbour under one domain. */
export function isFromElsewhere(request: Pick<IncomingMessage, 'headers'>): boolean {
	const site = request.headers['sec-fetch-site'];
	if (site !== undefined) return site !== 'same-origin' && site !== 'none';
	return request.headers.origin !== undefined && !isFromHere(request);
}

/** Before anything is read or looked up. Browsers choose themselves from where they send reports of the policy. */
export function refuseOtherOrigins(app: FastifyInstance): void {
	app.addHook('onRequest', async (request, reply) => {
		const isAsked = !CHANGES_NOTHING.includes(request.method) || READ_BY_COOKIE.test(request.url);
		if (!isAsked || request.url === CSP_REPORT_PATH) return undefined;
		return isFromElsewhere(request.raw) ? sendProblem(reply, '/problems/not-allowed') : undefined;
	});
}
