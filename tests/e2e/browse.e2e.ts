/** Finding people without a question: by village and household, and by the day they were asked to come. */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	registerPerson,
	searchField,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

let station: Station;
let tablet: Tablet;

test.beforeAll(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
});
test.afterAll(async () => {
	await tablet.close();
	await station.close();
});

test('a village shows its people by household, by keys, and stands there again after a book', async () => {
	const { page } = tablet;
	const main = page.getByRole('main');
	await registerPerson(tablet, {
		name: 'Quàng Thị Ánh',
		birthDate: '12/08/2022',
		sex: 'Nữ',
		village: 'Bản Tận Cùng'
	});
	await page.getByRole('link', { name: 'Người dân' }).click();
	await searchField(tablet).fill('');
	const villages = main.getByRole('list', { name: 'Theo thôn, bản' });
	await expect(villages.getByRole('link', { name: /^Bản Tận Cùng 1 người$/ })).toBeVisible();

	const first = villages.getByRole('link', { name: /[2-9] hộ$/ }).first();
	await searchField(tablet).press('ArrowDown');
	await expect(villages.getByRole('link').first()).toBeFocused();
	await first.focus();
	await page.keyboard.press('Enter');
	await expect(main.getByRole('heading', { name: /^Hộ / }).first()).toBeVisible();
	const households = main.getByRole('list', { name: /^Hộ / });
	expect(await households.count()).toBeGreaterThan(1);
	await searchField(tablet).press('ArrowDown');
	await expect(households.first().getByRole('link').first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('navigation', { name: 'Phần của sổ' })).toBeVisible();
	await page.goBack();
	await expect(households.first()).toBeVisible();
	await main.getByRole('link', { name: 'Tất cả thôn, bản' }).click();
	await villages.getByRole('link', { name: /^Bản Tận Cùng/ }).click();
	await expect(main.getByRole('list', { name: 'Chưa ghi mã hộ' })).toContainText('Quàng Thị Ánh');
	expectNoTroubles(tablet);
});

test('the calendar says how many come on a day, and its keys lead to who they are', async () => {
	const { page } = tablet;
	const main = page.getByRole('main');
	await registerPerson(tablet, { name: 'Quàng Văn Hẹn', birthDate: '12/08/2012', sex: 'Nam' });
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill('Ho');
	const day = new Date(Date.now() + 7 * 60 * 60 * 1000 + 8 * 24 * 60 * 60 * 1000);
	const date = day.toISOString().slice(0, 10).split('-').reverse().join('/');
	await page.getByRole('textbox', { name: 'Ngày hẹn' }).fill(date);
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();

	await page.getByRole('link', { name: 'Hôm nay' }).click();
	await main.getByRole('tab', { name: 'Lịch hẹn' }).click();
	const days = main.getByRole('group', { name: 'Ngày hẹn' });
	await expect(days.getByRole('button')).toHaveCount(7);
	await days.getByRole('button', { name: /, hôm nay: / }).focus();
	await page.keyboard.press('PageDown');
	await page.keyboard.press('ArrowRight');
	const chosen = days.getByRole('button', { name: new RegExp(`${date}, sau 8 ngày: .* hẹn$`) });
	await expect(chosen).toBeFocused();
	await expect(chosen).toHaveAttribute('aria-pressed', 'true');
	await expect(main.getByRole('list', { name: new RegExp(date) })).toContainText('Quàng Văn Hẹn');
	await main.getByRole('button', { name: 'Xem cả tháng' }).click();
	await expect(chosen).toHaveAttribute('aria-pressed', 'true');
	await main.getByRole('button', { name: /^Xem \d+ người quá hẹn$/ }).click();
	await expect(main.getByRole('list', { name: 'Quá hẹn, chưa đến' })).toContainText(/Quá hẹn \d+/);
	expectNoTroubles(tablet);
});
