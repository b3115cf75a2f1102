/** Where an entry is: the nurse opens it and reads how far it came, also when the network is gone again. */
import { expect, test, type Page } from '@playwright/test';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { expectRoomForAll, seriousFindings } from './screen-checks.ts';
import {
	expectNoTroubles,
	findPerson,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	seeEverythingSent,
	signInOnline,
	THAM,
	timelineLines,
	type Station,
	type Tablet
} from './tablet.ts';

const VISIT_REASON = 'Đau đầu hai ngày';
const HOSPITAL = 'Bệnh viện khu vực Mường Vạt';

let station: Station;
let tablet: Tablet;
let phone: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	phone = await openTablet(station.address, { viewport: { width: 390, height: 844 } });
});
test.afterEach(async () => {
	await tablet.close();
	await phone.close();
	await station.close();
});

async function openEntry(of: Tablet): Promise<void> {
	const { page } = of;
	if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
	await timelineLines(of, VISIT_REASON).click();
	await expect(page.getByRole('heading', { name: 'Đường đi của mục này' })).toBeVisible();
}

/** Facilities are told of the family's phones only where the family agrees. */
async function agree(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Cài đặt' }).click();
	await page.getByRole('link', { name: 'Mở Đồng ý của tôi' }).click();
	await page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link').first().click();
	await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
	await expect(page.getByText('Đang đồng ý')).toBeVisible();
}

test('an entry says how far it has come, and nothing that nobody knows', async () => {
	const mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await findPerson(tablet, mother, mother);
	await recordVisit(tablet, VISIT_REASON);
	await seeEverythingSent(tablet);
	await openTimeline(tablet);
	await openEntry(tablet);
	await expect(page.getByText('Máy chủ khu vực: đã nhận')).toBeVisible();
	await expect(page.getByText(`${HOSPITAL}: chưa có tin đã nhận`)).toBeVisible();
	await expect(page.getByText('Người dân: chưa có tin đã thấy')).toBeVisible();
	await page.keyboard.press('Escape');

	await phone.page.goto(`${station.address}/citizen`);
	await phone.page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await phone.page.getByRole('button', { name: mother }).click();
	await expect(phone.page.getByText(VISIT_REASON)).toBeVisible();

	await agree(phone.page);
	await phone.page.getByRole('link', { name: 'Sổ', exact: true }).click();
	await phone.page.reload();

	await expect(async () => {
		await openEntry(tablet);
		await expect(page.getByText('Người dân: đã thấy, muộn nhất')).toBeVisible({ timeout: 1_000 });
	}).toPass({ intervals: [2_000] });
	await expectRoomForAll(page, 'the journey of an entry');
	expect(await seriousFindings(page)).toEqual([]);
	await page.screenshot({ path: test.info().outputPath('journey.png') });
	await page.keyboard.press('Escape');

	await station.kill();
	await openEntry(tablet);
	await expect(page.getByText('Người dân: đã thấy, muộn nhất')).toBeVisible();
	await expect(page.getByText(/Biết lúc \d\d:\d\d/)).toBeVisible();
	expectNoTroubles(tablet);
});
