/**
 * Numbers by which a person is known. An identifier is a fact with a history: a personal number can be
 * cancelled and established anew (Decree 70/2024, art. 11), so nothing treats it as unique for ever.
 */
import { z } from 'zod';
import { partialDateSchema } from '../time/clinical-time.ts';

export const IDENTIFIER_KINDS = [
	'personal',
	'oldCard',
	'passport',
	'birthNote',
	'insurance',
	'temporary'
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Value in its stored form: no spaces, capitals. */
const VALUE_PATTERNS: Record<IdentifierKind, RegExp> = {
	// 3 digits province or country, 1 century and sex, 2 birth year, 6 random; there is no check digit.
	personal: /^[0-9]{12}$/,
	oldCard: /^[0-9]{9}$/,
	passport: /^[A-Z0-9]{5,20}$/,
	// Birth certificate note, Circular 22/2025/TT-BYT: sequence, GCS, facility, year.
	birthNote: /^[0-9]{5}\.GCS\.[0-9A-Z]{5}\.[0-9]{2}$/,
	// 15 characters on the older card, the 10-digit social insurance number on the newer one.
	insurance: /^(?:[A-Z]{2}[0-9]{13}|[0-9]{10})$/,
	// T-<station><tablet number>-<yymmdd>-<counter>: can never be taken for 12 digits.
	temporary: /^T-[A-Z0-9]{2,8}-[0-9]{6}-[0-9]{2,4}$/
};

export const identifierSourceSchema = z.enum([
	'card',
	'paper',
	'stated',
	'register',
	'issued-here'
]);

export function identifierSchema(kind: IdentifierKind) {
	return z.strictObject({
		value: z.string().max(32).regex(VALUE_PATTERNS[kind], 'identifier-form'),
		source: identifierSourceSchema,
		validFrom: partialDateSchema.optional(),
		validTo: partialDateSchema.optional()
	});
}
export type Identifier = z.infer<ReturnType<typeof identifierSchema>>;

/** What somebody typed, in stored form: without spaces, capitals; only a birth note keeps its dots. */
export function normaliseIdentifier(typed: string): string {
	return typed.replace(/[\s\u00a0]/g, '').toUpperCase();
}

export function isIdentifierOf(kind: IdentifierKind, value: string): boolean {
	return VALUE_PATTERNS[kind].test(value);
}

/** Which kinds a typed value could be; the first is the likeliest. */
export function identifierKindsOf(value: string): IdentifierKind[] {
	return IDENTIFIER_KINDS.filter((kind) => isIdentifierOf(kind, value));
}
