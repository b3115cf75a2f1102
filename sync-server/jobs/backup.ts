/**
 * npm run backup -- FILE            copies the store, also while the server runs, and checks the copy
 * npm run backup -- --confirm FILE  states that this backup is safe elsewhere
 *
 * Only after a confirmation do tablets let go of what they keep in case the server is restored.
 */
import { existsSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CERTIFICATE_LOG_FILE, ISSUING_KEY_FILE } from '../auth/files.ts';
import { writeBackup } from '../storage/sqlite/backup-file.ts';
import { checkStore, type StoreContents } from '../storage/sqlite/check-file.ts';
import { confirmBackup } from '../storage/sqlite/confirm-file.ts';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';

const USAGE = `Usage:
  npm run backup -- FILE            copy the store into FILE and check the copy
  npm run backup -- --confirm FILE  state that FILE is checked and kept elsewhere`;

class Stop extends Error {}

function main(parameters: string[]): void {
	const isConfirming = parameters.includes('--confirm');
	const [file, ...rest] = parameters.filter((parameter) => parameter !== '--confirm');
	if (file === undefined || file.startsWith('-') || rest.length > 0) throw new Stop(USAGE);
	const dataDirectory = dataDirectoryOf(process.env);
	const store = storeFileIn(dataDirectory);
	if (!existsSync(store))
		throw new Stop(`There is no store at ${store}. Is DATA_DIR right? Nothing was done.`);
	if (isConfirming) confirm(store, resolve(file));
	else {
		backUp(store, resolve(file));
		console.log(
			`Not in the backup, keep them apart: ${join(dataDirectory, ISSUING_KEY_FILE)}
and ${join(dataDirectory, CERTIFICATE_LOG_FILE)} (who was ever enrolled).`
		);
	}
}

function backUp(store: string, target: string): void {
	if (existsSync(target)) throw new Stop(`${target} is already there. Nothing was done.`);
	if (!existsSync(dirname(target)))
		throw new Stop(`There is no directory ${dirname(target)}. Nothing was done.`);
	try {
		writeBackup(store, target);
	} catch (error) {
		throw new Stop(`No backup was made: ${wordsOf(error)}. The store is unchanged.`);
	}
	const check = checkStore(target);
	if (check.type === 'unsound') {
		renameSync(target, `${target}.not-good`);
		throw new Stop(
			`The store or its copy is damaged: ${check.problems.join('; ')}. See ${target}.not-good.`
		);
	}
	console.log(`Backup ${target}\n${describe(check.contents)}`);
}

function confirm(store: string, file: string): void {
	if (!existsSync(file)) throw new Stop(`There is no file ${file}. Nothing was confirmed.`);
	const result = confirmBackup(store, file);
	switch (result.type) {
		case 'confirmed':
			console.log(`Confirmed up to commit ${result.commit}.`);
			return;
		case 'confirmed-before':
			console.log(`An equal or newer backup than commit ${result.commit} was confirmed before.`);
			return;
		case 'not-this-store':
			throw new Stop(`${file} is not a backup of this store. Nothing was confirmed.`);
		case 'unsound':
			throw new Stop(`${file} is NOT good: ${result.problems.join('; ')}. Nothing was confirmed.`);
	}
}

function describe({ commit, digest, entries, books, feeds }: StoreContents): string {
	return `checked: ${entries} entries in ${books} books, ${feeds} feeds
commit ${commit}
digest ${digest}`;
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
