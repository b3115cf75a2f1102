/**
 * `POST /api/books/journey`: how far others have read a book. For whoever may read the book, and no more than a
 * place and a day: who it was that read, and how often, is not known here. Of the family's phones only where the family
 * agrees to it now.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { JOURNEY_ENTRIES_MAX, journeyRequestSchema, type Journey } from '#lib/protocol/api.ts';
import { mayStaff } from '../auth/access.ts';
import { createBuckets, JOURNEYS } from '../auth/buckets.ts';
import type { Actor } from '../auth/device-token.ts';
import { agreesTo } from '../citizen/consents.ts';
import type { Account, BookJourney, ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type StaffRouteDeps } from './staff-route.ts';

const PLACES_TOLD_MAX = 200;

export function addJourneyRoute(app: FastifyInstance, deps: StaffRouteDeps): void {
	addStaffRoute(app, deps, {
		path: '/api/books/journey',
		schema: journeyRequestSchema,
		take: createBuckets(JOURNEYS),
		answer: ({ actor, account, question }, reply) => {
			const book: string = question.book;
			return tellJourney(deps, actor, account, book as BookId, reply);
		}
	});
}

async function tellJourney(
	{ storage, clock }: StaffRouteDeps,
	actor: Actor,
	{ person, role, facility }: Account,
	book: BookId,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	const row = { at, ...actor, person, role, book };
	if (!(await mayStaff({ storage, clock }, { role, facility }, ['read'], book))) {
		await storage.audit({ ...row, action: 'refuse', detail: 'journey not-a-member' });
		return sendProblem(reply, '/problems/not-found');
	}
	await storage.audit({ ...row, action: 'deliver', detail: 'journey' });
	const { citizen, ...others } = await storage.readJourney(book, JOURNEY_ENTRIES_MAX);
	const isTold = citizen !== undefined && (await agreesTo(storage, READ_RECEIPT, book, at));
	const journey = isTold ? { ...others, citizen } : others;
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
