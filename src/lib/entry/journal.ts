/**
 * A device's journal: a chain over everything it ever saved. The device signs the tip once per push,
 * so a hole, a fork or a cloned tablet is seen without writing device history into anybody's book.
 * Synchronous on purpose: number and link are assigned inside the saving transaction.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { idToBytes, type EntryId } from '#lib/domain/ids.ts';

export const LINK_BYTES = 32;
export const JOURNAL_START: Uint8Array = new Uint8Array(LINK_BYTES);

export interface JournalTip {
	/** Number of entries this device has saved. */
	n: number;
	link: Uint8Array;
}

/** The tip after saving one more entry: SHA-256(previous link, n as 8 bytes, entry id). */
export function nextLink(tip: JournalTip, id: EntryId): JournalTip {
	const n = tip.n + 1;
	const bytes = new Uint8Array(LINK_BYTES + 8 + 16);
	bytes.set(tip.link);
	new DataView(bytes.buffer).setBigUint64(LINK_BYTES, BigInt(n));
	bytes.set(idToBytes(id), LINK_BYTES + 8);
	return { n, link: sha256(bytes) };
}

const TIP_CONTEXT = new TextEncoder().encode('so-suc-khoe journal 1\0');

/** What the device key signs with a push. */
export function tipToSign(tip: JournalTip): Uint8Array {
	const bytes = new Uint8Array(TIP_CONTEXT.length + 8 + LINK_BYTES);
	bytes.set(TIP_CONTEXT);
	new DataView(bytes.buffer).setBigUint64(TIP_CONTEXT.length, BigInt(tip.n));
	bytes.set(tip.link, TIP_CONTEXT.length + 8);
	return bytes;
}
