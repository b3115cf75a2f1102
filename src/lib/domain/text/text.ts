/**
 * Text as it may stand in an entry: NFC, trimmed, no control characters, no lone surrogates, no U+FFFD. The
 * schema refuses anything else, so two tablets can never write one word in two byte forms; forms call
 * `tidyText` first.
 */
import { z } from 'zod';

// Control characters (C0, DEL, C1), soft hyphen, zero-width and bidirectional controls, line and
// paragraph separators, byte order mark.
// Line feed is allowed in long text only.
const FORBIDDEN =
	/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const FORBIDDEN_ALL =
	/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** What a wrong decoder leaves where a letter stood: the letter is lost, and only a person can mend it. */
const REPLACEMENT_CHARACTER = '\ufffd';
/** With the flag `u` a pair is one character: this finds halves only. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Did the text lose a letter on its way here? */
export function hasDamagedCharacter(text: string): boolean {
	return text.includes(REPLACEMENT_CHARACTER);
}

export function isTidyText(text: string): boolean {
	return (
		text.isWellFormed() &&
		!hasDamagedCharacter(text) &&
		text === text.trim() &&
		!FORBIDDEN.test(text) &&
		text === text.normalize('NFC')
	);
}

/**
 * What a person typed or pasted, as it may be stored. Changes no visible character: one that is damaged
 * stays, and the schema refuses it.
 */
export function tidyText(typed: string): string {
	return typed
		.replace(LONE_SURROGATES, '')
		.replace(/\r\n?|[\u2028\u2029]/g, '\n')
		.replace(/\t/g, ' ')
		.replace(FORBIDDEN_ALL, '')
		.normalize('NFC')
		.trim();
}

/**
 * One line: no line feed either. The length is in characters (Unicode code points); a form field counts
 * UTF-16 units, of which there are never fewer, so it lets nothing through that is refused here.
 */
export function lineSchema(lengthMax: number) {
	return z
		.string()
		.min(1)
		.max(lengthMax)
		.refine((text) => isTidyText(text) && !text.includes('\n'), 'text-not-tidy');
}

export function paragraphSchema(lengthMax: number) {
	return z.string().min(1).max(lengthMax).refine(isTidyText, 'text-not-tidy');
}
