/**
 * What an app before version 0.2 kept unsealed, moved into a sealed database. Each row is written under its key, so
 * a move that was cut off is made again; the old database is deleted only when everything is in the new one.
 */
import {
	TABLE_KEYS,
	type DiskDatabase,
	type Table,
	type TableName,
	type TableRows
} from './tables.ts';

const ROWS_AT_ONCE = 250;
/** Slots and PINs of before belong to keys that were not sealed: everybody signs in at the server once. */
const LEFT_BEHIND = ['staff/', 'attempts/', 'pin-cost'];

type Copied = Exclude<TableName, 'parcels' | 'keys'>;

/** Needs no key: what the device is and which keys signed on it. */
export async function takeOverKeys(from: DiskDatabase, to: DiskDatabase): Promise<void> {
	const rows = await from.transact('r', ['keys'], async ({ keys }) => keys.range({}));
	const moved = rows.filter(({ id }) => !LEFT_BEHIND.some((start) => id.startsWith(start)));
	await to.transact('rw', ['keys'], async ({ keys }) => {
		const present = await keys.getMany(moved.map(({ id }) => id));
		await keys.putMany(moved.filter((_, at) => present[at] === undefined));
	});
}

export async function takeOverBooks(from: DiskDatabase, to: DiskDatabase): Promise<void> {
	for (const name of Object.keys(TABLE_KEYS) as TableName[])
		if (name !== 'parcels' && name !== 'keys') await moveTable(from, to, name);
}

async function moveTable<Name extends Copied>(
	from: DiskDatabase,
	to: DiskDatabase,
	name: Name
): Promise<void> {
	const rows = await from.transact('r', [name], async (tables) => {
		const table: Table<TableRows[Name]> = tables[name];
		return table.range({});
	});
	for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
		const some = rows.slice(at, at + ROWS_AT_ONCE);
		await to.transact('rw', [name], async (tables) => {
			const table: Table<TableRows[Name]> = tables[name];
			await table.putMany(some);
		});
	}
}
