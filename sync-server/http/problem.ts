/**
 * Every refusal is a problem document (RFC 9457). `type` is the contract; the words here are for
 * developers, those for people stand in the app. Nothing of what was sent is repeated.
 */
import type { Duplex } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Problem, ProblemType } from '#lib/protocol/api.ts';
import { BARE_POLICY, securityHeaders } from './security-headers.ts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

const STATUS_AND_TITLE: Record<ProblemType, [status: number, title: string]> = {
	'/problems/bad-request': [400, 'The request is not well formed.'],
	'/problems/not-canonical': [400, 'The body is not canonical CBOR.'],
	'/problems/schema': [400, 'A field does not have its form.'],
	'/problems/too-large': [413, 'The body is larger than allowed.'],
	'/problems/wrong-content-type': [415, 'The content type is not the one of this address.'],
	'/problems/wrong-content-encoding': [415, 'The content encoding is not supported here.'],
	'/problems/token-missing': [401, 'The device token is missing.'],
	'/problems/token-wrong': [401, 'The device token is not genuine.'],
	'/problems/wiped': [403, 'The device is to wipe itself.'],
	'/problems/sign-in-failed': [401, 'Login or password is wrong.'],
	'/problems/signed-out': [401, 'Nobody is signed in.'],
	'/problems/too-many-attempts': [429, 'Too many attempts; wait.'],
	'/problems/not-enrolled': [403, 'The device is not enrolled at a facility.'],
	'/problems/enrolment-code': [403, 'The enrolment code is not in force.'],
	'/problems/weak-password': [422, 'The new password is too easy to guess.'],
	'/problems/passkeys-unavailable': [403, 'Passkeys do not work at this address.'],
	'/problems/passkey-refused': [403, 'The passkey is not taken.'],
	'/problems/other-facility': [403, 'The device belongs to another facility.'],
	'/problems/no-books-for-role': [403, 'This role opens no books: nothing for it on a tablet.'],
	'/problems/not-allowed': [403, 'This person may not do this.'],
	'/problems/not-found': [404, 'There is nothing at this address.'],
	'/problems/wrong-method': [405, 'The method is not supported at this address.'],
	'/problems/too-slow': [408, 'The body did not arrive in time.'],
	'/problems/unknown-protocol': [400, 'The protocol version is not supported.'],
	'/problems/still-refused': [409, 'The entry is not accepted now either.'],
	'/problems/password-due': [403, 'A password of their own is needed first.'],
	'/problems/login-taken': [409, 'Somebody has this login name.'],
	'/problems/already-decided': [409, 'Somebody has decided about this entry.'],
	'/problems/busy': [503, 'The server cannot write at the moment; ask again.'],
	'/problems/internal': [500, 'The server failed; the failure was logged.']
};

export interface ProblemDetails {
	/** Seconds to wait; also sent as the `Retry-After` header. */
	retryAfter?: number;
	/** Path of the field, never its value. */
	path?: string;
	/** A word of ours, for example the reason a body is not canonical. */
	detail?: string;
}

export function toProblem(type: ProblemType, details: ProblemDetails = {}): Problem {
	const [status, title] = STATUS_AND_TITLE[type];
	return { type, title, status, ...details };
}

export async function sendProblem(
	reply: FastifyReply,
	type: ProblemType,
	details: ProblemDetails = {}
): Promise<FastifyReply> {
	const problem = toProblem(type, details);
	if (details.retryAfter !== undefined) reply.header('retry-after', String(details.retryAfter));
	if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
	// What is still arriving is not read to its end for somebody who is refused.
	if ([401, 408, 413, 415].includes(problem.status)) reply.header('connection', 'close');
	reply.header('cache-control', 'no-store');
	reply.codeForLog = type.slice('/problems/'.length);
	return reply.code(problem.status).type(PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
}

/** The answer to bytes that are not HTTP, or to headers that never ended: there is no request yet. */
export function problemAsRawResponse(type: ProblemType): string {
	const problem = toProblem(type);
	const body = JSON.stringify(problem);
	const statusAndTitle = `${problem.status} ${problem.title.replace(/[^\x20-\x7e]/g, '')}`;
	return rawResponse(statusAndTitle, { 'Content-Type': PROBLEM_CONTENT_TYPE }, body);
}

/** Refuses an upgrade, by a status and its words. */
export function refuseOnSocket(socket: Duplex, statusAndTitle: string): void {
	socket.end(rawResponse(statusAndTitle, {}, ''));
}

/** With what every other answer carries, except the promise to speak TLS: the connection may be none. */
function rawResponse(status: string, headers: Record<string, string>, body: string): string {
	const all = {
		...headers,
		...securityHeaders({ isTls: false }),
		'content-security-policy': BARE_POLICY,
		'cache-control': 'no-store',
		'Content-Length': String(Buffer.byteLength(body)),
		Connection: 'close'
	};
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
	return [`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n');
}

declare module 'fastify' {
	interface FastifyReply {
		/** Last part of a problem's type, for the log. */
		codeForLog: string;
	}
}
