import adapter from '@sveltejs/adapter-static';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** Inline style of SvelteKit's route announcer: constant, so it may be allowed by its hash. */
const ROUTE_ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** The version names the content, not the moment: the same source is never offered as an update. */
function contentVersion() {
	const hash = createHash('sha256');
	const files = globSync(['src/**/*.*', 'static/**/*.*', 'package-lock.json', '*.config.*'])
		.filter((file) => !file.endsWith('.test.ts'))
		.sort();
	for (const file of files) hash.update(file).update(readFileSync(file));
	return hash.digest('hex').slice(0, 16);
}

/** One build reads this file in several processes: they must agree, whatever an editor saves meanwhile. */
function buildVersion() {
	process.env['APP_BUILD_VERSION'] ??= contentVersion();
	return process.env['APP_BUILD_VERSION'];
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		version: { name: buildVersion() },
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', 'wasm-unsafe-eval'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-hashes', ROUTE_ANNOUNCER_STYLE],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'object-src': ['none']
			}
		}
	}
};
