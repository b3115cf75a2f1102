/** A mother looks at who opened her child's book: with a network, without one, and after somebody tampered with the log. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test, type Page } from '@playwright/test';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { storeFileIn } from '../../sync-server/storage/sqlite/files.ts';
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

const PHONE = { viewport: { width: 390, height: 844 } };

let station: Station;
let phone: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	const mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
	phone = await openTablet(station.address, PHONE);
	const { page } = phone;
	await page.goto(station.address);
	await page.getByRole('link', { name: 'Người dân' }).click();
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await page.getByRole('button', { name: mother }).click();
	await expect(page.getByRole('heading', { name: 'Sổ của gia đình', level: 1 })).toBeVisible();
	// It fetches the whole app first.
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
		timeout: 60_000
	});
});
test.afterEach(async () => {
	await phone.close();
	await station.close();
});

/** The child's list, opened anew. */
async function lookAgain(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Ai đã xem' }).click();
	await page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link').last().click();
	await expect(page.getByRole('heading', { name: 'Ai đã xem sổ', level: 1 })).toBeVisible();
}

async function speak(page: Page, language: 'vi' | 'en'): Promise<void> {
	await page.evaluate((chosen) => localStorage.setItem('so-suc-khoe.language', chosen), language);
	await page.reload();
	const title = language === 'vi' ? 'Ai đã xem sổ' : 'Who opened the book';
	await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
	await expect(page.locator('section').first()).toBeVisible();
}

const HOLDS = 'không dòng nào bị sửa hay bỏ';

test('a mother sees who opened her child’s book, also offline, and her phone notices what was changed', async () => {
	const { page } = phone;
	const covers = page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link');
	const child = await covers.last().locator('b').innerText();

	await test.step('a nurse’s tablet receives the book and writes in it', async () => {
		const nurse = await openTablet(station.address);
		await signInOnline(nurse, THAM);
		await findPerson(nurse, child, child);
		await recordVisit(nurse, 'Bé ho ba ngày nay');
		await seeEverythingSent(nurse);
		expectNoTroubles(nurse);
		await nurse.close();
	});

	await test.step('the list says so, in plain words', async () => {
		await lookAgain(page);
		await expect(page.getByText('Từ hôm nay điện thoại này giữ dấu của nhật ký')).toBeVisible();
		const place = page.locator('section').filter({ hasText: 'Trạm Y tế' }).first();
		await expect(place).toContainText('Đã nhận sổ này lên máy');
		await expect(place).toContainText('Đã ghi vào sổ');
		await expect(page.getByRole('heading', { name: 'Xem khi mất mạng' })).toBeVisible();
		await page.getByText(/^Từng dòng/).click();
		await expect(
			page.getByRole('listitem').filter({ hasText: 'Đã nhận sổ' }).first()
		).toBeVisible();
	});

	await test.step('it is usable in both languages, every scheme, large text', async () => {
		for (const language of ['en', 'vi'] as const) {
			await speak(page, language);
			for (const scheme of SCHEMES) {
				await showIn(page, scheme);
				const path = `test-results/screens/citizen/12-accesses-${language}-${scheme}.png`;
				await page.screenshot({ path, fullPage: true });
				expect.soft(await seriousFindings(page), `${language} ${scheme}`).toEqual([]);
			}
			await expectRoomForAll(page, `who looked in ${language}`);
		}
	});

	await test.step('the next time it is compared', async () => {
		await lookAgain(page);
		await expect(page.getByText(HOLDS)).toBeVisible();
	});

	await station.kill();
	await test.step('without the server the last list is there, and says that it is', async () => {
		await page.reload();
		await expect(page.getByText('Đây là danh sách lần trước')).toBeVisible();
		await expect(page.getByText('Đã nhận sổ này lên máy').first()).toBeVisible();
	});

	tamper(`UPDATE audit SET at_ms = at_ms - 1 WHERE action = 'deliver' AND detail LIKE 'feed%'`);
	await station.start();
	await test.step('a log that was changed does not hold, and the phone says so', async () => {
		await page.getByRole('button', { name: 'Hỏi lại' }).click();
		const alert = page.getByRole('alert');
		await expect(alert).toContainText('Danh sách này không khớp với lần trước');
		await expect(alert).toContainText('Có dòng không đúng chỗ của nó trong nhật ký');
		expect(await seriousFindings(page)).toEqual([]);
		const path = 'test-results/screens/citizen/12-accesses-broken.png';
		await page.screenshot({ path, fullPage: true });
	});
	expectNoTroubles(phone);
});

function tamper(sql: string): void {
	const database = new DatabaseSync(storeFileIn(station.dataDir));
	database.exec(sql);
	database.close();
}
