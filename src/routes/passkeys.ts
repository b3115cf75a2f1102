/** What is done with passkeys here: the worker asks the server, the page the authenticator. */
import { book } from '#lib/app.ts';
import { relyingPartyOf } from '#lib/protocol/relying-party.ts';
import type { PasswordResult, SignInResult } from '#lib/ui/shell/staff.ts';
import type { PasskeysResult } from '#lib/ui/shell/passkeys.ts';

/** Hardly anybody needs it at once: not for everybody to load first. */
const loadCeremony = () => import('./passkey-ceremony.ts');

/** This browser has WebAuthn, and this address is one at which the server offers it. */
export function mayUsePasskeys(): boolean {
	return 'PublicKeyCredential' in window && relyingPartyOf(location.origin) !== undefined;
}

/** The first sign-in here; the PIN follows. */
export async function signInByPasskey(): Promise<PasswordResult> {
	const begun = await book.beginPasskeySignIn();
	if (begun.type !== 'asked') return begun;
	const { askPasskey } = await loadCeremony();
	const given = await askPasskey(begun.options, begun.salt);
	if (given.type !== 'given') return given;
	const { assertion, output } = given;
	return book.checkPasskey({ assertion, output });
}

/** By PIN, and by the passkey where the slot needs one. */
export async function signInByPin(login: string, pin: string): Promise<SignInResult> {
	const first = await book.signIn({ login, pin });
	if (first.type !== 'passkey-needed') return first;
	const { computeByPasskey } = await loadCeremony();
	const computed = await computeByPasskey(first.credential, first.salt);
	if (computed.type !== 'computed') return computed;
	const second = await book.signIn({ login, pin, output: computed.output });
	return second.type === 'passkey-needed' ? { type: 'failed' } : second;
}

/** Of whoever is signed in. */
export const ownPasskeys = {
	list: async (): Promise<PasskeysResult> => book.listPasskeys(),
	add: async (label: string, password: string): Promise<PasskeysResult> => {
		const begun = await book.beginPasskey(password);
		if (begun.type !== 'asked') return begun;
		const { makePasskey } = await loadCeremony();
		const made = await makePasskey(begun.options);
		if (made.type !== 'made') return made;
		return book.addPasskey({ label, passkey: made.passkey });
	},
	remove: async (id: string, password: string): Promise<PasskeysResult> =>
		book.removePasskey({ id, password })
};
