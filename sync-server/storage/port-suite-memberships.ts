/** Memberships with an end of their own, and who has signed in on a device. */
import { expect, it } from 'vitest';
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { EmergencyRequest, EmergencyReviewRequest } from './emergencies.ts';
import { AT_MS, batchOf, bookId, deviceId, entryOf, idOf, PLENTY } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { Account, PersonKey, ServerStorage } from './storage.ts';

const BOOK = bookId(1);
const OTHER = bookId(2);
const STATION = 'S0001';
const CLINIC = 'S0002';
const OTHER_CLINIC = 'S0003';
const HOSPITAL = 'H0001';
const UNTIL_MS = AT_MS + 4 * 60 * 60_000;

export function membershipEndTests(openNew: OpenNew, openTwice: OpenTwice): void {
	endTests(openNew, openTwice);
	emergencyTests(openNew, openTwice);
	emergencyReviewTests(openNew, openTwice);
	dutyTests(openNew);
	peopleTests(openNew);
}

function endTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('ends what was to end, not before, and says so in the feed and the audit', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1)]));
		await storage.beginMembership(STATION, BOOK, 'break-glass', AT_MS, UNTIL_MS);
		expect(await storage.endOverdue(UNTIL_MS - 1, 10)).toBe(0);
		expect(await feedWords(storage)).toEqual(['join']);
		expect(await storage.endOverdue(UNTIL_MS, 10)).toBe(1);
		expect(await feedWords(storage)).toEqual(['join', 'leave']);
		expect(await storage.isMember(STATION, BOOK)).toBe(false);
		expect(await storage.listMemberships(STATION, BOOK)).toEqual([]);
		expect(await storage.endOverdue(UNTIL_MS, 10)).toBe(0);
		expect(await storage.listAudit({ action: 'end', limit: 9 })).toMatchObject([
			{ at: UNTIL_MS, facility: STATION, book: BOOK, detail: 'break-glass' }
		]);
		await storage.close();
	});

	it('keeps the book where another reason is left, and a later end where one reason begins twice', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(OTHER, 1)]));
		await storage.beginMembership(STATION, BOOK, 'break-glass', AT_MS, UNTIL_MS);
		await storage.beginMembership(STATION, BOOK, 'referral', AT_MS + 1, UNTIL_MS + 5);
		await storage.beginMembership(STATION, BOOK, 'referral', AT_MS + 2, UNTIL_MS + 9);
		await storage.beginMembership(STATION, BOOK, 'referral', AT_MS + 3, UNTIL_MS + 2);
		expect(await storage.listMemberships(STATION, BOOK)).toEqual([
			{ reason: 'break-glass', fromMs: AT_MS, untilMs: UNTIL_MS },
			{ reason: 'referral', fromMs: AT_MS + 1, untilMs: UNTIL_MS + 9 }
		]);
		await storage.endOverdue(UNTIL_MS, 10);
		expect(await storage.isMember(STATION, BOOK)).toBe(true);
		await storage.endOverdue(UNTIL_MS + 9, 10);
		expect(await feedWords(storage)).toEqual(['join', 'leave']);
		await storage.close();
	});

	it('never ends what has no end, also when it begins again with one', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION })]));
		await storage.beginMembership(STATION, BOOK, 'wrote', AT_MS, UNTIL_MS);
		expect(await storage.endOverdue(UNTIL_MS * 2, 10)).toBe(0);
		expect(await storage.listMemberships(STATION, BOOK)).toEqual([
			{ reason: 'wrote', fromMs: AT_MS }
		]);
		await storage.close();
	});

	it('begins with the entry that states it, ends the earliest first, and remembers over a restart', async () => {
		const { first, again } = await openTwice();
		const begins = (untilMs: number) => [
			{ facility: STATION, reason: 'referral' as const, untilMs }
		];
		await first.append(batchOf([entryOf(BOOK, 1, { begins: begins(UNTIL_MS + 1) })]));
		await first.append(batchOf([entryOf(OTHER, 1, { begins: begins(UNTIL_MS) })]));
		await first.close();
		const storage = await again();
		expect(await storage.endOverdue(UNTIL_MS + 1, 1)).toBe(1);
		expect(await storage.isMember(STATION, OTHER)).toBe(false);
		expect(await storage.isMember(STATION, BOOK)).toBe(true);
		expect(await storage.endOverdue(UNTIL_MS + 1, 1)).toBe(1);
		expect((await storage.readFeedState(STATION)).digest).toBe(0n);
		await storage.close();
	});
}

function emergencyTests(openNew: OpenNew, openTwice: OpenTwice): void {
	const emergency = (rest: Partial<EmergencyRequest> = {}): EmergencyRequest => ({
		at: AT_MS,
		untilMs: UNTIL_MS,
		person: idOf('lan'),
		device: deviceId(1),
		facility: STATION,
		book: BOOK,
		reason: 'unconscious',
		note: 'Bất tỉnh, không có người nhà',
		openingsMax: 2,
		sinceMs: AT_MS - 1,
		...rest
	});

	it('opens a book in an emergency, and keeps who said why', async () => {
		const { first, again } = await openTwice();
		await first.append(batchOf([entryOf(BOOK, 1)]));
		expect(await first.openInEmergency(emergency())).toEqual({ type: 'opened' });
		await first.close();
		const storage = await again();
		expect(await storage.listMemberships(STATION, BOOK)).toEqual([
			{ reason: 'break-glass', fromMs: AT_MS, untilMs: UNTIL_MS }
		]);
		const { openingsMax: _openingsMax, sinceMs: _sinceMs, ...kept } = emergency();
		expect(await storage.listEmergencies(STATION, 5)).toEqual([{ ...kept, number: 1 }]);
		expect(await storage.listEmergencies(CLINIC, 5)).toEqual([]);
		const [row] = await storage.listAudit({ book: BOOK, limit: 1 });
		const { person, device, facility } = kept;
		const detail = `unconscious until=${UNTIL_MS}`;
		expect(row).toEqual({
			at: AT_MS,
			action: 'break-glass',
			person,
			device,
			facility,
			book: BOOK,
			detail
		});
		await storage.close();
	});

	it('opens no more for one person than so many within the time, and says so in the audit', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(OTHER, 1)]));
		await storage.openInEmergency(emergency({ at: AT_MS }));
		await storage.openInEmergency(emergency({ at: AT_MS + 1 }));
		const third = emergency({ at: AT_MS + 2, book: OTHER });
		expect(await storage.openInEmergency(third)).toEqual({ type: 'too-many', oldestMs: AT_MS });
		expect(await storage.isMember(STATION, OTHER)).toBe(false);
		expect(await storage.listAudit({ book: OTHER, action: 'refuse', limit: 5 })).toMatchObject([
			{ detail: 'break-glass too-many', person: third.person }
		]);
		const colleague = { ...third, person: idOf<PersonId>('hoa') };
		expect(await storage.openInEmergency(colleague)).toEqual({ type: 'opened' });
		expect(await storage.openInEmergency({ ...third, sinceMs: AT_MS })).toEqual({ type: 'opened' });
		await storage.close();
	});
}

function emergencyReviewTests(openNew: OpenNew, openTwice: OpenTwice): void {
	const opening: EmergencyRequest = {
		at: AT_MS,
		untilMs: UNTIL_MS,
		person: idOf('lan'),
		device: deviceId(1),
		facility: STATION,
		book: BOOK,
		reason: 'unconscious',
		note: 'Bất tỉnh, không có người nhà',
		openingsMax: 2,
		sinceMs: AT_MS - 1
	};
	const review: EmergencyReviewRequest = {
		at: AT_MS + 5,
		person: idOf('hoa'),
		device: deviceId(2),
		facility: STATION,
		number: 1,
		verdict: 'justified',
		note: 'Có mặt lúc đó'
	};

	it('takes what a colleague says of an emergency, once, with its audit row', async () => {
		const { first, again } = await openTwice();
		await first.append(batchOf([entryOf(BOOK, 1)]));
		await first.openInEmergency(opening);
		expect(await first.reviewEmergency({ ...review, person: opening.person })).toEqual({
			type: 'own'
		});
		expect(await first.reviewEmergency({ ...review, facility: CLINIC })).toEqual({
			type: 'not-found'
		});
		expect(await first.reviewEmergency({ ...review, number: 2 })).toEqual({ type: 'not-found' });
		expect(await first.reviewEmergency(review)).toEqual({ type: 'reviewed' });
		expect(await first.reviewEmergency({ ...review, verdict: 'questioned' })).toEqual({
			type: 'already-reviewed'
		});
		await first.close();
		const storage = await again();
		const { at, person, verdict, note } = review;
		expect(await storage.listEmergencies(STATION, 5)).toMatchObject([
			{ number: 1, review: { at, person, verdict, note } }
		]);
		const rows = await storage.listAudit({ book: BOOK, action: 'review', limit: 5 });
		expect(rows).toMatchObject([
			{ at, person, facility: STATION, detail: 'break-glass justified' }
		]);
		await storage.close();
	});

	it('finds the emergencies of some books', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(OTHER, 1)]));
		await storage.openInEmergency(opening);
		await storage.openInEmergency({ ...opening, at: AT_MS + 2, book: OTHER });
		const booksSince = async (books: BookId[], sinceMs: number) =>
			(await storage.listEmergenciesOf(books, sinceMs, 5)).map(({ book }) => book);
		expect(await booksSince([BOOK, OTHER], AT_MS - 1)).toEqual([OTHER, BOOK]);
		expect(await booksSince([BOOK], AT_MS - 1)).toEqual([BOOK]);
		expect(await booksSince([BOOK, OTHER], AT_MS)).toEqual([OTHER]);
		expect(await booksSince([], AT_MS - 1)).toEqual([]);
		await storage.close();
	});

	it('lists the books that a facility has for a while only, with their last reason', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(OTHER, 1)]));
		await storage.beginMembership(STATION, BOOK, 'break-glass', AT_MS, UNTIL_MS);
		await storage.beginMembership(STATION, BOOK, 'consent-visit', AT_MS, UNTIL_MS + 5);
		await storage.beginMembership(STATION, OTHER, 'referral', AT_MS, UNTIL_MS);
		const ending = (nowMs: number) => storage.listEnding(STATION, nowMs, 5);
		expect(await ending(AT_MS)).toEqual([
			{ book: OTHER, reason: 'referral', untilMs: UNTIL_MS },
			{ book: BOOK, reason: 'consent-visit', untilMs: UNTIL_MS + 5 }
		]);
		expect(await storage.listEnding(STATION, AT_MS, 1)).toHaveLength(1);
		expect(await storage.listEnding(CLINIC, AT_MS, 5)).toEqual([]);
		// By the clock, also where the rows that end them are not written yet.
		expect(await ending(UNTIL_MS)).toMatchObject([{ book: BOOK }]);
		await storage.beginMembership(STATION, BOOK, 'wrote', AT_MS);
		expect(await ending(UNTIL_MS)).toEqual([]);
		await storage.close();
	});
}

function dutyTests(openNew: OpenNew): void {
	it('brings to the hospital on duty what a station holds, not what it opened for a while', async () => {
		const storage = await openNew();
		await storage.putFacility(facilityOf(STATION), []);
		await storage.putFacility(facilityOf(HOSPITAL), [STATION]);
		await storage.append(batchOf([entryOf(BOOK, 1)]));
		await storage.beginMembership(STATION, BOOK, 'break-glass', AT_MS, UNTIL_MS);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		await storage.append(batchOf([entryOf(BOOK, 2, { facility: STATION })]));
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(true);
		await storage.endMembership(STATION, BOOK, 'wrote', AT_MS);
		expect(await storage.isMember(STATION, BOOK)).toBe(true);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		await storage.close();
	});

	it('does not tell other places where a book was opened in an emergency', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1)]));
		await storage.beginMembership(STATION, BOOK, 'break-glass', AT_MS, UNTIL_MS);
		await storage.beginMembership(OTHER_CLINIC, BOOK, 'consent-visit', AT_MS, UNTIL_MS);
		await storage.beginMembership(CLINIC, BOOK, 'referral', AT_MS, UNTIL_MS);
		const { places } = await storage.readJourney(BOOK, 5);
		expect(places.map(({ facility }) => facility)).toEqual([CLINIC]);
		await storage.close();
	});
}

function peopleTests(openNew: OpenNew): void {
	it('knows who has signed in on a device, in the role that their account has today', async () => {
		const storage = await openNew();
		const key = (label: string, rest: Partial<PersonKey> = {}): PersonKey => ({
			key: idOf(`key ${label}`),
			publicKey: new Uint8Array(65),
			person: idOf(label),
			device: deviceId(1),
			role: 'nurse',
			facility: STATION,
			fromMs: AT_MS,
			...rest
		});
		const account: Account = {
			person: idOf('lan'),
			login: 'lan',
			name: 'Lan',
			role: 'auditor',
			facility: CLINIC,
			passwordHash: 'x'
		};
		await storage.putPersonKey(key('lan'));
		await storage.putPersonKey(key('hoa', { fromMs: AT_MS + 1, untilMs: AT_MS + 2 }));
		await storage.putPersonKey(key('tam', { device: deviceId(2) }));
		await storage.putAccount(account);
		expect(await storage.listPeopleOf(deviceId(1))).toEqual([
			{ person: idOf('lan'), role: 'auditor', facility: CLINIC },
			{ person: idOf('hoa'), role: 'nurse', facility: STATION, untilMs: AT_MS + 2 }
		]);
		expect(await storage.listPeopleOf(deviceId(3))).toEqual([]);
		await storage.close();
	});
}

async function feedWords(storage: ServerStorage): Promise<string[]> {
	const rows = await storage.readFeed(STATION, 0, PLENTY);
	return rows.map(({ type }) => type);
}

function facilityOf(code: string): Facility {
	const kind = code.startsWith('H') ? 'regional-hospital' : 'commune-station';
	return { code, name: `Facility ${code}`, kind, commune: '00001', shortCode: 'AB' };
}
