import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineScriptHashes, policyOf } from './csp.ts';

const hashOf = (script: string) => `sha256-${createHash('sha256').update(script).digest('base64')}`;

describe('the content security policy', () => {
	it('allows the inline scripts of the page by hash, and no other', () => {
		const html =
			'<script type="module" src="/a.js"></script><script>one()</script>\n<script nonce="x">\ntwo()\n</script>';
		expect(inlineScriptHashes(html)).toEqual([hashOf('one()'), hashOf('\ntwo()\n')]);
		expect(policyOf(html)).toContain(`'wasm-unsafe-eval' '${hashOf('one()')}'`);
		expect(policyOf(html)).not.toContain("'unsafe-inline'");
	});

	it('forbids framing and everything that is not named', () => {
		expect(policyOf('')).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
		expect(policyOf('')).toContain("frame-ancestors 'none'");
	});

	it('takes no text for markup or for the address of a script, but by the two policies of the page', () => {
		expect(policyOf('')).toContain("require-trusted-types-for 'script'");
		expect(policyOf('')).toContain('trusted-types svelte-trusted-html default;');
	});
});
