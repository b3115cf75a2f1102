import { describe, expect, it } from 'vitest';
import { hunt, isWholeBatch, notReached, summaryOf } from './hunt.ts';
import { findBug, PLANTED_BUGS, SEEDS_PER_BUG } from './planted.ts';

const PART = 1;
const PARTS = 2;
const HUNT_MS_MAX = 30 * 60_000 + Number(process.env['SIMULATION_SECONDS'] ?? 0) * 1_000;

describe('worlds with faults', () => {
	it(
		'lose nothing acknowledged, agree after healing, and take the same course twice',
		async () => {
			const found = await hunt(PART, PARTS);
			process.stdout.write(summaryOf(found));
			expect(found.failures.join('\n\n')).toBe('');
			if (isWholeBatch()) expect(notReached(found)).toEqual([]);
		},
		HUNT_MS_MAX
	);
});

describe.runIf(isWholeBatch())('planted bugs', () => {
	for (const bug of PLANTED_BUGS.filter((_, at) => at % PARTS === PART))
		it(`finds in ${SEEDS_PER_BUG} worlds: ${bug.name}`, async () => {
			const found = await findBug(bug);
			process.stdout.write(`planted: ${bug.name}: ${JSON.stringify(found)}\n`);
			if (found === undefined) throw new Error(`not found: ${bug.name}`);
		});
});
