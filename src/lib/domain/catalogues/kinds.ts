/** The dated catalogues: what law or ministry changes, chosen by the date of the event. */
import { z } from 'zod';
import { facilityCodeSchema } from '../book/envelope.ts';
import { antigenSchema, immunizationSchema } from '../book/immunization.ts';
import { drugCodeSchema, drugRouteSchema } from '../book/prescription.ts';
import { lineSchema } from '../text/text.ts';
import { clinicalDateSchema } from '../time/clinical-schemas.ts';

export const CATALOGUE_KINDS = ['icd10', 'communes', 'facilities', 'vaccines', 'drugs'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

export const CATALOGUE_ENTRIES_MAX = 30_000;
export const ORIGIN_LENGTH_MAX = 500;

export const diagnosisEntrySchema = z.strictObject({
	code: z.string().regex(/^[A-Z][0-9]{2}(?:\.[0-9A-Z]{1,4})?$/, 'icd-form'),
	name: lineSchema(300),
	nameEn: lineSchema(300).optional(),
	/** not-main: cannot be the main diagnosis. restricted: on the law's closed list (HIV). */
	flags: z
		.array(z.enum(['not-main', 'restricted', 'female', 'male', 'newborn', 'child', 'adult']))
		.max(4)
		.optional()
});
export type DiagnosisEntry = z.infer<typeof diagnosisEntrySchema>;

export const communeEntrySchema = z.strictObject({
	code: z.string().regex(/^[0-9]{5}$/, 'commune-form'),
	/** With its type, as it is written in an address: "Xã Suối Bạc". */
	name: lineSchema(120),
	province: z.string().regex(/^[0-9]{2}$/, 'province-form'),
	provinceName: lineSchema(120),
	/** Codes of the communes that became part of it and went out of use. */
	former: z
		.array(z.string().regex(/^[0-9]{5}$/, 'commune-form'))
		.max(60)
		.optional()
});
export type CommuneEntry = z.infer<typeof communeEntrySchema>;

export const facilityEntrySchema = z.strictObject({
	code: facilityCodeSchema,
	name: lineSchema(200),
	/** Commune where it stands. */
	commune: z
		.string()
		.regex(/^[0-9]{5}$/, 'commune-form')
		.optional()
});
export type FacilityEntry = z.infer<typeof facilityEntrySchema>;

export const vaccineEntrySchema = z.strictObject({
	code: z.string().regex(/^[A-Z0-9-]{2,30}$/, 'product-form'),
	name: lineSchema(120),
	antigens: z.array(antigenSchema).min(1).max(12),
	route: immunizationSchema.shape.route.unwrap(),
	maker: lineSchema(120).optional(),
	/** First and last day on which it was in use; absent: before the catalogue began, still. */
	from: clinicalDateSchema.optional(),
	until: clinicalDateSchema.optional()
});
export type VaccineEntry = z.infer<typeof vaccineEntrySchema>;

export const drugEntrySchema = z.strictObject({
	code: drugCodeSchema,
	/** As it stands on a prescription, without its strength: "Cotrimoxazol". */
	name: lineSchema(80),
	/** By these an allergy is found, whatever the name. */
	ingredients: z.array(lineSchema(80)).min(1).max(8),
	strength: lineSchema(60).optional(),
	/** "viên nang", "siro". */
	form: lineSchema(40),
	/** In which it is counted out: "viên", "chai". */
	unit: lineSchema(30),
	route: drugRouteSchema.optional(),
	/** How an adult ordinarily takes it, in the patient's words. A proposal, never a default for a child. */
	usual: lineSchema(200).optional()
});
export type DrugEntry = z.infer<typeof drugEntrySchema>;

export const ENTRY_SCHEMAS = {
	icd10: diagnosisEntrySchema,
	communes: communeEntrySchema,
	facilities: facilityEntrySchema,
	vaccines: vaccineEntrySchema,
	drugs: drugEntrySchema
} as const;

export interface CatalogueEntries {
	icd10: DiagnosisEntry;
	communes: CommuneEntry;
	facilities: FacilityEntry;
	vaccines: VaccineEntry;
	drugs: DrugEntry;
}
export type CatalogueEntry<K extends CatalogueKind = CatalogueKind> = CatalogueEntries[K];

export function isCatalogueKind(word: string): word is CatalogueKind {
	return CATALOGUE_KINDS.some((kind) => kind === word);
}
