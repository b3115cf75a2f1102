import { beforeEach, describe, expect, it } from 'vitest';
import { factsSchema } from '#lib/domain/book/facts.ts';
import { idToBytes } from '#lib/domain/ids.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';

import { buildEntry, bytesToSign } from '#lib/entry/entry.ts';
import { ENTRY_BYTES_MAX } from '#lib/domain/book/envelope.ts';
import { encodeCanonical, type CanonicalValue } from '#lib/entry/canonical.ts';

import type { PushedEntry } from '#lib/protocol/messages.ts';
import { StorageFailure } from '../storage/storage.ts';
import {
	ackWords,
	acksOf,
	actor,
	bookOf,
	copyOf,
	createFixture,
	createWriter,
	idOf,
	NOW,
	OTHER_STATION,
	otherActor,
	restored,
	signatureOf,
	type Fixture,
	type Writer
} from './sync.fixture.ts';

const HOUR_MS = 60 * 60_000;
let nurse: Writer;
let stranger: Writer;
let fixture: Fixture;

beforeEach(async () => {
	nurse = createWriter(10);
	stranger = createWriter(11);
	fixture = await createFixture({ writers: [nurse] });
});

/** An entry of a kind that this version does not know. */
function ofTomorrow(
	{ author, key }: Writer,
	change: { [field: string]: CanonicalValue } = {}
): PushedEntry {
	const entry = encodeCanonical({
		v: 1,
		alg: -7,
		book: idToBytes(bookOf(1)),
		kind: 'telepathy',
		schema: 1,
		class: 'event',
		effect: 'adds',
		label: 'general',
		occurred: '2026-11-24',
		recorded: { ms: NOW, counter: 0 },
		author: {
			person: idToBytes(author.person),
			role: author.role,
			facility: author.facility ?? '',
			key: idToBytes(author.key)
		},
		body: { said: 'nothing' },
		...change
	});
	return { entry, signature: signatureOf(key.publicKey, bytesToSign(entry)) };
}

/** What was marked of each entry, where it was accepted. */
function flagsOf(frames: Parameters<typeof acksOf>[0]) {
	return acksOf(frames).map((ack) => (ack.ack === 'accepted' ? (ack.flags ?? []) : ack.ack));
}

describe('admission', () => {
	it('takes a birth date to come, and marks it', async () => {
		const { bytes } = buildEntry({
			book: bookOf(1),
			kind: 'facts',
			class: 'fact',
			body: factsSchema.parse({ name: 'Lò Minh Khôi', birthDate: '2190-01-01' }),
			occurred: clinicalTimeOf(NOW),
			recorded: { ms: NOW, counter: 0 },
			author: nurse.author
		});
		const signature = signatureOf(nurse.key.publicKey, bytesToSign(bytes));
		const [ack] = acksOf(await fixture.sync({ push: [{ entry: bytes, signature }] }));
		expect(ack).toMatchObject({ ack: 'accepted', flags: ['future'] });
	});

	it('answers in the order of the push, each entry by itself', async () => {
		const good = nurse.note(bookOf(1));
		const forged = { ...nurse.note(bookOf(1)), signature: new Uint8Array(64) };
		const garbage = { entry: Uint8Array.of(0xff), signature: new Uint8Array(64) };
		const push = [good, forged, stranger.note(bookOf(1)), garbage, good, nurse.note(bookOf(2))];
		expect(ackWords(await fixture.sync({ push }))).toEqual([
			'accepted',
			'refused signature',
			'refused unknown-author',
			'refused not-canonical',
			'duplicate',
			'accepted'
		]);
	});

	it('keeps what it refuses, and writes it to the audit', async () => {
		const forged = { ...nurse.note(bookOf(1)), signature: new Uint8Array(64) };
		await fixture.sync({ push: [forged] });
		const [row] = await fixture.storage.listQuarantine({ device: actor.device, limit: 10 });
		expect(row).toMatchObject({ id: idOf(forged), bytes: forged.entry, code: 'signature' });
		const [audited] = await fixture.storage.listAudit({ action: 'refuse', limit: 10 });
		expect(audited?.detail).toBe('signature=1');
	});

	it('acknowledges the genuine copy when a forged one stands before it', async () => {
		const good = nurse.note(bookOf(1));
		const push = [{ ...good, signature: new Uint8Array(64) }, good];
		expect(ackWords(await fixture.sync({ push }))).toEqual(['refused signature', 'accepted']);
	});

	it('marks and accepts: a wrong clock, a day to come, an unknown kind', async () => {
		const push = [
			nurse.note(bookOf(1), 'a', { offset: HOUR_MS }),
			nurse.note(bookOf(1), 'b', { ms: NOW + HOUR_MS }),
			nurse.note(bookOf(1), 'c', { ms: NOW - 200 * 24 * HOUR_MS }),
			ofTomorrow(nurse)
		];
		expect(flagsOf(await fixture.sync({ push }))).toEqual([
			['clock'],
			['clock'],
			[],
			['unknown-kind']
		]);
	});

	it('marks and accepts a restricted diagnosis that is labelled general', async () => {
		const said = (code: string, label: string) =>
			ofTomorrow(nurse, {
				kind: 'visit',
				label,
				body: { reason: 'Khám', diagnoses: [{ code, text: 'x', main: true }] }
			});
		const push = [said('B20.1', 'general'), said('B20.1', 'restricted'), said('J06', 'general')];
		expect(flagsOf(await fixture.sync({ push }))).toEqual([['label'], [], []]);
	});

	it('takes a letter of referral, and marks one that says what the law restricts and is labelled general', async () => {
		const letter = (code: string, label = 'general') =>
			ofTomorrow(nurse, {
				kind: 'referral',
				label,
				body: {
					to: { name: 'Bệnh viện' },
					reason: 'eligible',
					validUntil: '2026-12-08',
					diagnoses: [{ code, text: 'x', main: true }]
				}
			});
		const push = [letter('B24'), letter('B24', 'restricted'), letter('J18.9')];
		expect(flagsOf(await fixture.sync({ push }))).toEqual([['label'], [], []]);
	});

	it('marks and accepts a newer version, whatever is new in it', async () => {
		const push = [
			ofTomorrow(nurse, { v: 2, occurred: { from: 2026 }, recorded: [], label: ['a'], body: 1 }),
			ofTomorrow(nurse, { v: 2, kind: 'visit', class: 'plan', effect: 'suspends' }),
			ofTomorrow(nurse, { class: 'plan', effect: 'suspends', label: 'sealed' })
		];
		const marked = { ack: 'accepted', flags: ['unknown-kind'] };
		expect(acksOf(await fixture.sync({ push }))).toMatchObject([marked, marked, marked]);
	});

	it('refuses a newer version that is forged, of no known author, too large or not canonical', async () => {
		const newer = ofTomorrow(nurse, { v: 2, label: ['a'] });
		const push = [
			{ ...newer, signature: new Uint8Array(64) },
			ofTomorrow(stranger, { v: 2 }),
			ofTomorrow(nurse, { v: 2, author: 'nurse' }),
			ofTomorrow(nurse, { v: 2, body: new Uint8Array(ENTRY_BYTES_MAX) }),
			{ ...newer, entry: Uint8Array.of(...newer.entry, 0) }
		];
		expect(ackWords(await fixture.sync({ push }))).toEqual([
			'refused signature',
			'refused unknown-author',
			'refused envelope',
			'refused too-large',
			'refused not-canonical'
		]);
	});

	it('accepts and marks who withdraws an allergy of another author and is no doctor', async () => {
		const [other, doctor] = [createWriter(13), createWriter(14, undefined, 'doctor')];
		for (const { key } of [other, doctor]) await fixture.storage.putPersonKey(key);
		const book = bookOf(1);
		const allergy = nurse.state({
			book,
			kind: 'allergy',
			class: 'safety',
			body: { finding: 'allergy', substance: 'Penicillin', category: 'drug', severity: 'mild' }
		});
		const removal = {
			book,
			kind: 'void' as const,
			class: 'safety' as const,
			effect: 'voids' as const,
			basedOn: [{ id: idOf(allergy) }],
			reason: 'không phải',
			body: {}
		};
		const flagsOfPush = async (...push: PushedEntry[]) =>
			acksOf(await fixture.sync({ push })).map((ack) =>
				ack.ack === 'accepted' ? (ack.flags ?? []) : ack.ack
			);
		expect(await flagsOfPush(allergy, other.state(removal))).toEqual([[], ['doctor-needed']]);
		expect(await flagsOfPush(other.state(removal))).toEqual([['doctor-needed']]);
		expect(await flagsOfPush(doctor.state(removal), nurse.state(removal))).toEqual([[], []]);
	});

	it('accepts and marks what is signed after a role ended', async () => {
		await fixture.storage.putPersonKey({ ...nurse.key, untilMs: NOW - 1 });
		expect(acksOf(await fixture.sync({ push: [nurse.note(bookOf(1))] }))).toMatchObject([
			{ ack: 'accepted', flags: ['role-ended'] }
		]);
	});

	it('judges a relayed entry by its author, not by who carries it', async () => {
		const entry = nurse.note(bookOf(1));
		expect(ackWords(await fixture.sync({ push: [entry] }, otherActor))).toEqual(['accepted']);
		expect(await fixture.storage.isMember(actor.facility, bookOf(1))).toBe(true);
		expect(await fixture.storage.isMember(OTHER_STATION, bookOf(1))).toBe(false);
	});

	it('marks what staff wrote in a book their facility does not hold', async () => {
		const other = createWriter(12, OTHER_STATION);
		await fixture.storage.putPersonKey(other.key);
		await fixture.sync({ push: [nurse.note(bookOf(1))] });
		const push = [other.note(bookOf(1)), other.note(bookOf(1))];
		expect(acksOf(await fixture.sync({ push }, otherActor))).toMatchObject([
			{ ack: 'accepted', flags: ['other-facility'] },
			{ ack: 'accepted', flags: ['other-facility'] }
		]);
	});

	it('puts everything a stolen device sends into quarantine, and shows it nothing', async () => {
		await fixture.storage.putDevice({
			device: actor.device,
			number: 1,
			facility: actor.facility,
			key: nurse.key.publicKey,
			createdMs: 0,
			isBlocked: true
		});
		await fixture.sync({ push: [nurse.note(bookOf(2))] }, { ...actor, device: otherActor.device });
		const frames = await fixture.sync({ push: [nurse.note(bookOf(1))] });
		expect(ackWords(frames)).toEqual(['refused not-allowed']);
		expect(frames.map(({ frame }) => frame)).toEqual(['acks', 'end']);
		expect(await fixture.storage.readBookState(bookOf(1))).toBeUndefined();
	});

	it('waits for an author whom a restored store does not know, instead of refusing', async () => {
		const after = await restored(copyOf(fixture.disk));
		expect(ackWords(await after.sync({ push: [stranger.note(bookOf(1))] }))).toEqual([
			'later unknown-author'
		]);
	});

	it('acknowledges nothing that the store could not write, and takes it the next time', async () => {
		let isBroken = true;
		const failing = await createFixture({ writers: [], fault: fail });
		function fail(point: 'before-sync' | 'after-sync'): void {
			if (isBroken && point === 'before-sync') throw new StorageFailure('disk-full', 'full');
		}
		isBroken = false;
		await failing.storage.putPersonKey(nurse.key);
		isBroken = true;
		const push = [nurse.note(bookOf(1))];
		expect(ackWords(await failing.sync({ push, credit: 0 }))).toEqual(['later busy']);
		isBroken = false;
		expect(ackWords(await failing.sync({ push, credit: 0 }))).toEqual(['accepted']);
	});

	it('answers nothing at all when the store is broken', async () => {
		let isBroken = false;
		const broken = await createFixture({
			writers: [nurse],
			fault: () => {
				if (isBroken) throw new StorageFailure('internal', 'broken');
			}
		});
		isBroken = true;
		await expect(broken.sync({ push: [nurse.note(bookOf(1))] })).rejects.toThrow('broken');
	});
});
