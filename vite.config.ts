import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './tests/chromium.ts';

const SYNC_SERVER = `http://localhost:${process.env['PORT'] ?? '4173'}`;
const toServer = { target: SYNC_SERVER, changeOrigin: true };

/**
 * Vite's manifest names a worker but not the files that the worker itself loads. SvelteKit makes the list
 * for the precache out of the manifest, so without this the worker would lack them offline.
 */
function workerFilesInManifest(): Plugin {
	return {
		name: 'worker-files-in-manifest',
		apply: 'build',
		writeBundle: {
			order: 'post',
			handler({ dir = '' }, bundle) {
				const path = `${dir}/.vite/manifest.json`;
				if (!dir.endsWith('/client') || !existsSync(path)) return;
				const manifest = JSON.parse(readFileSync(path, 'utf8'));
				const assets = Object.keys(bundle).filter(
					(file) => file.includes('/workers/') && !file.endsWith('.map')
				);
				const [file] = assets;
				if (file === undefined) return;
				manifest['files of workers'] = { file, assets };
				writeFileSync(path, JSON.stringify(manifest));
			}
		}
	};
}

function packageVersion(): string {
	const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
	return version;
}

export default defineConfig({
	plugins: [tailwindcss(), sveltekit(), workerFilesInManifest()],
	define: { __APP_VERSION__: JSON.stringify(packageVersion()) },
	worker: { format: 'es' },
	build: {
		target: 'es2022',
		// Icons are many and tiny: each in a file of its own is a request before the app works without a network.
		rollupOptions: {
			output: { codeSplitting: { groups: [{ name: 'icons', test: /@lucide[\\/]svelte/ }] } }
		}
	},
	server: { proxy: { '/api': toServer, '/live': { ...toServer, ws: true } } },
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					// A busy machine is no failure; what hangs still ends.
					testTimeout: 60_000,
					include: [
						'src/lib/**/*.test.ts',
						'src/routes/**/*.test.ts',
						'sync-server/**/*.test.ts',
						'tests/architecture.test.ts',
						'tests/conformance/**/*.test.ts'
					],
					exclude: ['**/*.browser.test.ts', '**/*.kill.test.ts', '**/node_modules/**']
				}
			},
			{
				extends: true,
				test: {
					name: 'acceptance',
					environment: 'node',
					include: ['tests/acceptance/**/*.test.ts', 'sync-server/**/*.kill.test.ts'],
					testTimeout: 120_000,
					// Hooks start real servers.
					hookTimeout: 120_000,
					fileParallelism: false
				}
			},
			{
				extends: true,
				test: {
					name: 'simulation',
					environment: 'node',
					include: ['tests/simulation/**/*.test.ts'],
					testTimeout: 300_000
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['src/lib/**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: chromiumLaunchOptions() }),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
