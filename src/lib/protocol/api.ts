/**
 * The JSON side of the server: sign-in, finding a person, opening a book, catalogues. Refusals are
 * problem documents (RFC 9457). Never patient data in a URL: questions are POST bodies.
 */
import { z } from 'zod';
import { isSpokenCode } from '#lib/domain/access/consent-visit.ts';
import {
	EMERGENCY_NOTE_LENGTH_MAX,
	emergencyNoteSchema,
	emergencyReasonSchema,
	EMERGENCY_REVIEW_NOTE_LENGTH_MAX,
	emergencyVerdictSchema
} from '#lib/domain/access/emergency.ts';
import { isIdText } from '#lib/domain/ids.ts';
import { facilityCodeSchema, roleSchema } from '#lib/domain/book/envelope.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import {
	clinicalDateSchema,
	clinicalTimeSchema,
	partialDateSchema
} from '#lib/domain/time/clinical-schemas.ts';

const idText = z.string().refine(isIdText, 'not-an-id');
const base64url = (lengthMax: number) =>
	z
		.string()
		.max(lengthMax)
		.regex(/^[A-Za-z0-9_-]+$/);

export const loginNameSchema = z
	.string()
	.max(60)
	.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/);
export const pinSchema = z.string().regex(/^[0-9]{6}$/);

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;
/** As it is typed; older ones may be shorter. */
export const passwordSchema = z.string().min(1).max(PASSWORD_LENGTH_MAX);

/** 32 bytes. */
const secretText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** POST /api/sign-in: a practitioner on an enrolled device, for the first time or with a new key. */
export const signInRequestSchema = z
	.strictObject({
		login: loginNameSchema,
		password: passwordSchema.optional(),
		/** How versions up to 0.2 name the password. */
		pin: pinSchema.optional(),
		/** The key this person will sign with on this device: uncompressed P-256 point, 65 bytes. */
		personKey: base64url(120),
		/** The device's own key, which was enrolled. */
		deviceKey: base64url(120)
	})
	.refine(({ password, pin }) => (password === undefined) !== (pin === undefined), {
		path: ['password']
	});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const facilitySchema = z.strictObject({
	code: facilityCodeSchema,
	name: lineSchema(200),
	kind: z.enum(['commune-station', 'regional-hospital']),
	/** Commune where it stands, 5 digits. */
	commune: z.string().regex(/^[0-9]{5}$/),
	/** Short code printed in temporary codes: `T-SB2-261124-03`. */
	shortCode: z.string().regex(/^[A-Z]{2,4}$/)
});
export type Facility = z.infer<typeof facilitySchema>;

export const certificateTextSchema = z.strictObject({
	bytes: base64url(2_000),
	signature: base64url(120)
});

export const signInAnswerSchema = z.strictObject({
	practitioner: z.strictObject({
		person: idText,
		name: lineSchema(120),
		role: roleSchema,
		login: loginNameSchema
	}),
	facility: facilitySchema,
	device: z.strictObject({
		id: idText,
		/** 1, 2, ... within the facility. */
		number: z.number().int().min(1).max(999),
		/** Bearer token of the device; signed by the issuing key, so it outlives a restore. */
		token: z
			.string()
			.max(2_000)
			.regex(/^[A-Za-z0-9_.-]+$/)
	}),
	certificate: certificateTextSchema,
	/** Opens what this device keeps: 32 bytes each. */
	vault: z.strictObject({
		/** Seals the rows about people; the same at every sign-in on this device. */
		dataKey: secretText,
		/** Goes with this person's PIN on this device. */
		pepper: secretText,
		/** How long the person may sign in without the server, milliseconds. */
		leaseMs: z.number().int().min(0),
		/** To which the device seals what it has not sent (`parcel.ts`). */
		sealingKey: base64url(120)
	})
});
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

/** POST /api/sign-in/lease: the person signed in goes on being let in by PIN alone. */
export const leaseRequestSchema = z.strictObject({ actor: idText });
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;
export const leaseAnswerSchema = z.strictObject({
	pepper: secretText,
	leaseMs: z.number().int().min(0)
});
export type LeaseAnswer = z.infer<typeof leaseAnswerSchema>;

export const PARCELS_MAX = 20;
/** POST /api/sync/sealed: what a device that nobody has unlocked sends (`parcel.ts`). */
export const parcelsRequestSchema = z.strictObject({
	parcels: z.array(base64url(90_000)).min(1).max(PARCELS_MAX)
});
export type ParcelsRequest = z.infer<typeof parcelsRequestSchema>;

/** In the order of the request. `taken`: on the server's disk, in a book or in quarantine. `unreadable`: sealed to
 * another key, or damaged; the device keeps it. `later`: to be sent again. */
export const parcelsAnswerSchema = z.strictObject({
	outcomes: z.array(z.enum(['taken', 'unreadable', 'later'])).max(PARCELS_MAX)
});
export type ParcelOutcome = z.infer<typeof parcelsAnswerSchema>['outcomes'][number];

/** POST /api/people/find: somebody who is not on this tablet. Exact questions only. */
export const findRequestSchema = z.union([
	z.strictObject({ actor: idText, identifier: z.string().min(5).max(32) }),
	z.strictObject({ actor: idText, name: lineSchema(120), birthDate: partialDateSchema })
]);
export type FindRequest = z.infer<typeof findRequestSchema>;

/** Enough to know whether it is this person, nothing clinical. */
export const foundPersonSchema = z.strictObject({
	book: idText,
	name: lineSchema(120),
	birthDate: clinicalTimeSchema.optional(),
	sex: z.enum(['female', 'male', 'unknown']).optional(),
	commune: z
		.string()
		.regex(/^[0-9]{5}$/)
		.optional(),
	village: lineSchema(120).optional()
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;
export const findAnswerSchema = z.strictObject({ people: z.array(foundPersonSchema).max(20) });

/** POST /api/books/open: brings the book into the station's feed; the next sync carries it. */
export const openRequestSchema = z.strictObject({
	actor: idText,
	book: idText,
	reason: z.enum(['present-in-person'])
});
export type OpenRequest = z.infer<typeof openRequestSchema>;

/** POST /api/books/visit: the same for a day, by the code that the person's phone shows. */
export const visitRequestSchema = z.strictObject({
	actor: idText,
	code: z.union([idText, z.string().refine(isSpokenCode, 'not-a-code')])
});
export type VisitRequest = z.infer<typeof visitRequestSchema>;
export const visitAnswerSchema = z.strictObject({ book: idText, untilMs: z.number().int() });
export type VisitAnswer = z.infer<typeof visitAnswerSchema>;

/** POST /api/books/break-glass: the same in an emergency, for some hours. */
export const emergencyRequestSchema = z.strictObject({
	actor: idText,
	book: idText,
	reason: emergencyReasonSchema,
	note: emergencyNoteSchema
});
export type EmergencyRequest = z.infer<typeof emergencyRequestSchema>;
export const emergencyAnswerSchema = z.strictObject({ untilMs: z.number().int() });
export type EmergencyAnswer = z.infer<typeof emergencyAnswerSchema>;

export const EMERGENCIES_LISTED_MAX = 100;

/** POST /api/books/break-glass/list: those of the facility, newest first. */
export const emergencyListRequestSchema = z.strictObject({ actor: idText });
export type EmergencyListRequest = z.infer<typeof emergencyListRequestSchema>;
export const emergencyListSchema = z.strictObject({
	emergencies: z
		.array(
			z.strictObject({
				book: idText,
				person: idText,
				name: lineSchema(120).optional(),
				atMs: z.number().int(),
				untilMs: z.number().int(),
				/** One of `EMERGENCY_REASONS`, or of a later version's. */
				reason: z.string().max(64),
				note: z.string().max(EMERGENCY_NOTE_LENGTH_MAX),
				/** Names it in a review. */
				number: z.number().int().min(1),
				review: z
					.strictObject({
						atMs: z.number().int(),
						by: lineSchema(120).optional(),
						/** One of `EMERGENCY_VERDICTS`, or of a later version's. */
						verdict: z.string().max(64),
						note: z.string().max(EMERGENCY_REVIEW_NOTE_LENGTH_MAX)
					})
					.optional()
			})
		)
		.max(EMERGENCIES_LISTED_MAX)
});
export type EmergencyList = z.infer<typeof emergencyListSchema>;

/** POST /api/books/break-glass/review: what a colleague of whoever opened it says of one. */
export const emergencyReviewRequestSchema = z.strictObject({
	actor: idText,
	number: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
	verdict: emergencyVerdictSchema,
	note: lineSchema(EMERGENCY_REVIEW_NOTE_LENGTH_MAX).optional()
});
export type EmergencyReviewRequest = z.infer<typeof emergencyReviewRequestSchema>;

export const ENDING_TOLD_MAX = 500;

/** POST /api/books/ending: the books that the facility has for a while only, those that end first first. */
export const endingRequestSchema = z.strictObject({ actor: idText });
export type EndingRequest = z.infer<typeof endingRequestSchema>;
export const endingSchema = z.strictObject({
	books: z
		.array(
			z.strictObject({
				book: idText,
				/** `referral`, `consent-visit`, `break-glass`, or a reason of a later version. */
				reason: z.string().max(64),
				/** Server time. */
				untilMs: z.number().int()
			})
		)
		.max(ENDING_TOLD_MAX)
});
export type Ending = z.infer<typeof endingSchema>;

export const JOURNEY_ENTRIES_MAX = 500;

/** POST /api/books/journey: how far others have read a book that the facility holds. */
export const journeyRequestSchema = z.strictObject({ actor: idText, book: idText });
export type JourneyRequest = z.infer<typeof journeyRequestSchema>;

/** How many of the newest entries are not known to have arrived there. */
const unread = z.number().int().min(0);

export const journeySchema = z.strictObject({
	/** Ids of the newest entries at the server, newest first. */
	newest: z.array(idText).max(JOURNEY_ENTRIES_MAX),
	/** The other facilities that hold the book. `atMs`: since when what has arrived is known to be there. */
	places: z
		.array(
			z.strictObject({
				facility: facilityCodeSchema,
				name: lineSchema(200),
				kind: facilitySchema.shape.kind,
				unread,
				atMs: z.number().int().optional()
			})
		)
		.max(200),
	/** The person, or whoever looks after them: that they have it, and since which day. */
	citizen: z.strictObject({ unread, on: clinicalDateSchema }).optional()
});
export type Journey = z.infer<typeof journeySchema>;

/** What a person says about an entry that was refused; shown as it was typed. */
export const REVIEW_NOTE_LENGTH_MAX = 200;
export const REFUSED_LISTED_MAX = 100;

/** POST /api/quarantine/list: what the server holds back of the devices of the facility. */
export const refusedListRequestSchema = z.strictObject({ actor: idText });
export type RefusedListRequest = z.infer<typeof refusedListRequestSchema>;

/** An entry in quarantine: whose and why, never what it says. */
export const heldEntrySchema = z.strictObject({
	/** Names it, together with `entry`, until a person has decided. */
	number: z.number().int().min(1),
	entry: idText,
	/** When the server refused it. */
	atMs: z.number().int(),
	code: z.string().max(64),
	path: z.string().max(120).optional(),
	/** It came from the device that asks. */
	isFromHere: z.boolean(),
	/** The rest as far as the entry can be read. */
	book: idText.optional(),
	kind: z.string().max(64).optional(),
	author: z
		.strictObject({ person: idText, role: z.string().max(64), name: lineSchema(120).optional() })
		.optional(),
	recordedMs: z.number().int().optional(),
	/** The last decision: kept, or returned to whoever wrote it. */
	review: z
		.strictObject({
			atMs: z.number().int(),
			note: z.string().max(REVIEW_NOTE_LENGTH_MAX),
			by: lineSchema(120).optional()
		})
		.optional()
});
export type HeldEntry = z.infer<typeof heldEntrySchema>;

export const refusedListAnswerSchema = z.strictObject({
	/** They wait for a person; newest first. */
	held: z.array(heldEntrySchema).max(REFUSED_LISTED_MAX),
	/** Entries of the device that asks, returned to it. */
	returned: z.array(heldEntrySchema).max(REFUSED_LISTED_MAX)
});
export type RefusedList = z.infer<typeof refusedListAnswerSchema>;

/** POST /api/quarantine/read: what one of them says, for whoever may read the book it is about. */
export const heldReadRequestSchema = z.strictObject({
	actor: idText,
	number: z.number().int().min(1),
	entry: idText
});
export type HeldReadRequest = z.infer<typeof heldReadRequestSchema>;
/** The entry's bytes; base64url. */
export const heldReadAnswerSchema = z.strictObject({ bytes: base64url(48 * 1024) });
export type HeldRead = z.infer<typeof heldReadAnswerSchema>;

const reviewed = { actor: idText, number: z.number().int().min(1), entry: idText };
const reviewNote = lineSchema(REVIEW_NOTE_LENGTH_MAX);

/** POST /api/quarantine/review: a person of the facility decides. Whoever returns or keeps says why. */
export const reviewRequestSchema = z.discriminatedUnion('outcome', [
	z.strictObject({ ...reviewed, outcome: z.literal('released') }),
	z.strictObject({ ...reviewed, outcome: z.literal('returned'), note: reviewNote }),
	z.strictObject({ ...reviewed, outcome: z.literal('kept'), note: reviewNote })
]);
export type ReviewRequest = z.infer<typeof reviewRequestSchema>;

export { CATALOGUE_KINDS, type CatalogueKind } from '#lib/domain/catalogues/kinds.ts';

/** GET /api/catalogues: the editions an operator imported. Their content: GET /api/catalogues/KIND/FROM. */
export const editionListSchema = z.object({
	editions: z
		.array(z.object({ kind: z.string(), from: clinicalDateSchema, sha256: z.string().max(100) }))
		.max(1_000)
});
export type EditionList = z.infer<typeof editionListSchema>;

export * from './problem.ts';
