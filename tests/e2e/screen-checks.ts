/** What must hold on every screen: axe finds nothing serious, nothing stands outside, a picture is kept. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const SCHEMES = ['light', 'dark'] as const;
export const NARROWEST_PX = 320;
const FONT_SIZE_PX = 16;

export type Scheme = (typeof SCHEMES)[number];

/** Rules of axe broken on this page, with where; only those that keep somebody from using it. */
export async function seriousFindings(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** Colours change at once, not over a while, so that they are measured as they stay. */
export async function showIn(page: Page, scheme: Scheme): Promise<void> {
	await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
}

/** The page itself never scrolls sideways; what stands outside is named. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
	const outside = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const scrolls = (element: Element | null): boolean =>
			element !== null &&
			(getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
		const tooWide = [...document.querySelectorAll('#main *, header *, body > div *')].filter(
			(element) =>
				element.getBoundingClientRect().right > clientWidth + 1 && !scrolls(element.parentElement)
		);
		return [
			`${scrollWidth} > ${clientWidth}`,
			...tooWide.map(({ textContent, outerHTML }) => `${textContent} ${outerHTML}`)
		];
	});
	expect
		.soft(
			outside.slice(0, 6).map((text) => text.slice(0, 200)),
			where
		)
		.toEqual([]);
}

/** At 320 px, and with letters of twice the size. Leaves the page as it was. */
export async function expectRoomForAll(page: Page, where: string): Promise<void> {
	const size = page.viewportSize();
	if (size === null) throw new Error('no viewport');
	await page.setViewportSize({ width: NARROWEST_PX, height: size.height });
	await expectNoSidewaysScroll(page, `${where} at ${NARROWEST_PX} px`);
	await page.setViewportSize(size);
	const browser = await page.context().newCDPSession(page);
	// What a person chooses in the browser's own settings; breakpoints in rem follow it.
	await browser.send('Page.setFontSizes', { fontSizes: { standard: 2 * FONT_SIZE_PX } });
	await expectNoSidewaysScroll(page, `${where} with text at 200 %`);
	await browser.send('Page.setFontSizes', { fontSizes: { standard: FONT_SIZE_PX } });
	await browser.detach();
}

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, name: string, pressesMax = 80): Promise<void> {
	const target = page
		.getByRole('button', { name, exact: true })
		.or(page.getByRole('link', { name, exact: true }));
	for (let presses = 0; presses < pressesMax; presses++) {
		await page.keyboard.press('Tab');
		if (await target.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`Tab does not reach "${name}"`);
}
