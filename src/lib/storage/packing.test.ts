import { describe, expect, it } from 'vitest';
import { entryIdOf } from '#lib/entry/entry.ts';
import { NOTHING_PACKED, pack, salvage, unpack, unpackIds } from './packing.ts';
import { entryOf } from './port-suite-material.ts';

const RECORDS = [entryOf(1), { ...entryOf(2), bytes: new Uint8Array(0) }, entryOf(3)];

describe('packed records', () => {
	it('come back in their order, empty ones too', () => {
		expect(unpack(pack(RECORDS))).toEqual(RECORDS);
		expect(unpackIds(pack(RECORDS))).toEqual(RECORDS.map(({ id }) => id));
		expect(unpack(NOTHING_PACKED)).toEqual([]);
	});

	it('are appended to those packed before', () => {
		const [first, ...rest] = RECORDS;
		if (first === undefined) throw new Error('three records');
		expect(pack(rest, pack([first]))).toEqual(pack(RECORDS));
	});

	it('are read from a view into a larger buffer', () => {
		const packed = pack(RECORDS);
		const larger = new Uint8Array(packed.length + 20);
		larger.set(packed, 13);
		expect(unpack(larger.subarray(13, 13 + packed.length))).toEqual(RECORDS);
	});

	it('are not guessed when the row was cut short', () => {
		const packed = pack(RECORDS);
		expect(() => unpack(packed.subarray(0, packed.length - 1))).toThrow(RangeError);
		expect(() => unpack(packed.subarray(0, 18))).toThrow(RangeError);
	});

	it('finds in a damaged value the entries that are whole, and none that was altered', () => {
		const records = [1, 2, 3].map((n) => {
			const bytes = new Uint8Array(40).fill(n);
			return { id: entryIdOf(bytes), bytes };
		});
		const packed = pack(records);
		packed[30] = 9;
		expect(salvage(packed.subarray(0, -1))).toEqual([records[1]]);
	});
});
