/** Looks for planted bugs: each in at most ten worlds that are made so that it can show. */
import { PLANTED_BUGS, type PlantedBug } from './planted-bugs.ts';
import { drawPlan, type Plan } from './plan.ts';
import { runWorld } from './world.ts';
import { ALL_FAULTS, DAILY_FAULTS } from './faults.ts';

export const SEEDS_PER_BUG = 10;
const FIRST_SEED = 1_001;
/** The last day, where it is cut short, ends at half past three in the afternoon, while the tablets are on. */
const EVENING_DAYS = 8.5 / 24;
const DAYS = 4;
const DAILY_TIMES = 3;
const BUSY_TIMES = 3;
/** Worlds that need a repair are passed over: most agree within minutes. */
const HEAL_MS = 3_600_000;

export { PLANTED_BUGS };

export interface Find {
	seed: number;
	worlds: number;
	invariant: string;
	detail: string;
}

/** The first world which breaks an invariant with the bug and none without it. */
export async function findBug(bug: PlantedBug): Promise<Find | undefined> {
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS_PER_BUG; seed++) {
		const plan = planFor(bug, seed);
		const { broken } = await runWorld(plan, bug);
		if (broken === undefined) continue;
		const without = await runWorld(plan);
		if (without.broken === undefined) return { seed, worlds: seed - FIRST_SEED + 1, ...broken };
	}
	return undefined;
}

/** The faults that the bug needs strike often; everything else is as the seed draws it. */
export function planFor(bug: PlantedBug, seed: number): Plan {
	const plan = drawPlan(seed);
	const needed = bug.needs.map((fault) => {
		const isDaily = Object.hasOwn(DAILY_FAULTS, fault);
		return [fault, ALL_FAULTS[fault].max * (isDaily ? DAILY_TIMES : 1)] as const;
	});
	const hasLateRestores = bug.needs.includes('restore');
	return {
		...plan,
		hasLateRestores,
		days: DAYS - (hasLateRestores ? EVENING_DAYS : 0),
		signatures: 'keyed-hash',
		hasLongBooks: false,
		actMs: plan.actMs / BUSY_TIMES,
		healMs: HEAL_MS,
		rates: { ...plan.rates, ...Object.fromEntries(needed) }
	};
}
