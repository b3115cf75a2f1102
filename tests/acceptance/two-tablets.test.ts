/** Two tablets with the app's own worker code, and a real server between them over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	clinicalTimeOf,
	type ClinicalTime,
	type PartialDate
} from '#lib/domain/time/clinical-time.ts';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from '#lib/storage/memory.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { argon2idPinHasher } from '#lib/vault/argon2.ts';
import { webCryptoKeyMaker } from '#lib/vault/keys.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import type { BookApi, OpenedBook, SaveOutcome, SyncState } from '#lib/worker/book-api.ts';
import { createCatalogueDesk } from '#lib/worker/catalogue-desk.ts';
import { createBookApi } from '#lib/worker/create-book-api.ts';
import { createHttpServerPort } from '#lib/use-cases/http-server-port.ts';
import { createStartSync } from '#lib/worker/start-sync.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	TEST_PIN,
	type RunningServer,
	type TestStaff
} from './start-server.ts';

const CHILD: Facts = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male',
	'identifier.personal': { value: '014225001234', source: 'card' }
};
const DOSE = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L-1' };

/** A tablet's network: its cable can be pulled. */
function cable(url: () => string) {
	const state = { isPlugged: true };
	const throughCable = (address: string, init?: RequestInit): Promise<Response> =>
		state.isPlugged ? fetch(url() + address, init) : Promise.reject(new TypeError('no network'));
	return { state, fetch: throughCable };
}

function openTablet(url: () => string, disk: MemoryDisk = createMemoryDisk()) {
	const network = cable(url);
	const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
	const keyring = createKeyring(randomBytes);
	const storage = createMemoryStorage({ disk, cipher: keyring });
	const clock = { nowMs: () => Date.now() };
	const server = createHttpServerPort(network.fetch);
	const api = createBookApi({
		storage,
		server,
		clock,
		timer: systemTimer,
		lock: { acquire: async () => true },
		catalogues: createCatalogueDesk({ keyStore: storage, server, clock }),
		randomBytes,
		keyring,
		startSealing: webCryptoSealing,
		keyMaker: webCryptoKeyMaker(),
		hashPin: argon2idPinHasher,
		estimateStorage: async () => undefined,
		startSync: createStartSync({
			storage,
			clock,
			timer: systemTimer,
			random: () => 0.5,
			onError: (error) => {
				throw error;
			},
			createTransport: (headers) =>
				createFetchTransport({
					url: SYNC_PATH,
					fetch: (address, init) => network.fetch(address as string, init),
					timer: systemTimer,
					headers
				})
		})
	});
	return { api, storage, network: network.state };
}

async function signIn(api: BookApi, { login }: TestStaff): Promise<void> {
	await api.start();
	const outcome = await api.signIn({ login, pin: TEST_PIN });
	if (outcome.type !== 'signed-in') throw new Error(outcome.type);
}

function bookOf(outcome: SaveOutcome): BookId {
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.book;
}

async function syncState(api: BookApi): Promise<SyncState | undefined> {
	let state: SyncState | undefined;
	await api.watchSync((current) => (state = current));
	return state;
}

/** The book as soon as it is as expected. */
async function opened(
	api: BookApi,
	book: BookId,
	isExpected: (opened: OpenedBook) => boolean
): Promise<OpenedBook> {
	return new Promise((resolve) => {
		void api.watchBook(book, (current) => {
			if (current !== undefined && isExpected(current)) resolve(current);
		});
	});
}

describe('two tablets and a server', () => {
	const dataDir = newDataDir();
	let server: RunningServer;
	const url = () => server.url;

	beforeAll(async () => {
		await seedStaff(dataDir);
		server = await startServer({ dataDir });
	});
	afterAll(async () => {
		await server.stop();
	});

	it('of one station: both record offline for one child, and after syncing both see both', async () => {
		const [one, two] = [openTablet(url), openTablet(url)];
		await signIn(one.api, NURSE_A);
		await signIn(two.api, NURSE_A);
		const book = bookOf(await one.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		await one.api.syncNow();
		await two.api.syncNow();
		expect((await two.api.searchPeople('minh')).map(({ person }) => person.book)).toEqual([book]);

		one.network.isPlugged = false;
		two.network.isPlugged = false;
		const occurred = clinicalTimeOf(Date.now());
		bookOf(await one.api.giveVaccine({ book, immunization: DOSE, occurred }));
		bookOf(await two.api.recordVisit({ book, visit: { reason: 'Sốt' }, occurred }));
		await one.api.syncNow();
		expect(await syncState(one.api)).toMatchObject({ waiting: 1, network: 'unreachable' });

		one.network.isPlugged = true;
		two.network.isPlugged = true;
		await one.api.syncNow();
		await two.api.syncNow();
		await one.api.syncNow();
		for (const { api } of [one, two]) {
			const { view } = await opened(api, book, (current) => current.view.timeline.length === 3);
			expect(view.vaccinations.doses).toHaveLength(1);
			expect(await syncState(api)).toMatchObject({ waiting: 0, network: 'reachable' });
			expect(await api.listOutbox()).toEqual([]);
		}
	});

	it('of two stations: the other one finds the child by number and brings the book', async () => {
		const [one, other] = [openTablet(url), openTablet(url)];
		await signIn(one.api, NURSE_A);
		await signIn(other.api, NURSE_B);
		await one.api.syncNow();
		const [hit] = await one.api.searchPeople('minh');
		await other.api.syncNow();
		expect(await other.api.searchPeople('minh')).toEqual([]);

		const found = await other.api.findOnServer({ identifier: '014225001234' });
		if (found.type !== 'found') throw new Error(found.type);
		expect(found.people.map(({ book }) => book)).toEqual([hit?.person.book]);
		const book = hit?.person.book ?? ('' as BookId);
		expect(await other.api.bringFromServer(book)).toEqual({ type: 'opened' });
		const { view } = await opened(other.api, book, () => true);
		expect(view.vaccinations.doses).toHaveLength(1);
		expect((await other.api.searchPeople('minh')).map(({ person }) => person.book)).toEqual([book]);
		const byName = { name: 'Bàn Văn Minh', birthDate: '2025-05-14' as PartialDate };
		expect((await other.api.findOnServer(byName)).type).toBe('found');
	});

	it('whose server dies in between: what was saved arrives after it is back, once', async () => {
		const disk = createMemoryDisk();
		const tablet = openTablet(url, disk);
		await signIn(tablet.api, NURSE_A);
		await tablet.api.syncNow();
		const [hit] = await tablet.api.searchPeople('minh');
		const book = hit?.person.book ?? ('' as BookId);
		await server.kill();
		const occurred = clinicalTimeOf(Date.now());
		bookOf(await tablet.api.recordVisit({ book, visit: { reason: 'Ho' }, occurred }));
		tablet.storage.crash();

		server = await startServer({ dataDir });
		const again = openTablet(url, disk);
		await signIn(again.api, NURSE_A);
		await again.api.syncNow();
		expect(await syncState(again.api)).toMatchObject({ waiting: 0, refused: 0 });
		const fresh = openTablet(url);
		await signIn(fresh.api, NURSE_A);
		await fresh.api.syncNow();
		const { view } = await opened(fresh.api, book, () => true);
		const visits = view.timeline.filter(({ kind }) => kind === 'visit');
		expect(visits.map(({ content }) => content?.body)).toContainEqual({ reason: 'Ho' });
		expect(visits).toHaveLength(2);
	});
});
