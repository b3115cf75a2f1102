/**
 * Whatever arrives, the answer is a problem document (RFC 9457), nothing is stored, and the process
 * stays up and goes on answering.
 */
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { idToBytes } from '#lib/domain/ids.ts';
import type { CanonicalValue } from '#lib/entry/canonical.ts';
import { encodeCanonical } from '#lib/entry/canonical.ts';
import { bytesToSign } from '#lib/entry/entry.ts';
import { PROBLEM_TYPES, problemSchema } from '#lib/protocol/api.ts';
import { CONTENT_TYPE_REQUEST, REQUEST_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	type RunningServer
} from './start-server.ts';
import {
	acksOf,
	newBook,
	postSignIn,
	postSync,
	signInDevice,
	type TestDevice
} from './test-device.ts';
import { vouchedIn } from './vouched-device.ts';

const BODY_TIMEOUT_MS = 700;
const dataDir = newDataDir();
let server: RunningServer;
let accounts: Account[];
let device: TestDevice;
let auditor: TestDevice;
let pid: number;

beforeAll(async () => {
	accounts = await seedStaff(dataDir);
	server = await startServer({ dataDir, env: { BODY_TIMEOUT_MS: String(BODY_TIMEOUT_MS) } });
	pid = server.pid;
	device = await signInDevice(server.url, NURSE_A);
	auditor = await vouchedIn(dataDir, server.url, accounts, AUDITOR_A.login);
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});
afterEach(async () => {
	expect((await device.pullAll()).arrivals, 'nothing was stored').toEqual([]);
	const health = await fetch(`${server.url}/api/health`);
	expect(health.status).toBe(200);
	expect(() => process.kill(pid, 0)).not.toThrow();
});

async function expectProblem(
	response: Response,
	type: (typeof PROBLEM_TYPES)[number],
	status: number
): Promise<void> {
	expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
	const problem = problemSchema.parse(await response.json());
	expect(problem).toMatchObject({ type, status });
	expect(response.status).toBe(status);
}

const idle = () => encodeRequest({ protocol: 1 });

async function post(body: Uint8Array | string, headers: Record<string, string> = {}) {
	return postSync(server.url, device.token, body, headers);
}

/** Speaks raw HTTP: what a browser's fetch would not send. */
async function speak(text: string | Buffer, afterMs?: number): Promise<string> {
	const { hostname, port } = new URL(server.url);
	return new Promise((resolve, reject) => {
		let heard = '';
		const socket = connect(Number(port), hostname, () => {
			socket.write(text);
			if (afterMs !== undefined) setTimeout(() => socket.destroy(), afterMs);
		});
		socket.on('data', (chunk) => (heard += chunk.toString()));
		socket.on('close', () => resolve(heard));
		socket.on('error', reject);
	});
}

function rawSync(headers: string[], body = ''): string {
	return [
		'POST /api/sync HTTP/1.1',
		'Host: test',
		`Authorization: Bearer ${device.token}`,
		`Content-Type: ${CONTENT_TYPE_REQUEST}`,
		...headers,
		'',
		body
	].join('\r\n');
}

describe('the body of a sync request', () => {
	it('is refused when it is not CBOR, with the reason', async () => {
		const probes = [
			'this is not CBOR',
			new Uint8Array(),
			Uint8Array.of(0xff),
			Uint8Array.of(0xa1, 0x61),
			Uint8Array.of(0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0),
			Uint8Array.of(0xd8, 0x18, 0x40),
			Uint8Array.of(0xbf, 0xff),
			Uint8Array.of(...idle(), 0),
			new Uint8Array(200).fill(0x81)
		];
		for (const probe of probes)
			await expectProblem(await post(probe), '/problems/not-canonical', 400);
	});

	it('is refused when a key is __proto__ or repeated', async () => {
		const proto = Buffer.concat([
			Buffer.from([0xa1, 0x69]),
			Buffer.from('__proto__'),
			Buffer.from([0xa0])
		]);
		await expectProblem(await post(proto), '/problems/not-canonical', 400);
		const twice = Buffer.concat([
			Buffer.from([0xa2, 0x68]),
			Buffer.from('protocol'),
			Buffer.from([1, 0x68]),
			Buffer.from('protocol'),
			Buffer.from([1])
		]);
		await expectProblem(await post(twice), '/problems/not-canonical', 400);
	});

	it('is refused when it is canonical but no request', async () => {
		const good = { protocol: 1 };
		const wrong: CanonicalValue[] = [
			7,
			'text',
			[],
			{},
			{ ...good, extra: true },
			{ ...good, token: new Uint8Array(33) },
			{ ...good, token: new Uint8Array() },
			{ ...good, push: [] },
			{ ...good, push: [{ entry: new Uint8Array(3), signature: new Uint8Array(63) }] },
			{ ...good, push: [{ entry: new Uint8Array(70_000), signature: new Uint8Array(64) }] },
			{ ...good, credit: 65 },
			{ ...good, credit: 'many' },
			{ ...good, journal: { n: -1, link: new Uint8Array(32), signature: new Uint8Array(64) } },
			{ ...good, books: [{ book: new Uint8Array(15), n: 0, digest: new Uint8Array(16) }] }
		];
		for (const value of wrong) {
			const response = await post(encodeCanonical(value));
			const isProtocol =
				typeof value === 'object' && !Array.isArray(value) && !('protocol' in value);
			const type = isProtocol ? '/problems/unknown-protocol' : '/problems/schema';
			await expectProblem(response, type, 400);
		}
	});

	it('is refused when it speaks a protocol of another time', async () => {
		for (const protocol of [0, 2, 99])
			await expectProblem(
				await post(encodeCanonical({ protocol, something: 'new' })),
				'/problems/unknown-protocol',
				400
			);
	});

	it('is refused above 1 MiB, as it stands and unpacked: a bomb is stopped while it unpacks', async () => {
		await expectProblem(
			await post(new Uint8Array(REQUEST_BYTES_MAX + 1)),
			'/problems/too-large',
			413
		);
		const bomb = gzipSync(new Uint8Array(200 * 1024 * 1024));
		expect(bomb.length).toBeLessThan(REQUEST_BYTES_MAX);
		const before = performance.now();
		await expectProblem(
			await post(bomb, { 'content-encoding': 'gzip' }),
			'/problems/too-large',
			413
		);
		expect(performance.now() - before).toBeLessThan(10_000);
	});

	it('may be gzip, but no broken gzip and no other encoding', async () => {
		const good = await post(gzipSync(idle()), { 'content-encoding': 'gzip' });
		expect(good.status).toBe(200);
		const cut = gzipSync(idle()).subarray(0, -5);
		await expectProblem(
			await post(cut, { 'content-encoding': 'gzip' }),
			'/problems/bad-request',
			400
		);
		await expectProblem(
			await post(idle(), { 'content-encoding': 'gzip' }),
			'/problems/bad-request',
			400
		);
		for (const encoding of ['br', 'zstd', 'gzip, gzip'])
			await expectProblem(
				await post(idle(), { 'content-encoding': encoding }),
				'/problems/wrong-content-encoding',
				415
			);
	});

	it('has its own content type', async () => {
		for (const type of ['application/json', 'application/cbor', 'text/html', 'multipart/form-data'])
			await expectProblem(
				await post(idle(), { 'content-type': type }),
				'/problems/wrong-content-type',
				415
			);
	});

	it('may be cut anywhere: nothing of it is stored', async () => {
		const body = Buffer.from(encodeRequest({ protocol: 1, push: [await device.note(newBook())] }));
		for (const share of [0, 0.3, 0.9]) {
			const head = rawSync([`Content-Length: ${body.length}`]);
			const part = body.subarray(0, Math.floor(body.length * share));
			await speak(Buffer.concat([Buffer.from(head), part]), 100);
		}
	});

	it('has to arrive in time', async () => {
		const heard = await speak(rawSync(['Content-Length: 1000', 'Connection: close'], 'slow'));
		expect(heard).toContain('408');
		expect(heard).toContain('/problems/too-slow');
	});

	it('has to arrive in time also where it is JSON', async () => {
		const beganMs = performance.now();
		const heard = await speak(
			[
				'POST /api/sign-in HTTP/1.1',
				'Host: test',
				'Content-Type: application/json',
				'Content-Length: 1000',
				'',
				'{'
			].join('\r\n')
		);
		expect(heard).toContain('/problems/too-slow');
		expect(performance.now() - beganMs).toBeLessThan(10_000);
	});
});

describe('the device token', () => {
	it('has to be there and has to be genuine', async () => {
		await expectProblem(
			await postSync(server.url, undefined, idle()),
			'/problems/token-missing',
			401
		);
		const [bytes = '', signature = ''] = device.token.split('.');
		const otherSignature = auditor.token.split('.')[1] ?? '';
		const wrong = [
			'x',
			'null',
			bytes,
			`${bytes}.`,
			`.${signature}`,
			`${bytes}.${otherSignature}`,
			`${bytes}.${'A'.repeat(86)}`,
			`${bytes.slice(0, -2)}AA.${signature}`,
			`${device.token}.${signature}`,
			'a'.repeat(3_000)
		];
		for (const token of wrong)
			await expectProblem(await postSync(server.url, token, idle()), '/problems/token-wrong', 401);
		const basic = await post(idle(), { authorization: `Basic ${device.token}` });
		await expectProblem(basic, '/problems/token-wrong', 401);
	});

	it('is no certificate of a person', async () => {
		const { bytes, signature } = device.answer.certificate;
		const response = await postSync(server.url, `${bytes}.${signature}`, idle());
		await expectProblem(response, '/problems/token-wrong', 401);
	});

	it('is asked for before a body is read', async () => {
		const response = await postSync(server.url, undefined, new Uint8Array(REQUEST_BYTES_MAX * 2));
		await expectProblem(response, '/problems/token-missing', 401);
	});
});

describe('one bad entry in a push', () => {
	async function refusal(pushed: PushedEntry): Promise<string | undefined> {
		const [ack] = acksOf(await device.sync({ push: [pushed] }));
		return ack?.ack === 'refused' ? ack.code : ack?.ack;
	}

	async function signed(entry: Uint8Array): Promise<PushedEntry> {
		return { entry, signature: await device.personKey.sign(bytesToSign(entry)) };
	}

	/** An entry as the wire has it, with some fields stated otherwise. */
	function raw(change: { [key: string]: CanonicalValue } = {}): Uint8Array {
		const { author } = device;
		return encodeCanonical({
			v: 1,
			alg: -7,
			book: idToBytes(newBook()),
			kind: 'facts',
			schema: 1,
			class: 'fact',
			effect: 'adds',
			label: 'general',
			occurred: '2026-11-20',
			recorded: { ms: Date.now(), counter: 1 },
			author: {
				person: idToBytes(author.person),
				role: author.role,
				facility: author.facility ?? '',
				key: idToBytes(author.key)
			},
			body: { name: 'Nguyễn Văn An' },
			...change
		});
	}

	it('is refused with its code: form, limits, dates, identifiers', async () => {
		const megabyteName = 'a'.repeat(30_000);
		const bodies: { [key: string]: CanonicalValue }[] = [
			{ name: megabyteName },
			{ name: 'An\u0000' },
			{ name: '12345' },
			{ name: '  An' },
			{ birthDate: '2026-02-30' },
			{ birthDate: '1870-01-01' },
			{ birthDate: 20_261_120 },
			{ phone: '09abc' },
			{ 'identifier.personal': { value: '12345678901a', source: 'card' } },
			{ 'identifier.personal': { value: '1234', source: 'card' } },
			{ sex: 'maybe' },
			{ constructor: { prototype: 1 } },
			{}
		];
		for (const body of bodies) expect(await refusal(await signed(raw({ body })))).toBe('schema');
		const envelopes: { [key: string]: CanonicalValue }[] = [
			{ occurred: '2026-13-01' },
			{ occurred: '2026-11-24T25:00' },
			{ book: 'text' },
			{ book: new Uint8Array(3) },
			{ recorded: { ms: -1, counter: 0 } },
			{ effect: 'replaces' },
			{ alg: -8 },
			{ extra: 1 }
		];
		for (const envelope of envelopes)
			expect(await refusal(await signed(raw(envelope)))).toBe('envelope');
		expect(await refusal(await signed(raw({ class: 'event' })))).toBe('kind-rule');
		expect(await refusal(await signed(new Uint8Array(33 * 1024)))).toBe('too-large');
		expect(await refusal(await signed(Buffer.from('no cbor')))).toBe('not-canonical');
	});

	it('is refused when it is not signed by its author, or its author is nobody here', async () => {
		const entry = raw();
		expect(await refusal({ entry, signature: new Uint8Array(64) })).toBe('signature');
		const good = await signed(entry);
		expect(await refusal({ entry: raw(), signature: good.signature })).toBe('signature');
		const { author } = device;
		const stated = {
			person: idToBytes(author.person),
			role: author.role,
			facility: author.facility ?? '',
			key: idToBytes(author.key)
		};
		const others = [
			{ ...stated, key: idToBytes(newBook()) },
			{ ...stated, person: idToBytes(auditor.person) },
			{ ...stated, role: 'doctor' },
			{ ...stated, facility: '01002' }
		];
		for (const other of others)
			expect(await refusal(await signed(raw({ author: other })))).toBe('unknown-author');
	});

	it('is refused when the role may not write', async () => {
		const [ack] = acksOf(await auditor.sync({ push: [await auditor.note(newBook())] }));
		expect(ack).toMatchObject({ ack: 'refused', code: 'not-allowed' });
	});
});

describe('JSON requests', () => {
	const signInBody = { login: 'lan.a', pin: '123456', personKey: 'AA', deviceKey: 'AA' };

	it('are refused when they are malformed, poisoned, too large or of another type', async () => {
		const json = (body: string, headers: Record<string, string> = {}) =>
			fetch(`${server.url}/api/sign-in`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body
			});
		for (const body of [
			'{',
			'',
			'null x',
			'{"__proto__": {"a": 1}}',
			'{"constructor": {"prototype": {}}}'
		])
			await expectProblem(await json(body), '/problems/bad-request', 400);
		await expectProblem(await json('"x"'.padEnd(5_000)), '/problems/too-large', 413);
		await expectProblem(
			await json('{}', { 'content-type': 'text/plain' }),
			'/problems/wrong-content-type',
			415
		);
		await expectProblem(
			await json('{}', { 'content-encoding': 'gzip' }),
			'/problems/wrong-content-encoding',
			415
		);
	});

	it('are refused with the path of the wrong field, never its value', async () => {
		const wrong = [
			[{ ...signInBody, pin: '12345x' }, 'pin'],
			[{ ...signInBody, pin: ['1', '2'] }, 'pin'],
			[{ ...signInBody, login: 'a'.repeat(1_000) }, 'login'],
			[{ ...signInBody, login: null }, 'login'],
			[{ ...signInBody, personKey: '***' }, 'personKey'],
			[{ ...signInBody, extra: 1 }, ''],
			[null, ''],
			[[], '']
		] as const;
		for (const [body, path] of wrong) {
			const response = await postSignIn(server.url, body);
			const text = await response.text();
			expect(JSON.parse(text)).toMatchObject({ type: '/problems/schema', status: 400, path });
			expect(text).not.toContain('12345x');
		}
	});
});

describe('addresses and methods', () => {
	it('answers an unknown address and a wrong method with a problem', async () => {
		const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
		await expectProblem(await get('/api/nothing'), '/problems/not-found', 404);
		await expectProblem(await get('/api/catalogues/icd10/none'), '/problems/not-found', 404);
		await expectProblem(await get('/api/sync'), '/problems/wrong-method', 405);
		await expectProblem(
			await get('/api/sign-in', { method: 'DELETE' }),
			'/problems/wrong-method',
			405
		);
		await expectProblem(await get('/api/%zz'), '/problems/bad-request', 400);
		await expectProblem(await get('/nothing.js'), '/problems/not-found', 404);
		await expectProblem(
			await get('/api/page', { headers: { accept: 'text/html' } }),
			'/problems/not-found',
			404
		);
	});

	it('answers what is not HTTP, and headers without end', async () => {
		expect(await speak('hello\r\n\r\n')).toContain('/problems/bad-request');
		const long = `GET /api/health HTTP/1.1\r\nHost: test\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`;
		expect(await speak(long)).toContain('/problems/too-large');
		const both = rawSync(['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n');
		expect(await speak(both)).toContain('/problems/bad-request');
	});
});

describe('what was refused', () => {
	it('is named in no log line, only counted', () => {
		expect(server.output()).not.toContain('Nguyễn Văn An');
		expect(server.output()).not.toContain(device.token);
		expect(server.output()).not.toContain('FAILURE');
	});
});
