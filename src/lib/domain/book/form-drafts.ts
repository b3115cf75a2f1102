/**
 * What stands in a form while it is written: letters as typed, not yet values, so what cannot be recorded yet
 * can be kept too. The visit's is in `visit-draft.ts`.
 */
import { z } from 'zod';
import { bookIdSchema, entryIdSchema } from '../ids.ts';
import { allergyCategorySchema, allergySeveritySchema } from './allergy.ts';
import { BASED_ON_MAX } from './envelope.ts';
import { factNameSchema, knownFactsSchema, sexSchema } from './facts.ts';
import { vaccinationRouteSchema, vaccinationSiteSchema } from './immunization.ts';
import { TYPED_IDENTIFIER_KINDS } from './identifiers.ts';
import { guardianRelationSchema } from './other-kinds.ts';
import { REFERRAL_REASONS } from './referral.ts';
import {
	draftLine as line,
	draftText as text,
	typedDrugSchema,
	visitDraftSchema
} from './visit-draft.ts';

const ROWS_MAX = 60;
/** Nothing chosen yet. */
const none = z.literal('');
const lines = z.array(line).max(ROWS_MAX);

const allergyDraftSchema = z.strictObject({
	substance: line,
	category: z.union([allergyCategorySchema, none]),
	reaction: line,
	severity: z.union([allergySeveritySchema, none]),
	since: line,
	note: text
});
export type AllergyDraft = z.infer<typeof allergyDraftSchema>;

const doseDraftSchema = z.strictObject({
	/** Tells rows apart on the screen; never stored in a book. */
	key: z.number().int(),
	product: z
		.strictObject({
			code: line,
			name: line,
			antigens: lines,
			/** How it is usually given; the person at the tablet may say otherwise. */
			route: vaccinationRouteSchema.optional()
		})
		.optional(),
	/** What stands in the box; it means nothing until something was chosen. */
	productText: line,
	/** A product that is not in the catalogue, chosen in the words of the box. */
	otherProduct: line,
	/** Diseases chosen for such a product. */
	otherAntigens: lines,
	lot: line,
	expiry: line,
	site: z.union([vaccinationSiteSchema, none]),
	route: z.union([vaccinationRouteSchema, none]),
	statedDose: line,
	/** Why it is given although a stop card stands. */
	overrideReason: text,
	/** The stop that was answered with "give it all the same"; another stop asks again. */
	overriddenStop: text
});
export type DoseDraft = z.infer<typeof doseDraftSchema>;

const doseSheetDraftSchema = z.strictObject({
	fromPaper: z.boolean(),
	date: line,
	time: line,
	place: line,
	givenBy: line,
	doses: z.array(doseDraftSchema).max(ROWS_MAX)
});
export type DoseSheetDraft = z.infer<typeof doseSheetDraftSchema>;

const personDraftSchema = z.strictObject({
	name: line,
	birthDate: line,
	sex: z.union([sexSchema, none]),
	village: line,
	/** Code of the commune, 5 digits; empty: not chosen. */
	commune: line,
	identifier: line,
	/** Chosen by hand where the form fits several kinds. */
	identifierKind: z.union([z.enum(TYPED_IDENTIFIER_KINDS), none]),
	/** Read from a card, or told. */
	identifierSource: z.enum(['card', 'paper', 'stated']),
	/** The old number that a card also carries. */
	oldCard: line,
	phone: line
});
export type PersonDraft = z.infer<typeof personDraftSchema>;

const typedNumberSchema = factNameSchema.extract([
	'identifier.personal',
	'identifier.oldCard',
	'identifier.passport',
	'identifier.birthNote',
	'identifier.insurance'
]);
export type TypedNumberFact = z.infer<typeof typedNumberSchema>;

const factsDraftSchema = personDraftSchema.extend({
	/** Facts on which somebody chose one of two values. */
	decided: z.array(factNameSchema).max(ROWS_MAX),
	/** The values that the fields began with. */
	opened: knownFactsSchema,
	/** The entries behind the values that the user of the form has seen. */
	seen: z.partialRecord(factNameSchema, z.array(entryIdSchema)),
	/** An entry is corrected: what it states is stated again whole, so that nothing of it is needed any more. */
	restated: z.array(factNameSchema).max(ROWS_MAX),
	/** The numbers among these, each to be corrected in a field of its own. */
	numbers: z.array(z.strictObject({ fact: typedNumberSchema, value: line })).max(ROWS_MAX)
});
export type FactsDraft = z.infer<typeof factsDraftSchema>;

const newbornDraftSchema = z.strictObject({
	/** The mother's book, where she has one on this tablet. */
	motherBook: bookIdSchema.optional(),
	motherName: line,
	motherPhone: line,
	sex: z.union([sexSchema, none]),
	birthDate: line,
	birthTime: line,
	weight: line,
	height: line,
	confirmed: z.record(line, line),
	name: line,
	village: line,
	commune: line
});
export type NewbornDraft = z.infer<typeof newbornDraftSchema>;

const registrationDraftSchema = z.strictObject({
	kind: z.enum(['person', 'newborn']),
	person: personDraftSchema,
	newborn: newbornDraftSchema,
	birthDoses: doseSheetDraftSchema,
	/** Look-alikes of which somebody said that they are other people. */
	different: z.array(bookIdSchema),
	/** What a card told, for the side of the page. */
	card: z.strictObject({ time: line, address: line, fields: z.number().int() }).optional()
});
export type RegistrationDraft = z.infer<typeof registrationDraftSchema>;

const prescriptionDraftSchema = z.strictObject({
	drugs: z.array(typedDrugSchema).max(ROWS_MAX),
	note: text
});
export type PrescriptionDraft = z.infer<typeof prescriptionDraftSchema>;

const observationDraftSchema = z.strictObject({
	measurements: z.record(line, line),
	confirmed: z.record(line, line),
	note: text
});
export type ObservationDraft = z.infer<typeof observationDraftSchema>;

const noteDraftSchema = z.strictObject({ about: line, text });
export type NoteDraft = z.infer<typeof noteDraftSchema>;

const guardianDraftSchema = z.strictObject({
	name: line,
	relation: guardianRelationSchema,
	phone: line,
	personalNumber: line,
	from: line,
	until: line,
	/** The guardian's own book stays named. */
	keepsBook: z.boolean()
});
export type GuardianDraft = z.infer<typeof guardianDraftSchema>;

const referralDraftSchema = z.strictObject({
	/** Of the facility chosen from the catalogue; empty while its name is only typed. */
	toCode: line,
	toName: line,
	reason: z.union([z.enum(REFERRAL_REASONS), none]),
	reasonText: line,
	signs: text,
	diagnoses: visitDraftSchema.shape.diagnoses,
	treatment: text,
	condition: text,
	transport: line,
	validUntil: line,
	visit: z.union([entryIdSchema, none])
});
export type ReferralDraft = z.infer<typeof referralDraftSchema>;

const correctionDraftSchema = z.strictObject({
	reason: text,
	/** As seen when the form was opened: what arrives while somebody types is no part of it. */
	basedOn: z.array(entryIdSchema).max(BASED_ON_MAX)
});
export type CorrectionDraft = z.infer<typeof correctionDraftSchema>;

function correcting<Form extends z.ZodType>(form: Form) {
	return z.strictObject({ correction: correctionDraftSchema, form });
}

/** Every form that is kept while it is written, by the name under which it is kept. */
const forms = z.strictObject({
	dose: doseSheetDraftSchema,
	allergy: allergyDraftSchema,
	facts: factsDraftSchema,
	person: registrationDraftSchema,
	referral: referralDraftSchema,
	'correct-visit': correcting(visitDraftSchema),
	'correct-immunization': correcting(doseSheetDraftSchema),
	'correct-allergy': correcting(allergyDraftSchema),
	'correct-prescription': correcting(prescriptionDraftSchema),
	'correct-observation': correcting(observationDraftSchema),
	'correct-note': correcting(noteDraftSchema),
	'correct-referral': correcting(referralDraftSchema),
	'correct-guardianLink': correcting(guardianDraftSchema),
	'correct-facts': correcting(factsDraftSchema)
});
export type FormDrafts = z.infer<typeof forms>;
export type FormName = keyof FormDrafts;

export const formNameSchema = forms.keyof();

/** The letters of one form, under its name. */
export const keptFormsSchema = forms.partial();
export type KeptForms = { [Name in FormName]?: FormDrafts[Name] | undefined };
