/** Two of one station write one visit on two tablets. */
import { expect, test } from '@playwright/test';
import { openCutLine, type CutLine } from './cut-line.ts';
import {
	expectNoTroubles,
	findPerson,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	openTimeline,
	registerPerson,
	seeEverythingSent,
	seeToday,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const PERSON = { name: 'Quàng Văn Ghi Chung', birthDate: '03/04/1971', sex: 'Nam' } as const;
/** Longer than a stock client waits before it looks again. */
const APART_MS = 15_000;

let station: Station;
let line: CutLine;
let one: Tablet;
let two: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	line = await openCutLine(station.address);
	one = await openTablet(station.address);
	two = await openTablet(line.address);
	await signInOnline(one, THAM);
	await signInOnline(two, VAN);
	await registerPerson(one, PERSON);
	await seeEverythingSent(one);
	await findPerson(two, PERSON.name, PERSON.name);
});
test.afterEach(async () => {
	await one.close();
	await two.close();
	line.close();
	await station.close();
});

const field = ({ page }: Tablet, name: string) => page.getByRole('textbox', { name, exact: true });
const reason = (tablet: Tablet) => field(tablet, 'Lý do đến khám');
const findings = (tablet: Tablet) => field(tablet, 'Khám thấy');
const pulse = ({ page }: Tablet) => page.getByRole('textbox', { name: /^Mạch/ });

async function writeTogether(): Promise<void> {
	await one.page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	await reason(one).fill('Ho, sốt ba ngày');
	await two.page
		.getByRole('link', { name: `Ghi lượt khám cùng ${THAM.name}` })
		.click({ timeout: NEXT_LOOK_MS });
	await expect(reason(two)).toHaveValue('Ho, sốt ba ngày');
	await expect(two.page.getByText(`Đang ghi cùng ${THAM.name}`)).toBeVisible();
	await expect(one.page.getByText(`Đang ghi cùng ${VAN.name}`)).toBeVisible();
}

/** Slow enough that the words of the other come in between. */
const LETTER_MS = 120;

async function typeAt(place: 'Home' | 'End', tablet: Tablet, text: string): Promise<void> {
	await findings(tablet).click();
	await tablet.page.keyboard.press(`Control+${place}`);
	await tablet.page.keyboard.type(text, { delay: LETTER_MS });
}

test('what each of two types is on both, also what one typed while cut off, and one signature ends it', async () => {
	await writeTogether();
	await findings(one).fill('Họng đỏ.');
	await expect(findings(two)).toHaveValue('Họng đỏ.');
	// Both in one field at once: no letter is lost or put elsewhere.
	await Promise.all([
		typeAt('End', one, ' Amidan sưng, có mủ trắng.'),
		typeAt('Home', two, 'Tỉnh, da ấm, không phát ban. ')
	]);
	const begun = 'Tỉnh, da ấm, không phát ban. Họng đỏ. Amidan sưng, có mủ trắng.';
	await expect(findings(two)).toHaveValue(begun);
	await expect(findings(one)).toHaveValue(begun);
	await pulse(two).fill('92');
	await expect(pulse(one)).toHaveValue('92');

	line.cut();
	await expect(two.page.getByText(`${THAM.name} không có ở đây lúc này`)).toBeVisible();
	await typeAt('End', two, ' Phổi trong.');
	await typeAt('Home', one, 'Mệt. ');
	await two.page.waitForTimeout(APART_MS);
	await expect(findings(two)).toHaveValue(`${begun} Phổi trong.`);
	line.mend();
	const all = `Mệt. ${begun} Phổi trong.`;
	await expect(findings(two)).toHaveValue(all, { timeout: NEXT_LOOK_MS });
	await expect(findings(one)).toHaveValue(all);

	await one.page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(one.page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	await expect(two.page.getByText(`${THAM.name} đã ký lượt khám này`)).toBeVisible();
	await expect(two.page.getByText('Mọi chữ bạn viết đã nằm trong lượt khám đã ký')).toBeVisible();
	await two.page.getByRole('link', { name: 'Xem lượt khám đã ký' }).click();
	await openTimeline(two);
	await expect(timelineLines(two, 'Ho, sốt ba ngày')).toHaveCount(1);
	await two.page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await seeToday(two);
	await expect(two.page.getByRole('region', { name: 'Lượt khám để dở' })).toBeHidden();
	expectNoTroubles(one, two);
});

test('whoever was away when the other signed is told so, and keeps the words that were not signed', async () => {
	await writeTogether();
	line.cut();
	await findings(two).fill('Chưa ai đọc được');
	await one.page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(one.page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	// Not told yet.
	await expect(findings(two)).toHaveValue('Chưa ai đọc được');
	line.mend();
	await expect(two.page.getByText(`${THAM.name} đã ký lượt khám này`)).toBeVisible({
		timeout: NEXT_LOOK_MS
	});
	await two.page.getByRole('button', { name: 'Mở bản ghi dở của bạn' }).click();
	await expect(findings(two)).toHaveValue('Chưa ai đọc được');
	await two.page.getByRole('button', { name: 'Để dở, khám người khác' }).click();
	await two.page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await expect(two.page.getByRole('region', { name: 'Lượt khám để dở' })).toContainText(
		PERSON.name
	);
	await openTimelineOf(one, 1);
	expectNoTroubles(one, two);
});

test('two who sign while apart lose nothing, and the second who comes back is told to look', async () => {
	await writeTogether();
	line.cut();
	await findings(two).fill('Chưa ai đọc được');
	for (const { page } of [one, two]) {
		await page.getByRole('button', { name: 'Ký và xong' }).click();
		await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	}
	await seeEverythingSent(one);
	line.mend();
	await seeEverythingSent(two);
	await two.page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await seeToday(two);
	const open = two.page.getByRole('region', { name: 'Lượt khám để dở' });
	await expect(open).toContainText(`${THAM.name} cũng đã ký lượt khám này`, {
		timeout: NEXT_LOOK_MS
	});
	await open.getByRole('link').click();
	await expect(timelineLines(two, 'Ho, sốt ba ngày')).toHaveCount(2);
	await two.page.getByRole('link', { name: 'Hôm nay' }).first().click();
	await open.getByRole('button', { name: 'Đã xem hai lượt khám' }).click();
	await expect(open).toBeHidden();
	expectNoTroubles(one, two);
});

test('a letter that is being put together with its accents is left alone by the words of the other', async () => {
	await writeTogether();
	await findings(one).fill('Họng đỏ.');
	await expect(findings(two)).toHaveValue('Họng đỏ.');
	await findings(two).click();
	await two.page.keyboard.press('Control+End');
	const keyboard = await two.context.newCDPSession(two.page);
	const compose = (text: string) =>
		keyboard.send('Input.imeSetComposition', {
			text,
			selectionStart: text.length,
			selectionEnd: text.length
		});
	await compose(' phô');
	await typeAt('Home', one, 'Tỉnh. ');
	await expect(findings(one)).toHaveValue('Tỉnh. Họng đỏ. phô');
	await expect(findings(two)).toHaveValue('Họng đỏ. phô');
	await compose(' phổ');
	await keyboard.send('Input.insertText', { text: ' phổi trong.' });
	for (const tablet of [one, two])
		await expect(findings(tablet)).toHaveValue('Tỉnh. Họng đỏ. phổi trong.');
	expectNoTroubles(one, two);
});

async function openTimelineOf(tablet: Tablet, visits: number): Promise<void> {
	await openTimeline(tablet);
	await expect(timelineLines(tablet, 'Ho, sốt ba ngày')).toHaveCount(visits);
}
