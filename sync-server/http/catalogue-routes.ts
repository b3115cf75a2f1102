/** Dated catalogues: public reference data, so no token. An edition never changes, so it may be kept. */
import type { FastifyInstance } from 'fastify';
import type { ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';

export function addCatalogueRoutes(app: FastifyInstance, storage: ServerStorage): void {
	app.get('/api/catalogues', async (_request, reply) => {
		const editions = await storage.listCatalogues();
		return reply.header('cache-control', 'no-cache').send({ editions });
	});
	app.get<{ Params: { kind: string; from: string } }>(
		'/api/catalogues/:kind/:from',
		async (request, reply) => {
			const { kind, from } = request.params;
			const editions = await storage.listCatalogues();
			const edition = editions.find((one) => one.kind === kind && one.from === from);
			if (edition === undefined) return sendProblem(reply, '/problems/not-found');
			const tag = `"${edition.sha256}"`;
			reply.header('etag', tag).header('cache-control', 'public, no-cache');
			if (request.headers['if-none-match'] === tag) return reply.code(304).send();
			const content = await storage.readCatalogue(kind, from);
			if (content === undefined) return sendProblem(reply, '/problems/not-found');
			return reply.type('text/plain; charset=utf-8').send(content);
		}
	);
}
