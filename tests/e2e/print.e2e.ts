/** What the family takes home on paper: printed by a station without a network. */
import { expect, test } from '@playwright/test';
import { readPdf, type PrintedPage } from './pdf-text.ts';
import {
	expectNoTroubles,
	giveVaccine,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	searchField,
	signInOnline,
	THAM,
	timelineLines,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const CHILD: NewPerson = { name: 'Lường Thị Giấy', birthDate: '05/03/2026', sex: 'Nữ' };
/** The demo has children of this year in every station; by now they have had most of their doses. */
const BORN_WITH_MANY_DOSES = '2024';
const VACCINE = 'Hexaxim';
const LOT = 'IN-2611';
const REASON = 'Ho, chảy mũi hai ngày';
const A5_POINTS = [420, 595];
const A4_POINTS = [595, 842];

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

const withoutSpaces = (text: string) => text.replace(/\s/g, '');

async function printed(name: string): Promise<PrintedPage[]> {
	const path = `test-results/screens/print/${name}.pdf`;
	return readPdf(await tablet.page.pdf({ preferCSSPageSize: true, path }));
}

function sizesOf(pages: PrintedPage[]): number[][] {
	return pages.map(({ width, height }) => [Math.round(width), Math.round(height)]);
}

test('the vaccination page and a visit print on A5 or A4, black on white, without the screen around them', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await station.kill();
	await registerPerson(tablet, CHILD);
	await giveVaccine(tablet, VACCINE, LOT);
	await recordVisit(tablet, REASON);

	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await page.getByRole('link', { name: 'In sổ tiêm chủng' }).click();
	await expect(page.getByRole('heading', { name: 'Sổ tiêm chủng cá nhân' })).toBeVisible();
	await page.screenshot({
		path: 'test-results/screens/print/vaccination-screen.png',
		fullPage: true
	});
	await page.emulateMedia({ colorScheme: 'dark' });
	const colours = await page.locator('.print-page').evaluate((element) => {
		const { backgroundColor, color } = getComputedStyle(element);
		return { backgroundColor, color };
	});
	expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
	const a5 = await printed('vaccination-a5');
	expect(new Set(sizesOf(a5).map(String))).toEqual(new Set([String(A5_POINTS)]));
	const text = withoutSpaces(a5.map((one) => one.text).join(' '));
	for (const words of [CHILD.name, '05/03/2026', VACCINE, LOT, 'Trạm Y tế Suối Bạc', THAM.name])
		expect(text).toContain(withoutSpaces(words));
	for (const words of ['In trang này', 'Về sổ', 'Khóa máy'])
		expect(text).not.toContain(withoutSpaces(words));
	await page.getByRole('radio', { name: 'A4' }).check();
	expect(sizesOf(await printed('vaccination-a4'))).toEqual([A4_POINTS]);

	await page.getByRole('link', { name: 'Về sổ' }).click();
	await openTimeline(tablet);
	await timelineLines(tablet, REASON).click();
	await page.getByRole('link', { name: 'In lượt khám' }).click();
	await expect(page.locator('.print-visit').getByText(REASON)).toBeVisible();
	const visit = await printed('visit');
	expect(sizesOf(visit)).toEqual([A5_POINTS]);
	const visitText = withoutSpaces(visit.map((one) => one.text).join(' '));
	expect(visitText).toContain(withoutSpaces(CHILD.name));
	expect(visitText).toContain(withoutSpaces(REASON));
	expect(visitText).not.toContain(withoutSpaces('Về sổ'));
	expectNoTroubles(tablet);
});

test('each disease of a child with many doses is named once, beside all doses against it', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await searchField(tablet).fill(BORN_WITH_MANY_DOSES);
	await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
	await page.getByRole('link', { name: 'In sổ tiêm chủng' }).click();
	const diseases = page.locator('.print-page tbody');
	await expect(diseases.first()).toBeVisible();
	const rows = await diseases.evaluateAll((bodies: HTMLTableSectionElement[]) =>
		bodies.map(({ rows: own }) => ({
			rows: own.length,
			named: own[0]?.cells[0]?.rowSpan,
			heads: [...own].flatMap((row) => [...row.querySelectorAll('th')]).length
		}))
	);
	expect(rows.some((one) => one.rows > 2)).toBe(true);
	for (const one of rows) expect(one).toEqual({ rows: one.rows, named: one.rows, heads: 1 });
	await printed('vaccination-many');
	expectNoTroubles(tablet);
});
