/** Two who share a tablet: each sees what the other wrote since they last had the book open. */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	findPerson,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	seeToday,
	signInByPin,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const PERSON = { name: 'Lò Thị Mới Xem', birthDate: '12/08/1982', sex: 'Nữ' } as const;
/** Longer than what counts as passing by. */
const LOOK_MS = 1_500;
const REASON = 'Đau đầu từ hôm qua';

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

async function lookAgain(): Promise<void> {
	await findPerson(tablet, PERSON.name, PERSON.name);
	await openTimeline(tablet);
}

test('what somebody else wrote is marked as new until it was looked at', async () => {
	const { page } = tablet;
	const lock = page.getByRole('button', { name: 'Khóa máy' }).first();
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, PERSON);
	await page.waitForTimeout(LOOK_MS);
	await lock.click();
	await page.getByRole('button', { name: 'Người khác' }).click();
	await signInOnline(tablet, VAN);
	await lookAgain();
	await expect(page.getByText('từ lần xem trước')).toBeHidden();
	await recordVisit(tablet, REASON);
	await expect(timelineLines(tablet, REASON)).not.toContainText('Mới');
	await lock.click();

	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	await lookAgain();
	await expect(page.getByText('1 mục mới từ lần xem trước')).toBeVisible();
	await expect(timelineLines(tablet, REASON)).toContainText('Mới');
	await page.waitForTimeout(LOOK_MS);
	await page.screenshot({ path: 'test-results/screens/new-since.png' });
	await page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await seeToday(tablet);
	await lookAgain();
	await expect(timelineLines(tablet, REASON)).toHaveCount(1);
	await expect(page.getByText('từ lần xem trước')).toBeHidden();
	expectNoTroubles(tablet);
});
