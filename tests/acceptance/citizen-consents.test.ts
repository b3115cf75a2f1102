/**
 * Consents over HTTP: who may decide at each step of a child's age, that a decision is to the text in force, comes once,
 * is kept as it was made, and that what asks for it, the word to stations that a phone has the book, follows it at once.
 */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CITIZEN_RELATIONS, type CitizenRelation } from '#lib/domain/access/access-table.ts';
import type { Citizen } from '#lib/domain/access/family.ts';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { addDays, clinicalDateOf, type PartialDate } from '#lib/domain/time/clinical-time.ts';
import { journeySchema, problemSchema, type Journey } from '#lib/protocol/api.ts';
import { CITIZEN_FAMILY_PATH } from '#lib/protocol/citizen.ts';
import {
	CITIZEN_CONSENT_DECIDE_PATH,
	CITIZEN_CONSENTS_PATH,
	consentsSchema,
	consentTextHash,
	type Consents
} from '#lib/protocol/consent.ts';
import { CITIZEN_COOKIE } from '../../sync-server/citizen/citizen-sessions.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { NURSE_A } from './start-server.ts';
import { newBook, signedEntry, signInDevice, type TestDevice } from './test-device.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Most years have no 29 February: on that day the server is a day ahead. */
const AHEAD_MS = clinicalDateOf(Date.now()).endsWith('-02-29') ? DAY_MS : 0;
const TODAY = clinicalDateOf(Date.now() + AHEAD_MS);
const bornYearsAgo = (years: number, days = 0): string =>
	addDays(`${Number(TODAY.slice(0, 4)) - years}${TODAY.slice(4)}` as typeof TODAY, days);

const PURPOSE = READ_RECEIPT.id;
const [{ from: TEXT_FROM }] = READ_RECEIPT.versions;
const TEXT = consentTextHash(PURPOSE, TEXT_FROM, 'vi') ?? '';
const ENGLISH = consentTextHash(PURPOSE, TEXT_FROM, 'en') ?? '';

let server: InProcessServer;
let nurse: TestDevice;
let number = 14_199_990_000;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A]);
	server.pass(AHEAD_MS);
	nurse = await signInDevice(server.url, NURSE_A);
});
afterAll(async () => {
	await server.close();
});

interface Prepared {
	cookie: string;
	book: BookId;
	citizen: Citizen;
}

const BORN: Record<CitizenRelation, string> = {
	own: bornYearsAgo(30),
	'own-under-14': bornYearsAgo(14, 1),
	'child-under-7': bornYearsAgo(7, 1),
	'child-from-7': bornYearsAgo(7),
	'child-from-14': bornYearsAgo(14),
	'child-from-16': bornYearsAgo(16),
	'ex-guardian': bornYearsAgo(7),
	stranger: bornYearsAgo(7)
};
const LINKED: readonly CitizenRelation[] = [
	'child-under-7',
	'child-from-7',
	'child-from-14',
	'child-from-16',
	'ex-guardian'
];

async function prepare(relation: CitizenRelation, born = BORN[relation]): Promise<Prepared> {
	const isOwn = relation === 'own' || relation === 'own-under-14';
	const personalNumber = String((number += 1)).padStart(12, '0');
	const citizen: Citizen = {
		personalNumber,
		name: 'Người Dân Thử',
		birthDate: (isOwn ? born : bornYearsAgo(35)) as PartialDate
	};
	const book = newBook();
	const numbered = isOwn
		? { 'identifier.personal': { value: personalNumber, source: 'card' as const } }
		: {};
	const push = [await nurse.facts(book, { birthDate: born as never, ...numbered })];
	const until = relation === 'ex-guardian' ? { until: addDays(TODAY, -1) as never } : {};
	if (LINKED.includes(relation))
		push.push(
			await signedEntry(nurse.author, nurse.personKey, {
				...{ book, class: 'event', effect: 'adds', kind: 'guardianLink' },
				body: { name: 'Người Dân Thử', relation: 'mother', personalNumber, ...until }
			})
		);
	await nurse.sync({ push, credit: 0 });
	const cookie = `${CITIZEN_COOKIE}=${await server.citizens.open(citizen)}`;
	return { cookie, book, citizen };
}

const post = (
	path: string,
	body: object | string,
	headers: Record<string, string>
): Promise<Response> =>
	fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.url, ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});

const ask = ({ cookie, book }: Prepared): Promise<Response> =>
	post(CITIZEN_CONSENTS_PATH, { book }, { cookie });

const decide = ({ cookie, book }: Prepared, rest: object): Promise<Response> =>
	post(CITIZEN_CONSENT_DECIDE_PATH, { book, purpose: PURPOSE, after: 0, ...rest }, { cookie });

const YES = { act: 'given', text: TEXT };
const NO = { act: 'withdrawn' };

async function told(response: Response): Promise<Consents> {
	expect(response.status).toBe(200);
	return consentsSchema.parse(await response.json());
}

async function problemOf(response: Response): Promise<string> {
	return problemSchema.parse(await response.json()).type;
}

const rowsOf = (book: BookId) => server.storage.listConsents(book, 100);

/** A phone that has all that the answer stands for. */
async function readOnPhone({ cookie }: Prepared): Promise<void> {
	const first = await fetch(server.url + CITIZEN_FAMILY_PATH, { headers: { cookie } });
	const etag = first.headers.get('etag') ?? '';
	await fetch(server.url + CITIZEN_FAMILY_PATH, { headers: { cookie, 'if-none-match': etag } });
}

async function journeyOf(book: BookId): Promise<Journey> {
	const response = await fetch(`${server.url}/api/books/journey`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${nurse.token}` },
		body: JSON.stringify({ actor: nurse.person, book })
	});
	return journeySchema.parse(await response.json());
}

/** What each may do: alone, with the other's word, only take back, or nothing. */
const MAY: Record<CitizenRelation, 'alone' | 'with-other' | 'withdraw' | 'nothing'> = {
	own: 'alone',
	'own-under-14': 'nothing',
	'child-under-7': 'alone',
	'child-from-7': 'with-other',
	'child-from-14': 'with-other',
	'child-from-16': 'withdraw',
	'ex-guardian': 'nothing',
	stranger: 'nothing'
};

describe.each(CITIZEN_RELATIONS)('a book that is %s', (relation) => {
	it('is decided about as the table says', async () => {
		const prepared = await prepare(relation);
		const may = MAY[relation];
		expect((await ask(prepared)).status).toBe(may === 'nothing' ? 404 : 200);
		const alone = { alone: 200, 'with-other': 403, withdraw: 403, nothing: 404 }[may];
		expect((await decide(prepared, YES)).status).toBe(alone);
		const together = { alone: 200, 'with-other': 200, withdraw: 403, nothing: 404 }[may];
		const after = alone === 200 ? 1 : 0;
		const given = await rowsOf(prepared.book);
		const last = given[0]?.number ?? 0;
		expect(given).toHaveLength(after);
		expect((await decide(prepared, { ...YES, after: last, otherAgrees: true })).status).toBe(
			together
		);
		const before = await rowsOf(prepared.book);
		expect(before).toHaveLength(together === 200 ? 1 : 0);
		const withdrawn = await decide(prepared, { ...NO, after: before[0]?.number ?? 0 });
		expect(withdrawn.status).toBe(may === 'nothing' ? 404 : 200);
		expect((await rowsOf(prepared.book)).map(({ act }) => act)).toEqual(
			together === 200 ? ['withdrawn', 'given'] : []
		);
	});
});

describe('a decision', () => {
	it('is kept with who, for whom, which text by its hash, when and how, and told to the family', async () => {
		const prepared = await prepare('child-from-7');
		const { book } = prepared;
		const atMs = server.clock.nowMs();
		const after = await told(await decide(prepared, { ...YES, text: ENGLISH, otherAgrees: true }));
		const [row] = await rowsOf(book);
		expect(row).toMatchObject({
			...{ book, stands: 'child-from-7', purpose: PURPOSE, act: 'given', means: 'app' },
			...{ textFrom: TEXT_FROM, language: 'en', text: ENGLISH, hasOther: true },
			until: bornYearsAgo(-11)
		});
		expect(row?.at).toBeGreaterThanOrEqual(atMs);
		expect(after).toEqual(await told(await ask(prepared)));
		expect(after.voice).toBe('with-child');
		expect(after.decisions).toMatchObject([
			{ isOwnAct: true, isForOneself: false, hasOther: true, text: ENGLISH, act: 'given' }
		]);
		const audit = await server.storage.listAudit({ book, action: 'consent', limit: 9 });
		expect(audit).toMatchObject([
			{
				person: row?.person,
				role: 'citizen',
				detail: `given ${PURPOSE} text=${ENGLISH} as=child-from-7 with-other by=app`
			}
		]);
		expect(JSON.stringify([row, audit])).not.toContain(prepared.citizen.personalNumber);
	});

	it('is never changed in the database, not even by whoever has it in hand', () => {
		const database = new DatabaseSync(server.storeFile);
		expect(() => database.exec(`UPDATE consents SET act = 'given'`)).toThrow(
			'a consent is never changed'
		);
		database.close();
	});

	it('that comes again, or late, decides nothing', async () => {
		const prepared = await prepare('own');
		const [given] = (await told(await decide(prepared, YES))).decisions;
		const replayed = await decide(prepared, YES);
		expect([replayed.status, await problemOf(replayed)]).toEqual([
			409,
			'/problems/already-decided'
		]);
		const at = given?.number ?? 0;
		// What is there already is not said twice.
		expect((await told(await decide(prepared, { ...YES, after: at }))).decisions).toHaveLength(1);
		const [withdrawn] = (await told(await decide(prepared, { ...NO, after: at }))).decisions;
		// The yes of before, held back on its way, does not undo the withdrawal.
		for (const late of [0, at])
			expect((await decide(prepared, { ...YES, after: late })).status).toBe(409);
		expect((await rowsOf(prepared.book)).map(({ act }) => act)).toEqual(['withdrawn', 'given']);
		const again = await decide(prepared, { ...NO, after: withdrawn?.number ?? 0 });
		expect((await told(again)).decisions).toHaveLength(2);
	});

	it('is to the text in force, and to no other', async () => {
		const prepared = await prepare('own');
		expect((await decide(prepared, { ...YES, text: 'A'.repeat(43) })).status).toBe(409);
		expect((await decide(prepared, { ...YES, purpose: 'research' })).status).toBe(404);
		expect((await decide(prepared, { ...YES, purpose: 'care' })).status).toBe(404);
		expect(await rowsOf(prepared.book)).toEqual([]);
	});

	it('is taken from no page of elsewhere, no stranger, and in no other shape', async () => {
		const prepared = await prepare('own');
		const { book, cookie } = prepared;
		const body = { book, purpose: PURPOSE, after: 0, ...YES };
		const status = async (sent: object | string, headers: Record<string, string>) =>
			(await post(CITIZEN_CONSENT_DECIDE_PATH, sent, headers)).status;
		expect(await status(body, {})).toBe(401);
		expect(await status(body, { authorization: `Bearer ${nurse.token}` })).toBe(401);
		expect(await status(body, { cookie, origin: 'https://evil.example' })).toBe(403);
		expect(await status(body, { cookie, 'content-type': 'text/plain' })).toBe(415);
		expect(await status({ ...body, person: 'x' }, { cookie })).toBe(400);
		expect(await status({ ...body, after: 'x' }, { cookie })).toBe(400);
		expect(await status('{"book":', { cookie })).toBe(400);
		expect(await status({ ...body, purpose: 'a'.repeat(2_000) }, { cookie })).toBe(413);
		expect(await status({ ...body, book: newBook() }, { cookie })).toBe(404);
		expect((await post(CITIZEN_CONSENTS_PATH, { book: '..' }, { cookie })).status).toBe(400);
		expect(await rowsOf(book)).toEqual([]);
	});

	it('waits where somebody decides without end', async () => {
		const prepared = await prepare('own');
		const statuses: number[] = [];
		for (let asked = 0; asked < 61; asked++) statuses.push((await ask(prepared)).status);
		expect(statuses.slice(0, 60).every((status) => status === 200)).toBe(true);
		expect(statuses[60]).toBe(429);
	});

	it('in one’s own book before eighteen needs the guardian’s word, and none to take it back', async () => {
		const born = bornYearsAgo(18, 1);
		const prepared = await prepare('own', born);
		expect((await told(await ask(prepared))).voice).toBe('with-guardian');
		expect((await decide(prepared, YES)).status).toBe(403);
		const { decisions } = await told(await decide(prepared, { ...YES, otherAgrees: true }));
		expect(decisions[0]).toMatchObject({
			isForOneself: true,
			until: `${Number(born.slice(0, 4)) + 18}${born.slice(4)}`
		});
		const withdrawn = await decide(prepared, { ...NO, after: decisions[0]?.number });
		expect((await told(withdrawn)).decisions[0]?.act).toBe('withdrawn');
	});
});

describe('the word to stations that a phone has the book', () => {
	it('is kept and told only where the family agrees, and ends with the consent', async () => {
		const prepared = await prepare('own');
		const { book } = prepared;
		await readOnPhone(prepared);
		expect((await journeyOf(book)).citizen).toBeUndefined();
		expect((await server.storage.readJourney(book, 1)).citizen).toBeUndefined();
		const { decisions } = await told(await decide(prepared, YES));
		expect((await journeyOf(book)).citizen).toBeUndefined();
		await readOnPhone(prepared);
		expect((await journeyOf(book)).citizen).toEqual({ unread: 0, on: TODAY });
		const after = decisions[0]?.number;
		await told(await decide(prepared, { ...NO, after }));
		expect((await journeyOf(book)).citizen).toBeUndefined();
		// What is there of before is not told; what comes now is not even kept.
		await nurse.sync({ push: [await nurse.note(book, 'Mới ghi')], credit: 0 });
		await readOnPhone(prepared);
		expect((await server.storage.readJourney(book, 1)).citizen?.unread).toBe(1);
	});

	it('ends on the child’s seventh birthday, when the child is asked too', async () => {
		const prepared = await prepare('child-under-7');
		await told(await decide(prepared, YES));
		await readOnPhone(prepared);
		expect((await journeyOf(prepared.book)).citizen).toEqual({ unread: 0, on: TODAY });
		server.pass(DAY_MS);
		expect((await journeyOf(prepared.book)).citizen).toBeUndefined();
		expect((await told(await ask(prepared))).voice).toBe('with-child');
	});
});
