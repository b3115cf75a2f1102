/**
 * The cursor of a device in its facility's feed: opaque to the device, at most 32 bytes, no right in
 * it. One byte says what kind of place it is, then the epoch of the store, then the feed number; inside
 * a snapshot or a large join also the book and how many of its entries were sent.
 */
import { bytesToId, idToBytes, type BookId } from '#lib/domain/ids.ts';
import { EPOCH_BYTES } from '../storage/storage.ts';

const SEQ_BYTES = 6;
const BOOK_BYTES = 16;
const SENT_BYTES = 3;
const LOG_BYTES = 1 + EPOCH_BYTES + SEQ_BYTES;
const INSIDE_BYTES = LOG_BYTES + BOOK_BYTES + SENT_BYTES;
const SENT_MAX = 2 ** (8 * SENT_BYTES) - 1;

/** First byte: format version 1 in the high half, the kind of place in the low half. */
const KIND_CODES = { log: 0x10, snapshot: 0x11, join: 0x12 } as const;

export type Place =
	/** All rows up to `seq` are with the device. */
	| { at: 'log'; seq: number }
	/** Inside a snapshot that was begun when the feed stood at `seq`. */
	| { at: 'snapshot'; seq: number; book: BookId; entriesSent: number }
	/** Inside the join row after `seq`, whose book is larger than a page. */
	| { at: 'join'; seq: number; book: BookId; entriesSent: number };

export interface Token {
	epoch: Uint8Array;
	place: Place;
}

export function encodeToken({ epoch, place }: Token): Uint8Array {
	if (epoch.length !== EPOCH_BYTES) throw new RangeError('an epoch has 6 bytes');
	const bytes = new Uint8Array(place.at === 'log' ? LOG_BYTES : INSIDE_BYTES);
	bytes[0] = KIND_CODES[place.at];
	bytes.set(epoch, 1);
	writeInteger(bytes, 1 + EPOCH_BYTES, SEQ_BYTES, place.seq);
	if (place.at === 'log') return bytes;
	if (place.entriesSent > SENT_MAX) throw new RangeError('more entries than a book may hold');
	bytes.set(idToBytes(place.book), LOG_BYTES);
	writeInteger(bytes, LOG_BYTES + BOOK_BYTES, SENT_BYTES, place.entriesSent);
	return bytes;
}

/** The place of a token, or nothing when this server never wrote it: the device then starts anew. */
export function decodeToken(bytes: Uint8Array): Token | undefined {
	const epoch = bytes.slice(1, 1 + EPOCH_BYTES);
	if (bytes[0] === KIND_CODES.log && bytes.length === LOG_BYTES)
		return { epoch, place: { at: 'log', seq: readSeq(bytes) } };
	const at = bytes[0] === KIND_CODES.snapshot ? 'snapshot' : 'join';
	if (bytes[0] !== KIND_CODES[at] || bytes.length !== INSIDE_BYTES) return undefined;
	const book = bytesToId<BookId>(bytes.subarray(LOG_BYTES, LOG_BYTES + BOOK_BYTES));
	const entriesSent = readInteger(bytes, LOG_BYTES + BOOK_BYTES, SENT_BYTES);
	return { epoch, place: { at, seq: readSeq(bytes), book, entriesSent } };
}

function readSeq(bytes: Uint8Array): number {
	return readInteger(bytes, 1 + EPOCH_BYTES, SEQ_BYTES);
}

function writeInteger(bytes: Uint8Array, at: number, byteCount: number, value: number): void {
	if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * byteCount))
		throw new RangeError('a feed number out of range');
	let rest = value;
	for (let i = at + byteCount - 1; i >= at; i--) {
		bytes[i] = rest % 256;
		rest = Math.floor(rest / 256);
	}
}

function readInteger(bytes: Uint8Array, at: number, byteCount: number): number {
	let value = 0;
	for (let i = at; i < at + byteCount; i++) value = value * 256 + (bytes[i] ?? 0);
	return value;
}
