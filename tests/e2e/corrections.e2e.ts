/** A visit corrected, a dose withdrawn, another moved into the right child's book, all without a server. */
import { expect, test, type Locator } from '@playwright/test';
import { expectRoomForAll, seriousFindings } from './screen-checks.ts';
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
	seeWaiting,
	sendNow,
	signInByPin,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const YOUNGER: NewPerson = { name: 'Quàng Văn Nhầm', birthDate: '05/03/2026', sex: 'Nam' };
const OLDER: NewPerson = { name: 'Quàng Thị Đúng', birthDate: '11/09/2024', sex: 'Nữ' };
const VACCINE = 'Hexaxim';
const REASON = 'Ho, chảy mũi hai ngày';
const REASON_NOW = 'Ho, chảy mũi năm ngày';

let station: Station;
let tablets: Tablet[] = [];

test.beforeEach(async () => {
	station = await openStation();
});
test.afterEach(async () => {
	await Promise.all(tablets.map(async (tablet) => tablet.close()));
	tablets = [];
	await station.close();
});

async function openOne(): Promise<Tablet> {
	const tablet = await openTablet(station.address);
	tablets.push(tablet);
	return tablet;
}

/** Opens the only line of the timeline with these words and presses one of its acts. */
async function act(tablet: Tablet, words: string, name: string): Promise<void> {
	await timelineLines(tablet, words).click();
	const details = tablet.page.getByRole('dialog');
	const button = details.getByRole('button', { name, exact: true });
	await button.or(details.getByRole('link', { name, exact: true })).click();
}

async function correctVisit(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await openTimeline(tablet);
	await act(tablet, REASON, 'Sửa');
	const reason = page.getByRole('textbox', { name: 'Lý do đến khám' });
	await expect(reason).toHaveValue(REASON);
	await reason.fill(REASON_NOW);
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Vì sao sửa: Chưa điền')).toBeVisible();
	await page.getByRole('button', { name: 'Gõ nhầm số' }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
}

async function voidDose(tablet: Tablet, lot: string): Promise<void> {
	const { page } = tablet;
	await act(tablet, lot, 'Ghi nhầm');
	const dialog = page.getByRole('dialog', { name: 'Bỏ mục ghi nhầm' });
	await dialog.getByRole('button', { name: 'Bỏ mục này' }).click();
	await expect(dialog.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
	await dialog.getByRole('textbox').fill('Ghi trùng mũi buổi sáng');
	await dialog.getByRole('button', { name: 'Bỏ mục này' }).click();
	await expect(page.getByText('Đã bỏ mục, đã lưu trên máy')).toBeVisible();
}

/** In the details of a dose on the vaccination card: to the other child's book. */
async function moveDose(tablet: Tablet, to: NewPerson): Promise<void> {
	const { page } = tablet;
	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await page.getByRole('main').getByRole('table').getByRole('button').first().click();
	await page.getByRole('button', { name: 'Ghi nhầm sổ' }).click();
	const dialog = page.getByRole('dialog', { name: 'Ghi nhầm sổ' });
	await dialog.getByRole('textbox', { name: 'Tìm người đúng' }).fill('quang');
	const found = dialog.getByRole('list', { name: 'Chọn người đúng' });
	await expect(found).not.toContainText(YOUNGER.name);
	await found.getByRole('button', { name: new RegExp(to.name) }).click();
	for (const text of [YOUNGER.name, YOUNGER.birthDate, to.name, to.birthDate])
		await expect(dialog).toContainText(text);
	await dialog.getByRole('button', { name: 'Mở nhầm sổ' }).click();
	await dialog.getByRole('button', { name: `Chuyển sang sổ của ${to.name}` }).click();
	await expect(page.getByText('Đã chuyển sang sổ đúng, đã lưu trên máy')).toBeVisible();
}

function struckThrough(line: Locator): Locator {
	return line.locator('.line-through');
}

async function seeYounger(tablet: Tablet): Promise<void> {
	await openTimeline(tablet);
	await expect(timelineLines(tablet, REASON)).toHaveCount(0);
	await expect(timelineLines(tablet, REASON_NOW)).toContainText(
		/Đã sửa \d\d\/\d\d\/\d{4}, xem bản trước/
	);
	const doses = timelineLines(tablet, VACCINE);
	await expect(doses).toHaveCount(2);
	await expect(struckThrough(doses)).toHaveCount(2);
	await expect(timelineLines(tablet, 'Đã bỏ: Ghi trùng mũi buổi sáng')).toHaveCount(1);
	const moved = timelineLines(tablet, 'Đã bỏ: Ghi nhầm sổ: Mở nhầm sổ');
	await expect(moved).toHaveCount(1);
	await expect(moved).not.toContainText(OLDER.name);
}

async function seeOlder(tablet: Tablet): Promise<void> {
	await openTimeline(tablet);
	const dose = timelineLines(tablet, VACCINE);
	await expect(dose).toHaveCount(1);
	await expect(struckThrough(dose)).toHaveCount(0);
	await expect(dose).toContainText('Chuyển từ sổ khác');
	await dose.click();
	const details = tablet.page.getByRole('dialog');
	await expect(details).toContainText('lần đầu ghi nhầm sổ');
	await expect(details).not.toContainText(YOUNGER.name);
	await expect(details).not.toContainText('Mở nhầm sổ');
	await tablet.page.keyboard.press('Escape');
}

test('corrected, withdrawn and moved while the server is dead, then seen by a second tablet', async () => {
	test.setTimeout(240_000);
	const first = await openOne();
	await signInOnline(first, THAM);
	await registerPerson(first, OLDER);
	await registerPerson(first, YOUNGER);
	await giveVaccine(first, VACCINE, 'LOT-TRUNG');
	await recordVisit(first, REASON);
	await seeEverythingSent(first);
	await station.kill();

	await test.step('the visit is corrected with a reason', async () => {
		await correctVisit(first);
		await timelineLines(first, REASON_NOW).click();
		const details = first.page.getByRole('dialog');
		await expect(details).toContainText('Gõ nhầm số');
		await details.locator('summary').click();
		await expect(details).toContainText(REASON);
		await first.page.keyboard.press('Escape');
	});

	await test.step('Esc leaves everything as it was and the focus on the entry', async () => {
		await act(first, 'LOT-TRUNG', 'Ghi nhầm');
		await first.page.keyboard.press('Escape');
		await expect(timelineLines(first, 'LOT-TRUNG')).toBeFocused();
	});

	await test.step('the dose is withdrawn, taken back, and withdrawn again', async () => {
		await voidDose(first, 'LOT-TRUNG');
		await expect(struckThrough(timelineLines(first, VACCINE))).toHaveCount(1);
		await first.page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
		await expect(struckThrough(timelineLines(first, VACCINE))).toHaveCount(0);
		await voidDose(first, 'LOT-TRUNG');
		await expect(struckThrough(timelineLines(first, VACCINE))).toHaveCount(1);
	});

	await test.step('the dose of the sister is moved into her book', async () => {
		await first.page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
		await giveVaccine(first, VACCINE, 'LOT-CHI');
		await moveDose(first, OLDER);
	});

	// Corrected 1, voided 2 and taken back 1, the sister's dose 1, moved 2.
	await seeWaiting(first, 7);
	await seeYounger(first);
	await findPerson(first, 'quang thi dung', OLDER.name);
	await seeOlder(first);

	await station.start();
	await sendNow(first);
	await seeEverythingSent(first);
	const second = await openOne();
	await signInOnline(second, VAN);
	await findPerson(second, 'quang van nham', YOUNGER.name);
	await seeYounger(second);
	await findPerson(second, 'quang thi dung', OLDER.name);
	await seeOlder(second);
	expectNoTroubles(first, second);
});

test('a dose and an allergy are corrected in their own forms, and a draft outlives the lock', async () => {
	const tablet = await openOne();
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, YOUNGER);
	await giveVaccine(tablet, VACCINE, 'LOT-SAI');
	await page.getByRole('link', { name: 'Ghi dị ứng' }).click();
	await page.getByLabel('Dị ứng với').fill('Penicilin');
	await page.getByRole('radio', { name: 'Thuốc' }).check();
	await page.getByRole('radio', { name: 'Nặng' }).check();
	await page.getByRole('button', { name: 'Ghi dị ứng' }).click();
	await expect(page.getByText('Đã lưu dị ứng trên máy')).toBeVisible();

	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await page.getByRole('main').getByRole('table').getByRole('button').first().click();
	await page.getByRole('dialog').getByRole('link', { name: 'Sửa', exact: true }).click();
	await expect(page.getByLabel('Số lô')).toHaveValue('LOT-SAI');
	await page.getByLabel('Số lô').fill('LOT-DUNG');
	await page.getByRole('button', { name: 'Khóa máy', exact: true }).click();
	await signInByPin(tablet, THAM);
	await expect(page.getByLabel('Số lô')).toHaveValue('LOT-DUNG');
	await page.getByRole('textbox', { name: 'Vì sao sửa' }).fill('Đọc nhầm số lô trên lọ');
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	await openTimeline(tablet);
	await expect(timelineLines(tablet, 'LOT-DUNG')).toContainText('Đã sửa');

	await act(tablet, 'Penicilin', 'Sửa');
	await page.getByLabel('Dị ứng với').fill('Penicillin');
	await page.getByRole('button', { name: 'Chọn nhầm' }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	await expect(page.getByRole('main')).toContainText('Dị ứng: Penicillin');

	await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
	await expect(timelineLines(tablet, 'Dị ứng: Penicilin')).not.toContainText('Đã sửa');
	expectNoTroubles(tablet);
});

/** In a newborn's book: what was measured and who looks after the child are entries of their own. */
async function registerNewborn(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await page.goto(`${station.address}/clinic/people/new`);
	await signInByPin(tablet, THAM);
	await page.getByRole('radio', { name: 'Trẻ mới sinh' }).check();
	await page.getByRole('combobox', { name: 'Mẹ' }).fill('Quàng Thị Mẹ');
	await page.getByRole('option', { name: /Mẹ chưa có sổ trên máy/ }).click();
	await page.getByRole('radio', { name: 'Nam', exact: true }).check();
	await page.getByLabel('Cân nặng').fill('3,2');
	await page.getByLabel('Tên bé').fill(YOUNGER.name);
	await page.getByRole('button', { name: 'Lập sổ cho bé' }).click();
	await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
}

async function saveCorrection({ page }: Tablet, screen: string): Promise<void> {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.screenshot({
		path: `test-results/screens/correct-${screen}-vi-phone.png`,
		fullPage: true
	});
	expect.soft(await seriousFindings(page), screen).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.screenshot({ path: `test-results/screens/correct-${screen}-vi-tablet.png` });
	await expectRoomForAll(page, screen);
	await page.getByRole('button', { name: 'Chọn nhầm' }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
}

test('a prescription, measurements, a carer and facts are corrected in their own forms', async () => {
	const tablet = await openOne();
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await registerNewborn(tablet);
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill(REASON);
	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	await page.getByRole('combobox', { name: 'Tên thuốc' }).fill('Oresol');
	await page.getByLabel('Cách dùng').fill('uống dần');
	await page.getByLabel('Số lượng').fill('40');
	await page.getByLabel('Đơn vị').fill('gói');
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();

	await act(tablet, 'Oresol', 'Sửa');
	await expect(page.getByLabel('Số lượng')).toHaveValue('40');
	await page.getByLabel('Số lượng').fill('4');
	await saveCorrection(tablet, 'prescription');
	await expect(timelineLines(tablet, '4 gói')).toContainText('Đã sửa');

	await act(tablet, 'Cân nặng', 'Sửa');
	await expect(page.getByLabel('Cân nặng')).toHaveValue('3,2');
	await page.getByLabel('Cân nặng').fill('2,3');
	await page.getByLabel('Vòng đầu').fill('33');
	await saveCorrection(tablet, 'observation');
	await expect(timelineLines(tablet, '2,3')).toContainText('Đã sửa');

	await act(tablet, 'Quàng Thị Mẹ', 'Sửa');
	await page.getByLabel('Họ và tên').fill('Quàng Thị Mơ');
	await page.getByLabel('Điện thoại').fill('0912 345 678');
	await saveCorrection(tablet, 'carer');
	await expect(timelineLines(tablet, 'Quàng Thị Mơ')).toContainText('Đã sửa');

	await act(tablet, YOUNGER.name, 'Sửa');
	await page.getByLabel('Họ và tên').fill('Quàng Văn Nhâm');
	await saveCorrection(tablet, 'facts');
	await expect(page.getByRole('heading', { name: 'Quàng Văn Nhâm', level: 1 })).toBeVisible();
	await openTimeline(tablet);
	await timelineLines(tablet, YOUNGER.name).click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await expect(
		page.getByRole('dialog').getByRole('link', { name: 'Sửa', exact: true })
	).toBeHidden();
	await page.keyboard.press('Escape');
	await seeEverythingSent(tablet);
	expectNoTroubles(tablet);
});
