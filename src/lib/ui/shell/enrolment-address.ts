/** A tablet's code as a QR code shows it: in the fragment of the app's address, which no server ever sees. */

const FRAGMENT = /#enrol=([0-9A-Za-z-]{8,20})$/;
const BARE = /^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/;

/** The code in an address, or standing by itself; nothing in any other text. */
export function enrolmentCodeIn(text: string): string | undefined {
	const trimmed = text.trim();
	return FRAGMENT.exec(trimmed)?.[1] ?? BARE.exec(trimmed)?.[0];
}
