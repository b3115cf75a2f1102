/**
 * A book that is none of the station's: opened in an emergency, reviewed by a colleague, told to the family; and shown
 * by the family with the code on its phone.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { encode } from 'uqr';
import { visitQrText } from '#lib/domain/access/consent-visit.ts';
import { CITIZEN_VISIT_CODE_PATH, visitCodeSchema } from '#lib/protocol/citizen.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { filmOfCode } from './citizen-card.ts';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	MY,
	openStation,
	openTablet,
	sendNow,
	signInByPin,
	signInOnline,
	type Staff,
	type Station,
	type Tablet
} from './tablet.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const GHEN: Staff = {
	login: 'ghen',
	password: 'ruong-bac-thang',
	pin: '579146',
	name: 'Triệu Thị Ghến'
};
const NOTE = 'Ngã xe, không tỉnh, không có người nhà';
const NOT_HERE = 'Máy này không mở được sổ ở địa chỉ này';

let station: Station;
let phone: Tablet;
let tablet: Tablet;
/** Of the demo: her books are the other station's. */
let mother: { name: string; personalNumber: string };

test.beforeEach(async () => {
	station = await openStation();
	const [first] = readDemoCitizens(station.dataDir);
	if (first === undefined) throw new Error('the demo has no mother');
	mother = first;
	phone = await openTablet(station.address, PHONE);
	const { page } = phone;
	await page.goto(station.address);
	await page.getByRole('link', { name: 'Người dân' }).click();
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await page.getByRole('button', { name: mother.name }).click();
	await expect(page.getByRole('heading', { name: 'Sổ của gia đình', level: 1 })).toBeVisible();
	await expect(covers(page)).toHaveCount(3);
});
test.afterEach(async () => {
	await tablet.close();
	await phone.close();
	await station.close();
});

const covers = (page: Page) =>
	page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link');

/** In both themes: a picture, nothing serious, and room at 320 px and with large letters. */
async function look(page: Page, name: string): Promise<void> {
	for (const scheme of SCHEMES) {
		await showIn(page, scheme);
		await page.screenshot({ path: `test-results/screens/opening/${name}-${scheme}.png` });
		expect.soft(await seriousFindings(page), `${name} ${scheme}`).toEqual([]);
	}
	await showIn(page, 'light');
	await expectRoomForAll(page, name);
}

async function pictureOnPhone(page: Page, name: string): Promise<void> {
	await page.setViewportSize(PHONE.viewport);
	await page.screenshot({ path: `test-results/screens/opening/${name}-phone.png` });
	await page.setViewportSize({ width: 1280, height: 800 });
}

async function bookIdOf(cover: number): Promise<string> {
	const href = await covers(phone.page).nth(cover).getAttribute('href');
	return href?.split('/').at(-1) ?? '';
}

async function signInAs(staff: Staff): Promise<void> {
	const { page } = tablet;
	await page
		.getByRole('button', { name: /Khóa máy/ })
		.first()
		.click();
	const tile = page.getByRole('button', { name: new RegExp(staff.name) });
	if ((await tile.count()) > 0) return signInByPin(tablet, staff);
	await page.getByRole('button', { name: 'Người khác' }).click();
	return signInOnline(tablet, staff);
}

test('a book of another station is opened in an emergency, the family is told, a colleague reviews it', async () => {
	test.setTimeout(300_000);
	tablet = await openTablet(station.address);
	await signInOnline(tablet, MY);
	const { page } = tablet;
	const own = await bookIdOf(0);

	await test.step('a deep link to a book that is not here says nothing of it, and shows the ways in', async () => {
		await page.goto(`${station.address}/clinic/people/AAAAAAAAAAAAAAAAAAAAAA`);
		await signInByPin(tablet, MY);
		await expect(page.getByRole('heading', { name: NOT_HERE })).toBeVisible();
		const nobody = await page.getByRole('main').innerText();
		await page.goto(`${station.address}/clinic/people/${own}`);
		await signInByPin(tablet, MY);
		await expect(page.getByRole('heading', { name: NOT_HERE })).toBeVisible();
		expect(await page.getByRole('main').innerText()).toBe(nobody);
		await look(page, 'not-here');
		await pictureOnPhone(page, 'not-here');
	});

	await test.step('somebody found at the server is opened with a reason and a sentence', async () => {
		await page.getByRole('button', { name: 'Hỏi máy chủ' }).click();
		const sheet = page.getByRole('dialog');
		await sheet.getByLabel(/Số định danh, số thẻ/).fill(mother.personalNumber);
		await sheet.getByRole('button', { name: 'Hỏi máy chủ' }).click();
		await sheet.getByRole('button', { name: 'Mở khẩn cấp' }).click();
		await sheet.getByRole('button', { name: 'Mở sổ trong 4 giờ' }).click();
		await expect(sheet.getByText('Chọn một lý do')).toBeVisible();
		await look(page, 'emergency-form');
		await sheet.getByRole('radio', { name: 'Không tỉnh, không nói được' }).check();
		await sheet.getByRole('textbox', { name: 'Chuyện gì đang xảy ra' }).fill(NOTE);
		await sheet.getByRole('button', { name: 'Mở sổ trong 4 giờ' }).click();
		await expect(page.getByRole('heading', { name: mother.name, level: 1 })).toBeVisible();
		await expect(page.getByText(/Mở khẩn cấp đến .*, còn (4\sgiờ|3\sgiờ\s59\sphút)/)).toBeVisible();
		await look(page, 'opened');
		await pictureOnPhone(page, 'opened');
	});

	await test.step('nobody reviews what they opened themselves; a colleague does', async () => {
		await page.getByRole('link', { name: 'Hộp việc' }).first().click();
		await page.getByRole('link', { name: 'Mở khẩn cấp của trạm' }).click();
		await expect(page.getByText('Bạn đã mở. Đồng nghiệp khác xem lại.')).toBeVisible();
		await signInAs(GHEN);
		await page.getByRole('link', { name: 'Hộp việc' }).first().click();
		await page.getByRole('link', { name: 'Mở khẩn cấp: 1 lần chờ xem lại' }).click();
		await expect(page.getByText(NOTE)).toBeVisible();
		await look(page, 'review');
		await pictureOnPhone(page, 'review');
		await page.getByRole('button', { name: 'Đúng là khẩn cấp' }).click();
		await expect(page.getByText(`${GHEN.name} đã xem lại`)).toBeVisible();
		await expect(page.getByRole('button', { name: 'Đúng là khẩn cấp' })).toBeHidden();
	});

	await test.step('the family is told, until somebody has read it', async () => {
		const { page: screen } = phone;
		// Asked at most every ten minutes: a new start of the app on a phone that was never told.
		await screen.evaluate(() => indexedDB.deleteDatabase('so-suc-khoe-citizen'));
		await screen.reload();
		const notice = screen.getByText('Sổ của bạn đã được mở khẩn cấp');
		await expect(notice).toBeVisible();
		await expect(screen.getByText('Trạm Y tế Nà Lầu')).toBeVisible();
		await look(screen, 'told');
		await screen.getByRole('link', { name: 'Xem ai đã xem' }).click();
		await expect(screen.getByText('Đã mở khẩn cấp, vì không kịp hỏi').first()).toBeVisible();
		await screen.goto(`${station.address}/citizen`);
		await screen.getByRole('button', { name: 'Đã đọc' }).click();
		await expect(notice).toBeHidden();
	});

	await test.step('without a network the ways in say what they wait for', async () => {
		await station.kill();
		await sendNow(tablet);
		await expect(page.getByText('Máy đang không có mạng')).toBeHidden();
		await page.goto(`${station.address}/clinic/people/AAAAAAAAAAAAAAAAAAAAAA`);
		await signInByPin(tablet, MY);
		await expect(page.getByText('Máy đang không có mạng')).toBeVisible();
		await expect(page.getByRole('button', { name: 'Mở khẩn cấp' })).toBeDisabled();
		await look(page, 'not-here-offline');
	});
	expectNoTroubles(tablet, phone);
});

/** In the open dialog. */
async function openUrgently(page: Page): Promise<void> {
	const dialog = page.getByRole('dialog', { name: 'Mở khẩn cấp' });
	await dialog.getByRole('radio', { name: 'Không tỉnh, không nói được' }).check();
	await dialog.getByRole('textbox', { name: 'Chuyện gì đang xảy ra' }).fill(NOTE);
	await dialog.getByRole('button', { name: 'Mở sổ trong 4 giờ' }).click();
	await expect(page.getByRole('heading', { name: mother.name, level: 1 })).toBeVisible();
}

/** As if the right to every such book ended then. */
async function endAllAt(untilMs: number): Promise<void> {
	const soon = (one: object) => ({ ...one, untilMs });
	await tablet.context.route(/\/api\/books\/(break-glass|ending)$/, async (route) => {
		// The server may be away.
		const response = await route.fetch().catch(() => undefined);
		if (response === undefined) return route.abort('connectionrefused');
		const told = (await response.json()) as { books?: object[] };
		const json = told.books === undefined ? soon(told) : { books: told.books.map(soon) };
		return route.fulfill({ response, json });
	});
}

test('a book whose time is over closes without a network, and opens in an emergency that the family hears of', async () => {
	test.setTimeout(240_000);
	tablet = await openTablet(station.address);
	await signInOnline(tablet, MY);
	const { page } = tablet;

	await test.step('it closes by itself while no server says so', async () => {
		await page.goto(`${station.address}/clinic/people/${await bookIdOf(0)}`);
		await signInByPin(tablet, MY);
		await endAllAt(Date.now() + 30_000);
		await page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
		await openUrgently(page);
		await station.kill();
		await tablet.context.unrouteAll();
		await expect(page.getByRole('heading', { name: 'Trạm không còn được mở sổ này' })).toBeVisible({
			timeout: 60_000
		});
		await expect(page.getByRole('heading', { name: mother.name })).toBeHidden();
		await sendNow(tablet);
		await expect(page.getByText('Máy đang không có mạng')).toBeVisible();
		await expect(page.getByRole('button', { name: 'Hỏi máy chủ' })).toBeDisabled();
		await look(page, 'closed-offline');
		await pictureOnPhone(page, 'closed-offline');
	});

	await test.step('in an emergency it opens there all the same', async () => {
		await page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
		await openUrgently(page);
		await expect(page.getByText(/Mở khẩn cấp đến .*, còn (4\sgiờ|3\sgiờ\s59\sphút)/)).toBeVisible();
	});

	await test.step('back on the network the family sees both openings, and who looked', async () => {
		await station.start();
		await sendNow(tablet);
		const { page: screen } = phone;
		await screen.goto(`${station.address}/citizen/accesses`);
		await covers(screen).first().click();
		const here = screen.getByText('Đã mở khẩn cấp, vì không kịp hỏi').first();
		await expect(here).toBeVisible({ timeout: 60_000 });
		await expect(screen.getByText('Đã mở xem sổ trên máy').first()).toBeVisible();
		await expect(screen.getByText(/2 lần/).first()).toBeVisible();
		await look(screen, 'read-on-tablet');
	});
	expectNoTroubles(tablet, phone);
});

/** Opens the code of a book on the phone; answers what the server gave. */
async function showCode(cover: number) {
	const { page } = phone;
	await covers(page).nth(cover).click();
	const answered = page.waitForResponse((one) => one.url().endsWith(CITIZEN_VISIT_CODE_PATH));
	await page.getByRole('link', { name: 'Cho cơ sở y tế xem sổ' }).click();
	const agrees = page.getByRole('button', { name: 'Con đồng ý' });
	const square = page.getByRole('img', { name: 'Mã để cơ sở y tế đọc' });
	await expect(agrees.or(square)).toBeVisible();
	if (await agrees.isVisible()) await agrees.click();
	const shown = visitCodeSchema.parse(await (await answered).json());
	await expect(square).toBeVisible();
	return { ...shown, drawn: await square.locator('path').getAttribute('d') };
}

function pathOf(text: string): string {
	const { data } = encode(text, { ecc: 'M', border: 2 });
	return data
		.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
		.join('');
}

test('the family shows a code: the camera of another station reads it, or somebody types it', async () => {
	test.setTimeout(240_000);
	const { code, drawn } = await showCode(0);
	expect(drawn).toBe(pathOf(visitQrText(code)));
	await expect(phone.page.getByText(/Còn 1[45] phút/)).toBeVisible();
	await look(phone.page, 'code');

	const folder = await mkdtemp(join(tmpdir(), 'so-suc-khoe-film-'));
	const args = await filmOfCode(visitQrText(code), join(folder, 'code.y4m'));
	tablet = await openTablet(station.address, { args });
	await signInOnline(tablet, MY);
	const { page } = tablet;
	await page.getByRole('button', { name: 'Quét mã' }).click();
	await expect(page.getByRole('heading', { name: mother.name, level: 1 })).toBeVisible();
	await expect(
		page.getByText(/Người dân cho xem đến .*, còn (24\sgiờ|23\sgiờ\s59\sphút)/)
	).toBeVisible();

	await test.step('it opens nothing a second time, and says what to do', async () => {
		await page.getByRole('button', { name: 'Quét mã' }).click();
		await expect(page.getByText('Mã này không mở được sổ')).toBeVisible();
		await page.keyboard.press('Escape');
	});

	await test.step('the code of a child is typed', async () => {
		await phone.page.goto(`${station.address}/citizen`);
		const child = await covers(phone.page).nth(2).locator('b').innerText();
		const { spoken } = await showCode(2);
		await page.getByRole('link', { name: 'Người dân' }).first().click();
		await page.getByRole('button', { name: 'Tìm ở máy chủ' }).click();
		const sheet = page.getByRole('dialog');
		await sheet.getByRole('radio', { name: 'Mã trên điện thoại' }).check();
		await sheet.getByRole('textbox', { name: 'Mã trên điện thoại' }).fill(spoken.toLowerCase());
		await look(page, 'typed-code');
		await sheet.getByRole('button', { name: 'Mở sổ bằng mã' }).click();
		await expect(page.getByRole('heading', { name: child, level: 1 })).toBeVisible();
	});
	expectNoTroubles(tablet, phone);
});
