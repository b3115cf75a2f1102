/** A mother's phone: signing in through the identity provider, the family's books with and without a server. */
import { expect, test, type Page } from '@playwright/test';
import { CITIZEN_FAMILY_PATH, familySchema, type Family } from '#lib/protocol/citizen.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { readPdf } from './pdf-text.ts';
import {
	expectNoSidewaysScroll,
	expectRoomForAll,
	SCHEMES,
	seriousFindings,
	showIn
} from './screen-checks.ts';
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
const LANGUAGES = ['vi', 'en'] as const;
const VISIT_REASON = 'Bé ho ba ngày nay';

let station: Station;
let phone: Tablet;
let mother: string;

test.beforeEach(async () => {
	station = await openStation();
	mother = readDemoCitizens(station.dataDir)[0]?.name ?? '';
});
test.afterEach(async () => {
	await phone.close();
	await station.close();
});

/** Chooses on the first page, goes to the provider, says who she is, and comes back. */
async function signIn({ page }: Tablet, who = mother): Promise<void> {
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await expect(page.getByText('Trang này đứng thay cho VNeID')).toBeVisible();
	await page.getByRole('button', { name: who }).click();
	await expect(page.getByRole('heading', { name: 'Sổ của gia đình', level: 1 })).toBeVisible();
}

async function openPhone(): Promise<void> {
	phone = await openTablet(station.address, PHONE);
	await phone.page.goto(station.address);
	await phone.page.getByRole('link', { name: 'Người dân' }).click();
	await signIn(phone);
	await expect(covers(phone)).toHaveCount(3);
	// It fetches the whole app first.
	await phone.page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
		timeout: 60_000
	});
}

const covers = ({ page }: Tablet) =>
	page.getByRole('list', { name: 'Sổ', exact: true }).getByRole('link');

const coverPaths = (): Promise<string[]> =>
	covers(phone).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

test('a mother signs in, reads her and her children’s books, and goes on reading with the server killed', async () => {
	await openPhone();
	const { page } = phone;
	expect(page.url()).toBe(`${station.address}/citizen`);
	await expect(covers(phone).first()).toContainText(mother);
	await expect(covers(phone).first()).toContainText('Sổ của bạn');
	const child = await covers(phone).nth(2).locator('b').innerText();

	await test.step('the child’s doses and growth', async () => {
		await covers(phone).nth(2).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Sổ của bé');
		await expect(page.getByText(child)).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Viêm gan B' })).toBeVisible();
		await page.getByRole('tab', { name: 'Lớn lên' }).click();
		await expect(page.getByRole('table')).toContainText('kg');
	});

	await station.kill();
	await test.step('reload and deep link with the server killed', async () => {
		await page.reload();
		await expect(page.getByRole('table')).toContainText('kg');
		await expect(page.getByText('Chưa tới được máy chủ, sổ đã tải vẫn xem được.')).toBeVisible();
		await page.goto(`${station.address}/`);
		await expect(covers(phone)).toHaveCount(3);
		await covers(phone).nth(0).click();
		const visits = page.getByRole('tabpanel', { name: 'Khám' }).getByRole('link');
		await visits.first().click();
		await expect(page.getByRole('heading', { name: 'Vì sao đi khám' })).toBeVisible();
		await page.reload();
		await expect(page.getByRole('heading', { name: 'Vì sao đi khám' })).toBeVisible();
	});

	await station.start();
	await test.step('what a nurse records arrives once somebody looks again', async () => {
		const nurse = await openTablet(station.address);
		await signInOnline(nurse, THAM);
		await findPerson(nurse, child, child);
		await recordVisit(nurse, VISIT_REASON);
		await seeEverythingSent(nurse);
		expectNoTroubles(nurse);
		await nurse.close();
		await page.goto(`${station.address}/citizen`);
		await expect(page.getByText(VISIT_REASON)).toBeVisible();
		await expect(page.getByText('Chưa tới được máy chủ')).toHaveCount(0);
	});

	await test.step('it costs one question without a body when nothing is new', async () => {
		const asked = page.waitForResponse((response) => response.url().includes('/api/citizen/'));
		await page.evaluate(() => window.dispatchEvent(new Event('focus')));
		const answer = await asked;
		expect(new URL(answer.url()).pathname).toBe('/api/citizen/family');
		expect(answer.status()).toBe(304);
	});
	expectNoTroubles(phone);
});

test('signing out removes the books from the phone, also with the server killed, and the server hears of it later', async () => {
	await openPhone();
	const { page } = phone;
	await station.kill();
	await page.getByRole('link', { name: 'Cài đặt' }).click();
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	await page.getByRole('button', { name: 'Xóa khỏi máy này' }).click();
	await expect(page.getByRole('button', { name: 'Đăng nhập bằng VNeID' })).toBeVisible();
	const left = await page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
		const open = (name: string) =>
			new Promise<IDBDatabase>((resolve) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
			});
		const counts: number[] = [];
		for (const name of names) {
			const database = await open(name);
			const stores = [...database.objectStoreNames];
			for (const store of stores)
				counts.push(
					await new Promise<number>((resolve) => {
						const request = database.transaction(store).objectStore(store).count();
						request.onsuccess = () => resolve(request.result);
					})
				);
			database.close();
		}
		return counts.reduce((sum, count) => sum + count, 0);
	});
	expect(left).toBe(0);
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await expect(page.getByText('Cần mạng để đăng nhập')).toBeVisible();

	await station.start();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Đăng nhập bằng VNeID' })).toBeVisible();
	await expect(page.getByText(mother)).toHaveCount(0);
	// The cookie is still there, or it would prove nothing; the server lets nobody in with it any more.
	expect((await page.request.get(`${station.address}/api/citizen/family`)).status()).toBe(401);
	await signIn(phone);
	await expect(covers(phone)).toHaveCount(3);
	expectNoTroubles(phone);
});

test('somebody else signs in on the same phone and finds nothing of the one before, in no window', async () => {
	await openPhone();
	const { page, context } = phone;
	const [, child = ''] = await coverPaths();
	const other = await context.newPage();
	await other.goto(station.address + child);
	await expect(other.getByRole('heading', { level: 1 })).toContainText('Sổ của bé');

	await page.getByRole('link', { name: 'Cài đặt' }).click();
	await page.getByRole('button', { name: 'Đăng xuất' }).click();
	await page.getByRole('button', { name: 'Xóa khỏi máy này' }).click();
	await expect(page.getByRole('button', { name: 'Đăng nhập bằng VNeID' })).toBeVisible();
	await other.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(other.getByRole('button', { name: 'Đăng nhập bằng VNeID' })).toBeVisible();

	const elder = readDemoCitizens(station.dataDir)[1]?.name ?? '';
	await signIn(phone, elder);
	await expect(covers(phone)).toHaveCount(1);
	await expect(covers(phone)).toContainText(elder);
	await page.goto(station.address + child);
	await expect(page.getByText('Sổ này không có trên máy')).toBeVisible();
	expectNoTroubles(phone);
});

test('an older child’s book says that it may not be whole, and one that is no more the family’s goes away while it is open', async () => {
	await openPhone();
	const { page, context } = phone;
	const [, child = ''] = await coverPaths();
	const lookAgain = () => page.evaluate(() => window.dispatchEvent(new Event('focus')));
	const tellOfChildren = async (tell: (books: Family['books']) => Family['books']) => {
		await context.route(`**${CITIZEN_FAMILY_PATH}`, async (route) => {
			const headers = { ...route.request().headers(), 'if-none-match': '' };
			const answer = await route.fetch({ headers });
			const family = familySchema.parse(await answer.json());
			await route.fulfill({ json: { ...family, books: tell(family.books) } });
		});
		await lookAgain();
	};
	await page.goto(station.address + child);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Sổ của bé');
	const note = page.getByText('Từ 16 tuổi');
	await expect(note).toHaveCount(0);
	await tellOfChildren((books) =>
		books.map((book) => (book.relation === 'own' ? book : { ...book, relation: 'child-from-16' }))
	);
	await expect(note).toBeVisible();
	await showIn(page, 'dark');
	expect(await seriousFindings(page)).toEqual([]);
	await context.unrouteAll();
	await tellOfChildren((books) => books.filter(({ relation }) => relation === 'own'));
	await expect(page.getByText('Sổ này không có trên máy')).toBeVisible();
	await page.getByRole('link', { name: 'Về các sổ' }).click();
	await expect(covers(phone)).toHaveCount(1);
	expectNoTroubles(phone);
});

test('one visit prints on A5 with the name on every page and no controls', async () => {
	await openPhone();
	const { page } = phone;
	await covers(phone).first().click();
	await page.getByRole('tabpanel').getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Vì sao đi khám' })).toBeVisible();
	await showIn(page, 'dark');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('navigation')).toBeHidden();
	await expect(page.getByRole('button', { name: 'In hoặc lưu thành tệp' })).toBeHidden();
	const colours = await page.evaluate(() => {
		const { backgroundColor, color } = getComputedStyle(document.body);
		return { backgroundColor, color };
	});
	expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
	// Long enough for several pages.
	await page.evaluate(() => {
		const text = document.querySelector('.print-body section p');
		if (text !== null) text.textContent = 'Một dòng dài để in. '.repeat(400);
	});
	const path = 'test-results/screens/citizen/visit.pdf';
	const pages = readPdf(await page.pdf({ preferCSSPageSize: true, path }));
	expect(pages.length).toBeGreaterThan(2);
	const withoutSpaces = (text: string) => text.replace(/\s/g, '');
	for (const [at, { width, height, text }] of pages.entries()) {
		expect([Math.round(width), Math.round(height)]).toEqual([420, 595]);
		expect(withoutSpaces(text)).toContain(withoutSpaces(`${mother}, sinh`));
		expect(withoutSpaces(text)).toContain(`${at + 1}/${pages.length}`);
		expect(withoutSpaces(text)).not.toContain(withoutSpaces('In hoặc lưu'));
	}
});

test('every page of a citizen is usable by everybody, in both languages and themes, with large text', async () => {
	test.setTimeout(240_000);
	phone = await openTablet(station.address, PHONE);
	const { page } = phone;
	const look = async (name: string, open: () => Promise<unknown>) =>
		test.step(name, async () => {
			for (const language of LANGUAGES) {
				await choose(page, language);
				await open();
				for (const scheme of SCHEMES) {
					await showIn(page, scheme);
					const where = `${name}-${language}-${scheme}`;
					await page.screenshot({ path: `test-results/screens/citizen/${where}.png` });
					expect.soft(await seriousFindings(page), where).toEqual([]);
				}
				await expectRoomForAll(page, `${name} in ${language}`);
				await expectRoomForLargest(page, `${name} in ${language}`);
			}
			await choose(page, 'vi');
		});
	const go = (path: string) => async () => {
		await page.goto(station.address + path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	};
	await look('01-choice', go('/'));
	await look('02-sign-in', go('/citizen'));
	await look('03-sign-in-declined', go('/citizen?sign-in=declined'));
	await choose(page, 'vi');
	await go('/citizen')();
	await page.getByRole('button', { name: 'Đăng nhập bằng VNeID' }).click();
	await expect(page.getByRole('heading', { name: 'Bạn là ai?' })).toBeVisible();
	for (const scheme of SCHEMES) {
		await showIn(page, scheme);
		await page.screenshot({ path: `test-results/screens/citizen/04-stand-in-${scheme}.png` });
		expect.soft(await seriousFindings(page), 'stand-in').toEqual([]);
	}
	await page.getByRole('button', { name: mother }).click();
	await expect(covers(phone)).toHaveCount(3);
	const [own = '', , child = ''] = await coverPaths();
	await look('05-home', go('/citizen'));
	for (const section of ['doses', 'growth', 'visits', 'medicines', 'allergies'])
		await look(`06-child-${section}`, go(`${child}?section=${section}`));
	for (const section of ['visits', 'medicines', 'allergies', 'doses'])
		await look(`07-own-${section}`, go(`${own}?section=${section}`));
	await go(own)();
	await page.getByRole('tabpanel').getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Vì sao đi khám' })).toBeVisible();
	const visit = new URL(page.url()).pathname;
	await look('08-visit', async () => {
		await go(visit)();
		await page.locator('summary').click();
	});
	await look('09-settings', go('/citizen/settings'));
	await look('10-sign-out', async () => {
		await go('/citizen/settings')();
		await page.getByRole('button', { name: /Đăng xuất|Sign out/ }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
	});
	await look('11-missing', async () => {
		await page.goto(`${station.address}/citizen/book/AAAAAAAAAAAAAAAAAAAAAA`);
		await expect(page.getByRole('link', { name: /Về các sổ|To the books/ })).toBeVisible();
	});
	await station.kill();
	await look('12-home-offline', go('/citizen'));
	expectNoTroubles(phone);
});

async function choose(page: Page, language: (typeof LANGUAGES)[number]): Promise<void> {
	await page.evaluate((chosen) => localStorage.setItem('so-suc-khoe.language', chosen), language);
}

/** The largest letters of the app's own setting, on the narrowest phone. */
async function expectRoomForLargest(page: Page, where: string): Promise<void> {
	await page.evaluate(() => (document.documentElement.dataset['textSize'] = '200'));
	const size = page.viewportSize();
	await page.setViewportSize({ width: 320, height: 844 });
	await expectNoSidewaysScroll(page, `${where} with the largest letters`);
	if (size !== null) await page.setViewportSize(size);
	await page.evaluate(() => delete document.documentElement.dataset['textSize']);
}
