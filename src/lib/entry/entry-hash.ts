/**
 * SHA-256 of an entry. Synchronous, and before anything is loaded in JavaScript; a first sync hashes sixty
 * thousand entries, for which the compiled one takes about half the time.
 */
import { sha256 } from '@noble/hashes/sha2.js';

type Hash = (bytes: Uint8Array) => Uint8Array;

/** Both must agree on it before the compiled one is used. */
const SAMPLE = Uint8Array.from({ length: 200 }, (_, at) => at);

let hash: Hash = sha256;

export function hashOf(bytes: Uint8Array): Uint8Array {
	return hash(bytes);
}

/** Answers whether the compiled one is in use from now on. Where it cannot be loaded nothing changes. */
export async function useCompiledHash(load: () => Promise<Hash> = loadCompiled): Promise<boolean> {
	if (hash !== sha256) return true;
	try {
		const compiled = await load();
		if (String(compiled(SAMPLE)) !== String(sha256(SAMPLE))) return false;
		hash = compiled;
		return true;
	} catch {
		return false;
	}
}

async function loadCompiled(): Promise<Hash> {
	const { createSHA256 } = await import('hash-wasm');
	const hasher = await createSHA256();
	return (bytes) => hasher.init().update(bytes).digest('binary');
}
