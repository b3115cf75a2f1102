/**
 * What a citizen's phone asks: who am I and which books are mine, then the books by themselves with the
 * frames of sync. There is no feed and no poll; nothing of it writes. PROTOCOL.md section 12.
 */
import { z } from 'zod';
import { FAMILY_RELATIONS } from '#lib/domain/access/family.ts';
import { isIdText } from '#lib/domain/ids.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import { partialDateSchema } from '#lib/domain/time/clinical-schemas.ts';

/** Leads the browser to the identity provider. */
export const CITIZEN_SIGN_IN_PATH = '/api/citizen/sign-in';
/** Where the provider sends it back to. */
export const CITIZEN_SIGNED_IN_PATH = '/api/citizen/signed-in';
export const CITIZEN_SIGN_OUT_PATH = '/api/citizen/sign-out';
export const CITIZEN_FAMILY_PATH = '/api/citizen/family';
export const CITIZEN_SYNC_PATH = '/api/citizen/sync';
/** The page of the app that a sign-in ends on; `?sign-in=` tells why it did not succeed. */
export const CITIZEN_HOME_PATH = '/citizen';

export const FAMILY_BOOKS_MAX = 50;

/** Why a sign-in did not succeed, in the address that the browser is sent back to. */
export const SIGN_IN_FAILURES = [
	/** The person said no, or closed the page of the provider. */
	'declined',
	/** State, nonce, signature or claims are not as they must be, or it took too long. */
	'not-genuine',
	/** The provider does not answer. */
	'unreachable'
] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];

const idText = z.string().refine(isIdText, 'not-an-id');

const familyBookSchema = z.strictObject({
	book: idText,
	relation: z.enum(FAMILY_RELATIONS),
	/** Another book of the person whose book is named here: shown as one with it. */
	of: idText.optional(),
	/** Entries of it that this person may read, and their digest: equal to the phone's, nothing needs asking. */
	n: z.number().int().min(0),
	digest: z.string().regex(/^[A-Za-z0-9_-]{22}$/)
});
export type FamilyBook = z.infer<typeof familyBookSchema>;

/** `GET /api/citizen/family`, with `ETag`. */
export const familySchema = z.strictObject({
	person: z.strictObject({
		/** Means nothing outside of this server. */
		id: idText,
		name: lineSchema(120),
		birthDate: partialDateSchema
	}),
	books: z.array(familyBookSchema).max(FAMILY_BOOKS_MAX),
	/** Names of facilities (by code) and practitioners (by person) who wrote in these books. */
	names: z.record(z.string().max(32), z.string().max(200))
});
export type Family = z.infer<typeof familySchema>;
