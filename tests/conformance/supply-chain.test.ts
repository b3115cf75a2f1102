/** What the product is made of comes from one place, exactly as it was when it was chosen, and runs nothing when installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const REGISTRY = 'https://registry.npmjs.org/';

const manifestSchema = z.looseObject({
	scripts: z.record(z.string(), z.string()),
	dependencies: z.record(z.string(), z.string()),
	devDependencies: z.record(z.string(), z.string()),
	optionalDependencies: z.record(z.string(), z.string())
});
const lockSchema = z.looseObject({
	packages: z.record(
		z.string(),
		z.looseObject({
			version: z.string().optional(),
			resolved: z.string().optional(),
			integrity: z.string().optional(),
			hasInstallScript: z.boolean().optional(),
			dependencies: z.record(z.string(), z.string()).optional(),
			devDependencies: z.record(z.string(), z.string()).optional(),
			optionalDependencies: z.record(z.string(), z.string()).optional()
		})
	)
});

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const manifest = manifestSchema.parse(JSON.parse(read('package.json')));
const { packages } = lockSchema.parse(JSON.parse(read('package-lock.json')));
const installed = Object.entries(packages).filter(([path]) => path !== '');

describe('a dependency', () => {
	it('has one exact version', () => {
		const all = Object.entries({
			...manifest.dependencies,
			...manifest.devDependencies,
			...manifest.optionalDependencies
		});
		expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	});

	it('is the one that the lockfile names: neither has drifted from the other', () => {
		const { dependencies, devDependencies, optionalDependencies } = packages[''] ?? {};
		expect(dependencies).toEqual(manifest.dependencies);
		expect(devDependencies).toEqual(manifest.devDependencies);
		expect(optionalDependencies).toEqual(manifest.optionalDependencies);
	});

	it('comes from one registry, with the hash of what it was', () => {
		expect(installed.length).toBeGreaterThan(100);
		for (const [path, { resolved, integrity }] of installed) {
			// Without an address it is the registry of npm's configuration, and ours names no other.
			const isThere = resolved === undefined || resolved.startsWith(REGISTRY);
			expect([path, isThere]).toEqual([path, true]);
			expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
		}
	});

	it('runs nothing while it is installed, and none of those named wants to', () => {
		expect(installed.filter(([, one]) => one.hasInstallScript).map(([path]) => path)).toEqual([]);
		expect(read('.npmrc').split('\n')).toEqual(
			expect.arrayContaining(['ignore-scripts=true', 'min-release-age=7', 'save-exact=true'])
		);
		expect(read('.npmrc')).not.toContain('registry');
		const own = ['preinstall', 'install', 'postinstall', 'prepare'];
		expect(Object.keys(manifest.scripts).filter((name) => own.includes(name))).toEqual([]);
	});

	it('is installed as the lockfile says, never chosen anew', () => {
		expect(read('sync-server/bootstrap.mjs')).toMatch(/run\('npm', \['ci', /);
	});
});
