/**
 * A plan: what one seed draws. Each world has its own subset of faults with its own rates (swarm), so
 * that no fault always hides another.
 */
import { ALL_FAULTS, type Fault } from './faults.ts';
import { createRandom, type Random } from './random.ts';

export interface Plan {
	seed: number;
	signatures: 'keyed-hash' | 'es256';
	stations: number;
	tabletsPerStation: number;
	hasHospital: boolean;
	days: number;
	/** Faults of this world; 0: does not happen here. */
	rates: Record<Fault, number>;
	/** How often a pause of a storage becomes a turn for somebody else. */
	turnChance: number;
	/** Time a tablet has a network, and has none. */
	onlineMs: number;
	offlineMs: number;
	/** Between two acts of the people at one tablet, while it is on. */
	actMs: number;
	/** Some tablets' clocks are wrong by up to this much. */
	skewMs: number;
	/** Some books are long: pages are cut inside them. */
	hasLongBooks: boolean;
	hasPoison: boolean;
	/** Some tablets are enrolled only in the course of the world. */
	hasLateTablets: boolean;
	/** The server keeps what it vouched for apart from its store, as it does in production. Without, a
	 * restored server learns of authors only from their own tablets. */
	hasCertificateLog: boolean;
	/** So long may it take after the faults until all agree: what was put off comes after an hour at most,
	 * and the first repair after a restore needs no waiting. The second would come after six hours: who
	 * needs that has not agreed. */
	healMs: number;
	/** Where there are restores at all, two in the last hours: the repair after the first is used up when the
	 * second comes. The last day ends at half past three in the afternoon, while the tablets are on. */
	hasLateRestores: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const FAULT_CHANCE = 0.55;
const ES256_EVERY = 16;
const LATE_CHANCE = 0.75;
const EVENING_DAYS = 8.5 / 24;

export function drawPlan(seed: number): Plan {
	const random = createRandom(`plan ${seed}`);
	const isRural = random.chance(0.8);
	const days = random.between(3, 9);
	const rates = drawRates(random);
	const hasLateRestores = random.chance(LATE_CHANCE);
	return {
		seed,
		signatures: seed % ES256_EVERY === 0 ? 'es256' : 'keyed-hash',
		stations: random.between(2, 4),
		tabletsPerStation: random.between(1, 4),
		hasHospital: random.chance(0.8),
		days: hasLateRestores ? days - EVENING_DAYS : days,
		rates,
		turnChance: random.pick([0.02, 0.05, 0.15]),
		onlineMs: (isRural ? random.between(5, 30) : random.between(60, 180)) * MINUTE_MS,
		offlineMs: (isRural ? random.between(2, 20) : random.between(1, 4)) * HOUR_MS,
		actMs: random.between(40, 180) * MINUTE_MS,
		skewMs: random.chance(0.5) ? random.between(0, 6 * DAY_MS) : 0,
		hasLongBooks: random.chance(0.1),
		hasPoison: random.chance(0.4),
		hasLateTablets: random.chance(0.6),
		hasCertificateLog: random.chance(0.6),
		healMs: 2 * HOUR_MS,
		hasLateRestores
	};
}

function drawRates(random: Random): Record<Fault, number> {
	const rates: Partial<Record<string, number>> = {};
	for (const [fault, { min, max }] of Object.entries(ALL_FAULTS))
		rates[fault] = random.chance(FAULT_CHANCE) ? min * (max / min) ** random.next() : 0;
	return rates as Record<Fault, number>;
}
