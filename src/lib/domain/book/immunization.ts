/**
 * A dose as recorded (FHIR R4 Immunization; the five dose fields of QĐ 3891/QĐ-BYT). The stated dose
 * number is kept and shown, but no rule trusts it: which target dose it fills is computed.
 */
import { z } from 'zod';
import { lineSchema, paragraphSchema } from '../text/text.ts';
import { partialDateSchema } from '../time/clinical-schemas.ts';
import { facilityCodeSchema } from './envelope.ts';

/** Antigen codes of the vaccine catalogue, for example `BCG`, `HepB`, `Diphtheria`. */
export const antigenSchema = z.string().regex(/^[A-Z][A-Za-z0-9-]{1,29}$/);

export const vaccinationSiteSchema = z.enum([
	'left-thigh',
	'right-thigh',
	'left-arm',
	'right-arm',
	'mouth',
	'buttock',
	'other'
]);
export const vaccinationRouteSchema = z.enum([
	'intramuscular',
	'subcutaneous',
	'intradermal',
	'oral',
	'nasal',
	'other'
]);

export const immunizationSchema = z
	.strictObject({
		product: z.strictObject({
			/** Code in the dated catalogue of vaccine products; absent: not in the catalogue. */
			code: z
				.string()
				.regex(/^[A-Z0-9-]{2,30}$/)
				.optional(),
			name: lineSchema(120)
		}),
		antigens: z.array(antigenSchema).min(1).max(12),
		statedDose: z.number().int().min(0).max(20).optional(),
		lot: lineSchema(40).optional(),
		expiry: partialDateSchema.optional(),
		site: vaccinationSiteSchema.optional(),
		route: vaccinationRouteSchema.optional(),
		/** Where it was given, if not at the author's facility. */
		place: z
			.strictObject({ facility: facilityCodeSchema.optional(), name: lineSchema(200) })
			.optional(),
		givenBy: lineSchema(120).optional(),
		/** Copied from a paper book: only then may the date be partial and the lot unknown. */
		fromPaper: z.literal(true).optional(),
		note: paragraphSchema(500).optional()
	})
	.refine((dose) => dose.fromPaper === true || dose.lot !== undefined, 'lot-missing')
	.refine((dose) => new Set(dose.antigens).size === dose.antigens.length, 'antigen-twice');
export type Immunization = z.infer<typeof immunizationSchema>;
export type VaccinationSite = NonNullable<Immunization['site']>;
export type VaccinationRoute = NonNullable<Immunization['route']>;
