/**
 * Runs worlds by seed and says what they reached. Environment: SEED runs one world and prints its last
 * steps when it fails; SIMULATION_SEEDS is the number of worlds; SIMULATION_SECONDS goes on with further
 * seeds for so long (a long hunt).
 *
 * A tablet-hour is one hour of simulated time in which one device is switched on with its sync loop
 * running: polling every half minute where it has a network, trying again every minute at the latest
 * where it has none (as a commune's tablet mostly has), with people saving something every forty minutes
 * to three hours. Nights, and the time between a crash and the restart, do not count. A world
 * that is run a second time, to show that its trace is the same, counts once.
 */
import { ALL_FAULTS } from './faults.ts';
import { drawPlan } from './plan.ts';
import type { Outcome } from './world.ts';
import { runWorld } from './world.ts';

export interface Hunt {
	outcomes: Outcome[];
	tabletHours: number;
	counts: Map<string, number>;
	faults: number;
	failures: string[];
}

const SEEDS_DEFAULT = 104;
/** Every so many worlds runs twice in the default run; in a long hunt each does. */
const TWICE_EVERY = 10;

/** The seeds of one of `parts` test files, in turn. */
export async function hunt(part: number, parts: number): Promise<Hunt> {
	const only = numberOf('SEED');
	const seconds = numberOf('SIMULATION_SECONDS');
	const count = numberOf('SIMULATION_SEEDS') ?? SEEDS_DEFAULT;
	const found: Hunt = {
		outcomes: [],
		tabletHours: 0,
		counts: new Map(),
		faults: 0,
		failures: []
	};
	if (only !== undefined) {
		if (part === 0) await runSeed(found, only, true);
		return found;
	}
	const endMs = performance.now() + (seconds ?? 0) * 1_000;
	for (let seed = 1 + part; seed <= count || performance.now() < endMs; seed += parts)
		await runSeed(
			found,
			seed,
			seconds !== undefined || Math.ceil(seed / parts) % TWICE_EVERY === 0
		);
	return found;
}

async function runSeed(found: Hunt, seed: number, isTwice: boolean): Promise<void> {
	const outcome = await runWorld(drawPlan(seed));
	if (outcome.broken !== undefined) found.failures.push(reportOf(outcome));
	if (isTwice) {
		const again = await runWorld(drawPlan(seed));
		if (again.traceHash !== outcome.traceHash)
			found.failures.push(`seed ${seed}: a second run of the same seed took another course`);
	}
	found.outcomes.push(outcome);
	found.tabletHours += outcome.tabletHours;
	for (const [name, by] of outcome.counts) {
		found.counts.set(name, (found.counts.get(name) ?? 0) + by);
		if (name.startsWith('fault: ')) found.faults += by;
	}
}

function reportOf({ seed, broken, lastSteps }: Outcome): string {
	const what = `${broken?.invariant}: ${broken?.detail}`;
	const replay = `SEED=${seed} npm run test:simulation`;
	return [`seed ${seed} broke ${what}`, ...lastSteps, `replay: ${replay}`].join('\n');
}

function numberOf(name: string): number | undefined {
	const text = process.env[name];
	if (text === undefined || text === '') return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is not a whole number`);
	return value;
}

/** Rare branches that every batch must have reached (I11), beside every kind of fault. */
const BRANCHES = [
	'fault: reordered',
	'ack: accepted',
	'ack: duplicate',
	'ack: refused',
	'ack: later',
	'outcome: relayed',
	'save: saved',
	'save: moved',
	'save: not-stored',
	'page: applied',
	'page: snapshot',
	'page: leave',
	'page: book asked for',
	'end: confirmed',
	'epoch: told by a page',
	'epoch: told by the end',
	'digest: same',
	'digest: different',
	'digest: repaired',
	'book: out of the feed',
	'act: book opened',
	'act: books asked for unopened',
	'act: long book',
	'poison: newer-kind',
	'poison: newer-schema',
	'poison: bad-signature',
	'poison: not-canonical',
	'poison: wrong-body',
	'poison: wrong-class',
	'poison: other-person',
	'poison: too-large',
	'poison: spoils-request',
	'round: done',
	'round: cut',
	'round: bad-answer',
	'round: unreachable',
	'round: foreign-answer',
	'round: asked-to-wait',
	'round: server-failed',
	'round: signed-out',
	'round: update-needed',
	'round: request-refused',
	'round: storage-failed'
];

/** What the batch should have reached and did not. */
export function notReached({ counts }: Hunt): string[] {
	const faults = Object.keys(ALL_FAULTS).map((fault) => `fault: ${fault}`);
	return [...faults, ...BRANCHES].filter((name) => (counts.get(name) ?? 0) === 0);
}

export function isWholeBatch(): boolean {
	return numberOf('SEED') === undefined;
}

/** Figures for the log of the run. */
export function summaryOf(found: Hunt): string {
	const get = (name: string): number => found.counts.get(name) ?? 0;
	const lines = [
		`simulated: ${found.outcomes.length} worlds, ${Math.round(found.tabletHours)} tablet-hours`,
		`${found.faults} faults, ${get('requests')} requests`,
		`${get('entries saved')} entries, ${get('entries acknowledged')} acknowledged, ${get('entries lost with their last copy')} lost with their last copy`
	];
	const counts = [...found.counts].sort().map(([name, count]) => `${name} ${count}`);
	return `${lines.join(', ')}\n${counts.join(', ')}\n`;
}
