/**
 * A tablet as its users know it: Chromium with a profile of its own on disk, the installed app in it,
 * and the acts of a nurse in the words of the screen. Everything that must never happen (errors of the
 * page, violations of the content security policy) is collected in `troubles`.
 */
import { readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../chromium.ts';
import { newCodeFor } from '../acceptance/enrolment-codes.ts';
import { startServer, type RunningServer } from '../acceptance/start-server.ts';

export interface Staff {
	login: string;
	password: string;
	/** What they choose on each tablet. */
	pin: string;
	name: string;
}

/** Two of one station and one of another, as the demo makes them. */
export const THAM: Staff = {
	login: 'tham',
	password: 'suoi-trong-mat',
	pin: '135790',
	name: 'Lò Thị Thắm'
};
export const VAN: Staff = {
	login: 'van',
	password: 'nang-som-doi-che',
	pin: '246813',
	name: 'Hoàng Thị Vân'
};
export const MY: Staff = {
	login: 'my',
	password: 'hoa-ban-trang',
	pin: '468035',
	name: 'Vàng Thị Mỷ'
};

/** Enough for full screens, and seeded in two seconds. */
const DEMO_PEOPLE = 60;
/** A tablet that finds out by itself does so at its next look, every half minute. */
export const NEXT_LOOK_MS = 60_000;

/** A server with the demo, on one address for its whole life: it can die and come back. */
export interface Station {
	readonly address: string;
	readonly dataDir: string;
	start(env?: Record<string, string>): Promise<RunningServer>;
	/** SIGKILL. */
	kill(): Promise<void>;
	close(): Promise<void>;
}

export async function openStation(people = DEMO_PEOPLE): Promise<Station> {
	const dataDir = await mkdtemp(join(tmpdir(), 'so-suc-khoe-e2e-'));
	const port = await freePort();
	let running: RunningServer | undefined;
	const start = async (env: Record<string, string> = {}): Promise<RunningServer> => {
		running = await startServer({ dataDir, people, env: { PORT: String(port), ...env } });
		return running;
	};
	await start();
	return {
		address: `http://127.0.0.1:${port}`,
		dataDir,
		start,
		kill: async () => running?.kill(),
		close: async () => {
			await running?.kill();
			await rm(dataDir, { recursive: true, force: true });
		}
	};
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

export interface TabletOptions {
	viewport?: { width: number; height: number };
	/** Further switches of the browser. */
	args?: string[];
	colorScheme?: 'light' | 'dark';
}

export interface Tablet {
	readonly address: string;
	/** The window in use; another one after the browser was restarted. */
	readonly page: Page;
	readonly context: BrowserContext;
	/** The folder in which the browser keeps everything. */
	readonly profile: string;
	/** What must never happen, in the order it did. */
	readonly troubles: string[];
	/** Closes the browser as a person does and opens it again at `path`. */
	restart(path?: string): Promise<void>;
	/** SIGKILL for every process of the browser; then it is opened again. */
	crash(path?: string): Promise<void>;
	close(): Promise<void>;
}

export async function openTablet(address: string, options: TabletOptions = {}): Promise<Tablet> {
	const profile = await mkdtemp(join(tmpdir(), 'so-suc-khoe-tablet-'));
	const troubles: string[] = [];
	let context = await launch(profile, options, troubles);
	let page = firstPage(context);
	const open = async (path: string): Promise<void> => {
		context = await launch(profile, options, troubles);
		page = firstPage(context);
		await page.goto(address + path);
	};
	// Whose pages to show is asked on `/` until somebody has signed in.
	await page.goto(`${address}/clinic`);
	return {
		address,
		profile,
		get page() {
			return page;
		},
		get context() {
			return context;
		},
		troubles,
		restart: async (path = '/') => {
			await context.close();
			await open(path);
		},
		crash: async (path = '/') => {
			await killBrowser(context, profile);
			await open(path);
		},
		close: async () => {
			await context.close();
			await rm(profile, { recursive: true, force: true });
		}
	};
}

async function launch(
	profile: string,
	{ viewport = { width: 1280, height: 800 }, args = [], colorScheme = 'light' }: TabletOptions,
	troubles: string[]
): Promise<BrowserContext> {
	const chosen = chromiumLaunchOptions();
	const context = await chromium.launchPersistentContext(profile, {
		...chosen,
		args: [...chosen.args, ...args],
		viewport,
		colorScheme,
		locale: 'vi-VN',
		// Not Vietnam's: clinical dates must not notice.
		timezoneId: 'America/Los_Angeles'
	});
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
			console.error(`policy violated: ${violatedDirective} ${blockedURI}`);
		});
	});
	context.on('console', (message) => {
		const text = message.text();
		if (message.type() === 'error' && !isOfNoNetwork(text)) troubles.push(`console: ${text}`);
	});
	context.on('weberror', (error) => troubles.push(`page: ${error.error().message}`));
	context.on('request', (request) => {
		if (request.url().includes('/api/csp-report')) troubles.push('a report of the policy was sent');
	});
	return context;
}

/** The browser itself says so when a server is away; the app cannot prevent that. */
function isOfNoNetwork(text: string): boolean {
	return /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|NETWORK_CHANGED)/.test(
		text
	);
}

function firstPage(context: BrowserContext): Page {
	const [page] = context.pages();
	if (page === undefined) throw new Error('the browser has no window');
	return page;
}

/** The lock of a profile names the process that holds it, which leads a group of its own. */
async function killBrowser(context: BrowserContext, profile: string): Promise<void> {
	const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
	if (!(pid > 1)) throw new Error('which process is the browser?');
	const closed = new Promise((resolve) => context.once('close', resolve));
	process.kill(-pid, 'SIGKILL');
	await closed;
	await rm(join(profile, 'SingletonLock'), { force: true });
}

/** What a new tablet asks for, in its order: a code where it is nobody's, name and password, a PIN. */
export async function signInFirst(
	{ page, address }: Pick<Tablet, 'page' | 'address'>,
	staff: Staff
): Promise<void> {
	await pairTablet({ page, address }, staff);
	await page.getByLabel('Tên đăng nhập').fill(staff.login);
	await page.getByLabel('Mật khẩu', { exact: true }).fill(staff.password);
	await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
	await page.getByLabel('Mã riêng 6 số').fill(staff.pin);
	await page.getByLabel('Nhập lại mã').fill(staff.pin);
	await page.getByRole('button', { name: 'Đặt mã và vào' }).click();
}

/** Ends where a name is asked for; a tablet of a station is there already. */
export async function pairTablet(
	{ page, address }: Pick<Tablet, 'page' | 'address'>,
	staff: Staff
): Promise<void> {
	const code = page.getByLabel('Mã ghép máy');
	const login = page.getByLabel('Tên đăng nhập');
	await expect(code.or(login)).toBeVisible();
	if (await login.isVisible()) return;
	await code.fill(await newCodeFor(address, staff.login));
	await page.getByRole('button', { name: 'Ghép máy', exact: true }).click();
	await expect(login).toBeVisible();
}

/** The first sign-in of somebody on a tablet; afterwards everything of the station is here. */
export async function signInOnline(tablet: Tablet, staff: Staff): Promise<void> {
	const { page } = tablet;
	await signInFirst(tablet, staff);
	await seeToday(tablet);
	await seeEverythingSent(tablet);
	// It fetches the whole app first.
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
		timeout: 60_000
	});
}

/** Sign-in of somebody who has used this tablet before. Needs no network. */
export async function signInByPin({ page }: Tablet, staff: Staff): Promise<void> {
	await page.getByRole('button', { name: new RegExp(staff.name) }).click();
	await page.keyboard.type(staff.pin);
}

export async function seeToday({ page }: Tablet): Promise<void> {
	await expect(page.getByRole('heading', { name: 'Hôm nay', level: 1 })).toBeVisible();
}

export function pillOf({ page }: Tablet): Locator {
	return page.getByRole('button', { name: 'Tình trạng lưu và gửi' });
}

/** "Đã lưu trên máy", and how many still wait. */
export async function seeWaiting(tablet: Tablet, count: number): Promise<void> {
	await expect(pillOf(tablet)).toContainText('Đã lưu trên máy');
	await expect(pillOf(tablet)).toContainText(`${count} chờ gửi`);
}

export async function seeEverythingSent(tablet: Tablet, timeoutMs = NEXT_LOOK_MS): Promise<void> {
	await expect(pillOf(tablet)).toContainText('Đã lưu trên máy');
	await expect(pillOf(tablet)).toContainText('Đã gửi hết', { timeout: timeoutMs });
}

/** Presses "try to send now" in the panel behind the pill. */
export async function sendNow(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await pillOf(tablet).click();
	const panel = page.getByRole('dialog', { name: 'Lưu và gửi' });
	const button = panel.getByRole('button', { name: 'Thử gửi ngay' });
	await button.click();
	await expect(button).toBeEnabled();
	await page.keyboard.press('Escape');
	await expect(panel).toBeHidden();
}

export function searchField({ page }: Tablet): Locator {
	return page.getByRole('textbox', { name: 'Tìm người' });
}

/** Types into the search field and opens the book of the one found by that name. */
export async function findPerson(tablet: Tablet, typed: string, name: string): Promise<void> {
	const { page } = tablet;
	await searchField(tablet).fill(typed);
	await page.getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

export interface NewPerson {
	name: string;
	birthDate: string;
	sex: 'Nam' | 'Nữ';
	identifier?: string;
	village?: string;
}

/** Looks for somebody who has no book here, and opens the form for them: the name is carried over. */
export async function openNewPerson(tablet: Tablet, name: string): Promise<void> {
	const { page } = tablet;
	await searchField(tablet).fill(name);
	await expect(page.getByText('Chưa có ai tên này trên máy')).toBeVisible();
	await page.getByRole('button', { name: 'Người mới' }).click();
	await expect(page.getByLabel('Họ và tên')).toHaveValue(name);
}

/** Starts a book; everything looks like nobody else's. Ends in the open book. */
export async function registerPerson(tablet: Tablet, person: NewPerson): Promise<void> {
	const { page } = tablet;
	await openNewPerson(tablet, person.name);
	await page.getByLabel('Ngày sinh').fill(person.birthDate);
	await page.getByRole('radio', { name: person.sex, exact: true }).check();
	if (person.village !== undefined) await page.getByLabel('Thôn').fill(person.village);
	if (person.identifier !== undefined)
		await page.getByLabel('Số định danh').fill(person.identifier);
	await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
	await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
	await expect(page.getByRole('heading', { name: person.name, level: 1 })).toBeVisible();
}

/** In an open book: a dose of a vaccine of the catalogue, given now. */
export async function giveVaccine({ page }: Tablet, vaccine: string, lot: string): Promise<void> {
	await page.getByRole('link', { name: 'Ghi mũi tiêm' }).click();
	await page.getByRole('combobox', { name: 'Vắc xin' }).fill(vaccine);
	await page.getByRole('option', { name: new RegExp(`^${vaccine}`) }).click();
	await page.getByLabel('Số lô').fill(lot);
	await page.getByRole('button', { name: 'Ghi đã tiêm' }).click();
	await expect(page.getByText('Đã lưu mũi tiêm trên máy')).toBeVisible();
}

/** In an open book: a visit with nothing but its reason. */
export async function recordVisit({ page }: Tablet, reason: string): Promise<void> {
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill(reason);
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
}

export async function openTimeline({ page }: Tablet): Promise<void> {
	await page.getByRole('link', { name: 'Dòng thời gian' }).click();
	// The timeline of a grown-up stands there before the link was followed.
	await expect(page).toHaveURL(/section=timeline/);
	await expect(page.getByRole('toolbar', { name: 'Chỉ xem' })).toBeVisible();
}

/** Lines of the timeline with these words in them. */
export function timelineLines({ page }: Tablet, words: string): Locator {
	return page
		.getByRole('main')
		.getByRole('listitem')
		.getByRole('button')
		.filter({ hasText: words });
}

/** Who registered the second book said that it is another child: nobody is asked until that is withdrawn. */
export async function withdrawDifferent(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await openTimeline(tablet);
	await expect(page.getByText('Có thể trùng')).toBeHidden();
	await timelineLines(tablet, 'Khác người với một sổ khác').click();
	await page.getByRole('dialog').getByRole('button', { name: 'Ghi nhầm', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'Bỏ mục ghi nhầm' });
	await dialog.getByRole('button', { name: 'Chọn nhầm' }).click();
	await dialog.getByRole('button', { name: 'Bỏ mục này' }).click();
	await expect(page.getByText('Có thể trùng')).toBeVisible();
}

/** Marks the page, so that a reload can be noticed later. */
export async function markPage({ page }: Tablet): Promise<void> {
	await page.evaluate(() => void (document.documentElement.dataset['mark'] = 'still here'));
}

export async function expectNoReload({ page }: Tablet): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('data-mark', 'still here');
}

export function expectNoTroubles(...tablets: Tablet[]): void {
	expect(tablets.flatMap(({ troubles }) => troubles)).toEqual([]);
}
