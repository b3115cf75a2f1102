/**
 * Every released version's tablet can come back: its database is opened, everything it had not sent is
 * sent byte for byte and accepted, and what it once sent is still understood.
 */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeVisitDraft } from '#lib/entry/draft-codec.ts';
import { entryIdOf, readEntry } from '#lib/entry/entry.ts';
import { bytesToId, type BookId, type DeviceId, type EntryId } from '#lib/domain/ids.ts';
import type { Frame, PushedEntry, SyncRequest } from '#lib/protocol/messages.ts';
import { readCertificate } from '#lib/protocol/certificate.ts';
import { decodeRequest, encodeFrame, readFrames } from '#lib/protocol/wire.ts';
import { createPeopleIndex } from '#lib/domain/people/search.ts';
import { openSealedStorage } from '#lib/storage/dexie.ts';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { createSyncEngine } from '#lib/sync/sync-engine.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import { certificateSchema } from '#lib/vault/records.ts';
import { createJointVisit } from '#lib/worker/joint-visit.ts';
import { createPeopleLoader } from '#lib/worker/people-loader.ts';
import { createVerifier } from '../../sync-server/sync/verify-signature.ts';
import { createSyncService } from '../../sync-server/sync/sync-service.ts';
import { createMemoryDisk, openMemoryStorage } from '../../sync-server/storage/memory.ts';
import { restoreDatabase, type DumpedDatabase } from '../fixtures/dump-database.ts';
import { PARTS, partsOf } from '../fixtures/record-conversation.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/versions');
const versions = readdirSync(FOLDER);
const TODAY = { nowMs: () => Date.now() };
const PLENTY = { entriesMax: 500, bytesMax: 10_000_000 };

interface Recorded {
	issuingKey: string;
	/** Opens the database; absent: it was kept unsealed. */
	dataKey?: string;
	database: DumpedDatabase;
	exchanges: { request: string; answer: string }[];
}

function read(version: string, file: string): Recorded {
	return JSON.parse(readFileSync(join(FOLDER, version, file), 'utf8')) as Recorded;
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** Today's server, which has never heard of the device but knows the issuing key. */
function serverWith(issuingKey: Uint8Array) {
	const storage = openMemoryStorage(createMemoryDisk(new Uint8Array(6)));
	const verify = createVerifier();
	return {
		storage,
		sync: createSyncService({ storage, verify, issuingKey, clock: { nowMs: () => Date.now() } })
	};
}

async function acksOf(
	{ sync }: ReturnType<typeof serverWith>,
	request: SyncRequest,
	facility: string
): Promise<string[]> {
	const device = 'AAAAAAAAAAAAAAAAAAAAAA' as DeviceId;
	const acks: string[] = [];
	for await (const frame of sync.answer(request, { device, facility }))
		if (frame.frame === 'acks') acks.push(...frame.acks.map(({ ack }) => ack));
	return acks;
}

/** What a tablet of that version left, as the app of today opens it. */
async function openLeft(version: string): Promise<BookStorage> {
	const { database, dataKey } = read(version, 'indexeddb.json');
	await restoreDatabase(database);
	const keyring = createKeyring((count) => crypto.getRandomValues(new Uint8Array(count)));
	keyring.use(dataKey === undefined ? new Uint8Array(32).fill(3) : bytesOf(dataKey));
	const sealedName = dataKey === undefined ? `${database.name} sealed` : database.name;
	const plainName = dataKey === undefined ? database.name : 'nothing';
	const { storage, takeOver } = await openSealedStorage(sealedName, plainName, keyring);
	await takeOver();
	const left = (await indexedDB.databases()).map(({ name }) => name);
	expect(left).toContain(sealedName);
	expect(left).not.toContain(plainName);
	return storage;
}

async function certificatesIn(storage: BookStorage) {
	const rows = await storage.listKeys('certificate/');
	return rows.map(({ value }) => certificateSchema.parse(value));
}

it('there is a recorded version, and each is whole', () => {
	expect(versions.length).toBeGreaterThan(0);
	for (const version of versions)
		expect(readdirSync(join(FOLDER, version)).sort()).toEqual([
			'conversation.json',
			'indexeddb.json',
			'sync-transcript.json'
		]);
});

describe.each(versions)('version %s', (version) => {
	it('left a database that opens today, with its outbox whole and readable', async () => {
		const { issuingKey } = read(version, 'indexeddb.json');
		const storage = await openLeft(version);
		const outbox = await storage.readOutbox(PLENTY);
		expect(outbox.length).toBeGreaterThanOrEqual(9);
		for (const { id, bytes, book } of outbox) {
			const entry = readEntry(bytes);
			expect(entry).toMatchObject({ ok: true, entry: { id, envelope: { book } } });
			expect(entry.ok && entry.entry.content.kind).not.toBe('unknown');
		}
		const stored = await storage.readBook(outbox[0]?.book ?? ('' as BookId));
		expect(stored?.entries.map(({ id }) => id)).toContain(outbox[0]?.id);

		const known = await certificatesIn(storage);
		const push: PushedEntry[] = outbox.map(({ bytes, signature }) => ({ entry: bytes, signature }));
		const facility = facilityOf(known);
		const server = serverWith(bytesOf(issuingKey));
		const acks = await acksOf(server, { protocol: 1, push, certificates: known }, facility);
		expect(acks).toEqual(push.map(() => 'accepted'));
		for (const { book, bytes } of outbox)
			expect(
				(await server.storage.readBook(book)).map((entry) => Buffer.from(entry.bytes))
			).toContainEqual(Buffer.from(bytes));
		await storage.close();
	});

	it('left a visit half written, which its author finds today', async () => {
		const storage = await openLeft(version);
		const drafts = [];
		for (const { bytes } of await certificatesIn(storage)) {
			const content = readCertificate(bytes);
			if (content?.subject === 'person') drafts.push(...(await storage.listDrafts(content.person)));
		}
		expect(drafts.map(({ form }) => form)).toEqual(['visit']);
		const [draft] = drafts.map(({ bytes }) => decodeVisitDraft(bytes));
		if (draft?.joint === undefined) throw new Error('it can be written with colleagues');
		expect(draft.typed.reason).toBe('Khám dở, chưa ký');
		expect(createJointVisit(draft.joint, draft.typed).current().typed).toEqual(draft.typed);
		await storage.close();
	});

	it('left a list of people that shows everybody today, whatever its summaries said then', async () => {
		const storage = await openLeft(version);
		const books: BookId[] = [];
		for await (const page of storage.readPeople()) books.push(...page.map(({ book }) => book));
		const people = createPeopleIndex();
		const reader = createBookReader(storage);
		await createPeopleLoader({ storage, books: reader, people, clock: TODAY }).loaded();
		const listed = [...people.people()];
		expect(listed.map(({ book }) => book).sort()).toEqual(books.sort());
		expect(books.length).toBeGreaterThan(0);
		for (const { book, entries } of listed)
			expect((await storage.readBook(book))?.entries).toHaveLength(entries);
		const guardians = listed.flatMap((person) => person.guardians);
		expect(guardians.length).toBeGreaterThan(0);
		for (const { name, relation } of guardians)
			expect([typeof name, typeof relation]).toEqual(['string', 'string']);
		await storage.close();
	});

	it('spoke in a way that is understood today, and was answered in one', async () => {
		const { exchanges } = read(version, 'sync-transcript.json');
		let pushed = 0;
		for (const { request, answer } of exchanges) {
			const decoded = decodeRequest(bytesOf(request));
			expect(decoded.ok).toBe(true);
			if (decoded.ok) pushed += decoded.value.push?.length ?? 0;
			const frames = [];
			for await (const frame of readFrames(once(bytesOf(answer)))) frames.push(frame.frame);
			expect(frames.at(-1)).toBe('end');
		}
		expect(pushed).toBeGreaterThanOrEqual(9);
	});

	it('asked in ways that are understood today, and pushed entries that are read today', async () => {
		const { exchanges } = read(version, 'conversation.json');
		const asked = exchanges.map(({ request }) => {
			const decoded = decodeRequest(bytesOf(request));
			if (!decoded.ok) throw new Error(decoded.failure.code);
			return decoded.value;
		});
		const pushed = asked.flatMap(({ push = [] }) => push.map(({ entry }) => readEntry(entry)));
		expect(pushed.map((result) => result.ok && result.entry.content.kind)).not.toContain('unknown');
		expect(pushed.every(({ ok }) => ok)).toBe(true);
		const parts = asked.flatMap((request) => Object.keys(request));
		const all = ['protocol', 'token', 'push', 'journal', 'certificates', 'credit', 'books'];
		expect(new Set(parts)).toEqual(new Set(all));
	});

	it('was answered with all that the protocol knows, and a device of today takes it', async () => {
		const { exchanges } = read(version, 'conversation.json');
		const answers = await Promise.all(exchanges.map(({ answer }) => framesIn(bytesOf(answer))));
		expect(new Set(answers.flat().flatMap(partsOf))).toEqual(new Set(PARTS));
		const storage = createMemoryStorage();
		const replies = answers.map((frames) => frames.filter(({ frame }) => frame !== 'acks'));
		const engine = createSyncEngine({
			storage,
			transport: async () => ({ type: 'answer', chunks: chunksOf(replies.shift() ?? []) }),
			clock: () => Date.now(),
			summarise: () => new Uint8Array(1),
			signTip: async () => new Uint8Array(64)
		});
		for (const _answer of answers) expect(await engine.round()).toMatchObject({ type: 'done' });
		const expected = booksIn(answers.flat());
		const held = await storage.readBooks([...expected.keys()]);
		expect(
			new Map(held.map(({ book, entries }) => [book, entries.map(({ id }) => id).sort()]))
		).toEqual(expected);
		expect(await storage.countBooks()).toBe(expected.size);
		expect((await storage.readMeta()).epoch).toBeDefined();
	});
});

async function framesIn(answer: Uint8Array): Promise<Frame[]> {
	const frames: Frame[] = [];
	for await (const frame of readFrames(once(answer))) frames.push(frame);
	return frames;
}

async function* chunksOf(frames: Frame[]): AsyncGenerator<Uint8Array> {
	for (const frame of frames) yield encodeFrame(frame);
}

/** What a device holds that did no more than add and remove what the pages say. */
function booksIn(frames: Frame[]): Map<BookId, EntryId[]> {
	const books = new Map<BookId, Set<EntryId>>();
	for (const frame of frames)
		for (const row of frame.frame === 'page' ? frame.rows : []) {
			if ('leave' in row) {
				books.delete(bytesToId(row.leave));
				continue;
			}
			const ids = books.get(bytesToId(row.book)) ?? new Set();
			for (const entry of row.entries) ids.add(entryIdOf(entry));
			books.set(bytesToId(row.book), ids);
		}
	return new Map([...books].map(([book, ids]) => [book, [...ids].sort()]));
}

function facilityOf(certificates: { bytes: Uint8Array }[]): string {
	const content = certificates[0] && readCertificate(certificates[0].bytes);
	if (content?.subject !== 'person') throw new Error('no certificate');
	return content.facility;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
