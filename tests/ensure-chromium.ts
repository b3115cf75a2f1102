/** A real Chromium for the browser tests: one that is installed, else Debian's, else Playwright's own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';

export function ensureChromium(): void {
	if (chromiumPath() !== undefined || existsSync(chromium.executablePath())) return;
	console.log('No Chromium is installed; installing one for the browser tests ...');
	if (installFromDebian() || installFromPlaywright()) return;
	console.log(
		'No Chromium could be installed. Install one (Debian: apt-get install chromium) or name it: CHROMIUM=/path npm test'
	);
	process.exitCode = 1;
	console.log('\n0 passed, 1 failed');
	process.exit();
}

function installFromDebian(): boolean {
	const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	if (!mayInstall) return false;
	run('apt-get', ['update', '-qq']);
	run('apt-get', [
		'install',
		'-y',
		'-qq',
		'--no-install-recommends',
		'chromium',
		'fonts-dejavu-core'
	]);
	return chromiumPath() !== undefined;
}

function installFromPlaywright(): boolean {
	run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
	return existsSync(chromium.executablePath());
}

function run(command: string, args: string[]): void {
	spawnSync(command, args, {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
}
