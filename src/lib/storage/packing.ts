/**
 * Many small records in one value: a book's entries in one row, books in a segment, 400 people in one page. A record is
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
	const packed = new Uint8Array(before.length + packedLength(records));
	packed.set(before);
	writeRecords(new DataView(packed.buffer), before.length, records);
	return packed;
}

/** How many bytes these take when they are packed. */
export function packedLength(records: readonly Packable<string>[]): number {
	return records.reduce((sum, { bytes }) => sum + HEAD_BYTES + bytes.length, 0);
}

/** Records of which each holds packed records. */
export function packGroups(
	groups: readonly { id: string; records: readonly Packable<string>[] }[]
): Uint8Array {
	const lengths = groups.map(({ records }) => packedLength(records));
	const packed = new Uint8Array(lengths.reduce((sum, length) => sum + HEAD_BYTES + length, 0));
	const view = new DataView(packed.buffer);
	let at = 0;
	for (const [place, { id, records }] of groups.entries()) {
		writeHead(view, at, id, lengths[place] ?? 0);
		at = writeRecords(view, at + HEAD_BYTES, records);
	}
	return packed;
}

/** Answers where the next one begins. */
function writeRecords(
	view: DataView<ArrayBuffer>,
	start: number,
	records: readonly Packable<string>[]
): number {
	const packed = new Uint8Array(view.buffer);
	let at = start;
	for (const { id, bytes } of records) {
		writeHead(view, at, id, bytes.length);
		packed.set(bytes, at + HEAD_BYTES);
		at += HEAD_BYTES + bytes.length;
	}
	return at;
}

function writeHead(view: DataView<ArrayBuffer>, at: number, id: string, length: number): void {
	new Uint8Array(view.buffer, at, ID_BYTES).set(idToBytes(id));
	view.setUint32(at + ID_BYTES, length);
}

/** The records in the order in which they were packed; their bytes are views, not copies. */
export function unpack<Id extends string>(packed: Uint8Array): Packable<Id>[] {
	const records: Packable<Id>[] = [];
	eachRecord(packed, (at, end) => records.push(recordAt<Id>(packed, at, end)));
	return records;
}

export function unpackIds<Id extends string>(packed: Uint8Array): Id[] {
	const ids: Id[] = [];
	eachRecord(packed, (at) => ids.push(bytesToId<Id>(packed.subarray(at, at + ID_BYTES))));
	return ids;
}

/** What is whole of entries that were cut or altered: those whose bytes have the id they stand under. */
export function salvage<Id extends string>(packed: Uint8Array): Packable<Id>[] {
	return unpackUntilCut<Id>(packed).filter(({ id, bytes }) => entryIdOf(bytes) === (id as string));
}

/** The records before the place where the value was cut or altered. */
export function unpackUntilCut<Id extends string>(packed: Uint8Array): Packable<Id>[] {
	const records: Packable<Id>[] = [];
	try {
		eachRecord(packed, (at, end) => records.push(recordAt<Id>(packed, at, end)));
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
	}
	return records;
}

function recordAt<Id extends string>(packed: Uint8Array, at: number, end: number): Packable<Id> {
	return {
		id: bytesToId<Id>(packed.subarray(at, at + ID_BYTES)),
		bytes: packed.subarray(at + HEAD_BYTES, end)
	};
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
