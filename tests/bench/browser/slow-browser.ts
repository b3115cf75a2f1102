/**
 * Chromium with a profile on the disk, slowed as a whole where the machine allows it: it is started through
 * a script that first enters the control group, so every process of the browser inherits it.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions, chromiumPath } from '../../chromium.ts';
import { createCpuGroup } from './cpu-group.ts';

export interface BenchBrowser {
	page: Page;
	isSlowed: boolean;
	/** Ends it as a user does. */
	close(): Promise<void>;
	/** SIGKILL to all its processes at once. */
	kill(): Promise<void>;
}

/** For one step that waits; a measure inside the page takes as long as it takes. */
const STEP_MS_MAX = 300_000;
const KILLED_WAIT_MS = 300;

export interface BrowserOptions {
	/** A folder, made at first use. */
	profile: string;
	slow: boolean;
	/** Lets the app's service worker in; elsewhere it is kept out, because it fetches in the background. */
	serviceWorker?: boolean;
}

export async function openBrowser(options: BrowserOptions): Promise<BenchBrowser> {
	const group = options.slow ? createCpuGroup() : undefined;
	const folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-bench-browser-'));
	const pidFile = join(folder, 'pid');
	const context = await chromium.launchPersistentContext(options.profile, {
		...chromiumLaunchOptions(),
		executablePath: writeScript(folder, pidFile, group?.procsFile),
		headless: true,
		serviceWorkers: options.serviceWorker === true ? 'allow' : 'block',
		timeout: STEP_MS_MAX
	});
	context.setDefaultTimeout(STEP_MS_MAX);
	const tidy = async (): Promise<void> => {
		await group?.remove();
		rmSync(folder, { recursive: true, force: true });
	};
	return {
		page: context.pages()[0] ?? (await context.newPage()),
		isSlowed: group !== undefined,
		close: async () => {
			await context.close();
			await tidy();
		},
		kill: async () => {
			// The browser leads a process group of its own.
			process.kill(-Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
			for (const pid of group?.processes() ?? []) killOne(pid);
			await context.close().catch(() => undefined);
			await wait(KILLED_WAIT_MS);
			await tidy();
		}
	};
}

function killOne(pid: number): void {
	if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
}

function writeScript(folder: string, pidFile: string, procsFile: string | undefined): string {
	const script = join(folder, 'chromium.sh');
	const browser = chromiumPath() ?? chromium.executablePath();
	const lines = [
		'#!/bin/sh',
		`echo $$ > '${pidFile}'`,
		...(procsFile === undefined ? [] : [`echo $$ > '${procsFile}'`]),
		`exec '${browser}' "$@"`
	];
	writeFileSync(script, `${lines.join('\n')}\n`);
	chmodSync(script, 0o755);
	return script;
}
