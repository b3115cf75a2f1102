/** Prescribing from the station's list: found without accents, stopped by an active ingredient, free text marked. */
import { expect, test } from '@playwright/test';
import { expectNoSidewaysScroll, seriousFindings } from './screen-checks.ts';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	openTimeline,
	registerPerson,
	signInOnline,
	THAM,
	timelineLines,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const ADULT: NewPerson = { name: 'Quàng Thị Thuốc', birthDate: '12/04/1991', sex: 'Nữ' };
const PHONE = { width: 390, height: 844 };
const OUTSIDE = 'Ngoài danh mục thuốc của trạm';

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

test('a drug comes from the list with its unit and usual phrase, and an allergy stops it by its ingredient', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await station.kill();
	await registerPerson(tablet, ADULT);
	await page.getByRole('link', { name: 'Ghi dị ứng' }).click();
	await page.getByLabel('Dị ứng với').fill('Trimethoprim');
	await page.getByRole('radio', { name: 'Thuốc' }).check();
	await page.getByRole('radio', { name: 'Nặng' }).check();
	await page.getByRole('button', { name: 'Ghi dị ứng' }).click();
	await expect(page.getByText('Đã lưu dị ứng trên máy')).toBeVisible();

	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill('Đau họng');
	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	const first = page.getByRole('listitem', { name: 'Thuốc 1' });
	const name = first.getByRole('combobox', { name: 'Tên thuốc' });
	await name.fill('cotrim');
	await page.getByRole('option', { name: /Cotrimoxazol/ }).click();
	await expect(first.getByRole('alert')).toContainText('dị ứng Trimethoprim');
	await expect(first.getByLabel('Cách dùng')).toHaveValue('2 viên/lần, 2 lần/ngày');
	await name.fill('amox 500');
	await expect(first.getByLabel('Cách dùng')).toHaveValue('');
	await expect(page.getByRole('option').first()).toContainText('Amoxicillin 500 mg, viên nang');
	await page.screenshot({ path: 'test-results/screens/drugs/list-tablet.png', fullPage: true });
	await page.getByRole('option').first().click();
	await expect(first.getByRole('alert')).toBeHidden();
	await expect(first.getByLabel('Cách dùng')).toHaveValue('1 viên/lần, 3 lần/ngày');
	await expect(first.getByRole('combobox', { name: 'Đơn vị' })).toHaveValue('viên');
	await first.getByLabel('Số lượng').fill('21');

	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	const second = page.getByRole('listitem', { name: 'Thuốc 2' });
	await second.getByRole('combobox', { name: 'Tên thuốc' }).fill('Cao lá thường xuân');
	await second.getByLabel('Cách dùng').fill('5 ml, sáng và tối');
	await second.getByLabel('Số lượng').fill('1');
	await second.getByRole('combobox', { name: 'Đơn vị' }).fill('chai');
	await expect(second).toContainText(OUTSIDE);
	await expect(first).not.toContainText(OUTSIDE);
	expect(await seriousFindings(page)).toEqual([]);
	await page.setViewportSize(PHONE);
	await expectNoSidewaysScroll(page, 'a visit with drugs on a phone');
	await page.screenshot({ path: 'test-results/screens/drugs/rows-phone.png', fullPage: true });
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.screenshot({ path: 'test-results/screens/drugs/rows-tablet.png', fullPage: true });

	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	await openTimeline(tablet);
	await expect(timelineLines(tablet, 'Amoxicillin 500 mg, viên nang')).toContainText(
		'Cao lá thường xuân'
	);
	expectNoTroubles(tablet);
});
