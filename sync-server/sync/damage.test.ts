import { beforeEach, describe, expect, it } from 'vitest';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { createDamage } from './damage.ts';
import {
	arrivedIds,
	bookOf,
	createFixture,
	createWriter,
	endOf,
	idOf,
	type Fixture,
	type Writer
} from './sync.fixture.ts';

let nurse: Writer;
let fixture: Fixture;
let push: PushedEntry[];

beforeEach(async () => {
	nurse = createWriter(10);
	fixture = await createFixture({ writers: [nurse] });
	push = ['a', 'b', 'c'].map((text, at) => nurse.note(bookOf(at), text));
	await fixture.sync({ push });
});

/** Flips a bit of the second entry, as a disk does. */
function rot(): void {
	for (const operation of fixture.disk.operations) {
		if (operation.type !== 'append') continue;
		const bytes = operation.entries[1]?.bytes;
		if (bytes !== undefined) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
	}
}

describe('an entry that the disk damaged', () => {
	it('holds up nobody: the rest of the feed comes, in pages and with a digest that are right', async () => {
		const [first, , third] = push.map(idOf);
		rot();
		const frames = await fixture.sync({});
		expect(arrivedIds(frames).toSorted()).toEqual([first, third].toSorted());
		expect(endOf(frames).digest).toEqual(digestToBytes(digestOf([first ?? '', third ?? ''])));
	});

	it('is told once, by its commit number, and counted until it is whole again', () => {
		const told: number[] = [];
		const damage = createDamage((commit) => told.push(commit));
		const bytes = new Uint8Array(9);
		const entry = { commit: 7, id: idOf({ entry: Uint8Array.of(1), signature: bytes }), bytes };
		const rotten = { ...entry, signature: bytes };
		expect([damage.isSound(bookOf(1), rotten), damage.isSound(bookOf(1), rotten)]).toEqual([
			false,
			false
		]);
		expect(told).toEqual([7]);
		expect(damage.count()).toBe(1);
		damage.mended(7);
		expect(damage.count()).toBe(0);
	});
});
