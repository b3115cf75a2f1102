/** Why nobody was let in, in words; what a wrong PIN says depends on where it was typed. */
import { t } from '#lib/i18n/messages/lock.ts';
import type {
	ChoosePinResult,
	PairResult,
	PasskeyFailure,
	PasswordResult,
	SignInResult
} from './staff.ts';

export type Refusal = Exclude<SignInResult['type'], 'signed-in' | 'wrong-pin' | 'wait' | 'passkey'>;

const REFUSALS: Record<Refusal, () => string> = {
	'lease-over': () => t.leaseOver,
	destroyed: () => t.destroyed,
	unknown: () => t.noPinHere,
	locked: () => t.lockedMeanwhile,
	failed: () => t.failed
};

export function refusalWords(type: Refusal): string {
	return REFUSALS[type]();
}

const PAIRING: Record<Exclude<PairResult['type'], 'enrolled' | 'wait'>, () => string> = {
	'no-code': () => t.pair.noCode,
	'unknown-code': () => t.pair.unknownCode,
	'used-code': () => t.pair.usedCode,
	'expired-code': () => t.pair.expiredCode,
	'other-facility': () => t.pair.otherFacility,
	blocked: () => t.pair.blocked,
	'network-needed': () => t.pair.networkNeeded,
	failed: () => t.failed
};

export function pairWords(result: Exclude<PairResult, { type: 'enrolled' }>): string {
	return 'seconds' in result ? waitWords(result.seconds) : PAIRING[result.type]();
}

const PASSKEY: Record<PasskeyFailure['why'], () => string> = {
	cancelled: () => t.passkey.cancelled,
	unavailable: () => t.passkey.unavailable,
	expired: () => t.passkey.expired,
	unknown: () => t.passkey.unknown,
	wrong: () => t.passkey.wrong,
	counter: () => t.passkey.counter,
	taken: () => t.passkey.taken,
	'too-many': () => t.passkey.tooMany,
	failed: () => t.passkey.failed
};

export function passkeyWords(why: PasskeyFailure['why']): string {
	return PASSKEY[why]();
}

type PasswordTrouble = Exclude<PasswordResult['type'], 'choose-pin' | 'wait' | 'passkey'>;

const PASSWORD: Record<PasswordTrouble, () => string> = {
	'wrong-password': () => t.wrongLogin,
	'network-needed': () => t.networkNeeded,
	'not-enrolled': () => t.notEnrolled,
	'other-facility': () => t.otherFacility,
	'no-books-for-role': () => t.noBooksForRole,
	locked: () => t.lockedMeanwhile,
	failed: () => t.failed
};

export function passwordWords(result: Exclude<PasswordResult, { type: 'choose-pin' }>): string {
	if (result.type === 'passkey') return passkeyWords(result.why);
	return 'seconds' in result ? waitWords(result.seconds) : PASSWORD[result.type]();
}

const CHOOSING: Record<Exclude<ChoosePinResult['type'], 'signed-in'>, () => string> = {
	'easy-pin': () => t.choose.easy,
	'password-again': () => t.choose.passwordAgain,
	'other-data-key': () => t.otherDataKey,
	locked: () => t.lockedMeanwhile,
	failed: () => t.failed
};

export function choosePinWords(type: Exclude<ChoosePinResult['type'], 'signed-in'>): string {
	return CHOOSING[type]();
}

export function waitWords(seconds: number): string {
	const span = seconds < 90 ? t.waitSeconds(seconds) : t.waitMinutes(Math.ceil(seconds / 60));
	return t.wait(span);
}
