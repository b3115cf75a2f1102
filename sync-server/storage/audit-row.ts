/** What the access log holds: who did what, and where it stands in the tree. */
import type { BookId, DeviceId, PersonId } from '#lib/domain/ids.ts';

export interface AuditRow {
	/** Server time, milliseconds. */
	at: number;
	action:
		| 'push'
		| 'deliver'
		| 'find'
		| 'open'
		| 'break-glass'
		/** A book was looked at on a device, as the device said later. */
		| 'read'
		/** A membership was over. */
		| 'end'
		| 'sign-in'
		| 'renew-lease'
		| 'sign-in-failed'
		/** A code that brings one tablet to a facility was made. */
		| 'enrolment-code'
		/** A tablet came to a facility. */
		| 'enrol'
		/** A tablet was named, ended, blocked, or told to wipe itself. */
		| 'device'
		/** An account was made, changed or ended. */
		| 'account'
		| 'password'
		/** A passkey was added or removed. */
		| 'passkey'
		| 'join'
		| 'refuse'
		| 'review';
	device?: DeviceId;
	person?: PersonId;
	/** What the person was there; absent where no person acted by name. */
	role?: string;
	facility?: string;
	book?: BookId;
	/** What the row is about, never patient data: counts, feed positions, codes. */
	detail: string;
}

/** An audit row that is in the tree. */
export interface Access {
	/** From 1 on; its leaf is the one before. */
	number: number;
	row: AuditRow;
	/** Of this row alone. */
	salt: Uint8Array;
}

export type FoldResult =
	/** `size`: leaves of the tree now. */
	| { type: 'folded'; size: number; isComplete: boolean }
	/** A row was taken out of the audit before the tree had it: nothing is folded any more. */
	| { type: 'row-missing'; number: number };

export interface AuditTree {
	size: number;
	/** Every epoch, oldest first, with the rows that the audit had when it began. */
	epochs: { epoch: Uint8Array; rows: number }[];
}
