/**
 * What a citizen's phone asks: who am I and which books are mine, then the books by themselves with the
 * frames of sync. There is no feed and no poll; nothing of it writes. PROTOCOL.md section 12.
 */
import { z } from 'zod';
import { isSpokenCode } from '#lib/domain/access/consent-visit.ts';
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
/** A code to show at a facility. */
export const CITIZEN_VISIT_CODE_PATH = '/api/citizen/visit-code';
/** The books of the family that were opened in an emergency. */
export const CITIZEN_EMERGENCIES_PATH = '/api/citizen/emergencies';
export const CITIZEN_ACCESSES_PATH = '/api/citizen/accesses';
/** The page of the app that a sign-in ends on; `?sign-in=` tells why it did not succeed. */
export const CITIZEN_HOME_PATH = '/citizen';

export const FAMILY_BOOKS_MAX = 50;
/** The newest; there may be older ones. */
export const ACCESSES_TOLD_MAX = 100;
/** With a line for each restore that the store went through. */
const CHECKPOINT_CHARACTERS_MAX = 16_384;

/** Why a sign-in did not succeed, in the address that the browser is sent back to. */
export const SIGN_IN_FAILURES = [
	/** The person said no, or closed the page of the provider. */
	'declined',
	/** State, nonce, signature or claims are not as they must be, or it took too long. */
	'not-genuine',
	/** Who they are was not checked at a counter: electronic identity of level 1. */
	'level-too-low',
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

export const visitCodeRequestSchema = z.strictObject({
	book: z.string().refine(isIdText, 'not-an-id'),
	/** Of a child from seven years on: it was asked and says yes. */
	childAgrees: z.boolean().optional()
});
/** The phone draws it as a QR code. */
export const visitCodeSchema = z.strictObject({
	code: z.string().refine(isIdText, 'not-an-id'),
	/** The same in letters, for where no camera reads it. */
	spoken: z.string().refine(isSpokenCode, 'not-a-code'),
	untilMs: z.number().int()
});
export type VisitCode = z.infer<typeof visitCodeSchema>;

export const EMERGENCIES_TOLD_MAX = 50;
/** `GET /api/citizen/emergencies`: of the last weeks, newest first. */
export const familyEmergenciesSchema = z.strictObject({
	emergencies: z
		.array(
			z.strictObject({
				/** Names it. */
				number: z.number().int().min(1),
				book: idText,
				atMs: z.number().int(),
				untilMs: z.number().int(),
				/** One of `EMERGENCY_REASONS`, or of a later version's. */
				reason: z.string().max(64),
				/** Where; its code where its name is not known. */
				facility: lineSchema(200),
				/** Who; absent where the name is not known. */
				by: lineSchema(120).optional()
			})
		)
		.max(EMERGENCIES_TOLD_MAX)
});
export type FamilyEmergency = z.infer<typeof familyEmergenciesSchema>['emergencies'][number];

const bytesText = (charactersMax: number) =>
	z
		.string()
		.max(charactersMax)
		.regex(/^[A-Za-z0-9_-]*$/);
const hashText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** A tree of 2^50 rows has no longer ones; of a consistency proof there are up to twice as many. */
const PROOF_HASHES_MAX = 100;

/** `POST /api/citizen/accesses`: who opened a book of the family. */
export const accessesRequestSchema = z.strictObject({
	book: idText,
	/** The checkpoint that this phone keeps. */
	known: z
		.strictObject({
			epoch: z.string().regex(/^[0-9a-f]{12}$/),
			size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
		})
		.optional()
});
export type AccessesRequest = z.infer<typeof accessesRequestSchema>;

const accessSchema = z.strictObject({
	/** Of its row, from 1 on. */
	number: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
	/** `LoggedAccess` as its leaf was made of it, the salt that opens it, and its way up to the root. */
	bytes: bytesText(2_000),
	salt: hashText,
	proof: z.array(hashText).max(PROOF_HASHES_MAX)
});
export type ProvenAccess = z.infer<typeof accessSchema>;

export const accessesSchema = z.strictObject({
	/** The text; every row told is covered by it. */
	checkpoint: z.string().max(CHECKPOINT_CHARACTERS_MAX),
	/** Public keys that sign checkpoints now. */
	keys: z.array(bytesText(100)).max(10),
	/** That the checkpoint of the request is the beginning of this one; absent where there is no such proof. */
	consistency: z.array(hashText).max(PROOF_HASHES_MAX).optional(),
	/** The book that was asked for and those joined to it. */
	books: z.array(idText).max(FAMILY_BOOKS_MAX),
	/** Newest first. Of what the family did itself only the last few. */
	accesses: z.array(accessSchema).max(ACCESSES_TOLD_MAX),
	/** Older ones were left out. */
	hasOlder: z.boolean(),
	/** Names of facilities (by code) and staff (by person). */
	names: z.record(z.string().max(32), z.string().max(200))
});
export type Accesses = z.infer<typeof accessesSchema>;
