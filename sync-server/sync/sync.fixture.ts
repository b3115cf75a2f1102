/** A sync service over memory with a keyed hash for signatures, and devices of two stations. */
import { createHash } from 'node:crypto';
import {
	bytesToId,
	type BookId,
	type DeviceId,
	type EntryId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import type { Author, Role } from '#lib/domain/book/envelope.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, bytesToSign, entryIdOf, type EntryDraft } from '#lib/entry/entry.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/limits.ts';
import type { Ack, Frame, PushedEntry, SyncRequest } from '#lib/protocol/messages.ts';
import { encodeFrame, pageIdsDigest } from '#lib/protocol/wire.ts';
import type { Actor } from '../auth/device-token.ts';
import {
	createMemoryDisk,
	openMemoryStorage,
	restoreMemoryDisk,
	type DiskFault,
	type MemoryDisk
} from '../storage/memory.ts';
import type { PersonKey, ServerStorage } from '../storage/storage.ts';
import { createSyncService } from './sync-service.ts';

export const NOW = Date.UTC(2026, 10, 24, 2, 0);
export const STATION = '01001';
export const OTHER_STATION = '01002';
const OCCURRED = '2026-11-24' as ClinicalTime;

/** Stands for ES256: deterministic, and as little transferable between keys. */
export function signatureOf(publicKey: Uint8Array, bytes: Uint8Array): Uint8Array {
	return new Uint8Array(createHash('sha512').update(publicKey).update(bytes).digest());
}

export const verify = async (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) =>
	Buffer.from(signatureOf(publicKey, bytes)).equals(signature);

export const issuingKey = new Uint8Array(65).fill(99);

export function bytes16(fill: number): Uint8Array {
	return new Uint8Array(16).fill(fill);
}

export function bookOf(n: number): BookId {
	const bytes = bytes16(0);
	new DataView(bytes.buffer).setUint32(0, n);
	return bytesToId<BookId>(bytes);
}

export interface Fixture {
	storage: ServerStorage;
	disk: MemoryDisk;
	sync(request: Omit<SyncRequest, 'protocol'>, actor?: Actor): Promise<Frame[]>;
}

export const actor: Actor = { device: bytesToId<DeviceId>(bytes16(1)), facility: STATION };
export const otherActor: Actor = {
	device: bytesToId<DeviceId>(bytes16(2)),
	facility: OTHER_STATION
};

export interface Writer {
	key: PersonKey;
	author: Author;
	state(draft: Omit<EntryDraft, 'author' | 'recorded' | 'occurred'>): PushedEntry;
	note(book: BookId, text?: string, recorded?: { ms?: number; offset?: number }): PushedEntry;
}

let entryCount = 0;

export function createWriter(fill: number, facility = STATION, role: Role = 'nurse'): Writer {
	const publicKey = new Uint8Array(65).fill(fill);
	const person = bytesToId<PersonId>(bytes16(fill));
	const id: KeyId = keyIdOf(publicKey);
	const author: Author = { person, role, facility, key: id };
	const key: PersonKey = {
		key: id,
		publicKey,
		person,
		device: actor.device,
		role,
		facility,
		fromMs: 0
	};
	const sign = (draft: Omit<EntryDraft, 'author' | 'occurred'>): PushedEntry => {
		const { bytes } = buildEntry({ ...draft, occurred: OCCURRED, author });
		return { entry: bytes, signature: signatureOf(publicKey, bytesToSign(bytes)) };
	};
	return {
		key,
		author,
		state: (draft) => sign({ ...draft, recorded: { ms: NOW, counter: entryCount++ } }),
		note: (book, text = 'ghi chú', { ms = NOW, offset = 0 } = {}) =>
			sign({
				book,
				kind: 'note',
				class: 'event',
				body: { text },
				recorded: { ms, counter: entryCount++, offset }
			})
	};
}

/** Somebody has signed in on each of the devices: without anybody they would be sent nothing. */
const RESIDENTS = [
	createWriter(251),
	{ key: { ...createWriter(252, OTHER_STATION).key, device: otherActor.device } }
];

export async function createFixture(
	options: { disk?: MemoryDisk; writers?: Writer[]; fault?: DiskFault } = {}
): Promise<Fixture> {
	const disk = options.disk ?? createMemoryDisk(new Uint8Array(6).fill(1));
	const beforeFaults = openMemoryStorage(disk);
	for (const { key } of RESIDENTS) await beforeFaults.putPersonKey(key);
	const storage = openMemoryStorage(disk, options.fault);
	for (const { key } of options.writers ?? []) await storage.putPersonKey(key);
	const clock = { nowMs: () => NOW };
	const service = createSyncService({ storage, verify, clock, issuingKey });
	return {
		storage,
		disk,
		async sync(request, by = actor) {
			const frames: Frame[] = [];
			for await (const frame of service.answer({ protocol: PROTOCOL_VERSION, ...request }, by)) {
				encodeFrame(frame);
				frames.push(frame);
			}
			return frames;
		}
	};
}

/** A store put back from a copy of its disk, in a new epoch. */
export async function restored(copy: MemoryDisk, writers: Writer[] = []): Promise<Fixture> {
	const disk = restoreMemoryDisk(copy, new Uint8Array(6).fill(copy.operations.length));
	return createFixture({ disk, writers });
}

export function copyOf(disk: MemoryDisk): MemoryDisk {
	return { operations: [...disk.operations] };
}

export function acksOf(frames: Frame[]): Ack[] {
	return frames.flatMap((frame) => (frame.frame === 'acks' ? frame.acks : []));
}

export function ackWords(frames: Frame[]): string[] {
	return acksOf(frames).map((ack) => ('code' in ack ? `${ack.ack} ${ack.code}` : ack.ack));
}

export function pagesOf(frames: Frame[]): Extract<Frame, { frame: 'page' }>[] {
	return frames.filter((frame) => frame.frame === 'page');
}

export function endOf(frames: Frame[]): Extract<Frame, { frame: 'end' }> {
	const last = frames.at(-1);
	if (last?.frame !== 'end') throw new Error('an answer without its end');
	return last;
}

/** Ids of the entries of an answer's pages, in order; checks the pages' own digests. */
export function arrivedIds(frames: Frame[]): EntryId[] {
	return pagesOf(frames).flatMap((page) => {
		const entries = page.rows.flatMap((row) => ('leave' in row ? [] : row.entries));
		const ids = entries.map(entryIdOf);
		const digest = pageIdsDigest(ids.map((id) => new Uint8Array(Buffer.from(id, 'base64url'))));
		if (!Buffer.from(digest).equals(page.ids)) throw new Error('a page with a wrong digest');
		return ids;
	});
}

export function tokenOf(frames: Frame[]): Uint8Array {
	const token = pagesOf(frames).findLast((page) => page.token !== undefined)?.token;
	if (token === undefined) throw new Error('no page with a token');
	return token;
}

export function idOf({ entry }: PushedEntry): EntryId {
	return entryIdOf(entry);
}
