/**
 * S-18: a signed entry altered in any way, or said to be somebody else's, is never accepted. S-19: what becomes of an
 * entry whose key ended or whose tablet was reported, signed before and after. With real ES256 and the real reader.
 */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Author } from '#lib/domain/book/envelope.ts';
import { bytesToId, idToBytes, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { decodeCanonical, encodeCanonical, type CanonicalValue } from '#lib/entry/canonical.ts';
import { buildEntry, bytesToSign } from '#lib/entry/entry.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { Ack, PushedEntry } from '#lib/protocol/messages.ts';
import { publicPointOf } from '../auth/issuing-key.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import type { PersonKey, ServerStorage } from '../storage/storage.ts';
import { createSyncService, type SyncService } from './sync-service.ts';
import { actor, bookOf, issuingKey, NOW, otherActor, STATION } from './sync.fixture.ts';
import { createVerifier } from './verify-signature.ts';

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const DAY_MS = 24 * 60 * 60_000;

interface Person {
	privateKey: KeyObject;
	key: PersonKey;
	author: Author;
}

let storage: ServerStorage;
let service: SyncService;
let nurse: Person;
let colleague: Person;

beforeEach(async () => {
	storage = openMemoryStorage(createMemoryDisk(new Uint8Array(6).fill(1)));
	[nurse, colleague] = [createPerson(10), createPerson(11)];
	for (const { key } of [nurse, colleague]) await storage.putPersonKey(key);
	const clock = { nowMs: () => NOW };
	service = createSyncService({ storage, verify: createVerifier(), clock, issuingKey });
});

function createPerson(fill: number): Person {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const publicKey = publicPointOf(privateKey);
	const person = bytesToId<PersonId>(new Uint8Array(16).fill(fill));
	const author: Author = { person, role: 'nurse', facility: STATION, key: keyIdOf(publicKey) };
	const { device, facility } = actor;
	const key: PersonKey = { ...author, role: 'nurse', publicKey, device, facility, fromMs: 0 };
	return { privateKey, author, key };
}

function signatureBy({ privateKey }: Person, entry: Uint8Array): Uint8Array {
	const options = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
	return new Uint8Array(sign('sha256', bytesToSign(entry), options));
}

let counter = 0;

function entryOf(writer: Person, recordedMs = NOW): PushedEntry {
	const { bytes: entry } = buildEntry({
		book: bookOf(1),
		kind: 'note',
		class: 'event',
		body: { text: 'Bé ăn được, hết sốt' },
		occurred: '2026-11-24' as ClinicalTime,
		recorded: { ms: recordedMs, counter: counter++, offset: 0 },
		author: writer.author
	});
	return { entry, signature: signatureBy(writer, entry) };
}

async function push(entries: PushedEntry[], by = actor): Promise<Ack[]> {
	return service.admit(entries, by);
}

/** Which of them the server holds afterwards although nobody signed them. */
async function acceptedOf(entries: PushedEntry[]): Promise<number[]> {
	const acks = await push(entries);
	return acks.flatMap(({ ack }, at) => (ack === 'accepted' || ack === 'duplicate' ? [at] : []));
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
	const copy = bytes.slice();
	copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return copy;
}

/** The same statement with other fields, written by the rules, under the old signature. */
function restated({ entry, signature }: PushedEntry, change: object): PushedEntry {
	const stated = decodeCanonical(entry) as { [field: string]: CanonicalValue };
	return { entry: encodeCanonical({ ...stated, ...change }), signature };
}

describe('S-18: an entry that nobody signed', () => {
	it('is not accepted with any one bit of it or of its signature turned', async () => {
		const { entry, signature } = entryOf(nurse);
		const forged: PushedEntry[] = [];
		for (let bit = 0; bit < entry.length * 8; bit++)
			forged.push({ entry: flipped(entry, bit), signature });
		for (let bit = 0; bit < signature.length * 8; bit++)
			forged.push({ entry, signature: flipped(signature, bit) });
		expect(await acceptedOf(forged)).toEqual([]);
		expect(await acceptedOf([{ entry, signature }])).toEqual([0]);
	});

	it('is not accepted when a field says something else: the book, the author, the time, the algorithm', async () => {
		const good = entryOf(nurse);
		const { person, role, facility, key } = nurse.author;
		const author = {
			person: idToBytes(person),
			role,
			facility: facility ?? '',
			key: idToBytes(key)
		};
		const forged = [
			{ book: idToBytes(bookOf(2)) },
			{ occurred: '2026-11-23' },
			{ recorded: { ms: NOW - DAY_MS, counter: 0 } },
			{ label: 'restricted' },
			{ body: { text: 'Đã tử vong' } },
			{ author: { ...author, person: idToBytes(colleague.author.person) } },
			{ author: { ...author, key: idToBytes(colleague.author.key) } },
			{ author: { ...author, role: 'doctor' } },
			{ author: { ...author, facility: '01002' } },
			...[0, -8, -36, -47, -257, 5].map((alg) => ({ alg }))
		].map((change) => restated(good, change));
		expect(await acceptedOf(forged)).toEqual([]);
		const resigned = forged.map(({ entry }) => ({
			entry,
			signature: signatureBy(colleague, entry)
		}));
		const accepted = (await acceptedOf(resigned)).map((at) => resigned[at]);
		expect(accepted).toEqual([]);
	});

	it('is not accepted with the signature of another entry, of a colleague, of a certificate, or with none', async () => {
		const [one, other] = [entryOf(nurse), entryOf(nurse)];
		const bare = { key: nurse.privateKey, dsaEncoding: 'ieee-p1363' } as const;
		const signatures = [
			other.signature,
			signatureBy(colleague, one.entry),
			new Uint8Array(sign('sha256', one.entry, bare)),
			new Uint8Array(sign('sha384', bytesToSign(one.entry), bare)),
			new Uint8Array(sign('sha256', bytesToSign(one.entry), nurse.privateKey)),
			new Uint8Array(64),
			new Uint8Array(0),
			new Uint8Array(64).fill(255)
		];
		const forged = signatures.map((signature) => ({ entry: one.entry, signature }));
		expect(await acceptedOf(forged)).toEqual([]);
	});

	it('is not made by the second form that each signature of this kind has: it says the same and is the same', async () => {
		const { entry, signature } = entryOf(nurse);
		const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
		const second = Buffer.from((P256_ORDER - s).toString(16).padStart(64, '0'), 'hex');
		const mirrored = new Uint8Array([...signature.subarray(0, 32), ...second]);
		const acks = await push([
			{ entry, signature },
			{ entry, signature: mirrored }
		]);
		expect(acks.map(({ ack }) => ack)).toEqual(['accepted', 'duplicate']);
		expect(await storage.readBookState(bookOf(1))).toMatchObject({ n: 1 });
	});

	it('is not accepted after any cut, gift or change of bytes', async () => {
		const good = entryOf(nurse);
		const bytes = fc.uint8Array({ maxLength: 6 });
		const place = fc.nat({ max: good.entry.length });
		const change = fc.record({ place, removed: fc.nat({ max: 6 }), added: bytes });
		const forged = fc.sample(change, { numRuns: 4_000, seed: 18 }).flatMap((one) => {
			const head = good.entry.subarray(0, one.place);
			const rest = good.entry.subarray(one.place + one.removed);
			const entry = new Uint8Array([...head, ...one.added, ...rest]);
			const isSame = Buffer.from(entry).equals(good.entry);
			return isSame ? [] : [{ entry, signature: good.signature }];
		});
		expect(forged.length).toBeGreaterThan(3_000);
		expect(await acceptedOf(forged)).toEqual([]);
	});
});

describe('S-19: an entry of a key that ended, or of a tablet that was reported', () => {
	const ENDED_MS = NOW - 2 * DAY_MS;
	const stolen = { ...actor, device: bytesToId<DeviceId>(new Uint8Array(16).fill(77)) };

	async function block(): Promise<void> {
		await storage.putDevice({
			device: stolen.device,
			number: 7,
			facility: STATION,
			key: nurse.key.publicKey,
			createdMs: 0,
			isBlocked: true
		});
	}

	for (const [signed, recordedMs] of [
		['before', ENDED_MS - DAY_MS],
		['after', NOW]
	] as const) {
		it(`signed ${signed} the end of the key is taken and marked, and still verifies`, async () => {
			await storage.putPersonKey({ ...nurse.key, untilMs: ENDED_MS });
			const [ack] = await push([entryOf(nurse, recordedMs)]);
			expect(ack).toMatchObject({ ack: 'accepted' });
			const flags = ack?.ack === 'accepted' ? (ack.flags ?? []) : [];
			expect(flags.includes('role-ended')).toBe(true);
		});

		it(`signed ${signed} the report and brought by the reported tablet waits for review`, async () => {
			await block();
			const [ack] = await push([entryOf(nurse, recordedMs)], stolen);
			expect(ack).toMatchObject({ ack: 'refused', code: 'not-allowed' });
			const held = await storage.listQuarantine({ device: stolen.device, limit: 9 });
			expect(held).toMatchObject([{ code: 'not-allowed' }]);
			expect(await storage.readBookState(bookOf(1))).toBeUndefined();
		});

		it(`signed ${signed} the report and brought by another tablet is that nurse’s, and is taken`, async () => {
			await block();
			const [ack] = await push([entryOf(nurse, recordedMs)], otherActor);
			expect(ack).toMatchObject({ ack: 'accepted' });
		});
	}

	it('under a key that no certificate names is refused, whoever brings it', async () => {
		const stranger = createPerson(12);
		for (const by of [actor, otherActor])
			expect(await push([entryOf(stranger)], by)).toMatchObject([{ code: 'unknown-author' }]);
	});
});
