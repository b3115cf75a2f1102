/**
 * Three hundred texts that mean harm, on a phone, in every field of every form and on every screen that
 * shows what was stored: none of them runs, and none makes a page wider than its screen.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tidyText } from '#lib/domain/text/text.ts';
import { bookIdSchema, type BookId } from '#lib/domain/ids.ts';
import { personNameSchema } from '#lib/domain/book/facts.ts';
import { signInDevice } from '../acceptance/test-device.ts';
import { hostileTexts } from './hostile-texts.ts';
import { returnEverything, sendForged, takeEverything } from './inbox-material.ts';
import { expectNoSidewaysScroll } from './screen-checks.ts';
import {
	expectNoTroubles,
	openNewPerson,
	openStation,
	openTablet,
	openTimeline,
	pairTablet,
	pillOf,
	registerPerson,
	searchField,
	seeEverythingSent,
	seeToday,
	sendNow,
	signInByPin,
	signInOnline,
	THAM,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const PHONE = { width: 390, height: 844 };
const TEXTS = hostileTexts();
/** A half of a letter does not survive the way into the browser in any other form. */
const PACKED = JSON.stringify(TEXTS);
const FIELDS = [
	'textarea',
	'input:not([type])',
	...['text', 'tel', 'search', 'password'].map(ofType)
];

let station: Station;
let tablet: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	tablet = await openTablet(station.address, { viewport: PHONE });
	tablet.context.on('dialog', (dialog) => {
		tablet.troubles.push(`a dialog opened: ${dialog.message()}`);
		void dialog.dismiss();
	});
	tablet.context.on('request', (request) => {
		if (!request.url().startsWith(station.address)) tablet.troubles.push(request.url());
	});
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

function ofType(type: string): string {
	return `input[type=${type}]`;
}

/** All texts through all fields here, each field at another of them; past the limits of the fields. */
async function hurl(page: Page, inside = 'main'): Promise<void> {
	await expect(page.locator(inside).locator(FIELDS.join()).first()).toBeVisible();
	const count = await page.locator(inside).evaluate(
		async (root, { packed, selector }) => {
			const texts = JSON.parse(packed) as string[];
			const fields = [...root.querySelectorAll<HTMLInputElement>(selector)].filter(
				(field) => field.checkVisibility() && !field.disabled
			);
			for (let at = 0; at < texts.length; at++) {
				for (const [number, field] of fields.entries()) {
					field.value = texts[(at + number * 37) % texts.length] ?? '';
					field.dispatchEvent(new Event('input', { bubbles: true }));
				}
				await new Promise((resolve) => setTimeout(resolve));
			}
			return fields.length;
		},
		{ packed: PACKED, selector: FIELDS.join() }
	);
	expect(count).toBeGreaterThan(0);
}

/** Types as a person who pastes: within the limit of the field, halves of letters and all. */
async function paste(field: Locator, text: string): Promise<void> {
	await field.focus();
	await field.evaluate((element, packed) => {
		if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return;
		element.value = JSON.parse(packed) as string;
		element.dispatchEvent(new Event('input', { bubbles: true }));
	}, JSON.stringify(text));
}

/** Letters that the eye cannot reach: outside the screen, or cut by an edge that does not scroll. */
async function cutTexts(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		const isCut = (text: Node): boolean => {
			const range = document.createRange();
			range.selectNodeContents(text);
			const { left, right, width: own } = range.getBoundingClientRect();
			if (own <= 1) return false;
			for (let box = text.parentElement; box !== null; box = box.parentElement) {
				const style = getComputedStyle(box);
				if (/auto|scroll/.test(style.overflowX) || style.textOverflow === 'ellipsis') return false;
				// Words for those who do not see.
				if (style.position === 'absolute' && style.clipPath !== 'none') return false;
				const edge = box.getBoundingClientRect();
				if (/hidden|clip/.test(style.overflowX) && right > edge.right + 1) return true;
			}
			return right > width + 1 || left < -1;
		};
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const cut: string[] = [];
		for (let text = walker.nextNode(); text !== null; text = walker.nextNode())
			if (text.parentElement?.checkVisibility() === true && text.textContent?.trim() !== '')
				if (isCut(text))
					cut.push(
						`${text.textContent?.slice(0, 80)} in ${text.parentElement.outerHTML.slice(0, 160)}`
					);
		return cut.slice(0, 5);
	});
}

/** Nothing ran, nothing of it became part of the page, and everything can be read. */
async function expectHarmless(page: Page, where: string): Promise<void> {
	const alive = await page.evaluate(() => {
		const selector =
			'iframe, object, embed, base, [onerror], [onload], [ontoggle], [onfocus], math, animate';
		const links = [...document.querySelectorAll('[href], [src], [action]')].filter((element) =>
			['href', 'src', 'action'].some((name) =>
				/^\s*(javascript|data|vbscript):/i.test(element.getAttribute(name) ?? '')
			)
		);
		return {
			ran: 'ran' in window || 'ran' in {},
			parts: [...document.querySelectorAll(selector), ...links].map(({ outerHTML }) =>
				outerHTML.slice(0, 100)
			)
		};
	});
	expect(alive, where).toEqual({ ran: false, parts: [] });
	expect(page.url().startsWith(station.address), where).toBe(true);
	await expectNoSidewaysScroll(page, where);
	expect.soft(await cutTexts(page), where).toEqual([]);
}

const errorsOf = (page: Page) => page.getByRole('alert').filter({ hasText: 'chỗ cần sửa' });

/** The form refuses what it cannot take, in words. */
async function hurlAndPress(page: Page, button: string, where: string): Promise<void> {
	await test.step(where, async () => {
		await hurl(page);
		await expectHarmless(page, `${where}, all in the fields`);
		await page.getByRole('button', { name: button, exact: true }).click();
		await expect(errorsOf(page)).toBeVisible();
		await expectHarmless(page, `${where}, with errors`);
	});
}

/** Away from a form with something typed in it. */
async function leaveForm(page: Page): Promise<void> {
	await page.goBack();
	await page.getByRole('button', { name: 'Bỏ bản dở' }).click();
	await expect(page.getByRole('dialog')).toBeHidden();
}

/** As long as the search lets through to the form. */
const ENDLESS_NAME = 'W'.repeat(80);
const PERSON = { name: 'Vì Thị Chữ Lạ', birthDate: '03/04/1991', sex: 'Nữ' } as const;

test('three hundred hostile texts go through every field of every form, and nothing runs', async () => {
	test.setTimeout(240_000);
	const { page } = tablet;
	await test.step('the code of a new tablet', async () => {
		await hurl(page);
		await page.getByRole('button', { name: 'Ghép máy', exact: true }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await expectHarmless(page, 'pairing');
	});
	await pairTablet(tablet, THAM);
	await test.step('the first sign-in', async () => {
		await hurl(page);
		await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
		await expect(page.getByLabel('Tên đăng nhập')).toHaveAttribute('aria-invalid', 'true');
		await expectHarmless(page, 'first sign-in');
	});
	await signInOnline(tablet, THAM);
	await test.step('the search', async () => {
		await hurl(page, 'header');
		await expect(page.getByText('Chưa có ai tên này trên máy')).toBeVisible();
		await expectHarmless(page, 'search');
	});
	await openNewPerson(tablet, PERSON.name);
	await hurlAndPress(page, 'Lập sổ', 'new person');
	await page.getByRole('radio', { name: 'Trẻ mới sinh' }).check();
	await hurlAndPress(page, 'Lập sổ cho bé', 'newborn');
	await leaveForm(page);
	await registerPerson(tablet, PERSON);
	for (const [link, button] of [
		['Ghi mũi tiêm', 'Ghi đã tiêm'],
		['Ghi dị ứng', 'Ghi dị ứng'],
		['Viết giấy chuyển', 'Ký giấy chuyển'],
		['Sửa thông tin', 'Ghi thông tin mới']
	] as const) {
		await page.getByRole('link', { name: link, exact: true }).click();
		await hurlAndPress(page, button, link);
		await leaveForm(page);
	}
	await page.getByRole('link', { name: 'Ghi lượt khám', exact: true }).click();
	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	await hurlAndPress(page, 'Ký và xong', 'visit');
	await leaveForm(page);
	expectNoTroubles(tablet);
});

interface Words {
	typed: string;
	/** How it stands in the book. */
	stored: string;
}

/** One text after the other, from the start again when all were given out. */
function createSupply() {
	let at = 0;
	const next = (lengthMax: number): string => {
		const text = (TEXTS[at++ % TEXTS.length] ?? '').slice(0, lengthMax);
		return tidyText(text) === '' ? next(lengthMax) : text;
	};
	const line = (lengthMax: number, fits = (stored: string) => stored.length > 2): Words => {
		let typed = next(lengthMax);
		while (!fits(lineOf(typed))) typed = next(lengthMax);
		return { typed, stored: lineOf(typed) };
	};
	/** As many of them as the field has room for, each on a line of its own. */
	const paragraph = (lengthMax: number): Words => {
		let typed = next(lengthMax / 2);
		let more = next(lengthMax / 2);
		while (typed.length + more.length < lengthMax) {
			typed = `${typed}\n${more}`;
			more = next(lengthMax / 2);
		}
		at -= 1;
		return { typed, stored: tidyText(typed) };
	};
	return { isUsedUp: () => at >= TEXTS.length, line, paragraph };
}
type Supply = ReturnType<typeof createSupply>;

function lineOf(typed: string): string {
	return tidyText(typed).replace(/\s*\n\s*/g, ' ');
}

async function pasteAll(fields: [Locator, Words][]): Promise<string[]> {
	for (const [field, { typed }] of fields) await paste(field, typed);
	return fields.map(([, { stored }]) => stored);
}

/** In an open book: a visit with texts in all its fields. Tells what must be in the book now. */
async function writeVisit(page: Page, supply: Supply): Promise<string[]> {
	const box = (name: string) => page.getByRole('textbox', { name });
	await page.getByRole('link', { name: 'Ghi lượt khám', exact: true }).click();
	await page.getByRole('button', { name: 'Thêm thuốc' }).click();
	const stored = await pasteAll([
		[box('Lý do đến khám'), supply.paragraph(1_000)],
		[box('Khám thấy'), supply.paragraph(4_000)],
		[box('Xử trí tại chỗ'), supply.paragraph(2_000)],
		[box('Dặn dò'), supply.paragraph(2_000)],
		[page.getByRole('combobox', { name: 'Tên thuốc, hàm lượng' }), supply.line(200)],
		[box('Cách dùng'), supply.line(300)],
		[box('Hẹn để làm gì'), supply.line(200)],
		[page.getByRole('combobox', { name: 'Đơn vị' }), supply.line(30)]
	]);
	await box('Số lượng').fill('10');
	await box('Số ngày').fill('5');
	await page.getByRole('button', { name: 'Sau 7 ngày' }).click();
	const diagnosis = supply.line(300);
	await paste(page.getByRole('combobox', { name: 'Chẩn đoán' }), diagnosis.typed);
	await page.getByRole('option', { name: /không có mã$/ }).click();
	await expectHarmless(page, 'visit before it is signed');
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	return [...stored, diagnosis.stored];
}

/** A dose from a paper booklet: its place and its giver are words too. */
async function writeDose(page: Page, supply: Supply): Promise<string[]> {
	await page.getByRole('link', { name: 'Ghi mũi tiêm', exact: true }).click();
	await page.getByRole('radio', { name: 'Chép từ sổ giấy' }).check();
	const stored = await pasteAll([
		[page.getByLabel('Nơi tiêm'), supply.line(200)],
		[page.getByLabel('Người tiêm'), supply.line(120)],
		[page.getByLabel('Số lô'), supply.line(40)]
	]);
	const product = supply.line(120);
	await paste(page.getByRole('combobox', { name: 'Vắc xin' }), product.typed);
	await page.getByRole('option', { name: 'ngoài danh mục' }).click();
	await page.getByRole('checkbox', { name: 'Dại', exact: true }).check();
	await page.getByRole('button', { name: 'Chép vào sổ' }).click();
	await expect(page.getByText('Đã lưu mũi tiêm trên máy')).toBeVisible();
	return [...stored, product.stored];
}

async function writeAllergy(page: Page, supply: Supply): Promise<string[]> {
	await page.getByRole('link', { name: 'Ghi dị ứng', exact: true }).click();
	const stored = await pasteAll([
		[page.getByRole('textbox', { name: 'Dị ứng với' }), supply.line(120)],
		[page.getByRole('textbox', { name: 'Biểu hiện' }), supply.line(200)],
		[page.getByRole('textbox', { name: 'Ghi chú' }), supply.paragraph(500)]
	]);
	await page.getByRole('radio', { name: 'Thuốc' }).check();
	await page.getByRole('radio', { name: 'Nặng' }).check();
	await page.getByRole('button', { name: 'Ghi dị ứng' }).click();
	await expect(page.getByText('Đã lưu dị ứng trên máy')).toBeVisible();
	return stored;
}

/** A letter of its own, so that no field is filled from a visit; it ends on the page for paper. */
async function writeReferral(page: Page, supply: Supply): Promise<string[]> {
	const box = (name: string) => page.getByRole('textbox', { name });
	await page.getByRole('link', { name: 'Viết giấy chuyển', exact: true }).click();
	await page.getByRole('radio', { name: 'Không theo lượt khám nào' }).check();
	const stored = await pasteAll([
		[page.getByRole('combobox', { name: 'Chuyển đến' }), supply.line(200)],
		[box('Nói rõ thêm'), supply.paragraph(500)],
		[box('Dấu hiệu lâm sàng'), supply.paragraph(4_000)],
		[box('Đã xử trí, thuốc đã dùng'), supply.paragraph(3_000)],
		[box('Tình trạng lúc chuyển'), supply.paragraph(1_000)],
		[box('Phương tiện, người đi cùng'), supply.line(200)]
	]);
	await page.getByRole('radio', { name: 'Đủ điều kiện chuyển' }).check();
	await expectHarmless(page, 'referral before it is signed');
	await page.getByRole('button', { name: 'Ký giấy chuyển' }).click();
	await expect(page.getByText('Đã lưu giấy chuyển trên máy')).toBeVisible();
	await expectHarmless(page, 'the referral on paper');
	await page.getByRole('link', { name: 'Về sổ' }).click();
	return stored;
}

async function writeFacts(page: Page, supply: Supply): Promise<string[]> {
	await page.getByRole('link', { name: 'Thông tin', exact: true }).click();
	await page.getByRole('link', { name: 'Sửa thông tin', exact: true }).click();
	const isName = (stored: string) => personNameSchema.safeParse(stored).success;
	const stored = await pasteAll([
		[page.getByLabel('Họ và tên'), supply.line(120, isName)],
		[page.getByLabel('Thôn'), supply.line(120)]
	]);
	await page.getByRole('button', { name: 'Ghi thông tin mới' }).click();
	await expect(page.getByText('Đã lưu thông tin trên máy')).toBeVisible();
	return stored;
}

/** Everything a screen says, also behind what is folded. */
const textOf = async (part: Locator) => (await part.textContent()) ?? '';

/** Opens every entry of the timeline; tells all that their details say. */
async function readEveryEntry(page: Page): Promise<string> {
	const lines = page.getByRole('main').getByRole('listitem').getByRole('button');
	const details = page.getByRole('dialog');
	const said: string[] = [];
	for (const line of await lines.all()) {
		await line.click();
		await expect(details).toBeVisible();
		said.push(await textOf(details));
		await expectHarmless(page, `details of ${said.at(-1)?.slice(0, 40)}`);
		await page.keyboard.press('Escape');
		await expect(details).toBeHidden();
	}
	return said.join('\n');
}

/** Where a line ends is up to the screen. */
const withoutSpaces = (text: string) => text.replace(/\s/g, '');

function expectSaid(all: string, stored: string[]): void {
	const said = withoutSpaces(all);
	const missing = stored.filter((words) => !said.includes(withoutSpaces(words)));
	expect(missing.map((words) => words.slice(0, 200))).toEqual([]);
}

/** Opens the newest visit. */
async function openNewestVisit(page: Page): Promise<Locator> {
	await openTimeline(tablet);
	await page.getByRole('toolbar').getByRole('button', { name: 'Khám', exact: true }).click();
	await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
	return page.getByRole('dialog');
}

async function readPrintPages(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Tiêm chủng', exact: true }).click();
	await page.getByRole('link', { name: 'In sổ tiêm chủng' }).click();
	await expect(page.getByRole('heading', { name: 'Sổ tiêm chủng cá nhân' })).toBeVisible();
	await expectHarmless(page, 'the vaccination page');
	await page.getByRole('link', { name: 'Về sổ' }).click();
	const details = await openNewestVisit(page);
	await details.getByRole('link', { name: 'In lượt khám' }).click();
	await expect(page).toHaveURL(/print/);
	await expect(page.getByRole('link', { name: 'Về sổ' })).toBeVisible();
	await expectHarmless(page, 'the visit on paper');
	await page.getByRole('link', { name: 'Về sổ' }).click();
}

/** The newest visit corrected, another entry withdrawn, each with a hostile reason. */
async function correctBoth(page: Page, supply: Supply): Promise<string[]> {
	const details = await openNewestVisit(page);
	await details.getByRole('link', { name: 'Sửa', exact: true }).click();
	const amended = await pasteAll([
		[page.getByRole('textbox', { name: 'Vì sao sửa' }), supply.paragraph(500)],
		[page.getByRole('textbox', { name: 'Dặn dò' }), supply.paragraph(2_000)]
	]);
	await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
	await expect(page.getByText('Đã lưu bản sửa trên máy')).toBeVisible();
	await openNewestVisit(page);
	await details.getByRole('button', { name: 'Ghi nhầm sổ', exact: true }).click();
	await hurl(page, '[role=dialog]');
	await expectHarmless(page, 'the search for the right person');
	await page.keyboard.press('Escape');
	await openNewestVisit(page);
	await details.getByRole('button', { name: 'Ghi nhầm', exact: true }).click();
	await hurl(page, '[role=dialog]');
	const voided = await pasteAll([[details.getByRole('textbox'), supply.paragraph(500)]]);
	await details.getByRole('button', { name: 'Bỏ mục này' }).click();
	await expect(page.getByText('Đã bỏ mục, đã lưu trên máy')).toBeVisible();
	return [...amended, ...voided].map((words) => lineOf(words));
}

async function openInbox(page: Page): Promise<void> {
	await page.getByRole('button', { name: /Ngôn ngữ/ }).click();
	await page.getByRole('link', { name: /^Hộp việc/ }).click();
	await expect(page.getByRole('heading', { name: 'Hộp việc', level: 1 })).toBeVisible();
}

/** Two villages from another tablet, a note that the server holds, an allergy that it sent back. */
async function fillInbox(page: Page, book: BookId, supply: Supply): Promise<void> {
	const device = await signInDevice(station.address, VAN);
	const village = () => ({ address: { commune: '00001', village: supply.line(120).stored } });
	await device.sync({
		push: [await device.facts(book, village()), await device.facts(book, village())]
	});
	await sendForged(device);
	await sendNow(tablet);
	await returnEverything(tablet.context, 'schema');
	await openTimeline(tablet);
	await writeAllergy(page, supply);
	await expect(pillOf(tablet)).toContainText(/\d trả lại/, { timeout: 60_000 });
	await takeEverything(tablet.context);
}

async function readInbox(page: Page): Promise<void> {
	await openInbox(page);
	await expectHarmless(page, 'inbox');
	const rows = page.getByRole('main').getByRole('listitem').getByRole('link');
	await expect(rows.nth(2)).toBeVisible();
	for (let at = 0; at < 3; at++) {
		await rows.nth(at).click();
		await expect(page).toHaveURL(/item=/);
		await expectHarmless(page, `inbox, work ${at}`);
		await page.goBack();
		await expect(rows.nth(2)).toBeVisible();
	}
}

async function readOverviews(page: Page): Promise<void> {
	await pillOf(tablet).click();
	await expect(page.getByRole('dialog', { name: 'Lưu và gửi' })).toBeVisible();
	await expectHarmless(page, 'sync panel');
	await page.keyboard.press('Escape');
	await page.getByRole('link', { name: 'Ghi lượt khám', exact: true }).click();
	await paste(page.getByRole('textbox', { name: 'Lý do đến khám' }), 'Khám chưa xong');
	await expect(page.getByText('tự lưu từng chữ trên máy này')).toBeVisible();
	await page.waitForTimeout(1_000);
	await page.goto(station.address);
	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	await expect(page.getByRole('region', { name: 'Lượt khám để dở' })).toBeVisible();
	await expectHarmless(page, 'today');
	await searchField(tablet).fill('w');
	await expect(page.getByRole('list', { name: 'Kết quả tìm' })).toBeVisible();
	await expectHarmless(page, 'people');
}

test('what the forms take of them is text on every screen that shows it, and all of it is there', async () => {
	test.setTimeout(240_000);
	const { page } = tablet;
	const supply = createSupply();
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, { ...PERSON, name: ENDLESS_NAME, village: 'ệ'.repeat(120) });
	const book = bookIdSchema.parse(/people\/([^/?]+)/.exec(page.url())?.[1]);
	await station.kill();
	const stored = await writeVisit(page, supply);
	while (!supply.isUsedUp()) stored.push(...(await writeVisit(page, supply)));
	stored.push(...(await writeDose(page, supply)), ...(await writeAllergy(page, supply)));
	stored.push(...(await writeReferral(page, supply)));
	await readOverviews(page);
	await page.getByRole('link', { name: ENDLESS_NAME }).click();
	await test.step('the sections of the book', async () => {
		for (const section of ['Số đo', 'Thông tin', 'Tiêm chủng', 'Dòng thời gian']) {
			await page.getByRole('link', { name: section, exact: true }).click();
			await expectHarmless(page, section);
		}
		await openTimeline(tablet);
		expectSaid(await readEveryEntry(page), stored);
	});
	await readPrintPages(page);
	await test.step('corrections', async () => {
		const corrected = await correctBoth(page, supply);
		await openTimeline(tablet);
		await expectHarmless(page, 'timeline with corrections');
		expectSaid(lineOf(await readEveryEntry(page)), corrected);
	});
	const facts = await writeFacts(page, supply);
	await expectHarmless(page, 'facts, changed');
	expectSaid(await textOf(page.getByRole('main')), facts);
	await station.start();
	await sendNow(tablet);
	await seeEverythingSent(tablet);
	await fillInbox(page, book, supply);
	await readInbox(page);
	expectNoTroubles(tablet);
});
