import { describe, expect, it } from 'vitest';
import { argon2idPinHasher } from './argon2.ts';
import { webCryptoKeyMaker } from './keys.ts';
import { makeSlot, openSlot } from './slot.ts';

const cost = { memory_KiB: 64, passes: 1 };
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const secrets = {
	pin: '120385',
	second: { pepper: new Uint8Array(32).fill(6) },
	hashPin: argon2idPinHasher
};
const dataKey = new Uint8Array(32).fill(5);
const key = await webCryptoKeyMaker().createPersonKey();

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

describe('slot', () => {
	it('opens by PIN and pepper together, and by neither alone', async () => {
		const slot = await makeSlot({ dataKey, key }, cost, secrets, randomBytes);
		const open = (change: Partial<typeof secrets>) =>
			openSlot(slot, key.publicKey, { ...secrets, ...change });
		expect(await open({})).toEqual({ dataKey, key });
		expect(await open({ pin: '120386' })).toBeUndefined();
		expect(await open({ second: { pepper: new Uint8Array(32) } })).toBeUndefined();
	});

	it('of a version before passkeys still opens', async () => {
		const old = {
			salt: bytesOf('e9dc1bf5bb7f87532c52089336c570fc'),
			cost,
			sealed: bytesOf(
				'78c9b6aaa9d994dcde80ba1db0b282f351a96e6efc1882d057ae8dfeb288b720f44be9593405399227cfa8834178a7b7e85c2e3bd2583caa0e218eedd7538f8024a52e5f715d5c7647e8a436f847ee2c'
			)
		};
		const publicKey = new Uint8Array(65).fill(4);
		const secret = new Uint8Array(8).fill(7);
		const opened = await openSlot(old, publicKey, secrets);
		expect(opened).toEqual({ dataKey, key: { publicKey, secret } });
	});

	it('of a passkey opens by PIN and what the passkey computed together, and by nothing else', async () => {
		const output = new Uint8Array(32).fill(8);
		const passkey = { credential: 'AQID', salt: new Uint8Array(32).fill(9) };
		const { second: _pepper, ...rest } = secrets;
		const second = { ...passkey, output };
		const slot = await makeSlot({ dataKey, key }, cost, { ...rest, second }, randomBytes);
		expect(slot.passkey).toEqual(passkey);
		expect(JSON.stringify(slot)).not.toContain(JSON.stringify(output));
		const open = (pin: string, given: { output: Uint8Array } | { pepper: Uint8Array }) =>
			openSlot(slot, key.publicKey, { ...rest, pin, second: given });
		expect(await open('120385', { output })).toEqual({ dataKey, key });
		expect(await open('120386', { output })).toBeUndefined();
		expect(await open('120385', { output: new Uint8Array(32) })).toBeUndefined();
		// The same bytes are another secret when they come from the server.
		expect(await open('120385', { pepper: output })).toBeUndefined();
	});

	it('is salted: two slots of one PIN have nothing in common', async () => {
		const make = () => makeSlot({ dataKey, key }, cost, secrets, randomBytes);
		const [first, second] = [await make(), await make()];
		expect(first.salt).not.toEqual(second.salt);
		expect(first.sealed).not.toEqual(second.sealed);
	});
});
