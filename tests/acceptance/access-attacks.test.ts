/**
 * Ways around the table, against a real server: tokens that are none (S-02), rights that should grow (S-03), ids of
 * others in every place where one stands (S-04), pages of elsewhere (S-09).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Author } from '#lib/domain/book/envelope.ts';
import { idToBytes, type BookId, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import { CONTENT_TYPE_REQUEST, SEALED_PATH, SYNC_PATH } from '#lib/protocol/limits.ts';
import { certificateToText } from '#lib/protocol/certificate.ts';
import { PASSKEY_PATHS } from '#lib/protocol/passkeys.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { createIssuingKeyPem, issuingKeyOfPem } from '../../sync-server/auth/issuing-key.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { liveCookieOf, openLiveSession, socketLike } from './live-client.ts';
import {
	AUDITOR_A,
	NURSE_A,
	NURSE_B,
	STATION_A,
	STATION_B,
	TEST_PASSWORD,
	type TestStaff
} from './start-server.ts';
import { acksOf, newBook, signedEntry, signInDevice, type TestDevice } from './test-device.ts';
import { vouchedDevice } from './vouched-device.ts';

const MOVED_A: TestStaff = { ...NURSE_A, login: 'di.a', name: 'Vàng Thị Dí' };
const NOTHING = { n: 0, digest: new Uint8Array(16) };

let server: InProcessServer;
let nurse: TestDevice;
let other: TestDevice;
let auditor: TestDevice;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A, NURSE_B, AUDITOR_A, MOVED_A]);
	nurse = await signInDevice(server.url, NURSE_A);
	other = await signInDevice(server.url, NURSE_B);
	const account = server.accounts.find(({ login }) => login === AUDITOR_A.login);
	if (account === undefined) return expect.unreachable();
	auditor = await vouchedDevice(server.url, server.issuingKey, account);
});
afterAll(async () => {
	await server.close();
});

async function bookOf(device: TestDevice): Promise<BookId> {
	const book = newBook();
	await device.sync({ push: [await device.note(book)], credit: 0 });
	return book;
}

const ATTESTATION = { id: 'AAAA', clientDataJSON: 'AA', attestationObject: 'AA', transports: [] };

/** Every address that asks for a device, with a question that would be answered. */
function doors(actor: string, book: BookId): { path: string; body: BodyInit; type?: string }[] {
	const json = (path: string, body: object) => ({ path, body: JSON.stringify({ actor, ...body }) });
	const round = encodeRequest({ protocol: 1, books: [{ book: idToBytes(book), ...NOTHING }] });
	const emergency = { book, reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' };
	return [
		{ path: SYNC_PATH, body: round as Uint8Array<ArrayBuffer>, type: CONTENT_TYPE_REQUEST },
		{ path: SEALED_PATH, body: JSON.stringify({ parcels: ['AA'] }) },
		json('/api/books/journey', { book }),
		json('/api/books/open', { book, reason: 'present-in-person' }),
		json('/api/books/break-glass', emergency),
		json('/api/books/break-glass/list', {}),
		json('/api/books/break-glass/review', { number: 1, verdict: 'justified' }),
		json('/api/books/ending', {}),
		json('/api/books/visit', { code: book }),
		json('/api/people/find', { identifier: '001320000009' }),
		json('/api/quarantine/list', {}),
		json('/api/quarantine/read', { number: 1, entry: book }),
		json('/api/quarantine/review', { number: 1, entry: book, outcome: 'released' }),
		json(PASSKEY_PATHS.list, {}),
		json(PASSKEY_PATHS.addOptions, { password: TEST_PASSWORD }),
		json(PASSKEY_PATHS.add, { label: 'Máy', passkey: ATTESTATION }),
		json(PASSKEY_PATHS.remove, { id: 'AAAA', password: TEST_PASSWORD }),
		json('/api/live-session', {})
	];
}

function knockAt(
	{ path, body, type = 'application/json' }: ReturnType<typeof doors>[number],
	headers: [string, string][]
): Promise<Response> {
	return fetch(server.url + path, {
		method: 'POST',
		headers: [['content-type', type], ...headers],
		body
	});
}

describe('a token that is none', () => {
	it('is refused at every door, before anything of a book is asked of the store', async () => {
		const book = await bookOf(nurse);
		const [content = '', signature = ''] = nurse.token.split('.');
		const [otherContent = ''] = other.token.split('.');
		const foreignKey = issuingKeyOfPem(createIssuingKeyPem());
		const stated = {
			subject: 'device',
			device: nurse.id,
			number: 1,
			facility: STATION_A.code,
			publicKey: nurse.deviceKey.publicKey,
			fromMs: 0
		} as const;
		const person = nurse.answer.certificate;
		const bearer = (token: string): [string, string][] => [['authorization', `Bearer ${token}`]];
		const tokens: [string, string][][] = [
			[],
			[['authorization', '']],
			[['authorization', nurse.token]],
			[['authorization', `Basic ${nurse.token}`]],
			bearer(''),
			bearer('null'),
			bearer('undefined'),
			bearer('[]'),
			bearer('{}'),
			bearer(content),
			bearer(`${content}.`),
			bearer(`${content}.${'A'.repeat(86)}`),
			bearer(`${otherContent}.${signature}`),
			bearer(`${content}.${signature}.${signature}`),
			bearer(`${person.bytes}.${person.signature}`),
			bearer(certificateToText(foreignKey.issue(stated))),
			[...bearer(nurse.token), ...bearer(other.token)],
			[['cookie', `token=${nurse.token}`]]
		];
		for (const token of tokens)
			for (const door of doors(nurse.person, book)) {
				let status = 0;
				const questions = await server.questionsOf(async () => {
					status = (await knockAt(door, token)).status;
				});
				expect([door.path, token, status]).toEqual([door.path, token, 401]);
				expect(questions.filter((one) => /Book|Memberships|Held|Feed|Emergenc/.test(one))).toEqual(
					[]
				);
			}
		for (const { path } of doors(nurse.person, book))
			expect((await fetch(`${server.url}${path}?token=${nurse.token}`)).status).not.toBe(200);
	});
});

describe('rights', () => {
	it('never grow from a token to a session to a room', async () => {
		const book = await bookOf(nurse);
		const session = await openLiveSession(server.url, auditor);
		const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
		for (const path of [
			'/live/hints',
			`/live/book/${book}`,
			`/live/draft/${newBook()}?book=${book}`
		])
			expect([path, await knockSocket(path, cookie, server.url)]).toEqual([path, 404]);
		for (const door of doors(auditor.person, book))
			expect((await knockAt(door, [['cookie', cookie]])).status).toBe(401);
	});

	it('do not grow by a certificate that says more of a key than is known of it', async () => {
		const book = await bookOf(nurse);
		const { publicKey } = auditor.personKey;
		const asNurse = server.issuingKey.issue({
			subject: 'person',
			key: keyIdOf(publicKey),
			publicKey,
			person: auditor.person,
			device: auditor.id,
			role: 'nurse',
			facility: STATION_A.code,
			fromMs: 0
		});
		const forged = { ...asNurse, signature: new Uint8Array(64) };
		for (const certificates of [[asNurse], [forged]]) {
			await auditor.sync({ certificates, credit: 0 });
			const author: Author = { ...auditor.author, role: 'nurse' };
			const note = { book, kind: 'note', class: 'event', body: { text: 'x' } } as const;
			const entry = await signedEntry(author, auditor.personKey, note);
			const frames = await auditor.sync({ push: [entry] });
			expect(acksOf(frames)).toMatchObject([{ ack: 'refused', code: 'unknown-author' }]);
			expect(frames.some(({ frame }) => frame === 'page')).toBe(false);
		}
	});

	it('of somebody who went to another facility end on the device of the first', async () => {
		const device = await signInDevice(server.url, MOVED_A);
		const account = server.accounts.find(({ login }) => login === MOVED_A.login);
		if (account === undefined) return expect.unreachable();
		await server.storage.putAccount({ ...account, facility: STATION_B.code });
		const book = await bookOf(nurse);
		const bearer: [string, string][] = [['authorization', `Bearer ${device.token}`]];
		const asked = doors(device.person, book).filter(({ path }) => !path.startsWith('/api/sync'));
		for (const door of asked)
			expect([door.path, (await knockAt(door, bearer)).status]).toEqual([door.path, 403]);
		expect((await device.pullAll()).arrivals).toEqual([]);
	});

	it('of a colleague are not there on a device at which they never signed in', async () => {
		const device = await signInDevice(server.url, NURSE_A);
		const colleague: string = newBook();
		await server.storage.putAccount({
			...(server.accounts.find(({ login }) => login === NURSE_A.login) ?? expect.unreachable()),
			login: 'mai.a',
			person: colleague as PersonId
		});
		const book = await bookOf(nurse);
		const bearer: [string, string][] = [['authorization', `Bearer ${device.token}`]];
		for (const door of doors(colleague, book).filter(({ path }) => !path.startsWith('/api/sync')))
			expect([door.path, (await knockAt(door, bearer)).status]).toEqual([door.path, 403]);
	});
});

describe('an id of somebody else', () => {
	it('in any field of an author is refused: what is signed says who signed it', async () => {
		const book = await bookOf(nurse);
		const swaps: Partial<Author>[] = [
			{ person: other.person },
			{ role: 'doctor' },
			{ role: 'import' },
			{ facility: STATION_B.code },
			{ key: other.author.key },
			{ ...other.author }
		];
		for (const swap of swaps) {
			const author = { ...nurse.author, ...swap };
			const note = { book, kind: 'note', class: 'event', body: { text: 'x' } } as const;
			const entry = await signedEntry(author, nurse.personKey, note);
			const [ack] = acksOf(await nurse.sync({ push: [entry], credit: 0 }));
			expect([swap, ack?.ack]).toEqual([swap, 'refused']);
			const held = await server.storage.readBook(book);
			expect(held.some(({ id }) => id === entryIdOf(entry.entry))).toBe(false);
		}
	});

	it('as the one who asks, or as the book or entry that is asked for, opens nothing', async () => {
		const book = await bookOf(nurse);
		const bearer: [string, string][] = [['authorization', `Bearer ${other.token}`]];
		const actors = [nurse.person, nurse.id as string, book, auditor.person];
		for (const actor of actors)
			for (const door of doors(actor, book).filter(({ path }) => !path.startsWith('/api/sync'))) {
				const { status } = await knockAt(door, bearer);
				expect([door.path, actor, status]).toEqual([door.path, actor, 403]);
			}
		const ids = [book, nurse.person as string, nurse.id as string, STATION_A.code];
		for (const id of ids) {
			const response = await fetch(`${server.url}/api/books/journey`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', authorization: `Bearer ${other.token}` },
				body: JSON.stringify({ actor: other.person, book: id })
			});
			expect(response.status).toBe(id === STATION_A.code ? 400 : 404);
		}
	});

	it('as a device changes nothing: a device is its key', async () => {
		const book = await bookOf(other);
		const stolenId: DeviceId = other.id;
		const token = certificateToText(
			issuingKeyOfPem(createIssuingKeyPem()).issue({
				subject: 'device',
				device: stolenId,
				number: 1,
				facility: STATION_B.code,
				publicKey: nurse.deviceKey.publicKey,
				fromMs: 0
			})
		);
		const [door] = doors(other.person, book);
		if (door === undefined) return expect.unreachable();
		expect((await knockAt(door, [['authorization', `Bearer ${token}`]])).status).toBe(401);
	});
});

function knockSocket(path: string, cookie: string, origin: string): Promise<number> {
	const Socket = socketLike({ cookie, origin });
	const socket = new Socket(server.url.replace('http', 'ws') + path);
	return new Promise((resolve) => {
		socket.on('open', () => {
			socket.terminate();
			resolve(101);
		});
		socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
			socket.terminate();
			resolve(statusCode);
		});
	});
}

describe('a page of elsewhere', () => {
	it('opens no socket, whatever its origin looks like', async () => {
		const book = await bookOf(nurse);
		const cookie = await liveCookieOf(server.url, nurse);
		const { host, port } = new URL(server.url);
		const origins = [
			'',
			'null',
			'file://',
			'about:blank',
			'data:text/html,x',
			'https://evil.example',
			`http://${host}.evil.example`,
			`http://evil.example/${host}`,
			`http://evil.example?${host}`,
			`http://evil.example#${host}`,
			`http://${host}@evil.example`,
			`http://evil.example:${port}`,
			`http://sub.${host}`,
			`http://x${host}`,
			'http://127.0.0.1',
			`http://127.0.0.1:${Number(port) + 1}`,
			`http://127.0.0.2:${port}`,
			`http://localhost:${port}`,
			`http://[::1]:${port}`,
			`//${host}`,
			host,
			`http://${host}, http://evil.example`,
			'chrome-extension://abcdefghijklmnop'
		];
		for (const path of ['/live/hints', `/live/book/${book}`]) {
			for (const origin of origins)
				expect([origin, await knockSocket(path, cookie, origin)]).toEqual([origin, 403]);
			expect(await knockSocket(path, cookie, server.url)).toBe(101);
		}
	});
});
