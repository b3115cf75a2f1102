/** Two offline tablets write for one child; afterwards both see both, and nothing is lost or doubled. */
import { expect, test } from '@playwright/test';
import { bookIdSchema } from '#lib/domain/ids.ts';
import { withStorage } from '../acceptance/start-server.ts';
import {
	expectNoReload,
	expectNoTroubles,
	findPerson,
	giveVaccine,
	markPage,
	MY,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	searchField,
	seeEverythingSent,
	seeWaiting,
	sendNow,
	signInByPin,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const CHILD: NewPerson = {
	name: 'Quàng Văn Thử Nghiệm',
	birthDate: '05/03/2026',
	sex: 'Nam',
	identifier: '014226001234'
};
const VACCINE = 'Hexaxim';
const REASON = 'Ho, chảy mũi hai ngày';

let station: Station;
let tablets: Tablet[] = [];

test.beforeEach(async () => {
	station = await openStation();
});
test.afterEach(async () => {
	await Promise.all(tablets.map(async (tablet) => tablet.close()));
	tablets = [];
	await station.close();
});

async function openOne(): Promise<Tablet> {
	const tablet = await openTablet(station.address);
	tablets.push(tablet);
	return tablet;
}

/** A tablet on which the child was just registered, everything sent. */
async function openWithChild(): Promise<Tablet> {
	const tablet = await openOne();
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, CHILD);
	await seeEverythingSent(tablet);
	return tablet;
}

/** Another tablet of the same station, the child's book open. */
async function openSecond(): Promise<Tablet> {
	const tablet = await openOne();
	await signInOnline(tablet, VAN);
	await findPerson(tablet, 'quang van thu', CHILD.name);
	return tablet;
}

async function seeBoth(tablet: Tablet): Promise<void> {
	await expect(timelineLines(tablet, VACCINE)).toHaveCount(1, { timeout: NEXT_LOOK_MS });
	await expect(timelineLines(tablet, REASON)).toHaveCount(1, { timeout: NEXT_LOOK_MS });
}

/** Both have the child, both write without network, both read the timeline. */
async function writeApart(first: Tablet, second: Tablet): Promise<void> {
	await giveVaccine(first, VACCINE, 'LOT-A1');
	await recordVisit(second, REASON);
	await seeWaiting(first, 1);
	await seeWaiting(second, 1);
	await openTimeline(first);
	await openTimeline(second);
	await expect(timelineLines(first, REASON)).toHaveCount(0);
	await expect(timelineLines(second, VACCINE)).toHaveCount(0);
	await markPage(first);
	await markPage(second);
}

async function seeBothEverywhere(first: Tablet, second: Tablet): Promise<void> {
	await seeBoth(first);
	await seeBoth(second);
	await seeEverythingSent(first);
	await seeEverythingSent(second);
	await expectNoReload(first);
	await expectNoReload(second);
	expectNoTroubles(first, second);
}

/** How many entries the store holds for the book that is open. The server must be down. */
async function countStored({ page }: Tablet): Promise<number> {
	const book = bookIdSchema.parse(/people\/([^/?]+)/.exec(page.url())?.[1]);
	return withStorage(station.dataDir, async (storage) => (await storage.readBook(book)).length);
}

/** The server takes what the tablet sends, and dies at this point of it. */
async function sendIntoCrash(tablet: Tablet, point: string): Promise<void> {
	// Away until the server has said that it is there.
	await tablet.context.setOffline(true);
	const server = await station.start({ CRASH_AT: point });
	await tablet.context.setOffline(false);
	await sendNow(tablet);
	await server.ended();
}

test('two tablets of one station without network write for one child, and both see both', async () => {
	const first = await openWithChild();
	const second = await openSecond();
	await first.context.setOffline(true);
	await second.context.setOffline(true);
	await writeApart(first, second);
	await first.context.setOffline(false);
	await second.context.setOffline(false);
	// Nobody presses anything: the tablets find out by themselves.
	await seeBothEverywhere(first, second);
});

test('the same when it is the server that was away', async () => {
	const first = await openWithChild();
	const second = await openSecond();
	await station.kill();
	await writeApart(first, second);
	await station.start();
	await sendNow(first);
	await sendNow(second);
	await sendNow(first);
	await seeBothEverywhere(first, second);
});

test('a station that did not hold the child asks for the book by exact number, then both write and see both', async () => {
	const first = await openWithChild();
	const other = await openOne();
	await signInOnline(other, MY);
	await searchField(other).fill(CHILD.identifier ?? '');
	const { page } = other;
	await expect(page.getByText('Chưa có ai tên này trên máy')).toBeVisible();
	await page.getByRole('button', { name: 'Tìm ở máy chủ' }).click();
	await page.getByRole('button', { name: 'Hỏi máy chủ' }).click();
	await page.getByRole('button', { name: 'Lấy sổ về và mở' }).click();
	await expect(page.getByRole('heading', { name: CHILD.name, level: 1 })).toBeVisible();

	await first.context.setOffline(true);
	await other.context.setOffline(true);
	await writeApart(first, other);
	await first.context.setOffline(false);
	await other.context.setOffline(false);
	await sendNow(first);
	await sendNow(other);
	await sendNow(first);
	await seeBothEverywhere(first, other);
});

test('a server killed between receiving and acknowledging loses nothing and doubles nothing', async () => {
	const first = await openWithChild();
	await station.kill();
	const before = await countStored(first);

	await giveVaccine(first, VACCINE, 'LOT-A1');
	await sendIntoCrash(first, 'after_append');
	expect(await countStored(first)).toBe(before);
	await seeWaiting(first, 1);

	await recordVisit(first, REASON);
	// What precedes the entries (the tip of the journal) is committed by itself: it dies there first.
	for (let deaths = 0; deaths < 4 && (await countStored(first)) === before; deaths++)
		await sendIntoCrash(first, 'before_ack');
	expect(await countStored(first)).toBe(before + 2);
	await seeWaiting(first, 2);

	await station.start();
	await sendNow(first);
	await seeEverythingSent(first);
	const fresh = await openSecond();
	await openTimeline(fresh);
	await seeBoth(fresh);
	await openTimeline(first);
	await seeBoth(first);
	await station.kill();
	expect(await countStored(first)).toBe(before + 2);
	expectNoTroubles(first, fresh);
});

test('a browser killed right after "saved" still has what was saved, and sends it once', async () => {
	const first = await openWithChild();
	await station.kill();
	const before = await countStored(first);
	const path = new URL(first.page.url()).pathname;
	await giveVaccine(first, VACCINE, 'LOT-A1');
	await first.crash(path);

	await signInByPin(first, THAM);
	await seeWaiting(first, 1);
	await openTimeline(first);
	await expect(timelineLines(first, VACCINE)).toHaveCount(1);

	await station.start();
	await sendNow(first);
	await seeEverythingSent(first);
	await station.kill();
	expect(await countStored(first)).toBe(before + 1);
	expectNoTroubles(first);
});
