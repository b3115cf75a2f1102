/**
 * "Có chỗ sai?": a mother says on her phone what is wrong in a visit, the nurse who wrote it sees it in the inbox with
 * its day, corrects the entry in the usual form, and the phone shows the correction. Another is left as it is, and why.
 */
import { expect, test, type Page } from '@playwright/test';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	findPerson,
	openStation,
	openTablet,
	recordVisit,
	seeEverythingSent,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

const REASON = 'Đau đầu hai ngày';
const REASON_NOW = 'Đau đầu ba ngày';
const OTHER = 'Ho khan về đêm';
const WRONG = 'Tôi đau đầu ba ngày, sổ ghi hai ngày.';
const WHY = 'Hôm đó khám vì ho, đúng như sổ giấy.';

let station: Station;
let phone: Tablet;
let tablet: Tablet;

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

async function look(page: Page, name: string): Promise<void> {
	for (const scheme of SCHEMES) {
		await showIn(page, scheme);
		await page.screenshot({
			path: `test-results/screens/wrong/${name}-${scheme}.png`,
			fullPage: true
		});
		expect.soft(await seriousFindings(page), `${name} ${scheme}`).toEqual([]);
	}
	await showIn(page, 'light');
	await expectRoomForAll(page, name);
}

async function signInMother(mother: string): Promise<void> {
	const { page } = phone;
	await page.goto(`${station.address}/citizen`);
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await page.getByRole('button', { name: mother }).click();
	await expect(page.getByRole('heading', { name: 'Sổ của gia đình', level: 1 })).toBeVisible();
}

async function openRequests(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Sổ', exact: true }).click();
	await page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link').first().click();
	await page.getByRole('link', { name: 'Có chỗ sai?' }).click();
	await expect(page.getByRole('heading', { name: 'Yêu cầu sửa đã gửi' })).toBeVisible();
}

async function askAbout(page: Page, reason: string, words: string): Promise<void> {
	const entries = page.getByRole('list', { name: 'Mục nào?' });
	await entries.getByRole('link').filter({ hasText: reason }).click();
	await page.getByRole('textbox', { name: 'Sai ở chỗ nào' }).fill(words);
	await page.getByRole('button', { name: 'Gửi yêu cầu sửa' }).click();
	await expect(page.getByRole('heading', { name: 'Yêu cầu sửa đã gửi' })).toBeVisible();
}

test('what is wrong is said on the phone, corrected at the station, and seen on the phone', async () => {
	const mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await findPerson(tablet, mother, mother);
	await recordVisit(tablet, REASON);
	await recordVisit(tablet, OTHER);
	await seeEverythingSent(tablet);
	await signInMother(mother);
	const sent = phone.page.getByRole('list', { name: 'Yêu cầu sửa đã gửi' }).getByRole('listitem');

	await test.step('the mother says what is wrong, and reads by when it is answered', async () => {
		await openRequests(phone.page);
		await look(phone.page, 'phone-1-choose');
		const entries = phone.page.getByRole('list', { name: 'Mục nào?' });
		await entries.getByRole('link').filter({ hasText: REASON }).click();
		await phone.page.getByRole('button', { name: 'Gửi yêu cầu sửa' }).click();
		await expect(phone.page.getByText('Viết rõ chỗ sai, từ 5 đến 500 ký tự.')).toBeVisible();
		await look(phone.page, 'phone-2-form');
		await phone.page.goBack();
		await askAbout(phone.page, REASON, WRONG);
		await askAbout(phone.page, OTHER, 'Tôi không đi khám vì ho.');
		await expect(sent).toHaveCount(2);
		await expect(sent.first()).toContainText('Đang chờ trả lời');
		await expect(sent.first()).toContainText('Trả lời chậm nhất hết ngày');
		await look(phone.page, 'phone-3-sent');
	});

	const cards = page.getByRole('list', { name: 'Yêu cầu sửa của người dân' }).getByRole('listitem');
	await test.step('the nurse who wrote it finds both in the inbox, with their day', async () => {
		await page
			.getByRole('link', { name: /^Hộp việc|^Việc cần/ })
			.first()
			.click();
		await page.getByRole('link', { name: /^Yêu cầu sửa của người dân/ }).click();
		await expect(cards).toHaveCount(2);
		await expect(cards.first()).toContainText('Hạn: hết ngày');
		await expect(cards.first()).toContainText('Mục do bạn ghi: bạn trả lời');
		await expect(cards.first()).toContainText(mother);
		await look(page, 'tablet-1-inbox');
	});

	await test.step('one is left as it is, with the reason', async () => {
		const card = cards.filter({ hasText: 'không đi khám vì ho' });
		await card.getByRole('button', { name: 'Giữ nguyên, nói vì sao' }).click();
		await card.getByRole('textbox', { name: 'Vì sao giữ nguyên?' }).fill(WHY);
		await look(page, 'tablet-2-declining');
		await card.getByRole('button', { name: 'Gửi trả lời' }).click();
		await expect(cards.filter({ hasText: 'Đã trả lời: giữ nguyên' })).toHaveCount(1);
	});

	await test.step('the other is corrected in the usual form', async () => {
		await cards.filter({ hasText: WRONG }).getByRole('link', { name: 'Sửa mục này' }).click();
		await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill(REASON_NOW);
		await page.getByRole('button', { name: 'Gõ nhầm số' }).click();
		await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
		await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
		await seeEverythingSent(tablet);
	});

	await test.step('the phone shows the correction, and why the other stays', async () => {
		await phone.page.reload();
		await openRequests(phone.page);
		const corrected = sent.filter({ hasText: WRONG });
		await expect(corrected).toContainText('Đã sửa trong sổ');
		await expect(corrected).toContainText(REASON_NOW);
		await expect(corrected).toContainText(THAM.name);
		const declined = sent.filter({ hasText: WHY });
		await expect(declined).toContainText('Không sửa');
		await look(phone.page, 'phone-4-answered');
	});
	expectNoTroubles(phone, tablet);
});
