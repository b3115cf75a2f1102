/** How many taps the flows of every day take. The digits of a measure and of a code do not count. */
import { expect, test, type Locator } from '@playwright/test';
import { differElsewhere } from './inbox-material.ts';
import {
	expectNoTroubles,
	giveVaccine,
	openNewPerson,
	openStation,
	openTablet,
	recordVisit,
	registerPerson,
	seeToday,
	sendNow,
	signInOnline,
	THAM,
	withdrawDifferent,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const VISIT_TAPS_MAX = 8;
const REFERRAL_TAPS_MAX = 4;
const CHANGE_OF_NURSE_TAPS_MAX = 2;
const VACCINE = 'Hexaxim';
const NEWBORN_TAPS_MAX = 6;
const DOSE_TAPS_MAX = 5;
const CONFLICT_TAPS_MAX = 1;
/** The reason stands in for the code of whoever decides. */
const DUPLICATE_TAPS_MAX = 2;
const FIRST: NewPerson = { name: 'Lò Văn Bấm', birthDate: '12/08/1982', sex: 'Nam' };
const MOTHER: NewPerson = { name: 'Lường Thị Sinh', birthDate: '08/02/1998', sex: 'Nữ' };
const OTHER_MOTHER: NewPerson = { name: 'Vì Thị Nở', birthDate: '21/07/2001', sex: 'Nữ' };
const CHILD: NewPerson = { name: 'Quàng Thị Ngọc Gộp', birthDate: '11/09/2024', sex: 'Nữ' };
const ALIKE: NewPerson = { name: 'Quàng Ngọc Thị Gộp', birthDate: '11/09/2024', sex: 'Nữ' };
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

/** A child of hers with both doses of birth; the lots are typed where the tablet does not know them yet. */
async function bearChild(mother: NewPerson, lots: [string, string] | undefined): Promise<void> {
	const { page } = tablet;
	await registerPerson(tablet, mother);
	taps = 0;
	await tap(page.getByRole('button', { name: 'Thêm con' }));
	await tap(page.getByRole('radio', { name: 'Nữ', exact: true }));
	await tap(page.getByLabel('Cân nặng'));
	await page.keyboard.type('3,1');
	for (const antigen of ['Viêm gan B', 'Lao'])
		await tap(page.getByRole('button', { name: new RegExp(`^${antigen}`) }));
	for (const [at, lot] of (lots ?? []).entries()) await page.getByLabel('Số lô').nth(at).fill(lot);
	await tap(page.getByRole('button', { name: 'Lập sổ cho bé' }));
	await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
	await expect(
		page.getByRole('heading', { name: `Con chị ${mother.name}`, level: 1 })
	).toBeVisible();
}

test('a newborn of a mother with a book takes six taps with both doses of birth', async () => {
	await bearChild(MOTHER, ['VGB-01', 'BCG-01']);
	await bearChild(OTHER_MOTHER, undefined);
	expect(taps).toBeLessThanOrEqual(NEWBORN_TAPS_MAX);
	expectNoTroubles(tablet);
});

test('a dose of a vaccine that was given here before takes five taps at most', async () => {
	const { page } = tablet;
	await registerPerson(tablet, CHILD);
	await giveVaccine(tablet, VACCINE, 'LOT-MOT');
	await registerPerson(tablet, { name: 'Lò Văn Đếm', birthDate: '02/02/2025', sex: 'Nam' });
	taps = 0;
	await tap(page.getByRole('link', { name: 'Ghi mũi tiêm' }));
	await tap(page.getByRole('combobox', { name: 'Vắc xin' }));
	await tap(page.getByRole('option', { name: new RegExp(`^${VACCINE}`) }));
	await tap(page.getByRole('button', { name: 'Ghi đã tiêm' }));
	await expect(page.getByText('Đã lưu mũi tiêm trên máy')).toBeVisible();
	expect(taps).toBeLessThanOrEqual(DOSE_TAPS_MAX);
	expectNoTroubles(tablet);
});

test('a difference of two places takes one tap in the inbox', async () => {
	const { page } = tablet;
	await differElsewhere(station.address);
	await sendNow(tablet);
	await page.getByRole('link', { name: /Hộp việc/ }).click();
	await tap(page.getByRole('button', { name: 'Dùng 0922 222 222' }));
	await expect(page.getByText('Đã quyết: điện thoại')).toBeVisible();
	expect(taps).toBeLessThanOrEqual(CONFLICT_TAPS_MAX);
});

test('two books of one person are one after the reason and one tap', async () => {
	const { page } = tablet;
	await registerPerson(tablet, CHILD);
	await openNewPerson(tablet, 'Không Có Ai');
	await page.getByLabel('Họ và tên').fill(ALIKE.name);
	await page.getByLabel('Ngày sinh').fill(ALIKE.birthDate);
	await page.getByRole('radio', { name: ALIKE.sex, exact: true }).check();
	await page.getByRole('button', { name: 'Hai người khác nhau' }).click();
	await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
	await withdrawDifferent(tablet);
	await page.getByRole('link', { name: 'So hai sổ' }).click();
	await tap(page.getByRole('button', { name: 'Gia đình xác nhận' }));
	await tap(page.getByRole('button', { name: 'Là một người: gộp' }));
	await expect(page.getByText('Đã gộp hai sổ, đã lưu trên máy')).toBeVisible();
	expect(taps).toBeLessThanOrEqual(DUPLICATE_TAPS_MAX);
});
