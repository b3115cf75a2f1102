/**
 * "Đồng ý của tôi": a mother agrees for herself and, with the child's word, for a child, reads what was recorded with
 * the seal of its text, and withdraws as easily. On a phone and on a tablet.
 */
import { expect, test, type Page } from '@playwright/test';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import { consentTextHash } from '#lib/protocol/consent.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import { expectNoTroubles, openStation, openTablet, type Station, type Tablet } from './tablet.ts';

const SIZES = [
	['phone', { width: 390, height: 844 }],
	['tablet', { width: 1280, height: 800 }]
] as const;
const [{ from }] = READ_RECEIPT.versions;
const SEAL = consentTextHash(READ_RECEIPT.id, from, 'vi') ?? '';

let station: Station;
let phone: Tablet;

test.beforeEach(async () => {
	station = await openStation();
});
test.afterEach(async () => {
	await phone.close();
	await station.close();
});

async function signIn(viewport: { width: number; height: number }): Promise<Page> {
	const mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
	phone = await openTablet(station.address, { viewport });
	const { page } = phone;
	await page.goto(station.address);
	await page.getByRole('link', { name: 'Người dân' }).click();
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await page.getByRole('button', { name: mother }).click();
	await expect(page.getByRole('heading', { name: 'Sổ của gia đình', level: 1 })).toBeVisible();
	return page;
}

async function openConsents(page: Page, cover: 'first' | 'last'): Promise<void> {
	await page.getByRole('link', { name: 'Cài đặt' }).click();
	await page.getByRole('link', { name: 'Mở Đồng ý của tôi' }).click();
	const covers = page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link');
	await covers[cover]().click();
	await expect(page.getByRole('heading', { name: 'Các lần đã quyết định' })).toBeVisible();
}

async function look(page: Page, name: string): Promise<void> {
	for (const scheme of SCHEMES) {
		await showIn(page, scheme);
		const path = `test-results/screens/consent/${name}-${scheme}.png`;
		await page.screenshot({ path, fullPage: true });
		expect.soft(await seriousFindings(page), `${name} ${scheme}`).toEqual([]);
	}
	await showIn(page, 'light');
	await expectRoomForAll(page, name);
}

for (const [device, viewport] of SIZES)
	test(`on a ${device}: agreeing, reading what was recorded, withdrawing`, async () => {
		const page = await signIn(viewport);
		await openConsents(page, 'first');
		const history = page.getByRole('list', { name: 'Các lần đã quyết định' });
		const yes = page.getByRole('button', { name: 'Đồng ý', exact: true });

		await test.step('nothing is agreed to beforehand, and the text says what it is about', async () => {
			await expect(page.getByText('Chưa đồng ý')).toBeVisible();
			await expect(page.getByText('dữ liệu cá nhân nhạy cảm')).toBeVisible();
			await expect(page.getByText('việc khám, tiêm và đọc sổ vẫn như cũ')).toBeVisible();
			await expect(page.getByText('Luật đã quy định, không cần hỏi')).toBeVisible();
			await expect(history).toHaveCount(0);
			await look(page, `${device}-1-asked`);
		});

		await test.step('one press agrees, one press withdraws, one agrees again', async () => {
			await yes.click();
			await expect(page.getByText('Đang đồng ý')).toBeVisible();
			await expect(page.getByText('Đã ghi: bạn đồng ý.')).toBeVisible();
			await page.getByRole('button', { name: 'Rút đồng ý' }).click();
			await expect(page.getByText('Đã rút đồng ý')).toBeVisible();
			await expect(page.getByText('có hiệu lực ngay')).toBeVisible();
			await yes.click();
			await expect(page.getByText('Đang đồng ý')).toBeVisible();
		});

		await test.step('all three stand in the history, with the text and its seal', async () => {
			await expect(history.getByRole('listitem')).toHaveCount(3);
			const newest = history.getByRole('listitem').first();
			await newest.getByText('Đọc văn bản và dấu').click();
			await expect(newest.getByText(SEAL)).toBeVisible();
			await expect(newest.getByText('Dấu khớp với văn bản dưới đây.')).toBeVisible();
			await look(page, `${device}-2-history`);
			await page.reload();
			await expect(history.getByRole('listitem')).toHaveCount(3);
		});

		await test.step('it is a line of who opened the book', async () => {
			await page.getByRole('link', { name: 'Ai đã xem' }).click();
			await page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link').first().click();
			await expect(page.getByText('Đã đồng ý hoặc rút đồng ý một việc').first()).toBeVisible();
		});
		expectNoTroubles(phone);
	});

test('without a network nothing is recorded, and the page says so', async () => {
	const page = await signIn(SIZES[0][1]);
	await openConsents(page, 'last');
	await station.kill();
	await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
	const ask = page.getByRole('button', { name: 'Con đồng ý', exact: true });
	if (await ask.isVisible()) await ask.click();
	await expect(page.getByText('Chưa ghi được quyết định')).toBeVisible();
	await page.getByRole('link', { name: 'Quay lại' }).click();
	await page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link').last().click();
	await expect(page.getByText('Cần mạng', { exact: true })).toBeVisible();
	await expect(page.getByText('Đang đồng ý')).toHaveCount(0);
	expect(await seriousFindings(page)).toEqual([]);
	expectNoTroubles(phone);
});
