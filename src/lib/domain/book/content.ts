/**
 * The kinds of entry, as a discriminated union. A kind or schema version that this software does not
 * know becomes `unknown`: it is stored, forwarded and shown as "needs an update", never refused.
 */
import type { z } from 'zod';
import { allergySchema, type Allergy } from './allergy.ts';
import type { EntryClass, Envelope } from './envelope.ts';
import { factsSchema, type Facts } from './facts.ts';
import { immunizationSchema, type Immunization } from './immunization.ts';
import {
	differentPersonSchema,
	guardianLinkSchema,
	noteSchema,
	observationSchema,
	samePersonSchema,
	voidSchema,
	type DifferentPerson,
	type GuardianLink,
	type Note,
	type Observation,
	type SamePerson,
	type Void
} from './other-kinds.ts';
import { prescriptionSchema, type Prescription } from './prescription.ts';
import { referralSchema, type Referral } from './referral.ts';
import { visitSchema, type Visit } from './visit.ts';
import type { BookId } from '../ids.ts';
import { dateOfClinicalTime, isClinicalDate, type ClinicalTime } from '../time/clinical-time.ts';

interface KindRule {
	/** A void takes the class of what it voids. */
	class: EntryClass | 'of-basis';
	effects: readonly Envelope['effect'][];
	/** Schema by version. Released versions stay for ever. */
	schemas: Record<number, z.ZodType>;
}

export const KINDS = {
	facts: { class: 'fact', effects: ['adds', 'replaces', 'resolves'], schemas: { 1: factsSchema } },
	visit: { class: 'event', effects: ['adds', 'replaces'], schemas: { 1: visitSchema } },
	prescription: {
		class: 'event',
		effects: ['adds', 'replaces'],
		schemas: { 1: prescriptionSchema }
	},
	referral: { class: 'event', effects: ['adds', 'replaces'], schemas: { 1: referralSchema } },
	immunization: {
		class: 'event',
		effects: ['adds', 'replaces'],
		schemas: { 1: immunizationSchema }
	},
	allergy: { class: 'safety', effects: ['adds', 'replaces'], schemas: { 1: allergySchema } },
	observation: { class: 'event', effects: ['adds', 'replaces'], schemas: { 1: observationSchema } },
	guardianLink: {
		class: 'event',
		effects: ['adds', 'replaces'],
		schemas: { 1: guardianLinkSchema }
	},
	note: { class: 'event', effects: ['adds', 'replaces'], schemas: { 1: noteSchema } },
	void: { class: 'of-basis', effects: ['voids'], schemas: { 1: voidSchema } },
	samePerson: { class: 'event', effects: ['adds'], schemas: { 1: samePersonSchema } },
	differentPerson: { class: 'event', effects: ['adds'], schemas: { 1: differentPersonSchema } }
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof KINDS;

interface Bodies {
	facts: Facts;
	visit: Visit;
	prescription: Prescription;
	referral: Referral;
	immunization: Immunization;
	allergy: Allergy;
	observation: Observation;
	guardianLink: GuardianLink;
	note: Note;
	void: Void;
	samePerson: SamePerson;
	differentPerson: DifferentPerson;
}

export type Body<K extends Kind> = Bodies[K];
export type KnownContent = { [K in Kind]: { kind: K; body: Bodies[K] } }[Kind];
export type Content = KnownContent | { kind: 'unknown' };

export type ContentFailure =
	{ type: 'schema'; path: string; code: string } | { type: 'kind-rule'; code: 'class' | 'effect' };

export function isKind(kind: string): kind is Kind {
	return Object.hasOwn(KINDS, kind);
}

/** Is this a kind, in a schema version, that this software can read? */
export function isKnownForm(kind: unknown, schema: unknown): boolean {
	return (
		typeof kind === 'string' &&
		typeof schema === 'number' &&
		isKind(kind) &&
		Object.hasOwn(KINDS[kind].schemas, schema)
	);
}

/** The schema version that this software writes for a kind. */
export function currentSchema(kind: Kind): number {
	return Math.max(...Object.keys(KINDS[kind].schemas).map(Number));
}

/** What decides how a body is read. A book that is not known yet has no id that a body could name. */
type ContentEnvelope = Pick<Envelope, 'v' | 'kind' | 'schema' | 'class' | 'effect' | 'occurred'> & {
	book: BookId | undefined;
};

/**
 * Validates a body by the kind and schema version its envelope states. Known versions are strict;
 * anything newer is `unknown`. The failure names the field, never its value.
 */
export function parseContent(
	envelope: ContentEnvelope,
	body: unknown
): { ok: true; content: Content } | { ok: false; failure: ContentFailure } {
	if (envelope.v > 1 || !isKind(envelope.kind)) return { ok: true, content: { kind: 'unknown' } };
	const rule: KindRule = KINDS[envelope.kind];
	const schema = rule.schemas[envelope.schema];
	if (schema === undefined) return { ok: true, content: { kind: 'unknown' } };
	if (rule.class !== 'of-basis' && rule.class !== envelope.class)
		return { ok: false, failure: { type: 'kind-rule', code: 'class' } };
	if (!rule.effects.includes(envelope.effect))
		return { ok: false, failure: { type: 'kind-rule', code: 'effect' } };
	const parsed = schema.safeParse(body);
	if (!parsed.success) return { ok: false, failure: schemaFailure(parsed.error.issues[0]) };
	const content = { kind: envelope.kind, body: parsed.data } as KnownContent;
	if (!isDatedWellEnough(content, envelope.occurred))
		return { ok: false, failure: { type: 'schema', path: 'occurred', code: 'date-partial' } };
	const path = pathToOwnBook(content, envelope.book);
	if (path !== undefined) return { ok: false, failure: { type: 'schema', path, code: 'own-book' } };
	return { ok: true, content };
}

/** Where a body names its own book as that of somebody else: nobody is a second self, another person or
 * their own guardian. */
function pathToOwnBook(content: KnownContent, book: BookId | undefined): string | undefined {
	if (book === undefined) return undefined;
	const namesOther = content.kind === 'samePerson' || content.kind === 'differentPerson';
	if (namesOther && content.body.other === book) return 'other';
	return content.kind === 'guardianLink' && content.body.guardian === book ? 'guardian' : undefined;
}

/** A dose given today has a day; only one copied from paper may have lost it. */
function isDatedWellEnough(content: KnownContent, occurred: ClinicalTime): boolean {
	if (content.kind !== 'immunization' || content.body.fromPaper === true) return true;
	return isClinicalDate(dateOfClinicalTime(occurred));
}

function schemaFailure(issue: z.core.$ZodIssue | undefined): ContentFailure {
	return {
		type: 'schema',
		path: issue?.path.join('.') ?? '',
		code: issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid')
	};
}
