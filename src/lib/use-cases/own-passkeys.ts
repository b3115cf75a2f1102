/** The passkeys of whoever is signed in, as the server keeps them: to see, to add, to remove. */
import type { PasskeyAddOptions, PasskeyAttestation, PasskeyList } from '#lib/protocol/passkeys.ts';
import { passwordSchema } from '#lib/protocol/api.ts';
import type { PersonId } from '#lib/domain/ids.ts';
import type { UseCaseDeps } from './deps.ts';
import { passkeyTroubleOf, type PasskeyTrouble } from './passkey-sign-in.ts';
import type { ServerAnswer } from './server-port.ts';

type Deps = Pick<UseCaseDeps, 'vault' | 'server'>;

export type OwnPasskeyTrouble =
	| { type: 'network-needed' }
	| { type: 'wrong-password' }
	| { type: 'wait'; seconds: number }
	| PasskeyTrouble
	/** The device was locked meanwhile, or the server does not know who asks. */
	| { type: 'signed-out' };

export type PasskeysOutcome =
	{ type: 'listed'; passkeys: PasskeyList['passkeys'] } | OwnPasskeyTrouble;

/** How long to wait when the server says "too many" without saying how long. */
const WAIT_SECONDS_DEFAULT = 30;

export async function listPasskeys(deps: Deps): Promise<PasskeysOutcome> {
	const asking = await askingOf(deps);
	if (asking === undefined) return { type: 'signed-out' };
	return listedOf(await deps.server.listPasskeys({ actor: asking.actor }, asking.token));
}

/** The password is stated again; then the page has the authenticator make one. */
export async function beginPasskey(
	deps: Deps,
	typed: string
): Promise<{ type: 'asked'; options: PasskeyAddOptions } | OwnPasskeyTrouble> {
	const asking = await askingOf(deps);
	if (asking === undefined) return { type: 'signed-out' };
	const password = passwordSchema.safeParse(typed.normalize('NFC'));
	if (!password.success) return { type: 'wrong-password' };
	const request = { actor: asking.actor, password: password.data };
	const answer = await deps.server.beginPasskey(request, asking.token);
	return answer.type === 'answered' ? { type: 'asked', options: answer.value } : troubleOf(answer);
}

export async function addPasskey(
	deps: Deps,
	made: { label: string; passkey: PasskeyAttestation }
): Promise<PasskeysOutcome> {
	const asking = await askingOf(deps);
	if (asking === undefined) return { type: 'signed-out' };
	const request = { actor: asking.actor, ...made };
	return listedOf(await deps.server.addPasskey(request, asking.token));
}

export async function removePasskey(
	deps: Deps,
	input: { id: string; password: string }
): Promise<PasskeysOutcome> {
	const asking = await askingOf(deps);
	if (asking === undefined) return { type: 'signed-out' };
	const password = passwordSchema.safeParse(input.password.normalize('NFC'));
	if (!password.success) return { type: 'wrong-password' };
	const request = { actor: asking.actor, id: input.id, password: password.data };
	const answer = await deps.server.removePasskey(request, asking.token);
	// Gone already: what stands there now is what was asked for.
	const isGone = answer.type === 'refused' && answer.code === 'not-found';
	return isGone ? listPasskeys(deps) : listedOf(answer);
}

async function askingOf({ vault }: Deps): Promise<{ actor: PersonId; token: string } | undefined> {
	const actor = vault.session()?.staff.person;
	const device = await vault.readDevice();
	return actor === undefined || device === undefined ? undefined : { actor, token: device.token };
}

function listedOf(answer: ServerAnswer<PasskeyList>): PasskeysOutcome {
	return answer.type === 'answered'
		? { type: 'listed', passkeys: answer.value.passkeys }
		: troubleOf(answer);
}

function troubleOf(
	answer: Exclude<ServerAnswer<unknown>, { type: 'answered' }>
): OwnPasskeyTrouble {
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	const trouble = passkeyTroubleOf(answer);
	if (trouble !== undefined) return trouble;
	switch (answer.code) {
		case 'sign-in-failed':
			return { type: 'wrong-password' };
		case 'too-many-attempts':
			return { type: 'wait', seconds: answer.retryAfterSeconds ?? WAIT_SECONDS_DEFAULT };
		case 'not-allowed':
		case 'token-wrong':
		case 'wiped':
			return { type: 'signed-out' };
		default:
			return { type: 'network-needed' };
	}
}
