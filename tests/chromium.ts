/**
 * Which Chromium the tests drive: one named by CHROMIUM, else one that is installed, else (undefined
 * path) Playwright's own. `tests/run.ts` makes sure that one of them exists.
 */
import { existsSync } from 'node:fs';

const INSTALLED = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium'
];

/** Background requests of the browser itself only make noise in tests. */
const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export function chromiumPath(): string | undefined {
	const named = process.env['CHROMIUM'];
	return named !== undefined && named !== '' ? named : INSTALLED.find((path) => existsSync(path));
}

export function chromiumLaunchOptions(): { executablePath?: string; args: string[] } {
	const executablePath = chromiumPath();
	return executablePath === undefined ? { args: QUIET } : { executablePath, args: QUIET };
}
