/**
 * What must hold, checked against the reference model.
 *
 * I1  Acknowledged is on the server after healing, as long as one copy survived: the server's disk, the
 *     backup that was restored, or a tablet that still works. Never restored is a backup older than the
 *     newest confirmed one. What only lost tablets held, or was signed by a key that only lost tablets
 *     could vouch for while the server kept no log of its certificates, is excused and counted. And when a
 *     server starts again on its own disk, whatever it acknowledged since the last restore is there.
 * I2  What was told "saved" is in the book and in the outbox after every crash, until the server judged it.
 * I3  After healing every tablet holds exactly what the server holds of every book of its feed, plus what
 *     was refused here; the digests are the same; a book it holds beyond its feed is known to it as such;
 *     the projections are equal whatever the order; the list of people says what the books say. A world
 *     whose server was never restored needs no repair: no digest ever differs.
 * I4  No entry differs by a byte from what its author signed, and every signature on the server verifies.
 * I6  No entry a tablet held disappears, except by a `leave`.
 * I7  Every push that stored something has its audit row in the same commit.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { bytesToSign } from '#lib/entry/entry.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import { decodeSummary } from '#lib/entry/person-summary-codec.ts';
import type { BookStorage, StoredEntry } from '#lib/storage/port.ts';
import type { LogEntry, ServerStorage } from '../../sync-server/storage/storage.ts';
import type { Context } from './context.ts';
import type { SimulatedServer } from './server.ts';
import type { Tablet } from './tablet.ts';

const OUTBOX_MAX = 100_000;
const TODAY = '2026-12-24' as ClinicalDate;

/** I2, I4 and I6 on what is durable on a tablet. */
export async function checkTablet({ model, trace }: Context, tablet: Tablet): Promise<void> {
	const storage = tablet.openDisk();
	const { record, name } = tablet;
	const books = new Set([...record.seen.keys(), ...record.saved.values()]);
	const held = new Map<BookId, Set<EntryId>>();
	for (const { book, entries } of await storage.readBooks([...books])) {
		held.set(book, new Set(entries.map(({ id }) => id)));
		for (const entry of entries) checkBytes(model, name, book, entry);
	}
	const outbox = new Set((await storage.listOutbox(OUTBOX_MAX)).map(({ id }) => id));
	for (const [id, book] of record.saved) {
		if (record.judged.has(id)) continue;
		if (!outbox.has(id)) model.fail('I2', `${name}: saved entry ${id} is not in the outbox`);
		if (held.get(book)?.has(id) !== true)
			model.fail('I2', `${name}: saved entry ${id} is not in its book`);
	}
	for (const [book, ids] of record.seen)
		for (const id of ids)
			if (held.get(book)?.has(id) !== true)
				model.fail('I6', `${name}: entry ${id} of book ${book} disappeared`);
	trace.count('checks of a tablet');
}

function checkBytes(
	model: Context['model'],
	where: string,
	book: BookId,
	{ id, bytes }: StoredEntry
): void {
	const signed = model.signed.get(id);
	if (signed === undefined) model.fail('I4', `${where}: nobody signed entry ${id}`);
	else if (signed.book !== book) model.fail('I4', `${where}: entry ${id} lies in another book`);
	else if (!isSame(signed.bytes, bytes)) model.fail('I4', `${where}: entry ${id} was altered`);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return a === b || Buffer.compare(a, b) === 0;
}

/** Everything the server's disk holds now. */
export function entriesOnDisk(server: SimulatedServer): Map<EntryId, BookId> {
	const ids = new Map<EntryId, BookId>();
	for (const operation of server.disk.operations)
		if (operation.type === 'append')
			for (const { id, book } of operation.entries) ids.set(id, book);
	return ids;
}

/** I4 and I7 over the whole disk of the server. */
export async function checkServer(context: Context, server: SimulatedServer): Promise<void> {
	const { model, signatures } = context;
	for (const operation of server.disk.operations) {
		if (operation.type !== 'append') continue;
		const { entries, audit } = operation;
		const isAudited = audit.detail.endsWith(`accepted=${entries.length}`) && audit.device;
		if (isAudited === undefined || isAudited === false)
			model.fail('I7', `a push of ${entries.length} entries without its audit row`);
		for (const entry of entries) {
			checkBytes(model, 'server', entry.book, entry);
			const publicKey = model.signed.get(entry.id)?.publicKey;
			const isGenuine =
				publicKey !== undefined &&
				(await signatures.verify(publicKey, bytesToSign(entry.bytes), entry.signature));
			if (!isGenuine) model.fail('I4', `server: entry ${entry.id} has no genuine signature`);
		}
	}
}

/** I1: nothing acknowledged is missing. */
export function checkAcknowledged({ model }: Context, server: SimulatedServer): void {
	const stored = entriesOnDisk(server);
	for (const id of model.acked)
		if (!stored.has(id) && !model.excused.has(id))
			model.fail('I1', `acknowledged entry ${id} of ${model.signed.get(id)?.tablet} is missing`);
}

/**
 * I1 at the moment a server starts on its own disk: whatever was acknowledged since the last restore is
 * there. What a restore took away is still on its way back.
 */
export function checkStart({ model }: Context, server: SimulatedServer): void {
	const stored = entriesOnDisk(server);
	for (const id of server.missing) if (stored.has(id)) server.missing.delete(id);
	for (const id of model.acked)
		if (!stored.has(id) && !server.missing.has(id))
			model.fail('I1', `acknowledged entry ${id} is gone after the server was killed`);
}

/** After a restore: what was acknowledged and is not on the disk any more. */
export function missingAfterRestore({ model }: Context, server: SimulatedServer): Set<EntryId> {
	const stored = entriesOnDisk(server);
	return new Set([...model.acked].filter((id) => !stored.has(id)));
}

/** After the server or a tablet lost its disk: which acknowledged entries went with the last copy? */
export async function excuseLost(
	{ model, plan }: Context,
	server: SimulatedServer,
	tablets: readonly Tablet[]
): Promise<void> {
	const stored = entriesOnDisk(server);
	const keys = new Set(
		server.disk.operations.flatMap((operation) =>
			operation.type === 'person-key' ? [Buffer.from(operation.key.publicKey).toString('hex')] : []
		)
	);
	const living = tablets.filter(({ isLost }) => !isLost);
	for (const id of model.acked) {
		if (stored.has(id) || model.excused.has(id)) continue;
		const signed = model.signed.get(id);
		if (signed === undefined || living.some(({ name }) => name === signed.tablet)) continue;
		const hasCopy = living.some(({ record }) => record.seen.get(signed.book)?.has(id) === true);
		const isKnown =
			plan.hasCertificateLog || keys.has(Buffer.from(signed.publicKey ?? []).toString('hex'));
		if (!hasCopy) model.excused.set(id, 'no-copy-left');
		else if (!isKnown) model.excused.set(id, 'author-unknown');
	}
}

export interface Difference {
	book: BookId;
	what: string;
}

/** I3: what a tablet holds of its feed, compared with the server; the first difference. */
export async function differenceOf(
	context: Context,
	server: SimulatedServer,
	tablet: Tablet,
	storage: BookStorage
): Promise<Difference | undefined> {
	const process = server.process;
	if (process === undefined) throw new Error('compared with a server that is down');
	const unsent = new Set((await storage.listOutbox(OUTBOX_MAX)).map(({ id }) => id));
	for (const book of new Set(entriesOnDisk(server).values())) {
		if (!(await process.storage.isMember(tablet.facility.code, book))) continue;
		const entries = await process.storage.readBook(book);
		const held = (await storage.readBook(book))?.entries ?? [];
		const heldIds = new Set(held.map(({ id }) => id));
		const ids = new Set(entries.map(({ id }) => id));
		if (entries.some(({ id }) => !heldIds.has(id)))
			return { book, what: 'the tablet lacks entries' };
		const extra = held.filter(
			({ id }) => !ids.has(id) && !unsent.has(id) && !context.model.excused.has(id)
		);
		if (extra.length > 0) return { book, what: 'the tablet holds what the server does not' };
	}
	return standingOf(process.storage, tablet, storage, unsent);
}

/** A tablet knows which of its books are not in its feed: those that the server sends to others only. What
 * was not sent of a book that left stays without being out of the feed. */
async function standingOf(
	server: ServerStorage,
	{ facility, record }: Tablet,
	storage: BookStorage,
	unsent: ReadonlySet<EntryId>
): Promise<Difference | undefined> {
	const books = new Set([...record.seen.keys(), ...record.saved.values()]);
	for (const { book, entries, standing } of await storage.readBooks([...books])) {
		const isMember = await server.isMember(facility.code, book);
		if (isMember && standing !== undefined)
			return { book, what: `the tablet believes it ${standing}` };
		if (!isMember && standing === undefined && entries.some(({ id }) => !unsent.has(id)))
			return { book, what: 'the tablet shows as current what is not in its feed' };
	}
	return undefined;
}

/** The projections of one book are the same from the server's order, the tablet's, and backwards. */
export async function checkProjections(
	{ model }: Context,
	server: SimulatedServer,
	tablet: Tablet,
	books: readonly BookId[]
): Promise<void> {
	const storage = tablet.openDisk();
	const process = server.process;
	if (process === undefined) throw new Error('compared with a server that is down');
	for (const book of books) {
		if (!(await process.storage.isMember(tablet.facility.code, book))) continue;
		const log: LogEntry[] = await process.storage.readBook(book);
		const ids = new Set(log.map(({ id }) => id));
		const held = ((await storage.readBook(book))?.entries ?? []).filter(({ id }) => ids.has(id));
		const views = [log, held, log.toReversed()].map((entries) => viewOf(book, entries));
		if (new Set(views).size > 1) model.fail('I3', `${tablet.name}: book ${book} shows differently`);
	}
}

function viewOf(book: BookId, stored: readonly StoredEntry[]): string {
	const view = projectBook(
		book,
		stored.map((entry) => readStoredEntry(book, entry)),
		{
			isProductKnown: () => false,
			today: TODAY
		}
	);
	return JSON.stringify(view);
}

/** The list of people says of each book what its entries say. */
export async function checkPeople({ model }: Context, tablet: Tablet): Promise<void> {
	const storage = tablet.openDisk();
	// Unsent entries of a book that left stay under the name it was listed under.
	const unsent = new Set((await storage.listOutbox(OUTBOX_MAX)).map(({ book }) => book));
	for await (const page of storage.readPeople())
		for (const { book, summary } of page) {
			if (unsent.has(book)) continue;
			const stored = await storage.readBook(book);
			const listed = decodeSummary(summary)?.entries;
			const held = (stored?.entries ?? []).length;
			if (listed !== held)
				model.fail(
					'I3',
					`${tablet.name}: list says ${listed} entries of ${book}, book has ${held}`
				);
		}
}
