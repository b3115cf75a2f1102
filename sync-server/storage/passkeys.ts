/** Passkeys of staff, in the words of WebAuthn: a credential of one person, known by its public key. */
import type { PersonId } from '#lib/domain/ids.ts';
import type { PasskeyTransport } from '#lib/protocol/passkeys.ts';
import type { AuditRow } from './audit-row.ts';

export interface Passkey {
	/** Credential id, base64url. */
	id: string;
	person: PersonId;
	/** COSE_Key. */
	publicKey: Uint8Array;
	/** How often its authenticator has signed; 0 for ever where that does not count. */
	counter: number;
	transports: PasskeyTransport[];
	/** What its owner calls it. */
	label: string;
	createdMs: number;
	usedMs?: number;
}

/** `taken`: this credential is known, perhaps as somebody else's. `too-many`: of one person. Nothing was written. */
export type PasskeyResult = 'put' | 'taken' | 'too-many';

export interface PasskeyUse {
	id: string;
	/** As the authenticator says now. */
	counter: number;
	atMs: number;
}

export interface PasskeyRemoval {
	person: PersonId;
	/** Absent: all of this person. */
	id?: string;
	/** In the same commit, where there was one. */
	audit: AuditRow;
}

export interface PasskeyStorage {
	/** With its audit row in the same commit. An account that ends loses all of them. */
	putPasskey(passkey: Passkey, audit: AuditRow): Promise<PasskeyResult>;
	findPasskey(id: string): Promise<Passkey | undefined>;
	/** Of one person, oldest first. */
	listPasskeys(person: PersonId): Promise<Passkey[]>;
	/** Keeps the counter of a signature. False where the counter has not gone on, or there is no such passkey. */
	usePasskey(use: PasskeyUse): Promise<boolean>;
	/** Answers how many were removed. */
	removePasskeys(removal: PasskeyRemoval): Promise<number>;
}

/** A counter that stands still or goes back is a copy of the authenticator (WebAuthn, 7.2 step 22). */
export function hasGoneOn(kept: number, now: number): boolean {
	return now > kept || (now === 0 && kept === 0);
}
