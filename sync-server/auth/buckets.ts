/**
 * How often a device may ask: so many at once, then so many an hour. Kept in memory: a restart begins
 * with full buckets. For what costs work or discloses something although every single question is right.
 */
export interface BucketLimits {
	atOnceMax: number;
	perHour: number;
	subjectsMax: number;
}

/** A first sync takes some dozens; a hospital's bulk push some hundreds. A device out of control waits. */
export const SYNC_REQUESTS: BucketLimits = {
	atOnceMax: 600,
	perHour: 2 * 60 * 60,
	subjectsMax: 20_000
};
/** Books opened because the person is there: more in an hour than any station sees people. */
export const BOOK_OPENS: BucketLimits = { atOnceMax: 60, perHour: 60, subjectsMax: 20_000 };
/** Somebody looks at entries one after the other; a tablet asks for a book every ten seconds at most. */
export const JOURNEYS: BucketLimits = { atOnceMax: 120, perHour: 600, subjectsMax: 20_000 };
/** A phone asks each time somebody looks at it, and reads its books in a few requests. Each is read from the store. */
export const CITIZEN_READS: BucketLimits = { atOnceMax: 240, perHour: 1_200, subjectsMax: 20_000 };
/** Somebody looks at who opened their family's books; each question makes a row of the audit and signs. */
export const CITIZEN_ACCESSES: BucketLimits = { atOnceMax: 60, perHour: 60, subjectsMax: 20_000 };
/** A tablet says how it stands when something has changed, and a locked one every ten minutes. */
export const TABLET_REPORTS: BucketLimits = { atOnceMax: 30, perHour: 120, subjectsMax: 20_000 };
/** Somebody adds a passkey, or begins to sign in with one: a few tries with a finger that is not recognised. */
export const PASSKEY_REQUESTS: BucketLimits = { atOnceMax: 30, perHour: 120, subjectsMax: 20_000 };
/** Somebody goes through lists and acts on some of what stands there. */
export const MANAGE_REQUESTS: BucketLimits = { atOnceMax: 60, perHour: 600, subjectsMax: 5_000 };

const HOUR_MS = 60 * 60_000;

export interface Taken {
	/** 0: go on; else wait so long. */
	waitSeconds: number;
	/** The first refusal since the last time something was let through. */
	isFirstRefusal: boolean;
}

interface Bucket {
	left: number;
	atMs: number;
	isRefusing: boolean;
}

/** Takes one of the subject's turns, if there is one left. */
export type Take = (subject: string, nowMs: number) => Taken;

export function createBuckets({ atOnceMax, perHour, subjectsMax }: BucketLimits): Take {
	const buckets = new Map<string, Bucket>();
	return (subject, nowMs) => {
		const before = buckets.get(subject) ?? { left: atOnceMax, atMs: nowMs, isRefusing: false };
		const refilled = (Math.max(0, nowMs - before.atMs) * perHour) / HOUR_MS;
		const left = Math.min(atOnceMax, before.left + refilled);
		const isRefusing = left < 1;
		// Set anew so that the map stays in order of the last question: the oldest goes first.
		buckets.delete(subject);
		buckets.set(subject, { left: isRefusing ? left : left - 1, atMs: nowMs, isRefusing });
		const [oldest] = buckets.keys();
		if (buckets.size > subjectsMax && oldest !== undefined) buckets.delete(oldest);
		const waitSeconds = isRefusing ? Math.ceil(((1 - left) * HOUR_MS) / perHour / 1_000) : 0;
		return { waitSeconds, isFirstRefusal: isRefusing && !before.isRefusing };
	};
}
