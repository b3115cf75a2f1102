/**
 * The key that signs checkpoints of the access log. Its file stands beside the issuing key, apart from the database:
 * whoever can write the one cannot sign for it with the other. It may hold several keys, the newest first: all of them
 * sign while readers change from one to the next. Public halves are never forgotten, so old checkpoints still verify.
 */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText, logKeyText, readLogKey } from '#lib/protocol/checkpoint.ts';
import { LOG_KEY_FILE, LOG_KEYS_FILE } from './files.ts';
import { createIssuingKeyPem, publicPointOf, writeKeyFile } from './issuing-key.ts';

const OWNER_ONLY = 0o600;
const PEM = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g;

export interface LogKey {
	/** Uncompressed points of the keys in use, the newest first. */
	publicKeys: readonly Uint8Array[];
	/** The whole text of the checkpoint. */
	sign(body: string): string;
}

/** The key is not there or is none. The text is a sentence that names the file and says what to do. */
export class LogKeyFailure extends Error {}

/** Reads the key, or makes the first one. Throws `LogKeyFailure`. */
export function openLogKey(dataDir: string): LogKey {
	const file = join(dataDir, LOG_KEY_FILE);
	if (!existsSync(file)) {
		if (readLogKeys(dataDir).length > 0)
			throw new LogKeyFailure(
				`The key of the access log ${file} is missing, but checkpoints were signed with it: put it back, or make a new one with npm run audit -- new-key.`
			);
		writeKeyFile(file, createIssuingKeyPem());
	}
	const pems = readFileSync(file, 'utf8').match(PEM) ?? [];
	const keys = pems.flatMap((pem) => p256KeyOf(pem) ?? []);
	if (keys.length === 0 || keys.length < pems.length)
		throw new LogKeyFailure(
			`The key of the access log ${file} is not a P-256 key in PEM: put the right file back.`
		);
	const publicKeys = keys.map((key) => publicPointOf(key));
	rememberKeys(dataDir, publicKeys);
	return {
		publicKeys,
		sign: (body) => {
			const signatures = keys.map((key, index) => ({
				publicKey: publicKeys[index] ?? new Uint8Array(),
				der: new Uint8Array(sign('sha256', Buffer.from(body), key))
			}));
			return checkpointText(body, signatures);
		}
	};
}

/** From the next start on a new key signs, and beside it those that signed until now. */
export function addLogKey(dataDir: string): void {
	const file = join(dataDir, LOG_KEY_FILE);
	const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
	writeKeyFile(file, createIssuingKeyPem() + before);
	openLogKey(dataDir);
}

/** Every key that ever signed here. */
export function readLogKeys(dataDir: string): Uint8Array[] {
	const file = join(dataDir, LOG_KEYS_FILE);
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, 'utf8').split('\n');
	return lines.flatMap((line) => readLogKey(line) ?? []);
}

function rememberKeys(dataDir: string, keys: readonly Uint8Array[]): void {
	const known = new Set(readLogKeys(dataDir).map(logKeyText));
	const lines = keys.map(logKeyText).filter((line) => !known.has(line));
	if (lines.length === 0) return;
	const text = lines.map((line) => `${line}\n`).join('');
	appendFileSync(join(dataDir, LOG_KEYS_FILE), text, { mode: OWNER_ONLY, flush: true });
}

function p256KeyOf(pem: string): KeyObject | undefined {
	try {
		const key = createPrivateKey(pem);
		return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
	} catch {
		return undefined;
	}
}
