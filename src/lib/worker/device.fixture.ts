/** A tablet for tests: the real book API on a memory disk, a clock that stands still, a scripted server. */
import { clinicalDateOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type {
	Facility,
	FoundPerson,
	Journey,
	LeaseAnswer,
	ParcelOutcome,
	RefusedList,
	ReviewRequest,
	SignInRequest
} from '#lib/protocol/api.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryFaults } from '#lib/storage/memory.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { SpareFile } from '#lib/storage/spare-file.ts';
import type { ServerAnswer, ServerPort } from '#lib/use-cases/server-port.ts';
import { webCryptoKeyMaker } from '#lib/vault/keys.ts';
import { SEALING_POINT } from '#lib/vault/open-parcel.fixture.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import type { PinHasher } from '#lib/vault/pin.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { OpenedBook, SaveOutcome, SyncState } from './book-api.ts';
import { createCatalogueDesk } from './catalogue-desk.ts';
import { createBookApi } from './create-book-api.ts';
import type { LivePort } from './live-desk.ts';
import type { StartSync } from './sync-port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { WriterLock } from './writer-lock.ts';

/** 08:40 on 24 November 2026 in Vietnam. */
export const NOW_MS = Date.UTC(2026, 10, 24, 1, 40);
export const NOW = '2026-11-24T08:40' as ClinicalTime;
export const TODAY = clinicalDateOf(NOW_MS);
export const PIN = '120385';
const DATA_KEY = new Uint8Array(32).fill(5);
export const LEASE_MS = 14 * 24 * 60 * 60_000;
const LEASE: LeaseAnswer = {
	pepper: bytesToBase64url(new Uint8Array(32).fill(6)),
	leaseMs: LEASE_MS
};

export const STATION: Facility = {
	code: '14021',
	name: 'Trạm y tế xã Suối Bạc',
	kind: 'commune-station',
	commune: '03901',
	shortCode: 'SB'
};
const OTHER_STATION: Facility = { ...STATION, code: '14022', shortCode: 'PY' };

interface Account {
	person: string;
	name: string;
	role?: Role;
	facility: Facility;
	pin: string;
}

function fourAccounts(): Record<string, Account> {
	return {
		'mai.tt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAA',
			name: 'Trần Thị Mai',
			facility: STATION,
			pin: PIN
		},
		'lan.nt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAQ',
			name: 'Nguyễn Thị Lan',
			facility: STATION,
			pin: '654321'
		},
		'hai.nd': {
			person: 'AAAAAAAAAAAAAAAAAAAABA',
			name: 'Nguyễn Đức Hải',
			role: 'doctor',
			facility: STATION,
			pin: '246810'
		},
		'hoa.lt': {
			person: 'AAAAAAAAAAAAAAAAAAAAAg',
			name: 'Lê Thị Hoa',
			facility: OTHER_STATION,
			pin: PIN
		}
	};
}

/** What the scripted server has heard, and what it is to answer. */
function newServerState() {
	return {
		isOn: true,
		accounts: fourAccounts(),
		seen: [] as SignInRequest[],
		renewals: 0,
		answerToRenewal: { type: 'answered', value: LEASE } as ServerAnswer<LeaseAnswer>,
		parcels: [] as Uint8Array[],
		answerToParcel: 'taken' as ParcelOutcome,
		people: [] as FoundPerson[],
		opened: [] as string[],
		journey: { newest: [], places: [] } as Journey,
		journeysAsked: 0,
		refused: { held: [], returned: [] } as RefusedList,
		heldBytes: '',
		decided: [] as ReviewRequest[],
		answerToReview: { type: 'answered', value: 'decided' } as ServerAnswer<'decided'>,
		/** Public keys that the server no longer takes for this person. */
		refusedKeys: new Set<string>()
	};
}

/** A server with four practitioners, that can be switched off and looked into. */
export function scriptedServer() {
	const state = newServerState();
	const { accounts, seen } = state;
	const ask = async <T>(answer: () => ServerAnswer<T>): Promise<ServerAnswer<T>> =>
		state.isOn ? answer() : { type: 'unreachable' };
	const port: ServerPort = {
		signIn: (request) =>
			ask(() => {
				seen.push(request);
				const account = accounts[request.login];
				if (account?.pin !== request.pin) return { type: 'refused', code: 'sign-in-failed' };
				if (state.refusedKeys.has(request.personKey))
					return { type: 'refused', code: 'schema', path: 'personKey' };
				return { type: 'answered', value: signInAnswer(request, account) };
			}),
		renewLease: () => {
			state.renewals += 1;
			return ask(() => state.answerToRenewal);
		},
		sendParcels: (parcels) =>
			ask(() => {
				for (const parcel of parcels) state.parcels.push(parcel);
				return { type: 'answered', value: parcels.map(() => state.answerToParcel) };
			}),
		findPeople: () => ask(() => ({ type: 'answered', value: state.people })),
		openBook: ({ book }) =>
			ask(() => {
				state.opened.push(book);
				return { type: 'answered', value: 'opened' };
			}),
		readJourney: () =>
			ask(() => {
				state.journeysAsked += 1;
				return { type: 'answered', value: state.journey };
			}),
		listRefused: () => ask(() => ({ type: 'answered', value: state.refused })),
		readHeld: () =>
			ask(() =>
				state.heldBytes === ''
					? { type: 'refused', code: 'not-allowed' }
					: { type: 'answered', value: { bytes: state.heldBytes } }
			),
		reviewRefused: (request) =>
			ask(() => {
				state.decided.push(request);
				return state.answerToReview;
			}),
		listEditions: () => ask(() => ({ type: 'answered', value: [] })),
		readEdition: () => ask(() => ({ type: 'refused', code: 'not-found' }))
	};
	return { ...state, state, port };
}

function signInAnswer(
	{ login }: SignInRequest,
	{ person, name, facility, role = 'nurse' }: Account
) {
	return {
		practitioner: { person, name, role, login },
		facility,
		device: { id: 'AAAAAAAAAAAAAAAAAAAAAw', number: 2, token: 'device-token' },
		certificate: {
			bytes: bytesToBase64url(new Uint8Array([1])),
			signature: bytesToBase64url(new Uint8Array(64))
		},
		vault: {
			dataKey: bytesToBase64url(DATA_KEY),
			...LEASE,
			sealingKey: bytesToBase64url(SEALING_POINT)
		}
	};
}

/** Cheap, and different for every PIN and salt. */
const quickHash: PinHasher = async (pin, salt) => {
	const text = new TextEncoder().encode(pin);
	return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...text, ...salt])));
};

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
			spareFile: options.spareFile,
			estimateStorage: async () => ({ usedBytes: 1_000, quotaBytes: 1_000_000 }),
			...(options.rooms && { live: { rooms: options.rooms, random: () => 0 } })
		});
		return { api, storage };
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
	const stop = await api.watchBook(book, (opened) => {
		if (opened === 'unreadable') throw new Error('the book cannot be read');
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
