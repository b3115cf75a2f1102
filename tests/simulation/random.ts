/**
 * Randomness of a simulated world: one stream per name, so that a change in one part of the world does
 * not shift the dice of all others. sfc32, seeded by SHA-256 of seed and name.
 */
import { createHash } from 'node:crypto';

export interface Random {
	/** From 0 up to but not including 1. */
	next(): number;
	/** A whole number from 0 up to but not including `count`. */
	below(count: number): number;
	chance(probability: number): boolean;
	pick<T>(items: readonly T[]): T;
	between(min: number, max: number): number;
	/** Time between events that come once in `meanMs` on average. */
	waitMs(meanMs: number): number;
	bytes(count: number): Uint8Array;
	shuffled<T>(items: readonly T[]): T[];
	fork(name: string): Random;
}

export function createRandom(seed: string): Random {
	const next = sfc32(createHash('sha256').update(seed).digest());
	const below = (count: number): number => Math.floor(next() * count);
	return {
		next,
		below,
		chance: (probability) => next() < probability,
		pick: (items) => {
			const item = items[below(items.length)];
			if (item === undefined) throw new RangeError('nothing to pick from');
			return item;
		},
		between: (min, max) => min + Math.floor(next() * (max - min)),
		waitMs: (meanMs) => Math.round(-Math.log(1 - next()) * meanMs) + 1,
		bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
		shuffled: (items) => {
			const left = [...items];
			return Array.from({ length: left.length }, () => left.splice(below(left.length), 1)).flat();
		},
		fork: (name) => createRandom(`${seed}/${name}`)
	};
}

function sfc32(seed: Buffer): () => number {
	let a = seed.readInt32LE(0);
	let b = seed.readInt32LE(4);
	let c = seed.readInt32LE(8);
	let counter = 1;
	return () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 2 ** 32;
	};
}
