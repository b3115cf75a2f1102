/**
 * One person's way into this device: the device's data key and the person's signing key, sealed under a key
 * that needs two things. One is the PIN. The other is a pepper that the server gives at a full sign-in and that the
 * device forgets when its lease ends; or, where the person signed in by a passkey of this device that can, what that
 * passkey computes from a salt (WebAuthn PRF) and nobody keeps. Opening the slot is the check of the PIN; nothing else
 * of the PIN is kept. A slot without `passkey` is of the first kind, as all were up to version 0.2.
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
	passkey?: SlotPasskey | undefined;
}

/** Which passkey opens a slot, and from what it computes the second secret. */
export interface SlotPasskey {
	/** Credential id, base64url. */
	credential: string;
	salt: Uint8Array;
}

/** The same with what it computed: never on the disk, never at the server. */
export interface PasskeySecret extends SlotPasskey {
	output: Uint8Array;
}

/** What a right PIN gives. */
export interface OpenedSlot {
	dataKey: Uint8Array;
	key: PersonKey;
}

export const PEPPER_BYTES = 32;
/** As WebAuthn defines them. */
export const PASSKEY_SALT_BYTES = 32;
export const PASSKEY_OUTPUT_BYTES = 32;
const PEPPER_USE = new TextEncoder().encode('so-suc-khoe slot 1');
const PASSKEY_USE = new TextEncoder().encode('so-suc-khoe slot 2');

interface Secrets {
	pin: string;
	/** What the server or the passkey gave. */
	second: { pepper: Uint8Array } | { output: Uint8Array };
	hashPin: PinHasher;
}

export async function makeSlot(
	{ dataKey, key }: OpenedSlot,
	cost: PinCost,
	{
		second,
		...secrets
	}: Omit<Secrets, 'second'> & {
		second: { pepper: Uint8Array } | PasskeySecret;
	},
	randomBytes: (count: number) => Uint8Array
): Promise<Slot> {
	const salt = randomBytes(PIN_SALT_BYTES);
	const contents = new Uint8Array(DATA_KEY_BYTES + key.secret.length);
	contents.set(dataKey);
	contents.set(key.secret, DATA_KEY_BYTES);
	const slotKey = await slotKeyOf(salt, cost, { ...secrets, second });
	const sealed = sealBytes(slotKey, contents, placeOf(key), randomBytes);
	if ('pepper' in second) return { salt, cost, sealed };
	return { salt, cost, sealed, passkey: { credential: second.credential, salt: second.salt } };
}

/** Nothing when the PIN, the second secret or the slot is wrong. */
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
	{ pin, second, hashPin }: Secrets
): Promise<Uint8Array> {
	const hash = await hashPin(pin, salt, cost);
	const [given, use] =
		'pepper' in second ? [second.pepper, PEPPER_USE] : [second.output, PASSKEY_USE];
	const both = new Uint8Array(hash.length + given.length);
	both.set(hash);
	both.set(given, hash.length);
	return hkdf(sha256, both, salt, use, DATA_KEY_BYTES);
}

/** Nobody's slot opens under somebody else's name. */
function placeOf({ publicKey }: Pick<PersonKey, 'publicKey'>): string {
	return `slot of ${keyIdOf(publicKey)}`;
}
