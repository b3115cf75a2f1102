/** The tablet is switched on without a network: how soon everybody can be found. */
import { calibrationOf, fullTablet, openLab, withPage } from '../browser/lab.ts';
import type { ColdStart } from '../browser/page/bench-page.ts';
import { atMost, median, onlySlowed, type BenchRow, type Figure } from '../row.ts';
import { PEOPLE } from '../store.ts';

const RUNS = 5;
const AFTER_PIN_S_MAX = 1.5;
const PLAIN_S_MAX = 1;

interface Start extends ColdStart {
	isSlowed: boolean;
	calibration: string;
}

export const coldStartRow: BenchRow = {
	name: 'cold-start',
	measure: async () => [...(await slowedFigures()), ...(await plainFigures())]
};

async function slowedFigures(): Promise<Figure[]> {
	const waited = await starts(true, false);
	const atOnce = await starts(true, true);
	const { isSlowed = false, calibration = '' } = waited[0] ?? {};
	const slowed = (what: string, starts: Start[], of: keyof ColdStart, note?: string): Figure =>
		onlySlowed(
			isSlowed,
			atMost(`${what}, slowed`, secondsOf(starts, of), AFTER_PIN_S_MAX, 's', note)
		);
	const note = `${PEOPLE} books, offline, a new browser each time, medians of ${RUNS}; ${calibration}`;
	return [
		slowed('worker start to list loaded, no PIN', waited, 'listLoadedMs', note),
		slowed(
			'last digit of the PIN to first hits',
			waited,
			'usableMs',
			`of it the PIN itself ${secondsOf(waited, 'unlockMs').toFixed(2)} s`
		),
		slowed('the same, PIN typed before the list is there', atOnce, 'usableMs')
	];
}

async function plainFigures(): Promise<Figure[]> {
	const plain = await starts(false, true);
	return [
		atMost(
			'worker start to list loaded, not slowed',
			secondsOf(plain, 'listLoadedMs'),
			PLAIN_S_MAX,
			's'
		),
		atMost(
			'PIN typed at once to first hits, not slowed',
			secondsOf(plain, 'usableMs'),
			PLAIN_S_MAX,
			's',
			`of it the PIN itself ${secondsOf(plain, 'unlockMs').toFixed(2)} s, at the cost this device chose`
		)
	];
}

async function starts(slow: boolean, isPinTypedAtOnce: boolean): Promise<Start[]> {
	const { front, credentials } = await openLab();
	const profile = await fullTablet(slow);
	front.setOnline(false);
	const runs: Start[] = [];
	for (let at = 0; at < RUNS; at++)
		runs.push(
			await withPage({ profile, slow }, async ({ page, isSlowed }) => {
				const start = await page.evaluate(([who, atOnce]) => window.bench.coldStart(who, atOnce), [
					credentials,
					isPinTypedAtOnce
				] as const);
				if (start.hits === 0) throw new Error('nobody can be found');
				const calibration = at === 0 ? await calibrationOf(page, isSlowed) : '';
				return { ...start, isSlowed, calibration };
			})
		);
	front.setOnline(true);
	return runs;
}

function secondsOf(starts: Start[], of: keyof ColdStart): number {
	return median(starts.map((start) => start[of])) / 1000;
}
