/**
 * From a new tablet to a morning without a network: the code of the station, name and password, a PIN of one's own; a
 * second nurse on the same tablet; and what is said when something is not right.
 */
import { expect, test } from '@playwright/test';
import { newCodeFor } from '../acceptance/enrolment-codes.ts';
import { expectRoomForAll, SCHEMES, seriousFindings, showIn } from './screen-checks.ts';
import {
	expectNoTroubles,
	openStation,
	openTablet,
	pairTablet,
	seeToday,
	signInByPin,
	signInFirst,
	signInOnline,
	THAM,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const SIZES = [
	[390, 844],
	[1280, 800]
] as const;
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

test('a tablet comes to a station by a code; two nurses choose a PIN each and open it without a network', async () => {
	const { page } = tablet;
	await signInOnline(tablet, THAM);
	await lock(tablet);
	await expect(page.getByText(/Trạm Y tế Suối Bạc · máy số 1/)).toBeVisible();
	await page.getByRole('button', { name: 'Người khác' }).click();
	await signInFirst(tablet, VAN);
	await seeToday(tablet);
	await lock(tablet);
	await station.kill();
	for (const [staff, other] of [
		[THAM, VAN],
		[VAN, THAM]
	] as const) {
		await signInByPin(tablet, { ...staff, pin: other.pin });
		await expect(page.getByText('Mã chưa đúng.')).toBeVisible();
		await signInByPin(tablet, staff);
		await seeToday(tablet);
		await lock(tablet);
	}
	expectNoTroubles(tablet);
});

test('the code of a QR code comes with the address, and stays neither there nor in the history', async () => {
	const { page } = tablet;
	const code = await newCodeFor(station.address, THAM.login);
	await expect(page.getByLabel('Mã ghép máy')).toHaveValue('');
	await page.goto(`${station.address}/clinic#enrol=${code}`);
	await expect(page.getByLabel('Mã ghép máy')).toHaveValue(code);
	await expect(page).toHaveURL(`${station.address}/clinic`);
	await page.getByRole('button', { name: 'Ghép máy', exact: true }).click();
	await expect(page.getByLabel('Tên đăng nhập')).toBeVisible();
	const second = await openTablet(station.address);
	// Read by the camera of a tablet that has not opened the app.
	await second.page.goto('about:blank');
	await second.page.goto(`${station.address}/clinic#enrol=${code}`);
	await expect(second.page.getByLabel('Mã ghép máy')).toHaveValue(code);
	await expect(second.page).toHaveURL(`${station.address}/clinic`);
	await second.page.getByRole('button', { name: 'Ghép máy', exact: true }).click();
	await expect(second.page.getByText('Mã này đã dùng cho một máy')).toBeVisible();
	await second.close();
	expectNoTroubles(tablet);
});

test('a PIN is typed twice, is none that everybody tries, and a forgotten one is replaced by the password', async () => {
	const { page } = tablet;
	await pairTablet(tablet, THAM);
	const logIn = async () => {
		await page.getByLabel('Mật khẩu', { exact: true }).fill(THAM.password);
		await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
	};
	const choose = async (pin: string, again = pin) => {
		await page.getByLabel('Mã riêng 6 số').fill(pin);
		await page.getByLabel('Nhập lại mã').fill(again);
		await page.getByRole('button', { name: 'Đặt mã và vào' }).click();
	};
	await page.getByLabel('Tên đăng nhập').fill(THAM.login);
	await logIn();
	await choose('135790', '135791');
	await expect(page.getByText('Hai lần nhập chưa giống nhau')).toBeVisible();
	await choose('123456');
	await expect(page.getByText('Mã này dễ đoán')).toBeVisible();
	await choose(THAM.pin);
	await seeToday(tablet);
	await lock(tablet);
	await page.getByRole('button', { name: new RegExp(THAM.name) }).click();
	await page.getByRole('button', { name: 'Quên mã' }).click();
	await page.getByRole('button', { name: 'Nhập mật khẩu' }).click();
	await logIn();
	await choose('975310');
	await seeToday(tablet);
	await lock(tablet);
	await signInByPin(tablet, THAM);
	await expect(page.getByText('Mã chưa đúng.')).toBeVisible();
	await signInByPin(tablet, { ...THAM, pin: '975310' });
	await seeToday(tablet);
	expectNoTroubles(tablet);
});

test('each step can be used by everybody, on a phone and in the dark', async () => {
	test.slow();
	const { page } = tablet;
	const pair = page.getByRole('heading', { name: 'Ghép máy này với trạm' });
	const password = page.getByRole('heading', { name: 'Đăng nhập lần đầu trên máy này' });
	const choose = page.getByRole('heading', { name: 'Chọn mã riêng cho máy này' });
	const look = async (name: string) => {
		for (const scheme of SCHEMES) {
			await showIn(page, scheme);
			expect.soft(await seriousFindings(page), `${name}, ${scheme}`).toEqual([]);
			for (const [width, height] of SIZES) {
				await page.setViewportSize({ width, height });
				await page.screenshot({ path: test.info().outputPath(`${name}-${scheme}-${width}.png`) });
			}
		}
		await expectRoomForAll(page, name);
	};
	await expect(pair).toBeVisible();
	await look('pair');
	await pairTablet(tablet, THAM);
	await expect(password).toBeVisible();
	await expect(page.getByLabel('Tên đăng nhập')).toBeFocused();
	await look('password');
	await page.getByLabel('Tên đăng nhập').fill(THAM.login);
	await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải');
	await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
	await expect(page.getByText('Tên đăng nhập hoặc mật khẩu chưa đúng.')).toBeVisible();
	await page.getByLabel('Mật khẩu', { exact: true }).fill(THAM.password);
	await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
	await expect(choose).toBeVisible();
	await look('choose');
});

async function lock({ page }: Tablet): Promise<void> {
	await page.getByRole('button', { name: 'Khóa máy' }).first().click();
}
