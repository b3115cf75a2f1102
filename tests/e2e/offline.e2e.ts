/** After the first sign-in nothing needs the server: everything here happens while it is dead. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { filmOfCode } from './citizen-card.ts';
import { NEXT_VERSION_MARK, openFront } from './next-version.ts';
import {
	expectNoTroubles,
	openNewPerson,
	openStation,
	openTablet,
	pillOf,
	registerPerson,
	searchField,
	seeEverythingSent,
	seeToday,
	seeWaiting,
	signInByPin,
	signInOnline,
	THAM,
	type NewPerson,
	type Station,
	type Tablet,
	type TabletOptions
} from './tablet.ts';

const CHILD: NewPerson = {
	name: 'Giàng Thị Ngoại Tuyến',
	birthDate: '05/03/2021',
	sex: 'Nữ',
	village: 'Nà Lốc'
};
const CARD =
	'014190004321|090123456|Cà Thị Quét Mã|07111990|Nữ|Bản Nà Lốc, Suối Bạc, Sơn La|01072025';

let station: Station;
let tablet: Tablet;

async function openSignedIn(options: TabletOptions = {}, address = ''): Promise<void> {
	station = await openStation();
	tablet = await openTablet(address === '' ? station.address : address, options);
	await signInOnline(tablet, THAM);
}

test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

async function seeChild(at: Tablet): Promise<void> {
	await expect(at.page.getByRole('heading', { name: CHILD.name, level: 1 })).toBeVisible();
}

test('reload, deep link, another window and a restart of the browser work with the server killed', async () => {
	await openSignedIn();
	await registerPerson(tablet, CHILD);
	await seeEverythingSent(tablet);
	const path = new URL(tablet.page.url()).pathname;
	await station.kill();

	await test.step('reload', async () => {
		await tablet.page.reload();
		await expect(tablet.page.getByText(CHILD.name)).toHaveCount(0);
		await signInByPin(tablet, THAM);
		await seeChild(tablet);
	});

	await test.step('deep link to a section of a book', async () => {
		await tablet.page.goto(`${tablet.address}${path}?section=facts`);
		await signInByPin(tablet, THAM);
		await seeChild(tablet);
		await expect(tablet.page.getByRole('link', { name: 'Thông tin', exact: true })).toHaveAttribute(
			'aria-current',
			'page'
		);
	});

	await test.step('another window', async () => {
		const second = await tablet.context.newPage();
		await second.goto(tablet.address);
		await expect(second.getByText('Sổ đang mở ở cửa sổ khác')).toBeVisible();
		await second.getByRole('button', { name: 'Dùng ở cửa sổ này' }).click();
		await expect(tablet.page.getByText('Sổ đang mở ở cửa sổ khác')).toBeVisible();
		const here = { ...tablet, page: second };
		await signInByPin(here, THAM);
		await seeToday(here);
		await searchField(here).fill('giang thi ngoai');
		await expect(second.getByRole('link', { name: CHILD.name })).toBeVisible();
	});

	await test.step('restart of the browser, at the book', async () => {
		await tablet.restart(path);
		await signInByPin(tablet, THAM);
		await seeChild(tablet);
		await expect(pillOf(tablet)).toContainText('Đã gửi hết');
	});

	await test.step('wrong codes make this person wait, also after a reload', async () => {
		await tablet.page.reload();
		const { page } = tablet;
		for (let left = 4; left >= 1; left--) {
			await signInByPin(tablet, { ...THAM, pin: '000000' });
			await expect(page.getByText(`Còn ${left} lần thử`)).toBeVisible();
		}
		await signInByPin(tablet, { ...THAM, pin: '000000' });
		await expect(page.getByText('Thử lại sau')).toBeVisible();
		await expect(page.getByRole('button', { name: '5', exact: true })).toBeDisabled();
		await page.reload();
		await signInByPin(tablet, THAM);
		await expect(page.getByText('Thử lại sau')).toBeVisible();
		await expect(page.getByRole('heading', { name: CHILD.name })).toHaveCount(0);
	});
	expectNoTroubles(tablet);
});

test('a newborn without any number and a look-alike are registered with the server killed', async () => {
	await openSignedIn();
	await station.kill();
	const { page } = tablet;

	await test.step('a newborn gets a temporary code', async () => {
		await openNewPerson(tablet, 'Chưa có tên');
		await page.getByRole('radio', { name: 'Trẻ mới sinh' }).check();
		await page.getByRole('combobox', { name: 'Mẹ' }).fill('Lường Thị Mẹ Bé');
		await page.getByRole('option', { name: 'Mẹ chưa có sổ trên máy' }).click();
		await page.getByRole('radio', { name: 'Nữ', exact: true }).check();
		await page.getByLabel('Cân nặng').fill('3,1');
		await page.getByRole('button', { name: 'Lập sổ cho bé' }).click();
		await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
		await expect(
			page.getByRole('heading', { name: 'Con chị Lường Thị Mẹ Bé', level: 1 })
		).toBeVisible();
		await expect(page.getByText('Mã tạm').first()).toBeVisible();
	});

	await test.step('somebody alike is shown first, and a second book waits for the choice', async () => {
		await registerPerson(tablet, CHILD);
		await openNewPerson(tablet, 'Giang Thi Ngoai Tuyen B');
		await page.getByLabel('Họ và tên').fill('Giàng Thị Ngoại Tuyên');
		await page.getByLabel('Ngày sinh').fill(CHILD.birthDate);
		await page.getByRole('radio', { name: 'Nữ', exact: true }).check();
		const card = page.getByRole('region', { name: /Có thể là người này/ });
		await expect(card).toContainText(CHILD.name);
		await page.getByRole('button', { name: 'Lập sổ', exact: true }).click({ force: true });
		await expect(page.getByText('Lập sổ mới mở được sau khi bạn chọn')).toBeVisible();
		await card.getByRole('button', { name: 'Hai người khác nhau' }).click();
		await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
		await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
		await expect(
			page.getByRole('heading', { name: 'Giàng Thị Ngoại Tuyên', level: 1 })
		).toBeVisible();
	});
	await expect(pillOf(tablet)).toContainText('chờ gửi');
	expectNoTroubles(tablet);
});

test('the code of a citizen card fills the form of a new person with the server killed', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'so-suc-khoe-film-'));
	await openSignedIn({ args: await filmOfCode(CARD, join(folder, 'card.y4m')) });
	await station.kill();
	const { page } = tablet;
	await page.getByRole('button', { name: 'Quét mã' }).click();
	const answer = page.getByRole('dialog', { name: 'Đã đọc thẻ, chưa có sổ trên máy' });
	await expect(answer).toContainText('Cà Thị Quét Mã', { timeout: 30_000 });
	await answer.getByRole('button', { name: 'Lập sổ từ thẻ này' }).click();
	await expect(page.getByLabel('Họ và tên')).toHaveValue('Cà Thị Quét Mã');
	await expect(page.getByLabel('Ngày sinh')).toHaveValue('07/11/1990');
	await expect(page.getByLabel('Số định danh')).toHaveValue('014190004321');
	await expect(page.getByRole('radio', { name: 'Nữ', exact: true })).toBeChecked();
	await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
	await seeWaiting(tablet, 1);
	expectNoTroubles(tablet);
	await rm(folder, { recursive: true, force: true });
});

test('a new version of the app is offered, never forced while somebody writes, and used on a press', async () => {
	station = await openStation();
	const front = await openFront(station.address);
	tablet = await openTablet(front.address);
	await signInOnline(tablet, THAM);
	const { page } = tablet;
	await openNewPerson(tablet, 'Tòng Văn Đang Gõ');
	front.update();
	// What the app does itself every half hour, and whenever its window is looked at again.
	await page.evaluate(() => window.dispatchEvent(new Event('focus')));
	const offer = page.getByRole('complementary', { name: 'Có bản mới của ứng dụng' });
	await expect(offer).toContainText('Bạn đang ghi dở');
	await expect(offer.getByRole('button', { name: 'Dùng bản mới' })).toBeDisabled();
	await expect(page.getByLabel('Họ và tên')).toHaveValue('Tòng Văn Đang Gõ');

	await page.getByLabel('Ngày sinh').fill('01/02/1980');
	await page.getByRole('radio', { name: 'Nam', exact: true }).check();
	await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
	await expect(page.getByText('Đã lập sổ, đã lưu trên máy')).toBeVisible();
	expect(await page.content()).not.toContain(NEXT_VERSION_MARK);
	await offer.getByRole('button', { name: 'Dùng bản mới' }).click();
	// The new version starts locked. Until it does, the book of the old one is still on the screen.
	await expect(page.locator('meta[name="next-version"]')).toHaveCount(1);
	await expect(page.getByRole('heading', { name: 'Ai đang dùng máy?' })).toBeVisible();
	await signInByPin(tablet, THAM);
	await expect(page.getByRole('heading', { name: 'Tòng Văn Đang Gõ', level: 1 })).toBeVisible();
	expectNoTroubles(tablet);
	await front.close();
});
