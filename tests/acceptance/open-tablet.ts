/** A tablet in this process: the app's own worker code on a disk in memory, sealed as in a browser, over real HTTP. */
import type { BookId } from '#lib/domain/ids.ts';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from '#lib/storage/memory.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { createHttpServerPort } from '#lib/use-cases/http-server-port.ts';
import { argon2idPinHasher } from '#lib/vault/argon2.ts';
import { webCryptoKeyMaker } from '#lib/vault/keys.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import type { BookApi, SaveOutcome } from '#lib/worker/book-api.ts';
import { createCatalogueDesk } from '#lib/worker/catalogue-desk.ts';
import { createBookApi } from '#lib/worker/create-book-api.ts';
import { createStartSync } from '#lib/worker/start-sync.ts';
import { newCodeFor } from './enrolment-codes.ts';
import { TEST_PASSWORD, TEST_PIN, type TestStaff } from './start-server.ts';

/** A tablet's network: its cable can be pulled. */
function cable(url: () => string) {
	const state = { isPlugged: true };
	const throughCable = (address: string, init?: RequestInit): Promise<Response> =>
		state.isPlugged ? fetch(url() + address, init) : Promise.reject(new TypeError('no network'));
	return { state, fetch: throughCable };
}

const addresses = new WeakMap<object, () => string>();

export function openTablet(url: () => string, disk: MemoryDisk = createMemoryDisk()) {
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
		eraseDevice: async () => {
			await storage.close();
			await disk.erase();
		},
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
	addresses.set(api, url);
	return { api, storage, disk, network: network.state };
}

/** By PIN; whoever is new does what is done the first time. */
export async function signIn(api: BookApi, { login }: TestStaff): Promise<void> {
	const { facility } = await api.start();
	const known = await api.signIn({ login, pin: TEST_PIN });
	if (known.type === 'signed-in') return;
	if (known.type !== 'unknown') throw new Error(known.type);
	if (facility === undefined) {
		const paired = await api.enrol(await newCodeFor(addresses.get(api)?.() ?? '', login));
		if (paired.type !== 'enrolled') throw new Error(paired.type);
	}
	const checked = await api.checkPassword({ login, password: TEST_PASSWORD });
	if (checked.type !== 'choose-pin') throw new Error(checked.type);
	const outcome = await api.choosePin(TEST_PIN);
	if (outcome.type !== 'signed-in') throw new Error(outcome.type);
}

export function bookOf(outcome: SaveOutcome): BookId {
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.book;
}
