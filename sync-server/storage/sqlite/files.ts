/** Names of the files in the data directory that belong to the store. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const STORE_FILE_NAME = 'store.sqlite';
export const HIGH_WATER_FILE_NAME = 'high-water';
const LOCK_SUFFIX = '.lock';
const DATA_DIRECTORY_DEFAULT = 'data';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** `DATA_DIR`, or `data` in the project; set to nothing is not set. */
export function dataDirectoryOf(environment: Record<string, string | undefined>): string {
	const stated = environment['DATA_DIR'] ?? '';
	return stated === '' ? join(projectRoot, DATA_DIRECTORY_DEFAULT) : resolve(stated);
}

export function storeFileIn(dataDirectory: string): string {
	return join(dataDirectory, STORE_FILE_NAME);
}

export function highWaterFileOf(storeFile: string): string {
	return join(dirname(storeFile), HIGH_WATER_FILE_NAME);
}

/** Held by whoever runs the store; the operating system lets go of it when that process ends. */
export function lockFileOf(storeFile: string): string {
	return `${storeFile}${LOCK_SUFFIX}`;
}
