import { describe, expect, it } from 'vitest';
import { dearestWithin, measurePinCost, PIN_COST_FLOOR, type PinHasher } from './pin.ts';

describe('PIN', () => {
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
