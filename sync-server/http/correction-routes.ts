/**
 * What citizens say is wrong, at the facility that wrote it: `POST /api/corrections/list` shows what waits, late ones
 * first, and `.../decline` says why an entry stays. A correction is pushed like any entry and answers by itself.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import {
	correctionDeclineSchema,
	CORRECTIONS_DECLINE_PATH,
	CORRECTIONS_LIST_PATH,
	CORRECTIONS_TOLD_MAX,
	correctionListRequestSchema,
	type CorrectionDecline,
	type CorrectionList
} from '#lib/protocol/corrections.ts';
import { standingsOf } from '../auth/access.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import { settleAnswered, toldAnswerOf } from '../citizen/corrections.ts';
import type { StoredCorrectionRequest } from '../storage/corrections.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type Asked, type StaffRouteDeps } from './staff-route.ts';

/** Of those that were answered. */
const ANSWERED_TOLD_MAX = 20;

export function addStationCorrectionRoutes(app: FastifyInstance, deps: StaffRouteDeps): void {
	addStaffRoute(app, deps, {
		path: CORRECTIONS_LIST_PATH,
		schema: correctionListRequestSchema,
		take: createBuckets(SYNC_REQUESTS),
		answer: async ({ actor, account }, reply) => {
			const { person, role, facility } = account;
			const at = deps.clock.nowMs();
			if (!can({ role, facility }, 'answer-correction', 'member', at).allowed)
				return sendProblem(reply, '/problems/not-allowed');
			const requests = await requestsFor(deps, account, at);
			const row = { at, ...actor, person, role, action: 'deliver' } as const;
			const books = [...new Set(requests.map(({ book }) => book))];
			const detail = 'held corrections';
			if (books.length === 0) await deps.storage.audit({ ...row, detail });
			await Promise.all(books.map((book) => deps.storage.audit({ ...row, book, detail })));
			const list = await toldOf(deps.storage, requests);
			return reply.header('cache-control', 'no-store').send(list);
		}
	});
	addStaffRoute(app, deps, {
		path: CORRECTIONS_DECLINE_PATH,
		schema: correctionDeclineSchema,
		take: createBuckets(SYNC_REQUESTS),
		answer: (asked, reply) => decline(deps, asked, reply)
	});
}

/** Of books that the facility still holds as its own; a request about another one is told to nobody there. */
async function requestsFor(
	{ storage }: StaffRouteDeps,
	account: Account,
	nowMs: number
): Promise<StoredCorrectionRequest[]> {
	const { facility } = account;
	const [open, answered] = await Promise.all([
		storage.listCorrectionsAt(facility, 'open', CORRECTIONS_TOLD_MAX - ANSWERED_TOLD_MAX),
		storage.listCorrectionsAt(facility, 'answered', ANSWERED_TOLD_MAX)
	]);
	const settled = await settleAnswered(storage, open, nowMs);
	const found = [
		...settled.filter(({ answer }) => answer === undefined),
		...settled.filter(({ answer }) => answer !== undefined),
		...answered
	].slice(0, CORRECTIONS_TOLD_MAX);
	const may = await Promise.all(found.map((one) => mayAnswer(storage, account, one, nowMs)));
	return found.filter((_one, at) => may[at] === true);
}

async function mayAnswer(
	storage: Pick<ServerStorage, 'listMemberships'>,
	{ role, facility }: Account,
	{ book }: StoredCorrectionRequest,
	nowMs: number
): Promise<boolean> {
	const standings = await standingsOf(storage, facility, book);
	return can({ role, facility }, 'answer-correction', standings, nowMs).allowed;
}

async function decline(
	{ storage, clock }: StaffRouteDeps,
	{ actor, account, question }: Asked<CorrectionDecline>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	const { person, role, facility } = account;
	if (!can({ role, facility }, 'answer-correction', 'member', at).allowed)
		return sendProblem(reply, '/problems/not-allowed');
	const { number, reason } = question;
	const open = await storage.listCorrectionsAt(facility, 'open', Number.MAX_SAFE_INTEGER);
	const found = open.find((one) => one.number === number);
	if (found !== undefined && !(await mayAnswer(storage, account, found, at)))
		return sendProblem(reply, '/problems/not-found');
	const [settled] = found === undefined ? [] : await settleAnswered(storage, [found], at);
	if (settled?.answer !== undefined) return sendProblem(reply, '/problems/already-decided');
	const answer = { outcome: 'declined', person, reason } as const;
	const { device } = actor;
	const said = { ...answer, at, loggedAt: at, number, facility, answeredAt: facility, device };
	switch ((await storage.answerCorrection(said)).type) {
		case 'answered':
			return reply.code(204).send();
		case 'not-found':
			return sendProblem(reply, '/problems/not-found');
		case 'already-answered':
			return sendProblem(reply, '/problems/already-decided');
	}
}

async function toldOf(
	storage: Pick<ServerStorage, 'listAccounts' | 'readBook'>,
	requests: readonly StoredCorrectionRequest[]
): Promise<CorrectionList> {
	const accounts = await storage.listAccounts();
	const nameOf = new Map<string, string>(accounts.map(({ person, name }) => [person, name]));
	const entries = await entriesOf(storage, requests);
	return {
		requests: requests.map(({ number, book, entry, at, due, words, answer }) => {
			const about = entries.get(entry);
			const author = about?.author.person;
			const authorName = author === undefined ? undefined : nameOf.get(author);
			return {
				...{ number, book, entry, atMs: at, due: due as ClinicalDate, words },
				...(about && { kind: about.kind, occurred: about.occurred, author: about.author.person }),
				...(authorName !== undefined && { authorName }),
				...(answer && { answer: toldAnswerOf(answer, nameOf) })
			};
		})
	};
}

/** What the requests are about, as far as this server can read it. */
async function entriesOf(
	storage: Pick<ServerStorage, 'readBook'>,
	requests: readonly StoredCorrectionRequest[]
) {
	const wanted = new Set<EntryId>(requests.map(({ entry }) => entry));
	const books = new Set(requests.map(({ book }) => book));
	const logs = await Promise.all([...books].map((book) => storage.readBook(book)));
	return new Map(
		logs.flat().flatMap(({ id, bytes }) => {
			const read = wanted.has(id) ? readEntry(bytes) : undefined;
			return read?.ok === true ? [[id, read.entry.envelope] as const] : [];
		})
	);
}
