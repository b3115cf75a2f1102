/** What waits for a person, from the moment it comes to the moment it is gone. */
import { expect, test } from '@playwright/test';
import { signInDevice } from '../acceptance/test-device.ts';
import { returnEverything, sendForged, takeEverything } from './inbox-material.ts';
import {
	expectNoTroubles,
	findPerson,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	recordVisit,
	registerPerson,
	seeEverythingSent,
	seeWaiting,
	sendNow,
	signInOnline,
	THAM,
	VAN,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const CHILD: NewPerson = {
	name: 'Quàng Thị Hộp Việc',
	birthDate: '05/03/2026',
	sex: 'Nữ',
	identifier: '014226009876'
};
const REASON = 'Ho, chảy mũi hai ngày';

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

const inboxLink = ({ page }: Tablet) => page.getByRole('link', { name: /Hộp việc/ });

async function statePhone({ page }: Tablet, phone: string): Promise<void> {
	await page.getByRole('link', { name: 'Sửa thông tin' }).click();
	await page.getByLabel('Điện thoại').fill(phone);
	await page.getByRole('button', { name: 'Ghi thông tin mới' }).click();
	await expect(page).toHaveURL(/section=facts/);
}

/** The inbox shows both numbers, with who stated each. */
async function seeBothNumbers(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await expect(inboxLink(tablet)).toContainText('1 việc chờ bạn', { timeout: NEXT_LOOK_MS });
	await inboxLink(tablet).click();
	await expect(page.getByRole('heading', { name: `Điện thoại của ${CHILD.name}` })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Dùng 0911 111 111' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Dùng 0922 222 222' })).toBeVisible();
	await expect(page.getByText('Nơi ghi', { exact: true })).toHaveCount(2);
}

async function seeNothing(tablet: Tablet): Promise<void> {
	const empty = tablet.page.getByText('Không có gì chờ bạn');
	await expect(empty).toBeVisible({ timeout: NEXT_LOOK_MS });
	await expect(inboxLink(tablet)).not.toContainText('chờ bạn');
}

test('two phone numbers stated apart wait in both inboxes until one press on one tablet', async () => {
	const first = await openOne();
	await signInOnline(first, THAM);
	await registerPerson(first, CHILD);
	await seeEverythingSent(first);
	const second = await openOne();
	await signInOnline(second, VAN);
	await findPerson(second, 'quang thi hop', CHILD.name);

	await first.context.setOffline(true);
	await second.context.setOffline(true);
	await statePhone(first, '0911111111');
	await statePhone(second, '0922222222');
	await seeWaiting(first, 1);
	await seeWaiting(second, 1);
	await first.context.setOffline(false);
	await second.context.setOffline(false);
	await sendNow(first);
	await sendNow(second);
	await sendNow(first);

	await seeBothNumbers(first);
	await seeBothNumbers(second);
	await first.page.getByRole('button', { name: 'Dùng 0922 222 222' }).press('Enter');
	await seeNothing(first);
	await expect(first.page.getByRole('heading', { name: 'Hộp việc' })).toBeFocused();
	await seeEverythingSent(first);
	await sendNow(second);

	// Who stated one of them is told, and puts it away.
	const news = second.page.getByRole('heading', { name: 'Đã có người quyết: điện thoại' });
	await expect(news).toBeVisible({ timeout: NEXT_LOOK_MS });
	await expect(second.page.getByText(/Trạm Y tế Suối Bạc, \d\d:\d\d/)).toBeVisible();
	await expect(inboxLink(second)).not.toContainText('chờ bạn');
	await second.page.screenshot({ path: test.info().outputPath('answer.png') });
	await second.page.setViewportSize({ width: 390, height: 844 });
	await second.page.screenshot({ path: test.info().outputPath('answer-phone.png') });
	await second.page.setViewportSize({ width: 1280, height: 800 });
	await second.page.getByRole('button', { name: 'Đã xem' }).click();
	await seeNothing(second);
	expectNoTroubles(first, second);
});

test('an entry that came back opens its form with what it says, or the search for the right person', async () => {
	const tablet = await openOne();
	const { page, context } = tablet;
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, CHILD);
	await seeEverythingSent(tablet);
	await returnEverything(context, 'schema');
	await recordVisit(tablet, REASON);
	await expect(inboxLink(tablet)).toContainText('1 việc chờ bạn', { timeout: NEXT_LOOK_MS });
	await takeEverything(context);

	await inboxLink(tablet).click();
	await page.getByRole('link', { name: 'Ghi vào sổ khác' }).click();
	const dialog = page.getByRole('dialog', { name: 'Ghi nhầm sổ' });
	await expect(dialog).toContainText(REASON);
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();

	await inboxLink(tablet).click();
	await page.getByRole('link', { name: 'Sửa rồi ghi lại' }).click();
	await expect(page.getByRole('textbox', { name: 'Lý do đến khám' })).toHaveValue(REASON);
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill(`${REASON}, sốt nhẹ`);
	await page.getByRole('textbox', { name: 'Vì sao sửa' }).fill('Ghi thiếu');
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	await seeEverythingSent(tablet);
	await inboxLink(tablet).click();
	await seeNothing(tablet);
	expectNoTroubles(tablet);
});

test('what the server holds back of the station is counted, read, and gone once it is decided', async () => {
	await sendForged(await signInDevice(station.address, VAN));
	const tablet = await openOne();
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await expect(inboxLink(tablet)).toContainText('1 việc chờ bạn');
	await inboxLink(tablet).click();
	const main = page.getByRole('main');
	await expect(main.getByText('Máy chủ đang giữ, chờ trạm xem')).toBeVisible();
	await expect(main.getByText(/\d\d:\d\d · ghi chú/)).toBeVisible();
	await page.screenshot({ path: test.info().outputPath('held.png') });
	await main.getByRole('textbox').fill('Hỏi lại người ghi');
	await main.getByRole('button', { name: 'Giữ lại, xem sau' }).click();
	await expect(inboxLink(tablet)).not.toContainText('chờ bạn');
	await main.getByRole('textbox').fill('Ghi lại cho đủ');
	await main.getByRole('button', { name: 'Trả lại người ghi' }).click();
	await seeNothing(tablet);
	expectNoTroubles(tablet);
});

test('facts that came back are corrected in their form, and then the server has all that they said', async () => {
	const tablet = await openOne();
	const { page, context } = tablet;
	await signInOnline(tablet, THAM);
	await returnEverything(context, 'schema');
	await registerPerson(tablet, CHILD);
	await expect(inboxLink(tablet)).toContainText('1 việc chờ bạn', { timeout: NEXT_LOOK_MS });
	await takeEverything(context);
	await inboxLink(tablet).click();
	await page.getByRole('link', { name: 'Sửa rồi ghi lại' }).click();
	await expect(page.getByLabel('Họ và tên')).toHaveValue(CHILD.name);
	await page.getByLabel('Họ và tên').fill('Tên Đã Sửa');
	await page.getByRole('button', { name: 'Gõ nhầm số' }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	await seeEverythingSent(tablet);
	await inboxLink(tablet).click();
	await seeNothing(tablet);

	const second = await openOne();
	await signInOnline(second, VAN);
	await findPerson(second, 'Tên Đã Sửa', 'Tên Đã Sửa');
	await expect(second.page.getByRole('main')).toContainText(CHILD.birthDate);
	expectNoTroubles(tablet, second);
});
