/** The window of commands (Ctrl K): every screen and act by a few letters, and only what works now. */
import { expect, test, type Locator } from '@playwright/test';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	recordVisit,
	registerPerson,
	searchField,
	signInOnline,
	THAM,
	openTimeline,
	timelineLines,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const SOMEBODY: NewPerson = { name: 'Lò Văn Lệnh', birthDate: '12/08/1982', sex: 'Nam' };
let station: Station;
let tablet: Tablet;

test.beforeAll(async () => {
	station = await openStation();
});
test.beforeEach(async () => {
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
});
test.afterEach(async () => {
	expectNoTroubles(tablet);
	await tablet.close();
});
test.afterAll(async () => {
	await station.close();
});

const windowOf = ({ page }: Tablet): Locator =>
	page.getByRole('dialog', { name: /^(Mở nhanh|Quick open)$/ });

async function command(typed: string): Promise<void> {
	const { page } = tablet;
	await page.keyboard.press('Control+k');
	await expect(windowOf(tablet).getByRole('combobox')).toBeFocused();
	await page.keyboard.type(typed);
	await page.keyboard.press('Enter');
	await expect(windowOf(tablet)).toBeHidden();
}

test('every page, and what its buttons do, is reached by a few letters without accents', async () => {
	const { page } = tablet;
	await command('hop viec');
	await expect(page.getByRole('heading', { name: 'Hộp việc', level: 1 })).toBeVisible();
	await command('qua hen');
	await expect(page.getByRole('tab', { name: 'Quá hẹn' })).toHaveAttribute('aria-selected', 'true');
	await command('lich');
	await expect(page.getByRole('button', { name: 'Xem cả tháng' })).toBeVisible();
	await command('tinh trang');
	await expect(page.getByRole('dialog', { name: 'Lưu và gửi' })).toBeVisible();
	await page.keyboard.press('Escape');
	await command('phim tat');
	await expect(page.getByRole('dialog', { name: 'Các phím tắt' })).toContainText('Ctrl K');
	await page.keyboard.press('Escape');

	await test.step('a name that is no command is looked for among the people', async () => {
		await command('huong');
		await expect(searchField(tablet)).toHaveValue('huong');
		await expect(page.getByRole('list', { name: 'Kết quả tìm' })).toBeVisible();
	});

	await test.step('in a book its sections and forms, in a form its signature', async () => {
		await searchField(tablet).fill('');
		await registerPerson(tablet, SOMEBODY);
		await command('so do');
		await expect(page).toHaveURL(/section=measurements/);
		await command('ghi luot');
		await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill('Ho hai ngày');
		await command('ky');
		await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
		await command('hoan tac');
		await expect(page.getByText('Đã hoàn tác', { exact: true })).toBeVisible();
	});

	await test.step('the language, and the lock', async () => {
		await command('english');
		await command('today');
		await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
		await command('lock');
		await expect(page.getByRole('button', { name: new RegExp(THAM.name) })).toBeVisible();
		await page.keyboard.press('Control+k');
		await expect(windowOf(tablet)).toBeHidden();
	});
});

test('over an open entry only its own acts are offered, and over a question none', async () => {
	const { page } = tablet;
	await registerPerson(tablet, { ...SOMEBODY, name: 'Hà Thị Mục' });
	await recordVisit(tablet, 'Ho hai ngày');
	await openTimeline(tablet);
	await timelineLines(tablet, 'Ho hai ngày').click();
	await page.keyboard.press('Control+k');
	const options = windowOf(tablet).getByRole('option');
	await expect(options).toHaveText([
		/Sửa/,
		/Ghi nhầm/,
		/Ghi nhầm sổ|Nhầm/,
		/In lượt khám/,
		/Viết giấy chuyển/
	]);
	await page.keyboard.type('ghi nham');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('dialog', { name: 'Bỏ mục ghi nhầm' })).toBeVisible();
	await page.keyboard.press('Control+k');
	await expect(windowOf(tablet)).toBeHidden();
});

for (const { size, viewport } of [
	{ size: 'tablet', viewport: { width: 1280, height: 800 } },
	{ size: 'phone', viewport: { width: 390, height: 844 } }
])
	test(`on a ${size} it opens from the menu, by touch alone, in both languages and themes`, async () => {
		const { page } = tablet;
		await page.setViewportSize(viewport);
		for (const language of ['Tiếng Việt', 'English']) {
			const menu = page.getByRole('button', { name: /Ngôn ngữ|Language/ });
			await menu.click();
			await page.getByRole('radio', { name: language }).check();
			await page.getByRole('button', { name: /Mở nhanh|Quick open/ }).click();
			await expect(windowOf(tablet).getByRole('option').first()).toBeVisible();
			for (const scheme of SCHEMES) {
				await showIn(page, scheme);
				await page.screenshot({
					path: `test-results/screens/${size}/31-commands-${language}-${scheme}.png`
				});
				expect.soft(await seriousFindings(page)).toEqual([]);
			}
			await expectRoomForAll(page, `commands in ${language}`);
			await page.keyboard.press('Escape');
			await expect(menu).toBeFocused();
		}
		await page.getByRole('button', { name: /Language/ }).click();
		await page.getByRole('button', { name: /Quick open/ }).click();
		await windowOf(tablet).getByRole('option', { name: 'Inbox' }).click();
		await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
	});
