/**
 * Requests for correction over HTTP: who may ask about what, which facility sees it and until when, and that a
 * corrected entry answers by itself. Other books, other facilities, other roles and odd shapes get nowhere.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctionDue } from '#lib/domain/access/correction-request.ts';
import type { Citizen } from '#lib/domain/access/family.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { addDays, clinicalDateOf, type PartialDate } from '#lib/domain/time/clinical-time.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { problemSchema } from '#lib/protocol/api.ts';
import {
	CITIZEN_CORRECTION_ASK_PATH,
	CITIZEN_CORRECTIONS_PATH,
	CORRECTIONS_DECLINE_PATH,
	CORRECTIONS_LIST_PATH,
	correctionListSchema,
	correctionsSchema,
	type CorrectionList,
	type Corrections
} from '#lib/protocol/corrections.ts';
import { CITIZEN_COOKIE } from '../../sync-server/citizen/citizen-sessions.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { NURSE_A, NURSE_B, STATION_A } from './start-server.ts';
import { acksOf, newBook, signedEntry, signInDevice, type TestDevice } from './test-device.ts';

const DAY_MS = 24 * 60 * 60_000;
const TODAY = clinicalDateOf(Date.now());
const bornYearsAgo = (years: number): string => addDays(TODAY, -Math.ceil(years * 365.25));

let server: InProcessServer;
let nurse: TestDevice;
let elsewhere: TestDevice;
let number = 14_177_990_000;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A, NURSE_B]);
	nurse = await signInDevice(server.url, NURSE_A);
	elsewhere = await signInDevice(server.url, NURSE_B);
});
afterAll(async () => {
	await server.close();
});

interface Prepared {
	cookie: string;
	book: BookId;
	visit: EntryId;
	restricted: EntryId;
	citizen: Citizen;
}

const visitOf = (book: BookId, code: string, label: 'general' | 'restricted') =>
	signedEntry(nurse.author, nurse.personKey, {
		...{ book, class: 'event', effect: 'adds', kind: 'visit', label },
		body: { reason: 'Khám', diagnoses: [{ code, text: 'Chẩn đoán', main: true }] }
	});

/** Somebody's own book, or that of a child of this age. */
async function prepare(childYears?: number): Promise<Prepared> {
	const personalNumber = String((number += 1)).padStart(12, '0');
	const adult = bornYearsAgo(35) as PartialDate;
	const citizen: Citizen = { personalNumber, name: 'Người Dân Thử', birthDate: adult };
	const book = newBook();
	const born = childYears === undefined ? adult : bornYearsAgo(childYears);
	const numbered =
		childYears === undefined
			? { 'identifier.personal': { value: personalNumber, source: 'card' as const } }
			: {};
	const push = [await nurse.facts(book, { birthDate: born as never, ...numbered })];
	if (childYears !== undefined)
		push.push(
			await signedEntry(nurse.author, nurse.personKey, {
				...{ book, class: 'event', effect: 'adds', kind: 'guardianLink' },
				body: { name: 'Người Dân Thử', relation: 'mother', personalNumber }
			})
		);
	const visits = [
		await visitOf(book, 'J06.9', 'general'),
		await visitOf(book, 'B24', 'restricted')
	];
	await nurse.sync({ push: [...push, ...visits], credit: 0 });
	const [visit, restricted] = visits.map(({ entry }) => entryIdOf(entry));
	if (visit === undefined || restricted === undefined) return expect.unreachable();
	const cookie = `${CITIZEN_COOKIE}=${await server.citizens.open(citizen)}`;
	return { cookie, book, visit, restricted, citizen };
}

const post = (path: string, body: object | string, headers: Record<string, string>) =>
	fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.url, ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});

const WORDS = 'Khám ngày 12/11, sổ ghi ngày khác';
const ask = ({ cookie, book, visit }: Prepared, rest: object = {}): Promise<Response> =>
	post(CITIZEN_CORRECTION_ASK_PATH, { book, entry: visit, words: WORDS, ...rest }, { cookie });

async function toldTo({ cookie, book }: Prepared): Promise<Corrections['requests']> {
	const response = await post(CITIZEN_CORRECTIONS_PATH, { book }, { cookie });
	expect(response.status).toBe(200);
	return correctionsSchema.parse(await response.json()).requests;
}

const atStation = (device: TestDevice, path: string, body: object = {}): Promise<Response> => {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${device.token}` };
	const asked = JSON.stringify({ actor: device.person, ...body });
	return fetch(server.url + path, { method: 'POST', headers, body: asked });
};

async function listOf(device: TestDevice): Promise<CorrectionList['requests']> {
	const response = await atStation(device, CORRECTIONS_LIST_PATH);
	expect(response.status).toBe(200);
	return correctionListSchema.parse(await response.json()).requests;
}

const about = (requests: CorrectionList['requests'], { book }: Prepared) =>
	requests.filter((one) => one.book === book);

async function amend({ book, visit }: Prepared, effect: 'replaces' | 'voids'): Promise<EntryId> {
	const basedOn = [{ id: visit }];
	const amended = await signedEntry(nurse.author, nurse.personKey, {
		...{ book, class: 'event', effect, basedOn, reason: 'Ghi nhầm ngày' },
		...(effect === 'voids'
			? { kind: 'void', body: {} }
			: { kind: 'visit', body: { reason: 'Khám ngày 12/11' } })
	});
	const acks = acksOf(await nurse.sync({ push: [amended], credit: 0 }));
	expect(acks.map(({ ack }) => ack)).toEqual(['accepted']);
	return entryIdOf(amended.entry);
}

describe('a request for correction', () => {
	it('goes to whoever wrote the entry, with the day by which it is to be answered', async () => {
		const prepared = await prepare();
		const due = correctionDue(server.clock.nowMs());
		expect((await ask(prepared)).status).toBe(200);
		const [mine] = await toldTo(prepared);
		expect(mine).toMatchObject({ entry: prepared.visit, words: WORDS, due });
		expect(mine).toMatchObject({ facility: STATION_A.name });
		expect(mine?.answer).toBeUndefined();
		const [theirs] = about(await listOf(nurse), prepared);
		expect(theirs).toMatchObject({ entry: prepared.visit, words: WORDS, due, kind: 'visit' });
		expect(theirs).toMatchObject({ author: nurse.person, authorName: NURSE_A.name });
		expect(about(await listOf(elsewhere), prepared)).toEqual([]);
		const audit = await server.storage.listAudit({ book: prepared.book, limit: 3 });
		expect(JSON.stringify(audit)).not.toContain(WORDS);
		expect(JSON.stringify(audit)).not.toContain(prepared.citizen.personalNumber);
	});

	it.each(['replaces', 'voids'] as const)('is answered by an entry that %s it', async (effect) => {
		const prepared = await prepare();
		await ask(prepared);
		await amend(prepared, effect);
		const [mine] = await toldTo(prepared);
		expect(mine?.answer).toMatchObject({ outcome: 'corrected', by: NURSE_A.name, reason: '' });
		const [theirs] = about(await listOf(nurse), prepared);
		expect(theirs?.answer).toMatchObject({ outcome: 'corrected' });
		const answered = await server.storage.listAudit({
			...{ book: prepared.book, action: 'correction', limit: 9 }
		});
		expect(answered.map(({ detail }) => detail.split(' ')[0])).toEqual(['corrected', 'asked']);
		const late = await atStation(nurse, CORRECTIONS_DECLINE_PATH, {
			...{ number: theirs?.number, reason: 'Đúng như sổ giấy' }
		});
		expect(late.status).toBe(409);
	});

	it('is not answered by what was corrected before it, and can be asked again after an answer', async () => {
		const prepared = await prepare();
		const amended = await amend(prepared, 'replaces');
		await ask(prepared, { entry: amended });
		expect((await toldTo(prepared))[0]?.answer).toBeUndefined();
		expect((await ask(prepared, { entry: amended })).status).toBe(409);
		await amend({ ...prepared, visit: amended }, 'replaces');
		expect((await ask(prepared, { entry: amended })).status).toBe(200);
		expect((await toldTo(prepared)).map(({ answer }) => answer?.outcome)).toEqual([
			undefined,
			'corrected'
		]);
	});

	it('is declined with a reason, once, by the facility that was asked and by nobody else', async () => {
		const prepared = await prepare();
		await ask(prepared);
		const [{ number: asked } = expect.unreachable()] = await toldTo(prepared);
		const decline = (device: TestDevice, rest: object = {}) =>
			atStation(device, CORRECTIONS_DECLINE_PATH, {
				...{ number: asked, reason: 'Đúng như sổ giấy' },
				...rest
			});
		expect((await decline(elsewhere)).status).toBe(404);
		expect((await decline(nurse, { actor: elsewhere.person })).status).toBe(403);
		expect((await decline(nurse, { reason: 'x' })).status).toBe(400);
		expect((await decline(nurse, { reason: 'x'.repeat(501) })).status).toBe(400);
		expect((await decline(nurse, { number: -1 })).status).toBe(400);
		expect((await decline(nurse, { number: 999_999 })).status).toBe(404);
		expect((await decline(nurse)).status).toBe(204);
		expect((await decline(nurse)).status).toBe(409);
		expect((await toldTo(prepared))[0]?.answer).toMatchObject({
			...{ outcome: 'declined', reason: 'Đúng như sổ giấy', by: NURSE_A.name }
		});
	});

	it('stands first where it is late', async () => {
		const [early, late] = [await prepare(), await prepare()];
		await ask(late);
		server.pass(5 * DAY_MS);
		await ask(early);
		const waiting = (await listOf(nurse)).filter(({ answer }) => answer === undefined);
		const days = waiting.map(({ due }) => due);
		expect(days).toEqual([...days].sort());
		const at = (prepared: Prepared) => waiting.findIndex(({ book }) => book === prepared.book);
		expect(at(late)).toBeLessThan(at(early));
	});

	it('of a child from sixteen on is about what the parents are told, and tells them no more', async () => {
		const younger = await prepare(10);
		expect((await ask(younger, { entry: younger.restricted })).status).toBe(200);
		const older = await prepare(16.5);
		expect((await ask(older, { entry: older.restricted })).status).toBe(404);
		expect((await ask(older)).status).toBe(200);
		expect((await toldTo(older)).map(({ entry }) => entry)).toEqual([older.visit]);
		const grown = await prepare(19);
		expect((await ask(grown)).status).toBe(404);
	});

	it('is taken of no other book, no other entry, no stranger and no other shape', async () => {
		const [prepared, other] = [await prepare(), await prepare()];
		const { book, visit, cookie } = prepared;
		const body = { book, entry: visit, words: WORDS };
		const status = async (sent: object | string, headers: Record<string, string>) =>
			(await post(CITIZEN_CORRECTION_ASK_PATH, sent, headers)).status;
		expect(await status({ ...body, book: other.book }, { cookie })).toBe(404);
		expect(await status({ ...body, entry: other.visit }, { cookie })).toBe(404);
		expect(await status({ ...body, book: newBook() }, { cookie })).toBe(404);
		expect(await status(body, {})).toBe(401);
		expect(await status(body, { cookie, origin: 'https://evil.example' })).toBe(403);
		expect(await status({ ...body, words: 'sai' }, { cookie })).toBe(400);
		expect(await status({ ...body, words: 'x'.repeat(501) }, { cookie })).toBe(400);
		expect(await status({ ...body, words: 'sai\u0000ngày' }, { cookie })).toBe(400);
		expect(await status({ ...body, entry: '..' }, { cookie })).toBe(400);
		expect(await status({ ...body, more: 1 }, { cookie })).toBe(400);
		expect(await status('{"book":', { cookie })).toBe(400);
		expect(await status({ ...body, words: 'x'.repeat(20_000) }, { cookie })).toBe(413);
		expect(await status({ ...body, words: '<img src=x onerror=alert(1)>' }, { cookie })).toBe(200);
		expect((await post(CITIZEN_CORRECTIONS_PATH, { book: other.book }, { cookie })).status).toBe(
			404
		);
		for (const path of [CORRECTIONS_LIST_PATH, CORRECTIONS_DECLINE_PATH])
			expect((await post(path, { actor: nurse.person }, { cookie })).status).toBe(401);
		expect(await server.storage.listCorrectionsOf([other.book], 9)).toEqual([]);
	});

	it('waits where too many wait', async () => {
		const prepared = await prepare();
		const { book } = prepared;
		const notes = await Promise.all(Array.from({ length: 21 }, () => nurse.note(book)));
		await nurse.sync({ push: notes, credit: 0 });
		const statuses: number[] = [];
		for (const { entry } of notes)
			statuses.push((await ask(prepared, { entry: entryIdOf(entry) })).status);
		expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true);
		expect(statuses[20]).toBe(403);
		const problem = await ask(prepared);
		expect(problemSchema.parse(await problem.json()).type).toBe('/problems/not-allowed');
	});
});
