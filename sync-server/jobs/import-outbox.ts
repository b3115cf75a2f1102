/**
 * npm run import-outbox -- FILE   takes the file with what waits on a tablet that never sees a network
 *
 * Works on the store of `DATA_DIR` while no server runs on it. What the server has already is left as it is, so a
 * file may be taken twice.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
	decodeOutboxFile,
	OUTBOX_FILE_BYTES_MAX,
	type OutboxFile
} from '#lib/protocol/outbox-file.ts';
import { TABLET_SECRET_FILE } from '../auth/files.ts';
import { openSealingKey } from '../auth/sealing-key.ts';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';
import { openSqliteStorage } from '../storage/sqlite.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';
import { admitEntries } from '../sync/admit-entry.ts';
import { admitParcels } from '../sync/admit-parcels.ts';
import { createDamage } from '../sync/damage.ts';
import { createInlineExaminer } from '../sync/examine.ts';
import { createVerifier } from '../sync/verify-signature.ts';

const USAGE = `Usage:
  npm run import-outbox -- FILE   take what a tablet wrote into FILE (stop the server first)`;
const SERVER_RUNS =
	'The server runs on this data directory. Stop it (Ctrl-C), import, and start it again; nothing was changed.';
const PARCELS_AT_ONCE = 200;

class Refusal extends Error {}

async function main([file, ...rest]: string[]): Promise<void> {
	if (file === undefined || file.startsWith('-') || rest.length > 0) throw new Refusal(USAGE);
	const outbox = decodeOutboxFile(await readBounded(file));
	if (outbox === undefined)
		throw new Refusal(`${file} is not a whole file of waiting entries. Nothing was changed.`);
	const dataDir = dataDirectoryOf(process.env);
	if (!existsSync(storeFileIn(dataDir)) || !existsSync(join(dataDir, TABLET_SECRET_FILE)))
		throw new Refusal(`There is no store in ${dataDir}. Is DATA_DIR right? Nothing was done.`);
	const storage = await openSqliteStorage({
		file: storeFileIn(dataDir),
		clock: Date.now,
		random: (count) => randomBytes(count)
	}).catch((error: unknown) => {
		const isRunning = error instanceof StorageFailure && error.code === 'busy';
		throw isRunning ? new Refusal(SERVER_RUNS) : error;
	});
	try {
		await take(storage, outbox, dataDir);
	} finally {
		await storage.close();
	}
}

async function readBounded(file: string): Promise<Uint8Array> {
	const found = await stat(file).catch(() => undefined);
	if (found?.isFile() !== true) throw new Refusal(`There is no file ${file}.`);
	if (found.size > OUTBOX_FILE_BYTES_MAX)
		throw new Refusal(`${file} is larger than ${OUTBOX_FILE_BYTES_MAX} bytes.`);
	return readFile(file);
}

async function take(storage: ServerStorage, outbox: OutboxFile, dataDir: string): Promise<void> {
	const device = await storage.findDevice(outbox.device);
	if (device === undefined)
		throw new Refusal(
			'This server does not know the tablet that wrote this file. Nothing was changed.'
		);
	const sealingKey = openSealingKey(dataDir, randomBytes);
	const deps = {
		storage,
		clock: { nowMs: () => Date.now() },
		examiner: createInlineExaminer(createVerifier()),
		damage: createDamage()
	};
	const isBlocked = Promise.resolve(device.isBlocked);
	const actor = { device: device.device, facility: device.facility, isBlocked };
	const counts = { taken: 0, unreadable: 0, later: 0 };
	for (let at = 0; at < outbox.parcels.length; at += PARCELS_AT_ONCE) {
		const some = outbox.parcels.slice(at, at + PARCELS_AT_ONCE);
		const outcomes = await admitParcels(
			sealingKey,
			some,
			async (push) => (await admitEntries(deps, actor, push)).acks
		);
		for (const outcome of outcomes) counts[outcome] += 1;
	}
	report(outbox.parcels.length, counts);
}

function report(
	all: number,
	{ taken, unreadable, later }: Record<'taken' | 'unreadable' | 'later', number>
): void {
	console.log(
		`${taken} of ${all} entries are at the server now; what was not admitted waits for a person in quarantine.`
	);
	if (unreadable > 0)
		console.log(
			`${unreadable} were sealed to another server's key, or are damaged: they stay on the tablet.`
		);
	if (later > 0) console.log(`${later} could not be taken now: import the file once more.`);
	if (unreadable + later > 0) process.exitCode = 1;
}

process.umask(0o077);
main(process.argv.slice(2)).catch((error: unknown) => {
	// Expected refusals, and the storage's own plain sentences; never a stack.
	console.error(error instanceof Error ? error.message : 'The import failed.');
	process.exitCode = 1;
});
