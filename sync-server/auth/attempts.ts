/**
 * How often somebody may try a PIN: per login and per address, with a wait that doubles. Kept in memory
 * on purpose: a restart forgives, and nobody can fill the disk by guessing. Logins that do not exist
 * count like those that do, so the wait says nothing about who works here.
 */
export interface AttemptLimits {
	/** Failures before the first wait. */
	freeFailures: number;
	firstWaitMs: number;
	waitMsMax: number;
	/** Failures are forgotten after this time without another one. */
	forgetMs: number;
	subjectsMax: number;
}

/** Six digits, five free tries and 15 minutes a try after that: about 14 years for half of all PINs. */
export const LOGIN_ATTEMPTS: AttemptLimits = {
	freeFailures: 5,
	firstWaitMs: 5_000,
	waitMsMax: 15 * 60_000,
	forgetMs: 24 * 60 * 60_000,
	subjectsMax: 10_000
};

/** A station behind one address has many people: more tries, a short ceiling, so that nobody can lock
 * a whole station out for long. */
export const ADDRESS_ATTEMPTS: AttemptLimits = {
	...LOGIN_ATTEMPTS,
	freeFailures: 50,
	waitMsMax: 60_000,
	forgetMs: 60 * 60_000
};

interface Failures {
	count: number;
	lastMs: number;
	blockedUntilMs: number;
}

export interface Attempts {
	/** Seconds to wait before the next try; 0: now. */
	waitSeconds(subject: string, nowMs: number): number;
	recordFailure(subject: string, nowMs: number): void;
	recordSuccess(subject: string): void;
	/** Takes back one failure that was counted before its outcome was known, with the wait it began. Only
	 * for a try that `waitSeconds` let through. */
	forgive(subject: string): void;
}

export function createAttempts(limits: AttemptLimits): Attempts {
	const failuresBySubject = new Map<string, Failures>();
	return {
		waitSeconds(subject, nowMs) {
			const failures = failuresBySubject.get(subject);
			return Math.max(0, Math.ceil(((failures?.blockedUntilMs ?? 0) - nowMs) / 1_000));
		},
		recordFailure(subject, nowMs) {
			const before = failuresBySubject.get(subject);
			const isOld = before === undefined || nowMs - before.lastMs > limits.forgetMs;
			const count = isOld ? 1 : before.count + 1;
			// Set anew so that the map stays in order of the last failure: the oldest goes first.
			failuresBySubject.delete(subject);
			const blockedUntilMs = nowMs + waitMsAfter(count, limits);
			failuresBySubject.set(subject, { count, lastMs: nowMs, blockedUntilMs });
			if (failuresBySubject.size > limits.subjectsMax) forgetOldest(failuresBySubject);
		},
		recordSuccess(subject) {
			failuresBySubject.delete(subject);
		},
		forgive(subject) {
			const failures = failuresBySubject.get(subject);
			if (failures === undefined) return;
			failures.count -= 1;
			failures.blockedUntilMs = 0;
			if (failures.count <= 0) failuresBySubject.delete(subject);
		}
	};
}

function waitMsAfter(failureCount: number, limits: AttemptLimits): number {
	const counted = failureCount - limits.freeFailures;
	if (counted < 0) return 0;
	return Math.min(limits.waitMsMax, limits.firstWaitMs * 2 ** Math.min(counted, 30));
}

function forgetOldest(failuresBySubject: Map<string, Failures>): void {
	for (const subject of failuresBySubject.keys()) {
		failuresBySubject.delete(subject);
		return;
	}
}
