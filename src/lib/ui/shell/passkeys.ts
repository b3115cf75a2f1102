/** The passkeys of whoever is signed in, as their window draws them. */
import { t as lock } from '#lib/i18n/messages/lock.ts';
import { t } from '#lib/i18n/messages/passkeys.ts';
import { passkeyWords, waitWords } from './sign-in-words.ts';
import type { PasskeyFailure } from './staff.ts';

export interface ShownPasskey {
	id: string;
	label: string;
	createdMs: number;
	usedMs?: number | undefined;
}

export type PasskeysResult =
	| { type: 'listed'; passkeys: ShownPasskey[] }
	| PasskeyFailure
	| { type: 'network-needed' | 'wrong-password' | 'signed-out' | 'failed' }
	| { type: 'wait'; seconds: number };

export interface PasskeyActs {
	list: () => Promise<PasskeysResult>;
	add: (label: string, password: string) => Promise<PasskeysResult>;
	remove: (id: string, password: string) => Promise<PasskeysResult>;
}

/** Why it was not done. */
export function passkeysTrouble(result: Exclude<PasskeysResult, { type: 'listed' }>): string {
	switch (result.type) {
		case 'passkey':
			return passkeyWords(result.why);
		case 'wait':
			return waitWords(result.seconds);
		case 'network-needed':
			return t.networkNeeded;
		case 'wrong-password':
			return t.wrongPassword;
		case 'signed-out':
			return t.signedOut;
		case 'failed':
			return lock.failed;
	}
}
