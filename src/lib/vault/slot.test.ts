import { describe, expect, it } from 'vitest';
import { argon2idPinHasher } from './argon2.ts';
import { webCryptoKeyMaker } from './keys.ts';
import { makeSlot, openSlot } from './slot.ts';

const cost = { memory_KiB: 64, passes: 1 };
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const secrets = {
	pin: '120385',
	pepper: new Uint8Array(32).fill(6),
	hashPin: argon2idPinHasher
};
const dataKey = new Uint8Array(32).fill(5);
const key = await webCryptoKeyMaker().createPersonKey();

describe('slot', () => {
	it('opens by PIN and pepper together, and by neither alone', async () => {
		const slot = await makeSlot({ dataKey, key }, cost, secrets, randomBytes);
		const open = (change: Partial<typeof secrets>) =>
			openSlot(slot, key.publicKey, { ...secrets, ...change });
		expect(await open({})).toEqual({ dataKey, key });
		expect(await open({ pin: '120386' })).toBeUndefined();
		expect(await open({ pepper: new Uint8Array(32) })).toBeUndefined();
	});

	it('is salted: two slots of one PIN have nothing in common', async () => {
		const make = () => makeSlot({ dataKey, key }, cost, secrets, randomBytes);
		const [first, second] = [await make(), await make()];
		expect(first.salt).not.toEqual(second.salt);
		expect(first.sealed).not.toEqual(second.sealed);
	});
});
