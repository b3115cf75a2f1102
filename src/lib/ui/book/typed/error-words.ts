/** Field errors as sentences, by field and as the list of the summary. */
import { t } from '#lib/i18n/messages/record.ts';
import type { FieldError as SummaryLine } from '../../primitives/field.ts';
import type { FieldError } from './field-error.ts';

export function sentenceOf({ code, limits }: FieldError): string {
	const sentence = t.fieldError[code];
	return limits === undefined ? sentence : `${sentence}. ${t.between(limits)}`;
}

/** The first sentence for each field. */
export function sentencesByField(errors: FieldError[]): Partial<Record<string, string>> {
	const byField: Partial<Record<string, string>> = {};
	for (const error of errors) byField[error.field] ??= sentenceOf(error);
	return byField;
}

/** @param labelOf the name of a field, so that the line in the summary says where */
export function summaryLines(
	errors: FieldError[],
	labelOf: (field: string) => string
): SummaryLine[] {
	const byField = sentencesByField(errors);
	return Object.entries(byField).map(([field, sentence]) => ({
		field,
		message: `${labelOf(field)}: ${sentence ?? ''}`
	}));
}
