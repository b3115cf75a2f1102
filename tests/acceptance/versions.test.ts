/**
 * Every released version's tablet can come back: its database is opened, everything it had not sent is
 * sent byte for byte and accepted, and what it once sent is still understood.
 */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEntry } from '#lib/entry/entry.ts';
import type { BookId, DeviceId } from '#lib/domain/ids.ts';
import type { PushedEntry, SyncRequest } from '#lib/protocol/messages.ts';
import { readCertificate } from '#lib/protocol/certificate.ts';
import { decodeRequest, readFrames } from '#lib/protocol/wire.ts';
import { createPeopleIndex } from '#lib/domain/people/search.ts';
import { openDexieStorage } from '#lib/storage/dexie.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import { readRecord, storedStaffSchema } from '#lib/vault/records.ts';
import { createPeopleLoader } from '#lib/worker/people-loader.ts';
import { createVerifier } from '../../sync-server/sync/verify-signature.ts';
import { createSyncService } from '../../sync-server/sync/sync-service.ts';
import { createMemoryDisk, openMemoryStorage } from '../../sync-server/storage/memory.ts';
import { restoreDatabase, type DumpedDatabase } from '../fixtures/dump-database.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/versions');
const versions = readdirSync(FOLDER);
const TODAY = { nowMs: () => Date.now() };
const PLENTY = { entriesMax: 500, bytesMax: 10_000_000 };

interface Recorded {
	issuingKey: string;
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

describe.each(versions)('version %s', (version) => {
	it('left a database that opens today, with its outbox whole and readable', async () => {
		const { database, issuingKey } = read(version, 'indexeddb.json');
		await restoreDatabase(database);
		const storage = await openDexieStorage(database.name);
		const outbox = await storage.readOutbox(PLENTY);
		expect(outbox.length).toBeGreaterThanOrEqual(9);
		for (const { id, bytes, book } of outbox) {
			const entry = readEntry(bytes);
			expect(entry).toMatchObject({ ok: true, entry: { id, envelope: { book } } });
			expect(entry.ok && entry.entry.content.kind).not.toBe('unknown');
		}
		const stored = await storage.readBook(outbox[0]?.book ?? ('' as BookId));
		expect(stored?.entries.map(({ id }) => id)).toContain(outbox[0]?.id);

		const certificates = [];
		for (const { id } of await storage.listKeys('staff/'))
			certificates.push((await readRecord(storage, id, storedStaffSchema))?.certificate);
		const push: PushedEntry[] = outbox.map(({ bytes, signature }) => ({ entry: bytes, signature }));
		const known = certificates.filter((certificate) => certificate !== undefined);
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

	it('left a list of people that shows everybody today, whatever its summaries said then', async () => {
		const { database } = read(version, 'indexeddb.json');
		await restoreDatabase(database);
		const storage = await openDexieStorage(database.name);
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
});

function facilityOf(certificates: { bytes: Uint8Array }[]): string {
	const content = certificates[0] && readCertificate(certificates[0].bytes);
	if (content?.subject !== 'person') throw new Error('no certificate');
	return content.facility;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
