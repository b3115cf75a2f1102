/** The tablet is switched on without a network: how soon everybody can be found. */
import { cpSync, lstatSync } from 'node:fs';
import { calibrationOf, fullTablet, newProfile, openLab, withPage } from '../browser/lab.ts';
import type { ColdStart } from '../browser/page/bench-page.ts';
import { openBrowser } from '../browser/slow-browser.ts';
import { atMost, stated, median, onlySlowed, type BenchRow, type Figure } from '../row.ts';
import { PEOPLE } from '../store.ts';

const RUNS = 5;
const AFTER_PIN_S_MAX = 1.5;
const PLAIN_S_MAX = 1;
const NEXT_NURSE_S_MAX = 2;

interface Start extends ColdStart {
	isSlowed: boolean;
	calibration: string;
}

export const coldStartRow: BenchRow = {
	name: 'cold-start',
	measure: async () => [
		...(await slowedFigures()),
		...(await turnFigures()),
		...(await plainFigures()),
		...(await appFigures(true)),
		...(await appFigures(false))
	]
};

async function slowedFigures(): Promise<Figure[]> {
	const slow = await starts(true);
	const { isSlowed = false, calibration = '' } = slow[0] ?? {};
	const note = `${PEOPLE} books, offline, a new browser each time, medians of ${RUNS}; ${calibration}`;
	const slowed = (figure: Figure): Figure => onlySlowed(isSlowed, figure);
	return [
		slowed(stated('worker start to lock screen, slowed', secondsOf(slow, 'startedMs'), 's', note)),
		slowed(
			atMost(
				'last digit of the PIN to first hits, slowed',
				secondsOf(slow, 'usableMs'),
				AFTER_PIN_S_MAX,
				's',
				`of it the PIN itself ${secondsOf(slow, 'unlockMs').toFixed(2)} s; then the list is opened and read`
			)
		)
	];
}

async function plainFigures(): Promise<Figure[]> {
	const plain = await starts(false);
	const pin = `of it the PIN itself ${secondsOf(plain, 'unlockMs').toFixed(2)} s, at the cost this device chose`;
	return [
		atMost(
			'last digit of the PIN to first hits, not slowed',
			secondsOf(plain, 'usableMs'),
			PLAIN_S_MAX,
			's',
			pin
		)
	];
}

async function turnFigures(): Promise<Figure[]> {
	const { front, credentials, colleague } = await openLab();
	const profile = await fullTablet(true);
	const { times, isSlowed } = await withPage(
		{ profile, slow: true },
		async ({ page, isSlowed }) => {
			const people = [credentials, colleague];
			// The first time on a tablet is at the server.
			await page.evaluate((each) => window.bench.takeTurns(each, 1), people);
			front.setOnline(false);
			const times = await page.evaluate(([each, turns]) => window.bench.takeTurns(each, turns), [
				people,
				RUNS
			] as const);
			return { times, isSlowed };
		}
	);
	front.setOnline(true);
	const figure = atMost(
		'from one nurse to the next: last digit to first hits, slowed',
		median(times) / 1000,
		NEXT_NURSE_S_MAX,
		's',
		`${PEOPLE} books, offline, median of ${times.length}`
	);
	return [onlySlowed(isSlowed, figure)];
}

async function starts(slow: boolean): Promise<Start[]> {
	const { front, credentials } = await openLab();
	const profile = await fullTablet(slow);
	front.setOnline(false);
	const runs: Start[] = [];
	for (let at = 0; at < RUNS; at++)
		runs.push(
			await withPage({ profile, slow }, async ({ page, isSlowed }) => {
				const start = await page.evaluate((who) => window.bench.coldStart(who), credentials);
				if (start.hits === 0) throw new Error('nobody can be found');
				const calibration = at === 0 ? await calibrationOf(page, isSlowed) : '';
				return { ...start, isSlowed, calibration };
			})
		);
	front.setOnline(true);
	return runs;
}

interface AppStart {
	/** From the start of the navigation until the lock screen asks who it is. */
	lockScreenMs: number;
	/** From the last digit of the PIN until the list of today is on the screen. */
	todayMs: number;
	isSlowed: boolean;
}

/** The installed app itself, from its service worker, with nothing at the other end of the line. */
async function appFigures(slow: boolean): Promise<Figure[]> {
	const runs = await appStarts(slow);
	const isSlowed = runs.every((run) => run.isSlowed);
	const of = (key: 'lockScreenMs' | 'todayMs') => median(runs.map((run) => run[key])) / 1000;
	const state = slow ? 'slowed' : 'not slowed';
	const figures = [
		slow
			? stated(`the installed app: opened to lock screen, ${state}`, of('lockScreenMs'), 's')
			: atMost(
					`the installed app: opened to lock screen, ${state}`,
					of('lockScreenMs'),
					PLAIN_S_MAX,
					's'
				),
		atMost(
			`the installed app: last digit to today’s list, ${state}`,
			of('todayMs'),
			slow ? AFTER_PIN_S_MAX : PLAIN_S_MAX,
			's'
		)
	];
	return slow ? figures.map((figure) => onlySlowed(isSlowed, figure)) : figures;
}

async function appStarts(slow: boolean): Promise<AppStart[]> {
	const { front, credentials } = await openLab();
	// A copy: the app's service worker would answer for the bench's page in every later row.
	const profile = newProfile();
	cpSync(await fullTablet(slow), profile, { recursive: true, filter: isNoSocket });
	front.show('app');
	await installApp(profile, front.url);
	front.setOnline(false);
	front.show('nothing');
	const runs: AppStart[] = [];
	for (let at = 0; at < RUNS; at++)
		runs.push(await appStart(profile, slow, front.url, credentials.pin));
	front.show('bench');
	front.setOnline(true);
	return runs;
}

/** The lock and socket of a browser that has ended are links into nowhere. */
function isNoSocket(path: string): boolean {
	const stat = lstatSync(path);
	return stat.isFile() || stat.isDirectory();
}

async function installApp(profile: string, url: string): Promise<void> {
	const browser = await openBrowser({ profile, slow: false, serviceWorker: true });
	await browser.page.goto(`${url}/clinic`);
	await browser.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await browser.close();
}

async function appStart(
	profile: string,
	slow: boolean,
	url: string,
	pin: string
): Promise<AppStart> {
	const browser = await openBrowser({ profile, slow, serviceWorker: true });
	const { page, isSlowed } = browser;
	await page.goto(`${url}/clinic`, { waitUntil: 'commit' });
	const lockScreenMs = await page.waitForFunction(
		() =>
			document.querySelector('h1') !== null &&
			document.querySelector('button[aria-pressed]') !== null &&
			performance.now()
	);
	await page.keyboard.type(pin.slice(0, -1));
	await page.evaluate(() => {
		addEventListener(
			'keydown',
			() => (document.documentElement.dataset['pin'] = String(performance.now()))
		);
	});
	await page.keyboard.type(pin.slice(-1));
	const todayMs = await page.waitForFunction(() => {
		const isShown =
			document.querySelector('[role=tabpanel] a, [role=tabpanel] h2, [role=tabpanel] p') !== null;
		return isShown && performance.now() - Number(document.documentElement.dataset['pin']);
	});
	const start = {
		lockScreenMs: Number(await lockScreenMs.jsonValue()),
		todayMs: Number(await todayMs.jsonValue()),
		isSlowed
	};
	await browser.close();
	return start;
}

function secondsOf(starts: Start[], of: keyof ColdStart): number {
	return median(starts.map((start) => start[of])) / 1000;
}
