/** How a tablet comes to a facility, and what it says of itself. JSON, like everything in `api.ts`. */
import { z } from 'zod';
import { isIdText } from '#lib/domain/ids.ts';
import { facilitySchema } from './api.ts';

const base64url = (lengthMax: number) =>
	z
		.string()
		.max(lengthMax)
		.regex(/^[A-Za-z0-9_-]+$/);
const countMax = 1_000_000_000;
const timeMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What a device last said of its own state. Every field it does not know is absent. */
export const deviceReportSchema = z.strictObject({
	/** As the app names its own version. */
	appVersion: z.string().max(40).optional(),
	/** Entries saved there that the server has not acknowledged. */
	waiting: z.number().int().min(0).max(countMax).optional(),
	/** The browser has promised to keep what is stored. */
	isPersisted: z.boolean().optional(),
	usageBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
	quotaBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
	/** By its own clock, when a round last ended well. */
	lastSyncMs: timeMs.optional(),
	/** Whoever signed in on it last, and when by its own clock. */
	lastPerson: z.string().refine(isIdText, 'not-an-id').optional(),
	lastUsedMs: timeMs.optional(),
	/** By its own clock, until when somebody can open it without the server; the largest number: always, somebody by
	 * PIN and passkey. */
	leaseUntilMs: timeMs.optional(),
	/** By its own clock, when it said this. */
	reportedMs: timeMs
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

/** 8 characters of Crockford's base 32, which knows no I, L, O and U: what people mistake for another is read as that. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;

/** A code as it is compared: without its hyphen, in capitals, with look-alikes put right; nothing where it is none. */
export function normaliseEnrolmentCode(typed: string): string | undefined {
	const code = typed
		.slice(0, 40)
		.toUpperCase()
		.replace(/[\s-]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return CODE.test(code) ? code : undefined;
}

/** POST /api/enrol: this device, by a code that an admin of the facility made. */
export const enrolRequestSchema = z.strictObject({
	code: z.string().min(8).max(20),
	/** The device's own key, uncompressed P-256 point, 65 bytes. */
	deviceKey: base64url(120)
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** A device of a facility, as the server vouches for it. */
export const enrolledDeviceSchema = z.strictObject({
	id: z.string().refine(isIdText, 'not-an-id'),
	/** 1, 2, ... within the facility. */
	number: z.number().int().min(1).max(999),
	/** Bearer token of the device; signed by the issuing key, so it outlives a restore. */
	token: z
		.string()
		.max(2_000)
		.regex(/^[A-Za-z0-9_.-]+$/)
});

export const enrolAnswerSchema = z.strictObject({
	facility: facilitySchema,
	device: enrolledDeviceSchema
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;
