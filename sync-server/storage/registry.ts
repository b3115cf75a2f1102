/** Who takes part: accounts of staff, the tablets of a facility and how one comes to it, and the keys of people on them. */
import type { Role } from '#lib/domain/book/envelope.ts';
import type { DeviceId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/devices.ts';
import type { AuditRow } from './audit-row.ts';

export interface Account {
	person: PersonId;
	login: string;
	name: string;
	role: Role;
	facility: string;
	/** Argon2id in PHC string form. */
	passwordHash: string;
	/** Somebody else made the password: its owner chooses another before anything else. */
	isStartPassword?: true;
	/** From then on this person signs in nowhere. */
	untilMs?: number;
}

/** `login-taken`: by somebody else; nothing was written. */
export type AccountResult = 'put' | 'login-taken';

export interface EndOfAccount {
	person: PersonId;
	facility: string;
	untilMs: number;
	/** In the same commit. */
	audit: AuditRow;
}

export interface Device {
	device: DeviceId;
	number: number;
	facility: string;
	key: Uint8Array;
	createdMs: number;
	journal?: { n: number; link: Uint8Array };
	/** Reported stolen: its pushes go to review. */
	isBlocked: boolean;
	/** What people of the facility call it. */
	label?: string;
	/** From then on nobody signs in on it. A new enrolment code takes it back into use. */
	endedMs?: number;
	wipe?: DeviceWipe;
	/** What it last said of itself, and when that came (`atMs`). */
	report?: DeviceReport & { atMs: number };
}

/** The device is to destroy its keys and, once what waited has arrived, everything it keeps. */
export interface DeviceWipe {
	askedMs: number;
	/** The device said that it has. */
	doneMs?: number;
}

export type DeviceChange =
	/** Absent: it has none any more. */
	| { label: string | undefined }
	| { isBlocked: boolean }
	/** Absent: in use again. */
	| { endedMs: number | undefined }
	/** Absent: it need not wipe itself after all. */
	| { wipe: DeviceWipe | undefined };

export interface DeviceChangeRequest {
	device: DeviceId;
	/** Of the device; another facility's is not found. */
	facility: string;
	change: DeviceChange;
	/** In the same commit. */
	audit: AuditRow;
}

/** Brings one tablet to a facility, once. The code itself is kept nowhere. */
export interface EnrolmentCode {
	/** SHA-256 of the code as it is compared, 32 bytes. */
	codeHash: Uint8Array;
	facility: string;
	createdMs: number;
	expiresMs: number;
	/** Absent: the server made it by itself, for its demo. */
	createdBy?: PersonId;
}

/** A tablet that states a code. Everything it leads to is one commit, with its audit row. */
export interface EnrolmentRequest {
	codeHash: Uint8Array;
	device: DeviceId;
	key: Uint8Array;
	at: number;
}

export type EnrolmentResult =
	/** The device as it is now; the code is used. */
	| { type: 'enrolled'; device: Device }
	| { type: 'unknown-code' }
	| { type: 'used-code' }
	| { type: 'expired-code' }
	/** This device is known at another facility; the code can still be used. */
	| { type: 'other-facility' }
	/** It was reported stolen, or is to wipe itself; the code can still be used. */
	| { type: 'blocked' };

/** Somebody who has signed in on a device: as the account says today, or the key where there is no account. */
export interface DevicePerson {
	person: PersonId;
	role: Role;
	facility: string;
	untilMs?: number;
}

/** A person's key on one device. A key that ended still verifies what it signed. */
export interface PersonKey {
	key: KeyId;
	publicKey: Uint8Array;
	person: PersonId;
	device: DeviceId;
	role: Role;
	facility: string;
	fromMs: number;
	untilMs?: number;
}

/** Why a code brings this device nowhere; nothing where it does. Said alike by every store. */
export function enrolmentRefusal(
	code: { facility: string; expiresMs: number; isUsed: boolean } | undefined,
	known: Pick<Device, 'facility' | 'isBlocked' | 'wipe'> | undefined,
	at: number
): Exclude<EnrolmentResult, { type: 'enrolled' }> | undefined {
	if (code === undefined) return { type: 'unknown-code' };
	if (code.isUsed) return { type: 'used-code' };
	if (at >= code.expiresMs) return { type: 'expired-code' };
	if (known === undefined) return undefined;
	if (known.facility !== code.facility) return { type: 'other-facility' };
	return known.isBlocked || known.wipe !== undefined ? { type: 'blocked' } : undefined;
}
