/**
 * `POST /api/books/journey`: how far others have read a book. For whoever may read the book, and no more than a
 * place and a day: who it was that read, and how often, is not known here.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { JOURNEY_ENTRIES_MAX, journeyRequestSchema, type Journey } from '#lib/protocol/api.ts';
import { createBuckets, JOURNEYS } from '../auth/buckets.ts';
import type { Actor, Authenticate } from '../auth/device-token.ts';
import type { Account, BookJourney, ServerStorage } from '../storage/storage.ts';
import { actingAccount } from './acting-account.ts';
import { sendProblem } from './problem.ts';
import {
	actorOf,
	parseBody,
	requireContentType,
	requireDevice,
	requirePlainBody
} from './request-checks.ts';

const BODY_BYTES_MAX = 4 * 1024;
const PLACES_TOLD_MAX = 200;

export interface JourneyRouteDeps {
	storage: ServerStorage;
	authenticate: Authenticate;
	clock: { nowMs(): number };
}

export function addJourneyRoute(app: FastifyInstance, deps: JourneyRouteDeps): void {
	const take = createBuckets(JOURNEYS);
	const options = {
		bodyLimit: BODY_BYTES_MAX,
		onRequest: [
			requireDevice(deps.authenticate),
			requireContentType('application/json'),
			requirePlainBody
		]
	};
	app.post('/api/books/journey', options, async (request, reply) => {
		const body = parseBody(journeyRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take(actor.device, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const account = await actingAccount(deps.storage, actor, body.value.actor);
		if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
		const book: string = body.value.book;
		return tellJourney(deps, actor, account, book as BookId, reply);
	});
}

async function tellJourney(
	{ storage, clock }: JourneyRouteDeps,
	actor: Actor,
	{ person, role, facility }: Account,
	book: BookId,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	const relation = (await storage.isMember(facility, book)) ? 'member' : 'none';
	const row = { at, ...actor, person, book };
	if (!can({ role, facility }, 'read', relation, at).allowed) {
		await storage.audit({ ...row, action: 'refuse', detail: 'journey not-a-member' });
		return sendProblem(reply, '/problems/not-found');
	}
	await storage.audit({ ...row, action: 'deliver', detail: 'journey' });
	const journey = await storage.readJourney(book, JOURNEY_ENTRIES_MAX);
	reply.header('cache-control', 'no-store');
	return reply.send(await toldOf(storage, journey, facility));
}

async function toldOf(
	storage: Pick<ServerStorage, 'listFacilities'>,
	{ newest, places, citizen }: BookJourney,
	ownFacility: string
): Promise<Journey> {
	const facilities = new Map((await storage.listFacilities()).map((one) => [one.code, one]));
	const others = places.flatMap(({ facility, unread, atMs }) => {
		const known = facilities.get(facility);
		if (known === undefined || facility === ownFacility) return [];
		const { name, kind } = known;
		return [{ facility, name, kind, unread, ...(atMs !== undefined && { atMs }) }];
	});
	return {
		newest,
		places: others.slice(0, PLACES_TOLD_MAX),
		// A day: at what hour somebody looks into their book is their own business.
		...(citizen && { citizen: { unread: citizen.unread, on: clinicalDateOf(citizen.atMs) } })
	};
}
