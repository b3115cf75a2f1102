/** A letter of referral: written without a network, printed, then read by another tablet and by the person. */
import { expect, test, type Page } from '@playwright/test';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { readPdf } from './pdf-text.ts';
import { expectNoSidewaysScroll, seriousFindings } from './screen-checks.ts';
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
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const PHONE = { viewport: { width: 390, height: 844 } };
const HOSPITAL = 'Bệnh viện khu vực Mường Vạt';
const REASON = 'Đau ngực, khó thở từ sáng';
const A4_POINTS = [595, 842];
const A5_POINTS = [420, 595];

let station: Station;
let tablet: Tablet;
let mother: string;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address);
	mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

const withoutSpaces = (text: string) => text.replace(/\s/g, '');
const hospitalChip = (page: Page) =>
	page.getByRole('group', { name: 'Nơi hay chuyển' }).getByRole('button', { name: HOSPITAL });

async function picture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: `test-results/screens/referral/${name}.png`, fullPage: true });
}

async function printed(name: string): Promise<{ size: number[]; text: string }> {
	const path = `test-results/screens/referral/${name}.pdf`;
	const pages = readPdf(await tablet.page.pdf({ preferCSSPageSize: true, path }));
	const [first] = pages;
	return {
		size: [Math.round(first?.width ?? 0), Math.round(first?.height ?? 0)],
		text: withoutSpaces(pages.map((one) => one.text).join(' '))
	};
}

test('a letter written without a network prints, and later the other tablet and the person read it', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await findPerson(tablet, mother, mother);
	await page.getByRole('link', { name: 'Viết giấy chuyển' }).click();
	await expect(hospitalChip(page)).toBeVisible();
	await page.goBack();
	await station.kill();

	await test.step('written from the visit of today', async () => {
		await recordVisit(tablet, REASON);
		await page.getByRole('link', { name: 'Viết giấy chuyển' }).click();
		await expect(page.getByRole('textbox', { name: 'Dấu hiệu lâm sàng' })).toHaveValue(REASON);
		await page.getByRole('button', { name: 'Ký giấy chuyển' }).click();
		await expect(page.getByRole('alert').filter({ hasText: 'Chuyển đến' })).toBeVisible();
		expect(await seriousFindings(page)).toEqual([]);
		await hospitalChip(page).click();
		await page.getByRole('radio', { name: 'Vượt quá khả năng tại chỗ' }).check();
		await page.getByRole('button', { name: 'Cấp cứu' }).click();
		await page.getByRole('textbox', { name: 'Tình trạng lúc chuyển' }).fill('Tỉnh, mạch 104');
		await picture(page, 'form-tablet');
		await page.setViewportSize(PHONE.viewport);
		await expectNoSidewaysScroll(page, 'the form on a phone');
		await picture(page, 'form-phone');
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.getByRole('button', { name: 'Ký giấy chuyển' }).click();
		await expect(page.getByText('Đã lưu giấy chuyển trên máy')).toBeVisible();
	});

	await test.step('printed on A4 and A5', async () => {
		await expect(page.getByRole('heading', { name: 'In giấy chuyển' })).toBeVisible();
		await picture(page, 'print-screen');
		expect(await seriousFindings(page)).toEqual([]);
		const a4 = await printed('a4');
		expect(a4.size).toEqual(A4_POINTS);
		for (const words of [mother, HOSPITAL, REASON, THAM.name, 'Trạm Y tế Suối Bạc', 'Cấp cứu'])
			expect(a4.text).toContain(withoutSpaces(words));
		for (const words of ['In trang này', 'Về sổ', 'Khóa máy', 'Hoàn tác'])
			expect(a4.text).not.toContain(withoutSpaces(words));
		await page.getByRole('radio', { name: 'A5' }).check();
		expect((await printed('a5')).size).toEqual(A5_POINTS);
	});

	await station.start();
	await seeEverythingSent(tablet);

	await test.step('on the other tablet', async () => {
		const other = await openTablet(station.address);
		await signInOnline(other, VAN);
		await findPerson(other, mother, mother);
		await openTimeline(other);
		const line = timelineLines(other, `Giấy chuyển đến ${HOSPITAL}`);
		await expect(line).toContainText('Vượt quá khả năng tại chỗ');
		await line.click();
		await expect(other.page.getByRole('dialog')).toContainText('Tỉnh, mạch 104');
		await picture(other.page, 'entry');
		await expect(other.page.getByRole('link', { name: 'In giấy chuyển' })).toBeVisible();
		expectNoTroubles(other);
		await other.close();
	});

	await test.step('on the phone of the person', async () => {
		const phone = await openTablet(station.address, PHONE);
		const citizen = phone.page;
		await citizen.goto(station.address);
		await citizen.getByRole('link', { name: 'Người dân' }).click();
		await citizen.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
		await citizen.getByRole('button', { name: mother }).click();
		await citizen.getByRole('link', { name: `giấy chuyển đến ${HOSPITAL}` }).click();
		await expect(citizen.getByRole('heading', { level: 1 })).toHaveText(
			`Giấy chuyển đến ${HOSPITAL}`
		);
		await expect(citizen.getByText('Mang giấy trạm đã in và ký')).toBeVisible();
		await expectNoSidewaysScroll(citizen, 'the letter on a phone');
		expect(await seriousFindings(citizen)).toEqual([]);
		await picture(citizen, 'citizen');
		await citizen.getByRole('link', { name: 'Sổ của bạn' }).click();
		await expect(citizen.getByRole('list', { name: 'Giấy chuyển' })).toContainText(HOSPITAL);
		await picture(citizen, 'citizen-visits');
		expectNoTroubles(phone);
		await phone.close();
	});
	expectNoTroubles(tablet);
});

test('a letter is corrected with a reason, and withdrawn, and its earlier words stay', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await findPerson(tablet, mother, mother);
	await page.getByRole('link', { name: 'Viết giấy chuyển' }).click();
	await page.getByRole('combobox', { name: 'Chuyển đến' }).fill('Phòng khám bác sĩ Páo');
	await expect(page.getByText('Ngoài danh mục cơ sở')).toBeVisible();
	await page.getByRole('radio', { name: 'Theo yêu cầu của người bệnh' }).check();
	await page.getByRole('button', { name: 'Ký giấy chuyển' }).click();
	await expect(page.getByText('Đã lưu giấy chuyển trên máy')).toBeVisible();
	await page.getByRole('link', { name: 'Về sổ' }).click();

	await timelineLines(tablet, 'Phòng khám bác sĩ Páo').click();
	await page.getByRole('link', { name: 'Sửa', exact: true }).click();
	await page.getByRole('combobox', { name: 'Chuyển đến' }).fill('muong vat');
	await page.getByRole('option', { name: HOSPITAL }).click();
	await page.getByRole('button', { name: 'Chọn nhầm' }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	const line = timelineLines(tablet, HOSPITAL);
	await expect(line).toContainText('Đã sửa');

	await line.click();
	await expect(page.getByRole('dialog')).toContainText('Phòng khám bác sĩ Páo');
	await page.getByRole('button', { name: 'Ghi nhầm', exact: true }).click();
	await page.getByRole('button', { name: 'Ghi trùng' }).click();
	await page.getByRole('button', { name: 'Bỏ mục này' }).click();
	await expect(page.getByText('Đã bỏ mục, đã lưu trên máy')).toBeVisible();
	await line.click();
	await expect(page.getByRole('dialog')).toContainText('Ghi trùng');
	await expect(page.getByRole('link', { name: 'In giấy chuyển' })).toHaveCount(0);
	expectNoTroubles(tablet);
});
