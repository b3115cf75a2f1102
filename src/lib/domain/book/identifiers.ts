/**
 * Numbers by which a person is known. An identifier is a fact with a history: a personal number can be
 * cancelled and established anew (Decree 70/2024, art. 11), so nothing treats it as unique for ever.
 */
import { z } from 'zod';
import { parseTemporaryCode } from '../people/temporary-code.ts';
import { partialDateSchema } from '../time/clinical-schemas.ts';
import { isInOrder } from '../time/clinical-time.ts';

export const IDENTIFIER_KINDS = [
	'personal',
	'oldCard',
	'passport',
	'birthNote',
	'insurance',
	'temporary'
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Kinds a person can show; a temporary code is only ever issued by a station. */
export const TYPED_IDENTIFIER_KINDS = [
	'personal',
	'oldCard',
	'insurance',
	'passport',
	'birthNote'
] as const satisfies IdentifierKind[];

/** Value in its stored form: no spaces, capitals. */
const VALUE_PATTERNS: Record<Exclude<IdentifierKind, 'temporary'>, RegExp> = {
	// 3 digits province or country, 1 century and sex, 2 birth year, 6 random; there is no check digit.
	personal: /^[0-9]{12}$/,
	oldCard: /^[0-9]{9}$/,
	// Some states number theirs in digits only; 12 of them are a personal number that strayed.
	passport: /^(?![0-9]{12}$)[A-Z0-9]{5,20}$/,
	// Birth certificate note, Circular 22/2025/TT-BYT: sequence, GCS, facility, year.
	birthNote: /^[0-9]{5}\.GCS\.[0-9A-Z]{5}\.[0-9]{2}$/,
	// Older card: group of people, level of benefit 1-5, province, social insurance number; newer: only that number.
	insurance: /^(?:[A-Z]{2}[1-5][0-9]{12}|[0-9]{10})$/
};
/** Digits that the old 15-character insurance card has in common with the new number. */
const INSURANCE_DIGITS_COMMON = 10;

export const identifierSourceSchema = z.enum([
	'card',
	'paper',
	'stated',
	'register',
	'issued-here'
]);

export function identifierSchema(kind: IdentifierKind) {
	return z
		.strictObject({
			value: z
				.string()
				.max(32)
				.refine((value) => isIdentifierOf(kind, value), 'identifier-form'),
			source: identifierSourceSchema,
			validFrom: partialDateSchema.optional(),
			validTo: partialDateSchema.optional()
		})
		.refine(({ validFrom, validTo }) => isInOrder(validFrom, validTo), 'dates-reversed');
}
export type Identifier = z.infer<ReturnType<typeof identifierSchema>>;

/** What somebody typed, in stored form: without spaces, capitals; only a birth note keeps its dots. */
export function normaliseIdentifier(typed: string): string {
	return typed.replace(/[\s\u00a0]/g, '').toUpperCase();
}

export function isIdentifierOf(kind: IdentifierKind, value: string): boolean {
	if (kind === 'temporary') return parseTemporaryCode(value) !== undefined;
	return VALUE_PATTERNS[kind].test(value);
}

/** Two identifiers of equal keys are one number: an old insurance card ends in the new number of its owner. */
export function identifierKey(value: string): string {
	return isIdentifierOf('insurance', value) ? value.slice(-INSURANCE_DIGITS_COMMON) : value;
}

/** Which kinds a typed value could be; the first is the likeliest. */
export function identifierKindsOf(value: string): IdentifierKind[] {
	return IDENTIFIER_KINDS.filter((kind) => isIdentifierOf(kind, value));
}
