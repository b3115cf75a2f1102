import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { AT_MS } from './port-suite-material.ts';
import { runServerStorageSuite } from './port-suite.ts';
import { openSqliteStorage } from './sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'server-storage-'));
afterAll(() => {
	rmSync(directory, { recursive: true, force: true });
});

runServerStorageSuite(
	'sqlite',
	(name) =>
		openSqliteStorage({
			file: join(directory, name, 'store.sqlite'),
			clock: () => AT_MS,
			random: (count) => new Uint8Array(randomBytes(count))
		}),
	{ interleavings: 12 }
);
