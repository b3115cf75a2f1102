/**
 * What every answer of the server carries, from where it takes requests, and how long it keeps whom it does not know:
 * the shared surface of all routes (S-12 of the attacks, and cross-site requests).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	CITIZEN_ACCESSES_PATH,
	CITIZEN_FAMILY_PATH,
	CITIZEN_SIGN_IN_PATH,
	CITIZEN_SIGN_OUT_PATH,
	CITIZEN_SYNC_PATH,
	CITIZEN_VISIT_CODE_PATH
} from '#lib/protocol/citizen.ts';
import { PASSKEY_PATHS } from '#lib/protocol/passkeys.ts';
import { CITIZEN_READS } from '../../sync-server/auth/buckets.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { newDataDir, startServer, type RunningServer } from './start-server.ts';
import { createTestBrowser, readFamily, signInCitizen, type TestBrowser } from './test-citizen.ts';
import { createTestCertificate } from './test-certificate.ts';

/** Every address of the API that takes a body. */
const POSTED = [
	'/api/sign-in',
	'/api/sign-in/lease',
	...Object.values(PASSKEY_PATHS),
	'/api/sync',
	'/api/sync/sealed',
	'/api/live-session',
	'/api/people/find',
	'/api/books/open',
	'/api/books/journey',
	'/api/books/visit',
	'/api/books/break-glass',
	'/api/books/break-glass/list',
	'/api/quarantine/list',
	'/api/quarantine/read',
	'/api/quarantine/review',
	CITIZEN_ACCESSES_PATH,
	CITIZEN_SIGN_OUT_PATH,
	CITIZEN_SYNC_PATH,
	CITIZEN_VISIT_CODE_PATH
];
const READ = ['/api/health', '/api/catalogues', '/api/access-log/checkpoint', '/api/nothing'];

const dataDir = newDataDir();
let server: RunningServer;
let mother: string;

beforeAll(async () => {
	server = await startServer({ dataDir, people: 20, env: { BODY_TIMEOUT_MS: '1000' } });
	mother = readDemoCitizens(dataDir)[0]?.name ?? expect.unreachable();
}, 60_000);
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function signedIn(): Promise<TestBrowser> {
	const browser = createTestBrowser(server.url);
	await signInCitizen(browser, mother);
	return browser;
}

/** Sends bytes and answers everything that comes until the other side ends. */
function speak(text: string): Promise<string> {
	const { hostname, port } = new URL(server.url);
	return new Promise((resolve, reject) => {
		let answer = '';
		const socket = connect(Number(port), hostname, () => socket.write(text));
		socket.on('data', (chunk) => (answer += chunk.toString()));
		socket.on('end', () => socket.end());
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
	});
}

function headersIn(answer: string): Headers {
	const [, ...lines] = (answer.split('\r\n\r\n')[0] ?? '').split('\r\n');
	const pairs = lines.map((line): [string, string] => {
		const at = line.indexOf(': ');
		return [line.slice(0, at), line.slice(at + 2)];
	});
	return new Headers(pairs);
}

function expectHardened(headers: Headers, what: string): void {
	const policy = headers.get('content-security-policy') ?? '';
	expect([what, policy]).toEqual([what, expect.stringContaining("default-src 'none'")]);
	expect([what, policy]).toEqual([what, expect.stringContaining("frame-ancestors 'none'")]);
	for (const [name, value] of [
		['x-content-type-options', 'nosniff'],
		['referrer-policy', 'no-referrer'],
		['cross-origin-opener-policy', 'same-origin'],
		['cross-origin-resource-policy', 'same-origin']
	] as const)
		expect([what, name, headers.get(name)]).toEqual([what, name, value]);
	expect([what, headers.get('permissions-policy')]).toEqual([
		what,
		expect.stringContaining('geolocation=()')
	]);
	expect([what, headers.get('server'), headers.get('x-powered-by')]).toEqual([what, null, null]);
}

describe('an answer', () => {
	it('of the API is kept nowhere, is never a page, and says so whatever its status', async () => {
		for (const path of POSTED) {
			const answers = [
				await fetch(server.url + path, { method: 'POST', body: '{}' }),
				await fetch(server.url + path, { method: 'PUT' })
			];
			for (const answer of answers) {
				expectHardened(answer.headers, path);
				expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store']);
				expect([path, answer.status]).toEqual([path, expect.toSatisfy((s: number) => s >= 400)]);
			}
		}
		const report = await fetch(`${server.url}/api/csp-report`, {
			method: 'POST',
			headers: { 'content-type': 'application/csp-report', 'sec-fetch-site': 'cross-site' },
			body: '{}'
		});
		expect([report.status, report.headers.get('cache-control')]).toEqual([204, 'no-store']);
		for (const path of READ) {
			const { headers } = await fetch(server.url + path);
			expectHardened(headers, path);
			if (path === '/api/catalogues') expect(headers.get('cache-control')).toBe('no-cache');
			else expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
		}
	});

	it('to what is no request, and to a socket that may not come in, carries the same', async () => {
		expectHardened(headersIn(await speak('hello\r\n\r\n')), 'no request');
		const knock = [
			'GET /live/hints HTTP/1.1',
			'Host: x',
			'Connection: Upgrade',
			'Upgrade: websocket',
			'Sec-WebSocket-Version: 13',
			'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
			'\r\n'
		].join('\r\n');
		const refused = await speak(knock);
		expect(refused).toMatch(/^HTTP\/1\.1 403 /);
		expectHardened(headersIn(refused), 'refused upgrade');
	});

	it('of the stand-in for VNeID carries it too, on its own page and on the library’s answers', async () => {
		const browser = createTestBrowser(server.url);
		const first = await browser.fetch(CITIZEN_SIGN_IN_PATH);
		const authorization = first.headers.get('location') ?? '';
		const second = await browser.fetch(authorization);
		const page = await browser.fetch(new URL(second.headers.get('location') ?? '', authorization));
		for (const [what, answer] of Object.entries({ first, second, page })) {
			expectHardened(answer.headers, what);
			expect([what, answer.headers.get('cache-control')]).toEqual([
				what,
				expect.stringContaining('no-store')
			]);
		}
	});

	it('is never to a method that only tells what was asked', async () => {
		const traced = await speak(
			'TRACE /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
		);
		expect(traced).toMatch(/^HTTP\/1\.1 40[045] /);
		expect((await fetch(`${server.url}/api/health`, { method: 'OPTIONS' })).status).toBe(405);
	});
});

describe('HTTPS', () => {
	it('is asked for again for two years, on every name below, and is 1.2 or newer', async () => {
		const folder = newDataDir();
		const { cert, key } = createTestCertificate();
		const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
		writeFileSync(certFile, cert);
		writeFileSync(keyFile, key);
		const sealed = await startServer({
			dataDir: join(folder, 'data'),
			env: { TLS_CERT: certFile, TLS_KEY: keyFile }
		});
		const headers = await new Promise((resolve, reject) => {
			get(`${sealed.url}/api/health`, { ca: cert }, (answer) => {
				answer.resume();
				resolve(answer.headers);
			}).on('error', reject);
		});
		expect(headers).toMatchObject({
			'strict-transport-security': 'max-age=63072000; includeSubDomains'
		});
		const { hostname: host, port } = new URL(sealed.url);
		const greet = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
			new Promise<string>((resolve) => {
				const socket = connectTls({
					...{ host, port: Number(port), ca: cert, ciphers: 'DEFAULT@SECLEVEL=0' },
					...{ minVersion: version, maxVersion: version, checkServerIdentity: () => undefined }
				});
				socket.on('secureConnect', () => {
					resolve(socket.getProtocol() ?? '');
					socket.destroy();
				});
				socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code));
			});
		expect(await greet('TLSv1.3')).toBe('TLSv1.3');
		expect(await greet('TLSv1.2')).toBe('TLSv1.2');
		expect(await greet('TLSv1.1')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
		await sealed.kill();
		rmSync(folder, { recursive: true });
	});
});

describe('a request that changes something or is answered by a cookie', () => {
	const json = { 'content-type': 'application/json' };

	it('is refused when a browser says that it comes from elsewhere, before anything else is asked', async () => {
		const elsewhere: Record<string, string>[] = [
			{ 'sec-fetch-site': 'cross-site' },
			{ 'sec-fetch-site': 'same-site' },
			{ 'sec-fetch-site': 'cross-site', origin: server.url },
			{ origin: 'https://evil.example' },
			{ origin: 'null' },
			{ origin: `${server.url}.evil.example` }
		];
		for (const path of POSTED)
			for (const headers of elsewhere) {
				const init = { method: 'POST', headers: { ...json, ...headers }, body: '{}' };
				const { status } = await fetch(server.url + path, init);
				expect([path, headers, status]).toEqual([path, headers, 403]);
			}
	});

	it('is answered to our own pages, and to programs that say nothing of pages', async () => {
		const body = JSON.stringify({ login: 'nobody', pin: '000000', personKey: '', deviceKey: '' });
		for (const headers of [
			{},
			{ 'sec-fetch-site': 'same-origin' },
			{ origin: server.url },
			{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:5173' }
		]) {
			const init = { method: 'POST', headers: { ...json, ...headers }, body };
			expect((await fetch(`${server.url}/api/sign-in`, init)).status).toBe(400);
		}
	});

	it('with the cookie of a citizen is not even read for another page', async () => {
		const browser = await signedIn();
		const ask = async (headers: Record<string, string>) =>
			(await browser.fetch(CITIZEN_FAMILY_PATH, { headers })).status;
		expect(await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
		expect(await ask({ origin: 'https://evil.example' })).toBe(403);
		expect(await ask({ 'sec-fetch-site': 'same-origin' })).toBe(200);
	});
});

describe('a citizen’s session', () => {
	it('ends when somebody signs in again in the same browser, and cannot be given to somebody beforehand', async () => {
		const browser = await signedIn();
		const before = new Map(browser.cookies);
		expect((await readFamily(browser)).person.name).toBe(mother);
		await signInCitizen(browser, mother);
		expect((await readFamily(browser)).person.name).toBe(mother);
		const copy = createTestBrowser(server.url);
		for (const [name, value] of before) copy.cookies.set(name, value);
		expect((await copy.fetch(CITIZEN_FAMILY_PATH)).status).toBe(401);
		const planted = createTestBrowser(server.url);
		const [name = ''] = [...before.keys()].filter((one) => one.includes('citizen'));
		planted.cookies.set(name, 'planted-by-somebody');
		await signInCitizen(planted, mother);
		expect(planted.cookies.get(name)).not.toBe('planted-by-somebody');
	});

	it('reads no faster than any phone would, and then waits', async () => {
		const browser = await signedIn();
		const ask = async () => (await browser.fetch(CITIZEN_FAMILY_PATH)).status;
		const { atOnceMax } = CITIZEN_READS;
		const statuses = await Promise.all(Array.from({ length: atOnceMax + 20 }, ask));
		expect(new Set(statuses)).toEqual(new Set([200, 429]));
		expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
		expect((await browser.fetch(CITIZEN_FAMILY_PATH)).headers.get('retry-after')).not.toBeNull();
	});

	it('takes with it what the browser kept of its answers, and nothing that waits to be sent', async () => {
		const browser = await signedIn();
		const headers = { 'content-type': 'application/json', origin: server.url };
		const init = { method: 'POST', headers, body: '{}' };
		const answer = await browser.fetch(CITIZEN_SIGN_OUT_PATH, init);
		expect(answer.headers.get('clear-site-data')).toBe('"cache"');
	});
});

describe('a server for real people', () => {
	it('does not start on a directory that holds the demo, whose PINs everybody knows', async () => {
		const start = startServer({ dataDir, env: { NODE_ENV: 'production' } });
		await expect(start).rejects.toThrow(`DATA_DIR ${dataDir} holds the demo`);
		const place = newDataDir();
		const fresh = startServer({ dataDir: place, people: 20, env: { NODE_ENV: 'production' } });
		await expect(fresh).rejects.toThrow('The demo (--people) is not for production');
		rmSync(place, { recursive: true });
	});
});

/** Of the whole process, bytes. */
function residentBytes(pid: number): number {
	const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
	return Number(pages) * 4_096;
}

describe('S-12: a flood of connections that never say who they are', () => {
	const SOCKETS = 2_000;
	/** What may be held of each before it is known. */
	const BYTES_EACH_MAX = 64 * 1024;

	it('is held in little memory, keeps nobody from being answered, and is cut off', async () => {
		const { hostname, port } = new URL(server.url);
		const before = residentBytes(server.pid);
		const beginnings = [
			'',
			`POST /api/sync HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(12_000)}`,
			`GET /live/hints HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n`
		];
		const sockets: Socket[] = [];
		const closed: Promise<unknown>[] = [];
		for (let at = 0; at < SOCKETS; at++) {
			const socket = connect(Number(port), hostname);
			socket.on('error', () => undefined);
			closed.push(new Promise((resolve) => socket.once('close', resolve)));
			socket.write(beginnings[at % beginnings.length] ?? '');
			socket.on('data', () => undefined);
			sockets.push(socket);
		}
		expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
		expect(residentBytes(server.pid) - before).toBeLessThan(SOCKETS * BYTES_EACH_MAX);
		await Promise.all(closed);
		expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
	});
});
