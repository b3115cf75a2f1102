/** The chain of what was opened on this device, until the server has taken it; its last link stays. */
import {
	decodeRead,
	encodeRead,
	nextReadLink,
	READS_START,
	type BookRead,
	type ReadsTip
} from '#lib/entry/read-chain.ts';
import type { ReadsStretch } from './port.ts';
import type { Database, ReadRow } from './tables.ts';

export function noteRead(database: Database, read: BookRead): Promise<void> {
	return database.transact('rw', ['reads'], async ({ reads }) => {
		const [last] = await reads.range({ isNewestFirst: true, limit: 1 });
		const { n, link } = nextReadLink(last === undefined ? READS_START : tipOf(last), read);
		await reads.put({ n, link, bytes: encodeRead(read) });
	});
}

/** One that a broken disk altered is passed over; the server will say that the chain is broken there. */
export function listReads(database: Database, limit: number): Promise<ReadsStretch | undefined> {
	return database.transact('r', ['reads'], async ({ reads: table }) => {
		const rows = await table.range({ limit: limit + 1 });
		let after = READS_START;
		const reads: BookRead[] = [];
		let tip = after;
		for (const row of rows.slice(0, limit + (rows[0]?.bytes === undefined ? 1 : 0))) {
			const read = row.bytes && decodeRead(row.bytes);
			if (read === undefined && reads.length > 0) break;
			tip = tipOf(row);
			if (read === undefined) after = tip;
			else reads.push(read);
		}
		return reads.length === 0 ? undefined : { after, reads, tip };
	});
}

export function forgetReads(database: Database, n: number): Promise<void> {
	return database.transact('rw', ['reads'], async ({ reads }) => {
		const row = await reads.get(n);
		if (row === undefined) return;
		await reads.deleteRange({ from: 0, to: n });
		await reads.put({ n, link: row.link });
	});
}

function tipOf({ n, link }: ReadRow): ReadsTip {
	return { n, link };
}
