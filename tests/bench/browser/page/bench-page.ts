/**
 * The page's side of a measure: starts the worker as the app does and asks it through the app's own client.
 * Everything is timed in here, so that the way to the program that drives the browser counts nowhere.
 */
import { wrap } from 'comlink';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { BookApi, SyncState } from '#lib/worker/book-api.ts';
import { createBookClient } from '#lib/worker/book-client.ts';
import type { BenchDoor } from './bench-worker.ts';
import { calibrate } from './calibration.ts';

export interface Credentials {
	login: string;
	password: string;
	pin: string;
}

export interface Taken {
	/** Milliseconds from the first request of syncing. */
	firstUsableMs: number;
	storedMs: number;
	/** Milliseconds that signing in took before. */
	signInMs: number;
	/** Books that the device held when the worker started. */
	heldBefore: number;
}

export interface ColdStart {
	/** From the start of the worker until the lock screen can ask for a PIN. */
	startedMs: number;
	/** From the last digit of the PIN until it is taken. */
	unlockMs: number;
	/** From the last digit of the PIN until the first list of hits is here. */
	usableMs: number;
	hits: number;
}

export interface Timed {
	roundTrip: number[];
	own: number[];
	/** Length of each list of hits. */
	hits: number[];
}

export type Bench = ReturnType<typeof createBench>;

declare global {
	interface Window {
		bench: Bench;
		/** Of the lab, for the facility of this login. */
		newEnrolmentCode: (login: string) => Promise<string>;
	}
}

const USABLE_BOOKS = 500;
const CALIBRATIONS = 3;
/** A letter with which names begin all over the country. */
const COMMON_LETTER = 'n';
const CHILD_BORN = '2024-03-05' as ClinicalTime;

window.bench = createBench();

function createBench() {
	const startedMs = performance.now();
	const worker = new Worker(new URL('./bench-worker.ts', import.meta.url), {
		type: 'module',
		name: 'book'
	});
	const door = wrap<BenchDoor>(worker);
	const opened = door.open('so-suc-khoe bench');
	const client = createBookClient(() => opened);
	let booksTaken = 0;

	return {
		/** The fastest of a few runs of the same loop, page and worker one after the other. */
		calibrate: async (): Promise<{ pageMs: number; workerMs: number }> => {
			const times = { pageMs: Infinity, workerMs: Infinity };
			for (let at = 0; at < CALIBRATIONS; at++) {
				times.pageMs = Math.min(times.pageMs, calibrate());
				times.workerMs = Math.min(times.workerMs, await door.calibrate());
			}
			return times;
		},
		booksTaken: () => booksTaken,
		takeAll: (books: number, credentials: Credentials): Promise<Taken> =>
			takeAll(client, () => door.firstSyncMs(), {
				books,
				credentials,
				note: (n) => (booksTaken = n)
			}),
		coldStart: (credentials: Credentials): Promise<ColdStart> =>
			coldStart(client, startedMs, credentials),
		/** Milliseconds from the last digit of one after the other until the first list of hits is here. */
		takeTurns: (people: Credentials[], turns: number): Promise<number[]> =>
			takeTurns(client, people, turns),
		signIn: async (credentials: Credentials): Promise<string> => {
			await client.start();
			return signInType(client, credentials);
		},
		/** @param pauseMs between one letter and the next */
		type: async (queries: string[], pauseMs: number): Promise<Timed> => {
			const keystrokes = queries.flatMap((query) =>
				Array.from({ length: query.length }, (_, at) => query.slice(0, at + 1))
			);
			await door.takeOwnTimes();
			const timed: Timed = { roundTrip: [], own: [], hits: [] };
			for (const typed of keystrokes) {
				await pause(pauseMs);
				const sentMs = performance.now();
				const hits = await client.searchPeople(typed);
				timed.roundTrip.push(performance.now() - sentMs);
				timed.hits.push(hits.length);
			}
			return { ...timed, own: await door.takeOwnTimes() };
		},
		registerChild: async (): Promise<BookId> => {
			const facts = {
				name: 'Vàng Thị Đo Đạc',
				birthDate: CHILD_BORN,
				sex: 'female'
			} as const;
			const outcome = await client.registerPerson({ facts, issueTemporaryCode: true });
			if (outcome.type !== 'saved') throw new Error(`not registered: ${outcome.type}`);
			return outcome.book;
		},
		giveDoses: async (book: BookId, count: number, pauseMs: number): Promise<Timed> => {
			await door.takeOwnTimes();
			const roundTrip: number[] = [];
			for (let at = 0; at < count; at++) {
				if (pauseMs > 0) await pause(pauseMs);
				roundTrip.push(await giveDose(client, book, at));
			}
			return { roundTrip, own: await door.takeOwnTimes(), hits: [] };
		}
	};
}

async function giveDose(client: BookApi, book: BookId, at: number): Promise<number> {
	const immunization = {
		product: { name: 'Vắc xin 5 trong 1' },
		antigens: ['Diphtheria', 'Tetanus', 'Pertussis', 'HepB', 'Hib'],
		lot: `L-${1000 + at}`,
		site: 'left-thigh',
		route: 'intramuscular'
	} as const;
	const occurred = clinicalTimeOf(Date.now() - 60_000);
	const sentMs = performance.now();
	const outcome = await client.giveVaccine({
		book,
		immunization: { ...immunization, antigens: [...immunization.antigens] },
		occurred
	});
	if (outcome.type !== 'saved') throw new Error(`not saved: ${outcome.type}`);
	return performance.now() - sentMs;
}

async function takeAll(
	client: BookApi,
	firstSyncMs: () => Promise<number | undefined>,
	{
		books,
		credentials,
		note
	}: {
		books: number;
		credentials: Credentials;
		note: (booksTaken: number) => void;
	}
): Promise<Taken> {
	await client.start();
	const progress = await watchProgress(client, books, note);
	const signInSentMs = performance.now();
	await signIn(client, credentials);
	const signInMs = performance.now() - signInSentMs;
	await Promise.race([progress.some, progress.all]);
	const hits = await client.searchPeople(COMMON_LETTER);
	const usableMs = nowMs();
	if (hits.length === 0) throw new Error('nobody can be found');
	const storedMs = await progress.all;
	const sentMs = (await firstSyncMs()) ?? NaN;
	return {
		firstUsableMs: usableMs - sentMs,
		storedMs: storedMs - sentMs,
		signInMs,
		heldBefore: progress.heldBefore()
	};
}

/** `some`: the first books are stored; `all`: so many are, with the moment when the page heard of it. */
async function watchProgress(
	client: BookApi,
	books: number,
	note: (booksTaken: number) => void
): Promise<{ some: Promise<number>; all: Promise<number>; heldBefore: () => number }> {
	const some = Promise.withResolvers<number>();
	const all = Promise.withResolvers<number>();
	let heldBefore: number | undefined;
	await client.watchSync((state: SyncState) => {
		heldBefore ??= state.books;
		const taken = state.round?.booksTaken ?? 0;
		if (taken > 0) note(taken);
		if (taken >= USABLE_BOOKS) some.resolve(nowMs());
		if (heldBefore + taken >= books || state.books >= books) all.resolve(nowMs());
	});
	return { some: some.promise, all: all.promise, heldBefore: () => heldBefore ?? 0 };
}

async function coldStart(
	client: BookApi,
	openedMs: number,
	credentials: Credentials
): Promise<ColdStart> {
	await client.start();
	const startedMs = performance.now() - openedMs;
	const typedMs = performance.now();
	await signIn(client, credentials);
	const unlockMs = performance.now() - typedMs;
	const hits = await client.searchPeople(COMMON_LETTER);
	const usableMs = performance.now() - typedMs;
	return { startedMs, unlockMs, usableMs, hits: hits.length };
}

async function takeTurns(client: BookApi, people: Credentials[], turns: number): Promise<number[]> {
	const times: number[] = [];
	for (let turn = 0; turn < turns; turn++)
		for (const credentials of people) {
			await client.lock();
			const typedMs = performance.now();
			await signIn(client, credentials);
			const hits = await client.searchPeople(COMMON_LETTER);
			if (hits.length === 0) throw new Error('nobody can be found');
			times.push(performance.now() - typedMs);
		}
	return times;
}

/** By PIN; the first time with all that comes before it. */
async function signInType(client: BookApi, { login, password, pin }: Credentials): Promise<string> {
	const { type } = await client.signIn({ login, pin });
	if (type !== 'unknown') return type;
	const { facility } = await client.start();
	if (facility === undefined) await client.enrol(await window.newEnrolmentCode(login));
	const checked = await client.checkPassword({ login, password });
	return checked.type === 'choose-pin' ? (await client.choosePin(pin)).type : checked.type;
}

async function signIn(client: BookApi, credentials: Credentials): Promise<void> {
	const type = await signInType(client, credentials);
	if (type !== 'signed-in') throw new Error(`sign-in: ${type}`);
}

function nowMs(): number {
	return performance.timeOrigin + performance.now();
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
