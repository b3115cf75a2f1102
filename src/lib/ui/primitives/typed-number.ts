/**
 * Numbers as typed, with a comma or a dot before the decimals, to whole numbers of the stored unit:
 * `36,7` with one decimal is 367. Thousands marks are not accepted, they would be read as decimals.
 */

export type TypedNumber = { type: 'empty' } | { type: 'number'; scaled: number } | { type: 'form' };

const DIGITS_MAX = 9;

export function parseTypedNumber(typed: string, decimals: number): TypedNumber {
	const text = typed.replace(/[\s\u00a0]/g, '');
	if (text === '') return { type: 'empty' };
	const match = /^(-?\d{1,9})(?:[.,](\d*))?$/.exec(text);
	if (match === null) return { type: 'form' };
	const [, whole = '', fraction = ''] = match;
	if (fraction.length > decimals || whole.length + decimals > DIGITS_MAX) return { type: 'form' };
	const scaled = Number(whole + fraction.padEnd(decimals, '0'));
	return Number.isSafeInteger(scaled) ? { type: 'number', scaled } : { type: 'form' };
}

/** The typed form of a stored number, without needless zeros: 367 with one decimal is `36,7`. */
export function writeTypedNumber(scaled: number, decimals: number): string {
	const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
	const sign = scaled < 0 ? '-' : '';
	return fraction === '' ? sign + whole : `${sign}${whole},${fraction}`;
}
