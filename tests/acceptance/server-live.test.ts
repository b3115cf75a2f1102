/** Live rooms of a real server, watched by the stock y-websocket provider and by plain WebSockets. */
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { BookId } from '#lib/domain/ids.ts';
import { updateOfBook } from '#lib/crdt/book-update.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { LIVE_HINTS_PATH, LIVE_SESSION_PATH } from '#lib/protocol/live.ts';
import { liveCookieOf, openLiveSession, socketLike, until, type Headers } from './live-client.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	STATION_A,
	type RunningServer
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';

/** Longer than a stock provider endures silence. */
const QUIET_MS = 40_000;

const dataDir = newDataDir();
let server: RunningServer;
let nurse: TestDevice;
let stranger: TestDevice;
const closing: (() => void)[] = [];

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
	nurse = await signInDevice(server.url, NURSE_A);
	stranger = await signInDevice(server.url, NURSE_B);
});
afterEach(() => {
	for (const close of closing.splice(0)) close();
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

const sessionOf = (device: TestDevice, actor?: string): Promise<Response> =>
	openLiveSession(server.url, device, actor);
const cookieOf = (device: TestDevice): Promise<string> => liveCookieOf(server.url, device);
const socketClass = (headers: Headers) => socketLike({ origin: server.url, ...headers });

function watch(book: BookId, cookie: string) {
	const document = new Y.Doc();
	const provider = new WebsocketProvider(
		`${server.url.replace('http', 'ws')}/live/book`,
		book,
		document,
		{ WebSocketPolyfill: socketClass({ cookie }) as never, disableBc: true }
	);
	closing.push(() => provider.destroy());
	return { document, provider, entries: document.getMap<Uint8Array>('entries') };
}

/** The status of a refused upgrade, or 101. */
async function knock(path: string, headers: Headers): Promise<number> {
	const socket = new (socketClass(headers))(server.url.replace('http', 'ws') + path);
	closing.push(() => socket.terminate());
	return new Promise((resolve) => {
		socket.on('open', () => resolve(101));
		socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
	});
}

async function bookWithNotes(count: number): Promise<BookId> {
	const book = newBook();
	const push = await Promise.all(
		Array.from({ length: count }, (_, at) => nurse.note(book, `ghi ${at}`))
	);
	await nurse.sync({ push });
	return book;
}

describe('an open book', () => {
	it('is seen by a stock provider, and so is each new entry', async () => {
		const book = await bookWithNotes(3);
		const { document, provider, entries } = watch(book, await cookieOf(nurse));
		await until(() => provider.synced);
		expect(entries.size).toBe(3);
		const next = await nurse.note(book, 'thêm');
		await nurse.sync({ push: [next] });
		await until(() => entries.size === 4);
		expect(entries.get(entryIdOf(next.entry))).toEqual(next.entry);
		expect(Y.encodeStateAsUpdate(document)).toEqual(updateOfBook(entries.values()));
	});

	it('sends somebody who comes back only what is missing', async () => {
		const book = await bookWithNotes(2);
		const cookie = await cookieOf(nurse);
		const { document, provider, entries } = watch(book, cookie);
		await until(() => provider.synced);
		provider.disconnect();
		await nurse.sync({ push: [await nurse.note(book, 'khi vắng')] });
		let bytesReceived = 0;
		document.on('update', (update: Uint8Array) => (bytesReceived += update.length));
		provider.connect();
		await until(() => entries.size === 3);
		const [largest] = [...entries.values()].map(({ length }) => length).sort((a, b) => b - a);
		expect(bytesReceived).toBeLessThan(2 * (largest ?? 0));
	});

	it('cannot be changed: the first foreign write ends the connection for good', async () => {
		const book = await bookWithNotes(1);
		const { provider, entries } = watch(book, await cookieOf(nurse));
		await until(() => provider.synced);
		const closed = new Promise<{ code: number }>((resolve) => {
			provider.on('closed', resolve);
		});
		entries.set('forged', new Uint8Array([1]));
		expect((await closed).code).toBe(4403);
		const other = watch(book, await cookieOf(nurse));
		await until(() => other.provider.synced);
		expect([...other.entries.keys()]).not.toContain('forged');
		expect(other.entries.size).toBe(1);
	});

	it('shows who has it open by the names the server knows, whatever a client claims', async () => {
		const book = await bookWithNotes(1);
		const one = watch(book, await cookieOf(nurse));
		await until(() => one.provider.synced);
		one.provider.awareness.setLocalState({ user: { name: 'Giám đốc', role: 'doctor' } });
		const two = watch(book, await cookieOf(nurse));
		const others = () =>
			[...two.provider.awareness.getStates()]
				.filter(([id]) => id !== two.document.clientID)
				.map(([, state]) => state['user'] as unknown);
		await until(() => others().length === 2);
		const stated = {
			person: nurse.person,
			name: NURSE_A.name,
			role: 'nurse',
			facility: STATION_A.name
		};
		expect(others()).toEqual([stated, stated]);
		one.provider.destroy();
		await until(() => others().length === 1);
	});

	it('stays open through silence longer than a stock client endures', async () => {
		const book = await bookWithNotes(1);
		const { provider } = watch(book, await cookieOf(nurse));
		await until(() => provider.synced);
		let drops = 0;
		provider.on('connection-close', () => (drops += 1));
		await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
		expect(drops).toBe(0);
		expect(provider.wsconnected).toBe(true);
	});

	it('lets nobody in without a session, from another page, or to the book of others', async () => {
		const book = await bookWithNotes(1);
		const cookie = await cookieOf(nurse);
		const path = `/live/book/${book}`;
		expect(await knock(path, { cookie })).toBe(101);
		expect(await knock(path, {})).toBe(401);
		expect(await knock(path, { cookie: `${cookie}x` })).toBe(401);
		expect(await knock(path, { cookie, origin: 'https://other.example' })).toBe(403);
		expect(await knock(path, { cookie: await cookieOf(stranger) })).toBe(404);
		expect(await knock(`/live/book/${newBook()}`, { cookie })).toBe(404);
		expect(await knock('/live/elsewhere', { cookie })).toBe(404);
	});

	it('opens no session for somebody of another facility, or without a token', async () => {
		expect((await sessionOf(nurse, stranger.person)).status).toBe(403);
		expect((await sessionOf({ ...nurse, token: 'x' })).status).toBe(401);
		expect((await sessionOf(nurse, 'not an id')).status).toBe(400);
	});

	it('is closed when its session ends', async () => {
		const book = await bookWithNotes(1);
		const cookie = await cookieOf(nurse);
		const { provider } = watch(book, cookie);
		await until(() => provider.synced);
		const closed = new Promise<{ code: number }>((resolve) => {
			provider.on('closed', resolve);
		});
		await fetch(server.url + LIVE_SESSION_PATH, {
			method: 'DELETE',
			headers: { authorization: `Bearer ${nurse.token}`, cookie }
		});
		expect((await closed).code).toBe(4401);
		expect(await knock(`/live/book/${book}`, { cookie })).toBe(401);
	});

	it.each([
		['nonsense', Buffer.from([0, 9, 9, 9])],
		['a state of more clients than a book has entries', Buffer.from([0, 0, 4, 255, 255, 255, 127])],
		['an empty message', Buffer.alloc(0)],
		['a cut number', Buffer.from([0, 255])]
	])('closes on %s, and the server goes on', async (_name, message) => {
		const book = await bookWithNotes(1);
		const cookie = await cookieOf(nurse);
		const url = `${server.url.replace('http', 'ws')}/live/book/${book}`;
		const socket = new (socketClass({ cookie }))(url);
		const code = await new Promise((resolve) => {
			socket.on('open', () => socket.send(message));
			socket.on('close', resolve);
		});
		expect(code).toBe(4400);
		expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
	});
});

describe('a hint', () => {
	it('comes soon after a push, to the feeds that got rows, and to no other', async () => {
		const listen = async (device: TestDevice): Promise<string[]> => {
			const heard: string[] = [];
			const address = server.url.replace('http', 'ws') + LIVE_HINTS_PATH;
			const socket = new (socketClass({ cookie: await cookieOf(device) }))(address);
			socket.on('message', (data: Buffer) => heard.push(data.toString()));
			closing.push(() => socket.terminate());
			await new Promise((resolve) => socket.on('open', resolve));
			return heard;
		};
		const [own, other] = [await listen(nurse), await listen(stranger)];
		await bookWithNotes(1);
		await until(() => own.length > 0);
		const hint = JSON.parse(own[0] ?? '') as { feed: string; head: number };
		expect(hint.feed).toBe(STATION_A.code);
		await bookWithNotes(1);
		await until(() => own.length > 1);
		expect((JSON.parse(own[1] ?? '') as { head: number }).head).toBeGreaterThan(hint.head);
		expect(other).toEqual([]);
	});
});
