/** The check of a PIN: counted on the disk before it begins, made to wait, and at last destroying what it was tried on. */
import {
	afterWrongPin,
	attemptsLeft,
	NO_ATTEMPTS,
	waitOf,
	WRONG_PINS_MAX,
	type PinAttempts
} from './attempts.ts';
import { hasLeaseEnded, readPepper } from './lease.ts';
import type { PinHasher } from './pin.ts';
import { attemptsSchema, readRecord, type KeyStore, type StoredStaff } from './records.ts';
import { openSlot, type OpenedSlot, type Slot } from './slot.ts';

export const STAFF_PREFIX = 'staff/';
export const ATTEMPTS_PREFIX = 'attempts/';

export type PinRefusal =
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** Too many wrong PINs: the way in without the server is gone. */
	| { type: 'destroyed' }
	/** This person has not signed in at the server for too long. */
	| { type: 'lease-over' }
	/** This passkey opens the slot beside the PIN, which was not looked at. `salt`: what it computes from. */
	| { type: 'passkey-needed'; credential: string; salt: Uint8Array };

interface TryDeps {
	keyStore: KeyStore;
	hashPin: PinHasher;
	clock: { nowMs(): number };
}

interface Typed {
	pin: string;
	/** What the passkey computed. */
	output: Uint8Array | undefined;
}

/** What this PIN opens, or why it opens nothing now. */
export async function tryPin(
	deps: TryDeps,
	staff: StoredStaff,
	{ pin, output }: Typed
): Promise<OpenedSlot | PinRefusal> {
	const { keyStore, clock, hashPin } = deps;
	const { slot } = staff;
	if (slot === undefined) {
		const isEnded = await hasLeaseEnded(keyStore, staff.person);
		return { type: isEnded ? 'lease-over' : 'destroyed' };
	}
	const row = ATTEMPTS_PREFIX + staff.person;
	const before = (await readRecord(keyStore, row, attemptsSchema)) ?? NO_ATTEMPTS;
	const waiting = waitOf(before, clock.nowMs());
	if (waiting.attempts !== before) await keyStore.writeKey({ id: row, value: waiting.attempts });
	if (waiting.seconds > 0) return { type: 'wait', seconds: waiting.seconds };
	const second = await secondOf(deps, staff, slot, output);
	if ('type' in second) return second;

	const counted = afterWrongPin(before, clock.nowMs());
	await keyStore.writeKey({ id: row, value: counted });
	const opened = await openSlot(slot, staff.publicKey, { pin, second, hashPin });
	if (opened === undefined) return refusal(keyStore, staff, counted, clock.nowMs());
	await keyStore.writeKey({ id: row, value: NO_ATTEMPTS });
	return opened;
}

/** What opens the slot beside the PIN, or why it is not here. */
async function secondOf(
	deps: TryDeps,
	staff: StoredStaff,
	{ passkey }: Slot,
	output: Uint8Array | undefined
): Promise<{ pepper: Uint8Array } | { output: Uint8Array } | PinRefusal> {
	if (passkey !== undefined)
		return output === undefined ? { type: 'passkey-needed', ...passkey } : { output };
	const pepper = await readPepper(deps, staff.person);
	return pepper === undefined ? { type: 'lease-over' } : { pepper };
}

async function refusal(
	keyStore: KeyStore,
	staff: StoredStaff,
	attempts: PinAttempts,
	nowMs: number
): Promise<PinRefusal> {
	if (attempts.wrong >= WRONG_PINS_MAX) {
		await dropSlot(keyStore, staff);
		return { type: 'destroyed' };
	}
	const left = attemptsLeft(attempts);
	if (left !== undefined) return { type: 'wrong-pin', attemptsLeft: left };
	return { type: 'wait', seconds: waitOf(attempts, nowMs).seconds };
}

/** This person signs in at the server from now on. */
export function dropSlot(
	keyStore: KeyStore,
	{ slot: _slot, ...staff }: StoredStaff
): Promise<void> {
	return keyStore.writeKey({ id: STAFF_PREFIX + staff.person, value: staff });
}
