/**
 * The citizen's rows of the table over HTTP, for each step of a child's age and each way a book can be somebody else's
 * (S-41): what the family answer names, what is delivered, and what the law keeps back. A book that is not of the
 * family is answered as one that does not exist.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CitizenRelation } from '#lib/domain/access/access-table.ts';
import { CITIZEN_RELATIONS } from '#lib/domain/access/access-table.ts';
import { can, type Action } from '#lib/domain/access/can.ts';
import { familyRelationOf, type Citizen } from '#lib/domain/access/family.ts';
import { idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { addDays, clinicalDateOf, type PartialDate } from '#lib/domain/time/clinical-time.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import {
	CITIZEN_FAMILY_PATH,
	CITIZEN_SYNC_PATH,
	CITIZEN_VISIT_CODE_PATH,
	familySchema,
	visitCodeSchema,
	CITIZEN_EMERGENCIES_PATH,
	familyEmergenciesSchema
} from '#lib/protocol/citizen.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { visitAnswerSchema } from '#lib/protocol/api.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { CITIZEN_COOKIE } from '../../sync-server/citizen/citizen-sessions.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { NURSE_A, NURSE_B, STATION_A } from './start-server.ts';
import { framesOf, newBook, signedEntry, signInDevice, type TestDevice } from './test-device.ts';

const NOTHING = { n: 0, digest: new Uint8Array(16) };
const DAY_MS = 24 * 60 * 60_000;
/** Most years have no 29 February: on that day the server is a day ahead. */
const AHEAD_MS = clinicalDateOf(Date.now()).endsWith('-02-29') ? DAY_MS : 0;
const TODAY = clinicalDateOf(Date.now() + AHEAD_MS);
const bornYearsAgo = (years: number, days = 0): string =>
	addDays(`${Number(TODAY.slice(0, 4)) - years}${TODAY.slice(4)}` as typeof TODAY, days);

let server: InProcessServer;
let nurse: TestDevice;
let number = 14_188_990_000;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A, NURSE_B]);
	server.pass(AHEAD_MS);
	nurse = await signInDevice(server.url, NURSE_A);
});
afterAll(async () => {
	await server.close();
});

interface Prepared {
	cookie: string;
	book: BookId;
	plain: EntryId;
	restricted: EntryId;
}

/** How old the person of the book is, and whether a link to the citizen stands in it. */
const PEOPLE: Record<CitizenRelation, { born: string; link?: 'in force' | 'over' }> = {
	own: { born: bornYearsAgo(30) },
	'own-under-14': { born: bornYearsAgo(14, 1) },
	'child-under-7': { born: bornYearsAgo(7, 1), link: 'in force' },
	'child-from-7': { born: bornYearsAgo(7), link: 'in force' },
	'child-from-14': { born: bornYearsAgo(14), link: 'in force' },
	'child-from-16': { born: bornYearsAgo(16), link: 'in force' },
	'ex-guardian': { born: bornYearsAgo(7), link: 'over' },
	stranger: { born: bornYearsAgo(7) }
};

async function prepare(relation: CitizenRelation, born = PEOPLE[relation].born): Promise<Prepared> {
	const { link } = PEOPLE[relation];
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
	const until = link === 'over' ? { until: addDays(TODAY, -1) as never } : {};
	const state = { book, class: 'event', effect: 'adds' } as const;
	if (link !== undefined)
		push.push(
			await signedEntry(nurse.author, nurse.personKey, {
				...state,
				kind: 'guardianLink',
				body: { name: 'Người Dân Thử', relation: 'mother', personalNumber, ...until }
			})
		);
	const visit = async (code: string, label: 'general' | 'restricted') =>
		signedEntry(nurse.author, nurse.personKey, {
			...state,
			kind: 'visit',
			label,
			body: { reason: 'Khám', diagnoses: [{ code, text: 'Chẩn đoán', main: true }] }
		});
	const [plain, restricted] = [await visit('J06.9', 'general'), await visit('B24', 'restricted')];
	await nurse.sync({ push: [...push, plain, restricted], credit: 0 });
	const cookie = `${CITIZEN_COOKIE}=${await server.citizens.open(citizen)}`;
	return {
		cookie,
		book,
		plain: entryIdOf(plain.entry),
		restricted: entryIdOf(restricted.entry)
	};
}

async function familyOf(cookie: string) {
	const response = await fetch(server.url + CITIZEN_FAMILY_PATH, { headers: { cookie } });
	return familySchema.parse(await response.json());
}

async function askFor(cookie: string, book: BookId): Promise<Frame[]> {
	const response = await fetch(server.url + CITIZEN_SYNC_PATH, {
		method: 'POST',
		headers: { cookie, 'content-type': CONTENT_TYPE_REQUEST },
		body: encodeRequest({
			protocol: 1,
			books: [{ book: idToBytes(book), ...NOTHING }]
		}) as Uint8Array<ArrayBuffer>
	});
	expect(response.status).toBe(200);
	return framesOf(new Uint8Array(await response.arrayBuffer()));
}

const postCode = (headers: Record<string, string>, body: object): Promise<Response> =>
	fetch(server.url + CITIZEN_VISIT_CODE_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	});

const entriesOf = (frames: Frame[]): EntryId[] =>
	frames
		.flatMap((frame) => (frame.frame === 'page' ? frame.rows : []))
		.flatMap((row) => ('leave' in row ? [] : row.entries.map(entryIdOf)));
const timeless = (frames: Frame[]): unknown =>
	frames.map((frame) => (frame.frame === 'end' ? { ...frame, now: 0 } : frame));
const allows = (action: Action, relation: CitizenRelation): boolean =>
	can({ role: 'citizen' }, action, relation, Date.now()).allowed;

describe.each(CITIZEN_RELATIONS)('a book that is %s', (relation) => {
	it('is named, delivered and kept back as the table says', async () => {
		const { cookie, book, plain, restricted } = await prepare(relation);
		const named = (await familyOf(cookie)).books.find((one) => one.book === book);
		const ids = entriesOf(await askFor(cookie, book));
		expect({
			isNamed: named !== undefined,
			as: named?.relation,
			hasPlain: ids.includes(plain),
			hasRestricted: ids.includes(restricted)
		}).toEqual({
			isNamed: allows('read', relation),
			as: allows('read', relation) ? familyRelationOf(relation) : undefined,
			hasPlain: allows('read', relation),
			hasRestricted: allows('read-restricted', relation)
		});
	});

	it('is shown to a facility as the table says, for a child that is asked with its yes', async () => {
		const { cookie, book } = await prepare(relation);
		const show = async (rest: object): Promise<number> =>
			(await postCode({ cookie, origin: server.url }, { book, ...rest })).status;
		const may = allows('show', relation);
		expect(await show({})).toBe(may ? 200 : 404);
		expect(await show({ childAgrees: false })).toBe(may ? 200 : 404);
		const mayWithChild = may || allows('show-for-child', relation);
		expect(await show({ childAgrees: true })).toBe(mayWithChild ? 200 : 404);
	});

	it('opened in an emergency is told as the table says', async () => {
		const { cookie, book } = await prepare(relation);
		const at = server.clock.nowMs();
		const opening = {
			at,
			untilMs: at + 1,
			person: nurse.person,
			device: nurse.id,
			facility: STATION_A.code,
			book,
			reason: 'unconscious' as const,
			note: 'Bất tỉnh, không có người nhà',
			openingsMax: 1_000,
			sinceMs: 0
		};
		await server.storage.openInEmergency(opening);
		const response = await fetch(server.url + CITIZEN_EMERGENCIES_PATH, { headers: { cookie } });
		const { emergencies } = familyEmergenciesSchema.parse(await response.json());
		const told = emergencies.map((one) => [one.book, one.reason, one.facility, one.by]);
		const expected = [book, 'unconscious', STATION_A.name, NURSE_A.name];
		expect(told).toEqual(allows('read-restricted', relation) ? [expected] : []);
		expect(JSON.stringify(emergencies)).not.toContain(opening.note);
	});

	it('opens no door of staff', async () => {
		const { cookie, book } = await prepare(relation);
		const paths = [
			'books/visit',
			'books/journey',
			'books/open',
			'books/break-glass',
			'books/break-glass/list',
			'books/break-glass/review',
			'books/ending',
			'people/find',
			'corrections/list',
			'corrections/decline',
			'live-session'
		];
		for (const path of [...paths, 'quarantine/list', 'sync', 'sync/sealed']) {
			const response = await fetch(`${server.url}/api/${path}`, {
				method: 'POST',
				headers: { cookie, 'content-type': 'application/json' },
				body: JSON.stringify({ actor: nurse.person, book })
			});
			expect([path, response.status]).toEqual([path, 401]);
		}
	});
});

const DENIED = CITIZEN_RELATIONS.filter((relation) => !allows('read', relation));

describe.each(DENIED)('a book that is %s', (relation) => {
	it('is asked for and answered like no book at all', async () => {
		const { cookie, book } = await prepare(relation);
		await askFor(cookie, newBook());
		const answers: unknown[] = [];
		const questions: string[][] = [];
		for (const asked of [book, newBook()])
			questions.push(
				await server.questionsOf(async () => answers.push(timeless(await askFor(cookie, asked))))
			);
		expect(answers[0]).toEqual(answers[1]);
		expect(questions[0]).toEqual(questions[1]);
	});
});

describe('a child', () => {
	it('is closed to the parents from the eighteenth birthday, on that very day', async () => {
		const namesIt = async (born: string): Promise<boolean> => {
			const { cookie, book } = await prepare('child-from-16', born);
			return (await familyOf(cookie)).books.some((one) => one.book === book);
		};
		expect(await namesIt(bornYearsAgo(18, 1))).toBe(true);
		expect(await namesIt(bornYearsAgo(18))).toBe(false);
	});
});

describe('a code that is shown', () => {
	const visit = (device: TestDevice, code: string): Promise<Response> =>
		fetch(`${server.url}/api/books/visit`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
			body: JSON.stringify({ actor: device.person, code })
		});
	const hasBook = async (device: TestDevice, book: BookId): Promise<boolean> =>
		[...(await device.pullAll()).entries.values()].includes(book);

	async function codeFor({ cookie, book }: Prepared): Promise<string> {
		const response = await postCode({ cookie, origin: server.url }, { book });
		return visitCodeSchema.parse(await response.json()).code;
	}

	it('opens the book as well by its letters, and only by one of the two', async () => {
		const reader = await signInDevice(server.url, NURSE_B);
		const { cookie, book } = await prepare('own');
		const response = await postCode({ cookie, origin: server.url }, { book });
		const { code, spoken } = visitCodeSchema.parse(await response.json());
		expect((await visit(reader, spoken.toLowerCase())).status).toBe(400);
		const opened = await visit(reader, spoken);
		expect(visitAnswerSchema.parse(await opened.json()).book).toBe(book);
		expect((await visit(reader, spoken)).status).toBe(404);
		expect((await visit(reader, code)).status).toBe(404);
	});

	it('opens the book for a day, to the facility that reads it first, and then no more', async () => {
		const reader = await signInDevice(server.url, NURSE_B);
		const prepared = await prepare('own');
		const { book } = prepared;
		expect(await hasBook(reader, book)).toBe(false);
		const code = await codeFor(prepared);
		const opened = await visit(reader, code);
		expect(visitAnswerSchema.parse(await opened.json()).book).toBe(book);
		expect((await visit(reader, code)).status).toBe(404);
		expect(await hasBook(reader, book)).toBe(true);
		server.pass(DAY_MS - 60_000);
		await server.endMemberships();
		expect(await hasBook(reader, book)).toBe(true);
		server.pass(60_000);
		await server.endMemberships();
		expect(await hasBook(reader, book)).toBe(false);
	});

	it('is read for a quarter of an hour, and is given to no page of elsewhere', async () => {
		const reader = await signInDevice(server.url, NURSE_B);
		const prepared = await prepare('own');
		const late = await codeFor(prepared);
		server.pass(15 * 60_000);
		expect((await visit(reader, late)).status).toBe(404);
		const { cookie, book } = prepared;
		expect((await postCode({ cookie, origin: 'https://evil.example' }, { book })).status).toBe(403);
		expect((await postCode({ origin: server.url }, { book })).status).toBe(401);
	});
});
