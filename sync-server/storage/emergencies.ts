/** Books that somebody opened in an emergency: on their word, for a while, and for others to look at. */
import type { BookId, DeviceId, PersonId } from '#lib/domain/ids.ts';
import type { EmergencyReason, EmergencyVerdict } from '#lib/domain/access/emergency.ts';

export interface Emergency {
	at: number;
	untilMs: number;
	person: PersonId;
	device: DeviceId;
	facility: string;
	book: BookId;
	reason: EmergencyReason;
	/** One sentence in the words of whoever opened it. */
	note: string;
}

export interface EmergencyRequest extends Emergency {
	/** So many of one person since `sinceMs` are enough. */
	openingsMax: number;
	sinceMs: number;
}

/** `too-many`: the oldest that counts was at `oldestMs`. Nothing was opened; that it was asked is in the audit. */
export type EmergencyResult = { type: 'opened' } | { type: 'too-many'; oldestMs: number };

export interface EmergencyReview {
	at: number;
	person: PersonId;
	verdict: EmergencyVerdict;
	/** In their own words; may be empty. */
	note: string;
}

export interface ListedEmergency extends Emergency {
	/** Names it, from 1 on. */
	number: number;
	review?: EmergencyReview;
}

export interface EmergencyReviewRequest extends EmergencyReview {
	device: DeviceId;
	facility: string;
	number: number;
}

/** `own`: nobody reviews what they opened themselves. `not-found`: none of this facility. Nothing was written. */
export type EmergencyReviewResult =
	{ type: 'reviewed' } | { type: 'not-found' } | { type: 'own' } | { type: 'already-reviewed' };
