/** Passkeys put together: one store of challenges for all that is done with them. */
import { createOwnPasskeys } from '../auth/own-passkeys.ts';
import { createPasskeyChallenges } from '../auth/passkey-challenges.ts';
import { createPasskeySignIn, type PasskeySignInDeps } from '../auth/passkey-sign-in.ts';
import type { PasskeyAccess } from './passkey-routes.ts';
import type { OriginRules } from './public-origin.ts';

export function openPasskeys(
	deps: Omit<PasskeySignInDeps, 'challenges'> & { randomBytes(count: number): Uint8Array },
	origin: OriginRules
): PasskeyAccess {
	const challenges = createPasskeyChallenges(deps);
	return {
		origin,
		signIn: createPasskeySignIn({ ...deps, challenges }),
		own: createOwnPasskeys({ ...deps, challenges })
	};
}
