/**
 * Books opened in an emergency: `POST /api/books/break-glass` brings one into the facility's feed for some hours, on the
 * word of whoever asks; `.../list` shows those of the facility to colleagues, and `.../review` takes what one of them
 * says of it. Nothing is refused for its reason: it is looked at afterwards. A book that is not there is answered as by `POST /api/books/open`.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import { EMERGENCIES_PER_DAY_MAX, EMERGENCY_MS } from '#lib/domain/access/emergency.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	EMERGENCIES_LISTED_MAX,
	emergencyListRequestSchema,
	emergencyRequestSchema,
	emergencyReviewRequestSchema,
	type EmergencyAnswer,
	type EmergencyList,
	type EmergencyRequest,
	type EmergencyReviewRequest
} from '#lib/protocol/api.ts';
import type { Attempts } from '../auth/attempts.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type Asked, type StaffRouteDeps } from './staff-route.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface EmergencyRouteDeps extends StaffRouteDeps {
	/** Counted together with the other questions about books that are not there. */
	misses: Attempts;
	/** A book has come into a feed. */
	onOpened: () => void;
}

export function addEmergencyRoutes(app: FastifyInstance, deps: EmergencyRouteDeps): void {
	addStaffRoute(app, deps, {
		path: '/api/books/break-glass',
		schema: emergencyRequestSchema,
		answer: (asked, reply) => openInEmergency(deps, asked, reply)
	});
	addStaffRoute(app, deps, {
		path: '/api/books/break-glass/list',
		schema: emergencyListRequestSchema,
		take: createBuckets(SYNC_REQUESTS),
		answer: async ({ actor, account: { person, role, facility } }, reply) => {
			const at = deps.clock.nowMs();
			if (!can({ role, facility }, 'review', 'member', at).allowed)
				return sendProblem(reply, '/problems/not-allowed');
			const list = await listEmergencies(deps, facility);
			const detail = `break-glass list=${list.emergencies.length}`;
			await deps.storage.audit({ at, action: 'review', ...actor, person, detail });
			return reply.header('cache-control', 'no-store').send(list);
		}
	});
	addStaffRoute(app, deps, {
		path: '/api/books/break-glass/review',
		schema: emergencyReviewRequestSchema,
		take: createBuckets(SYNC_REQUESTS),
		answer: (asked, reply) => reviewEmergency(deps, asked, reply)
	});
}

/** Nobody reviews what they opened themselves; said once. */
async function reviewEmergency(
	{ storage, clock }: EmergencyRouteDeps,
	{ actor, account: { person, role, facility }, question }: Asked<EmergencyReviewRequest>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	if (!can({ role, facility }, 'review', 'member', at).allowed)
		return sendProblem(reply, '/problems/not-allowed');
	const { number, verdict, note = '' } = question;
	const review = { at, ...actor, facility, person, number, verdict, note };
	const result = await storage.reviewEmergency(review);
	switch (result.type) {
		case 'reviewed':
			return reply.code(204).send();
		case 'not-found':
			return sendProblem(reply, '/problems/not-found');
		case 'own':
			return sendProblem(reply, '/problems/not-allowed');
		case 'already-reviewed':
			return sendProblem(reply, '/problems/already-decided');
	}
}

async function openInEmergency(
	{ storage, clock, misses, onOpened }: EmergencyRouteDeps,
	{ actor, account: { person, role, facility }, question }: Asked<EmergencyRequest>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	if (!can({ role, facility }, 'open', 'break-glass', at).allowed)
		return sendProblem(reply, '/problems/not-allowed');
	const wait = misses.waitSeconds(actor.device, at);
	if (wait > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: wait });
	const id: string = question.book;
	const book = id as BookId;
	const { reason, note } = question;
	misses.recordFailure(actor.device, at);
	if ((await storage.readBookState(book)) === undefined) {
		const row = { at, ...actor, person, book, detail: 'break-glass not-found' };
		await storage.audit({ ...row, action: 'refuse' });
		return sendProblem(reply, '/problems/not-found');
	}
	misses.forgive(actor.device);
	const untilMs = at + EMERGENCY_MS;
	const limits = { openingsMax: EMERGENCIES_PER_DAY_MAX, sinceMs: at - DAY_MS };
	const opening = { at, untilMs, ...actor, person, book, reason, note, ...limits };
	const result = await storage.openInEmergency(opening);
	if (result.type === 'too-many') {
		const retryAfter = Math.ceil((result.oldestMs + DAY_MS - at) / 1_000);
		return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
	}
	onOpened();
	const answer: EmergencyAnswer = { untilMs };
	return reply.header('cache-control', 'no-store').send(answer);
}

async function listEmergencies(
	{ storage }: EmergencyRouteDeps,
	facility: string
): Promise<EmergencyList> {
	const [found, accounts] = await Promise.all([
		storage.listEmergencies(facility, EMERGENCIES_LISTED_MAX),
		storage.listAccounts()
	]);
	const names = new Map<string, string>(accounts.map((one) => [one.person, one.name]));
	return {
		emergencies: found.map(({ at, untilMs, person, book, reason, note, number, review }) => {
			const name = names.get(person);
			const opened = { number, book, person, atMs: at, untilMs, reason, note };
			const by = review && names.get(review.person);
			return {
				...opened,
				...(name !== undefined && { name }),
				...(review && {
					review: {
						atMs: review.at,
						verdict: review.verdict,
						note: review.note,
						...(by !== undefined && { by })
					}
				})
			};
		})
	};
}
