/** The bench's page and worker, bundled from the app's real modules the way the app is built. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Answers the folder with the built page. */
export async function bundlePage(): Promise<string> {
	const outDir = mkdtempSync(join(tmpdir(), 'so-suc-khoe-bench-page-'));
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'page'),
		logLevel: 'error',
		worker: { format: 'es' },
		define: { __APP_VERSION__: JSON.stringify('bench') },
		build: { outDir, target: 'es2022', emptyOutDir: true }
	});
	return outDir;
}
