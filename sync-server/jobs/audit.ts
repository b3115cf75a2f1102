/**
 * npm run audit -- verify [--checkpoint FILE]  computes the access log anew and compares it with every checkpoint
 * npm run audit -- checkpoint                  prints the newest checkpoint: keep it where nobody here can change it
 * npm run audit -- new-key                     from the next start on a new key signs, beside the one before
 *
 * Works beside a running server and changes nothing of the log. Ends with one plain line; exit code 1: it does not hold.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHECKPOINTS_FILE, LOG_KEY_FILE } from '../auth/files.ts';
import { addLogKey, readLogKeys } from '../auth/log-key.ts';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';
import { verifyAccessLog, type Verification } from './audit-verify.ts';
import { readCheckpoints, splitCheckpoints } from './checkpoint-file.ts';

const USAGE = `Usage:
  npm run audit -- verify [--checkpoint FILE]   is the access log what its checkpoints say?
  npm run audit -- checkpoint                   print the newest checkpoint
  npm run audit -- new-key                      sign with a new key from the next start on`;

class Stop extends Error {}

async function main([command, ...parameters]: string[]): Promise<void> {
	const dataDir = dataDirectoryOf(process.env);
	switch (command) {
		case 'verify':
			return verify(dataDir, parameters);
		case 'checkpoint':
			return printNewest(dataDir);
		case 'new-key':
			addLogKey(dataDir);
			console.log(`A new key stands first in ${join(dataDir, LOG_KEY_FILE)}.
Both sign from the next start on. Remove the last one when every phone has been here, in a year.`);
			return;
		case undefined:
		default:
			throw new Stop(USAGE);
	}
}

async function verify(dataDir: string, parameters: string[]): Promise<void> {
	const [option, file, ...rest] = parameters;
	const isRight = option === undefined || (option === '--checkpoint' && file !== undefined);
	if (!isRight || rest.length > 0) throw new Stop(USAGE);
	const storeFile = storeFileIn(dataDir);
	if (!existsSync(storeFile)) throw new Stop(`There is no store at ${storeFile}.`);
	if (file !== undefined && !existsSync(file)) throw new Stop(`There is no file ${file}.`);
	const brought = file === undefined ? [] : broughtIn(readFileSync(resolve(file), 'utf8'));
	const result = await verifyAccessLog({
		storeFile,
		keys: readLogKeys(dataDir),
		kept: readCheckpoints(join(dataDir, CHECKPOINTS_FILE)),
		brought
	});
	for (const line of [...result.notes, ...result.problems]) console.log(line);
	console.log(lastLine(result));
	if (!result.isWhole) process.exitCode = 1;
}

/** Checkpoints, or a receipt of a hospital's night, which holds one. A file that holds none is one that is none. */
function broughtIn(text: string): string[] {
	const receipt = /"accessLog": ("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
	const checkpoints = splitCheckpoints(receipt === undefined ? text : String(JSON.parse(receipt)));
	return checkpoints.length === 0 ? [text] : checkpoints;
}

function lastLine({ isWhole, size, waiting, agreeing, newestMs }: Verification): string {
	if (!isWhole) return 'THE ACCESS LOG DOES NOT HOLD: see above.';
	const until = newestMs === undefined ? '' : `, the newest of ${new Date(newestMs).toISOString()}`;
	const rest = waiting === 0 ? '' : `; ${waiting} rows are newer than the tree`;
	return `The access log holds: ${size} rows agree with ${agreeing} checkpoints${until}${rest}.`;
}

function printNewest(dataDir: string): void {
	const newest = readCheckpoints(join(dataDir, CHECKPOINTS_FILE)).at(-1);
	if (newest === undefined) throw new Stop('No checkpoint was signed yet.');
	process.stdout.write(newest);
}

process.umask(0o077);
main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : 'unknown reason');
	process.exitCode = error instanceof Stop ? 2 : 1;
});
