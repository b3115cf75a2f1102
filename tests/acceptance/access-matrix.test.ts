/**
 * Role x action x relation on every transport, generated from the table of `access-table.ts` and asserted over HTTP,
 * sync and WebSockets against a real server (S-01). What the table says is held cell by cell in `can.test.ts`; here
 * it is held that every door asks it. What is denied is answered, and asked of the store, like what is not there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, type Standing } from '#lib/domain/access/can.ts';
import { roleSchema, type Role } from '#lib/domain/book/envelope.ts';
import { idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { SEALED_PATH } from '#lib/protocol/limits.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import type { MembershipReason } from '../../sync-server/storage/storage.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { openLiveSession, socketLike } from './live-client.ts';
import { NURSE_B, STATION_A, type TestStaff } from './start-server.ts';
import { acksOf, newBook, signInDevice, type TestDevice } from './test-device.ts';
import { vouchedDevice } from './vouched-device.ts';

const HOUR_MS = 60 * 60_000;
const NOTHING = { n: 0, digest: new Uint8Array(16) };
const CELLS_MIN = 1_000;

const loginOf = (role: Role) => `a.${role}`;
const STAFF: TestStaff[] = roleSchema.options.map((role) => ({
	login: loginOf(role),
	name: 'Người Thử',
	role,
	facility: STATION_A.code
}));

/** How a book comes to stand to station A, and what it then is to it. */
interface Case {
	name: string;
	relation: Standing['relation'];
	begin?: { reason: MembershipReason; fromMs: number; untilMs?: number };
	/** The membership is ended again. */
	isEnded?: true;
	/** The key of whoever asks has ended. */
	isRoleOver?: true;
}

const holding = (reason: MembershipReason, relation: Standing['relation'] = 'member'): Case => ({
	name: reason,
	relation,
	begin: { reason, fromMs: 0 }
});
const CASES: Case[] = [
	{ name: 'a new book', relation: 'new' },
	...(['registered', 'wrote', 'duty', 'present-in-person'] as const).map((one) => holding(one)),
	{
		...holding('referral', 'referral'),
		begin: { reason: 'referral', fromMs: 0, untilMs: HOUR_MS }
	},
	{
		...holding('break-glass', 'break-glass'),
		begin: { reason: 'break-glass', fromMs: 0, untilMs: HOUR_MS }
	},
	{
		...holding('consent-visit', 'consent-visit'),
		begin: { reason: 'consent-visit', fromMs: 0, untilMs: HOUR_MS }
	},
	{ name: 'none', relation: 'none' },
	{
		name: 'a visit that is over, its row not written yet',
		relation: 'none',
		begin: { reason: 'consent-visit', fromMs: -HOUR_MS, untilMs: -1 }
	},
	{
		name: 'a referral that is over, its row not written yet',
		relation: 'none',
		begin: { reason: 'referral', fromMs: -HOUR_MS, untilMs: -1 }
	},
	{
		name: 'an emergency that is over, its row not written yet',
		relation: 'none',
		begin: { reason: 'break-glass', fromMs: -HOUR_MS, untilMs: -1 }
	},
	{ ...holding('wrote'), name: 'a membership that ended', relation: 'none', isEnded: true },
	{ ...holding('wrote'), name: 'a role that ended', isRoleOver: true }
];

let server: InProcessServer;
let writer: TestDevice;
let cells = 0;

beforeAll(async () => {
	server = await startInThisProcess([...STAFF, NURSE_B]);
	writer = await signInDevice(server.url, NURSE_B);
});
afterAll(async () => {
	await server.close();
});

/** One question at one door: what came of it in a word, and everything that was answered. */
interface Answer {
	word: string;
	whole: unknown;
}

interface Door {
	name: string;
	/** What the table says of it; `held`: for whom the facility's devices hold books at all. */
	expected: (allows: Allows) => string;
	ask: (who: Asker, book: BookId) => Promise<Answer>;
	/** Denied, it is told from no book at all by nothing. */
	isLikeAbsent?: true;
}

type Allows = (
	action: Parameters<typeof can>[1],
	relation?: Standing['relation']
) => ReturnType<typeof can>;

interface Asker {
	device: TestDevice;
	cookie: string;
	/** A refused entry about the book, sent from the asker's device. */
	held: { number: number; entry: EntryId };
	isRoleOver: boolean;
}

const yes = (verdict: ReturnType<typeof can>, allowed: string, denied: string): string =>
	verdict.allowed ? allowed : denied;

const post = async ({ device }: Asker, path: string, body: object): Promise<Answer> => {
	const response = await fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ actor: device.person, ...body })
	});
	return { word: String(response.status), whole: [response.status, await response.text()] };
};

const knock = ({ cookie }: Asker, path: string): Promise<Answer> => {
	const Socket = socketLike({ cookie, origin: server.url });
	const socket = new Socket(server.url.replace('http', 'ws') + path);
	return new Promise((resolve) => {
		const answer = (status: number) => {
			socket.terminate();
			resolve({ word: String(status), whole: status });
		};
		socket.on('open', () => answer(101));
		socket.on('unexpected-response', (_request, response) => answer(response.statusCode ?? 0));
	});
};

const booksOf = (frames: Frame[]): string[] =>
	frames
		.flatMap((frame) => (frame.frame === 'page' ? frame.rows : []))
		.flatMap((row) =>
			'leave' in row || row.entries.length === 0
				? []
				: [Buffer.from(row.book).toString('base64url')]
		);

/** What time it is differs from answer to answer, and nothing else may. */
const timeless = (frames: Frame[]): unknown =>
	frames.map((frame) => (frame.frame === 'end' ? { ...frame, now: 0 } : frame));

const bring = async ({ device }: Asker, book: BookId): Promise<Answer> => {
	const [ack] = acksOf(await device.sync({ push: [await device.note(book)], credit: 0 }));
	if (ack?.ack === 'accepted')
		return { word: ['taken', ...(ack.flags ?? [])].join(' '), whole: ack };
	return { word: ack !== undefined && 'code' in ack ? ack.code : 'nothing', whole: ack };
};

/** The tablet is told only that the server has it; whether it is in the book is to be seen there. */
const bringSealed = async ({ device }: Asker, book: BookId): Promise<Answer> => {
	const note = await device.note(book);
	const seal = await webCryptoSealing(server.sealingKey);
	const response = await fetch(server.url + SEALED_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ parcels: [bytesToBase64url(await seal(note))] })
	});
	expect(await response.json()).toEqual({ outcomes: ['taken'] });
	const entries = await server.storage.readBook(book);
	const isIn = entries.some(({ id }) => id === entryIdOf(note.entry));
	return { word: isIn ? 'in the book' : 'kept aside', whole: undefined };
};

const roleStatus = (allows: Allows, action: Parameters<typeof can>[1], then: string): string =>
	yes(allows(action, 'member'), then, '403');

/** A request about the asker's own entry in the book; it is closed again, so that lists stay short. */
async function withRequest(
	{ device, held }: Asker,
	book: BookId,
	act: (number: number) => Promise<Answer>
): Promise<Answer> {
	const at = server.clock.nowMs();
	await server.storage.askForCorrection({
		...{ at, book, entry: held.entry, facility: STATION_A.code, person: device.person },
		...{ stands: 'own', words: 'Sai ngày khám', due: '2026-01-01', commit: 1e9, openMax: 9 }
	});
	const [{ number } = { number: 0 }] = await server.storage.listCorrectionsOf([book], 1);
	const answer = await act(number);
	await server.storage.answerCorrection({
		...{ number, facility: STATION_A.code, at, loggedAt: at, person: device.person },
		answeredAt: STATION_A.code,
		...{ outcome: 'declined', reason: 'Hết thử' }
	});
	return answer;
}

const DOORS: Door[] = [
	{
		name: 'sync: books by themselves',
		expected: (allows) => yes(allows('hold'), 'came', 'nothing'),
		ask: async ({ device }, book) => {
			const frames = await device.sync({ books: [{ book: idToBytes(book), ...NOTHING }] });
			const came = booksOf(
				frames.filter((frame) => frame.frame === 'page' && frame.token === undefined)
			);
			return { word: came.includes(book) ? 'came' : 'nothing', whole: timeless(frames) };
		},
		isLikeAbsent: true
	},
	{
		name: 'journey',
		expected: (allows) => yes(allows('read'), '200', '404'),
		ask: (who, book) => post(who, '/api/books/journey', { book }),
		isLikeAbsent: true
	},
	{
		name: 'live book',
		expected: (allows) => yes(allows('read'), '101', '404'),
		ask: (who, book) => knock(who, `/live/book/${book}`),
		isLikeAbsent: true
	},
	{
		name: 'live draft',
		expected: (allows) => yes(allows('read'), '101', '404'),
		ask: (who, book) => knock(who, `/live/draft/${newBook()}?book=${book}`),
		isLikeAbsent: true
	},
	{
		name: 'live hints',
		expected: (allows) => yes(allows('hold', 'member'), '101', '404'),
		ask: (who) => knock(who, '/live/hints')
	},
	{
		name: 'find',
		expected: (allows) => yes(allows('find', 'none'), '200', '403'),
		ask: (who) => post(who, '/api/people/find', { identifier: '001320000009' })
	},
	{
		name: 'lease',
		expected: (allows) => yes(allows('hold', 'member'), '200', '403'),
		ask: (who) => post(who, '/api/sign-in/lease', {})
	},
	{
		name: 'list of what was refused',
		expected: (allows) => roleStatus(allows, 'review', '200'),
		ask: (who) => post(who, '/api/quarantine/list', {})
	},
	{
		name: 'what was refused, read',
		expected: (allows) =>
			roleStatus(
				allows,
				'review',
				allows('read').allowed && allows('read-restricted').allowed ? '200' : '404'
			),
		ask: (who) => post(who, '/api/quarantine/read', who.held)
	},
	{
		name: 'what was refused, decided',
		expected: (allows) => roleStatus(allows, 'review', '204'),
		ask: (who) =>
			post(who, '/api/quarantine/review', { ...who.held, outcome: 'kept', note: 'Chờ xem' })
	},
	{
		name: 'requests for correction, listed',
		expected: (allows) =>
			roleStatus(
				allows,
				'answer-correction',
				yes(allows('answer-correction'), '200 told', '200 not told')
			),
		ask: (who, book) =>
			withRequest(who, book, async () => {
				const { word, whole } = await post(who, '/api/corrections/list', {});
				if (word !== '200') return { word, whole };
				const isTold = JSON.stringify(whole).includes(book);
				return { word: isTold ? '200 told' : '200 not told', whole };
			})
	},
	{
		name: 'requests for correction, declined',
		expected: (allows) =>
			roleStatus(allows, 'answer-correction', yes(allows('answer-correction'), '204', '404')),
		ask: (who, book) =>
			withRequest(who, book, (number) =>
				post(who, '/api/corrections/decline', { number, reason: 'Đúng như sổ giấy' })
			)
	},
	{
		name: 'sync: the feed',
		expected: (allows) => yes(allows('hold'), 'came', 'nothing'),
		ask: async ({ device }, book) => {
			const { entries } = await device.pullAll();
			return { word: [...entries.values()].includes(book) ? 'came' : 'nothing', whole: undefined };
		}
	},
	{
		name: 'sync: an entry is brought',
		expected: (allows) => {
			const verdict = allows('write');
			return verdict.allowed ? ['taken', ...verdict.flags].join(' ') : 'not-allowed';
		},
		ask: bring
	},
	{
		name: 'sealed: an entry is brought',
		expected: (allows) => yes(allows('write'), 'in the book', 'kept aside'),
		ask: bringSealed
	}
];

/** Over HTTP somebody whose key has ended is nobody; what they signed is still judged by itself. */
const NOBODY: Record<string, string> = {
	'live book': '401',
	'live draft': '401',
	'live hints': '401',
	journey: '403',
	find: '403',
	lease: '403',
	'list of what was refused': '403',
	'what was refused, read': '403',
	'what was refused, decided': '403',
	'requests for correction, listed': '403',
	'requests for correction, declined': '403'
};

async function prepare(role: Role, one: Case): Promise<{ who: Asker; book: BookId }> {
	// Nobody runs out of emergencies for a day.
	server.pass(25 * HOUR_MS);
	const book = newBook();
	const account = server.accounts.find(({ login }) => login === loginOf(role));
	if (account === undefined) return expect.unreachable();
	const device = await vouchedDevice(server.url, server.issuingKey, account, 1);
	if (one.relation !== 'new') await writer.sync({ push: [await writer.note(book)], credit: 0 });
	const note = await device.note(book);
	await device.sync({ push: [{ ...note, signature: new Uint8Array(64) }], credit: 0 });
	const now = server.clock.nowMs();
	if (one.begin !== undefined) {
		const { reason, fromMs, untilMs } = one.begin;
		const until = untilMs === undefined ? undefined : now + untilMs;
		await server.storage.beginMembership(STATION_A.code, book, reason, now + fromMs, until);
		if (one.isEnded) await server.storage.endMembership(STATION_A.code, book, reason, now);
	}
	if (one.isRoleOver) {
		const key = await server.storage.findPersonKey(device.author.key);
		if (key === undefined) return expect.unreachable();
		await server.storage.putPersonKey({ ...key, untilMs: now });
	}
	const session = await openLiveSession(server.url, device);
	const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
	const [held] = await server.storage.listHeld({ facility: STATION_A.code, limit: 1 });
	expect(held?.id).toBe(entryIdOf(note.entry));
	const about = { number: held?.number ?? 0, entry: entryIdOf(note.entry) };
	return { who: { device, cookie, held: about, isRoleOver: one.isRoleOver === true }, book };
}

function expectedAt(door: Door, role: Role, one: Case): string {
	const now = server.clock.nowMs();
	const over = one.isRoleOver ? { untilMs: now } : {};
	const nobody = one.isRoleOver ? NOBODY[door.name] : undefined;
	if (nobody !== undefined) return nobody;
	const said = door.expected((action, relation = one.relation) =>
		can({ role, facility: STATION_A.code, ...over }, action, relation, now)
	);
	// A book that nobody wrote in has nothing to come. The feed follows an end within seconds: `relations-end.test.ts`.
	if (said === 'came' && one.relation === 'new') return 'nothing';
	return said;
}

const isFeedLate = (door: Door, one: Case): boolean =>
	door.name === 'sync: the feed' && one.relation === 'none' && one.begin?.untilMs !== undefined;

describe.each(roleSchema.options)('%s', (role) => {
	it.each(CASES)('at $name', async (one) => {
		const { who, book } = await prepare(role, one);
		const expected: Record<string, string> = {};
		const found: Record<string, string> = {};
		for (const door of DOORS) {
			if (isFeedLate(door, one)) continue;
			expected[door.name] = expectedAt(door, role, one);
			found[door.name] = (await door.ask(who, book)).word;
			cells += 1;
		}
		expect(found).toEqual(expected);
		// Opened because the person is there: last, because it changes how the book stands.
		const opens = can({ role, facility: STATION_A.code }, 'open', 'present-in-person', 0).allowed;
		const opened = await post(who, '/api/books/open', { book, reason: 'present-in-person' });
		const isThere =
			one.relation === 'new' && (await server.storage.readBookState(book)) === undefined;
		const isNobody = one.isRoleOver === true;
		expect(opened.word).toBe(!opens || isNobody ? '403' : isThere ? '404' : '204');
		const urgent = can({ role, facility: STATION_A.code }, 'open', 'break-glass', 0).allowed;
		const emergency = { book, reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' };
		const broken = await post(who, '/api/books/break-glass', emergency);
		expect(broken.word).toBe(!urgent || isNobody ? '403' : isThere ? '404' : '200');
		const list = await post(who, '/api/books/break-glass/list', {});
		const reviews = can({ role, facility: STATION_A.code }, 'review', 'member', 0).allowed;
		expect(list.word).toBe(reviews && !isNobody ? '200' : '403');
		const review = { number: 999_999, verdict: 'justified' };
		const reviewed = await post(who, '/api/books/break-glass/review', review);
		expect(reviewed.word).toBe(reviews && !isNobody ? '404' : '403');
		const holds = can({ role, facility: STATION_A.code }, 'hold', 'member', 0).allowed;
		const ending = await post(who, '/api/books/ending', {});
		expect(ending.word).toBe(holds && !isNobody ? '200' : '403');
		const visits = can({ role, facility: STATION_A.code }, 'open', 'consent-visit', 0).allowed;
		const visited = await post(who, '/api/books/visit', { code: newBook() });
		expect(visited.word).toBe(visits && !isNobody ? '404' : '403');
		cells += 6;
	});
});

describe('what is denied', () => {
	it.each(roleSchema.options)('to a %s is answered as if it were not there', async (role) => {
		const { who, book } = await prepare(role, { name: 'none', relation: 'none' });
		for (const door of DOORS.filter(({ isLikeAbsent }) => isLikeAbsent)) {
			const answers: Answer[] = [];
			const questions: string[][] = [];
			for (const asked of [newBook(), book, newBook()])
				questions.push(
					await server.questionsOf(async () => answers.push(await door.ask(who, asked)))
				);
			// The first time anything is asked of a device is noted: it is the second and third that are compared.
			expect(answers[1], door.name).toEqual(answers[2]);
			expect(questions[1], door.name).toEqual(questions[2]);
			cells += 1;
		}
	});

	it('was asked for often enough', () => {
		expect(cells).toBeGreaterThanOrEqual(CELLS_MIN);
	});
});
