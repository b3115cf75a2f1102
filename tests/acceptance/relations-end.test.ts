/**
 * Reasons for which a book is open for a while, against a real server: a referral until its last day, an emergency for
 * four hours (S-08), and what is cut when a right ends while somebody is connected (S-07). Ending strands nothing.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { EMERGENCY_MS } from '#lib/domain/access/emergency.ts';
import { addDays, clinicalDateOf, endOfDayMs } from '#lib/domain/time/clinical-time.ts';
import { emergencyAnswerSchema, emergencyListSchema, endingSchema } from '#lib/protocol/api.ts';
import { END_EVERY_MS } from '../../sync-server/jobs/end-memberships.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { liveCookieOf, socketLike } from './live-client.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	STATION_A,
	STATION_B,
	type TestStaff,
	withStorage
} from './start-server.ts';
import { acksOf, newBook, signedEntry, signInDevice, type TestDevice } from './test-device.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Five seconds on a machine that has nothing else to do. A right that is never looked at again ends no room at all. */
const CUT_MS_MAX = 20_000;
const COLLEAGUE_A: TestStaff = { ...NURSE_A, login: 'mai.a', name: 'Lò Thị Mai' };
const CHANGED_A: TestStaff = { ...NURSE_A, login: 'dao.a', name: 'Lò Thị Đào' };

let server: InProcessServer;
let nurse: TestDevice;
let writer: TestDevice;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A, NURSE_B, COLLEAGUE_A, CHANGED_A]);
	nurse = await signInDevice(server.url, NURSE_A);
	writer = await signInDevice(server.url, NURSE_B);
});
afterAll(async () => {
	await server.close();
});

const post = (device: TestDevice, path: string, body: object): Promise<Response> =>
	fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ actor: device.person, ...body })
	});
const breakGlass = (device: TestDevice, book: BookId, rest: object = {}): Promise<Response> =>
	post(device, '/api/books/break-glass', {
		book,
		reason: 'unconscious',
		note: 'Bất tỉnh, không có người nhà',
		...rest
	});
const journeyStatus = async (device: TestDevice, book: BookId): Promise<number> =>
	(await post(device, '/api/books/journey', { book })).status;

async function bookOfB(): Promise<BookId> {
	const book = newBook();
	await writer.sync({ push: [await writer.note(book)], credit: 0 });
	return book;
}

async function hasBook(device: TestDevice, book: BookId): Promise<boolean> {
	return [...(await device.pullAll()).entries.values()].includes(book);
}

/** A socket into the book's room; when it is closed, with what. */
async function watch(device: TestDevice, book: BookId): Promise<{ closed: Promise<number> }> {
	const cookie = await liveCookieOf(server.url, device);
	const Socket = socketLike({ cookie, origin: server.url });
	const socket = new Socket(`${server.url.replace('http', 'ws')}/live/book/${book}`);
	const closed = new Promise<number>((resolve) => socket.on('close', resolve));
	await new Promise((resolve, reject) => {
		socket.on('open', resolve);
		socket.on('unexpected-response', reject);
	});
	return { closed };
}

async function msOf(work: Promise<unknown>): Promise<number> {
	const startedMs = performance.now();
	await work;
	return performance.now() - startedMs;
}

describe('an emergency', () => {
	it('opens the book for four hours, then takes it back; what is written later is taken and marked', async () => {
		const book = await bookOfB();
		expect(await journeyStatus(nurse, book)).toBe(404);
		const startedMs = server.clock.nowMs();
		const response = await breakGlass(nurse, book);
		expect(response.status).toBe(200);
		const { untilMs } = emergencyAnswerSchema.parse(await response.json());
		expect(untilMs - startedMs).toBeGreaterThanOrEqual(EMERGENCY_MS);
		expect(untilMs - startedMs).toBeLessThan(EMERGENCY_MS + 10_000);
		expect(await hasBook(nurse, book)).toBe(true);
		expect(await journeyStatus(nurse, book)).toBe(200);
		server.pass(EMERGENCY_MS);
		// By the clock itself, before any job has run.
		expect(await journeyStatus(nurse, book)).toBe(404);
		expect(await server.endMemberships()).toBeGreaterThan(0);
		expect(await hasBook(nurse, book)).toBe(false);
		const [ack] = acksOf(await nurse.sync({ push: [await nurse.note(book)], credit: 0 }));
		expect(ack).toMatchObject({ ack: 'accepted', flags: ['other-facility'] });
	});

	it('needs a reason of the list and a sentence, and a book that is there', async () => {
		const book = await bookOfB();
		const statuses = await Promise.all([
			breakGlass(nurse, book, { reason: 'curious' }),
			breakGlass(nurse, book, { reason: undefined }),
			breakGlass(nurse, book, { note: '' }),
			breakGlass(nurse, book, { note: 'x' }),
			breakGlass(nurse, book, { note: 'dòng một của lý do\ndòng hai của lý do' }),
			breakGlass(nurse, book, { untilMs: 9e15 }),
			breakGlass(nurse, newBook())
		]);
		expect(statuses.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 404]);
		expect(await journeyStatus(nurse, book)).toBe(404);
	});

	it('is there for one person five times a day, and each is told to colleagues with its reason', async () => {
		const colleague = await signInDevice(server.url, COLLEAGUE_A);
		const books = await Promise.all(Array.from({ length: 6 }, bookOfB));
		const statuses: number[] = [];
		for (const book of books) statuses.push((await breakGlass(colleague, book)).status);
		expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
		const again = await breakGlass(colleague, books[5] ?? newBook());
		expect(Number(again.headers.get('retry-after'))).toBeGreaterThan((DAY_MS - HOUR_MS) / 1_000);
		const list = await post(nurse, '/api/books/break-glass/list', {});
		const { emergencies } = emergencyListSchema.parse(await list.json());
		const ofColleague = emergencies.filter(({ person }) => person === colleague.person);
		expect(ofColleague.map(({ book }) => book)).toEqual(books.slice(0, 5).reverse());
		expect(ofColleague[0]).toMatchObject({ name: COLLEAGUE_A.name, reason: 'unconscious' });
		const refusals = await server.storage.listAudit({ action: 'refuse', limit: 50 });
		expect(refusals.some(({ detail }) => detail === 'break-glass too-many')).toBe(true);
		server.pass(DAY_MS);
		expect((await breakGlass(colleague, books[5] ?? newBook())).status).toBe(200);
	});
});

describe('what colleagues say of an emergency', () => {
	const review = (device: TestDevice, number: number, rest: object = {}): Promise<Response> =>
		post(device, '/api/books/break-glass/review', { number, verdict: 'justified', ...rest });
	async function lineOf(device: TestDevice, book: BookId) {
		const list = await post(device, '/api/books/break-glass/list', {});
		const { emergencies } = emergencyListSchema.parse(await list.json());
		return emergencies.find((one) => one.book === book);
	}

	it('is said once, by somebody else of the station, and stands in the list and in the audit', async () => {
		const colleague = await signInDevice(server.url, COLLEAGUE_A);
		const book = await bookOfB();
		expect((await breakGlass(nurse, book)).status).toBe(200);
		const number = (await lineOf(colleague, book))?.number ?? 0;
		expect((await review(nurse, number)).status).toBe(403);
		expect((await review(writer, number)).status).toBe(404);
		expect((await review(colleague, number, { verdict: 'whatever' })).status).toBe(400);
		expect((await review(colleague, number, { note: 'Tôi có mặt lúc đó' })).status).toBe(204);
		expect((await review(colleague, number, { verdict: 'questioned' })).status).toBe(409);
		expect((await lineOf(nurse, book))?.review).toMatchObject({
			by: COLLEAGUE_A.name,
			verdict: 'justified',
			note: 'Tôi có mặt lúc đó'
		});
		const rows = await server.storage.listAudit({ book, action: 'review', limit: 5 });
		expect(rows).toMatchObject([{ person: colleague.person, detail: 'break-glass justified' }]);
	});
});

it('a tablet is told until when its station has a book, and of none that stays', async () => {
	const [urgent, kept] = [await bookOfB(), newBook()];
	await nurse.sync({ push: [await nurse.note(kept)], credit: 0 });
	const answer = await breakGlass(nurse, urgent);
	const { untilMs } = emergencyAnswerSchema.parse(await answer.json());
	const endingOf = async (device: TestDevice) => {
		const told = await post(device, '/api/books/ending', {});
		const { books } = endingSchema.parse(await told.json());
		return books.filter(({ book }) => book === urgent || book === kept);
	};
	expect(await endingOf(nurse)).toEqual([{ book: urgent, reason: 'break-glass', untilMs }]);
	expect(await endingOf(writer)).toEqual([]);
	server.pass(EMERGENCY_MS);
	expect(await endingOf(nurse)).toEqual([]);
});

describe('a referral', () => {
	it('opens the book to the facility it names until its last day is over', async () => {
		const book = newBook();
		const today = clinicalDateOf(server.clock.nowMs());
		const validUntil = addDays(today, 3);
		const letter = await signedEntry(writer.author, writer.personKey, {
			book,
			kind: 'referral',
			class: 'event',
			effect: 'adds',
			body: {
				to: { facility: STATION_A.code, name: STATION_A.name },
				reason: 'eligible',
				validUntil
			}
		});
		await writer.sync({ push: [letter], credit: 0 });
		expect(await server.storage.listMemberships(STATION_A.code, book)).toMatchObject([
			{ reason: 'referral', untilMs: endOfDayMs(validUntil) }
		]);
		expect(await hasBook(nurse, book)).toBe(true);
		expect(await journeyStatus(nurse, book)).toBe(200);
		server.pass(endOfDayMs(validUntil) - server.clock.nowMs() - 60_000);
		expect(await journeyStatus(nurse, book)).toBe(200);
		server.pass(60_000);
		expect(await journeyStatus(nurse, book)).toBe(404);
		await server.endMemberships();
		expect(await hasBook(nurse, book)).toBe(false);
	});

	it('opens nothing where it is over already, or names a place that is not known', async () => {
		const yesterday = addDays(clinicalDateOf(server.clock.nowMs()), -1);
		const tomorrow = addDays(yesterday, 2);
		const book = newBook();
		const letters = [
			{ to: { facility: STATION_A.code, name: 'A' }, validUntil: yesterday },
			{ to: { facility: '99999', name: 'Không rõ' }, validUntil: tomorrow },
			{ to: { name: 'Trạm Y tế A' }, validUntil: tomorrow }
		];
		for (const body of letters) {
			const draft = { book, kind: 'referral', class: 'event', effect: 'adds' } as const;
			const letter = await signedEntry(writer.author, writer.personKey, {
				...draft,
				body: { reason: 'eligible', ...body }
			});
			expect(acksOf(await writer.sync({ push: [letter], credit: 0 }))).toMatchObject([
				{ ack: 'accepted' }
			]);
		}
		expect(await server.storage.isMember(STATION_A.code, book)).toBe(false);
		expect(await server.storage.isMember('99999', book)).toBe(false);
		expect(await server.storage.isMember(STATION_B.code, book)).toBe(true);
	});
});

describe('the server by itself', () => {
	it('ends what is over while it runs', async () => {
		const dataDir = newDataDir();
		await seedStaff(dataDir);
		const book = newBook();
		const beginning = Date.now();
		await withStorage(dataDir, (storage) =>
			storage.beginMembership(STATION_A.code, book, 'referral', beginning, beginning + 1)
		);
		const running = await startServer({ dataDir });
		try {
			await new Promise((resolve) => setTimeout(resolve, END_EVERY_MS * 2));
		} finally {
			await running.stop();
		}
		const isMember = await withStorage(dataDir, (storage) =>
			storage.isMember(STATION_A.code, book)
		);
		expect(isMember).toBe(false);
		rmSync(dataDir, { recursive: true });
	});
});

describe('a right that ends while somebody is connected', () => {
	it('closes the room of the book within seconds: the relation, the key, the role', async () => {
		const book = await bookOfB();
		const changed = await signInDevice(server.url, CHANGED_A);
		await server.storage.beginMembership(STATION_A.code, book, 'registered', server.clock.nowMs());
		const byRole = await watch(changed, book);
		const account = await server.storage.findAccount(CHANGED_A.login);
		if (account === undefined) return expect.unreachable();
		await server.storage.putAccount({ ...account, role: 'auditor' });
		expect(await msOf(byRole.closed)).toBeLessThan(CUT_MS_MAX);
		expect(await byRole.closed).toBe(4404);

		const [byKey, byRelation] = [await signInDevice(server.url, COLLEAGUE_A), nurse];
		const sockets = [await watch(byKey, book), await watch(byRelation, book)];
		const key = await server.storage.findPersonKey(byKey.author.key);
		if (key === undefined) return expect.unreachable();
		await server.storage.putPersonKey({ ...key, untilMs: server.clock.nowMs() });
		expect(await msOf(sockets[0]?.closed ?? Promise.resolve())).toBeLessThan(CUT_MS_MAX);
		const ended = server.clock.nowMs();
		await server.storage.endMembership(STATION_A.code, book, 'registered', ended);
		expect(await msOf(sockets[1]?.closed ?? Promise.resolve())).toBeLessThan(CUT_MS_MAX);
	});

	it('is sent nothing new, and what it had not sent is taken and marked', async () => {
		const device = await signInDevice(server.url, NURSE_A);
		const book = newBook();
		await device.sync({ push: [await device.note(book)], credit: 0 });
		const waiting = await device.note(book);
		const key = await server.storage.findPersonKey(device.author.key);
		if (key === undefined) return expect.unreachable();
		await server.storage.putPersonKey({ ...key, untilMs: server.clock.nowMs() });
		const frames = await device.sync({ push: [waiting] });
		expect(acksOf(frames)).toMatchObject([{ ack: 'accepted', flags: ['role-ended'] }]);
		expect(frames.some(({ frame }) => frame === 'page')).toBe(false);
		expect((await device.pullAll()).arrivals).toEqual([]);
	});
});
