/** A dose given through the real use case, until it is durable, in a book that already has 300 entries. */
import { setTimeout as wait } from 'node:timers/promises';
import { calibrationOf, fullTablet, openLab, withPage } from '../browser/lab.ts';
import { atMost, onlySlowed, percentile, type BenchRow, type Figure } from '../row.ts';

const ENTRIES_BEFORE = 300;
const SAVES = 100;
/** Longer than the quiet after which the log is folded, and the folding. */
const FOLDED_WAIT_MS = 15_000;
/** A hand needs five times as long between two children; the last dose is sent meanwhile. */
const PAUSE_MS = 1_000;
const P95_MS_MAX = 50;
const P99_MS_MAX = 100;

export const saveRow: BenchRow = {
	name: 'save',
	measure: async () => [
		...(await figuresOf(true, { isOnline: false, pauseMs: 0 })),
		...(await figuresOf(true, { isOnline: true, pauseMs: PAUSE_MS })),
		...(await figuresOf(false, { isOnline: true, pauseMs: PAUSE_MS }))
	]
};

async function figuresOf(
	slow: boolean,
	{ isOnline, pauseMs }: { isOnline: boolean; pauseMs: number }
): Promise<Figure[]> {
	const { front, credentials } = await openLab();
	const profile = await fullTablet(slow);
	front.setOnline(isOnline);
	const done = await withPage({ profile, slow }, async ({ page, isSlowed }) => {
		await page.evaluate((who) => window.bench.signIn(who), credentials);
		const book = await page.evaluate(() => window.bench.registerChild());
		const give = (count: number, pauseMs: number) =>
			page.evaluate(([id, many, ms]) => window.bench.giveDoses(id, many, ms), [
				book,
				count,
				pauseMs
			] as const);
		await give(ENTRIES_BEFORE - 1, 0);
		await wait(FOLDED_WAIT_MS);
		const timed = await give(SAVES, pauseMs);
		return { timed, isSlowed, calibration: await calibrationOf(page, isSlowed) };
	});
	front.setOnline(true);
	const how = isOnline ? `online, ${pauseMs} ms apart` : 'offline, without a pause';
	const note = `${SAVES} doses on ${ENTRIES_BEFORE} entries, ${how}, page to worker to disk to page; ${done.calibration}`;
	return spread(isOnline ? 'online' : 'offline', done.timed.roundTrip, done.isSlowed, note);
}

function spread(how: string, times: number[], isSlowed: boolean, note: string): Figure[] {
	const what = `a dose until durable, ${how}`;
	const figure = (name: string, share: number, goal: number, said?: string): Figure =>
		onlySlowed(
			isSlowed,
			atMost(`${what}: ${name}, slowed`, percentile(times, share), goal, 'ms', said)
		);
	return [
		figure('p50', 0.5, P95_MS_MAX, note),
		figure('p95', 0.95, P95_MS_MAX),
		figure('p99', 0.99, P99_MS_MAX)
	];
}
