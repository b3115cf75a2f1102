/** Visits written together, through a real server and the stock y-websocket provider. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { DRAFT_BYTES_MAX, sign, signatureOf } from '#lib/crdt/joint-draft.ts';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { liveCookieOf, socketLike, until } from './live-client.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	type RunningServer,
	type TestStaff
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';

const COLLEAGUE: TestStaff = { ...NURSE_A, login: 'van', name: 'Hoàng Thị Vân' };

const dataDir = newDataDir();
let server: RunningServer;
let nurse: TestDevice;
let colleague: TestDevice;
let stranger: TestDevice;
let book: BookId;
const closing: (() => void)[] = [];

beforeAll(async () => {
	await seedStaff(dataDir, [NURSE_A, COLLEAGUE, NURSE_B]);
	server = await startServer({ dataDir });
	nurse = await signInDevice(server.url, NURSE_A);
	colleague = await signInDevice(server.url, COLLEAGUE);
	stranger = await signInDevice(server.url, NURSE_B);
	book = newBook();
	await nurse.sync({ push: [await nurse.note(book, 'ghi')] });
});
afterEach(() => {
	for (const close of closing.splice(0)) close();
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

const newDraft = (): string => bytesToId(randomBytes(16));
const socketsOf = (): string => server.url.replace('http', 'ws');

async function write(id: string, device: TestDevice, document = new Y.Doc(), inBook = book) {
	const cookie = await liveCookieOf(server.url, device);
	const provider = new WebsocketProvider(`${socketsOf()}/live/draft`, id, document, {
		WebSocketPolyfill: socketLike({ cookie, origin: server.url }) as never,
		disableBc: true,
		params: { book: inBook }
	});
	closing.push(() => provider.destroy());
	const closed = new Promise<number>((resolve) => {
		provider.on('closed', ({ code }: { code: number }) => resolve(code));
	});
	return { document, provider, closed, text: document.getText('findings') };
}

async function watchBook(device: TestDevice) {
	const cookie = await liveCookieOf(server.url, device);
	const provider = new WebsocketProvider(`${socketsOf()}/live/book`, book, new Y.Doc(), {
		WebSocketPolyfill: socketLike({ cookie, origin: server.url }) as never,
		disableBc: true
	});
	closing.push(() => provider.destroy());
	return () =>
		[...provider.awareness.getStates().values()].flatMap(({ user }) =>
			user === undefined ? [] : [user as { person: string; draft?: string }]
		);
}

const signature = (device: TestDevice) => ({ person: device.person, name: 'Lò Thị Thắm', atMs: 1 });

describe('a visit written by two of one station', () => {
	it('has the words of both, at once, and of whoever was away when they come back', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		one.text.insert(0, 'Họng đỏ. ');
		const two = await write(id, colleague);
		await until(() => two.text.toJSON() === 'Họng đỏ. ');
		two.text.insert(two.text.length, 'Phổi trong.');
		await until(() => one.text.toJSON() === 'Họng đỏ. Phổi trong.');
		one.provider.disconnect();
		one.text.insert(0, 'Tỉnh. ');
		two.text.insert(two.text.length, ' Bụng mềm.');
		one.provider.connect();
		await until(() => one.text.toJSON() === 'Tỉnh. Họng đỏ. Phổi trong. Bụng mềm.');
		await until(() => two.text.toJSON() === one.text.toJSON());
	});

	it('is offered to colleagues who open the book, and to nobody of another place', async () => {
		await stranger.sync({ push: [await stranger.note(book, 'cùng sổ')] });
		const present = await watchBook(colleague);
		const presentElsewhere = await watchBook(stranger);
		const own = await watchBook(nurse);
		const id = newDraft();
		const draftOf = (list: { person: string; draft?: string }[]) =>
			list.find(({ person }) => person === nurse.person)?.draft;
		const one = await write(id, nurse);
		await until(() => draftOf(present()) === id);
		await until(() => draftOf(own()) === id);
		await until(() => presentElsewhere().some(({ person }) => person === nurse.person));
		expect(draftOf(presentElsewhere())).toBeUndefined();
		one.provider.destroy();
		await until(() => draftOf(present()) === undefined);
		expect(present().some(({ person }) => person === nurse.person)).toBe(true);
	});

	it('lets nobody of another station in, and nobody under another book', async () => {
		await stranger.sync({ push: [await stranger.note(book, 'cùng sổ')] });
		const id = newDraft();
		const one = await write(id, nurse);
		await until(() => one.provider.synced);
		expect(await (await write(id, stranger)).closed).toBe(4404);
		const other = newBook();
		await nurse.sync({ push: [await nurse.note(other, 'sổ khác')] });
		expect(await (await write(id, nurse, new Y.Doc(), other)).closed).toBe(4404);
	});

	it('is frozen for both when one of them has signed', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		const two = await write(id, colleague);
		one.text.insert(0, 'Họng đỏ.');
		await until(() => two.text.length > 0);
		sign(one.document, signature(nurse));
		await until(() => signatureOf(two.document)?.person === nurse.person);
		two.text.insert(0, 'muộn');
		expect(await two.closed).toBe(4409);
		const late = await write(id, colleague);
		await until(() => signatureOf(late.document) !== undefined);
		expect(late.text.toJSON()).toBe('Họng đỏ.');
	});

	it('tells whoever was away who signed, and keeps the words of the signed visit as they were', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		const two = await write(id, colleague);
		one.text.insert(0, 'Họng đỏ.');
		await until(() => two.text.length > 0);
		two.provider.disconnect();
		two.text.insert(two.text.length, ' Thêm.');
		sign(two.document, signature(colleague));
		sign(one.document, signature(nurse));
		await until(() => one.provider.synced);
		two.provider.connect();
		expect(await two.closed).toBe(4409);
		const late = await write(id, nurse);
		await until(() => signatureOf(late.document) !== undefined);
		expect(signatureOf(late.document)?.person).toBe(nurse.person);
		expect(late.text.toJSON()).toBe('Họng đỏ.');
	});

	it('cannot be signed in the name of another', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		await until(() => one.provider.synced);
		sign(one.document, signature(colleague));
		expect(await one.closed).toBe(4400);
		const two = await write(id, colleague);
		await until(() => two.provider.synced);
		expect(signatureOf(two.document)).toBeUndefined();
	});

	it('is nowhere on the disk of the server, and comes back from a tablet after the server died', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		const words = 'chỉ trong bộ nhớ của máy chủ';
		one.text.insert(0, words);
		const two = await write(id, colleague);
		await until(() => two.text.toJSON() === words);
		for (const file of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
			const path = join(dataDir, file);
			try {
				expect(readFileSync(path).includes(words)).toBe(false);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
			}
		}
		await server.kill();
		server = await startServer({ dataDir });
		const again = await write(id, nurse, one.document);
		await until(() => again.provider.synced);
		const third = await write(id, colleague);
		await until(() => third.text.toJSON() === words);
	});
});

describe('a hostile writer', () => {
	it('sends more than a draft may hold, and only that writer is sent away', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		const two = await write(id, colleague);
		one.text.insert(0, 'Họng đỏ.');
		await until(() => two.text.length > 0);
		const large = 'x'.repeat(DRAFT_BYTES_MAX / 2);
		one.text.insert(0, large);
		await until(() => two.text.length > large.length);
		one.text.insert(0, large);
		expect(await one.closed).toBe(4429);
		two.text.insert(0, 'Tỉnh.');
		const late = await write(id, nurse);
		await until(() => late.text.toJSON().startsWith('Tỉnh.'));
		expect(late.text.length).toBeLessThan(DRAFT_BYTES_MAX);
	});

	it('sends what builds on nothing, and the next writer finds the draft as it was', async () => {
		const id = newDraft();
		const one = await write(id, nurse);
		one.text.insert(0, 'Họng đỏ.');
		const elsewhere = new Y.Doc();
		const updates: Uint8Array[] = [];
		elsewhere.on('update', (update: Uint8Array) => updates.push(update));
		for (let at = 0; at < 50; at++) elsewhere.getText('findings').insert(0, 'x');
		const [orphan = new Uint8Array()] = updates.slice(-1);
		const cookie = await liveCookieOf(server.url, colleague);
		const Socket = socketLike({ cookie, origin: server.url });
		const socket = new Socket(`${socketsOf()}/live/draft/${id}?book=${book}`);
		const code = await new Promise((resolve) => {
			socket.on('open', () => socket.send(Buffer.from([0, 2, orphan.length, ...orphan])));
			socket.on('close', resolve);
		});
		expect(code).toBe(4400);
		const late = await write(id, colleague);
		await until(() => late.provider.synced);
		expect(late.text.toJSON()).toBe('Họng đỏ.');
	});

	it.each([
		['nonsense', [0, 2, 3, 9, 9, 9]],
		['a message that is cut', [0, 2, 200]],
		['a number of clients without end', [0, 2, 5, 255, 255, 255, 255, 15]],
		['an empty message', []]
	])('sends %s, and is sent away while the server goes on', async (_name, bytes) => {
		const cookie = await liveCookieOf(server.url, nurse);
		const Socket = socketLike({ cookie, origin: server.url });
		const socket = new Socket(`${socketsOf()}/live/draft/${newDraft()}?book=${book}`);
		const code = await new Promise((resolve) => {
			socket.on('open', () => socket.send(Buffer.from(bytes)));
			socket.on('close', resolve);
		});
		expect(code).toBe(4400);
		expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
	});
});
