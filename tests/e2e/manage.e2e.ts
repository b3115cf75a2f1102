/** Those who look after tablets and staff: their pages on a desk and on a phone, and a lost tablet that is wiped. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	findPerson,
	giveVaccine,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	seeWaiting,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const THUY = { login: 'thuy', password: 'ben-do-song-da' };
const SIZES = {
	desk: { width: 1280, height: 800 },
	phone: { width: 390, height: 844 }
} as const;
/** Letters that stand nowhere else in the browser, the app or the demo. */
const CANARY = 'Chim Hoàng Yến Zqx';
const REASON = 'Ho gà Zqxkhan';
const LOT = 'ZQX-LOT-77';
const PERSON = { name: CANARY, birthDate: '14/05/2025', sex: 'Nam' } as const;

let station: Station;
let tablet: Tablet;
let desk: Tablet;

test.beforeEach(async () => {
	test.slow();
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
});

/** Where whoever manages sits; opened while there is a server, as any page of the web. */
async function openDesk(viewport: { width: number; height: number }): Promise<Page> {
	desk = await openTablet(station.address, { viewport });
	return desk.page;
}

test.afterEach(async () => {
	for (const one of [tablet, desk]) {
		expectNoTroubles(one);
		await one.close();
	}
	await station.close();
});

async function signInToManage(page: Page, address: string, staff: typeof THUY): Promise<void> {
	await page.goto(`${address}/`);
	await page.getByRole('link', { name: 'Người quản lý' }).click();
	await page.getByLabel('Tên đăng nhập').fill(staff.login);
	await page.getByLabel('Mật khẩu').fill(staff.password);
	await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Máy', level: 1 })).toBeVisible();
}

async function lookAt(page: Page, name: string): Promise<void> {
	for (const scheme of SCHEMES) {
		await showIn(page, scheme);
		await test.info().attach(`${name} ${scheme}`, {
			body: await page.screenshot(),
			contentType: 'image/png'
		});
		await page.screenshot({ path: test.info().outputPath(`${name}-${scheme}.png`) });
		expect.soft(await seriousFindings(page), name).toEqual([]);
	}
	await showIn(page, 'light');
}

for (const [size, viewport] of Object.entries(SIZES))
	test(`tablets and staff on a ${size}: found, named, blocked, a code made, somebody added and ended`, async () => {
		const page = await openDesk(viewport);
		await page.goto(`${station.address}/manage`);
		await lookAt(page, `${size} sign-in`);
		await signInToManage(page, station.address, THUY);
		const row = page.getByRole('button', { name: 'SB-1' });
		await expect(row).toContainText(THAM.name);
		await lookAt(page, `${size} tablets`);
		await expectRoomForAll(page, 'tablets');

		await row.click();
		const sheet = page.getByRole('dialog', { name: 'Máy số 1' });
		await expect(sheet).toContainText('Đã gửi hết');
		await sheet.getByLabel('Tên gọi').fill('Phòng tiêm');
		await sheet.getByRole('button', { name: 'Lưu tên gọi' }).click();
		await expect(row).toContainText('Phòng tiêm');
		await lookAt(page, `${size} tablet`);
		await sheet.getByRole('button', { name: 'Chặn máy' }).click();
		await page.getByRole('button', { name: 'Chặn máy này' }).click();
		await expect(sheet).toContainText('Máy này đang bị chặn');
		await sheet.getByRole('button', { name: 'Bỏ chặn' }).click();
		await expect(sheet).not.toContainText('Máy này đang bị chặn');
		await page.keyboard.press('Escape');

		await page.getByRole('button', { name: 'Tạo mã ghép máy' }).click();
		const code = page.getByRole('dialog', { name: 'Mã ghép máy mới' });
		await expect(code).toContainText(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
		await expect(code.getByRole('timer')).toContainText(/1[45]:\d\d/);
		await lookAt(page, `${size} code`);
		await page.keyboard.press('Escape');

		await page.getByRole('link', { name: 'Người dùng' }).click();
		await expect(page.getByText(THAM.name)).toBeVisible();
		await lookAt(page, `${size} staff`);
		await expectRoomForAll(page, 'staff');
		await page.getByRole('button', { name: 'Thêm người dùng' }).click();
		await page.getByRole('button', { name: 'Thêm người này' }).click();
		await expect(page.getByText('Cần họ và tên')).toBeVisible();
		await page.getByLabel('Họ và tên').fill('Giàng Thị Mới');
		await page.getByLabel('Tên đăng nhập').fill('moi.sb');
		await page.getByLabel('Vai trò').selectOption('nurse');
		await lookAt(page, `${size} add`);
		await page.getByRole('button', { name: 'Thêm người này' }).click();
		const start = page.getByRole('dialog', { name: 'Mật khẩu lần đầu' });
		await expect(start).toContainText(/[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/);
		await lookAt(page, `${size} start password`);
		await start.getByRole('button', { name: 'Đã đưa' }).click();
		await page.getByRole('button', { name: /Giàng Thị Mới/ }).click();
		await page.getByRole('button', { name: 'Cho thôi dùng' }).click();
		await lookAt(page, `${size} end`);
		await page.getByRole('button', { name: 'Cho thôi dùng' }).click();
		await expect(page.getByText('Thôi dùng từ')).toBeVisible();

		await page.reload();
		await expect(page.getByText('Thôi dùng từ')).toBeVisible();
		await page.getByRole('button', { name: 'Đăng xuất' }).click();
		await expect(page.getByRole('heading', { name: 'Đăng nhập quản lý' })).toBeVisible();
		await page.reload();
		await expect(page.getByRole('heading', { name: 'Đăng nhập quản lý' })).toBeVisible();
		// On a browser that is signed in for managing there is nothing about anybody.
		expect(await filesWith(desk.profile, [THAM.name])).toEqual([]);
	});

test('a lost tablet is wiped while it is locked with three unsent entries: all arrive, and nothing of them stays', async () => {
	await station.kill();
	await registerPerson(tablet, PERSON);
	await giveVaccine(tablet, 'BCG', LOT);
	await findPerson(tablet, 'zqx', CANARY);
	await recordVisit(tablet, REASON);
	await seeWaiting(tablet, 3);
	await tablet.page.getByRole('button', { name: 'Khóa máy' }).first().click();
	await expect(tablet.page.getByText('3 mục chờ gửi')).toBeVisible();
	await tablet.context.close();
	await station.start();

	const page = await openDesk(SIZES.desk);
	await signInToManage(page, station.address, THUY);
	await page.getByRole('button', { name: 'SB-1' }).click();
	await page.getByRole('button', { name: 'Xóa máy từ xa' }).click();
	await lookAt(page, 'wipe');
	const confirm = page.getByRole('button', { name: 'Xóa máy này' });
	await page.getByLabel('Gõ số của máy').fill('7');
	await confirm.click();
	await expect(page.getByText('Gõ đúng số 1')).toBeVisible();
	await page.getByLabel('Gõ số của máy').fill('1');
	await confirm.click();
	await expect(page.getByText('Máy chưa báo đã làm')).toBeVisible();
	await lookAt(page, 'wipe asked');

	await tablet.restart('/clinic');
	const wiped = tablet.page.getByRole('heading', { name: 'Máy này đã được xóa từ xa' });
	await expect(wiped).toBeVisible();
	await lookAt(tablet.page, 'wiped');
	await tablet.page.reload();
	await expect(wiped).toBeVisible();
	await tablet.context.close();
	expect(await filesWith(tablet.profile, [CANARY, REASON, LOT, THAM.name])).toEqual([]);
	await page.reload();
	await expect(page.getByRole('button', { name: 'SB-1' })).toContainText('Đã xóa từ xa');

	await tablet.restart('/clinic');
	await tablet.page.getByRole('button', { name: 'Ghép lại máy này' }).click();
	await expect(tablet.page.getByLabel('Mã ghép máy')).toBeVisible();

	const other = await openTablet(station.address);
	await signInOnline(other, VAN);
	await findPerson(other, 'zqx', CANARY);
	await openTimeline(other);
	await expect(timelineLines(other, REASON)).toBeVisible();
	await expect(timelineLines(other, 'BCG')).toBeVisible();
	expectNoTroubles(other);
	await other.close();
});

/** Every file of the browser's folder in which one of the words stands, in either way of writing text. */
async function filesWith(folder: string, words: readonly string[]): Promise<string[]> {
	const forms = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
	const found: string[] = [];
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const path = join(entry.parentPath, entry.name);
		// The browser is open and tidies its cache meanwhile: what it has removed holds nothing.
		const content = await readFile(path).catch((error: unknown) => {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
				return Buffer.alloc(0);
			throw error;
		});
		for (const [at, form] of forms.entries())
			if (content.includes(form)) found.push(`${entry.name}: ${words[Math.floor(at / 2)] ?? ''}`);
	}
	return found;
}
