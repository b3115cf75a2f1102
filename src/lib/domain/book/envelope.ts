/**
 * The envelope of an entry: what every reader understands, also of kinds it does not know. Class and
 * effect stand here, not in the body, so that an old app still shows what a newer entry replaces or
 * voids. The body is validated apart (`content.ts`), by kind and schema version.
 */
import { z } from 'zod';
import {
	bookIdSchema,
	entryIdSchema,
	isIdText,
	type BookId,
	type EntryId,
	type KeyId,
	type PersonId
} from '../ids.ts';
import { paragraphSchema } from '../text/text.ts';
import { clinicalTimeSchema } from '../time/clinical-schemas.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';

/** The envelope version this software writes. Every released version is read for ever. */
export const ENTRY_VERSION = 1;
/** COSE number of ECDSA with P-256 and SHA-256. */
export const ALGORITHM_ES256 = -7;

export const ENTRY_BYTES_MAX = 32 * 1024;
export const BASED_ON_MAX = 64;
export const REASON_LENGTH_MAX = 500;
/** The year 9999: no clock shows more, and every reader can still make a date of it. */
export const RECORDED_MS_MAX = 253_402_214_400_000;

/** event: append only. fact: several values until a person decides. safety: never vanishes by a merge. */
export const entryClassSchema = z.enum(['event', 'fact', 'safety']);
export const effectSchema = z.enum(['adds', 'replaces', 'voids', 'resolves']);
/** restricted: the closed list of the law, for example HIV. */
export const labelSchema = z.enum(['general', 'restricted']);
export type EntryClass = z.infer<typeof entryClassSchema>;
export type Effect = z.infer<typeof effectSchema>;
export type Label = z.infer<typeof labelSchema>;

export const roleSchema = z.enum([
	'nurse',
	'midwife',
	'doctor',
	'facility-admin',
	'programme-manager',
	'hospital-agent',
	'auditor',
	'operator',
	'citizen',
	'import'
]);
export type Role = z.infer<typeof roleSchema>;

/** Five characters as the Ministry codes facilities (Decision 384/QĐ-BYT of 2019). */
export const facilityCodeSchema = z.string().regex(/^[0-9A-Z]{5}$/);

const idText = z.string().refine(isIdText, 'not-an-id');
export const personIdSchema = idText.transform((text) => text as PersonId);
export const keyIdSchema = idText.transform((text) => text as KeyId);
export const factNameSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9.]{0,39}$/);
const kindSchema = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
/** A role of a later version must not make an entry unreadable. */
export const anyRoleSchema = z.string().regex(/^[a-z][a-z-]{0,39}$/);

/** What an entry amends, voids or resolves: an entry, or one fact of it. */
export interface Basis {
	id: EntryId;
	fact?: string;
}

export interface Author {
	person: PersonId;
	/** A `Role`, or the name of one that this version does not know. */
	role: string;
	/** Absent when a citizen writes. */
	facility?: string;
	key: KeyId;
}

/** The writing device's own time, for display order and ties only. Never decides what survives. */
export interface Recorded {
	ms: number;
	/** Orders entries of one millisecond on one device. */
	counter: number;
	/** Server time minus device time in milliseconds, as last known; absent: unknown. */
	offset?: number;
}

export interface Envelope {
	v: number;
	alg: number;
	book: BookId;
	kind: string;
	schema: number;
	/** `unknown`, here and below: a word of a later version. Only entries of unknown content have one. */
	class: EntryClass | 'unknown';
	effect: Effect | 'unknown';
	basedOn?: Basis[];
	label: Label | 'unknown';
	occurred: ClinicalTime;
	/** A later version states the time in a form that is not readable here; `occurred` stands in for it. */
	isOccurredUnknown?: true;
	recorded: Recorded;
	author: Author;
	/** Why something is amended, voided or resolved; required by every effect but `adds` of class event
	 * and safety. */
	reason?: string;
}

const basisSchema = z.strictObject({ id: entryIdSchema, fact: factNameSchema.optional() });
const integer = z.number().int();

const envelopeShape = {
	v: integer.min(1),
	alg: integer,
	book: bookIdSchema,
	kind: kindSchema,
	schema: integer.min(1).max(65_535),
	class: entryClassSchema,
	effect: effectSchema,
	basedOn: z.array(basisSchema).min(1).max(BASED_ON_MAX).optional(),
	label: labelSchema,
	occurred: clinicalTimeSchema,
	recorded: z.strictObject({
		ms: integer.min(0).max(RECORDED_MS_MAX),
		counter: integer.min(0).max(0xffff_ffff),
		offset: integer.min(-RECORDED_MS_MAX).max(RECORDED_MS_MAX).optional()
	}),
	author: z.strictObject({
		person: personIdSchema,
		role: anyRoleSchema,
		facility: facilityCodeSchema.optional(),
		key: keyIdSchema
	}),
	reason: paragraphSchema(REASON_LENGTH_MAX).optional(),
	body: z.record(z.string(), z.unknown())
};

function effectFitsBasis(envelope: {
	effect: Envelope['effect'];
	basedOn?: unknown[] | undefined;
}): boolean {
	if (envelope.effect === 'unknown') return true;
	return (envelope.effect === 'adds') === (envelope.basedOn === undefined);
}

function hasReasonWhereNeeded(envelope: {
	effect: Envelope['effect'];
	class: Envelope['class'];
	reason?: string | undefined;
}): boolean {
	if (envelope.effect === 'adds' || envelope.effect === 'unknown') return true;
	if (envelope.effect === 'replaces' && envelope.class === 'fact') return true;
	return envelope.reason !== undefined;
}

/** Envelope version 1, exactly. */
export const envelopeV1Schema = z
	.strictObject({ ...envelopeShape, v: z.literal(1), alg: z.literal(ALGORITHM_ES256) })
	.refine(effectFitsBasis, 'effect-without-basis')
	.refine(hasReasonWhereNeeded, 'reason-missing');

/** A word that this version knows, or one of a later version. */
function wordOf<Known extends string>(known: z.ZodType<Known>) {
	const later = z
		.string()
		.regex(/^[a-z][a-zA-Z-]{0,39}$/)
		.transform(() => 'unknown' as const);
	return z.union([known, later]);
}

/** Version 1 around a kind or schema of a later version, which may come with classes, effects and labels
 * of its own. */
export const envelopeUnknownKindSchema = z
	.strictObject({
		...envelopeShape,
		v: z.literal(1),
		alg: z.literal(ALGORITHM_ES256),
		class: wordOf(entryClassSchema),
		effect: wordOf(effectSchema),
		label: wordOf(labelSchema)
	})
	.refine(effectFitsBasis, 'effect-without-basis')
	.refine(hasReasonWhereNeeded, 'reason-missing');
