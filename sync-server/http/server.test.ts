import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	brotliCompressSync,
	brotliDecompressSync,
	gunzipSync,
	zstdDecompressSync
} from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesToId, type DeviceId } from '#lib/domain/ids.ts';
import { CONTENT_TYPE_ANSWER, CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { encodeFrame, encodeRequest } from '#lib/protocol/wire.ts';
import { SYNC_REQUESTS } from '../auth/buckets.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { createDamage } from '../sync/damage.ts';
import { StorageFailure } from '../storage/storage.ts';
import { createLog } from './log.ts';
import { createHttpServer } from './server.ts';

const INDEX = '<!doctype html><script>boot()</script>';
const SCRIPT = 'export const text = "một hai ba";'.repeat(100);
const appFolder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-app-'));
const lines: string[] = [];
let app: FastifyInstance;
let brokenCount = 0;
let nowMs = 0;
let frames: () => AsyncGenerator<Frame>;

beforeAll(async () => {
	mkdirSync(join(appFolder, '_app/immutable'), { recursive: true });
	writeFileSync(join(appFolder, 'index.html'), INDEX);
	writeFileSync(join(appFolder, '.built-from'), 'a stamp');
	writeFileSync(join(appFolder, 'service-worker.js'), SCRIPT);
	writeFileSync(join(appFolder, '_app/immutable/a.js'), SCRIPT);
	writeFileSync(join(appFolder, '_app/immutable/a.js.br'), brotliCompressSync(SCRIPT));
	app = await createApp();
});
afterAll(async () => {
	await app.close();
	rmSync(appFolder, { recursive: true });
});

async function createApp(): Promise<FastifyInstance> {
	const device = bytesToId<DeviceId>(new Uint8Array(16));
	return createHttpServer({
		storage: openMemoryStorage(createMemoryDisk(new Uint8Array(6))),
		sync: {
			answer: () => frames(),
			review: async () => ({ type: 'not-found' }),
			admit: async () => []
		},
		verify: async () => false,
		sealingKey: { open: () => undefined },
		tabletSecrets: { pepperOf: () => new Uint8Array(32) },
		leaseMs: 1,
		authenticate: async () => ({ type: 'actor', actor: { device, facility: '01001' } }),
		enrol: async () => ({ type: 'unknown-code' }),
		signIn: async () => {
			throw new Error('patient Nguyễn Văn An');
		},
		damage: createDamage(),
		clock: { nowMs: () => nowMs },
		log: createLog((line) => lines.push(line)),
		appFolder,
		bodyTimeoutMs: 1_000,
		onBrokenStore: () => (brokenCount += 1)
	});
}

async function sync(headers: Record<string, string> = {}) {
	return app.inject({
		method: 'POST',
		url: '/api/sync',
		headers: { 'content-type': CONTENT_TYPE_REQUEST, ...headers },
		payload: Buffer.from(encodeRequest({ protocol: 1 }))
	});
}

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

describe('a device that asks without end', () => {
	it('is told to wait, and is answered again when it has', async () => {
		const endless = await createApp();
		frames = async function* () {
			yield { frame: 'end', now: 0 };
		};
		const ask = () =>
			endless.inject({
				method: 'POST',
				url: '/api/sync',
				headers: { 'content-type': CONTENT_TYPE_REQUEST },
				payload: Buffer.from(encodeRequest({ protocol: 1 }))
			});
		for (let at = 0; at < SYNC_REQUESTS.atOnceMax; at++) expect((await ask()).statusCode).toBe(200);
		const refused = await ask();
		expect(refused.statusCode).toBe(429);
		expect(refused.headers['retry-after']).toBe('1');
		expect(refused.json()).toMatchObject({ type: '/problems/too-many-attempts', retryAfter: 1 });
		nowMs += 1_000;
		expect((await ask()).statusCode).toBe(200);
		await endless.close();
	});
});

describe('the app', () => {
	it('does not show files of the build that are none of its own', async () => {
		expect((await get('/.built-from')).statusCode).toBe(404);
	});

	it('is kept for ever where the name holds the content, else asked for again', async () => {
		const script = await get('/_app/immutable/a.js', { 'accept-encoding': 'br' });
		expect(script.headers['cache-control']).toContain('immutable');
		expect(script.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(script.rawPayload).toString()).toBe(SCRIPT);
		for (const path of ['/', '/index.html', '/service-worker.js'])
			expect((await get(path)).headers['cache-control']).toBe('no-cache');
	});

	it('answers any page address with the page, under a policy that knows its script', async () => {
		const page = await get('/clinic/book/some-id', { accept: 'text/html,*/*' });
		expect(page.statusCode).toBe(200);
		expect(page.body).toBe(INDEX);
		expect(page.headers['cache-control']).toBe('no-cache');
		expect(page.headers['content-security-policy']).toMatch(/'sha256-[^']+'/);
	});

	it('changes the policy with the page when a new build is put under the running server', async () => {
		const hashOf = (script: string) => createHash('sha256').update(script).digest('base64');
		const policy = async () => (await get('/')).headers['content-security-policy'];
		expect(await policy()).toContain(hashOf('boot()'));
		rmSync(join(appFolder, 'index.html'));
		expect(await policy()).toContain(hashOf('boot()'));
		writeFileSync(join(appFolder, 'index.html'), INDEX.replace('boot()', 'other()'));
		expect(await policy()).toContain(hashOf('other()'));
		expect(await policy()).not.toContain(hashOf('boot()'));
		writeFileSync(join(appFolder, 'index.html'), INDEX);
		expect(await policy()).toContain(hashOf('boot()'));
	});

	it('answers no page where a file, the API or another method was meant', async () => {
		const html = { accept: 'text/html' };
		for (const path of ['/_app/immutable/gone.js', '/api/unknown', '/live/book/x'])
			expect((await get(path, html)).statusCode).toBe(404);
		expect((await get('/clinic')).statusCode).toBe(404);
		const posted = await app.inject({ method: 'POST', url: '/clinic', headers: html });
		expect(posted.statusCode).toBe(404);
	});

	it('gives nothing outside its folder', async () => {
		for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json']) {
			const answer = await get(path);
			expect(answer.statusCode).toBeGreaterThanOrEqual(400);
		}
	});
});

describe('an answer of frames', () => {
	const end: Frame = { frame: 'end', now: 1 };

	async function* many(): AsyncGenerator<Frame> {
		const page: Frame = { frame: 'page', rows: [], ids: new Uint8Array(32) };
		for (let at = 0; at < 50; at++) yield page;
		yield end;
	}

	async function whole(): Promise<Buffer> {
		const parts: Uint8Array[] = [];
		for await (const frame of many()) parts.push(encodeFrame(frame));
		return Buffer.concat(parts);
	}

	it('is small: sent as it is', async () => {
		frames = async function* () {
			yield end;
		};
		const answer = await sync({ 'accept-encoding': 'zstd, gzip' });
		expect(answer.headers['content-encoding']).toBeUndefined();
		expect(answer.headers['content-type']).toBe(CONTENT_TYPE_ANSWER);
		expect(answer.rawPayload).toEqual(Buffer.from(encodeFrame(end)));
	});

	it('is large: packed as accepted', async () => {
		frames = many;
		const unpack = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync };
		for (const encoding of ['zstd', 'br', 'gzip'] as const) {
			const answer = await sync({ 'accept-encoding': encoding });
			expect(answer.headers['content-encoding']).toBe(encoding);
			expect(unpack[encoding](answer.rawPayload)).toEqual(await whole());
		}
		expect((await sync()).rawPayload).toEqual(await whole());
	});

	it('that fails before its first frame is a problem; a full disk is not the end', async () => {
		// eslint-disable-next-line require-yield -- it fails before it answers anything
		frames = async function* () {
			throw new StorageFailure('disk-full', 'full');
		};
		const busy = await sync();
		expect(busy.statusCode).toBe(503);
		expect(busy.headers['retry-after']).toBe('5');
		expect(busy.json()).toMatchObject({ type: '/problems/busy', retryAfter: 5 });
		expect(brokenCount).toBe(0);
	});

	it('that finds the store broken ends the process', async () => {
		// eslint-disable-next-line require-yield -- it fails before it answers anything
		frames = async function* () {
			throw new StorageFailure('corrupt', 'broken');
		};
		expect((await sync()).json()).toMatchObject({ type: '/problems/internal', status: 500 });
		expect(brokenCount).toBe(1);
	});
});

describe('an unexpected failure', () => {
	it('answers internal, stays up, and is logged without its text', async () => {
		const key = 'A'.repeat(87);
		const failed = await app.inject({
			method: 'POST',
			url: '/api/sign-in',
			payload: { login: 'lan', pin: '123456', personKey: key, deviceKey: key }
		});
		expect(failed.statusCode).toBe(500);
		expect(failed.json()).toMatchObject({ type: '/problems/internal' });
		expect((await get('/api/health')).statusCode).toBe(200);
		const log = lines.join('\n');
		expect(log).toContain('FAILURE Error');
		expect(log).toContain('server.test.ts');
		expect(log).not.toContain('Nguyễn');
	});
});

describe('a server that ends', () => {
	it('tells whoever still asks to come back, in the form of every refusal', async () => {
		const ending = await createApp();
		const release = Promise.withResolvers<undefined>();
		ending.addHook('preClose', async () => {
			await release.promise;
		});
		const url = await ending.listen({ host: '127.0.0.1', port: 0 });
		const closed = ending.close();
		for (const path of ['/api/health', '/', '/api/unknown']) {
			const answer = await fetch(url + path);
			expect(answer.status).toBe(503);
			expect(answer.headers.get('content-type')).toContain('application/problem+json');
			expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
			expect(await answer.json()).toMatchObject({ type: '/problems/busy' });
		}
		release.resolve(undefined);
		await closed;
	});
});
