import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointBody, signersOf } from '#lib/protocol/checkpoint.ts';
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { LOG_KEY_FILE, LOG_KEYS_FILE } from './files.ts';
import { addLogKey, LogKeyFailure, openLogKey, readLogKeys } from './log-key.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'log-key-'));
});
afterEach(() => {
	rmSync(dataDir, { recursive: true });
});

const verify = webCryptoVerifier();
const BODY = checkpointBody({
	size: 1,
	root: new Uint8Array(32),
	atMs: 1,
	epochs: [{ epoch: '000000000001', rows: 0 }]
});

describe('the key of the access log', () => {
	it('is made once, and is the same afterwards', () => {
		const first = openLogKey(dataDir);
		expect(openLogKey(dataDir).publicKeys).toEqual(first.publicKeys);
		expect(readLogKeys(dataDir)).toEqual(first.publicKeys);
	});

	it('is not made anew where checkpoints were signed with another', () => {
		openLogKey(dataDir);
		rmSync(join(dataDir, LOG_KEY_FILE));
		expect(() => openLogKey(dataDir)).toThrow(LogKeyFailure);
		writeFileSync(join(dataDir, LOG_KEY_FILE), 'not a key');
		expect(() => openLogKey(dataDir)).toThrow(LogKeyFailure);
	});

	it('changes by signing with the new and the old one, then with the new one alone', async () => {
		const old = openLogKey(dataDir);
		const signedBefore = old.sign(BODY);
		addLogKey(dataDir);
		const both = openLogKey(dataDir);
		expect(both.publicKeys).toHaveLength(2);
		expect(both.publicKeys[1]).toEqual(old.publicKeys[0]);
		expect(await signersOf(both.sign(BODY), both.publicKeys, verify)).toHaveLength(2);

		const file = join(dataDir, LOG_KEY_FILE);
		const [newest = ''] = readFileSync(file, 'utf8').split(/(?<=END PRIVATE KEY-----\n)/);
		writeFileSync(file, newest);
		const alone = openLogKey(dataDir);
		expect(alone.publicKeys).toEqual([both.publicKeys[0]]);
		expect(await signersOf(alone.sign(BODY), old.publicKeys, verify)).toEqual([]);
		// What was signed before still verifies, with what is never forgotten.
		expect(await signersOf(signedBefore, readLogKeys(dataDir), verify)).toEqual(old.publicKeys);
		expect(readFileSync(join(dataDir, LOG_KEYS_FILE), 'utf8').trim().split('\n')).toHaveLength(2);
	});
});
