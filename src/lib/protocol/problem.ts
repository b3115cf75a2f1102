/** How the JSON side of the server refuses. */
import { z } from 'zod';

/** RFC 9457. `type` is one of PROBLEM_TYPES; the words for people stand in the message catalogues. */
export const problemSchema = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	detail: z.string().optional(),
	/** Seconds to wait, where waiting helps. */
	retryAfter: z.number().int().optional(),
	/** Path of the field, never its value. */
	path: z.string().optional()
});
export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPES = [
	'/problems/bad-request',
	'/problems/not-canonical',
	'/problems/schema',
	'/problems/too-large',
	'/problems/wrong-content-type',
	'/problems/wrong-content-encoding',
	'/problems/token-missing',
	'/problems/token-wrong',
	/** The device is to wipe itself: only what it hands in, sealed, and its word that it has are still taken. */
	'/problems/wiped',
	'/problems/sign-in-failed',
	/** The session of a citizen is over, or there was none. */
	'/problems/signed-out',
	'/problems/too-many-attempts',
	/** Nobody signs in on a device that no code has brought to a facility, or that was ended there. */
	'/problems/not-enrolled',
	/** The code brings no device anywhere; `detail`: `unknown`, `used` or `expired`. */
	'/problems/enrolment-code',
	/** A new password is one that people guess; `detail` says why. */
	'/problems/weak-password',
	/** No passkey works under the address by which the browser knows this server. */
	'/problems/passkeys-unavailable',
	/** The passkey opens or becomes nothing; `detail` says why (`PASSKEY_REFUSALS`). */
	'/problems/passkey-refused',
	/** The device belongs to another facility than the practitioner. */
	'/problems/other-facility',
	/** Signing in on a tablet: this role opens no books. */
	'/problems/no-books-for-role',
	'/problems/not-allowed',
	'/problems/not-found',
	'/problems/wrong-method',
	/** The body did not arrive in time. */
	'/problems/too-slow',
	'/problems/unknown-protocol',
	/** Admission still does not take the entry; `detail` is the code. */
	'/problems/still-refused',
	/** Somebody else made the password: nothing is done before there is another. */
	'/problems/password-due',
	/** Of somebody else: no account was made. */
	'/problems/login-taken',
	/** Somebody else has decided about it. */
	'/problems/already-decided',
	'/problems/busy',
	'/problems/internal'
] as const;
export type ProblemType = (typeof PROBLEM_TYPES)[number];
