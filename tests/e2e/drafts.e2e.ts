/** Visits left open on a tablet: kept through everything, shown to their author only. */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	findPerson,
	openStation,
	openTablet,
	openTimeline,
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

const PERSON = { name: 'Lò Văn Khám Dở', birthDate: '12/08/1982', sex: 'Nam' } as const;
const WORDS = 'Đau bụng âm ỉ từ hôm qua, chưa sốt';

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

const reasonOf = ({ page }: Tablet) => page.getByRole('textbox', { name: 'Lý do đến khám' });
const openVisits = ({ page }: Tablet) => page.getByRole('region', { name: 'Lượt khám để dở' });

/** Rows as they stand on the disk: however slow this machine is, what is there must be there after a kill. */
async function draftsOnDisk({ page }: Tablet): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opening = indexedDB.open('so-suc-khoe');
				opening.onerror = () => reject(new Error('not opened'));
				opening.onsuccess = () => {
					const database = opening.result;
					const counting = database.transaction('drafts').objectStore('drafts').count();
					counting.onerror = () => reject(new Error('not counted'));
					counting.onsuccess = () => {
						database.close();
						resolve(counting.result);
					};
				};
			})
	);
}

async function beginVisit(words: string): Promise<void> {
	await registerPerson(tablet, PERSON);
	await tablet.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await reasonOf(tablet).fill(words);
}

test('what was typed just before the browser was killed is there again, until it is signed', async () => {
	await beginVisit(WORDS);
	await station.kill();
	await expect.poll(() => draftsOnDisk(tablet)).toBe(1);
	await tablet.crash('/clinic');
	await expect(tablet.page.getByText('Có 1 bản ghi dở')).toBeVisible();
	await signInByPin(tablet, THAM);

	const line = openVisits(tablet).getByRole('link', { name: new RegExp(PERSON.name) });
	await expect(openVisits(tablet)).toContainText('Gõ lần cuối');
	await line.click();
	await expect(reasonOf(tablet)).toHaveValue(WORDS);
	await expect(tablet.page.getByText('đây là bản ghi dở của bạn')).toBeVisible();
	await tablet.page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(tablet.page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();

	await tablet.restart();
	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	await findPerson(tablet, PERSON.name, PERSON.name);
	await openTimeline(tablet);
	await expect(timelineLines(tablet, WORDS)).toHaveCount(1);
	await tablet.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await expect(reasonOf(tablet)).toHaveValue('');
	expectNoTroubles(tablet);
});

test('a visit left open is its author’s alone, survives a lock, and is thrown away only after a question', async () => {
	await beginVisit(WORDS);
	const { page } = tablet;
	await page.getByRole('button', { name: 'Khóa máy' }).first().click();
	await page.getByRole('button', { name: 'Người khác của trạm' }).click();
	await signInOnline(tablet, VAN);
	await expect(openVisits(tablet)).toBeHidden();
	await findPerson(tablet, PERSON.name, PERSON.name);
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await expect(reasonOf(tablet)).toHaveValue('');
	await page.getByRole('button', { name: 'Khóa máy' }).first().click();

	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	const discard = page.getByRole('button', { name: `Bỏ lượt khám để dở của ${PERSON.name}` });
	await discard.click();
	await page.getByRole('button', { name: 'Giữ lại' }).click();
	await expect(openVisits(tablet)).toContainText(PERSON.name);
	await discard.click();
	await page.getByRole('button', { name: 'Bỏ lượt khám này' }).click();
	await expect(openVisits(tablet)).toBeHidden();
	await findPerson(tablet, PERSON.name, PERSON.name);
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await expect(reasonOf(tablet)).toHaveValue('');
	expectNoTroubles(tablet);
});
