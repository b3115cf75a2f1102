/** Believable size of people of the demo. Rough figures of this project; no standard, nothing is judged by them. */
import { idToBytes } from '#lib/domain/ids.ts';
import type { Measurements } from '#lib/domain/book/measurements.ts';
import type { DemoPerson } from './households.ts';
import type { Random } from './random.ts';

/** Age in months, weight in grams, height in millimetres. */
const SIZES = [
	[0, 3_200, 495],
	[1, 4_200, 540],
	[2, 5_300, 580],
	[4, 6_700, 630],
	[6, 7_600, 670],
	[9, 8_500, 710],
	[12, 9_300, 750],
	[18, 10_600, 815],
	[24, 11_800, 865],
	[36, 13_900, 950],
	[60, 17_600, 1_090],
	[84, 22_000, 1_210],
	[120, 31_000, 1_370],
	[156, 43_000, 1_530],
	[192, 51_000, 1_600],
	[216, 53_000, 1_610]
] as const;

type Built = Pick<DemoPerson, 'book' | 'sex'>;

export function weightOf(random: Random, person: Built, ageMonths: number): Measurements {
	const { weight_g, height_mm } = sizeOf(random, person, ageMonths);
	return { weight_g, height_mm };
}

export function sizeOf(random: Random, person: Built, ageMonths: number) {
	const after = SIZES.findIndex(([months]) => months > ageMonths);
	const [fromMonths, fromWeight, fromHeight] =
		SIZES[after < 0 ? SIZES.length - 1 : Math.max(after - 1, 0)] ?? SIZES[0];
	const [toMonths, toWeight, toHeight] = SIZES[after < 0 ? SIZES.length - 1 : after] ?? SIZES[0];
	const part = toMonths === fromMonths ? 0 : (ageMonths - fromMonths) / (toMonths - fromMonths);
	const percent = buildOf(person) + random.between(-1, 1);
	return {
		weight_g: Math.round(((fromWeight + (toWeight - fromWeight) * part) * percent) / 1_000) * 10,
		height_mm:
			Math.round(((fromHeight + (toHeight - fromHeight) * part) * (percent + 200)) / 3_000) * 10
	};
}

/** Slight or sturdy, and always the same for one person: else a child would shrink between two visits. */
function buildOf({ book, sex }: Built): number {
	const sum = [...idToBytes(book)].reduce((total, byte) => total + byte, 0);
	return 89 + (sum % 21) + (sex === 'male' ? 3 : 0);
}
