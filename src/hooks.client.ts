/** Runs before the first page is drawn: settings that must not flash. */
import { z } from 'zod';
import { language } from '#lib/i18n/index.ts';

// The content security policy forbids building code from text, which Zod would otherwise try.
z.config({ jitless: true });
language.restore();

/** What Trusted Types ask for, as far as it is used here; browsers before 2025 may not have it. */
interface TrustedTypesDoor {
	createPolicy(name: string, rules: { createScriptURL(text: string): string }): unknown;
}

const OWN_SCRIPTS = /^\/(?:_app\/immutable\/workers\/[\w.-]+\.js|service-worker\.js)$/;

/**
 * The policy of the page forbids text where a script or markup is expected (`sync-server/http/csp.ts`). By this rule
 * the page still starts its own workers, and nothing else: no other place, no markup, no code out of text.
 */
function trustOwnWorkers(): void {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesDoor };
	trustedTypes?.createPolicy('default', {
		createScriptURL: (text) => {
			const { origin, pathname, href } = new URL(text, location.href);
			if (origin === location.origin && OWN_SCRIPTS.test(pathname)) return href;
			throw new TypeError('a script of another place');
		}
	});
}

trustOwnWorkers();
