/**
 * Whatever goes wrong becomes a problem document, and the process stays up. The one exception is a store
 * that cannot be trusted any more: then nothing may be answered, and the process ends.
 */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemType } from '#lib/protocol/api.ts';
import { StorageFailure } from '../storage/storage.ts';
import { RETRY_SECONDS } from '../sync/admit-entry.ts';
import { isPassing } from '../sync/passing-failure.ts';
import { failureOf, type Log } from './log.ts';
import { problemAsRawResponse, sendProblem } from './problem.ts';
import { isPageRequest, sendIndex } from './static-app.ts';

export interface FailureDeps {
	log: Log;
	/** The store is corrupt or an invariant of it is broken. */
	onBrokenStore: () => void;
	hasApp: boolean;
}

/** Logs a failure that no caller handles; ends the process where the store cannot be trusted. */
export function reportFailure({ log, onBrokenStore }: FailureDeps, error: unknown): void {
	log.failure(failureOf(error));
	if (error instanceof StorageFailure && !isPassing(error)) onBrokenStore();
}

export function addFailureHandlers(app: FastifyInstance, deps: FailureDeps): void {
	const methodsByPath = collectRoutes(app);
	app.setErrorHandler<FastifyError>(async (error, _request, reply) =>
		answerError(deps, error, reply)
	);
	app.setNotFoundHandler(async (request, reply) => {
		if (isPageRequest(request)) return sendIndex(reply, deps.hasApp);
		const allowed = allowedMethods(methodsByPath, request);
		if (allowed.length === 0) return sendProblem(reply, '/problems/not-found');
		reply.header('allow', allowed.join(', '));
		return sendProblem(reply, '/problems/wrong-method');
	});
}

export async function answerError(
	deps: FailureDeps,
	error: FastifyError,
	reply: FastifyReply
): Promise<FastifyReply> {
	if (isPassing(error)) {
		deps.log.failure(failureOf(error));
		return sendProblem(reply, '/problems/busy', { retryAfter: RETRY_SECONDS });
	}
	const status = error.statusCode ?? 500;
	if (status >= 400 && status < 500) return sendProblem(reply, problemOfStatus(status));
	reportFailure(deps, error);
	return sendProblem(reply, '/problems/internal');
}

function problemOfStatus(status: number): ProblemType {
	if (status === 413) return '/problems/too-large';
	if (status === 415) return '/problems/wrong-content-type';
	if (status === 408) return '/problems/too-slow';
	return '/problems/bad-request';
}

/** Bytes that are no HTTP request, headers too long, a body that never ends. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	socket.end(problemAsRawResponse(clientProblem(error.code)));
}

function clientProblem(code: string | undefined): ProblemType {
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '/problems/too-slow';
	return code === 'HPE_HEADER_OVERFLOW' ? '/problems/too-large' : '/problems/bad-request';
}

type MethodsByPath = Map<string, Set<string>>;

/** Filled as routes are added; complete when the first request comes. */
function collectRoutes(app: FastifyInstance): MethodsByPath {
	const methodsByPath: MethodsByPath = new Map();
	app.addHook('onRoute', ({ url, method }) => {
		if (!url.startsWith('/api/')) return;
		const methods = methodsByPath.get(url) ?? new Set();
		for (const one of [method].flat()) methods.add(one);
		methodsByPath.set(url, methods);
	});
	return methodsByPath;
}

function allowedMethods(methodsByPath: MethodsByPath, request: FastifyRequest): string[] {
	const segments = (request.url.split('?')[0] ?? '').split('/');
	for (const [path, methods] of methodsByPath) {
		const pattern = path.split('/');
		const fits = pattern.every((part, at) => part.startsWith(':') || part === segments[at]);
		if (fits && pattern.length === segments.length) return [...methods];
	}
	return [];
}
