/**
 * Facts: named values that can change. One entry carries 1 to 30 of them; heads are computed per entry
 * and name. Names are stable words of the stored format: never rename one.
 */
import { z } from 'zod';
import { lineSchema } from '../text/text.ts';
import { clinicalTimeSchema } from '../time/clinical-schemas.ts';
import { identifierSchema } from './identifiers.ts';

export const FACTS_PER_ENTRY_MAX = 30;

export const addressSchema = z.strictObject({
	/** Code of the commune, 5 digits, in the edition valid when the fact was recorded. */
	commune: z.string().regex(/^[0-9]{5}$/),
	/** Village, hamlet or street: what the neighbours say. */
	village: lineSchema(120).optional(),
	detail: lineSchema(200).optional()
});
export type Address = z.infer<typeof addressSchema>;

/** Stored with a leading + or 0, digits only. */
export const phoneSchema = z.string().regex(/^(?:0[0-9]{8,10}|\+[1-9][0-9]{6,14})$/, 'phone-form');
export const sexSchema = z.enum(['female', 'male', 'unknown']);
export type Sex = z.infer<typeof sexSchema>;
export const PERSON_NAME_LENGTH_MAX = 120;
/** A name has a letter; a code or a number is no name. */
export const personNameSchema = lineSchema(PERSON_NAME_LENGTH_MAX).refine(
	(name) => /\p{L}/u.test(name) && !/[<>{}[\]|\\^~]/.test(name),
	'name-form'
);

const factShape = {
	name: personNameSchema,
	/** Also partial, or with the time of birth for a newborn. */
	birthDate: clinicalTimeSchema,
	sex: sexSchema,
	address: addressSchema,
	phone: phoneSchema,
	bloodGroup: z.enum(['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-']),
	/** People who live together carry the same code; it is no register of residence. */
	household: z.string().regex(/^[A-Z0-9-]{3,32}$/),
	'identifier.personal': identifierSchema('personal'),
	'identifier.oldCard': identifierSchema('oldCard'),
	'identifier.passport': identifierSchema('passport'),
	'identifier.birthNote': identifierSchema('birthNote'),
	'identifier.insurance': identifierSchema('insurance'),
	'identifier.temporary': identifierSchema('temporary')
};

/** Any facts, also none. */
export const knownFactsSchema = z.strictObject(factShape).partial();

export const factsSchema = knownFactsSchema
	.refine((facts) => statedFacts(facts).length > 0, 'no-fact')
	.refine((facts) => statedFacts(facts).length <= FACTS_PER_ENTRY_MAX, 'too-many-facts');

export type Facts = z.infer<typeof factsSchema>;
export type FactName = keyof typeof factShape;
export type FactValue<Name extends FactName> = NonNullable<Facts[Name]>;
export const factNameSchema = knownFactsSchema.keyof();
export const FACT_NAMES: readonly FactName[] = factNameSchema.options;

/** The facts that have a value: a field left empty states nothing. */
export function statedFacts(facts: { [Name in FactName]?: unknown }): FactName[] {
	return FACT_NAMES.filter((name) => facts[name] !== undefined);
}

export function isFactName(name: string): name is FactName {
	return Object.hasOwn(factShape, name);
}
