/** What all parts of one world share. */
import type { Fault } from './faults.ts';
import type { Signatures } from './keys.ts';
import type { Model } from './model.ts';
import type { Plan } from './plan.ts';
import type { PlantedBug } from './planted-bugs.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

export interface Context {
	plan: Plan;
	scheduler: Scheduler;
	random: Random;
	trace: Trace;
	model: Model;
	signatures: Signatures;
	/** False while the world heals. */
	faults: { areOn: boolean };
	bug: PlantedBug;
}

const TURN_MS_MAX = 40;

/** Whether a fault strikes now. */
export function strikes({ faults, plan }: Context, random: Random, fault: Fault): boolean {
	const rate = plan.rates[fault];
	return faults.areOn && rate > 0 && random.chance(rate);
}

/** A point where somebody else may come first. */
export async function turn({ scheduler, plan }: Context, random: Random): Promise<void> {
	if (random.chance(plan.turnChance)) await scheduler.sleep(random.below(TURN_MS_MAX));
}
