/** Typing names letter by letter over everybody, faster than anybody types. */
import { calibrationOf, fullTablet, openLab, withPage } from '../browser/lab.ts';
import type { Timed } from '../browser/page/bench-page.ts';
import { atMost, onlySlowed, percentile, type BenchRow, type Figure } from '../row.ts';
import { PEOPLE } from '../store.ts';

const KEYSTROKE_MS_MAX = 16;
const LIST_LENGTH = 50;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');
/** With and without diacritics, short ones, names of two letters, a year and digits of a number. */
const QUERIES = [
	'nguyen thi huong',
	'lo thi tham',
	'vang a',
	'ly o',
	'vừ y',
	'trần văn',
	'giang seo',
	'ha thi kim 1987',
	'quang 12/05',
	'sung a po',
	'09123',
	'zzz'
];
const ROUNDS = 3;
const PAUSE_MS = 50;

export const searchRow: BenchRow = {
	name: 'search',
	measure: async () => [...(await figuresOf(true)), ...(await figuresOf(false))]
};

async function figuresOf(slow: boolean): Promise<Figure[]> {
	const { front, credentials } = await openLab();
	const profile = await fullTablet(slow);
	front.setOnline(false);
	const { timed, isSlowed, calibration } = await withPage({ profile, slow }, async (browser) => {
		const { page } = browser;
		await page.evaluate((who) => window.bench.signIn(who), credentials);
		const queries = Array.from({ length: ROUNDS }, () => [...LETTERS, ...QUERIES]).flat();
		const timed = await page.evaluate(([all, pauseMs]) => window.bench.type(all, pauseMs), [
			queries,
			PAUSE_MS
		] as const);
		const calibration = await calibrationOf(page, browser.isSlowed);
		return { timed, isSlowed: browser.isSlowed, calibration };
	});
	front.setOnline(true);
	return [
		...spread(
			'a keystroke, page to worker to page',
			timed.roundTrip,
			isSlowed,
			noteOf(timed, calibration)
		),
		...spread('a keystroke, in the worker alone', timed.own, isSlowed)
	];
}

function spread(what: string, times: number[], isSlowed: boolean, note?: string): Figure[] {
	const figure = (name: string, value: number, said?: string): Figure =>
		onlySlowed(isSlowed, atMost(`${what}: ${name}, slowed`, value, KEYSTROKE_MS_MAX, 'ms', said));
	return [
		figure('p50', percentile(times, 0.5), note),
		figure('p95', percentile(times, 0.95)),
		figure('max', Math.max(...times))
	];
}

function noteOf({ roundTrip, hits }: Timed, calibration: string): string {
	const full = hits.filter((count) => count === LIST_LENGTH).length;
	const none = hits.filter((count) => count === 0).length;
	return `${PEOPLE} people, ${roundTrip.length} keystrokes ${PAUSE_MS} ms apart, ${full} with a list of ${LIST_LENGTH}, ${none} with nobody; ${calibration}`;
}
