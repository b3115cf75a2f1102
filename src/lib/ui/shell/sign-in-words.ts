/** Why nobody was let in, in words; what a wrong PIN says depends on where it was typed. */
import { t } from '#lib/i18n/messages/lock.ts';
import type { SignInResult } from './staff.ts';

export type Refusal = Exclude<SignInResult['type'], 'signed-in' | 'wrong-pin' | 'wait'>;

export function refusalWords(type: Refusal): string {
	switch (type) {
		case 'network-needed':
			return t.networkNeeded;
		case 'other-facility':
			return t.otherFacility;
		case 'no-books-for-role':
			return t.noBooksForRole;
		case 'lease-over':
			return t.leaseOver;
		case 'destroyed':
			return t.destroyed;
		case 'other-data-key':
			return t.otherDataKey;
		case 'locked':
			return t.lockedMeanwhile;
		case 'failed':
			return t.failed;
	}
}

export function waitWords(seconds: number): string {
	const span = seconds < 90 ? t.waitSeconds(seconds) : t.waitMinutes(Math.ceil(seconds / 60));
	return t.wait(span);
}
