/** What stands beside every correction: why, and which versions its author saw. */
import { REASON_LENGTH_MAX } from '#lib/domain/book/envelope.ts';
import { REASON_LENGTH_MIN } from '#lib/domain/book/reasons.ts';
import type { CorrectionDraft } from '#lib/domain/book/form-drafts.ts';
import type { FormResult, TypedField } from '../typed/field-error.ts';
import { readParagraph } from '../typed/typed-text.ts';

export const REASON_FIELD = 'correctionReason';

export type TypedCorrection = CorrectionDraft;

export function readReason(typed: string, lengthMax = REASON_LENGTH_MAX): TypedField<string> {
	const read = readParagraph(typed, lengthMax);
	const isTooShort = read.type === 'value' && read.value.length < REASON_LENGTH_MIN;
	return isTooShort ? { type: 'error', code: 'too-short' } : read;
}

/** A form that corrects is complete only with its reason, which stands first in it. */
export function withReason<Value>(
	correction: TypedCorrection | undefined,
	read: FormResult<Value>
): FormResult<Value> {
	const reason = correction === undefined ? undefined : readReason(correction.reason);
	if (reason === undefined || reason.type === 'value') return read;
	const code = reason.type === 'empty' ? 'required' : reason.code;
	return { ok: false, errors: [{ field: REASON_FIELD, code }, ...(read.ok ? [] : read.errors)] };
}

/** Adds a ready phrase to what was typed, or takes it out when it stands there alone. */
export function toggleReason(typed: string, phrase: string): string {
	const words = typed.trim();
	if (words === phrase) return '';
	if (words.toLowerCase().includes(phrase.toLowerCase())) return words;
	return words === '' ? phrase : `${words}, ${phrase.toLowerCase()}`;
}
