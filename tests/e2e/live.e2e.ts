/** Two tablets in one book at the same time. */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	findPerson,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	seeEverythingSent,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type Station,
	type Tablet
} from './tablet.ts';

const PERSON = { name: 'Quàng Thị Cùng Xem', birthDate: '03/04/1991', sex: 'Nữ' } as const;

let station: Station;
let one: Tablet;
let two: Tablet;

test.beforeEach(async () => {
	station = await openStation();
	one = await openTablet(station.address);
	two = await openTablet(station.address);
	await signInOnline(one, THAM);
	await signInOnline(two, VAN);
});
test.afterEach(async () => {
	await one.close();
	await two.close();
	await station.close();
});

test('what one tablet records is on the other’s open screen without a poll, and both see who is there', async () => {
	await registerPerson(one, PERSON);
	await seeEverythingSent(one);
	// The poll alone would bring it in half a minute; the hint brings it now.
	await findPerson(two, PERSON.name, PERSON.name);
	await openTimeline(two);
	await expect(two.page.getByRole('status').filter({ hasText: THAM.name })).toBeVisible();
	await expect(one.page.getByRole('status').filter({ hasText: VAN.name })).toBeVisible();

	await recordVisit(one, 'Đau đầu từ sáng');
	await expect(timelineLines(two, 'Đau đầu từ sáng')).toBeVisible({ timeout: NEXT_LOOK_MS / 6 });

	// The other screen is locked: nobody is shown there any more.
	await two.page.getByRole('button', { name: 'Khóa máy' }).first().click();
	await expect(one.page.getByText('Cũng đang mở sổ này')).toBeHidden();
	expectNoTroubles(one, two);
});

test('a server that dies and comes back is joined again', async () => {
	await registerPerson(one, PERSON);
	await seeEverythingSent(one);
	await findPerson(two, PERSON.name, PERSON.name);
	await expect(two.page.getByText('Cũng đang mở sổ này')).toBeVisible();
	await station.kill();
	await expect(two.page.getByText('Cũng đang mở sổ này')).toBeHidden();
	await station.start();
	await expect(two.page.getByText('Cũng đang mở sổ này')).toBeVisible({ timeout: NEXT_LOOK_MS });
	expectNoTroubles(one, two);
});
