/** A listening server and its orderly end. */
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { IssuingKeyFailure } from '../auth/issuing-key.ts';
import { LogKeyFailure } from '../auth/log-key.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';

/** Answers under way get this long; then their connections are cut. */
const FINISH_MS_MAX = 3_000;

interface Address {
	host: string;
	port: number;
}

/** Asked before anything is prepared: nobody should wait for a demo to hear that the port is taken. */
export async function isPortFree({ host, port }: Address): Promise<boolean> {
	const probe = createServer();
	return new Promise((resolve, reject) => {
		probe.once('error', (error) => (isPortTaken(error) ? resolve(false) : reject(error)));
		probe.listen({ host, port }, () => probe.close(() => resolve(true)));
	});
}

/** Listens; answers the port, which is another one when asked for port 0. */
export async function listen(app: FastifyInstance, { host, port }: Address): Promise<number> {
	await app.listen({ host, port });
	const address = app.server.address();
	return typeof address === 'object' && address !== null ? address.port : port;
}

/** What to tell a person when the server could not start; nothing when only a developer can help. */
export function startFailureSentence(
	error: unknown,
	{ host, port, dataDir }: Address & { dataDir: string }
): string | undefined {
	const isSaid = [StorageFailure, IssuingKeyFailure, LogKeyFailure].some(
		(kind) => error instanceof kind
	);
	if (error instanceof Error && isSaid) return error.message;
	const code = codeOf(error) ?? '';
	if (code === 'EADDRINUSE') return `Port ${port} is taken.`;
	if (['EADDRNOTAVAIL', 'ENOTFOUND'].includes(code))
		return `HOST ${host} is no address of this machine.`;
	if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
		return `DATA_DIR ${dataDir} cannot be written, or port ${port} is not allowed.`;
	return undefined;
}

function isPortTaken(error: Error): boolean {
	return codeOf(error) === 'EADDRINUSE';
}

function codeOf(error: unknown): string | undefined {
	const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
	return hasCode ? String(error.code) : undefined;
}

/**
 * A terminal or pipe that closed is no reason to end, and none to say so: a failed line would only make
 * the next one.
 */
export function outliveTheTerminal(outputs: NodeJS.WritableStream[]): void {
	for (const output of outputs) output.on('error', () => undefined);
}

/** Ctrl-C and SIGTERM end the process when everything is closed; a second Ctrl-C ends it at once. Answers
 * whether that has begun: what fails from then on fails because of it. */
export function endOnSignals(shutdown: () => Promise<void>): () => boolean {
	let isEnding = false;
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.on(signal, () => {
			if (isEnding && signal === 'SIGINT') process.exit(1);
			isEnding = true;
			shutdown().then(
				() => process.exit(0),
				() => process.exit(1)
			);
		});
	return () => isEnding;
}

/** Ends a server: no new request, answers under way are finished, then the store is closed. Calling it
 * again waits for the same end. */
export function createShutdown(
	app: FastifyInstance,
	storage: Pick<ServerStorage, 'close'>,
	others: { close(): Promise<void> }[]
): () => Promise<void> {
	let ending: Promise<void> | undefined;
	return () => {
		ending ??= end(app, storage, others);
		return ending;
	};
}

async function end(
	app: FastifyInstance,
	storage: Pick<ServerStorage, 'close'>,
	others: { close(): Promise<void> }[]
): Promise<void> {
	const cut = setTimeout(() => app.server.closeAllConnections(), FINISH_MS_MAX);
	await app.close();
	clearTimeout(cut);
	await Promise.all(others.map((other) => other.close()));
	await storage.close();
}
