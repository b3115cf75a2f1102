/** A secret of this server in a file of its own: made at the first start, kept for ever. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;
const SECRET_BYTES = 32;

/** Throws when the file is not such a secret. */
export function openSecret(file: string, randomBytes: (count: number) => Uint8Array): Uint8Array {
	if (!existsSync(file)) writeNewSecret(file, randomBytes(SECRET_BYTES));
	const secret = Buffer.from(readFileSync(file, 'latin1').trim(), 'hex');
	if (secret.length !== SECRET_BYTES) throw new Error(`${file} is damaged`);
	return new Uint8Array(secret);
}

/** On disk before it is used: the audit names citizens by it. */
function writeNewSecret(file: string, secret: Uint8Array): void {
	const handle = openSync(file, 'wx', OWNER_ONLY);
	writeSync(handle, `${Buffer.from(secret).toString('hex')}\n`);
	fsyncSync(handle);
	closeSync(handle);
	const folder = openSync(dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}
