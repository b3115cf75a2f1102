/** How many taps the flows of every day take. The digits of a measure and of a code do not count. */
import { expect, test, type Locator } from '@playwright/test';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	recordVisit,
	registerPerson,
	seeToday,
	signInOnline,
	THAM,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const VISIT_TAPS_MAX = 8;
const REFERRAL_TAPS_MAX = 4;
const CHANGE_OF_NURSE_TAPS_MAX = 2;
const FIRST: NewPerson = { name: 'Lò Văn Bấm', birthDate: '12/08/1982', sex: 'Nam' };
const SECOND: NewPerson = { name: 'Quàng Thị Chạm', birthDate: '03/01/1990', sex: 'Nữ' };

let station: Station;
let tablet: Tablet;
let taps = 0;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
	taps = 0;
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

async function tap(target: Locator): Promise<void> {
	taps += 1;
	await target.click();
}

/** By hand, letter by letter: afterwards the tablet knows what is frequent here. */
async function writeFirstVisit(): Promise<void> {
	const { page } = tablet;
	await registerPerson(tablet, FIRST);
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill('Sốt');
	await page.getByRole('combobox', { name: 'Chẩn đoán' }).fill('viem hong');
	await page.getByRole('option').first().click();
	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	await page.getByRole('combobox', { name: 'Tên thuốc' }).fill('Paracetamol 500 mg');
	await page.getByLabel('Cách dùng').fill('Ngày uống 3 lần, mỗi lần 1 viên');
	await page.getByLabel('Số lượng').fill('15');
	await page.getByLabel('Đơn vị').fill('viên');
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
}

test('a visit with reason, temperature, diagnosis, drug and advice takes eight taps at most', async () => {
	const { page } = tablet;
	await writeFirstVisit();
	await registerPerson(tablet, SECOND);
	await tap(page.getByRole('link', { name: 'Ghi lượt khám' }));
	await tap(page.getByRole('button', { name: 'Sốt', exact: true }));
	await tap(page.getByLabel('Thân nhiệt'));
	await page.keyboard.type('38,2');
	await tap(page.getByRole('group', { name: 'Hay gặp trên máy này' }).getByRole('button').first());
	await tap(page.getByRole('group', { name: 'Hay kê trên máy này' }).getByRole('button').first());
	await tap(page.getByRole('button', { name: 'Uống nhiều nước' }));
	await tap(page.getByRole('button', { name: 'Ký và xong' }));
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	expect(taps).toBeLessThanOrEqual(VISIT_TAPS_MAX);
	await expect(page.getByRole('main')).toContainText('Paracetamol 500 mg');
	expectNoTroubles(tablet);
});

test('a letter of referral takes four taps: the place used last comes first', async () => {
	const { page } = tablet;
	await registerPerson(tablet, FIRST);
	await recordVisit(tablet, 'Khó thở');
	await tap(page.getByRole('link', { name: 'Viết giấy chuyển' }));
	await tap(page.getByRole('group', { name: 'Nơi hay chuyển' }).getByRole('button').first());
	await tap(page.getByRole('radio', { name: 'Vượt quá khả năng tại chỗ' }));
	await tap(page.getByRole('button', { name: 'Ký giấy chuyển' }));
	await expect(page.getByText('Đã lưu giấy chuyển trên máy')).toBeVisible();
	expect(taps).toBeLessThanOrEqual(REFERRAL_TAPS_MAX);
	await expect(page.getByRole('main')).toContainText('Kính gửi: Bệnh viện khu vực Mường Vạt');
	expectNoTroubles(tablet);
});

test('one nurse gives the tablet to another in two taps and six digits', async () => {
	const { page } = tablet;
	await tap(page.getByRole('button', { name: 'Khóa máy' }).first());
	await tap(page.getByRole('button', { name: new RegExp(THAM.name) }));
	await page.keyboard.type(THAM.pin);
	await seeToday(tablet);
	expect(taps).toBeLessThanOrEqual(CHANGE_OF_NURSE_TAPS_MAX);
});
