/**
 * The strict reader of Yjs updates from outside. It knows one grammar, the one `book-update.ts` writes,
 * and never hands a byte to Yjs: general updates can erase a book with a set of deletes, hide what comes
 * later behind a gap or a filler, or hang the process. After reading, the update is written again and
 * must be equal byte for byte. Whatever is wrong, the whole update is refused and nothing has changed.
 */
import { ENTRY_BYTES_MAX } from '#lib/domain/book/envelope.ts';
import { ENTRIES_PER_UPDATE_MAX } from '#lib/domain/limits.ts';
import { plainView } from '#lib/entry/canonical.ts';
import {
	CLOCK,
	encodeUpdate,
	identifyEntry,
	INFO_BINARY_WITH_KEY,
	isEqual,
	KEY_LENGTH,
	PARENT_IS_ROOT,
	ROOT_MAP,
	STRUCTS_OF_CLIENT,
	type Identify,
	type Item
} from './book-update.ts';

/** More than any one push; a larger book is brought as several updates. */
export const UPDATE_BYTES_MAX = 512 * 1024;
/** Place value of the eighth and last byte of a number of 53 bits. */
const FACTOR_MAX = 128 ** 7;

export type UpdateRefusal =
	| 'too-large'
	| 'too-many-entries'
	/** Ends in the middle, or after its end goes on. */
	| 'cut-short'
	| 'trailing-bytes'
	/** A number written longer than needed, or beyond 53 bits. */
	| 'number-form'
	/** Anything but one binary value under a key of the root map, clock 0, without origins. */
	| 'not-an-entry'
	| 'deletes'
	/** Clients not in the one order in which they are written. */
	| 'order'
	/** The key is not the hash of the value, or the client id not the first 53 bits of it. */
	| 'identity'
	/** Two entries with one client id: neither can be let in by this update. */
	| 'id-taken';

export type Acceptance = { ok: true; entries: Uint8Array[] } | { ok: false; code: UpdateRefusal };

/**
 * The entries of an update, in its order, if it is exactly what `updateOfBook` writes for them. Whether
 * each is a well-made entry of this book, and who may write it, is for admission to judge.
 * @param identify replaced only by tests that need a collision.
 */
export function acceptUpdate(update: Uint8Array, identify: Identify = identifyEntry): Acceptance {
	if (update.length > UPDATE_BYTES_MAX) return { ok: false, code: 'too-large' };
	try {
		const items = new UpdateReader(update).items();
		checkIdentities(items, identify);
		if (!isEqual(encodeUpdate(items), update)) return { ok: false, code: 'not-an-entry' };
		return { ok: true, entries: items.map((item) => item.bytes) };
	} catch (error) {
		if (error instanceof Refused) return { ok: false, code: error.code };
		throw error;
	}
}

class Refused extends Error {
	readonly code: UpdateRefusal;
	constructor(code: UpdateRefusal) {
		super(code);
		this.code = code;
	}
}

function checkIdentities(items: readonly Item[], identify: Identify): void {
	let previous = Infinity;
	for (const { clientId, key, bytes } of items) {
		if (clientId === previous) throw new Refused('id-taken');
		if (clientId > previous) throw new Refused('order');
		previous = clientId;
		const identity = identify(bytes);
		if (identity.key !== key || identity.clientId !== clientId) throw new Refused('identity');
	}
}

/** Reads forward once; every length is checked against what is there before anything is allocated. */
class UpdateReader {
	readonly #update: Uint8Array;
	#at = 0;

	constructor(update: Uint8Array) {
		this.#update = plainView(update);
	}

	items(): Item[] {
		const count = this.#number();
		if (count > ENTRIES_PER_UPDATE_MAX) throw new Refused('too-many-entries');
		const items: Item[] = [];
		for (let i = 0; i < count; i++) items.push(this.#item());
		if (this.#number() !== 0) throw new Refused('deletes');
		if (this.#at !== this.#update.length) throw new Refused('trailing-bytes');
		return items;
	}

	#item(): Item {
		const structs = this.#number();
		const clientId = this.#number();
		const clock = this.#number();
		if (structs !== STRUCTS_OF_CLIENT || clock !== CLOCK) throw new Refused('not-an-entry');
		if (this.#byte() !== INFO_BINARY_WITH_KEY) throw new Refused('not-an-entry');
		if (this.#number() !== PARENT_IS_ROOT) throw new Refused('not-an-entry');
		if (this.#ascii(ROOT_MAP.length) !== ROOT_MAP) throw new Refused('not-an-entry');
		const key = this.#ascii(KEY_LENGTH);
		const length = this.#number();
		if (length > ENTRY_BYTES_MAX) throw new Refused('too-large');
		return { clientId, key, bytes: this.#take(length).slice() };
	}

	#byte(): number {
		const byte = this.#update[this.#at++];
		if (byte === undefined) throw new Refused('cut-short');
		return byte;
	}

	#take(length: number): Uint8Array {
		const end = this.#at + length;
		if (end > this.#update.length) throw new Refused('cut-short');
		const part = this.#update.subarray(this.#at, end);
		this.#at = end;
		return part;
	}

	#number(): number {
		let value = 0;
		for (let factor = 1; factor <= FACTOR_MAX; factor *= 128) {
			const byte = this.#byte();
			value += (byte & 127) * factor;
			if (byte > 127) continue;
			const isLong = byte === 0 && factor > 1;
			if (isLong || value > Number.MAX_SAFE_INTEGER) break;
			return value;
		}
		throw new Refused('number-form');
	}

	/** Text of exactly this length; other lengths are no entry. Non-ASCII bytes never equal a key. */
	#ascii(length: number): string {
		if (this.#number() !== length) throw new Refused('not-an-entry');
		return String.fromCharCode(...this.#take(length));
	}
}
