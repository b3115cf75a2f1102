/**
 * The built app: files with their content's hash in the name are kept for ever, everything else is asked
 * for again. Any page address answers index.html, because routing happens in the browser, also offline.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const INDEX = 'index.html';

/** The page of a built app; nothing where no app was built. */
export function indexFileOf(appFolder: string | undefined): string | undefined {
	const file = appFolder === undefined ? undefined : join(appFolder, INDEX);
	return file !== undefined && existsSync(file) ? file : undefined;
}

export async function addStaticApp(app: FastifyInstance, appFolder: string): Promise<void> {
	await app.register(fastifyStatic, {
		root: appFolder,
		preCompressed: true,
		cacheControl: false,
		// The stamp of the build is nobody's business.
		dotfiles: 'ignore',
		index: INDEX,
		setHeaders: (reply, path) => {
			const isImmutable = path.includes('/_app/immutable/');
			reply.header('cache-control', isImmutable ? IMMUTABLE : ASK_AGAIN);
		}
	});
}

/** Whether somebody's browser asks for a page, and not a program for a file or an answer. */
export function isPageRequest(request: FastifyRequest): boolean {
	const accepts = request.headers.accept ?? '';
	if (request.method !== 'GET' && request.method !== 'HEAD') return false;
	return accepts.includes('text/html') && !/^\/(?:api|live|oidc|_app)(?:\/|$)/.test(request.url);
}

export async function sendIndex(reply: FastifyReply, hasApp: boolean): Promise<FastifyReply> {
	return hasApp ? reply.sendFile(INDEX) : sendProblem(reply, '/problems/not-found');
}
