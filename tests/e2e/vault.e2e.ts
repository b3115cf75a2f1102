/** A tablet that can be lost: what lies on its disk, who opens it, and what a locked one still does. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	findPerson,
	giveVaccine,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	seeEverythingSent,
	seeToday,
	seeWaiting,
	signInByPin,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

/** Letters that stand nowhere else in the browser, the app or the demo. */
const CANARY = 'Chim Hoàng Yến Zqx';
const REASON = 'Ho gà Zqxkhan';
const LOT = 'ZQX-LOT-77';
const HALF_TYPED = 'Sốt Zqxdodang';
const NUMBER = '014225987612';
const SECRETS = [CANARY, REASON, LOT, HALF_TYPED, NUMBER];
const PERSON = { name: CANARY, birthDate: '14/05/2025', sex: 'Nam', identifier: NUMBER } as const;

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
});
test.afterEach(async () => {
	expectNoTroubles(tablet);
	await tablet.close();
	await station.close();
});

const lock = async ({ page }: Tablet): Promise<void> => {
	await page.getByRole('button', { name: 'Khóa máy' }).first().click();
	await expect(page.getByRole('heading', { name: 'Ai đang dùng máy?' })).toBeVisible();
};

const reasonOf = ({ page }: Tablet) => page.getByRole('textbox', { name: 'Lý do đến khám' });

/** Every file of the browser's folder in which one of the words stands, in either way of writing text. */
async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
	const forms = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
	const found: string[] = [];
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		const content = await readFile(path);
		for (const [at, form] of forms.entries())
			if (content.includes(form)) found.push(`${entry.name}: ${words[Math.floor(at / 2)] ?? ''}`);
	}
	return found;
}

test('a copy of its disk says nothing of anybody, neither what was saved nor what was being typed', async () => {
	await registerPerson(tablet, PERSON);
	await giveVaccine(tablet, 'BCG', LOT);
	await findPerson(tablet, 'zqx', CANARY);
	await recordVisit(tablet, REASON);
	await tablet.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await reasonOf(tablet).fill(HALF_TYPED);
	await lock(tablet);
	await tablet.context.close();
	expect(await filesWith(tablet.profile, SECRETS)).toEqual([]);
	// The search itself finds what stands there in clear.
	expect(await filesWith(tablet.profile, [THAM.name])).not.toEqual([]);

	await tablet.restart('/clinic');
	await signInByPin(tablet, THAM);
	await findPerson(tablet, 'zqx', CANARY);
	await openTimeline(tablet);
	await expect(timelineLines(tablet, REASON)).toBeVisible();
	await tablet.page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await tablet.page
		.getByRole('region', { name: 'Lượt khám để dở' })
		.getByRole('link', { name: CANARY })
		.click();
	await expect(reasonOf(tablet)).toHaveValue(HALF_TYPED);
});

test('locked with three unsent entries it is never opened again, and all three arrive', async () => {
	await station.kill();
	await registerPerson(tablet, PERSON);
	await giveVaccine(tablet, 'BCG', LOT);
	await findPerson(tablet, 'zqx', CANARY);
	await recordVisit(tablet, REASON);
	await seeWaiting(tablet, 3);
	await lock(tablet);
	await expect(tablet.page.getByText('3 mục chờ gửi')).toBeVisible();
	await station.start();
	await tablet.restart('/clinic');
	await expect(tablet.page.getByText('Tất cả đã gửi đến máy chủ')).toBeVisible();

	const other = await openTablet(station.address);
	await signInOnline(other, VAN);
	await findPerson(other, 'zqx', CANARY);
	await openTimeline(other);
	await expect(timelineLines(other, REASON)).toBeVisible();
	await expect(timelineLines(other, 'BCG')).toBeVisible();
	expectNoTroubles(other);
	await other.close();
});

test('two nurses share it without a network, each with their own drafts, and what each recorded is theirs', async () => {
	await lock(tablet);
	await tablet.page.getByRole('button', { name: 'Người khác' }).click();
	await signInOnline(tablet, VAN);
	await station.kill();
	await lock(tablet);
	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	await registerPerson(tablet, PERSON);
	await tablet.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await reasonOf(tablet).fill(HALF_TYPED);
	await lock(tablet);
	await signInByPin(tablet, VAN);
	await findPerson(tablet, 'zqx', CANARY);
	await tablet.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await expect(reasonOf(tablet)).toHaveValue('');
	await reasonOf(tablet).fill(REASON);
	await tablet.page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(tablet.page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	await lock(tablet);
	await signInByPin(tablet, THAM);
	await findPerson(tablet, 'zqx', CANARY);
	await openTimeline(tablet);
	await timelineLines(tablet, REASON).click();
	await expect(tablet.page.getByRole('dialog').getByText(VAN.name)).toBeVisible();
	await tablet.page.keyboard.press('Escape');
	await station.start();
	await seeEverythingSent(tablet, 120_000);
});

test('a wrong PIN opens nothing, neither after a reload; after five there is a wait, for this person only', async () => {
	await lock(tablet);
	const { page } = tablet;
	await page.getByRole('button', { name: new RegExp(THAM.name) }).click();
	for (const left of ['4', '3', '2', '1']) {
		await page.keyboard.type('000000');
		await expect(page.getByText(`Còn ${left} lần thử`)).toBeVisible();
	}
	await page.reload();
	await page.getByRole('button', { name: new RegExp(THAM.name) }).click();
	await page.keyboard.type('000000');
	await expect(page.getByText('Người khác vẫn vào được')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeHidden();
});
