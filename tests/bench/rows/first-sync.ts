/** A new tablet takes 10,000 books: how soon all are stored, how soon the first can be found, and a kill in the middle. */
import {
	calibrationOf,
	firstSync,
	newProfile,
	openLab,
	openPage,
	withPage,
	type FirstSync
} from '../browser/lab.ts';
import type { Passed } from '../browser/front.ts';
import { atMost, median, onlySlowed, type BenchRow, type Figure } from '../row.ts';
import { PEOPLE } from '../store.ts';

const RUNS = 3;
const STORED_S_MAX = 10;
const USABLE_S_MAX = 2;
const BYTES_MB_MAX = 5;
const KILLED_AT_BOOKS = 4_000;
/** What may be on its way, or in a transaction that was not done, when the browser is killed. */
const LOST_BYTES_MAX = 1_000_000;

export const firstSyncRow: BenchRow = {
	name: 'first-sync',
	measure: async () => {
		const runs: FirstSync[] = [];
		for (let at = 0; at < RUNS; at++) runs.push(await firstSync(true));
		const plain = await firstSync(false);
		const bytes = bytesDown(plain.passed);
		return [
			...slowedFigures(runs),
			...plainFigures(plain),
			atMost(
				'bodies of the answers on the wire',
				bytes / 1e6,
				BYTES_MB_MAX,
				'MB',
				`${encodingsOf(plain.passed)}, ${plain.passed.length} requests`
			),
			await killedInTheMiddle(bytes)
		];
	}
};

function slowedFigures(runs: FirstSync[]): Figure[] {
	const [first] = runs;
	const isSlowed = first?.isSlowed ?? false;
	const note = `median of ${runs.length} (${secondsOf(runs.map(({ storedMs }) => storedMs))}) from the first request of syncing; signing in took ${secondsOf(runs.map(({ signInMs }) => signInMs))} before; ${first?.calibration ?? ''}`;
	const stored = median(runs.map(({ storedMs }) => storedMs)) / 1000;
	const usable = median(runs.map(({ firstUsableMs }) => firstUsableMs)) / 1000;
	return [
		onlySlowed(isSlowed, atMost(`${PEOPLE} books stored, slowed`, stored, STORED_S_MAX, 's', note)),
		onlySlowed(isSlowed, atMost('first 500 books found, slowed', usable, USABLE_S_MAX, 's'))
	];
}

function plainFigures({ storedMs, firstUsableMs }: FirstSync): Figure[] {
	return [
		onlySlowed(false, atMost(`${PEOPLE} books stored`, storedMs / 1000, STORED_S_MAX, 's')),
		onlySlowed(false, atMost('first 500 books found', firstUsableMs / 1000, USABLE_S_MAX, 's'))
	];
}

/** All processes of the browser are killed at once; the next start goes on from the last transaction. */
async function killedInTheMiddle(wholeBytes: number): Promise<Figure> {
	const { front, credentials } = await openLab();
	const profile = newProfile();
	const browser = await openPage({ profile, slow: true });
	void browser.page
		.evaluate(([books, who]) => window.bench.takeAll(books, who), [PEOPLE, credentials] as const)
		.catch(() => undefined);
	await browser.page.waitForFunction(
		(books) => window.bench.booksTaken() >= books,
		KILLED_AT_BOOKS
	);
	await browser.kill();
	front.takePassed();
	const rest = await withPage({ profile, slow: true }, async ({ page, isSlowed }) => {
		const note = await calibrationOf(page, isSlowed);
		const taken = await page.evaluate(([books, who]) => window.bench.takeAll(books, who), [
			PEOPLE,
			credentials
		] as const);
		return { ...taken, note };
	});
	const bytes = bytesDown(front.takePassed());
	const expected = wholeBytes * (1 - rest.heldBefore / PEOPLE);
	return {
		what: 'killed at 4,000 books: goes on',
		goal: 'not from zero',
		value: `from ${rest.heldBefore.toLocaleString('en')} books`,
		isMet: rest.heldBefore >= KILLED_AT_BOOKS && bytes < expected + LOST_BYTES_MAX,
		note: `the rest: ${(rest.storedMs / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(2)} MB of ${(wholeBytes / 1e6).toFixed(2)} MB; every process of the browser got SIGKILL`
	};
}

function bytesDown(passed: Passed[]): number {
	return passed
		.filter(({ path }) => path === '/api/sync')
		.reduce((sum, one) => sum + one.bytesDown, 0);
}

function encodingsOf(passed: Passed[]): string {
	return `packed as Chromium asked: ${[...new Set(passed.map(({ encoding }) => encoding))].join(', ')}`;
}

function secondsOf(times: number[]): string {
	return times.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
}
