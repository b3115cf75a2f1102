/**
 * The states of a screen that no ordinary day shows (design, 3.4): slow, unreadable, nearly full. The other
 * ones stand in the tests of what they belong to.
 */
import { expect, test, type Page } from '@playwright/test';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	recordVisit,
	registerPerson,
	searchField,
	sendNow,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

const SIZES = [
	{ size: 'tablet', viewport: { width: 1280, height: 800 } },
	{ size: 'phone', viewport: { width: 390, height: 844 } }
];
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

/** In every size and theme: nothing outside, nothing serious, and a picture. */
async function look(page: Page, state: string): Promise<void> {
	for (const { size, viewport } of SIZES) {
		await page.setViewportSize(viewport);
		for (const scheme of SCHEMES) {
			await showIn(page, scheme);
			await page.screenshot({ path: `test-results/screens/${size}/${state}-${scheme}.png` });
			expect.soft(await seriousFindings(page), `${state} ${size} ${scheme}`).toEqual([]);
		}
		await expectRoomForAll(page, state);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

function workerOf(page: Page) {
	const [worker] = page.workers();
	if (worker === undefined) throw new Error('no worker');
	return worker;
}

/** The disk answers nothing until it is mended. */
async function breakDisk(page: Page): Promise<() => Promise<void>> {
	await workerOf(page).evaluate(() => {
		const { prototype } = IDBTransaction;
		const objectStore: unknown = Reflect.get(prototype, 'objectStore');
		Object.assign(globalThis, { mend: () => Reflect.set(prototype, 'objectStore', objectStore) });
		Reflect.set(prototype, 'objectStore', () => {
			throw new DOMException('broken for a test', 'UnknownError');
		});
	});
	return () =>
		workerOf(page).evaluate(() => (globalThis as unknown as { mend: () => void }).mend());
}

async function go(page: Page, name: string): Promise<void> {
	await page.getByRole('navigation', { name: 'Chính' }).getByRole('link', { name }).click();
}

test('what takes its time shows grey lines in its place, and nothing is said to be empty', async () => {
	const { page } = tablet;
	for (const name of ['Hộp việc', 'Người dân']) {
		await page.waitForLoadState('networkidle');
		// Not awaited: the worker is busy while the page is looked at.
		const busy = workerOf(page).evaluate(() => {
			const until = Date.now() + 3_000;
			while (Date.now() < until);
		});
		await go(page, name);
		await expect(page.getByText('Đang đọc trên máy')).toBeAttached();
		await expect(page.getByText(/Không có gì chờ bạn|Gõ tên/)).toBeHidden();
		await page.screenshot({ path: `test-results/screens/tablet/40-slow-${name}.png` });
		await busy;
		await expect(page.getByText('Đang đọc trên máy')).toBeHidden();
	}
});

test('what cannot be read says so in its place, and one press reads it when it can be', async () => {
	const { page } = tablet;
	const failure = page.getByRole('alert').filter({ hasText: 'Chưa đọc được phần này' });
	const again = page.getByRole('button', { name: 'Thử lại' });

	const mend = await breakDisk(page);
	await go(page, 'Hộp việc');
	await expect(failure).toBeVisible();
	await expect(page.getByText('Không có gì chờ bạn')).toBeHidden();
	await look(page, '41-unreadable-inbox');
	await mend();
	await again.click();
	await expect(failure).toHaveCount(0);
	await expect(page.getByRole('main')).toContainText(/Cần bạn quyết|Không có gì chờ bạn/);

	const mendAgain = await breakDisk(page);
	await go(page, 'Hôm nay');
	await expect(failure.first()).toBeVisible();
	await look(page, '42-unreadable-today');
	await page.getByRole('button', { name: 'Tình trạng lưu và gửi' }).click();
	await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Chưa đọc được');
	await page.keyboard.press('Escape');
	await mendAgain();
	await again.first().click();
	await expect(failure).toHaveCount(0);

	const mendBook = await breakDisk(page);
	await page.getByRole('list', { name: 'Mới đến khám, tiêm' }).getByRole('link').first().click();
	await expect(failure).toBeVisible();
	await expect(page.getByText('Máy này không mở được sổ')).toBeHidden();
	await look(page, '45-unreadable-book');
	await mendBook();
	await again.click();
	await expect(page.getByRole('navigation', { name: 'Phần của sổ' })).toBeVisible();
});

test('what needs a network says so before anything is filled in, with the way round', async () => {
	const { page, context } = tablet;
	await context.route('**/api/**', (route) => route.abort());
	await sendNow(tablet);
	await searchField(tablet).fill('Vì Văn Không');
	await expect(page.getByText('Tìm ở máy chủ cần mạng, lúc này mất mạng.')).toBeVisible();
	await look(page, '46-offline-nobody');
	await page.getByRole('button', { name: 'Tìm ở máy chủ' }).click();
	const sheet = page.getByRole('dialog', { name: 'Tìm ở máy chủ' });
	await expect(sheet.getByText('Máy chưa liên lạc được với máy chủ.')).toBeVisible();
	await look(page, '47-offline-server-search');
	await sheet.getByRole('button', { name: 'Người mới' }).click();
	await expect(page.getByLabel('Họ và tên')).toHaveValue('Vì Văn Không');
});

test('a page for paper is shown whole on a narrow screen, moved sideways in its frame', async () => {
	const { page } = tablet;
	await registerPerson(tablet, { name: 'Lò Thị Giấy', birthDate: '12/08/2023', sex: 'Nữ' });
	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await page.getByRole('link', { name: 'In sổ tiêm chủng' }).click();
	await look(page, '48-paper');
	await page.setViewportSize({ width: 390, height: 844 });
	const frame = page.getByRole('region', { name: 'In sổ tiêm chủng' });
	const { shown, whole } = await frame.evaluate(({ clientWidth, scrollWidth }) => ({
		shown: clientWidth,
		whole: scrollWidth
	}));
	expect(whole).toBeGreaterThan(shown);
	const name = frame.getByText('Lò Thị Giấy', { exact: true });
	expect((await name.boundingBox())?.height).toBeLessThan(30);
});

test('a tablet that is nearly full says so where work begins, and text is still saved', async () => {
	const { page } = tablet;
	await workerOf(page).evaluate(() => {
		StorageManager.prototype.estimate = async () => ({ usage: 96_000_000, quota: 100_000_000 });
	});
	await sendNow(tablet);
	await expect(page.getByText('Máy đã đầy 96 %')).toBeVisible();
	await look(page, '43-nearly-full-today');
	await go(page, 'Người dân');
	await expect(page.getByText('Máy đã đầy 96 %')).toBeVisible();
	await look(page, '44-nearly-full-people');
	await registerPerson(tablet, { name: 'Lò Văn Đầy', birthDate: '12/08/1982', sex: 'Nam' });
	await recordVisit(tablet, 'Ho hai ngày');
});
