/** The first password of an account: made here, shown once to whoever manages it, and to be changed by its owner. */

/** Crockford's letters, small: none of them is taken for another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 3;
const GROUP_LETTERS = 4;

/** 60 random bits: `k7m2-9xqd-4h8n`. */
export function createStartPassword(randomBytes: (count: number) => Uint8Array): string {
	const bytes = [...randomBytes(GROUPS * GROUP_LETTERS)];
	const letters = bytes.map((byte) => LETTERS[byte % LETTERS.length]).join('');
	const groups = Array.from({ length: GROUPS }, (_, at) =>
		letters.slice(at * GROUP_LETTERS, (at + 1) * GROUP_LETTERS)
	);
	return groups.join('-');
}
