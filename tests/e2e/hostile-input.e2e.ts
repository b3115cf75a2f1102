/**
 * Text that means harm, in every kind of field: none of it runs, none of it breaks the page, and what
 * is stored is what the screen shows.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectNoSidewaysScroll } from './screen-checks.ts';
import {
	expectNoTroubles,
	openNewPerson,
	openStation,
	openTablet,
	openTimeline,
	registerPerson,
	searchField,
	seeEverythingSent,
	seeWaiting,
	sendNow,
	signInOnline,
	THAM,
	type Station,
	type Tablet
} from './tablet.ts';

const MEGABYTE = 'Nguyễn '.repeat(150_000);
/** For fields without a limit of their own in force: Chromium takes half a minute to lay out a megabyte in one line. */
const HUGE = 'Nguyễn '.repeat(20_000);

/** What is typed, and how it stands on the screen afterwards where that is not the same. */
const TEXTS: [typed: string, shown?: string][] = [
	['<script>window.ran = true</script>'],
	['<img src=x onerror="window.ran = true">'],
	['"><svg onload=window.ran=true>'],
	["'; window.ran = true; //"],
	['javascript:window.ran=true'],
	['</textarea><script>window.ran=true</script>'],
	['<style>body{display:none}</style>'],
	['<iframe src="javascript:parent.ran=true"></iframe>'],
	['<a href="javascript:window.ran=true">bấm</a>'],
	['{@html "<script>window.ran=true</script>"}'],
	['{{constructor.constructor("window.ran=true")()}}'],
	['${window.ran=true}'],
	['<%= window.ran = true %>'],
	['#{7*7} {7*7} {{7*7}}'],
	['__proto__'],
	['{"__proto__": {"ran": true}}'],
	['constructor.prototype.ran=true'],
	['hasOwnProperty'],
	["Robert'); DROP TABLE entries;--"],
	["' OR '1'='1"],
	['1; UPDATE log SET bytes = x'],
	['../../../../etc/passwd'],
	['%00%0a%3Cscript%3E'],
	['a\u202Egnp.exe', 'agnp.exe'],
	['sốt\u200B\u2060 cao\uFEFF', 'sốt cao'],
	['\u0000\u0007\u001Bđau bụng\u009F', 'đau bụng'],
	['So\u0302\u0301t', 'Sốt'],
	['Z̴̡̛̗̤̲͇̪̰̍̽̑̎̈́͑a̶̧̱͇̝̓l̵̢̗̈́g̸̛̰͋ọ̷͝'.normalize('NFC')],
	['🤒🩺🇻🇳'],
	['ﷺ﷽ 𒐫 𝕊𝕠̂́𝕥'.normalize('NFC')],
	['W'.repeat(400)]
];

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

async function expectNothingRan(page: Page): Promise<void> {
	expect(await page.evaluate(() => 'ran' in window || 'ran' in {})).toBe(false);
}

/** Past the limit of the field itself, as only a changed page could. */
async function force(field: Locator, text: string): Promise<void> {
	await field.evaluate((element, value) => {
		if (element instanceof HTMLInputElement) element.value = value;
		element.dispatchEvent(new Event('input', { bubbles: true }));
	}, text);
}

test('the search field takes any text as text', async () => {
	const { page } = tablet;
	const typed = [...TEXTS.map(([text]) => text), MEGABYTE, '%', '_', '*', '\\', '(', '[', '.*'];
	await searchField(tablet).focus();
	for (const text of typed) {
		await searchField(tablet).fill('');
		await page.keyboard.insertText(text.toWellFormed());
		await searchField(tablet).press('Enter');
		expect((await searchField(tablet).inputValue()).length).toBeLessThanOrEqual(80);
	}
	await expect(page.getByText('Chưa có ai tên này trên máy')).toBeVisible();
	await expectNoSidewaysScroll(page, 'search');
	await searchField(tablet).fill('2024');
	await expect(page.getByRole('list', { name: 'Kết quả tìm' })).toBeVisible();
	await expectNothingRan(page);
	expectNoTroubles(tablet);
});

test('what is written in a visit is shown as it was typed, here and at the server', async () => {
	test.setTimeout(180_000);
	const { page } = tablet;
	await registerPerson(tablet, { name: 'Đèo Văn Thử Chữ', birthDate: '01/02/1988', sex: 'Nam' });
	await page.getByRole('link', { name: 'Ghi lượt khám' }).click();
	const all = TEXTS.map(([text]) => text.slice(0, 60)).join('\n');
	const shown = TEXTS.map(([text, seen]) => (seen ?? text).slice(0, 60));
	await page.getByRole('textbox', { name: 'Lý do đến khám' }).fill(TEXTS[0]?.[0] ?? '');
	await page.getByLabel('Khám thấy').fill(all);
	await page.getByLabel('Xử trí tại chỗ').fill(TEXTS[1]?.[0] ?? '');
	await page.getByRole('textbox', { name: 'Dặn dò' }).fill('W'.repeat(900));
	await page.getByRole('button', { name: 'Ký và xong' }).click();
	await expect(page.getByText('Đã lưu lượt khám trên máy')).toBeVisible();
	await openTimeline(tablet);
	await expectNoSidewaysScroll(page, 'timeline');
	await page
		.getByRole('main')
		.getByRole('button')
		.filter({ hasText: TEXTS[0]?.[0] ?? '' })
		.click();
	const entry = page.getByRole('dialog');
	for (const text of shown) await expect(entry).toContainText(text, { useInnerText: false });
	await expect(entry).toContainText('W'.repeat(900));
	const width = await entry.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth);
	expect(width).toBeLessThanOrEqual(0);
	await page.keyboard.press('Escape');
	await sendNow(tablet);
	await seeEverythingSent(tablet);
	await expectNothingRan(page);
	expectNoTroubles(tablet);
});

test('a name, a number and a lot are refused in words or stored as shown', async () => {
	test.setTimeout(180_000);
	const { page } = tablet;
	await station.kill();

	await test.step('names', async () => {
		await openNewPerson(tablet, 'Chữ lạ');
		const name = page.getByLabel('Họ và tên');
		for (const text of [
			'<script>window.ran=true</script>',
			'{{7*7}}',
			'\u200B\u202E',
			'12345',
			'Nguy\uFFFDn'
		]) {
			await name.fill(text);
			await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
			await expect(name).toHaveAttribute('aria-invalid', 'true');
		}
		await force(name, HUGE);
		await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
		await expect(page.getByText('Dài quá, cần ngắn hơn').first()).toBeVisible();
		await name.fill('');
		await name.focus();
		await page.keyboard.insertText(MEGABYTE);
		expect((await name.inputValue()).length).toBeLessThanOrEqual(120);
	});

	await test.step('numbers and dates', async () => {
		for (const [label, text] of [
			['Ngày sinh', '31/02/2020'],
			['Ngày sinh', '01/01/2999'],
			['Ngày sinh', '<b>1990</b>'],
			['Số định danh', '00000000000A'],
			['Số định danh', "' OR 1=1"],
			['Điện thoại', '__proto__']
		] as const) {
			await page.getByLabel(label).fill(text);
			await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
			await expect(page.getByLabel(label)).toHaveAttribute('aria-invalid', 'true');
			await page.getByLabel(label).fill('');
		}
	});

	await test.step('a name of letters that look odd is a name', async () => {
		await page.getByLabel('Họ và tên').fill('O\u2019Brien-Nguyễn Thị\u200B __proto__ 🤱');
		await page.getByLabel('Ngày sinh').fill('03/04/1991');
		await page.getByRole('radio', { name: 'Nữ', exact: true }).check();
		await page.getByRole('button', { name: 'Lập sổ', exact: true }).click();
		await expect(
			page.getByRole('heading', {
				name: 'O\u2019Brien-Nguyễn Thị __proto__ 🤱',
				level: 1,
				exact: true
			})
		).toBeVisible();
	});

	await test.step('lots and products', async () => {
		await page.getByRole('link', { name: 'Ghi mũi tiêm' }).click();
		const product = page.getByRole('combobox', { name: 'Vắc xin' });
		await product.fill('<img src=x onerror="window.ran=true">');
		await page.getByRole('option', { name: 'ngoài danh mục' }).click();
		await page.getByRole('checkbox', { name: 'Dại', exact: true }).check();
		await force(page.getByLabel('Số lô'), 'L'.repeat(3000));
		await page.getByRole('button', { name: 'Ghi đã tiêm' }).click();
		await expect(page.getByLabel('Số lô')).toHaveAttribute('aria-invalid', 'true');
		await page.getByLabel('Số lô').fill('\u202E{"__proto__":1}');
		await page.getByRole('button', { name: 'Ghi đã tiêm' }).click();
		await expect(page.getByText('Đã lưu mũi tiêm trên máy')).toBeVisible();
		await openTimeline(tablet);
		const line = page.getByRole('main').getByRole('button').filter({ hasText: 'onerror' });
		await expect(line).toContainText('<img src=x onerror="window.ran=true">');
		await expect(line).toContainText('số lô {"__proto__":1}');
	});
	await expectNoSidewaysScroll(page, 'timeline');
	await seeWaiting(tablet, 2);
	await expectNothingRan(page);
	expectNoTroubles(tablet);
});
