/**
 * Every entry of a member book reaches a reader exactly once, whatever is appended, joined and left
 * while it takes the snapshot and follows the log. Two mistakes that were made before are planted in
 * the reader; the same runs must find them.
 */
import { expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import { AT_MS, batchOf, bookId, createSeededRandom, entryOf } from './port-suite-material.ts';
import type { OpenNew } from './port-suite.ts';
import type {
	AppendEntry,
	FeedRow,
	MembershipReason,
	ServerStorage,
	SnapshotPosition
} from './storage.ts';

const RUNS_PER_STORE = 100;
const BOOKS = 3;
const REASONS: MembershipReason[] = ['registered', 'present-in-person'];
/** Less than two entries: pages end inside books. */
const PAGE_BYTES = 50;

interface ReaderPlan {
	/** The head from which the log is followed is noted before the snapshot, or (wrongly) after it. */
	headNoted: 'first' | 'last';
	/** What a `join` row brings. */
	joinBrings: 'old-entries' | 'nothing';
}

const RIGHT: ReaderPlan = { headNoted: 'first', joinBrings: 'old-entries' };

export function deliveryTests(openNew: OpenNew, interleavings: number): void {
	it(`delivers each entry exactly once in ${interleavings} random interleavings`, async () => {
		expect(await seedsThatFail(openNew, interleavings, RIGHT)).toEqual([]);
	}, 120_000);

	it('finds the planted mistake: the head is noted last', async () => {
		const failed = await seedsThatFail(openNew, plantedRuns, { ...RIGHT, headNoted: 'last' });
		expect(failed).not.toEqual([]);
	}, 60_000);

	it('finds the planted mistake: a join brings no old entries', async () => {
		const failed = await seedsThatFail(openNew, plantedRuns, { ...RIGHT, joinBrings: 'nothing' });
		expect(failed).not.toEqual([]);
	}, 60_000);
	const plantedRuns = Math.min(interleavings, 200);
}

async function seedsThatFail(
	openNew: OpenNew,
	interleavings: number,
	plan: ReaderPlan
): Promise<string[]> {
	const failed: string[] = [];
	let storage = await openNew();
	for (let seed = 1; seed <= interleavings; seed++) {
		const problem = await runInterleaving(storage, seed, plan);
		if (problem !== undefined) failed.push(`seed ${seed}: ${problem}`);
		if (seed % RUNS_PER_STORE !== 0) continue;
		await storage.close();
		storage = await openNew();
	}
	await storage.close();
	return failed;
}

/** What went wrong, or undefined. */
async function runInterleaving(
	storage: ServerStorage,
	seed: number,
	plan: ReaderPlan
): Promise<string | undefined> {
	const random = createSeededRandom(seed);
	const scene = sceneOf(seed);
	const writes = 10 + Math.floor(random() * 15);
	const before = Math.floor(random() * 8);
	const tablet = createTablet();
	const steps = readFeedAsTablet(storage, scene.facility, plan, tablet);
	for (let write = 0; write < writes; write++) {
		await writeSomething(storage, scene, random, write);
		while (write >= before && random() < 0.5) await steps.next();
	}
	while ((await steps.next()).value !== 'caught-up');
	return tablet.problem ?? (await compare(storage, scene, tablet));
}

interface Scene {
	facility: string;
	station: string;
	books: BookId[];
}

/** Names of its own, so that many runs can share a store. */
function sceneOf(seed: number): Scene {
	const books = Array.from({ length: BOOKS }, (_, n) => bookId(`${seed}-${n}`));
	return { facility: `F${seed}`, station: `S${seed}`, books };
}

async function writeSomething(
	storage: ServerStorage,
	{ facility, station, books }: Scene,
	random: () => number,
	write: number
): Promise<void> {
	const pick = <T>(values: T[]): T => values[Math.floor(random() * values.length)] as T;
	const what = random();
	const reason = pick(REASONS);
	if (what < 0.15) await storage.beginMembership(facility, pick(books), reason, AT_MS + write);
	else if (what < 0.3) await storage.endMembership(facility, pick(books), reason, AT_MS + write);
	else if (what < 0.4) await storage.endMembership(facility, pick(books), 'wrote', AT_MS + write);
	else {
		const entries = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, n): AppendEntry => {
			const author = pick([facility, station, undefined]);
			return entryOf(
				pick(books),
				`${write}-${n}`,
				author === undefined ? {} : { facility: author }
			);
		});
		await storage.append(batchOf(entries));
	}
}

interface Tablet {
	books: Map<BookId, Set<string>>;
	take: (book: BookId, entries: { id: string }[]) => void;
	problem?: string;
}

function createTablet(): Tablet {
	const books = new Map<BookId, Set<string>>();
	const tablet: Tablet = {
		books,
		take(book, entries) {
			const ids = books.get(book) ?? new Set<string>();
			books.set(book, ids);
			for (const { id } of entries) {
				if (ids.has(id)) tablet.problem = 'an entry came twice';
				ids.add(id);
			}
		}
	};
	return tablet;
}

/** One step per question to the server; others may write between any two. */
async function* readFeedAsTablet(
	storage: ServerStorage,
	facility: string,
	plan: ReaderPlan,
	tablet: Tablet
): AsyncGenerator<'step' | 'caught-up', never> {
	let head = (await storage.readFeedState(facility)).head;
	yield 'step';
	let after: SnapshotPosition | undefined;
	do {
		if (plan.headNoted === 'last') head = (await storage.readFeedState(facility)).head;
		const page = await storage.readSnapshot(facility, head, after, PAGE_BYTES);
		for (const { book, entries } of page.books) tablet.take(book, entries);
		after = page.next;
		yield 'step';
	} while (after !== undefined);
	if (plan.headNoted === 'last') head = (await storage.readFeedState(facility)).head;
	for (;;) {
		const limits = { rowsMax: 3, bytesMax: PAGE_BYTES };
		const rows = await storage.readFeed(facility, head, limits);
		for (const row of rows) yield* takeRow(storage, row, plan, tablet);
		head = rows.at(-1)?.seq ?? head;
		yield rows.length === 0 ? 'caught-up' : 'step';
	}
}

async function* takeRow(
	storage: ServerStorage,
	row: FeedRow,
	plan: ReaderPlan,
	tablet: Tablet
): AsyncGenerator<'step'> {
	if (row.type === 'leave') {
		tablet.books.delete(row.book);
		return;
	}
	if (row.type === 'entry') {
		tablet.take(row.book, [row.entry]);
		return;
	}
	let taken = plan.joinBrings === 'nothing' ? row.n : 0;
	tablet.take(row.book, []);
	while (taken < row.n) {
		const from = { entriesSent: taken, bytesMax: PAGE_BYTES };
		const part = (await storage.readBook(row.book, from)).slice(0, row.n - taken);
		tablet.take(row.book, part);
		taken += part.length;
		yield 'step';
	}
}

async function compare(
	storage: ServerStorage,
	{ facility, books }: Scene,
	tablet: Tablet
): Promise<string | undefined> {
	for (const book of books) {
		const isMember = await storage.isMember(facility, book);
		const wanted = isMember ? (await storage.readBook(book)).map(({ id }) => id) : [];
		const held = tablet.books.get(book) ?? new Set();
		if (held.size !== wanted.length) return `${held.size} entries instead of ${wanted.length}`;
		if (wanted.some((id) => !held.has(id))) return 'another entry instead of one';
	}
	const digest = digestOf([...tablet.books.values()].flatMap((ids) => [...ids]));
	const state = await storage.readFeedState(facility);
	return state.digest === digest ? undefined : 'the digest of the feed is another';
}
