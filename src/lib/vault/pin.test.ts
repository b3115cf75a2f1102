import { describe, expect, it } from 'vitest';
import { argon2idPinHasher } from './argon2.ts';
import {
	createPinVerifier,
	dearestWithin,
	isPinOf,
	measurePinCost,
	PIN_COST_FLOOR,
	type PinHasher
} from './pin.ts';

const deps = {
	hashPin: argon2idPinHasher,
	randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count))
};

describe('PIN', () => {
	it('is recognised by Argon2id, and no other PIN is', async () => {
		const cost = { memory_KiB: 1024, passes: 1 };
		const verifier = await createPinVerifier('120385', cost, deps);
		expect(await isPinOf('120385', verifier, argon2idPinHasher)).toBe(true);
		expect(await isPinOf('120386', verifier, argon2idPinHasher)).toBe(false);
	});

	it('is salted: two verifiers of one PIN have nothing in common', async () => {
		const cost = { memory_KiB: 64, passes: 1 };
		const make = () => createPinVerifier('120385', cost, deps);
		const [first, second] = [await make(), await make()];
		expect(first.hash).not.toEqual(second.hash);
		expect(first.salt).not.toEqual(second.salt);
	});

	it('costs more on a faster device and never less than the floor', () => {
		expect(dearestWithin(60)).toEqual({ memory_KiB: 64 * 1024, passes: 3 });
		expect(dearestWithin(120)).toEqual({ memory_KiB: 64 * 1024, passes: 2 });
		expect(dearestWithin(330)).toEqual(PIN_COST_FLOOR);
		expect(dearestWithin(5_000)).toEqual(PIN_COST_FLOOR);
	});

	it('measures at the floor, after a run that only warms up', async () => {
		let ms = 0;
		const asked: number[] = [];
		const slow: PinHasher = async (_pin, _salt, cost) => {
			asked.push(cost.memory_KiB);
			ms += asked.length === 1 ? 900 : 330;
			return new Uint8Array(32);
		};
		expect(await measurePinCost(slow, () => ms)).toEqual(PIN_COST_FLOOR);
		expect(asked).toEqual([64, PIN_COST_FLOOR.memory_KiB]);
	});
});
