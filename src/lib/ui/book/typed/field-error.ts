/**
 * What a form says about one field. A code, never a sentence and never the typed value: the words stand
 * in the message catalogues, and a name typed by mistake into another field goes into no log.
 */
export const FIELD_ERROR_CODES = [
	'required',
	'too-long',
	'too-short',
	'damaged-character',
	'name-form',
	'date-form',
	'expiry-form',
	'no-such-date',
	'date-not-full',
	'in-future',
	'too-long-ago',
	'before-birth',
	'dates-reversed',
	'time-form',
	'number-form',
	'out-of-range',
	'whole-number',
	'pressure-form',
	'identifier-form',
	'identifier-temporary',
	'phone-form',
	'not-in-list',
	'expired-lot',
	'lot-missing',
	'antigen-missing',
	'one-main-diagnosis',
	'already-listed',
	'confirm-value',
	'answer-needed',
	'allergy',
	'validity-over',
	'validity-too-long',
	'nothing-entered',
	'form'
] as const;
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number];

export interface FieldError {
	/** Id of the field in the form, for example `temperature` or `doses.0.lot`. */
	field: string;
	code: FieldErrorCode;
	/** Limits to say in the sentence, already in the unit that was typed. */
	limits?: { min: string; max: string };
}

export type FormResult<Value> = { ok: true; value: Value } | { ok: false; errors: FieldError[] };

/** One typed field as read: a value, nothing typed, or why it cannot be read. */
export type TypedField<Value> =
	{ type: 'value'; value: Value } | { type: 'empty' } | { type: 'error'; code: FieldErrorCode };

/** Collects errors while a form reads its fields, so that all are shown at once. */
export function createErrorList() {
	const errors: FieldError[] = [];
	/** The value of a field, or nothing; an unreadable one is noted. */
	function take<Value>(field: string, typed: TypedField<Value>): Value | undefined {
		if (typed.type === 'error') errors.push({ field, code: typed.code });
		return typed.type === 'value' ? typed.value : undefined;
	}
	function takeRequired<Value>(field: string, typed: TypedField<Value>): Value | undefined {
		if (typed.type === 'empty') errors.push({ field, code: 'required' });
		return take(field, typed);
	}
	function add(field: string, code: FieldErrorCode, limits?: FieldError['limits']): void {
		errors.push(limits === undefined ? { field, code } : { field, code, limits });
	}
	return { errors, take, takeRequired, add };
}

/** Only the keys that have a value: the stored form knows no empty fields. */
export function withoutEmpty<Shape extends Record<string, unknown>>(
	shape: Shape
): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } {
	return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
		[Key in keyof Shape]?: Exclude<Shape[Key], undefined>;
	};
}
