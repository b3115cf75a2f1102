import type { FastifyInstance } from 'fastify';
import type { ServerStorage } from '../storage/storage.ts';
import type { Damage } from '../sync/damage.ts';
import { CSP_REPORT_PATH } from './csp.ts';

const REPORT_BYTES_MAX = 16 * 1024;
const REPORT_TYPES = ['application/csp-report', 'application/reports+json'];

/** Is the server there, can it read its store and write it; and how often a browser found something in a page
 * that the policy forbids. Reports are counted and thrown away: a page's address may name a book. */
export function addHealthRoutes(
	app: FastifyInstance,
	{ storage, damage }: { storage: ServerStorage; damage: Pick<Damage, 'count'> }
): void {
	let cspReports = 0;
	app.addContentTypeParser(
		REPORT_TYPES,
		{ parseAs: 'buffer', bodyLimit: REPORT_BYTES_MAX },
		(_request, _body, done) => done(null)
	);
	app.post(CSP_REPORT_PATH, async (_request, reply) => {
		cspReports += 1;
		return reply.code(204).send();
	});
	const check = shared(() => Promise.all([storage.readState(), storage.checkWritable()]));
	app.get('/api/health', async (_request, reply) => {
		await check();
		const health = { status: 'ok', cspReports, damagedEntries: damage.count() };
		return reply.header('cache-control', 'no-store').send(health);
	});
}

/** Anybody may ask, and asking costs a commit: those who ask at the same time share one. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
	let underWay: Promise<T> | undefined;
	return () => (underWay ??= ask().finally(() => (underWay = undefined)));
}
