/** What somebody meets who has never used a tablet of a station before. */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	openNewPerson,
	openStation,
	openTablet,
	pillOf,
	registerPerson,
	seeToday,
	signInFirst,
	signInOnline,
	THAM,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const SOMEBODY: NewPerson = { name: 'Lò Thị Mới', birthDate: '12/08/1982', sex: 'Nữ' };

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

test('before the first book has come no list says that it is empty', async () => {
	const { page, context } = tablet;
	let release = (): void => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	await context.route('**/api/sync', async (route) => {
		await held;
		await route.continue();
	});
	await signInFirst(tablet, THAM);
	await seeToday(tablet);
	await expect(page.getByRole('heading', { name: 'Đang lấy sổ về máy' })).toBeVisible();
	await expect(pillOf(tablet)).toContainText('Đang lấy về');
	await expect(page.getByText('Chưa biết ai có hẹn')).toBeVisible();
	await expect(page.getByText('Hôm nay không có hẹn')).toBeHidden();
	release();
	await expect(pillOf(tablet)).toContainText('Đã gửi hết');
	await expect(page.getByRole('heading', { name: 'Đang lấy sổ về máy' })).toBeHidden();
	expectNoTroubles(tablet);
});

test('on a phone the first page stands at its top after the sign-in', async () => {
	await tablet.page.setViewportSize({ width: 390, height: 844 });
	await signInOnline(tablet, THAM);
	await expect(tablet.page.getByRole('main')).toBeFocused();
	expect(await tablet.page.evaluate(() => scrollY)).toBe(0);
	expectNoTroubles(tablet);
});

test('the keys of the code stay where they are when a code was wrong', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await page.getByRole('button', { name: 'Khóa máy', exact: true }).click();
	const five = page.getByRole('button', { name: '5', exact: true });
	await five.waitFor();
	const before = await five.boundingBox();
	await page.keyboard.type('000000');
	await expect(page.getByText('Mã chưa đúng')).toBeVisible();
	expect(await five.boundingBox()).toEqual(before);
	expectNoTroubles(tablet);
});

test('whose visit is written stays in sight to the last field', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, SOMEBODY);
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	const last = page.getByLabel('Hẹn để làm gì');
	await last.scrollIntoViewIfNeeded();
	await expect(last).toBeInViewport();
	await expect(page.getByRole('heading', { name: SOMEBODY.name, level: 1 })).toBeInViewport();

	await page.getByRole('textbox', { name: 'Lý do đến khám' }).focus();
	await expect(page.getByRole('textbox', { name: 'Lý do đến khám' })).toBeInViewport({ ratio: 1 });
	expectNoTroubles(tablet);
});

test('a question that appears while somebody types is not answered by a space', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await openNewPerson(tablet, SOMEBODY.name);
	await page.getByRole('heading', { name: 'Người mới' }).click();
	await page.keyboard.type('/lo thi ');
	const question = page.getByRole('dialog', { name: 'Bạn chưa lưu' });
	await expect(question).toBeVisible();
	await page.keyboard.type('moi ');
	await page.keyboard.press('Enter');
	await expect(question).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(question).toBeHidden();
	expectNoTroubles(tablet);
});

test('after a press that saved nothing every letter typed stays in its field', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, SOMEBODY);
	await page.getByRole('link', { name: 'Ghi mũi tiêm' }).click();
	await page.getByRole('button', { name: 'Ghi đã tiêm' }).click();
	const summary = page.getByRole('alert').filter({ hasText: 'cần sửa trước khi lưu' });
	await expect(summary).toBeFocused();

	const lot = page.getByLabel('Số lô');
	await lot.click();
	await page.keyboard.type('GEN2611');
	await expect(lot).toHaveValue('GEN2611');
	await expect(lot).toBeFocused();
	await expect(summary).toBeVisible();

	await page.getByRole('button', { name: 'Ghi đã tiêm' }).click();
	await expect(summary).toBeFocused();
	expectNoTroubles(tablet);
});
