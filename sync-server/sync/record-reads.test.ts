import { beforeEach, describe, expect, it } from 'vitest';
import { bytesToId, type BookId, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import { nextReadLink, READS_START, readsTipToSign, type BookRead } from '#lib/entry/read-chain.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { ReadsReportRequest } from '#lib/protocol/reads.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { recordReads } from './record-reads.ts';

const id = <Id extends string>(byte: number) => bytesToId<Id>(new Uint8Array(16).fill(byte));
const DEVICE = id<DeviceId>(1);
const NURSE = id<PersonId>(2);
const STRANGER = id<PersonId>(3);
const BOOK = id<BookId>(4);
const NOW_MS = 1_790_000_000_000;
const ACTOR = { device: DEVICE, facility: '01001' };
/** Stands for the device's key: what it signed is what it was given. */
const verify = async (key: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
	key.length === 65 && signature.join() === mark(message).join();
const mark = (message: Uint8Array) => message.slice(-64);

let storage: ServerStorage;
const deps = () => ({ storage, verify, clock: { nowMs: () => NOW_MS } });

beforeEach(async () => {
	storage = openMemoryStorage(createMemoryDisk(new Uint8Array(6)));
	const key = new Uint8Array(65);
	const device = { ...ACTOR, number: 1, key, createdMs: 1, isBlocked: false };
	await storage.putDevice(device);
	await storage.putPersonKey({
		key: id(9),
		publicKey: key,
		person: NURSE,
		device: DEVICE,
		role: 'nurse',
		facility: ACTOR.facility,
		fromMs: 1
	});
});

const readAt = (atMs: number, rest: Partial<BookRead> = {}): BookRead => ({
	book: BOOK,
	person: NURSE,
	atMs,
	...rest
});

function report(reads: BookRead[], before: BookRead[] = []): ReadsReportRequest {
	const after = before.reduce(nextReadLink, READS_START);
	const tip = reads.reduce(nextReadLink, after);
	return {
		after: { n: after.n, link: bytesToBase64url(after.link) },
		reads,
		signature: bytesToBase64url(mark(readsTipToSign(tip)))
	};
}

const details = async (action: 'read' | 'refuse' | 'break-glass') =>
	(await storage.listAudit({ action, limit: 9 })).map(({ detail }) => detail);

describe('what a device says was opened on it', () => {
	it('goes on where it ended, and a report whose answer was lost is taken once', async () => {
		const [first, second] = [readAt(NOW_MS - 9), readAt(NOW_MS - 8)];
		expect(await recordReads(deps(), ACTOR, report([first]))).toBe('recorded');
		expect(await recordReads(deps(), ACTOR, report([first, second]))).toBe('recorded');
		expect(await recordReads(deps(), ACTOR, report([second], [first]))).toBe('recorded');
		expect(await details('read')).toHaveLength(2);
		expect(await details('refuse')).toEqual([]);
	});

	it('is nothing without the signature of that device', async () => {
		const forged = { ...report([readAt(1)]), signature: bytesToBase64url(new Uint8Array(64)) };
		expect(await recordReads(deps(), ACTOR, forged)).toBe('bad-signature');
		const unknown = { ...ACTOR, device: id<DeviceId>(8) };
		expect(await recordReads(deps(), unknown, report([readAt(1)]))).toBe('bad-signature');
		expect(await details('read')).toEqual([]);
	});

	it.each([
		['left out the first', [readAt(2)], [readAt(1)], []],
		['left out one in the middle', [readAt(5)], [readAt(1), readAt(3)], [readAt(1)]],
		['was altered', [readAt(2)], [readAt(7)], [readAt(1)]],
		['went back', [readAt(1)], [], [readAt(1), readAt(2)]]
	])('is taken and said to be broken where it %s', async (_what, reads, before, known) => {
		if (known.length > 0) await recordReads(deps(), ACTOR, report(known));
		expect(await recordReads(deps(), ACTOR, report(reads, before))).toBe('recorded');
		expect(await details('refuse')).toMatchObject([expect.stringMatching(/^reads broken/)]);
		expect(await details('read')).toHaveLength(known.length + reads.length);
	});

	it('names nobody who never signed in there, opens nothing in the future, and no emergency for them', async () => {
		const emergency = { reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' } as const;
		const stated = readAt(NOW_MS + 5_000, { person: STRANGER, emergency });
		await recordReads(deps(), ACTOR, report([stated]));
		const [row] = await storage.listAudit({ action: 'read', limit: 1 });
		expect(row?.person).toBeUndefined();
		expect(row?.detail).toBe(`tablet n=1 at=${NOW_MS}`);
		expect(await storage.listEmergencies(ACTOR.facility, 9)).toEqual([]);
		await recordReads(deps(), ACTOR, report([readAt(NOW_MS, { emergency })], [stated]));
		expect(await storage.listEmergencies(ACTOR.facility, 9)).toMatchObject([
			{ person: NURSE, book: BOOK, ...emergency, untilMs: NOW_MS + 4 * 60 * 60_000 }
		]);
	});
});
