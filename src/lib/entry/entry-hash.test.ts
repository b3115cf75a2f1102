import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
	vi.resetModules();
});

const reference = (bytes: Uint8Array): Uint8Array =>
	new Uint8Array(createHash('sha256').update(bytes).digest());

it.each([false, true])('is SHA-256, whether compiled (%s) or not', async (isCompiled) => {
	const { hashOf, useCompiledHash } = await import('./entry-hash.ts');
	if (isCompiled) expect(await useCompiledHash()).toBe(true);
	const sizes = [0, 1, 55, 56, 63, 64, 65, 300, 16_384, 16_385, 65_536];
	for (const size of sizes) {
		const bytes = new Uint8Array(size).fill(7);
		expect(hashOf(bytes)).toEqual(reference(bytes));
	}
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(40), (bytes, from) => {
			const view = bytes.subarray(from);
			expect(hashOf(view)).toEqual(reference(view));
		})
	);
	const first = hashOf(Uint8Array.of(1));
	hashOf(Uint8Array.of(2));
	expect(first).toEqual(reference(Uint8Array.of(1)));
});

it.each([
	['that is wrong', async () => () => new Uint8Array(32)],
	['that cannot be loaded', () => Promise.reject(new Error('no WebAssembly'))]
])('is not done by a compiled one %s', async (_, load) => {
	const { hashOf, useCompiledHash } = await import('./entry-hash.ts');
	expect(await useCompiledHash(load)).toBe(false);
	const bytes = Uint8Array.of(1, 2, 3);
	expect(hashOf(bytes)).toEqual(reference(bytes));
});
