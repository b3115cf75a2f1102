/** The storage cannot do it: the caller is told, nothing is acknowledged, nothing is half there. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { PersonId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import {
	AT_MS,
	batchOf,
	bookId,
	deviceId,
	entryOf,
	idOf,
	PLENTY,
	quarantineRow
} from './port-suite-material.ts';
import { openSqliteStorage, type SqliteStorageOptions } from './sqlite.ts';
import { checkStore } from './sqlite/check-file.ts';
import type { Fault } from './sqlite/group-commit.ts';
import type { AppendEntry, ServerStorage, StorageFailure } from './storage.ts';

vi.setConfig({ testTimeout: 30_000 });
const directory = mkdtempSync(join(tmpdir(), 'server-failing-'));
afterAll(() => {
	rmSync(directory, { recursive: true, force: true });
});

let stores = 0;
const newFile = () => join(directory, `${++stores}`, 'store.sqlite');
const open = (file: string, rest: Partial<SqliteStorageOptions> = {}) =>
	openSqliteStorage({
		file,
		clock: () => AT_MS,
		random: (count) => new Uint8Array(randomBytes(count)),
		...rest
	});

const BOOK = bookId(1);
const STATION = 'S0001';
const HOSPITAL: Facility = {
	code: 'H0001',
	name: 'Hospital',
	kind: 'regional-hospital',
	commune: '00001',
	shortCode: 'HA'
};
const written = (text: string | number): AppendEntry =>
	entryOf(BOOK, text, { facility: STATION, lookups: [`key ${text}`] });

describe('a storage that cannot grow', () => {
	it('refuses with disk-full, goes on reading, keeps what it had, and takes more when there is room', async () => {
		const file = newFile();
		const small = await open(file, { pagesMax: 120 });
		const kept: AppendEntry[] = [];
		let failure: unknown;
		for (let n = 0; failure === undefined && n < 100; n++) {
			const entries = Array.from({ length: 10 }, (_, i) => ({
				...written(`${n}-${i}`),
				signature: new Uint8Array(2_000)
			}));
			await small.append(batchOf(entries)).then(
				() => kept.push(...entries),
				(error: unknown) => (failure = error)
			);
		}
		expect(failure).toMatchObject({ name: 'StorageFailure', code: 'disk-full' });
		expect(kept.length).toBeGreaterThan(0);
		expect(await small.readBook(BOOK)).toHaveLength(kept.length);
		await small.close();

		const roomy = await open(file);
		const result = await roomy.append(batchOf([written('more')]));
		expect(result).toEqual([{ type: 'accepted', commit: kept.length + 1 }]);
		await roomy.close();
		expect(checkStore(file).type).toBe('sound');
	});

	it('lets a call that fits succeed although one beside it does not', async () => {
		const file = newFile();
		const storage = await open(file, { pagesMax: 120 });
		const large = { ...written('large'), signature: new Uint8Array(900_000) };
		const [fits, tooLarge] = await Promise.allSettled([
			storage.append(batchOf([written('fits')])),
			storage.append(batchOf([large]))
		]);
		expect(fits).toMatchObject({ status: 'fulfilled', value: [{ type: 'accepted' }] });
		expect(tooLarge).toMatchObject({ status: 'rejected', reason: { code: 'disk-full' } });
		expect(await storage.readBook(BOOK)).toHaveLength(1);
		await storage.close();
		expect(checkStore(file).type).toBe('sound');
	});
});

describe('a database held by another process', () => {
	it('answers busy and works again when the other lets go', async () => {
		const file = newFile();
		const storage = await open(file, { busyTimeoutMs: 20 });
		const other = new DatabaseSync(file);
		other.exec('BEGIN IMMEDIATE');
		await expect(storage.append(batchOf([written(1)]))).rejects.toMatchObject({ code: 'busy' });
		expect(await storage.readBook(BOOK)).toEqual([]);
		other.exec('ROLLBACK');
		other.close();
		expect(await storage.append(batchOf([written(1)]))).toEqual([{ type: 'accepted', commit: 1 }]);
		await storage.close();
	});

	it('is not opened a second time while it is open, also by this process', async () => {
		const file = newFile();
		const storage = await open(file);
		await expect(open(file)).rejects.toThrow('Another server runs');
		await storage.close();
		await (await open(file)).close();
	});
});

describe('a writing thread that ends by itself', () => {
	it('is told at once and is no passing failure: nobody waits for a store that cannot write', async () => {
		const lost = Promise.withResolvers<StorageFailure>();
		const isDue = { now: false };
		const storage = await open(newFile(), {
			onLost: lost.resolve,
			fault: (point) => {
				if (isDue.now && point === 'after_commit') throw new Error('no');
			}
		});
		await storage.checkWritable();
		isDue.now = true;
		const failure = { name: 'StorageFailure', code: 'internal' };
		await expect(storage.append(batchOf([written(1)]))).rejects.toMatchObject(failure);
		expect(await lost.promise).toMatchObject(failure);
		await expect(storage.checkWritable()).rejects.toMatchObject(failure);
		await storage.close();
	});
});

describe('the n-th step of the storage fails', () => {
	const writes: Record<string, (storage: ServerStorage) => Promise<unknown>> = {
		'a push': (storage) => storage.append(batchOf([written('a'), written('b'), written('c')])),
		'a membership': (storage) => storage.beginMembership('S0002', BOOK, 'registered', AT_MS),
		'a quarantined entry': (storage) => storage.putQuarantine([quarantineRow(1)]),
		'a refused entry that is released': async (storage) => {
			const [held] = await storage.listHeld({ facility: STATION, limit: 1 });
			if (held === undefined) throw new Error('nothing is held');
			const { number, id: entry } = held;
			const who = { at: AT_MS, person: idOf<PersonId>('reviewer'), device: deviceId(9) };
			const what = { facility: STATION, number, entry, outcome: 'released' as const, note: '' };
			return storage.review({ ...who, ...what, append: written('held') });
		},
		'an audit row': (storage) => storage.audit({ at: AT_MS, action: 'find', detail: 'hits=1' }),
		'the duties of a hospital': (storage) => storage.putFacility(HOSPITAL, [STATION])
	};
	for (const [what, write] of Object.entries(writes))
		it(`${what}: the caller is told and nothing of it is there, whichever n`, async () => {
			const failing = createFailingFault();
			const file = newFile();
			const storage = await open(file, { fault: failing.fault });
			await storage.append(batchOf([written('before')]));
			await storage.putQuarantine([quarantineRow('held', { facility: STATION })]);
			const before = await everythingIn(storage);
			let failures = 0;
			for (let n = 1; ; n++) {
				failing.failAt(n);
				const outcome = await write(storage).then(
					() => undefined,
					(error: unknown) => error
				);
				if (!failing.hasFailed()) break;
				failures += 1;
				expect(outcome).toMatchObject({ name: 'StorageFailure', code: 'io' });
				expect(await everythingIn(storage)).toEqual(before);
			}
			expect(failures).toBeGreaterThanOrEqual(2);
			expect(await everythingIn(storage)).not.toEqual(before);
			await storage.close();
			expect(checkStore(file).type).toBe('sound');
		});
});

/** Fails at the n-th point that a write passes before its commit. */
function createFailingFault() {
	let left = 0;
	let isThrown = false;
	const fault: Fault = (point) => {
		if (point === 'after_commit' || point === 'before_ack') return;
		left -= 1;
		if (left !== 0) return;
		isThrown = true;
		throw new Error('no');
	};
	return {
		fault,
		failAt(n: number) {
			left = n;
			isThrown = false;
		},
		hasFailed: () => isThrown
	};
}

async function everythingIn(storage: ServerStorage) {
	return {
		state: await storage.readState(),
		book: await storage.readBookState(BOOK),
		entries: await storage.readBook(BOOK),
		station: await storage.readFeed(STATION, 0, PLENTY),
		stationState: await storage.readFeedState(STATION),
		other: await storage.readFeedState('S0002'),
		hospital: await storage.readFeedState(HOSPITAL.code),
		duties: await storage.listDuties(STATION),
		found: await storage.findBooks(['key a'], 10),
		audit: await storage.listAudit({ limit: 100 }),
		quarantine: await storage.listQuarantine({ limit: 100 }),
		held: await storage.listHeld({ facility: STATION, limit: 100 })
	};
}

describe('calls of one moment', () => {
	it('cross together, and one that fails takes no other with it', async () => {
		const storage = await open(newFile());
		await storage.append(batchOf([written('one')]));
		const noSuchRow = 99;

		const [state, failed, book, confirmed, audited] = await Promise.allSettled([
			storage.readState(),
			storage.readSnapshot(STATION, noSuchRow, undefined, 1_000),
			storage.readBook(BOOK),
			storage.confirm(noSuchRow),
			storage.audit({ at: AT_MS, action: 'deliver', detail: 'feed' })
		]);
		expect(state).toMatchObject({ status: 'fulfilled', value: { head: 1 } });
		expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'RangeError' } });
		expect(book).toMatchObject({ status: 'fulfilled', value: [{ commit: 1 }] });
		expect(confirmed).toMatchObject({ status: 'rejected', reason: { name: 'RangeError' } });
		expect(audited.status).toBe('fulfilled');
		await storage.close();
	});
});
