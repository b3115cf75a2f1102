/**
 * The flows of every day in the built app, on a tablet that holds a station's people: how long the app makes its
 * user wait, from each press until what comes next can be used, added up. What a person needs for reading and typing
 * is not in it, so it is a part of the seconds that the flow may take, stated beside them.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { demoStaff } from '../../../sync-server/jobs/demo/stations.ts';
import { newProfile } from '../browser/lab.ts';
import { openBrowser } from '../browser/slow-browser.ts';
import { median, stated, type BenchRow, type Figure } from '../row.ts';
import { withServer } from '../store.ts';
import { signInFirst } from '../../e2e/tablet.ts';

const MOTHERS = ['Lường Thị Sinh', 'Vì Thị Nở', 'Hà Thị Đẻ'];
const ALIKE_MAX = 10;
/** The form compares while one types; by then it has. */
const COMPARED_MS = 1_500;
const NURSE = 'tham';
const WAIT_MS_MAX = 120_000;
const FIRST_SYNC_MS_MAX = 600_000;
/** Of ui.md 5: what a trained nurse may take, all in all. */
const BUDGET_S = { visit: 90, dose: 25, newborn: 60, 'change of nurse': 5 } as const;
type Flow = keyof typeof BUDGET_S;

export const flowsRow: BenchRow = {
	name: 'flows',
	measure: () =>
		withServer(async ({ url }) => {
			const staff = demoStaff('bench').find(({ login }) => login === NURSE);
			if (staff === undefined) throw new Error(`the demo has no ${NURSE}`);
			const profile = newProfile();
			await enrol(profile, url, staff);
			return await flowsOn(profile, url, staff.pin);
		})
};

/** Everybody of the station is on the tablet afterwards. Not slowed: it is not what is measured. */
async function enrol(
	profile: string,
	url: string,
	staff: { login: string; password: string; pin: string; name: string }
): Promise<void> {
	const browser = await openBrowser({ profile, slow: false, serviceWorker: true });
	const { page } = browser;
	await page.goto(`${url}/clinic`);
	await signInFirst({ page, address: url }, staff);
	const pill = page.getByRole('button', { name: 'Tình trạng lưu và gửi' });
	await expect(pill).toContainText('Đã gửi hết', { timeout: FIRST_SYNC_MS_MAX });
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
	await browser.close();
}

async function flowsOn(profile: string, url: string, pin: string): Promise<Figure[]> {
	const browser = await openBrowser({ profile, slow: true, serviceWorker: true });
	const { page, isSlowed } = browser;
	page.setDefaultTimeout(WAIT_MS_MAX);
	await page.goto(`${url}/clinic`);
	await unlock(page, pin);
	const waited: Record<Flow, number[]> = {
		visit: [],
		dose: [],
		newborn: [],
		'change of nurse': []
	};
	for (const [round, mother] of MOTHERS.entries()) {
		await register(page, mother);
		waited.visit.push(await visit(page));
		waited.dose.push(await dose(page, round === 0));
		waited.newborn.push(await newborn(page, mother));
		waited['change of nurse'].push(await changeOfNurse(page, pin));
	}
	await browser.close();
	const state = isSlowed ? 'slowed' : 'not slowed';
	return (Object.keys(BUDGET_S) as Flow[]).map((flow) =>
		stated(
			`${flow}: what the app makes one wait, ${state}`,
			median(waited[flow]) / 1000,
			's',
			`machine time alone, median of ${MOTHERS.length}; the whole flow may take a trained nurse ${BUDGET_S[flow]} s`
		)
	);
}

/** Adds up the time from an act until what it leads to is there. */
function createWatch() {
	let ms = 0;
	return {
		ms: () => ms,
		async until(act: () => Promise<unknown>, there: Locator): Promise<void> {
			const startedMs = performance.now();
			await act();
			await there.first().waitFor({ state: 'visible' });
			ms += performance.now() - startedMs;
		}
	};
}

const button = (page: Page, name: string | RegExp): Locator =>
	page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });

async function register(page: Page, name: string): Promise<void> {
	await page.getByRole('textbox', { name: 'Tìm người' }).fill(name);
	await button(page, 'Người mới').click();
	await page.getByLabel('Ngày sinh').fill('08/02/1998');
	await page.getByRole('radio', { name: 'Nữ', exact: true }).check();
	await setApart(page);
	await button(page, 'Lập sổ').click();
	await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Among thousands somebody is alike; comparing is the person's work, not the app's. */
async function setApart(page: Page): Promise<void> {
	const others = button(page, 'Hai người khác nhau');
	for (let at = 0; at < ALIKE_MAX; at++) {
		await page.waitForTimeout(COMPARED_MS);
		if (!(await others.first().isVisible())) return;
		await others.first().click();
	}
}

async function visit(page: Page): Promise<number> {
	const watch = createWatch();
	const reason = page.getByRole('textbox', { name: 'Lý do đến khám' });
	await watch.until(() => page.getByRole('link', { name: 'Ghi lượt khám' }).click(), reason);
	await reason.fill('Sốt');
	await page.getByLabel('Thân nhiệt').fill('38,2');
	const diagnosis = page.getByRole('combobox', { name: 'Chẩn đoán' });
	await watch.until(() => diagnosis.fill('viem hong'), page.getByRole('option'));
	await page.getByRole('option').first().click();
	const saved = page.getByText('Đã lưu lượt khám trên máy');
	await watch.until(() => button(page, 'Ký và xong').click(), saved);
	return watch.ms();
}

async function dose(page: Page, isFirst: boolean): Promise<number> {
	const watch = createWatch();
	const vaccine = page.getByRole('combobox', { name: 'Vắc xin' });
	await watch.until(() => page.getByRole('link', { name: 'Ghi mũi tiêm' }).click(), vaccine);
	const option = page.getByRole('option', { name: /^Hexaxim/ });
	await watch.until(() => vaccine.fill('Hexaxim'), option);
	await option.click();
	if (isFirst) await page.getByLabel('Số lô').fill('L-01');
	const saved = page.getByText('Đã lưu mũi tiêm trên máy');
	await watch.until(() => button(page, 'Ghi đã tiêm').click(), saved);
	return watch.ms();
}

async function newborn(page: Page, mother: string): Promise<number> {
	const watch = createWatch();
	const weight = page.getByLabel('Cân nặng');
	await watch.until(() => button(page, 'Thêm con').click(), weight);
	await page.getByRole('radio', { name: 'Nữ', exact: true }).check();
	await weight.fill('3,1');
	const lots = page.getByLabel('Số lô');
	for (const [at, antigen] of [/^Viêm gan B/, /^Lao/].entries()) {
		await watch.until(() => button(page, antigen).click(), lots.nth(at));
		await lots.nth(at).fill('L-02');
	}
	await setApart(page);
	const child = page.getByRole('heading', { name: `Con chị ${mother}`, level: 1 });
	await watch.until(() => button(page, 'Lập sổ cho bé').click(), child);
	return watch.ms();
}

async function changeOfNurse(page: Page, pin: string): Promise<number> {
	const watch = createWatch();
	await watch.until(
		() => button(page, 'Khóa máy').first().click(),
		page.locator('button[aria-pressed]')
	);
	await watch.until(() => page.keyboard.type(pin), page.getByRole('navigation', { name: 'Chính' }));
	return watch.ms();
}

async function unlock(page: Page, pin: string): Promise<void> {
	await page.locator('button[aria-pressed]').first().waitFor();
	await page.keyboard.type(pin);
	await page.getByRole('heading', { name: 'Hôm nay', level: 1 }).waitFor();
}
