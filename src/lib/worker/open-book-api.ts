/**
 * The real parts of a browser put together: what the book worker answers with. Runs in a dedicated
 * worker only; the bench opens the same parts, with clocks around them.
 */
import { proxy } from 'comlink';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import { openSealedStorage } from '#lib/storage/dexie.ts';
import { openPrivateFile } from '#lib/storage/spare-file.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { createHttpServerPort } from '#lib/use-cases/http-server-port.ts';
import { argon2idPinHasher } from '#lib/vault/argon2.ts';
import { webCryptoKeyMaker } from '#lib/vault/keys.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import type { BookApi } from './book-api.ts';
import type { BookWorkerApi, BookWorkerDoor } from './book-client.ts';
import { createCatalogueDesk } from './catalogue-desk.ts';
import { createBookApi } from './create-book-api.ts';
import type { PageHints } from './page-hints.ts';
import { sendCopy } from './spare-parcels.ts';
import { createStartSync } from './start-sync.ts';
import { createWebLive } from './web-live.ts';
import { holdLifeline } from './worker-life.ts';
import { webWriterLock } from './writer-lock.ts';

const DATABASE_NAME = 'so-suc-khoe sealed';
/** A second copy of what waits. */
const SPARE_NAME = 'so-suc-khoe waiting';
/** Before version 0.2, unsealed. */
const PLAIN_NAME = 'so-suc-khoe';

/** Throws `StorageFailed` when what the device keeps cannot be opened. */
export async function openBookApi(): Promise<BookApi & PageHints> {
	const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
	const keyring = createKeyring(randomBytes);
	const server = createHttpServerPort((address, init) => fetch(address, init));
	const spareFile = openPrivateFile(SPARE_NAME);
	const { storage, takeOver } = await openSealedStorage(DATABASE_NAME, PLAIN_NAME, keyring).catch(
		(error: unknown) => {
			if (spareFile !== undefined) void sendCopy(spareFile, server).catch(() => undefined);
			throw error;
		}
	);
	const clock = { nowMs: () => Date.now() };
	return createBookApi({
		storage,
		takeOver,
		spareFile,
		server,
		clock,
		startSync: createStartSync({
			storage,
			clock,
			timer: systemTimer,
			random: () => Math.random(),
			onError: (error) => reportError(error),
			createTransport: (headers) =>
				createFetchTransport({
					url: SYNC_PATH,
					fetch: (input, init) => fetch(input, init),
					timer: systemTimer,
					headers
				})
		}),
		catalogues: createCatalogueDesk({ keyStore: storage, server, clock }),
		live: { rooms: createWebLive(location.origin), random: () => Math.random() },
		lock: webWriterLock(navigator.locks),
		timer: systemTimer,
		randomBytes,
		keyring,
		keyMaker: webCryptoKeyMaker(),
		hashPin: argon2idPinHasher,
		startSealing: webCryptoSealing,
		estimateStorage
	});
}

/** What the worker exposes to the page of an API that is being opened. */
export function doorTo(opening: Promise<BookApi & PageHints>): BookWorkerDoor {
	const answers = opening.then(answersOf);
	return {
		open: async (lifeline) => {
			await holdLifeline(lifeline);
			return proxy(await answers);
		}
	};
}

async function estimateStorage(): Promise<{ usedBytes: number; quotaBytes: number } | undefined> {
	const { usage, quota } = await navigator.storage.estimate();
	if (usage === undefined || quota === undefined) return undefined;
	return { usedBytes: usage, quotaBytes: quota };
}

/** A function that is handed back stays here; the page gets a proxy of it. */
function answersOf(api: BookApi & PageHints): BookWorkerApi {
	return {
		...api,
		watchBook: async (book, listener) => proxy(await api.watchBook(book, listener)),
		watchPresence: async (book, listener) => proxy(await api.watchPresence(book, listener)),
		watchVisitDraft: async (book, listener) => proxy(await api.watchVisitDraft(book, listener))
	};
}
