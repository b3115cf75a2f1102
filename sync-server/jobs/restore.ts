/**
 * npm run restore -- FILE   puts a backup in the place of the store; the server must not run
 *
 * The store it replaces is kept beside under a dated name. The restored store takes a new epoch: at
 * their next contact tablets offer again everything the backup may lack.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';
import { restoreStore, type RestoreResult } from '../storage/sqlite/restore-file.ts';
import { EPOCH_BYTES } from '../storage/storage.ts';

const USAGE = `Usage:
  npm run restore -- FILE   put the backup FILE in the place of the store (stop the server first)`;

class Stop extends Error {}

function main(parameters: string[]): void {
	const [file, ...rest] = parameters;
	if (file === undefined || file.startsWith('-') || rest.length > 0) throw new Stop(USAGE);
	const backupFile = resolve(file);
	if (!existsSync(backupFile)) throw new Stop(`There is no file ${backupFile}. Nothing was done.`);
	const storeFile = storeFileIn(dataDirectoryOf(process.env));
	if (backupFile === storeFile) throw new Stop('This file is the store itself. Nothing was done.');
	report(storeFile, backupFile, restore(storeFile, backupFile));
}

function restore(storeFile: string, backupFile: string): RestoreResult {
	const epoch = new Uint8Array(randomBytes(EPOCH_BYTES));
	try {
		return restoreStore({ storeFile, backupFile, epoch, nowMs: Date.now() });
	} catch (error) {
		throw new Stop(`Nothing was restored: ${wordsOf(error)}.`);
	}
}

function report(storeFile: string, backupFile: string, result: RestoreResult): void {
	switch (result.type) {
		case 'server-runs':
			throw new Stop('The server runs on this data directory. Stop it first; nothing was done.');
		case 'unsound':
			throw new Stop(`${backupFile} is NOT good: ${result.problems.join('; ')}. Nothing was done.`);
		case 'restored': {
			const { commit, digest, entries, books } = result.contents;
			console.log(`Restored ${storeFile}
from ${backupFile}: ${entries} entries in ${books} books
commit ${commit}
digest ${digest}
new epoch ${result.epoch}`);
			if (result.keptAs !== undefined) console.log(`The store before is kept as ${result.keptAs}.`);
			console.log('Start the server; tablets offer again what the backup lacks.');
		}
	}
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : 'unknown reason';
}

process.umask(0o077);
try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(wordsOf(error));
	process.exitCode = 1;
}
