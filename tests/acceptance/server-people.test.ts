import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { findAnswerSchema } from '#lib/protocol/api.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';
import { vouchedIn } from './vouched-device.ts';

const dataDir = newDataDir();
const book = newBook();
let server: RunningServer;
let accounts: Account[];
let writer: TestDevice;
let asker: TestDevice;

beforeAll(async () => {
	accounts = await seedStaff(dataDir);
	await withStorage(dataDir, (storage) =>
		storage.putCatalogue({ kind: 'icd10', from: '2026-01-01', content: 'A00\tTả', importedMs: 1 })
	);
	server = await startServer({ dataDir });
	writer = await signInDevice(server.url, NURSE_A);
	asker = await signInDevice(server.url, NURSE_B);
	const facts = await writer.facts(book, {
		name: 'Phạm Thị Mơ',
		birthDate: '2020-02-29' as never,
		sex: 'female',
		'identifier.personal': { value: '001320000001', source: 'card' }
	});
	await writer.sync({ push: [facts, await writer.note(book, 'bí mật')] });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function post(device: TestDevice, path: string, body: object) {
	return fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify(body)
	});
}

describe('somebody who is not on this tablet', () => {
	it('is found by an exact question, with nothing clinical in the answer', async () => {
		const actor = asker.person;
		for (const question of [
			{ actor, identifier: '001320000001' },
			{ actor, name: 'pham thi mo', birthDate: '2020-02-29' }
		]) {
			const response = await post(asker, '/api/people/find', question);
			const text = await response.text();
			expect(findAnswerSchema.parse(JSON.parse(text)).people).toEqual([
				{ book, name: 'Phạm Thị Mơ', birthDate: '2020-02-29', sex: 'female' }
			]);
			expect(text).not.toContain('bí mật');
		}
		const none = await post(asker, '/api/people/find', { actor, identifier: '001320000002' });
		expect(await none.json()).toEqual({ people: [] });
	});

	it('is opened by their being here: the book comes into the station’s feed and the audit says so', async () => {
		expect((await asker.pullAll()).arrivals).toEqual([]);
		const { token } = await asker.pullAll();
		const body = { actor: asker.person, book, reason: 'present-in-person' };
		expect((await post(asker, '/api/books/open', body)).status).toBe(204);
		const pulled = await asker.pullAll(token);
		expect(pulled.arrivals).toHaveLength(2);
		expect(new Set(pulled.entries.values())).toEqual(new Set<BookId>([book]));
	});

	it('is not asked for by somebody else than staff of the device’s own facility', async () => {
		const auditor = await vouchedIn(dataDir, server.url, accounts, AUDITOR_A.login);
		const question = { identifier: '001320000001' };
		for (const [device, actor] of [
			[auditor, auditor.person],
			[asker, writer.person],
			[asker, newBook()]
		] as const) {
			const found = await post(device, '/api/people/find', { ...question, actor });
			expect(await found.json()).toMatchObject({ type: '/problems/not-allowed', status: 403 });
			const body = { actor, book, reason: 'present-in-person' };
			const opened = await post(device, '/api/books/open', body);
			expect(await opened.json()).toMatchObject({ type: '/problems/not-allowed' });
		}
	});

	it('leaves a row in the audit of each book whose person was named', async () => {
		const device = await signInDevice(server.url, NURSE_B);
		const twin = newBook();
		const facts = { name: 'Phạm Thị Mơ', birthDate: '2020-02-29' as never };
		await device.sync({ push: [await device.facts(twin, facts)] });
		const question = { actor: device.person, name: 'pham thi mo', birthDate: '2020-02-29' };
		const response = await post(device, '/api/people/find', question);
		expect(findAnswerSchema.parse(await response.json()).people).toHaveLength(2);
		await server.stop();
		const rows = await withStorage(dataDir, (storage) =>
			Promise.all(
				[book, twin].map((one) => storage.listAudit({ book: one, action: 'find', limit: 9 }))
			)
		);
		server = await startServer({ dataDir });
		for (const [newest] of rows)
			expect(newest).toMatchObject({ device: device.id, detail: 'by=name hits=2' });
	});

	it('is not opened without end by one device; the audit tells that it tried, once', async () => {
		const device = await signInDevice(server.url, NURSE_B);
		const body = { actor: device.person, book, reason: 'present-in-person' };
		const statuses: number[] = [];
		for (let at = 0; at < 63; at++)
			statuses.push((await post(device, '/api/books/open', body)).status);
		expect(statuses).toEqual([...Array<number>(60).fill(204), 429, 429, 429]);
		await server.stop();
		const rows = await withStorage(dataDir, (storage) =>
			storage.listAudit({ action: 'refuse', limit: 99 })
		);
		server = await startServer({ dataDir });
		const told = rows.filter(({ detail }) => detail === 'open too-many');
		expect(told.map((row) => row.device)).toEqual([device.id]);
	});

	it('cannot be found by trying many', async () => {
		const statuses: number[] = [];
		for (let at = 0; at < 24; at++) {
			const identifier = `0013200099${String(at).padStart(2, '0')}`;
			const response = await post(writer, '/api/people/find', { actor: writer.person, identifier });
			statuses.push(response.status);
		}
		expect(statuses.slice(0, 20)).toEqual(Array(20).fill(200));
		expect(statuses.at(-1)).toBe(429);
		const body = { actor: writer.person, book: newBook(), reason: 'present-in-person' };
		expect((await post(writer, '/api/books/open', body)).status).toBe(429);
	});

	it('cannot be found by trying many at once either', async () => {
		const device = await signInDevice(server.url, NURSE_A);
		const answers = await Promise.all(
			Array.from({ length: 40 }, async (_, at) => {
				const identifier = `0013200088${String(at).padStart(2, '0')}`;
				return post(device, '/api/people/find', { actor: device.person, identifier });
			})
		);
		expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20);
	});

	it('leaves no book of another in a wrong guess', async () => {
		const body = { actor: asker.person, book: newBook(), reason: 'present-in-person' };
		const response = await post(asker, '/api/books/open', body);
		expect(await response.json()).toMatchObject({ type: '/problems/not-found', status: 404 });
	});
});

describe('catalogues, health and reports', () => {
	it('are read once and kept as long as they did not change', async () => {
		const list = await fetch(`${server.url}/api/catalogues`);
		const { editions } = (await list.json()) as { editions: object[] };
		expect(editions).toMatchObject([{ kind: 'icd10', from: '2026-01-01' }]);
		const first = await fetch(`${server.url}/api/catalogues/icd10/2026-01-01`);
		expect(await first.text()).toBe('A00\tTả');
		const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
		const again = await fetch(`${server.url}/api/catalogues/icd10/2026-01-01`, { headers });
		expect(again.status).toBe(304);
	});

	it('counts what a browser reports and keeps nothing of it', async () => {
		const report = (type: string, body: string) =>
			fetch(`${server.url}/api/csp-report`, {
				method: 'POST',
				headers: { 'content-type': type },
				body
			});
		expect((await report('application/csp-report', '{"csp-report":{}}')).status).toBe(204);
		expect((await report('application/reports+json', '[{}]')).status).toBe(204);
		expect((await report('text/plain', 'x')).status).toBe(415);
		const health = await fetch(`${server.url}/api/health`);
		expect(await health.json()).toEqual({ status: 'ok', cspReports: 2, damagedEntries: 0 });
	});

	it('sends headers that forbid framing, sniffing and foreign code', async () => {
		const { headers } = await fetch(`${server.url}/api/health`);
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('no-referrer');
		expect(headers.get('x-powered-by')).toBeNull();
	});

	it('names nobody in the log', () => {
		expect(server.output()).toContain('POST /api/people/find 200');
		expect(server.output()).not.toContain('001320000001');
		expect(server.output()).not.toContain('Mơ');
	});
});
