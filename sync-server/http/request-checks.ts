/** What every API route asks before it reads a body: content type, size, whose device it is. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor, Authenticate } from '../auth/device-token.ts';
import { sendProblem } from './problem.ts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Set by `requireDevice`. */
		actor: Actor | undefined;
	}
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** Refuses another content type before a byte of the body is read. */
export function requireContentType(expected: string): Hook {
	return async (request, reply) => {
		const stated = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
		if (stated !== expected) return sendProblem(reply, '/problems/wrong-content-type');
		return undefined;
	};
}

/** JSON bodies are small: they are not packed. */
export const requirePlainBody: Hook = async (request, reply) => {
	const encoding = request.headers['content-encoding'];
	if (encoding !== undefined && encoding !== 'identity')
		return sendProblem(reply, '/problems/wrong-content-encoding');
	return undefined;
};

/** `also-wiped`: of the few addresses at which a device that is to wipe itself still has something to do. */
export function requireDevice(authenticate: Authenticate, from?: 'also-wiped'): Hook {
	return async (request, reply) => {
		const { authorization } = request.headers;
		const authentication = await authenticate(authorization);
		if (authentication.type !== 'actor')
			return sendProblem(reply, `/problems/${authentication.type}`);
		if (authentication.isToBeWiped === true && from !== 'also-wiped')
			return sendProblem(reply, '/problems/wiped');
		request.actor = authentication.actor;
		return undefined;
	};
}

export function actorOf(request: FastifyRequest): Actor {
	if (request.actor === undefined) throw new Error('a route without its device');
	return request.actor;
}

/** The body as its schema says, or the path of the first field that is wrong. */
export function parseBody<T>(
	schema: z.ZodType<T>,
	body: unknown
): { ok: true; value: T } | { ok: false; path: string } {
	const parsed = schema.safeParse(body);
	if (parsed.success) return { ok: true, value: parsed.data };
	const path = parsed.error.issues[0]?.path.join('.') ?? '';
	return { ok: false, path: /^[A-Za-z0-9_.-]{0,120}$/.test(path) ? path : '' };
}
