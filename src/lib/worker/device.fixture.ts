/** A tablet for tests: the real book API on a memory disk, a clock that stands still, a scripted server. */
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryFaults } from '#lib/storage/memory.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { SpareFile } from '#lib/storage/spare-file.ts';
import { webCryptoKeyMaker } from '#lib/vault/keys.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import type { PinHasher } from '#lib/vault/pin.ts';
import type {
	BookApi,
	ChoosePinOutcome,
	EnrolDeviceOutcome,
	OpenedBook,
	PasswordOutcome,
	SaveOutcome,
	SyncState
} from './book-api.ts';
import { createCatalogueDesk } from './catalogue-desk.ts';
import { createBookApi } from './create-book-api.ts';
import type { LivePort } from './live-desk.ts';
import {
	DATA_KEY,
	ENROLMENT_CODE,
	NOW_MS,
	passwordOf,
	PIN,
	scriptedServer,
	STATION
} from './scripted-server.fixture.ts';
import type { StartSync } from './sync-port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { WriterLock } from './writer-lock.ts';

export {
	ENROLMENT_CODE,
	LEASE_MS,
	NOW,
	NOW_MS,
	passwordOf,
	PIN,
	scriptedServer,
	STATION,
	TODAY
} from './scripted-server.fixture.ts';

/** Cheap, and different for every PIN and salt. */
const quickHash: PinHasher = async (pin, salt) => {
	const text = new TextEncoder().encode(pin);
	return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...text, ...salt])));
};

/** Whoever signs in and has chosen no PIN here does what they do the first time. */
function withFirstSignIn<Whole extends BookApi>(api: Whole) {
	return {
		...api,
		signIn: async (input: { login: string; pin: string }) => {
			const outcome = await api.signIn(input);
			return outcome.type === 'unknown' ? signInFirst(api, input) : outcome;
		}
	};
}

/** What somebody does who has not used this tablet: the code where it is nobody's, the password, a PIN. */
export async function signInFirst(
	api: Pick<BookApi, 'start' | 'enrol' | 'checkPassword' | 'choosePin'>,
	{ login, pin }: { login: string; pin: string }
): Promise<FirstSignIn> {
	const { facility } = await api.start();
	if (facility === undefined) {
		const enrolled = await api.enrol(ENROLMENT_CODE);
		if (enrolled.type !== 'enrolled') return enrolled;
	}
	const checked = await api.checkPassword({ login, password: passwordOf({ pin }) });
	return checked.type === 'choose-pin' ? api.choosePin(pin) : checked;
}
type FirstSignIn =
	| Exclude<EnrolDeviceOutcome, { type: 'enrolled' }>
	| Exclude<PasswordOutcome, { type: 'choose-pin' }>
	| ChoosePinOutcome;

/** One browser: its windows share the disk and the writer lock. */
export function createBrowser(server = scriptedServer(), disk = createMemoryDisk()) {
	const clock = { ms: NOW_MS, nowMs: () => clock.ms };
	const timers = manualTimer();
	const lock = sharedLock();

	function openWindow(
		options: {
			faults?: MemoryFaults;
			startSync?: StartSync;
			rooms?: LivePort;
			spareFile?: SpareFile;
		} = {}
	) {
		const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
		const keyring = createKeyring(randomBytes);
		const storage = createMemoryStorage({
			disk,
			faults: options.faults ?? {},
			cipher: keyring
		});
		const api = createBookApi({
			storage,
			server: server.port,
			clock,
			timer: timers,
			lock,
			startSync: options.startSync ?? (() => idleSync),
			catalogues: createCatalogueDesk({ keyStore: storage, server: server.port, clock }),
			randomBytes,
			keyring,
			startSealing: webCryptoSealing,
			keyMaker: webCryptoKeyMaker(),
			hashPin: quickHash,
			eraseDevice: async () => {
				await storage.close();
				await disk.erase();
			},
			spareFile: options.spareFile,
			estimateStorage: async () => ({ usedBytes: 1_000, quotaBytes: 1_000_000 }),
			...(options.rooms && { live: { rooms: options.rooms, random: () => 0 } })
		});
		return { api: withFirstSignIn(api), storage };
	}

	/** What lies on the disk, read as by somebody signed in. */
	function readDisk(): BookStorage {
		const keyring = createKeyring((count) => new Uint8Array(count));
		keyring.use(DATA_KEY);
		return createMemoryStorage({ disk, cipher: keyring });
	}

	return { disk, clock, timers, server, openWindow, readDisk };
}

export type Browser = ReturnType<typeof createBrowser>;
export type Api = ReturnType<Browser['openWindow']>['api'];

/** A window in which a nurse is signed in. */
export async function signedIn(browser = createBrowser(), faults: MemoryFaults = {}) {
	const { api, storage } = browser.openWindow({ faults });
	await api.start();
	const outcome = await api.signIn({ login: 'mai.tt', pin: PIN });
	if (outcome.type !== 'signed-in') throw new Error(outcome.type);
	return { browser, api, storage };
}

const idleSync = {
	wake: () => undefined,
	syncNow: async () => undefined,
	fetchBook: async () => undefined,
	stop: () => undefined
};

/** Time passes when the test says so. */
function manualTimer(): Timer & { runAll(): void } {
	const waiting = new Set<() => void>();
	return {
		after: (_ms, run) => {
			waiting.add(run);
			return () => waiting.delete(run);
		},
		runAll: () => {
			for (const run of [...waiting]) {
				waiting.delete(run);
				run();
			}
		}
	};
}

function sharedLock(): WriterLock {
	let lose: (() => void) | undefined;
	return {
		acquire: async ({ steal, onLost }) => {
			if (lose !== undefined && !steal) return false;
			lose?.();
			lose = onLost;
			return true;
		}
	};
}

export const CHILD: Facts = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male',
	address: { commune: STATION.commune, village: 'Bản Khoang' }
};

export function bookOf(outcome: SaveOutcome): BookId {
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.book;
}

/** What a watcher of a book is told, waited for. */
export async function watched(api: Api, book: BookId) {
	let seen = Promise.withResolvers<OpenedBook | undefined>();
	const all: (OpenedBook | undefined)[] = [];
	const stop = await api.watchBook(book, (told) => {
		if (told === 'unreadable') throw new Error('the book cannot be read');
		const opened = told === 'left' || told === 'ended' ? undefined : told;
		all.push(opened);
		seen.resolve(opened);
	});
	const next = async (): Promise<OpenedBook | undefined> => {
		const opened = await seen.promise;
		seen = Promise.withResolvers();
		return opened;
	};
	return { next, stop, all };
}

export async function syncStateOf(api: Api): Promise<SyncState> {
	let current: SyncState | undefined;
	await api.watchSync((state) => (current = state));
	if (current === undefined) throw new Error('watching sync says the state at once');
	return current;
}
