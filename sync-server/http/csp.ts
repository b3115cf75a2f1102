/**
 * The content security policy as a header. SvelteKit writes the same policy into the page, but only a
 * header can forbid framing. Inline scripts are allowed by the hash of the very page that is served.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

export const CSP_REPORT_PATH = '/api/csp-report';
/** Inline style of SvelteKit's route announcer: constant. */
const ROUTE_ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';
const INLINE_SCRIPT = /<script(?![^>]*\ssrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi;

/**
 * The policy for the page as it stands in `indexFile` at each call. A build under a running server changes
 * the page and its hashes; asking costs one `stat`. While a build has the page away the last policy holds.
 */
export function createPolicySource(indexFile: string | undefined): () => string {
	let stamp = '';
	let policy = policyOf('');
	return () => {
		const stat =
			indexFile === undefined ? undefined : statSync(indexFile, { throwIfNoEntry: false });
		if (indexFile === undefined || stat === undefined) return policy;
		const now = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
		if (now === stamp) return policy;
		policy = policyOf(readFileSync(indexFile, 'utf8'));
		stamp = now;
		return policy;
	};
}

export function policyOf(indexHtml: string): string {
	const hashes = inlineScriptHashes(indexHtml).map((hash) => `'${hash}'`);
	return [
		"default-src 'none'",
		["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
		"style-src 'self'",
		`style-src-attr 'unsafe-hashes' '${ROUTE_ANNOUNCER_STYLE}'`,
		"img-src 'self' data: blob:",
		"media-src 'self' blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"object-src 'none'",
		// Svelte makes its markup by a policy of its own; the page starts its workers by the default one.
		"require-trusted-types-for 'script'",
		'trusted-types svelte-trusted-html default',
		`report-uri ${CSP_REPORT_PATH}`
	].join('; ');
}

export function inlineScriptHashes(html: string): string[] {
	return [...html.matchAll(INLINE_SCRIPT)].map(([, script = '']) => {
		const hash = createHash('sha256').update(script).digest('base64');
		return `sha256-${hash}`;
	});
}
