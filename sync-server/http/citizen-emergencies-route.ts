/**
 * `GET /api/citizen/emergencies`: which books of the family were opened in an emergency, where, by whom and why. For
 * whoever is told who opened a book: from a child's sixteenth birthday on the child alone.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import {
	CITIZEN_EMERGENCIES_PATH,
	EMERGENCIES_TOLD_MAX,
	type FamilyEmergency
} from '#lib/protocol/citizen.ts';
import { CITIZEN_ACCESSES, createBuckets } from '../auth/buckets.ts';
import type { CitizenSession } from '../citizen/citizen-sessions.ts';
import { openFamily, type FamilyDeps } from '../citizen/family-books.ts';
import type { ListedEmergency } from '../storage/emergencies.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';

/** A phone that was not looked at for so long finds the older ones in the list of who opened the book. */
const TOLD_FOR_MS = 60 * 24 * 60 * 60_000;

export interface CitizenEmergenciesDeps extends FamilyDeps {
	storage: ServerStorage;
	clock: { nowMs(): number };
	sessionOf: (request: FastifyRequest) => CitizenSession | undefined;
}

export function addCitizenEmergenciesRoute(
	app: FastifyInstance,
	deps: CitizenEmergenciesDeps
): void {
	const take = createBuckets(CITIZEN_ACCESSES);
	app.get(CITIZEN_EMERGENCIES_PATH, async (request, reply) => {
		const session = deps.sessionOf(request);
		if (session === undefined) return sendProblem(reply, '/problems/signed-out');
		const at = deps.clock.nowMs();
		const retryAfter = take(session.person, at).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const found = await emergenciesOf(deps, session, at);
		const row = { at, action: 'deliver', person: session.person, role: 'citizen' } as const;
		const detail = 'citizen emergencies';
		const books = [...new Set(found.map(({ book }) => book))];
		if (books.length === 0) await deps.storage.audit({ ...row, detail });
		await Promise.all(books.map((book) => deps.storage.audit({ ...row, book, detail })));
		const emergencies = await toldOf(deps.storage, found);
		return reply.header('cache-control', 'no-store').send({ emergencies });
	});
}

async function emergenciesOf(
	deps: CitizenEmergenciesDeps,
	{ citizen }: CitizenSession,
	nowMs: number
): Promise<ListedEmergency[]> {
	const books = (await openFamily(deps, citizen, nowMs))
		.filter(({ stands }) => can({ role: 'citizen' }, 'read-restricted', stands, nowMs).allowed)
		.map(({ book }) => book);
	return deps.storage.listEmergenciesOf(books, nowMs - TOLD_FOR_MS, EMERGENCIES_TOLD_MAX);
}

async function toldOf(
	storage: ServerStorage,
	found: readonly ListedEmergency[]
): Promise<FamilyEmergency[]> {
	const [facilities, accounts] = await Promise.all([
		storage.listFacilities(),
		storage.listAccounts()
	]);
	const placeOf = new Map(facilities.map(({ code, name }) => [code, name]));
	const nameOf = new Map<string, string>(accounts.map(({ person, name }) => [person, name]));
	return found.map(({ number, book, at, untilMs, reason, facility, person }) => {
		const by = nameOf.get(person);
		const place = placeOf.get(facility) ?? facility;
		const told = { number, book, atMs: at, untilMs, reason, facility: place };
		return by === undefined ? told : { ...told, by };
	});
}
