/** A device as the server sees it: keys, a sign-in, signed entries, requests. Not the app's client. */
import { randomBytes } from 'node:crypto';
import {
	bytesToId,
	createUuidV7,
	type BookId,
	type DeviceId,
	type EntryId,
	type PersonId
} from '#lib/domain/ids.ts';
import type { Body, Kind } from '#lib/domain/book/content.ts';
import type { Author } from '#lib/domain/book/envelope.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, bytesToSign, entryIdOf, type EntryDraft } from '#lib/entry/entry.ts';
import { keyIdOf, P256, webCryptoSigner, type Signer } from '#lib/entry/signing.ts';
import { signInAnswerSchema, type SignInAnswer } from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Ack, Frame, PushedEntry, SyncRequest } from '#lib/protocol/messages.ts';
import { encodeRequest, readFrames } from '#lib/protocol/wire.ts';
import { newCodeFor } from './enrolment-codes.ts';
import { TEST_PASSWORD, type TestStaff } from './start-server.ts';

export interface TestKey {
	publicKey: Uint8Array;
	sign: Signer;
}

export async function createTestKey(): Promise<TestKey> {
	const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
	const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
	return { publicKey, sign: webCryptoSigner(pair.privateKey) };
}

export function newBook(): BookId {
	return bytesToId<BookId>(createUuidV7(Date.now(), randomBytes));
}

let entryCount = 0;

/** One signed entry; every call makes another one. */
export async function signedEntry<K extends Kind>(
	author: Author,
	key: TestKey,
	draft: Pick<
		EntryDraft<K>,
		'book' | 'kind' | 'body' | 'class' | 'effect' | 'basedOn' | 'reason' | 'label'
	>,
	at: { recordedMs?: number; offset?: number; occurred?: ClinicalTime } = {}
): Promise<PushedEntry> {
	const { recordedMs = Date.now(), offset = 0, occurred = clinicalTimeOf(Date.now()) } = at;
	const recorded = { ms: recordedMs, counter: entryCount++, offset };
	const { bytes } = buildEntry({ ...draft, occurred, recorded, author });
	return { entry: bytes, signature: await key.sign(bytesToSign(bytes)) };
}

export interface TestDevice {
	id: DeviceId;
	person: PersonId;
	author: Author;
	answer: SignInAnswer;
	token: string;
	deviceKey: TestKey;
	personKey: TestKey;
	note(book: BookId, text?: string): Promise<PushedEntry>;
	facts(book: BookId, facts: Body<'facts'>): Promise<PushedEntry>;
	/** One round over HTTP; the frames of the answer. */
	sync(request: Omit<SyncRequest, 'protocol'>): Promise<Frame[]>;
	/** The same, with the bytes that travelled. */
	syncMeasured(
		request: Omit<SyncRequest, 'protocol'>
	): Promise<{ frames: Frame[]; bytesUp: number; bytesDown: number }>;
	/** Asks until nothing more waits; entries by book as the device would hold them. */
	pullAll(token?: Uint8Array): Promise<Pulled>;
}

export interface Pulled {
	token: Uint8Array | undefined;
	entries: Map<EntryId, BookId>;
	/** Every entry as often as it came. */
	arrivals: EntryId[];
	end: Extract<Frame, { frame: 'end' }>;
}

export async function postSignIn(
	url: string,
	body: unknown,
	headers: Record<string, string> = {}
): Promise<Response> {
	return fetch(`${url}/api/sign-in`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	});
}

export async function postEnrol(url: string, code: string, key: TestKey): Promise<Response> {
	return fetch(`${url}/api/enrol`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ code, deviceKey: bytesToBase64url(key.publicKey) })
	});
}

const enrolled = new WeakSet<TestKey>();

/** A device of the facility of whoever has this login; nothing where it is one already. */
export async function enrolDevice(
	url: string,
	login: string,
	key: TestKey | Promise<TestKey> = createTestKey()
): Promise<TestKey> {
	const deviceKey = await key;
	if (enrolled.has(deviceKey)) return deviceKey;
	const response = await postEnrol(url, await newCodeFor(url, login), deviceKey);
	if (response.status !== 200) throw new Error(`enrolment: ${await response.text()}`);
	enrolled.add(deviceKey);
	return deviceKey;
}

/** Signs somebody in over HTTP, on a new device where none is given. */
export async function signInDevice(
	url: string,
	staff: Pick<TestStaff, 'login'> & { password?: string },
	deviceKey?: TestKey
): Promise<TestDevice> {
	const keyOfDevice = await enrolDevice(url, staff.login, deviceKey);
	const personKey = await createTestKey();
	const response = await postSignIn(url, {
		login: staff.login,
		password: staff.password ?? TEST_PASSWORD,
		personKey: bytesToBase64url(personKey.publicKey),
		deviceKey: bytesToBase64url(keyOfDevice.publicKey)
	});
	if (response.status !== 200) throw new Error(`sign-in: ${await response.text()}`);
	const answer = signInAnswerSchema.parse(await response.json());
	return createTestDevice(url, answer, keyOfDevice, personKey);
}

export function createTestDevice(
	url: string,
	answer: SignInAnswer,
	deviceKey: TestKey,
	personKey: TestKey
): TestDevice {
	const person = answer.practitioner.person as PersonId;
	const author: Author = {
		person,
		role: answer.practitioner.role,
		facility: answer.facility.code,
		key: keyIdOf(personKey.publicKey)
	};
	const { token } = answer.device;
	const measured: TestDevice['syncMeasured'] = async (request) => {
		const body = encodeRequest({ protocol: 1, ...request });
		const response = await postSync(url, token, body);
		if (response.status !== 200) throw new Error(`sync: ${await response.text()}`);
		const bytes = new Uint8Array(await response.arrayBuffer());
		const frames = await framesOf(bytes);
		return { frames, bytesUp: body.length, bytesDown: bytes.length };
	};
	const device: TestDevice = {
		id: answer.device.id as DeviceId,
		person,
		author,
		answer,
		token,
		deviceKey,
		personKey,
		note: (book, text = 'ghi chú') =>
			signedEntry(author, personKey, { book, kind: 'note', class: 'event', body: { text } }),
		facts: (book, facts) =>
			signedEntry(author, personKey, { book, kind: 'facts', class: 'fact', body: facts }),
		sync: async (request) => (await measured(request)).frames,
		syncMeasured: measured,
		pullAll: async (from) => pullAll(device, from)
	};
	return device;
}

export async function postSync(
	url: string,
	token: string | undefined,
	body: BodyInit | Uint8Array,
	headers: Record<string, string> = {}
): Promise<Response> {
	return fetch(`${url}/api/sync`, {
		method: 'POST',
		headers: {
			'content-type': CONTENT_TYPE_REQUEST,
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...headers
		},
		body: body as BodyInit
	});
}

export async function framesOf(bytes: Uint8Array): Promise<Frame[]> {
	const frames: Frame[] = [];
	for await (const frame of readFrames(once(bytes))) frames.push(frame);
	return frames;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

async function pullAll(device: TestDevice, from: Uint8Array | undefined): Promise<Pulled> {
	const entries = new Map<EntryId, BookId>();
	const arrivals: EntryId[] = [];
	let token = from;
	for (;;) {
		const frames = await device.sync({ ...(token && { token }) });
		for (const frame of frames) {
			if (frame.frame !== 'page') continue;
			takeRows(frame.rows, entries, arrivals);
			token = frame.token ?? token;
		}
		const end = endOf(frames);
		if (end.more !== true) return { token, entries, arrivals, end };
	}
}

function takeRows(
	rows: Extract<Frame, { frame: 'page' }>['rows'],
	entries: Map<EntryId, BookId>,
	arrivals: EntryId[]
): void {
	for (const row of rows) {
		if ('leave' in row) {
			for (const [id, book] of entries)
				if (book === bytesToId<BookId>(row.leave)) entries.delete(id);
			continue;
		}
		for (const bytes of row.entries) {
			arrivals.push(entryIdOf(bytes));
			entries.set(entryIdOf(bytes), bytesToId<BookId>(row.book));
		}
	}
}

export function acksOf(frames: Frame[]): Ack[] {
	return frames.flatMap((frame) => (frame.frame === 'acks' ? frame.acks : []));
}

export function endOf(frames: Frame[]): Extract<Frame, { frame: 'end' }> {
	const last = frames.at(-1);
	if (last?.frame !== 'end') throw new Error('an answer without its end');
	return last;
}
