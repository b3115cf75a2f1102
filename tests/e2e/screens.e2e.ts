/** Every screen, on tablet and phone, in both languages and both themes. Pictures: test-results/screens. */
import { expect, test, type Page } from '@playwright/test';
import {
	expectNoSidewaysScroll,
	expectRoomForAll,
	SCHEMES,
	seriousFindings,
	showIn,
	tabTo
} from './screen-checks.ts';
import { differElsewhere, returnEverything, sendForged, takeEverything } from './inbox-material.ts';
import {
	expectNoTroubles,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	pillOf,
	recordVisit,
	searchField,
	sendNow,
	signInByPin,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

const LANGUAGES = ['vi', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const LANGUAGE_NAMES = { vi: 'Tiếng Việt', en: 'English' };
const SIZES = [
	{ name: 'tablet', viewport: { width: 1280, height: 800 } },
	{ name: 'phone', viewport: { width: 390, height: 844 } }
];
const PERSON = { name: 'Vì Văn Màn Hình', birthDate: '12/08/2022', sex: 'Nam' } as const;

let station: Station;
let tablet: Tablet;

test.beforeAll(async () => {
	station = await openStation();
});
test.afterEach(async () => {
	await tablet.close();
});
test.afterAll(async () => {
	await station.close();
});

/** How a screen of one size is looked at. */
interface Look {
	page: Page;
	size: string;
	/** Changes the language of the page as it stands. */
	choose: (language: Language) => Promise<void>;
}

async function checkScreen(
	{ page, size, choose }: Look,
	screen: string,
	open?: () => Promise<void>,
	close?: () => Promise<void>
): Promise<void> {
	await test.step(screen, async () => {
		for (const language of LANGUAGES) {
			await choose(language);
			await open?.();
			for (const scheme of SCHEMES) {
				await showIn(page, scheme);
				const where = `${screen}-${language}-${scheme}`;
				await page.screenshot({ path: `test-results/screens/${size}/${where}.png` });
				// Colours do not depend on the language: dark English is only kept as a picture.
				if (language === 'vi' || scheme === 'light')
					expect.soft(await seriousFindings(page), where).toEqual([]);
			}
			await expectNoSidewaysScroll(page, screen);
			await expectRoomForAll(page, `${screen} in ${language}`);
			await close?.();
		}
		await choose('vi');
	});
}

/** Before anybody is signed in there is no menu: what this device remembers is changed. */
async function chooseBeforeSignIn(page: Page, language: Language): Promise<void> {
	await page.evaluate((chosen) => localStorage.setItem('so-suc-khoe.language', chosen), language);
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('lang', language);
	await expect(page.getByRole('main').getByRole('button').first()).toBeVisible();
}

async function chooseInMenu(page: Page, language: Language): Promise<void> {
	if ((await page.locator('html').getAttribute('lang')) === language) return;
	await page.getByRole('button', { name: /Ngôn ngữ|Language/ }).click();
	await page.getByRole('radio', { name: LANGUAGE_NAMES[language] }).check();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('radio', { name: LANGUAGE_NAMES[language] })).toBeHidden();
}

async function goBack(page: Page, path: RegExp): Promise<void> {
	await page.goBack();
	await expect(page).toHaveURL(path);
}

const BOOK = /people\/[A-Za-z0-9_-]{22}(\?|$)/;

for (const { name: size, viewport } of SIZES)
	test(`every screen of a ${size} is usable by everybody, in both languages and themes`, async () => {
		test.setTimeout(420_000);
		tablet = await openTablet(station.address, { viewport });
		const { page } = tablet;
		const outside: Look = { page, size, choose: (language) => chooseBeforeSignIn(page, language) };
		const inside: Look = { page, size, choose: (language) => chooseInMenu(page, language) };
		await expect(page.getByRole('heading', { name: 'Ghép máy này với trạm' })).toBeVisible();
		await checkScreen(outside, '01-first-sign-in');
		await signInOnline(tablet, THAM);
		await checkScreen(inside, '02-today');
		await checkScreen(
			inside,
			'03-sync-panel',
			async () => {
				await page
					.getByRole('button', { name: /Tình trạng lưu và gửi|Saving and sending/ })
					.click();
				await expect(page.getByRole('dialog')).toBeVisible();
			},
			async () => {
				await page.keyboard.press('Escape');
				await expect(page.getByRole('dialog')).toBeHidden();
			}
		);
		await checkLookingThrough(inside);
		await searchField(tablet).fill('2024');
		await expect(page.getByRole('list', { name: 'Kết quả tìm' })).toBeVisible();
		await checkScreen(inside, '04-people');
		await searchField(tablet).fill(PERSON.name);
		await expect(page.getByText('Chưa có ai tên này trên máy')).toBeVisible();
		await checkScreen(inside, '05-nobody-found');
		await page.getByRole('button', { name: 'Người mới' }).click();
		await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
		await expect(page.getByRole('alert').getByRole('heading')).toBeVisible();
		await checkScreen(inside, '06-new-person-with-errors');
		await page.getByRole('radio', { name: 'Trẻ mới sinh' }).check();
		await checkScreen(inside, '07-newborn');
		await page.getByRole('radio', { name: 'Người đã có tên' }).check();
		await page.getByLabel('Họ và tên').fill('');
		await goBack(page, /people$/);
		await openDemoBook(page);
		// Whom the demo has depends on the day; a visit to look at is here on every day.
		await recordVisit(tablet, 'Ho, sốt nhẹ hai ngày');
		for (const [section, label] of SECTIONS) {
			await page.getByRole('link', { name: label, exact: true }).click();
			await checkScreen(inside, section);
		}
		await page.getByRole('link', { name: 'Dòng thời gian', exact: true }).click();
		await checkCorrections(inside);
		for (const [screen, label] of FORMS) {
			await page.getByRole('link', { name: label, exact: true }).click();
			await expect(page.getByRole('main').locator('form')).toBeVisible();
			await checkScreen(inside, screen);
			await goBack(page, BOOK);
		}
		await page.getByRole('link', { name: 'Ghi lượt khám', exact: true }).click();
		await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill('Ho, chưa khám xong');
		await page.goBack();
		await page.getByRole('button', { name: 'Để dở, ra ngoài' }).click();
		await page.goto(tablet.address);
		await signInByPin(tablet, THAM);
		await expect(page.getByRole('region', { name: 'Lượt khám để dở' })).toBeVisible();
		await checkScreen(inside, '19-open-visits');
		await page.getByRole('button', { name: /Ngôn ngữ/ }).click();
		await page.getByRole('button', { name: 'Khóa máy' }).last().click();
		await expect(page.getByRole('button', { name: new RegExp(THAM.name) })).toBeVisible();
		await checkScreen(outside, '18-lock');
		expectNoTroubles(tablet);
	});

const SECTIONS = [
	['08-book-card', 'Tiêm chủng'],
	['09-book-timeline', 'Dòng thời gian'],
	['10-book-measurements', 'Số đo'],
	['11-book-facts', 'Thông tin']
] as const;
const FORMS = [
	['13-dose-form', 'Ghi mũi tiêm'],
	['14-visit-form', 'Ghi lượt khám'],
	['15-allergy-form', 'Ghi dị ứng'],
	['16-facts-form', 'Sửa thông tin']
] as const;

/** From the first page: the calendar, then the villages and one of them. */
async function checkLookingThrough(look: Look): Promise<void> {
	const { page } = look;
	const main = page.getByRole('main');
	await main.getByRole('tab', { name: 'Lịch hẹn' }).click();
	await checkScreen(look, '27-calendar-week');
	await main.getByRole('button', { name: 'Xem cả tháng' }).click();
	await checkScreen(look, '28-calendar-month');
	await page.goto(new URL('/clinic/people', page.url()).href);
	await signInByPin(tablet, THAM);
	const villages = main.getByRole('list', { name: 'Theo thôn, bản' });
	await expect(villages).toBeVisible();
	await checkScreen(look, '29-villages');
	await villages.getByRole('link').first().click();
	await expect(main.getByRole('heading', { level: 3 }).first()).toBeVisible();
	await checkScreen(look, '30-village');
	await goBack(page, /people$/);
}

/** The details of the newest visit. */
async function openVisit(page: Page): Promise<void> {
	const filter = page.getByRole('toolbar');
	await filter.getByRole('button', { name: /^(Khám|Visits)$/ }).click();
	await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
	await expect(page.getByRole('dialog')).toBeVisible();
}

async function closeDialog(page: Page): Promise<void> {
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();
}

/** From the details of a visit: its form again, withdrawing it, and moving it to another person. */
async function checkCorrections(look: Look): Promise<void> {
	const { page } = look;
	const dialog = page.getByRole('dialog');
	const close = () => closeDialog(page);
	const press = async (name: RegExp) => {
		await openVisit(page);
		await dialog.getByRole('button', { name }).click();
	};
	await checkScreen(look, '12-entry', () => openVisit(page), close);
	await checkScreen(
		look,
		'19-withdraw',
		async () => {
			await press(/^(Ghi nhầm|Recorded in error)$/);
			await dialog.getByRole('button', { name: /^(Bỏ mục này|Withdraw this entry)$/ }).click();
			await expect(dialog.getByRole('textbox')).toBeFocused();
		},
		close
	);
	const search = async () => {
		await press(/^(Ghi nhầm sổ|Wrong book)$/);
		await dialog.getByRole('textbox').fill('h');
		await expect(dialog.getByRole('list')).toBeVisible();
	};
	await checkScreen(look, '20-wrong-book', search, close);
	const choose = async () => {
		await search();
		await dialog.getByRole('list').getByRole('button').first().click();
		await expect(dialog.getByRole('textbox')).toBeVisible();
	};
	await checkScreen(look, '21-right-person', choose, close);
	await openVisit(page);
	await dialog.getByRole('link', { name: 'Sửa', exact: true }).click();
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Vì sao sửa: Chưa điền')).toBeVisible();
	await checkScreen(look, '17-correct-visit');
	await goBack(page, BOOK);
}

/** Somebody of the demo with doses and visits behind them. */
async function openDemoBook(page: Page): Promise<void> {
	await page.getByRole('textbox', { name: 'Tìm người' }).fill('2024');
	await page.getByRole('list', { name: 'Kết quả tìm' }).getByRole('link').first().click();
	await expect(page.getByRole('navigation', { name: 'Phần của sổ' })).toBeVisible();
}

/** On a phone the navigation stands in the person's menu. */
async function openInbox({ page, size }: Look): Promise<void> {
	if (size === 'phone') await page.getByRole('button', { name: /Ngôn ngữ|Language/ }).click();
	await page.getByRole('link', { name: /^(Hộp việc|Inbox)/ }).click();
	await expect(page.getByRole('heading', { name: /^(Hộp việc|Inbox)$/, level: 1 })).toBeVisible();
}

for (const { name: size, viewport } of SIZES)
	test(`the inbox of a ${size} is usable by everybody, in both languages and themes`, async () => {
		test.setTimeout(240_000);
		tablet = await openTablet(station.address, { viewport });
		const { page, context } = tablet;
		const look: Look = { page, size, choose: (language) => chooseInMenu(page, language) };
		await signInOnline(tablet, THAM);
		await openDemoBook(page);
		await returnEverything(context, 'schema');
		await recordVisit(tablet, 'Ho, sốt nhẹ hai ngày');
		await expect(pillOf(tablet)).toContainText('1 trả lại', { timeout: NEXT_LOOK_MS });
		await takeEverything(context);
		await sendForged(await differElsewhere(station.address));
		await sendNow(tablet);
		await openInbox(look);
		const main = page.getByRole('main');
		await expect(main.getByRole('link', { name: /hai nơi ghi khác nhau/ })).toBeVisible();
		await checkScreen(look, '22-inbox');
		await main.getByRole('link', { name: /hai nơi ghi khác nhau/ }).click();
		await checkScreen(look, '23-inbox-decide');
		await openInbox(look);
		await main.getByRole('link', { name: /lượt khám/ }).click();
		await checkScreen(look, '24-inbox-returned');

		await openInbox(look);
		await main.getByRole('link', { name: /ghi chú/ }).click();
		await expect(main.getByText(/\d\d:\d\d · ghi chú/)).toBeVisible();
		await main.getByRole('button', { name: 'Nhận vào sổ' }).click();
		await expect(main.getByRole('alert')).toContainText('Chữ ký của bản ghi không khớp');
		await main.getByRole('button', { name: 'Trả lại người ghi' }).click();
		await expect(main.getByRole('textbox')).toBeFocused();
		await checkScreen(look, '26-inbox-held');

		await test.step('giving back, putting away and deciding leave nothing', async () => {
			await main.getByRole('textbox').fill('Ghi lại cho đủ');
			await main.getByRole('button', { name: 'Trả lại người ghi' }).click();
			await expect(main.getByRole('link', { name: /ghi chú/ })).toBeHidden();
			await openInbox(look);
			await main.getByRole('link', { name: /lượt khám/ }).click();
			await page.getByRole('button', { name: 'Đã xem, cất đi' }).click();
			await expect(main.getByRole('link', { name: /lượt khám/ })).toBeHidden();
			if (size === 'phone') await main.getByRole('link', { name: /hai nơi ghi/ }).click();
			await page.getByRole('button', { name: /^Dùng 0911/ }).click();
			await expect(page.getByText('Không có gì chờ bạn')).toBeVisible();
		});
		await checkScreen(look, '25-inbox-empty');
		expectNoTroubles(tablet);
	});

test('the keys do everything, the app can be installed, and a violation of the policy would be seen', async () => {
	tablet = await openTablet(station.address);
	const { page } = tablet;
	await signInOnline(tablet, THAM);

	await test.step('search, results and back by keys', async () => {
		await page.keyboard.press('/');
		await expect(searchField(tablet)).toBeFocused();
		await page.keyboard.type('2024');
		await expect(page.getByRole('list', { name: 'Kết quả tìm' })).toBeVisible();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(BOOK);
	});

	await test.step('Esc closes the panel and gives the focus back', async () => {
		await pillOf(tablet).press('Enter');
		await expect(page.getByRole('dialog', { name: 'Lưu và gửi' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toBeHidden();
		await expect(pillOf(tablet)).toBeFocused();
	});

	await test.step('Tab reaches the one filled button of each screen', async () => {
		await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).focus();
		await tabTo(page, 'Ghi mũi tiêm');
		await page.keyboard.press('Enter');
		await page.getByRole('combobox', { name: 'Vắc xin' }).focus();
		await tabTo(page, 'Ghi đã tiêm');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('alert').filter({ hasText: 'chỗ cần sửa' })).toBeFocused();
		await page.goBack();
	});

	await test.step('Chromium would install it', async () => {
		const browser = await tablet.context.newCDPSession(page);
		const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
		expect(installabilityErrors).toEqual([]);
		const manifest = await browser.send('Page.getAppManifest');
		expect(manifest.errors).toEqual([]);
		expect(manifest.url).toContain('manifest.webmanifest');
	});

	expectNoTroubles(tablet);
	await test.step('code made of text and what comes from elsewhere are refused, and said', async () => {
		const made = page.evaluate(() => {
			const script = document.createElement('script');
			script.textContent = 'window.ran = true';
			document.body.append(script);
		});
		await expect(made).rejects.toThrow("requires 'TrustedScript'");
		await page.evaluate(() => {
			new Image().src = 'https://elsewhere.invalid/picture.png';
		});
		await expect
			.poll(() => tablet.troubles.join(' '))
			.toMatch(/policy violated: require-trusted-types-for.*policy violated: img-src/);
	});
	expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});
