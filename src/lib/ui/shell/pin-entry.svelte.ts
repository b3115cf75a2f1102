/**
 * Entering a PIN for one person: digits, what came of it, and how long to wait. The sixth digit starts
 * the check; nothing is kept after it.
 */
import type { Refusal } from './sign-in-words.ts';
import { PIN_DIGITS, type PasskeyFailure, type SignInResult } from './staff.ts';

export type PinTrouble =
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait' }
	| { type: Refusal }
	| PasskeyFailure;

export function createPinEntry(check: (pin: string) => Promise<SignInResult>, nowMs: () => number) {
	let digits = $state('');
	let isChecking = $state(false);
	let trouble = $state<PinTrouble>();
	let waitEndsMs = $state(0);

	async function finish(pin: string): Promise<void> {
		isChecking = true;
		const result = await check(pin).catch((): SignInResult => ({ type: 'failed' }));
		isChecking = false;
		digits = '';
		if (result.type === 'signed-in') return;
		if (result.type === 'wait') waitEndsMs = nowMs() + result.seconds * 1_000;
		trouble = result.type === 'wait' ? { type: 'wait' } : result;
	}

	return {
		get digits() {
			return digits;
		},
		get isChecking() {
			return isChecking;
		},
		get trouble() {
			return trouble;
		},
		/** Whole seconds until the next try; 0: now. */
		secondsToWait(atMs: number): number {
			return Math.max(0, Math.ceil((waitEndsMs - atMs) / 1_000));
		},
		/** Takes typed or pasted digits; anything else is ignored. */
		add(typed: string): void {
			if (isChecking || nowMs() < waitEndsMs) return;
			trouble = undefined;
			digits = (digits + typed.replace(/\D/g, '')).slice(0, PIN_DIGITS);
			if (digits.length === PIN_DIGITS) void finish(digits);
		},
		remove(): void {
			if (!isChecking) digits = digits.slice(0, -1);
		},
		clear(): void {
			digits = '';
			trouble = undefined;
		}
	};
}
export type PinEntry = ReturnType<typeof createPinEntry>;
