import { hash } from 'node:crypto';

const ID_BYTES = 16;

/** Is this the id of an entry with these bytes? */
export function isIdOf(id: Uint8Array, bytes: Uint8Array): boolean {
	return hash('sha256', bytes, 'buffer').subarray(0, ID_BYTES).equals(id);
}
