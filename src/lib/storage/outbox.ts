/** What waits for the server, what it refused, and what it answered. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { addToDigest, sumDigests, type Digest } from '#lib/entry/digest.ts';
import { outboxOf } from './held.ts';
import { metaRowOf } from './meta.ts';
import { returnToFeed } from './standings.ts';
import type {
	AckOutcome,
	OutboxRow,
	OutboxState,
	OutboxSummary,
	RecentRow,
	Refusal
} from './port.ts';
import {
	startingWith,
	type Database,
	type KeyRange,
	type MetaRow,
	type OutboxTableRow,
	type RecentTableRow,
	type Table,
	type Tables
} from './tables.ts';

const ROWS_PER_READ = 100;
/** Commit number of a row that the server refused to take back: no backup will ever hold it. */
export const NEVER_CONFIRMED = Number.POSITIVE_INFINITY;

interface Limits {
	entriesMax: number;
	bytesMax: number;
}

export async function readOutbox(
	database: Database,
	limits: Limits & { except?: ReadonlySet<number> }
): Promise<OutboxRow[]> {
	return database.transact('r', ['outbox'], async ({ outbox }) => {
		const taken = createTaking<OutboxTableRow>(limits);
		let after = 0;
		while (!taken.isFull()) {
			const rows = await outbox.range({
				index: '[state+n]',
				from: ['waiting', after + 1],
				to: ['waiting', []],
				limit: ROWS_PER_READ
			});
			for (const row of rows) if (limits.except?.has(row.n) !== true) taken.offer(row);
			after = rows.at(-1)?.n ?? after;
			if (rows.length < ROWS_PER_READ) break;
		}
		return taken.rows.map(outboxRow);
	});
}

export async function readReoffers(
	database: Database,
	limits: Limits & { except?: ReadonlySet<EntryId> }
): Promise<RecentRow[]> {
	return database.transact('r', ['recent', 'meta'], async (tables) => {
		const { offer } = await metaRowOf(tables);
		const taken = createTaking<RecentTableRow>(limits);
		// Rows passed over stand among those read, so that many more are enough to see past them all.
		const passedOver = limits.except?.size ?? 0;
		const rows = await tables.recent.range({
			index: '[offer+commit]',
			from: [0],
			to: [offer - 1, []],
			limit: limits.entriesMax + passedOver
		});
		for (const row of rows) if (limits.except?.has(row.id) !== true) taken.offer(row);
		return taken.rows.map(({ offer: _offer, refusal: _refusal, ...row }) => row);
	});
}

/** Takes rows until one does not fit; the first always fits, else it would block the rest for ever. */
function createTaking<Row extends { bytes: Uint8Array; signature: Uint8Array }>(
	limits: Limits
): { rows: Row[]; offer(row: Row): void; isFull(): boolean } {
	const rows: Row[] = [];
	let bytes = 0;
	let isFull = limits.entriesMax === 0;
	const offer = (row: Row): void => {
		const size = row.bytes.length + row.signature.length;
		isFull ||= rows.length > 0 && bytes + size > limits.bytesMax;
		if (isFull) return;
		rows.push(row);
		bytes += size;
		isFull = rows.length >= limits.entriesMax;
	};
	return { rows, offer, isFull: () => isFull };
}

export async function listOutbox(
	database: Database,
	limit: number,
	state?: OutboxState
): Promise<OutboxRow[]> {
	const rows = await database.transact('r', ['outbox'], async ({ outbox }) =>
		outbox.range(state === undefined ? { limit } : { ...inState(state), limit })
	);
	return rows.map(outboxRow);
}

export function listUnsent(database: Database, books: BookId[]): Promise<OutboxRow[]> {
	return database.transact('r', ['outbox'], async (tables) => {
		const rows = await Promise.all(books.map((book) => outboxOf(tables, book)));
		return rows.flat().map(outboxRow);
	});
}

export async function setAside(database: Database, n: number): Promise<void> {
	await database.transact('rw', ['outbox'], async ({ outbox }) => {
		const row = await outbox.get(n);
		if (row?.state === 'refused') await outbox.put({ ...row, state: 'set-aside' });
	});
}

export async function noteReturned(
	database: Database,
	n: number,
	returned: NonNullable<Refusal['returned']>
): Promise<void> {
	await database.transact('rw', ['outbox'], async ({ outbox }) => {
		const row = await outbox.get(n);
		if (row?.state !== 'refused' || row.refusal === undefined) return;
		await outbox.put({ ...row, refusal: { ...row.refusal, returned } });
	});
}

function inState(state: OutboxState): KeyRange {
	return { index: '[state+n]', ...startingWith(state) };
}

export function summariseOutbox(database: Database): Promise<OutboxSummary> {
	return database.transact('r', ['outbox'], outboxSummaryIn);
}

export async function outboxSummaryIn({ outbox }: Pick<Tables, 'outbox'>): Promise<OutboxSummary> {
	const count = (state: OutboxState) => outbox.count(inState(state));
	const [[oldest], waiting, refused, setAside, replaced] = await Promise.all([
		outbox.range({ ...inState('waiting'), limit: 1 }),
		count('waiting'),
		count('refused'),
		count('set-aside'),
		count('replaced')
	]);
	return {
		waiting,
		refused,
		aside: setAside + replaced,
		...(oldest === undefined ? {} : { oldestWaitingMs: oldest.savedMs })
	};
}

function outboxRow({ isOnServer: _isOnServer, ...row }: OutboxTableRow): OutboxRow {
	return row;
}

export async function applyAcks(database: Database, outcomes: AckOutcome[]): Promise<void> {
	const names = ['outbox', 'parcels', 'recent', 'meta', 'books', 'log', 'standings'] as const;
	await database.transact('rw', names, async (tables) => {
		const meta = await metaRowOf(tables);
		const own = await applyOwn(tables, outcomes, meta);
		await applyRelayed(tables, outcomes, meta);
		await tables.meta.put({ ...meta, digest: own });
	});
}

/** Outcomes of this device's entries; answers the digest with those now known to be on the server. An
 * outcome whose row is gone was applied before: an ack may come twice. */
async function applyOwn(tables: Tables, outcomes: AckOutcome[], meta: MetaRow): Promise<bigint> {
	const { outbox, parcels, recent } = tables;
	const own = outcomes.flatMap((outcome) => ('n' in outcome ? [outcome] : []));
	const rows = await outbox.getMany(own.map(({ n }) => n));
	let digest = sumDigests([meta.digest, await returnWritten(tables, own, rows)]);
	const changes = createChanges<OutboxTableRow>();
	const kept: RecentTableRow[] = [];
	own.forEach((outcome, at) => {
		const row = rows[at];
		if (row === undefined) return;
		if (outcome.outcome === 'refused') {
			changes.put.push({ ...row, state: 'refused', refusal: refusalOf(outcome) });
			return;
		}
		changes.remove.push(row.n);
		if (row.isOnServer !== true) digest = addToDigest(digest, row.id);
		if (outcome.commit > meta.confirmed) kept.push(recentRow(row, outcome.commit, meta.offer));
	});
	// The server has them, in a book or in quarantine.
	const numbers = own.map(({ n }) => n);
	await Promise.all([changes.apply(outbox), parcels.deleteMany(numbers), recent.putMany(kept)]);
	return digest;
}

/** A facility whose entry was taken in a book holds that book from then on. Its own entries are not sent
 * back to it, so this may be all that it hears of it. */
function returnWritten(
	tables: Tables,
	own: AckOutcome[],
	rows: (OutboxTableRow | undefined)[]
): Promise<Digest> {
	const written = own.flatMap(({ outcome }, at) => {
		const book = rows[at]?.book;
		return outcome === 'accepted' && book !== undefined ? [book] : [];
	});
	return returnToFeed(tables, [...new Set(written)], { isAsked: false });
}

async function applyRelayed(
	{ recent }: Tables,
	outcomes: AckOutcome[],
	meta: MetaRow
): Promise<void> {
	const relayed = outcomes.flatMap((outcome) => ('n' in outcome ? [] : [outcome]));
	const rows = await recent.getMany(relayed.map(({ id }) => id));
	const changes = createChanges<RecentTableRow>();
	relayed.forEach((outcome, at) => {
		const row = rows[at];
		if (row === undefined) return;
		const { refusal: _refusal, ...rest } = { ...row, offer: meta.offer };
		if (outcome.outcome === 'relay-refused')
			changes.put.push({ ...rest, commit: NEVER_CONFIRMED, refusal: outcome.code });
		else if (outcome.commit <= meta.confirmed) changes.remove.push(row.id);
		else changes.put.push({ ...rest, commit: outcome.commit });
	});
	await changes.apply(recent);
}

function refusalOf({ code, path }: { code: string; path?: string }): {
	code: string;
	path?: string;
} {
	return path === undefined ? { code } : { code, path };
}

function recentRow(row: OutboxRow, commit: number, offer: number): RecentTableRow {
	const { id, book, bytes, signature } = row;
	return { id, book, bytes, signature, commit, offer };
}

function createChanges<Row>(): {
	put: Row[];
	remove: (number | string)[];
	apply(table: Table<Row>): Promise<unknown>;
} {
	const put: Row[] = [];
	const remove: (number | string)[] = [];
	return {
		put,
		remove,
		apply: (table) => Promise.all([table.putMany(put), table.deleteMany(remove)])
	};
}
