/**
 * What the browser rows share in one run: a server, one origin, the built page, and tablets (profiles on
 * the disk) that hold everybody. A tablet for slow figures was also enrolled slow, since the cost of its
 * PIN is measured on the device.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStaff } from '../../../sync-server/jobs/demo/stations.ts';
import { openServer, PEOPLE, type BenchServer } from '../store.ts';
import { bundlePage } from './bundle.ts';
import { startFront, type Front, type Passed } from './front.ts';
import { newCodeFor } from '../../acceptance/enrolment-codes.ts';
import type { Credentials, Taken } from './page/bench-page.ts';
import { openBrowser, type BenchBrowser } from './slow-browser.ts';

export interface Lab {
	front: Front;
	/** The hospital on duty holds everybody's book. */
	credentials: Credentials;
	/** Somebody else of it. */
	colleague: Credentials;
}

export interface FirstSync extends Taken {
	passed: Passed[];
	isSlowed: boolean;
	calibration: string;
}

interface Open {
	lab: Lab;
	server: BenchServer;
	folder: string;
}

const HOLDS_ALL = 'hang';
const CARE: readonly string[] = ['nurse', 'midwife', 'doctor'];
const APP_FOLDER = join(import.meta.dirname, '../../../build');
let opening: Promise<Open> | undefined;
const tablets = new Map<boolean, string>();
const folders: string[] = [];
let reference: Promise<{ pageMs: number; workerMs: number }> | undefined;

export async function openLab(): Promise<Lab> {
	return (await (opening ??= open())).lab;
}

async function open(): Promise<Open> {
	const [folder, server] = await Promise.all([bundlePage(), openServer()]);
	const front = await startFront({ server: server.server.url, folder, app: APP_FOLDER });
	const all = demoStaff('bench');
	const staff = all.find(({ login }) => login === HOLDS_ALL);
	const other = all.find(
		({ login, facility, role }) =>
			login !== HOLDS_ALL && facility === staff?.facility && CARE.includes(role)
	);
	if (staff === undefined || other === undefined) throw new Error(`the demo has no ${HOLDS_ALL}`);
	const credentialsOf = ({ login, password, pin }: Credentials): Credentials => ({
		login,
		password,
		pin
	});
	const lab = { front, credentials: credentialsOf(staff), colleague: credentialsOf(other) };
	return { lab, server, folder };
}

export async function closeLab(): Promise<void> {
	if (opening === undefined) return;
	const { lab, server, folder } = await opening;
	lab.front.close();
	await server.close();
	for (const one of [folder, ...folders]) rmSync(one, { recursive: true, force: true });
}

/** Opens the bench's page in a browser of its own and closes it afterwards, unless the work killed it. */
export async function withPage<T>(
	options: { profile: string; slow: boolean },
	work: (browser: BenchBrowser) => Promise<T>
): Promise<T> {
	const browser = await openPage(options);
	try {
		return await work(browser);
	} finally {
		await browser.close();
	}
}

/** The same for whoever closes it, or kills it. */
export async function openPage(options: { profile: string; slow: boolean }): Promise<BenchBrowser> {
	const { front } = await openLab();
	const browser = await openBrowser(options);
	await browser.page.exposeFunction('newEnrolmentCode', (login: string) =>
		newCodeFor(front.url, login)
	);
	await browser.page.goto(front.url);
	return browser;
}

export function newProfile(): string {
	const folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-bench-profile-'));
	folders.push(folder);
	return folder;
}

/** A new tablet takes everybody; it is kept for rows that need one which holds them. */
export async function firstSync(slow: boolean): Promise<FirstSync> {
	const { front, credentials } = await openLab();
	const profile = newProfile();
	front.setOnline(true);
	const taken = await withPage({ profile, slow }, async ({ page, isSlowed }) => {
		const calibration = await calibrationOf(page, isSlowed);
		front.takePassed();
		const times = await page.evaluate(([books, who]) => window.bench.takeAll(books, who), [
			PEOPLE,
			credentials
		] as const);
		const passed = front.takePassed().filter(({ path }) => path === '/api/sync');
		return { ...times, passed, isSlowed, calibration };
	});
	tablets.set(slow, profile);
	return taken;
}

/** The profile of a tablet that holds everybody. */
export async function fullTablet(slow: boolean): Promise<string> {
	const known = tablets.get(slow);
	if (known !== undefined) return known;
	process.stderr.write(`  a tablet takes everybody, ${slow ? 'slowed' : 'not slowed'} ...\n`);
	await firstSync(slow);
	return tablets.get(slow) ?? '';
}

/** How much slower the same loop runs here than in a browser that is not slowed, on page and worker. */
export async function calibrationOf(
	page: BenchBrowser['page'],
	isSlowed: boolean
): Promise<string> {
	if (!isSlowed) return 'not slowed';
	const plain = await (reference ??= calibratePlain());
	const slow = await page.evaluate(() => window.bench.calibrate());
	const ratio = (slowMs: number, plainMs: number): string =>
		`${Math.round(slowMs)} ms instead of ${Math.round(plainMs)} (${(slowMs / plainMs).toFixed(1)}x)`;
	return `a third of a core for the whole browser; calibration: page ${ratio(slow.pageMs, plain.pageMs)}, worker ${ratio(slow.workerMs, plain.workerMs)}`;
}

function calibratePlain(): Promise<{ pageMs: number; workerMs: number }> {
	return withPage({ profile: newProfile(), slow: false }, ({ page }) =>
		page.evaluate(() => window.bench.calibrate())
	);
}
