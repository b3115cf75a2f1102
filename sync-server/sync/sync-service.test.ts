import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idToBytes, type EntryId } from '#lib/domain/ids.ts';
import { digestOf, digestToBytes, EMPTY_DIGEST } from '#lib/entry/digest.ts';
import { nextLink, JOURNAL_START, tipToSign, type JournalTip } from '#lib/entry/journal.ts';
import { encodeCertificate, certificateToSign } from '#lib/protocol/certificate.ts';
import { encodeFrame, encodeRequest } from '#lib/protocol/wire.ts';
import type { Frame, PushedEntry } from '#lib/protocol/messages.ts';
import { createMemoryDisk } from '../storage/memory.ts';
import { StorageFailure } from '../storage/storage.ts';
import {
	ackWords,
	actor,
	arrivedIds,
	bookOf,
	copyOf,
	createFixture,
	createWriter,
	endOf,
	idOf,
	issuingKey,
	NOW,
	OTHER_STATION,
	otherActor,
	pagesOf,
	restored,
	signatureOf,
	STATION,
	tokenOf,
	type Fixture,
	type Writer
} from './sync.fixture.ts';

const LARGE = 'x'.repeat(3_900);
let nurse: Writer;
let fixture: Fixture;

beforeEach(async () => {
	nurse = createWriter(10);
	fixture = await createFixture({ writers: [nurse] });
});

function large(count: number, book = bookOf(1)): PushedEntry[] {
	return Array.from({ length: count }, () => nurse.note(book, LARGE));
}

/** Asks again until nothing more waits, with so many pages at a time. */
async function pull(at: Fixture, from: Uint8Array | undefined, credit: number, by = actor) {
	const arrivals: EntryId[] = [];
	let token = from;
	for (let rounds = 0; rounds < 1_000; rounds++) {
		const frames: Frame[] = await at.sync({ ...(token && { token }), credit }, by);
		arrivals.push(...arrivedIds(frames));
		if (pagesOf(frames).length > 0) token = tokenOf(frames);
		if (endOf(frames).more !== true) return { arrivals, token, end: endOf(frames) };
	}
	throw new Error('the feed never ended');
}

describe('an answer', () => {
	it('gives an empty feed a token, so that the next request is small', async () => {
		const first = await fixture.sync({});
		expect(first.map(({ frame }) => frame)).toEqual(['page', 'end']);
		const token = tokenOf(first);
		const idle = await fixture.sync({ token });
		expect(idle).toEqual([{ frame: 'end', now: NOW, digest: digestToBytes(EMPTY_DIGEST) }]);
		expect(encodeRequest({ protocol: 1, token }).length).toBeLessThan(64);
		expect(idle.reduce((sum, frame) => sum + encodeFrame(frame).length, 0)).toBeLessThan(64);
	});

	it('carries no entry back to the device that pushed it in this request', async () => {
		const push = [nurse.note(bookOf(1)), nurse.note(bookOf(2))];
		const frames = await fixture.sync({ push });
		expect(ackWords(frames)).toEqual(['accepted', 'accepted']);
		expect(arrivedIds(frames)).toEqual([]);
		expect(endOf(frames).digest).toEqual(digestToBytes(digestOf(push.map(idOf))));
		expect(await fixture.sync({ token: tokenOf(frames) })).toHaveLength(1);
	});

	it('carries it back where the book left the feed on the way: the device drops what it had of it there', async () => {
		const first = nurse.note(bookOf(1));
		const before = tokenOf(await fixture.sync({ push: [first] }));
		for (const reason of ['registered', 'wrote'] as const)
			await fixture.storage.endMembership(STATION, bookOf(1), reason, NOW);
		await fixture.storage.beginMembership(STATION, bookOf(1), 'present-in-person', NOW);
		const second = nurse.note(bookOf(1));
		// The acknowledgement of the first was lost: it is pushed once more, beside one saved since.
		const frames = await fixture.sync({ token: before, push: [first, second] });
		expect(ackWords(frames)).toEqual(['duplicate', 'accepted']);
		expect(pagesOf(frames)[0]?.rows[0]).toEqual({ leave: idToBytes(bookOf(1)) });
		expect(arrivedIds(frames)).toEqual([first, second].map(idOf));
		expect(endOf(frames).digest).toEqual(digestToBytes(digestOf([first, second].map(idOf))));
	});

	it('says once more that a book has left to a device that kept in it what it did not know to be taken', async () => {
		const entry = nurse.note(bookOf(1));
		await fixture.sync({ push: [entry], credit: 0 });
		for (const reason of ['registered', 'wrote'] as const)
			await fixture.storage.endMembership(STATION, bookOf(1), reason, NOW);
		const token = tokenOf(await fixture.sync({}));
		const frames = await fixture.sync({ token, push: [entry] });
		expect(ackWords(frames)).toEqual(['duplicate']);
		expect(pagesOf(frames).flatMap(({ rows }) => rows)).toEqual([{ leave: idToBytes(bookOf(1)) }]);
		expect(endOf(frames).digest).toEqual(digestToBytes(EMPTY_DIGEST));
		expect(await fixture.sync({ token })).toHaveLength(1);
	});

	it('carries it back to a device that lost it and asks from an older place', async () => {
		const before = tokenOf(await fixture.sync({}));
		const push = [nurse.note(bookOf(1))];
		await fixture.sync({ push, token: before });
		expect(arrivedIds(await fixture.sync({ token: before }))).toEqual(push.map(idOf));
	});

	it('sends a snapshot newest book first, then the log, everything once', async () => {
		await fixture.sync({ push: [...large(40, bookOf(1)), ...large(40, bookOf(3))], credit: 0 });
		await fixture.sync({ push: large(40, bookOf(2)), credit: 0 });
		const first = await fixture.sync({ credit: 1 });
		expect(pagesOf(first)[0]?.booksLeft).toBeGreaterThan(0);
		expect(endOf(first)).toMatchObject({ more: true });
		const late = nurse.note(bookOf(3));
		await fixture.sync({ push: [late], credit: 0 });
		const rest = await pull(fixture, tokenOf(first), 1);
		const all = [...arrivedIds(first), ...rest.arrivals];
		expect(new Set(all).size).toBe(121);
		expect(all).toHaveLength(121);
		expect(rest.end.digest).toEqual(digestToBytes(digestOf(all)));
		const [row] = pagesOf(first)[0]?.rows ?? [];
		expect(row && 'book' in row && row.book).toEqual(idToBytes(bookOf(3)));
	});

	it('continues a book that joins and is larger than a page, whatever the credit', async () => {
		const push = large(150);
		await fixture.sync({ push, credit: 0 });
		const token = tokenOf(await fixture.sync({}, otherActor));
		await fixture.storage.beginMembership(OTHER_STATION, bookOf(1), 'present-in-person', NOW);
		const { arrivals, end } = await pull(fixture, token, 1, otherActor);
		expect(arrivals).toEqual(push.map(idOf));
		expect(end.digest).toEqual(digestToBytes(digestOf(arrivals)));
	});

	it('never sends a book whose membership ended, also when the device comes from before', async () => {
		const token = tokenOf(await fixture.sync({}, otherActor));
		await fixture.sync({ push: large(2), credit: 0 });
		await fixture.storage.beginMembership(OTHER_STATION, bookOf(1), 'present-in-person', NOW);
		await fixture.storage.endMembership(OTHER_STATION, bookOf(1), 'present-in-person', NOW);
		const frames = await fixture.sync({ token }, otherActor);
		expect(arrivedIds(frames)).toEqual([]);
		expect(pagesOf(frames)[0]?.rows).toEqual([{ leave: idToBytes(bookOf(1)) }]);
	});

	it('tells commit and signature only of entries that no checked backup holds', async () => {
		const push = [nurse.note(bookOf(1)), nurse.note(bookOf(1))];
		await fixture.sync({ push, credit: 0 });
		await fixture.storage.confirm(1);
		const frames = await fixture.sync({});
		const [row] = pagesOf(frames)[0]?.rows ?? [];
		expect(row).toMatchObject({
			recent: [{ at: 1, commit: 2, signature: push[1]?.signature }]
		});
		expect(endOf(frames).confirmed).toBe(1);
	});

	it('sends no page to a device without credit', async () => {
		await fixture.sync({ push: [nurse.note(bookOf(1))], credit: 0 });
		expect(await fixture.sync({ credit: 0 })).toEqual([{ frame: 'end', now: NOW }]);
	});

	it('writes one delivery to the audit for what it sends, and none when it sends nothing', async () => {
		const idle = tokenOf(await fixture.sync({}));
		await fixture.sync({ push: large(3), credit: 0 });
		await fixture.sync({ token: idle });
		await fixture.sync({ token: tokenOf(await fixture.sync({ token: idle })) });
		const rows = await fixture.storage.listAudit({ action: 'deliver', limit: 10 });
		expect(rows).toHaveLength(2);
		expect(rows[0]).toMatchObject({ ...actor, detail: 'feed from=0 to=3' });
	});

	it('starts anew for a token it never wrote', async () => {
		await fixture.sync({ push: [nurse.note(bookOf(1))], credit: 0 });
		const frames = await fixture.sync({ token: Uint8Array.of(1, 2, 3) });
		expect(arrivedIds(frames)).toHaveLength(1);
		expect(endOf(frames).epoch).toBeUndefined();
	});
});

describe('how far a facility has read', () => {
	const unread = async (facility: string) => {
		const { places } = await fixture.storage.readJourney(bookOf(1), 9);
		return places.find((place) => place.facility === facility)?.unread;
	};

	it('is what a device asks from behind, not what was sent to it', async () => {
		await fixture.sync({ push: [nurse.note(bookOf(1))], credit: 0 });
		const token = tokenOf(await fixture.sync({}));
		expect(await unread(STATION)).toBe(1);
		await fixture.sync({ token });
		expect(await unread(STATION)).toBe(0);
		await fixture.sync({ push: [nurse.note(bookOf(1))], token });
		expect(await unread(STATION)).toBe(1);
	});

	it('does not count inside a first snapshot, nor by a place in another store', async () => {
		await fixture.sync({ push: large(100), credit: 0 });
		const inside = tokenOf(await fixture.sync({ credit: 1 }));
		await fixture.sync({ token: inside, credit: 1 });
		expect(await unread(STATION)).toBe(100);
		const elsewhere = await createFixture({
			disk: createMemoryDisk(new Uint8Array(6).fill(2)),
			writers: [nurse]
		});
		await elsewhere.sync({ push: large(100), credit: 0 });
		await fixture.sync({ token: tokenOf(await elsewhere.sync({})) });
		expect(await unread(STATION)).toBe(100);
	});

	it('keeps nobody from reading while it cannot be noted, and is noted later', async () => {
		await fixture.sync({ push: [nurse.note(bookOf(1))], credit: 0 });
		const token = tokenOf(await fixture.sync({}));
		const full = vi
			.spyOn(fixture.storage, 'noteFeedRead')
			.mockRejectedValueOnce(new StorageFailure('disk-full', 'full'));
		expect(endOf(await fixture.sync({ token })).digest).toBeDefined();
		expect(await unread(STATION)).toBe(1);
		await fixture.sync({ token });
		await fixture.sync({ token });
		expect(full).toHaveBeenCalledTimes(2);
		expect(await unread(STATION)).toBe(0);
	});
});

describe('a book asked for by itself', () => {
	it('comes whole, or from where the device’s part ends, or not at all when nothing is missing', async () => {
		const push = large(5);
		await fixture.sync({ push, credit: 0 });
		const token = tokenOf(await fixture.sync({}));
		const book = idToBytes(bookOf(1));
		const ask = async (n: number, ids: EntryId[]) =>
			arrivedIds(
				await fixture.sync({ token, books: [{ book, n, digest: digestToBytes(digestOf(ids)) }] })
			);
		const ids = push.map(idOf);
		expect(await ask(0, [])).toEqual(ids);
		expect(await ask(2, ids.slice(0, 2))).toEqual(ids.slice(2));
		expect(await ask(2, ids.slice(3))).toEqual(ids);
		expect(await ask(5, ids)).toEqual([]);
	});

	it('comes once however often it is asked for, and whole when more is claimed than there is', async () => {
		const push = large(5);
		await fixture.sync({ push, credit: 0 });
		const token = tokenOf(await fixture.sync({}));
		const ids = push.map(idOf);
		const sum = (n: number) => digestToBytes(digestOf(ids.slice(0, n)));
		const one = { book: idToBytes(bookOf(1)), n: 2, digest: sum(2) };
		const books = [one, ...Array.from({ length: 99 }, () => ({ ...one, n: 0, digest: sum(0) }))];
		expect(arrivedIds(await fixture.sync({ token, books }))).toEqual(ids.slice(2));
		const claimed = { ...one, n: 9_999, digest: sum(5) };
		expect(arrivedIds(await fixture.sync({ token, books: [claimed] }))).toEqual(ids);
	});

	it('comes without a token, so that the place in the feed stays', async () => {
		await fixture.sync({ push: large(1), credit: 0 });
		const token = tokenOf(await fixture.sync({}));
		const asked = { book: idToBytes(bookOf(1)), n: 0, digest: new Uint8Array(16) };
		const [page] = pagesOf(await fixture.sync({ token, books: [asked] }));
		expect(page?.token).toBeUndefined();
	});

	it('is not mentioned when the facility is no member; the audit has the question', async () => {
		await fixture.sync({ push: large(1), credit: 0 });
		const asked = { book: idToBytes(bookOf(1)), n: 0, digest: new Uint8Array(16) };
		const unknown = { ...asked, book: idToBytes(bookOf(77)) };
		const token = tokenOf(await fixture.sync({}, otherActor));
		const frames = await fixture.sync({ token, books: [asked, unknown] }, otherActor);
		expect(pagesOf(frames)).toEqual([]);
		const rows = await fixture.storage.listAudit({ action: 'refuse', limit: 10 });
		expect(rows.map(({ book }) => book).toSorted()).toEqual([bookOf(1), bookOf(77)].toSorted());
	});
});

describe('a store restored from an older backup', () => {
	it('maps the device’s place onto what both stores hold and asks for its entries', async () => {
		const push = [nurse.note(bookOf(1)), nurse.note(bookOf(1)), nurse.note(bookOf(2))];
		await fixture.sync({ push, credit: 0 });
		const backup = copyOf(fixture.disk);
		const lost = nurse.note(bookOf(1));
		await fixture.sync({ push: [lost], credit: 0 });
		const token = tokenOf(await fixture.sync({}));

		const after = await restored(backup, [nurse]);
		const fresh = nurse.note(bookOf(3));
		await after.sync({ push: [fresh], credit: 0 });
		const frames = await after.sync({ token });
		const { epoch } = await after.storage.readState();
		expect(endOf(frames).epoch).toEqual(epoch);
		for (const page of pagesOf(frames)) expect(page.epoch).toEqual(epoch);
		expect(arrivedIds(frames)).toContain(idOf(fresh));
		expect(arrivedIds(frames)).not.toContain(idOf(push[0] ?? lost));
		expect(ackWords(await after.sync({ push: [lost], token: tokenOf(frames) }))).toEqual([
			'accepted'
		]);
		const next = await after.sync({ token: tokenOf(frames) });
		expect(endOf(next).epoch).toBeUndefined();
	});

	it('sends a snapshot to a device that comes from a store it never was', async () => {
		const elsewhere = await restored(copyOf(fixture.disk), [nurse]);
		await elsewhere.sync({ push: large(1), credit: 0 });
		const token = tokenOf(await elsewhere.sync({}));
		await fixture.sync({ push: [nurse.note(bookOf(1))], credit: 0 });
		const frames = await fixture.sync({ token });
		expect(endOf(frames).epoch).toEqual((await fixture.storage.readState()).epoch);
		expect(arrivedIds(frames)).toHaveLength(1);
	});

	it('takes certificates of authors it has no row for, if the issuing key signed them', async () => {
		const newcomer = createWriter(44);
		const { untilMs: _untilMs, ...key } = newcomer.key;
		const bytes = encodeCertificate({ subject: 'person', ...key });
		const signature = signatureOf(issuingKey, certificateToSign(bytes));
		const push = [newcomer.note(bookOf(1))];
		const forged = { bytes, signature: new Uint8Array(64) };
		expect(ackWords(await fixture.sync({ push, certificates: [forged] }))).toEqual([
			'refused unknown-author'
		]);
		const certificates = [{ bytes, signature }];
		expect(ackWords(await fixture.sync({ push, certificates }))).toEqual(['accepted']);
	});
});

describe('the journal of a device', () => {
	const key = new Uint8Array(65).fill(5);

	function stated(tip: JournalTip) {
		return { journal: { ...tip, signature: signatureOf(key, tipToSign(tip)) } };
	}

	function tips(count: number, seed: number): JournalTip[] {
		const made: JournalTip[] = [{ n: 0, link: JOURNAL_START }];
		for (let at = 0; at < count; at++) {
			const id = idOf({ entry: Uint8Array.of(at, seed), signature: key });
			made.push(nextLink(made[at] ?? { n: 0, link: JOURNAL_START }, id));
		}
		return made;
	}

	async function details(): Promise<string[]> {
		const rows = await fixture.storage.listAudit({ action: 'refuse', limit: 10 });
		return rows.map(({ detail }) => detail);
	}

	beforeEach(async () => {
		await fixture.storage.putDevice({
			device: actor.device,
			number: 1,
			facility: STATION,
			key,
			createdMs: 0,
			isBlocked: false
		});
	});

	it('is kept as it grows, and stays silent when it is said again', async () => {
		const [, one, two] = tips(2, 1);
		for (const tip of [one, two, two])
			if (tip) await fixture.sync({ ...stated(tip), push: [nurse.note(bookOf(1))] });
		expect((await fixture.storage.findDevice(actor.device))?.journal).toEqual(two);
		expect(await details()).toEqual([]);
	});

	it('never goes back when pushes come at the same time', async () => {
		const all = tips(6, 1).slice(1);
		const pushes = all.toReversed().map((tip) => fixture.sync({ ...stated(tip) }));
		await Promise.all(pushes);
		expect((await fixture.storage.findDevice(actor.device))?.journal).toEqual(all.at(-1));
	});

	it('shows a fork, a rollback and a forged tip in the audit, and refuses no entry for it', async () => {
		const [, one, two] = tips(2, 1);
		const [, , fork] = tips(2, 9);
		if (!one || !two || !fork) throw new Error('three tips');
		const forged = { journal: { ...two, signature: new Uint8Array(64) } };
		await fixture.sync({ ...stated(two), push: [nurse.note(bookOf(1))] });
		for (const journal of [stated(fork), stated(one), forged])
			expect(ackWords(await fixture.sync({ ...journal, push: [nurse.note(bookOf(1))] }))).toEqual([
				'accepted'
			]);
		expect((await details()).toReversed()).toEqual([
			'journal fork stated=2 kept=2',
			'journal rollback stated=1 kept=2',
			'journal bad-signature stated=2 kept=2'
		]);
	});
});
