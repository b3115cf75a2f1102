/**
 * One person's way into this device: the device's data key and the person's signing key, sealed under a key
 * that needs two things, the PIN and a pepper that the server gives at a full sign-in and that the device
 * forgets when its lease ends. Opening the slot is the check of the PIN; nothing else of the PIN is kept.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { PersonKey } from './keys.ts';
import { PIN_SALT_BYTES, type PinCost, type PinHasher } from './pin.ts';
import { DATA_KEY_BYTES, openBytes, sealBytes } from './record-cipher.ts';

export interface Slot {
	salt: Uint8Array;
	cost: PinCost;
	sealed: Uint8Array;
}

/** What a right PIN gives. */
export interface OpenedSlot {
	dataKey: Uint8Array;
	key: PersonKey;
}

export const PEPPER_BYTES = 32;
const KEY_USE = new TextEncoder().encode('so-suc-khoe slot 1');

interface Secrets {
	pin: string;
	pepper: Uint8Array;
	hashPin: PinHasher;
}

export async function makeSlot(
	{ dataKey, key }: OpenedSlot,
	cost: PinCost,
	secrets: Secrets,
	randomBytes: (count: number) => Uint8Array
): Promise<Slot> {
	const salt = randomBytes(PIN_SALT_BYTES);
	const contents = new Uint8Array(DATA_KEY_BYTES + key.secret.length);
	contents.set(dataKey);
	contents.set(key.secret, DATA_KEY_BYTES);
	const slotKey = await slotKeyOf(salt, cost, secrets);
	return { salt, cost, sealed: sealBytes(slotKey, contents, placeOf(key), randomBytes) };
}

/** Nothing when the PIN, the pepper or the slot is wrong. */
export async function openSlot(
	{ salt, cost, sealed }: Slot,
	publicKey: Uint8Array,
	secrets: Secrets
): Promise<OpenedSlot | undefined> {
	const slotKey = await slotKeyOf(salt, cost, secrets);
	const contents = openBytes(slotKey, sealed, placeOf({ publicKey }));
	if (contents === undefined) return undefined;
	const secret = contents.slice(DATA_KEY_BYTES);
	return { dataKey: contents.slice(0, DATA_KEY_BYTES), key: { publicKey, secret } };
}

async function slotKeyOf(
	salt: Uint8Array,
	cost: PinCost,
	{ pin, pepper, hashPin }: Secrets
): Promise<Uint8Array> {
	const hash = await hashPin(pin, salt, cost);
	const both = new Uint8Array(hash.length + pepper.length);
	both.set(hash);
	both.set(pepper, hash.length);
	return hkdf(sha256, both, salt, KEY_USE, DATA_KEY_BYTES);
}

/** Nobody's slot opens under somebody else's name. */
function placeOf({ publicKey }: Pick<PersonKey, 'publicKey'>): string {
	return `slot of ${keyIdOf(publicKey)}`;
}
