/**
 * Many small records in one value: a book's entries in one row, 400 people in one page. A record is
 * 16 bytes of id, 4 bytes of length (big-endian) and its bytes. Database rows are few and large this
 * way, which is what makes the first sync and the cold start fast.
 */
import { bytesToId, idToBytes } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';

const ID_BYTES = 16;
const HEAD_BYTES = ID_BYTES + 4;

export interface Packable<Id extends string> {
	id: Id;
	bytes: Uint8Array;
}

export const NOTHING_PACKED: Uint8Array = new Uint8Array(0);

export function pack(records: readonly Packable<string>[], before = NOTHING_PACKED): Uint8Array {
	const length = records.reduce((sum, { bytes }) => sum + HEAD_BYTES + bytes.length, before.length);
	const packed = new Uint8Array(length);
	packed.set(before);
	const view = new DataView(packed.buffer);
	let at = before.length;
	for (const { id, bytes } of records) {
		packed.set(idToBytes(id), at);
		view.setUint32(at + ID_BYTES, bytes.length);
		packed.set(bytes, at + HEAD_BYTES);
		at += HEAD_BYTES + bytes.length;
	}
	return packed;
}

/** The records in the order in which they were packed; their bytes are views, not copies. */
export function unpack<Id extends string>(packed: Uint8Array): Packable<Id>[] {
	const records: Packable<Id>[] = [];
	eachRecord(packed, (at, end) => {
		records.push({
			id: bytesToId<Id>(packed.subarray(at, at + ID_BYTES)),
			bytes: packed.subarray(at + HEAD_BYTES, end)
		});
	});
	return records;
}

export function unpackIds<Id extends string>(packed: Uint8Array): Id[] {
	const ids: Id[] = [];
	eachRecord(packed, (at) => ids.push(bytesToId<Id>(packed.subarray(at, at + ID_BYTES))));
	return ids;
}

/** What is whole of entries that were cut or altered: those whose bytes have the id they stand under. */
export function salvage<Id extends string>(packed: Uint8Array): Packable<Id>[] {
	const records: Packable<Id>[] = [];
	try {
		eachRecord(packed, (at, end) => {
			const id = bytesToId<Id>(packed.subarray(at, at + ID_BYTES));
			const bytes = packed.subarray(at + HEAD_BYTES, end);
			if (entryIdOf(bytes) === bytesToId(packed.subarray(at, at + ID_BYTES)))
				records.push({ id, bytes });
		});
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
	}
	return records;
}

/** Throws when the value was cut or altered: a row is written and read whole, so that is a broken disk. */
function eachRecord(packed: Uint8Array, visit: (at: number, end: number) => void): void {
	const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
	let at = 0;
	while (at < packed.length) {
		const end = at + HEAD_BYTES + view.getUint32(at + ID_BYTES);
		if (end > packed.length) throw new RangeError('packed row is cut short');
		visit(at, end);
		at = end;
	}
}
