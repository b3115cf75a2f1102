/** The worker that keeps the books ends, or never comes up: the screen says so instead of standing still. */
import { expect, test } from '@playwright/test';
import {
	openStation,
	openTablet,
	signInByPin,
	signInFirst,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

const STOPPED = 'Ứng dụng đã dừng giữa chừng';
let station: Station;
let tablet: Tablet;

test.beforeAll(async () => {
	station = await openStation();
});
test.afterAll(async () => {
	await station.close();
});

test('a worker that ends while somebody works is said, and opening again goes on', async () => {
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
	const { page } = tablet;
	await page.workers()[0]?.evaluate(() => {
		globalThis.close();
	});
	await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
	await expect(page.getByRole('button', { name: /Đã lưu/ })).toHaveCount(0);
	await page.getByRole('button', { name: 'Mở lại' }).click();
	await signInByPin(tablet, THAM);
	await tablet.close();
});

test('a worker whose script cannot be loaded is said', async ({ browser }) => {
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.route('**/workers/**', (route) => route.abort());
	for (const path of ['/clinic', '/citizen']) {
		await page.goto(station.address + path);
		await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
	}
	await context.close();
});

test('a tablet that lost the network before the pages came says so, and goes on when it is back', async ({
	browser
}) => {
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.goto(`${station.address}/clinic`);
	await expect(page.getByLabel('Mã ghép máy')).toBeVisible();
	await context.route('**/immutable/chunks/**', (route) => route.abort());
	await signInFirst({ page, address: station.address }, THAM);
	await expect(page.getByRole('heading', { name: 'Ứng dụng chưa tải hết' })).toBeVisible();
	await context.unroute('**/immutable/chunks/**');
	await page.getByRole('button', { name: 'Thử lại' }).click();
	await page.getByRole('button', { name: new RegExp(THAM.name) }).click();
	await page.keyboard.type(THAM.pin);
	await expect(page.getByRole('heading', { name: 'Hôm nay', level: 1 })).toBeVisible();
	await context.close();
});

test('a worker that is slow to come up shows grey lines, then a sentence', async ({ browser }) => {
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.route('**/workers/**', () => new Promise(() => undefined));
	await page.goto(`${station.address}/clinic`);
	await expect(page.getByText('Đang mở sổ trên máy này.')).toBeVisible();
	await context.close();
});
