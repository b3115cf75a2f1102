/** Looks for planted bugs: each in at most ten worlds as the hunt draws them, but busier, shorter, and with
 * the faults that it needs. */
import { PLANTED_BUGS, type PlantedBug } from './planted-bugs.ts';
import { drawPlan, type Plan } from './plan.ts';
import { runWorld } from './world.ts';
import { ALL_FAULTS, DAILY_FAULTS } from './faults.ts';

export const SEEDS_PER_BUG = 10;
const FIRST_SEED = 1_001;
const DAYS = 4;
const DAILY_TIMES = 3;
const BUSY_TIMES = 3;

export { PLANTED_BUGS };

export interface Find {
	seed: number;
	worlds: number;
	invariant: string;
	detail: string;
}

/** The first world which breaks an invariant with the bug: one that the bug is known to break, and none
 * without it. */
export async function findBug(bug: PlantedBug): Promise<Find | undefined> {
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS_PER_BUG; seed++) {
		const plan = planFor(bug, seed);
		const { broken } = await runWorld(plan, bug);
		if (broken === undefined) continue;
		const without = await runWorld(plan);
		if (without.broken !== undefined)
			throw new Error(`seed ${seed} without a bug: ${JSON.stringify(without.broken)}`);
		if (bug.breaks.includes(broken.invariant))
			return { seed, worlds: seed - FIRST_SEED + 1, ...broken };
		throw new Error(`${bug.name}, seed ${seed}: broke ${broken.invariant}: ${broken.detail}`);
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
	return {
		...plan,
		// A last day that is cut short stays so: it is the day of the late restores.
		days: Math.min(plan.days, plan.hasLateRestores ? DAYS - 1 + (plan.days % 1) : DAYS),
		signatures: 'keyed-hash',
		hasLongBooks: false,
		actMs: plan.actMs / BUSY_TIMES,
		rates: { ...plan.rates, ...Object.fromEntries(needed) }
	};
}
