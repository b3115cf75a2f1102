/** Seeded randomness of the demo: the same seed gives the same people on every machine. */

export interface Random {
	/** A whole number from 0 up to, not including, `limit`. */
	below(limit: number): number;
	/** A whole number from `from` to `to`, both included. */
	between(from: number, to: number): number;
	/** True in `percent` of 100 cases. */
	chance(percent: number): boolean;
	pick<T>(list: readonly T[]): T;
	bytes(count: number): Uint8Array;
}

/** Generator sfc32, seeded by FNV-1a over the text. */
export function createRandom(seed: string): Random {
	let a = hash(`${seed}/a`);
	let b = hash(`${seed}/b`);
	let c = hash(`${seed}/c`);
	let counter = 1;
	const next = (): number => {
		const sum = (a + b + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		return sum >>> 0;
	};
	for (let warmUp = 0; warmUp < 12; warmUp++) next();
	const below = (limit: number) => Math.floor((next() / 0x1_0000_0000) * limit);
	return {
		below,
		between: (from, to) => from + below(to - from + 1),
		chance: (percent) => below(100) < percent,
		pick(list) {
			const picked = list[below(list.length)];
			if (picked === undefined) throw new RangeError('nothing to pick from');
			return picked;
		},
		bytes: (count) => Uint8Array.from({ length: count }, () => below(256))
	};
}

function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) {
		value ^= text.charCodeAt(at);
		value = Math.imul(value, 0x0100_0193);
	}
	return value | 0;
}
