/**
 * The chain of what was opened on a device: each opening is bound to all before it, and the device signs the end
 * of it, so that one that was left out or altered later is seen by whoever holds an earlier end.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import {
	emergencyNoteSchema,
	emergencyReasonSchema,
	type EmergencyReason
} from '#lib/domain/access/emergency.ts';
import { bytesToId, idToBytes, type BookId, type PersonId } from '#lib/domain/ids.ts';
import {
	decodeCanonical,
	encodeCanonical,
	NotCanonical,
	type CanonicalValue
} from './canonical.ts';
import { LINK_BYTES } from './journal.ts';

export interface BookRead {
	book: BookId;
	person: PersonId;
	/** As far as the device knows the server's time, milliseconds. */
	atMs: number;
	/** The facility's right had ended: opened on the word of `person`. */
	emergency?: { reason: EmergencyReason; note: string };
}

export interface ReadsTip {
	n: number;
	link: Uint8Array;
}

export const READS_START: ReadsTip = { n: 0, link: new Uint8Array(LINK_BYTES) };

const idBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 16);
const partsSchema = z.union([
	z.tuple([idBytes, idBytes, z.number()]),
	z.tuple([idBytes, idBytes, z.number(), emergencyReasonSchema, emergencyNoteSchema])
]);

/** The end of the chain after one more opening: SHA-256 over the link before, its number and the opening. */
export function nextReadLink(tip: ReadsTip, read: BookRead): ReadsTip {
	const n = tip.n + 1;
	return { n, link: sha256(encodeCanonical([tip.link, n, ...partsOf(read)])) };
}

/** As a device keeps it. */
export function encodeRead(read: BookRead): Uint8Array {
	return encodeCanonical(partsOf(read));
}

/** Nothing where the bytes are none of `encodeRead`. */
export function decodeRead(bytes: Uint8Array): BookRead | undefined {
	const parsed = partsSchema.safeParse(valueOf(bytes));
	if (!parsed.success) return undefined;
	const [book, person, atMs, reason, note] = parsed.data;
	const opening = { book: bytesToId<BookId>(book), person: bytesToId<PersonId>(person), atMs };
	return reason === undefined || note === undefined
		? opening
		: { ...opening, emergency: { reason, note } };
}

function valueOf(bytes: Uint8Array): unknown {
	try {
		return decodeCanonical(bytes);
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}

function partsOf({ book, person, atMs, emergency }: BookRead): CanonicalValue[] {
	const words = emergency === undefined ? [] : [emergency.reason, emergency.note];
	return [idToBytes(book), idToBytes(person), atMs, ...words];
}

const TIP_CONTEXT = 'so-suc-khoe reads 1';

/** What the device key signs with a report. */
export function readsTipToSign({ n, link }: ReadsTip): Uint8Array {
	return encodeCanonical([TIP_CONTEXT, n, link]);
}
