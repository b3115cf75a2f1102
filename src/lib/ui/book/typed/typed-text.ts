/** Typed text to text that may stand in an entry. */
import { hasDamagedCharacter, tidyText } from '#lib/domain/text/text.ts';
import type { TypedField } from './field-error.ts';

/** Longer input is refused before any work is done on it: a paste of megabytes costs nothing. */
const TYPED_LENGTH_FACTOR = 4;

/** One line. Line feeds that a paste brought become spaces. */
export function readLine(typed: string, lengthMax: number): TypedField<string> {
	return readTidy(typed, lengthMax, (text) => text.replace(/\s*\n\s*/g, ' '));
}

/** Several lines. */
export function readParagraph(typed: string, lengthMax: number): TypedField<string> {
	return readTidy(typed, lengthMax, (text) => text);
}

function readTidy(
	typed: string,
	lengthMax: number,
	shape: (tidy: string) => string
): TypedField<string> {
	if (typed.length > lengthMax * TYPED_LENGTH_FACTOR) return { type: 'error', code: 'too-long' };
	const text = shape(tidyText(typed));
	if (text === '') return { type: 'empty' };
	if (hasDamagedCharacter(text)) return { type: 'error', code: 'damaged-character' };
	return text.length > lengthMax
		? { type: 'error', code: 'too-long' }
		: { type: 'value', value: text };
}
