/**
 * S-22: names and numbers that stand for a person go through every route of a real server, rightly and wrongly asked.
 * Then everything that the server writes or says beside its proper answers is searched for them.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idToBytes, type BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { CHECKPOINT_PATH, LOG_KEYS_PATH } from '#lib/protocol/checkpoint.ts';
import { CITIZEN_ACCESSES_PATH, CITIZEN_SIGNED_IN_PATH } from '#lib/protocol/citizen.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { newDataDir, startServer, type RunningServer } from './start-server.ts';
import {
	askBooks,
	booksIn,
	createTestBrowser,
	readFamily,
	signInCitizen,
	type TestBrowser
} from './test-citizen.ts';
import { newBook, postSignIn, signInDevice, type TestDevice } from './test-device.ts';

const NAME = 'Lừng Kanary Yểng';
const NUMBER = '099199012345';
const PHONE = '0987012345';
const NOTE = 'kanariensis dolor';
const LOGIN = 'kanary.login';
const PIN = '918273';
/** Of each the part that nothing else holds; how it may be written in an address too. */
const CANARIES = ['Kanary', 'kanary', 'kanariensis', NUMBER, PHONE, PIN, encodeURIComponent(NAME)];
const DOCTOR = { login: 'minh', password: 'cau-tre-qua-suoi' };

const dataDir = newDataDir();
/** What the server said beside answers that are meant to tell of a person. */
const said: { where: string; text: string }[] = [];
let server: RunningServer;
let doctor: TestDevice;
let browser: TestBrowser;
let mother: { name: string; personalNumber: string };

beforeAll(async () => {
	server = await startServer({ dataDir, people: 60 });
	doctor = await signInDevice(server.url, DOCTOR);
	mother = readDemoCitizens(dataDir)[0] ?? expect.unreachable();
	browser = createTestBrowser(server.url);
}, 120_000);
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

function found(text: string, canaries = CANARIES): string[] {
	return canaries.filter((canary) => text.includes(canary));
}

/** Headers always, the body where it is no answer that is meant to tell. */
async function listen(where: string, response: Response): Promise<Response> {
	const headers = JSON.stringify([...response.headers]);
	said.push({ where: `${where} (headers)`, text: headers });
	if (response.status >= 400) said.push({ where, text: await response.clone().text() });
	return response;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${server.url}${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: `Bearer ${doctor.token}`,
			...headers
		},
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});
	return listen(`POST ${path}`, response);
}
const get = async (path: string): Promise<Response> =>
	listen(
		`GET ${path.replaceAll(/[^a-z/]/g, '?')}`,
		await fetch(server.url + path, { redirect: 'manual' })
	);

async function writeBook(): Promise<BookId> {
	const book = newBook();
	const facts = await doctor.facts(book, {
		name: NAME,
		birthDate: '2019-05-06' as ClinicalTime,
		phone: PHONE,
		'identifier.personal': { value: NUMBER, source: 'card' }
	});
	await doctor.sync({ push: [facts, await doctor.note(book, NOTE)] });
	return book;
}

const ROUTES = [
	'/api/people/find',
	'/api/books/open',
	'/api/books/journey',
	'/api/quarantine/list',
	'/api/quarantine/read',
	'/api/quarantine/review',
	'/api/live/session',
	'/api/sign-in',
	'/api/sync',
	'/api/citizen/sync',
	'/api/citizen/sign-out',
	CITIZEN_ACCESSES_PATH
];
/** Wrong in many ways, and all of them with somebody's name in it. */
const WRONG: [body: unknown, headers: Record<string, string>][] = [
	[{ actor: NAME, book: NAME, name: NAME, identifier: NUMBER, [NAME]: NUMBER }, {}],
	[`{"actor": "${NAME}", "actor": ${NUMBER}`, {}],
	[`{"__proto__": {"name": "${NAME}"}}`, {}],
	[{ name: NAME }, { 'content-type': `text/plain; name=kanary` }],
	[{ name: NAME.repeat(40_000) }, {}],
	[{ name: NAME }, { authorization: `Bearer kanary.${NUMBER}` }],
	[{ name: NAME }, { 'content-type': CONTENT_TYPE_REQUEST }],
	[{ name: NAME }, { cookie: `__Host-so-suc-khoe-citizen=kanary${NUMBER}` }]
];

async function askRightly(book: BookId): Promise<void> {
	const actor = doctor.person;
	const people = [
		{ actor, identifier: NUMBER },
		{ actor, name: NAME, birthDate: '2019-05-06' }
	];
	for (const question of people) {
		const response = await post('/api/people/find', question);
		// Here it is meant to be: the canary sings.
		expect(await response.text()).toContain(NAME);
	}
	await post('/api/books/open', { actor, book, reason: 'present-in-person' });
	await post('/api/books/journey', { actor, book });
	await post('/api/quarantine/list', { actor });
	const books = [{ book: idToBytes(book), n: 0, digest: new Uint8Array(16) }];
	await doctor.sync({ books });
	await doctor.pullAll();
}

async function askWrongly(): Promise<void> {
	for (const route of ROUTES) for (const [body, headers] of WRONG) await post(route, body, headers);
	for (const path of [
		`/api/people/find/${encodeURIComponent(NAME)}`,
		`/api/people/find?name=${encodeURIComponent(NAME)}`,
		`/api/catalogues/kanary/${NUMBER}`,
		`/clinic/book/${encodeURIComponent(NAME)}`,
		`/kanary-${NUMBER}.js`,
		`${CITIZEN_SIGNED_IN_PATH}?code=kanary&state=${NUMBER}`,
		`${CITIZEN_SIGNED_IN_PATH}?error=kanary&error_description=${encodeURIComponent(NAME)}`,
		`/live/book/${encodeURIComponent(NAME)}`,
		`/oidc/auth?login_hint=${NUMBER}`
	])
		await get(path);
	const keys = { personKey: NAME, deviceKey: NUMBER };
	for (const body of [
		{ login: LOGIN, pin: PIN, ...keys },
		{ login: LOGIN, password: NAME, ...keys },
		{ login: NAME, pin: NUMBER }
	])
		await listen('sign-in', await postSignIn(server.url, body));
	const foreign = encodeRequest({ protocol: 1, push: [] as never });
	await post('/api/sync', new TextDecoder('latin1').decode(foreign) + NAME, {
		'content-type': CONTENT_TYPE_REQUEST
	});
	await doctor.sync({
		push: [{ entry: new TextEncoder().encode(NAME), signature: new Uint8Array(64) }]
	});
	await listen(
		'csp report',
		await fetch(`${server.url}/api/csp-report`, {
			method: 'POST',
			headers: { 'content-type': 'application/csp-report' },
			body: JSON.stringify({ 'csp-report': { 'document-uri': `https://x/${NAME}` } })
		})
	);
}

async function asCitizen(): Promise<void> {
	await signInCitizen(browser, mother.name);
	const family = await readFamily(browser);
	const [book] = booksIn(family);
	const asked = { book: idToBytes(book ?? expect.unreachable()), n: 0, digest: new Uint8Array(16) };
	await askBooks(browser, { books: [asked] });
	const response = await browser.fetch(CITIZEN_ACCESSES_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.url },
		body: JSON.stringify({ book })
	});
	expect(response.status).toBe(200);
	// Who opened it is told, not what stands in it.
	expect(found(await response.text(), [mother.personalNumber, mother.name])).toEqual([]);
}

describe('names that stand for a person', () => {
	it('stand in no line of the log, no refusal, no header, no address, no figure, no checkpoint', async () => {
		const book = await writeBook();
		await askRightly(book);
		await askWrongly();
		await asCitizen();
		for (const path of ['/api/health', CHECKPOINT_PATH, LOG_KEYS_PATH]) {
			const response = await get(path);
			expect(response.status).toBe(200);
			said.push({ where: path, text: await response.text() });
		}
		const refusals = said.filter(({ where }) => !where.endsWith('(headers)'));
		expect(refusals.length).toBeGreaterThan(80);
		for (const { where, text } of said) expect([where, ...found(text)]).toEqual([where]);

		// The first lines name the demo's staff and citizens, who are nobody.
		const log = server.output().split('Ctrl-C').slice(1).join('');
		expect(log.split('\n').length).toBeGreaterThan(80);
		expect(found(log, [...CANARIES, mother.name, mother.personalNumber])).toEqual([]);
		expect(found(log, [book, doctor.token, doctor.person])).toEqual([]);
	});

	it('stand in no file beside the store and the sessions', async () => {
		await server.stop();
		const files = readdirSync(dataDir).filter(
			(name) => !/^(store\.sqlite|citizen-sessions)/.test(name)
		);
		expect(files).toContain('access-log-checkpoints');
		for (const name of files)
			expect([name, ...found(readFileSync(join(dataDir, name), 'latin1'))]).toEqual([name]);
		// The search itself works: where they belong, they are.
		const store = readFileSync(join(dataDir, 'store.sqlite'), 'latin1');
		expect(found(store, [NUMBER, 'kanariensis'])).toEqual([NUMBER, 'kanariensis']);
	});
});
