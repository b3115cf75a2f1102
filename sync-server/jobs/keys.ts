/**
 * npm run keys -- list              which keys this server has, and since how many of each
 * npm run keys -- replace issuing   a new key vouches for devices and people; what the former one gave out still counts
 * npm run keys -- replace sealing   tablets seal to a new key from their next sign-in on; the former ones still open
 * npm run keys -- replace log       a new key signs checkpoints, beside the one before
 *
 * Works beside a running server, which takes the new key at its next start. No tablet has to be online for it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ISSUING_KEY_FILE, LOG_KEY_FILE, TABLET_SECRET_FILE } from '../auth/files.ts';
import { issuingKeyOfPem, replaceIssuingKey } from '../auth/issuing-key.ts';
import { addLogKey, readLogKeys } from '../auth/log-key.ts';
import { openSealingKey, replaceSealingKey } from '../auth/sealing-key.ts';
import { dataDirectoryOf } from '../storage/sqlite/files.ts';

const USAGE = `Usage:
  npm run keys -- list                            fingerprints of the keys in force and of those before
  npm run keys -- replace issuing|sealing|log     from the next start of the server on a new one is in force`;
const SECRET_BYTES = 32;

class Stop extends Error {}

function main([command, which, ...rest]: string[]): void {
	if (rest.length > 0) throw new Stop(USAGE);
	const dataDir = dataDirectoryOf(process.env);
	for (const file of [ISSUING_KEY_FILE, TABLET_SECRET_FILE, LOG_KEY_FILE])
		if (!existsSync(join(dataDir, file)))
			throw new Stop(
				`There is no ${file} in ${dataDir}: a server makes its keys at its first start.`
			);
	if (command === 'list' && which === undefined) return list(dataDir);
	if (command !== 'replace') throw new Stop(USAGE);
	switch (which) {
		case 'issuing':
			replaceIssuingKey(join(dataDir, ISSUING_KEY_FILE));
			break;
		case 'sealing':
			replaceSealingKey(dataDir, randomBytes(SECRET_BYTES));
			break;
		case 'log':
			addLogKey(dataDir);
			break;
		case undefined:
		default:
			throw new Stop(USAGE);
	}
	list(dataDir);
	console.log('In force from the next start of the server on. Back the new files up now.');
}

function list(dataDir: string): void {
	const issuing = issuingKeyOfPem(readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8'));
	const sealing = openSealingKey(dataDir, randomBytes);
	console.log(
		`issuing  ${fingerprintOf(issuing.publicKey)}, ${issuing.formerKeys.length} before it`
	);
	console.log(`sealing  ${fingerprintOf(sealing.publicKey)}, ${sealing.formerCount} before it`);
	console.log(`log      ${readLogKeys(dataDir).length} so far`);
}

/** The first letters of the SHA-256 of the point. */
function fingerprintOf(point: Uint8Array): string {
	return createHash('sha256').update(point).digest('hex').slice(0, 16);
}

process.umask(0o077);
try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : 'unknown reason');
	process.exitCode = error instanceof Stop ? 2 : 1;
}
