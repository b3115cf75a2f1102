/**
 * `npm test`: everything, one line at the end. `--quick` leaves out the browser, the simulation and
 * the kill tests (`npm run check`). Each check of format, lint and types counts as one test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from './ensure-chromium.ts';

interface Stage {
	name: string;
	/** A script below node_modules. */
	script: string;
	args: string[];
	env?: Record<string, string>;
	/** Where the runner writes its counts; without one the stage counts as one test. */
	report?: 'vitest' | 'playwright';
	isSlow?: boolean;
}

interface Count {
	passed: number;
	failed: number;
}

const VITEST = 'vitest/vitest.mjs';
const TSC = 'typescript/bin/tsc';
/** A day ahead of Vietnam's and a day behind it: a clinical date must not notice. */
const TIME_ZONES = ['America/Los_Angeles', 'Pacific/Kiritimati'];
/** Where dates are read, compared or made; the rest knows only milliseconds. */
const WHERE_DATES_MATTER = ['src/lib', 'sync-server/jobs'];

/** Hundreds of threads and processes load the same modules: a third of their time is compiling. */
const COMPILE_CACHE = resolve('node_modules/.cache/node-compile');

const reports = mkdtempSync(join(tmpdir(), 'so-suc-khoe-test-'));

function vitest(
	name: string,
	projects: string[],
	more: Partial<Stage> = {},
	folders: string[] = []
): Stage {
	const file = join(reports, `${name}.json`.replaceAll(/[ /]/g, '-'));
	const chosen = projects.flatMap((project) => ['--project', project]);
	const args = [
		'run',
		...folders,
		...chosen,
		'--maxWorkers=2',
		'--reporter=dot',
		'--reporter=json',
		`--outputFile.json=${file}`
	];
	return { name, script: VITEST, args, report: 'vitest', ...more };
}

const stages: Stage[] = [
	{ name: 'app prepared', script: '@sveltejs/kit/svelte-kit.js', args: ['sync'] },
	{
		name: 'format',
		script: 'prettier/bin/prettier.cjs',
		args: ['--check', '--log-level=warn', '.']
	},
	{
		name: 'lint',
		script: 'eslint/bin/eslint.js',
		args: ['.', '--max-warnings=0', '--concurrency=2']
	},
	{
		name: 'types of the app',
		script: 'svelte-check/bin/svelte-check',
		args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human']
	},
	{ name: 'types of the server', script: TSC, args: ['-p', 'sync-server'] },
	{
		name: 'types of the service worker',
		script: TSC,
		args: ['-p', 'src/service-worker.tsconfig.json']
	},
	{ name: 'types of the tests', script: TSC, args: ['-p', 'tests'] },
	vitest('unit', ['unit']),
	...TIME_ZONES.map((zone) =>
		vitest(`unit in ${zone}`, ['unit'], { env: { TZ: zone } }, WHERE_DATES_MATTER)
	),
	vitest('acceptance', ['acceptance'], { isSlow: true }),
	vitest('simulation', ['simulation'], { isSlow: true }),
	vitest('browser', ['browser'], { isSlow: true }),
	{
		name: 'end to end',
		script: '@playwright/test/cli.js',
		args: ['test'],
		env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'end-to-end.json') },
		report: 'playwright',
		isSlow: true
	}
];

function runStage(stage: Stage): Count {
	const startedMs = performance.now();
	console.log(`\n── ${stage.name}`);
	const result = spawnSync(process.execPath, [join('node_modules', stage.script), ...stage.args], {
		stdio: 'inherit',
		env: {
			...process.env,
			NODE_NO_WARNINGS: '1',
			NODE_COMPILE_CACHE: COMPILE_CACHE,
			...stage.env
		}
	});
	const count = countOf(stage, result.status === 0);
	const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
	console.log(`── ${stage.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
	return count;
}

/** A runner that ends badly never counts as all passed, whatever its report says. */
function countOf(stage: Stage, endedWell: boolean): Count {
	const counted = stage.report === undefined ? undefined : readReport(stage);
	if (counted === undefined) return endedWell ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	return endedWell ? counted : { ...counted, failed: Math.max(counted.failed, 1) };
}

function readReport(stage: Stage): Count | undefined {
	const file =
		stage.env?.['PLAYWRIGHT_JSON_OUTPUT_NAME'] ??
		stage.args.at(-1)?.replace('--outputFile.json=', '');
	try {
		const report: unknown = JSON.parse(readFileSync(file ?? '', 'utf8'));
		return stage.report === 'vitest' ? vitestCount(report) : playwrightCount(report);
	} catch {
		return { passed: 0, failed: 1 };
	}
}

function vitestCount(report: unknown): Count {
	const { numPassedTests, numTotalTests } = report as {
		numPassedTests: number;
		numTotalTests: number;
	};
	return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

function playwrightCount(report: unknown): Count {
	const { stats } = report as {
		stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	};
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

function main(): void {
	const isQuick = process.argv.includes('--quick');
	const chosen = stages.filter((stage) => !(isQuick && stage.isSlow));
	if (!isQuick) ensureChromium();
	const counts = chosen.map((stage) => ({ stage, ...runStage(stage) }));
	rmSync(reports, { recursive: true, force: true });
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	for (const count of counts) if (count.failed > 0) console.log(`failed: ${count.stage.name}`);
	console.log(`\n${passed} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
}

main();
