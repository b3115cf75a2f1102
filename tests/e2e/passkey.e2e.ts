/**
 * Passkeys of staff, with an authenticator inside Chromium: added on one tablet, used on another, removed; and, where
 * one computes from a salt (PRF), opening a tablet beside the PIN. They work under a name only, so not at 127.0.0.1.
 */
import { expect, test } from '@playwright/test';
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
	tablet = await openTablet(station.address.replace('127.0.0.1', 'localhost'));
});
test.afterEach(async () => {
	await tablet.close();
	await station.close();
});

/** One that is built into the tablet, with a screen lock that always opens. */
async function plugIn({ page, context }: Tablet, hasPrf: boolean) {
	const browser = await context.newCDPSession(page);
	await browser.send('WebAuthn.enable');
	const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			hasPrf,
			automaticPresenceSimulation: true
		}
	});
	return { browser, authenticatorId };
}
type PluggedIn = Awaited<ReturnType<typeof plugIn>>;

/** As a passkey that its owner's account carries from one device to the other. */
async function carryOver(from: PluggedIn, to: PluggedIn): Promise<void> {
	const { authenticatorId } = from;
	const { credentials } = await from.browser.send('WebAuthn.getCredentials', { authenticatorId });
	for (const credential of credentials)
		await to.browser.send('WebAuthn.addCredential', {
			authenticatorId: to.authenticatorId,
			credential
		});
}

/** From now on whoever stands there is not recognised. */
const forgetOwner = ({ browser, authenticatorId }: PluggedIn) =>
	browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });

async function openPasskeys({ page }: Tablet): Promise<void> {
	await page.getByRole('button', { name: /Ngôn ngữ, màu màn hình, khóa máy/ }).click();
	await page.getByRole('button', { name: 'Khóa truy cập' }).click();
	await expect(page.getByRole('dialog', { name: 'Khóa truy cập' })).toBeVisible();
}

async function addPasskey(on: Tablet): Promise<void> {
	const { page } = on;
	await openPasskeys(on);
	await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
	await page.getByLabel('Mật khẩu', { exact: true }).fill(THAM.password);
	await page.getByRole('button', { name: 'Tiếp tục', exact: true }).click();
	await expect(page.getByText('Đã thêm khóa.')).toBeVisible();
}

const usePasskey = ({ page }: Tablet) =>
	page.getByRole('button', { name: 'Dùng khóa truy cập (passkey)' }).click();

async function choosePin({ page }: Tablet): Promise<void> {
	await page.getByLabel('Mã riêng 6 số').fill(THAM.pin);
	await page.getByLabel('Nhập lại mã').fill(THAM.pin);
	await page.getByRole('button', { name: 'Đặt mã và vào' }).click();
}

const lock = ({ page }: Tablet) => page.getByRole('button', { name: 'Khóa máy' }).first().click();

test('a passkey added on one tablet signs its owner in on another, until it is removed', async () => {
	const { page } = tablet;
	const first = await plugIn(tablet, false);
	await signInOnline(tablet, THAM);
	await openPasskeys(tablet);
	await expect(page.getByText('Bạn chưa có khóa truy cập nào.')).toBeVisible();
	await page.keyboard.press('Escape');
	await addPasskey(tablet);
	await expect(page.getByText('Chưa dùng lần nào')).toBeVisible();

	const other = await openTablet(tablet.address);
	await carryOver(first, await plugIn(other, false));
	await pairTablet(other, THAM);
	await usePasskey(other);
	await choosePin(other);
	await seeToday(other);
	expectNoTroubles(tablet, other);

	await page.getByRole('button', { name: 'Gỡ khóa Máy số 1' }).click();
	await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải');
	await page.getByRole('button', { name: 'Gỡ khóa', exact: true }).click();
	await expect(page.getByText('Mật khẩu chưa đúng. Chưa có gì thay đổi.')).toBeVisible();
	await page.getByLabel('Mật khẩu', { exact: true }).fill(THAM.password);
	await page.getByRole('button', { name: 'Gỡ khóa', exact: true }).click();
	await expect(page.getByText('Bạn chưa có khóa truy cập nào.')).toBeVisible();

	await lock(other);
	await other.page.getByRole('button', { name: 'Người khác' }).click();
	await usePasskey(other);
	await expect(other.page.getByText('Máy chủ không có khóa này')).toBeVisible();
	// The code of before still opens what is on that tablet.
	await signInByPin(other, THAM);
	await seeToday(other);
	await other.close();
});

test('a tablet of PIN and passkey opens without a network by both together, and by neither alone', async () => {
	const { page } = tablet;
	const pluggedIn = await plugIn(tablet, true);
	const { browser, authenticatorId } = pluggedIn;
	await signInOnline(tablet, THAM);
	await addPasskey(tablet);
	await page.keyboard.press('Escape');
	await lock(tablet);
	await page.getByRole('button', { name: new RegExp(THAM.name) }).click();
	await page.getByRole('button', { name: 'Quên mã' }).click();
	await page.getByRole('button', { name: 'Nhập mật khẩu' }).click();
	await usePasskey(tablet);
	await choosePin(tablet);
	await seeToday(tablet);
	await lock(tablet);
	await station.kill();

	await signInByPin(tablet, THAM);
	await seeToday(tablet);
	await lock(tablet);
	await signInByPin(tablet, { ...THAM, pin: '975310' });
	await expect(page.getByText('Mã chưa đúng.')).toBeVisible();
	await forgetOwner(pluggedIn);
	await signInByPin(tablet, THAM);
	await expect(page.getByText('Chưa dùng khóa truy cập')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByText('Chưa dùng khóa truy cập')).toBeHidden();

	// As a copy of the disk in another device, without the passkey.
	await browser.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
	await plugIn(tablet, true);
	await signInByPin(tablet, THAM);
	await expect(page.getByText('Chưa dùng khóa truy cập')).toBeVisible();
	expectNoTroubles(tablet);
});

test('its windows can be used by everybody, on a phone and in the dark', async () => {
	test.slow();
	const { page } = tablet;
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
	await pairTablet(tablet, THAM);
	await look('sign-in');
	await signInFirst(tablet, THAM);
	await seeToday(tablet);
	// Not before: looking ends what is plugged in.
	await plugIn(tablet, true);
	await addPasskey(tablet);
	await look('list');
	await page.getByRole('button', { name: 'Gỡ khóa Máy số 1' }).click();
	await look('remove');
	await page.getByRole('button', { name: 'Quay lại' }).click();
	await page.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
	await look('add');
});

test('where the address is a number there is no passkey, and the password stays', async () => {
	const numbered = await openTablet(station.address);
	await pairTablet(numbered, THAM);
	await expect(numbered.page.getByRole('button', { name: /passkey/ })).toHaveCount(0);
	await signInFirst(numbered, THAM);
	await seeToday(numbered);
	await numbered.page.getByRole('button', { name: /Ngôn ngữ, màu màn hình/ }).click();
	await expect(numbered.page.getByRole('button', { name: 'Khóa truy cập' })).toHaveCount(0);
	await numbered.close();
});
