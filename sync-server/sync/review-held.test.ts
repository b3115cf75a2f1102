import { describe, expect, it } from 'vitest';
import type { AppendEntry } from '../storage/storage.ts';
import { createInlineExaminer } from './examine.ts';
import { reviewHeld, type Decision } from './review-held.ts';
import {
	ackWords,
	actor,
	arrivedIds,
	bookOf,
	createFixture,
	createWriter,
	idOf,
	NOW,
	otherActor,
	STATION,
	tokenOf,
	verify
} from './sync.fixture.ts';

const BOOK = bookOf(1);
const member = createWriter(20);
const newcomer = createWriter(21);
const reviewer = { ...actor, person: member.author.person };

/** A station with one book, and an entry in it of somebody whom the server does not know. */
async function holding() {
	const fixture = await createFixture({ writers: [member] });
	const begun = await fixture.sync({ push: [member.note(BOOK)] });
	const entry = newcomer.note(BOOK, 'bị trả lại');
	expect(ackWords(await fixture.sync({ push: [entry] }))).toEqual(['refused unknown-author']);
	const accepted: AppendEntry[] = [];
	const deps = {
		storage: fixture.storage,
		examiner: createInlineExaminer(verify),
		clock: { nowMs: () => NOW },
		onAccepted: (entries: readonly AppendEntry[]) => void accepted.push(...entries)
	};
	const [held] = await fixture.storage.listHeld({ facility: STATION, limit: 9 });
	if (held === undefined) throw new Error('nothing is held');
	const decide = (outcome: Decision['outcome'], by = reviewer) =>
		reviewHeld(deps, by, { number: held.number, entry: held.id, outcome, note: '' });
	return { ...fixture, begun, entry, accepted, decide };
}

describe('releasing an entry that was refused', () => {
	it('lets it in where it would be accepted now, tells live rooms, and sends it to everybody', async () => {
		const fixture = await holding();
		const { storage, decide, accepted, entry } = fixture;
		const token = tokenOf(await fixture.sync({}));
		await storage.putPersonKey(newcomer.key);
		expect(await decide('released')).toMatchObject({ type: 'reviewed', commit: 2 });
		expect(accepted.map(({ id }) => id)).toEqual([idOf(entry)]);
		expect(arrivedIds(await fixture.sync({ token }))).toEqual([idOf(entry)]);
		expect(ackWords(await fixture.sync({ push: [entry] }))).toEqual(['duplicate']);
	});

	it('is refused with the code while admission would still refuse it, and it waits on', async () => {
		const { storage, decide, accepted } = await holding();
		expect(await decide('released')).toEqual({ type: 'refused', code: 'unknown-author' });
		expect(await storage.listHeld({ facility: STATION, limit: 9 })).toHaveLength(1);
		expect(accepted).toEqual([]);
	});

	it('lets in what a device sent while it was reported stolen', async () => {
		const fixture = await holding();
		const { storage } = fixture;
		await storage.putDevice({
			device: actor.device,
			number: 1,
			facility: STATION,
			key: new Uint8Array(65),
			createdMs: 0,
			isBlocked: true
		});
		const mine = member.note(BOOK, 'khi máy bị khóa');
		expect(ackWords(await fixture.sync({ push: [mine] }))).toEqual(['refused not-allowed']);
		const [held] = await storage.listHeld({ facility: STATION, limit: 1 });
		if (held === undefined) throw new Error('nothing is held');
		const deps = {
			storage,
			examiner: createInlineExaminer(verify),
			clock: { nowMs: () => NOW }
		};
		const decision = {
			number: held.number,
			entry: held.id,
			outcome: 'released',
			note: ''
		} as const;
		expect(await reviewHeld(deps, reviewer, decision)).toMatchObject({ type: 'reviewed' });
		expect((await storage.readBook(BOOK)).map(({ id }) => id)).toContain(idOf(mine));
	});
});

describe('deciding about an entry that was refused', () => {
	it('is not for another facility', async () => {
		const { decide } = await holding();
		expect(await decide('returned', { ...otherActor, person: reviewer.person })).toEqual({
			type: 'not-found'
		});
	});

	it('needs no admission to return or to keep', async () => {
		const { decide } = await holding();
		expect(await decide('kept')).toEqual({ type: 'reviewed' });
		expect(await decide('returned')).toEqual({ type: 'reviewed' });
		expect(await decide('released')).toMatchObject({ type: 'refused' });
	});
});
