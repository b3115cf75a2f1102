/** S-21: what cannot be written into the access log is not done. Every way in which a book leaves, with the log down. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	bytesToId,
	idToBytes,
	type BookId,
	type DeviceId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import { lookupsOfQuestion } from '#lib/domain/people/lookups.ts';
import type { ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { buildEntry } from '#lib/entry/entry.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { SyncRequest } from '#lib/protocol/messages.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { openLogKey } from '../auth/log-key.ts';
import { createSealingKey } from '../auth/sealing-key.ts';
import { createTabletSecrets } from '../auth/tablet-secrets.ts';
import { CITIZEN_COOKIE, openCitizenSessions } from '../citizen/citizen-sessions.ts';
import { createCheckpoints } from '../jobs/checkpoints.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';
import { createDamage } from '../sync/damage.ts';
import { createSyncService } from '../sync/sync-service.ts';
import { createLog } from './log.ts';
import { createHttpServer } from './server.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 2);
const NAME = 'Lường Thị Vui';
const NUMBER = '014188990003';
const idOf = <Id extends string>(n: number): Id => bytesToId<Id>(new Uint8Array(16).fill(n));
const BOOK = idOf<BookId>(1);
const DOCTOR = idOf<PersonId>(7);
const DEVICE = idOf<DeviceId>(5);
const HERE = '14SB1';
const THERE = '14SB2';
const directory = mkdtempSync(join(tmpdir(), 'unlogged-'));
const clock = { nowMs: () => NOW_MS };

let isDown = false;
let app: FastifyInstance;
let storage: ServerStorage;
let cookie = '';
/** Whose tablet speaks. */
let facility = HERE;

/** The store without its log: an audit row, and what would stand in one commit with one, is refused. */
function withoutLog(inner: ServerStorage): ServerStorage {
	return new Proxy(inner, {
		get: (target, name) => {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return async (...args: unknown[]): Promise<unknown> => {
				if (
					isDown &&
					['audit', 'append', 'review', 'openInEmergency', 'reviewEmergency'].includes(String(name))
				)
					throw new StorageFailure('disk-full', 'the log is down');
				return Reflect.apply(method, target, args) as unknown;
			};
		}
	});
}

function factsOf(book: BookId, counter: number) {
	return buildEntry({
		book,
		kind: 'facts',
		class: 'fact',
		body: {
			name: NAME,
			birthDate: '1988-06-24' as ClinicalTime,
			'identifier.personal': { value: NUMBER, source: 'card' }
		},
		occurred: '2026-11-24' as ClinicalTime,
		recorded: { ms: NOW_MS, counter },
		author: { person: DOCTOR, role: 'doctor', facility: HERE, key: idOf<KeyId>(8) }
	});
}

async function fill(): Promise<void> {
	const { id, bytes } = factsOf(BOOK, 0);
	const lookups = lookupsOfQuestion({ identifier: NUMBER });
	const signature = new Uint8Array(64);
	const entry = { book: BOOK, id, bytes, signature, facility: HERE, lookups, flags: [] };
	await storage.append({ entries: [entry], audit: { at: NOW_MS }, lane: 'small' });
	for (const code of [HERE, THERE]) {
		const station = { code, name: `Trạm ${code}`, kind: 'commune-station' as const };
		await storage.putFacility({ ...station, commune: '1', shortCode: code.slice(2) }, []);
	}
	const account = { login: 'd', name: 'Bùi Đức Minh', role: 'doctor' as const, passwordHash: '' };
	await storage.putAccount({ ...account, person: DOCTOR, facility: HERE });
	await storage.putAccount({ ...account, login: 'e', person: idOf(6), facility: THERE });
	for (const [person, at, number] of [
		[DOCTOR, HERE, 8],
		[idOf<PersonId>(6), THERE, 9]
	] as const) {
		const key = {
			key: idOf<KeyId>(number),
			publicKey: new Uint8Array(65),
			role: 'doctor' as const
		};
		await storage.putPersonKey({ ...key, person, device: DEVICE, facility: at, fromMs: NOW_MS });
	}
	const refused = factsOf(BOOK, 1);
	await storage.putQuarantine([
		{ at: NOW_MS, device: DEVICE, facility: HERE, ...refused, signature, code: 'schema' }
	]);
}

beforeAll(async () => {
	storage = withoutLog(openMemoryStorage(createMemoryDisk(randomBytes(6))));
	await fill();
	const verify = async () => true;
	const checkpoints = createCheckpoints({
		storage,
		clock,
		randomBytes,
		key: openLogKey(directory),
		file: join(directory, 'checkpoints'),
		every: () => undefined,
		onFailure: () => undefined
	});
	const secret = randomBytes(32);
	const sessions = openCitizenSessions({
		file: join(directory, 'sessions'),
		secret,
		clock,
		randomBytes
	});
	cookie = await sessions.open({
		personalNumber: NUMBER,
		name: NAME,
		birthDate: '1988-06-24' as PartialDate
	});
	app = await createHttpServer({
		storage,
		verify,
		clock,
		checkpoints,
		sync: createSyncService({ storage, verify, clock, issuingKey: new Uint8Array(65) }),
		authenticate: async () => ({ type: 'actor', actor: { device: DEVICE, facility } }),
		enrol: async () => ({ type: 'unknown-code' }),
		signIn: async () => ({ type: 'busy' }),
		sealingKey: createSealingKey(secret),
		tabletSecrets: createTabletSecrets(secret),
		leaseMs: 1_000,
		damage: createDamage(),
		log: createLog(() => undefined),
		bodyTimeoutMs: 1_000,
		onBrokenStore: () => undefined,
		citizens: {
			sessions,
			signIn: { type: 'stand-in' },
			origin: { host: '127.0.0.1', isTls: false },
			demoCitizens: () => [],
			randomBytes
		}
	});
});
afterAll(async () => {
	await app.close();
	rmSync(directory, { recursive: true });
});

const ACTOR = { actor: DOCTOR, book: BOOK };
const HEADERS = { authorization: 'Bearer x', host: 'here', origin: 'http://here' };
const NOTHING_HELD = { n: 0, digest: new Uint8Array(16) };

function json(url: string, body: unknown): InjectOptions {
	const headers = { ...HEADERS, 'content-type': 'application/json' };
	return { method: 'POST', url, headers, payload: JSON.stringify(body) };
}
function cbor(url: string, request: Omit<SyncRequest, 'protocol'>): InjectOptions {
	const headers = { ...HEADERS, 'content-type': CONTENT_TYPE_REQUEST };
	return {
		method: 'POST',
		url,
		headers,
		payload: Buffer.from(encodeRequest({ protocol: 1, ...request }))
	};
}
const aBook = { books: [{ book: idToBytes(BOOK), ...NOTHING_HELD }] };

/** Each with what its answer tells of somebody. */
const WAYS: [what: string, request: () => InjectOptions, telling: string][] = [
	['the feed of a tablet', () => cbor('/api/sync', {}), NAME],
	['a book by itself', () => cbor('/api/sync', { ...aBook, credit: 3 }), NAME],
	['finding somebody', () => json('/api/people/find', { actor: DOCTOR, identifier: NUMBER }), NAME],
	['how far a book was read', () => json('/api/books/journey', ACTOR), '"newest"'],
	['the list of refused entries', () => json('/api/quarantine/list', { actor: DOCTOR }), BOOK],
	[
		'a refused entry',
		() => json('/api/quarantine/read', { actor: DOCTOR, number: 1, entry: factsOf(BOOK, 1).id }),
		'"bytes"'
	],
	['what a PIN is checked with', () => json('/api/sign-in/lease', { actor: DOCTOR }), '"pepper"'],
	['a family’s list of books', () => ({ url: '/api/citizen/family', headers: HEADERS }), BOOK],
	['a family’s books', () => cbor('/api/citizen/sync', aBook), NAME],
	[
		'what was opened in an emergency',
		() => ({ url: '/api/citizen/emergencies', headers: HEADERS }),
		'"emergencies"'
	],
	['until when books are open', () => json('/api/books/ending', { actor: DOCTOR }), '"books"'],
	['who opened a book', () => json('/api/citizen/accesses', { book: BOOK }), '"accesses"']
];

async function send(request: InjectOptions) {
	const headers = { ...request.headers, cookie: `${CITIZEN_COOKIE}=${cookie}` };
	try {
		const answer = await app.inject({ ...request, headers });
		return { status: answer.statusCode, text: answer.rawPayload.toString('utf8') };
	} catch {
		// The answer was cut before its first frame.
		return { status: 0, text: '' };
	}
}

async function rowsNow(): Promise<number> {
	return (await storage.listAudit({ limit: 10_000 })).length;
}

describe('with the access log down', () => {
	for (const [what, request, telling] of WAYS)
		it(`${what} is refused, and told with a row once the log is back`, async () => {
			isDown = true;
			const before = await rowsNow();
			const refused = await send(request());
			expect(refused.text).not.toContain(telling);
			expect(refused.status === 200 ? refused.text : '').toBe('');
			isDown = false;
			expect(await rowsNow()).toBe(before);
			const told = await send(request());
			expect([told.status, told.text]).toEqual([200, expect.stringContaining(telling)]);
			expect(await rowsNow()).toBeGreaterThan(before);
		});

	it('no book is opened to another station', async () => {
		facility = THERE;
		const request = () =>
			json('/api/books/open', { actor: idOf(6), book: BOOK, reason: 'present-in-person' });
		isDown = true;
		expect((await send(request())).status).toBe(503);
		expect(await storage.isMember(THERE, BOOK)).toBe(false);
		isDown = false;
		expect((await send(request())).status).toBe(204);
		expect(await storage.isMember(THERE, BOOK)).toBe(true);
		facility = HERE;
	});

	it('nothing pushed is acknowledged or kept', async () => {
		isDown = true;
		const { bytes } = factsOf(BOOK, 2);
		const push = [{ entry: bytes, signature: new Uint8Array(64) }];
		const answer = await send(cbor('/api/sync', { push, credit: 0 }));
		expect(answer.text).not.toContain('accepted');
		expect((await storage.readBookState(BOOK))?.n).toBe(1);
		isDown = false;
	});
});
