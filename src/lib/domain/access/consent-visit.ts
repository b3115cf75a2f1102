/**
 * A citizen shows a code at a facility: whoever reads it within a quarter of an hour has the book for a day. It is
 * drawn as a QR code, and said in eight letters for where no camera reads it.
 */
import { isIdText } from '../ids.ts';

export const VISIT_CODE_MS = 15 * 60_000;
export const VISIT_MS = 24 * 60 * 60_000;

/** Neither 0 and O nor 1 and I: none is taken for another. */
export const SPOKEN_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const SPOKEN_LENGTH = 8;
const SPOKEN = new RegExp(`^[${SPOKEN_LETTERS}]{${SPOKEN_LENGTH}}$`);
const QR_PREFIX = 'so-suc-khoe:visit:';

export function visitQrText(code: string): string {
	return QR_PREFIX + code;
}

/** What the server is asked with: out of the QR code, or as it was typed. Nothing: this is no such code. */
export function readVisitCode(text: string): string | undefined {
	if (text.startsWith(QR_PREFIX)) {
		const code = text.slice(QR_PREFIX.length);
		return isIdText(code) ? code : undefined;
	}
	const typed = text.replace(/[\s-]/g, '').toUpperCase();
	return isSpokenCode(typed) ? typed : undefined;
}

export function isSpokenCode(text: string): boolean {
	return SPOKEN.test(text);
}

/** In two groups, as it is read out. */
export function formatSpokenCode(spoken: string): string {
	return `${spoken.slice(0, SPOKEN_LENGTH / 2)} ${spoken.slice(SPOKEN_LENGTH / 2)}`;
}
