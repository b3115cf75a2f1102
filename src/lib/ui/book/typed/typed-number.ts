/** Typed numbers to integers in a stored unit, within what is possible. */
import { parseTypedNumber } from '../../primitives/typed-number.ts';
import type { TypedField } from './field-error.ts';

const TYPED_LENGTH_MAX = 12;

/**
 * @param decimals how many digits after the comma the stored unit keeps: 1 for 0,1 °C, 3 for grams typed
 * as kilograms
 */
export function readScaled(
	typed: string,
	decimals: number,
	range: { min: number; max: number }
): TypedField<number> {
	if (typed.trim().length > TYPED_LENGTH_MAX) return { type: 'error', code: 'number-form' };
	const parsed = parseTypedNumber(typed, decimals);
	if (parsed.type === 'empty') return parsed;
	if (parsed.type === 'form') {
		const isFraction = decimals === 0 && parseTypedNumber(typed, 3).type === 'number';
		return { type: 'error', code: isFraction ? 'whole-number' : 'number-form' };
	}
	const { scaled } = parsed;
	if (scaled < range.min || scaled > range.max) return { type: 'error', code: 'out-of-range' };
	return { type: 'value', value: scaled };
}
