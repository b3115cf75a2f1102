/** Two books of one child: compared, joined, read as one, and parted with nothing lost. No server. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectRoomForAll, seriousFindings } from './screen-checks.ts';
import {
	expectNoTroubles,
	findPerson,
	giveVaccine,
	openNewPerson,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	seeEverythingSent,
	signInOnline,
	THAM,
	timelineLines,
	withdrawDifferent,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const FIRST: NewPerson = { name: 'Quàng Thị Ngọc Gộp', birthDate: '11/09/2024', sex: 'Nữ' };
const SECOND: NewPerson = { name: 'Quàng Ngọc Thị Gộp', birthDate: '11/09/2024', sex: 'Nữ' };
const VACCINE = 'Hexaxim';
const SUBSTANCE = 'Penicillin';
const COUGH = 'Ho, chảy mũi hai ngày';

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

/** The second book of the child: whoever registers it says that the first is somebody else's. */
async function registerAgain(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await openNewPerson(tablet, 'Không Có Ai');
	await page.getByLabel('Họ và tên').fill(SECOND.name);
	await page.getByLabel('Ngày sinh').fill(SECOND.birthDate);
	await page.getByRole('radio', { name: SECOND.sex, exact: true }).check();
	await page.getByRole('button', { name: 'Hai người khác nhau' }).click();
	await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
	await expect(page.getByRole('heading', { name: SECOND.name, level: 1 })).toBeVisible();
}

async function recordAllergy({ page }: Tablet): Promise<void> {
	await page.getByRole('link', { name: 'Ghi dị ứng' }).click();
	await page.getByLabel('Dị ứng với').fill(SUBSTANCE);
	await page.getByRole('radio', { name: 'Thuốc' }).check();
	await page.getByRole('radio', { name: 'Nặng' }).check();
	await page.getByRole('button', { name: 'Ghi dị ứng' }).click();
	await expect(page.getByText('Đã lưu dị ứng')).toBeVisible();
}

async function choose(page: Page, language: 'Tiếng Việt' | 'English'): Promise<void> {
	await page.getByRole('button', { name: /Ngôn ngữ|Language/ }).click();
	await page.getByRole('radio', { name: language }).check();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('radio', { name: language })).toBeHidden();
}

async function look(page: Page, screen: string): Promise<void> {
	await choose(page, 'English');
	await page.screenshot({ path: `test-results/screens/${screen}-en-tablet.png`, fullPage: true });
	await expectRoomForAll(page, `${screen} in English`);
	await choose(page, 'Tiếng Việt');
	for (const [size, viewport] of [
		['tablet', { width: 1280, height: 800 }],
		['phone', { width: 390, height: 844 }]
	] as const) {
		await page.setViewportSize(viewport);
		await page.screenshot({
			path: `test-results/screens/${screen}-vi-${size}.png`,
			fullPage: true
		});
		expect.soft(await seriousFindings(page), screen).toEqual([]);
		await expectRoomForAll(page, screen);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
}

/** Said on the page that compares, seen in both books, and taken back at once. */
async function sayDifferent(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await page.getByRole('link', { name: 'So hai sổ' }).click();
	await page.getByRole('button', { name: 'Hai người khác nhau' }).click();
	await expect(page.getByText('Đã ghi: hai người khác nhau, đã lưu trên máy')).toBeVisible();
	await expect(page.getByText('Có thể trùng')).toBeHidden();
	await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
	await expect(page.getByText('Có thể trùng')).toBeVisible();
}

async function joinThem(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await findPerson(tablet, SECOND.name, SECOND.name);
	await withdrawDifferent(tablet);
	await sayDifferent(tablet);
	await look(page, 'join-may-be');
	await page.getByRole('link', { name: 'So hai sổ' }).click();
	const points = page.getByRole('table');
	await expect(points.getByRole('row')).toHaveCount(7);
	for (const text of [FIRST.name, SECOND.name, 'Gần giống', 'Giống'])
		await expect(points).toContainText(text);
	await page.getByRole('button', { name: 'Là một người: gộp' }).click();
	await expect(page.getByLabel('Vì sao là một người', { exact: true })).toHaveAttribute(
		'aria-invalid',
		'true'
	);
	await page.getByRole('button', { name: 'Gia đình xác nhận' }).click();
	await look(page, 'join-compare');
	await page.getByRole('button', { name: 'Là một người: gộp' }).click();
	await expect(page.getByText('Đã gộp hai sổ, đã lưu trên máy')).toBeVisible();
}

/** The one of both (for a tablet, for a phone) that is shown. */
function allergyBar(page: Page, words: string): Locator {
	return page.getByText(`Dị ứng: ${words}`).filter({ visible: true });
}

async function seeAsOne(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await expect(allergyBar(page, `${SUBSTANCE}, từ sổ kia`)).toBeVisible();
	await expect(page.getByText('Người này có hai sổ đã gộp')).toBeVisible();
	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await expect(page.getByRole('table')).toContainText('Từ sổ kia');
	await look(page, 'join-card');
	await openTimeline(tablet);
	await expect(timelineLines(tablet, VACCINE)).toContainText('Từ sổ kia');
	await expect(timelineLines(tablet, COUGH)).not.toContainText('Từ sổ kia');
	await look(page, 'join-timeline');
	await timelineLines(tablet, VACCINE).click();
	const details = page.getByRole('dialog');
	await expect(details.getByRole('button', { name: 'Ghi nhầm', exact: true })).toHaveCount(0);
	await expect(details.getByRole('link', { name: 'Mở sổ kia' })).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('link', { name: 'Ghi mũi tiêm' }).click();
	await expect(allergyBar(page, `${SUBSTANCE}, từ sổ kia`)).toBeVisible();
	await page.goBack();
}

async function partThem(tablet: Tablet): Promise<void> {
	const { page } = tablet;
	await page.getByRole('button', { name: 'Tách sổ' }).click();
	const dialog = page.getByRole('dialog', { name: 'Tách hai sổ' });
	await dialog.getByRole('button', { name: 'Gộp nhầm' }).click();
	await page.screenshot({ path: 'test-results/screens/join-part-vi-tablet.png' });
	await dialog.getByRole('button', { name: 'Tách sổ' }).click();
	await expect(page.getByText('Đã tách hai sổ, đã lưu trên máy')).toBeVisible();
}

test('an allergy in one book of a child is seen in the other, until they are parted again', async () => {
	test.setTimeout(240_000);
	tablet = await openTablet(station.address);
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, FIRST);
	await giveVaccine(tablet, VACCINE, 'LOT-MOT');
	await recordAllergy(tablet);
	await registerAgain(tablet);
	await recordVisit(tablet, COUGH);
	await seeEverythingSent(tablet);
	await station.kill();

	await test.step('they are compared and joined', async () => {
		await joinThem(tablet);
	});
	await test.step('the one shows what stands in the other', async () => {
		await seeAsOne(tablet);
	});
	await test.step('the other book keeps its own name, and shows the visit of this one', async () => {
		await page.getByRole('link', { name: 'Mở sổ kia' }).click();
		await expect(page.getByRole('heading', { name: FIRST.name, level: 1 })).toBeVisible();
		await openTimeline(tablet);
		await expect(timelineLines(tablet, COUGH)).toContainText('Từ sổ kia');
		await findPerson(tablet, SECOND.name, SECOND.name);
		await openTimeline(tablet);
	});
	await test.step('parted, each has what was recorded in it', async () => {
		await partThem(tablet);
		await expect(page.getByText(SUBSTANCE)).toHaveCount(0);
		await openTimeline(tablet);
		await expect(timelineLines(tablet, COUGH)).toHaveCount(1);
		await expect(timelineLines(tablet, VACCINE)).toHaveCount(0);
		await findPerson(tablet, FIRST.name, FIRST.name);
		await expect(allergyBar(page, SUBSTANCE)).toBeVisible();
		await openTimeline(tablet);
		await expect(timelineLines(tablet, VACCINE)).toHaveCount(1);
		await expect(timelineLines(tablet, COUGH)).toHaveCount(0);
	});
	await test.step('the server takes all of it', async () => {
		await station.start();
		await seeEverythingSent(tablet);
	});
	expectNoTroubles(tablet);
});
