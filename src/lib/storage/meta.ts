/** The one row that says where this device stands, and what a restore of the server changes in it. */
import type { SyncMeta } from './port.ts';
import { startingWith, type Database, type MetaRow, type Tables } from './tables.ts';
import { EMPTY_DIGEST } from '#lib/entry/digest.ts';
import { awaitEveryBook, awaitNothing } from './standings.ts';

const START: MetaRow = {
	key: 'sync',
	confirmed: 0,
	mismatches: 0,
	repairs: 0,
	isReoffering: false,
	offer: 0,
	digest: EMPTY_DIGEST,
	rev: 0
};

export async function metaRowOf({ meta }: Pick<Tables, 'meta'>): Promise<MetaRow> {
	return (await meta.get('sync')) ?? START;
}

export function readMeta(database: Database): Promise<SyncMeta> {
	return database.transact('r', ['meta'], metaIn);
}

export async function metaIn(tables: Pick<Tables, 'meta'>): Promise<SyncMeta> {
	const { key: _key, offer: _offer, digest: _digest, rev: _rev, ...meta } = await metaRowOf(tables);
	return meta;
}

export async function updateMeta(
	database: Database,
	change: Partial<Omit<SyncMeta, 'token' | 'epoch'>>
): Promise<void> {
	await database.transact('rw', ['meta', 'recent'], async (tables) => {
		const meta = { ...(await metaRowOf(tables)), ...change };
		if (change.confirmed !== undefined) await dropConfirmed(tables, meta);
		await tables.meta.put(meta);
	});
}

/** Commit numbers of before a restore say nothing about the backups of the restored store, so rows that
 * are still to be offered again are not looked at. */
function dropConfirmed({ recent }: Pick<Tables, 'recent'>, meta: MetaRow): PromiseLike<unknown> {
	return recent.deleteRange({
		index: '[offer+commit]',
		from: [meta.offer, 0],
		to: [meta.offer, meta.confirmed]
	});
}

export async function beginEpoch(database: Database, epoch: Uint8Array): Promise<void> {
	await database.transact('rw', ['meta', 'outbox', 'standings'], async (tables) => {
		const meta = await metaRowOf(tables);
		if (!isSame(epoch, meta.epoch)) await tables.meta.put(await withEpoch(tables, meta, epoch));
	});
}

/** The meta row in a new epoch. Also lets refused entries wait again: the restored server may have
 * refused them only because it had lost the author's certificate, and it has lost its quarantine. What
 * repairs did to the copy of another store says nothing about this one. */
export async function withEpoch(
	tables: Pick<Tables, 'outbox' | 'standings'>,
	{ repairedMs: _repairedMs, ...meta }: MetaRow,
	epoch: Uint8Array
): Promise<MetaRow> {
	const { outbox } = tables;
	await awaitNothing(tables);
	const refused = await outbox.range({ index: '[state+n]', ...startingWith('refused') });
	await outbox.putMany(
		refused.map(({ refusal: _refusal, ...row }) => ({ ...row, state: 'waiting' as const }))
	);
	return { ...meta, epoch, offer: meta.offer + 1, isReoffering: true, mismatches: 0, repairs: 0 };
}

/** A cursor that comes with an epoch means a restore, or a file put back without a new epoch: in both
 * cases everything is offered again, unless that is already under way from an earlier page. */
export function isRestore(meta: MetaRow, epoch: Uint8Array): boolean {
	return !meta.isReoffering || !isSame(epoch, meta.epoch);
}

export async function forgetToken(database: Database): Promise<void> {
	await database.transact('rw', ['meta', 'books', 'standings'], async (tables) => {
		await awaitEveryBook(tables);
		const { token: _token, ...meta } = await metaRowOf(tables);
		await tables.meta.put({ ...meta, mismatches: 0, offer: meta.offer + 1, isReoffering: true });
	});
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
	return a.length === b?.length && a.every((byte, at) => byte === b[at]);
}
