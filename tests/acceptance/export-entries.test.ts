/** What a nurse signed, given out as plain files: openssl verifies it, without this software. */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import {
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';

const folder = newDataDir();
const dataDir = join(folder, 'data');
const out = join(folder, 'out');
let server: RunningServer;
let nurse: TestDevice;
let book: BookId;

beforeAll(async () => {
	await seedStaff(dataDir, [NURSE_A]);
	server = await startServer({ dataDir });
	nurse = await signInDevice(server.url, NURSE_A);
	book = newBook();
	const push = [await nurse.note(book, 'Bé hết sốt'), await nurse.note(book, 'Hẹn tiêm nhắc')];
	await nurse.sync({ push, credit: 0 });
	expect(run('entries', '--book', book, '--to', out).code).toBe(0);
}, 60_000);
afterAll(async () => {
	await server.kill();
	rmSync(folder, { recursive: true });
});

function run(...parameters: string[]): { code: number; said: string } {
	try {
		const said = execFileSync(process.execPath, ['sync-server/jobs/export.ts', ...parameters], {
			cwd: join(import.meta.dirname, '../..'),
			env: { ...process.env, DATA_DIR: dataDir },
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe']
		});
		return { code: 0, said };
	} catch (error) {
		const { status, stderr } = error as { status: number; stderr: string };
		return { code: status, said: stderr };
	}
}

/** The command of README.txt, by openssl where the machine has it and always by Node's own crypto. */
function isVerified(key: string, signature: string, content: string): boolean {
	const read = (name: string) => readFileSync(join(out, name));
	const isSigned = verify('sha256', read(content), createPublicKey(read(key)), read(signature));
	if (hasOpenssl()) expect(opensslSays(key, signature, content)).toBe(isSigned);
	return isSigned;
}

function opensslSays(key: string, signature: string, content: string): boolean {
	const words = ['dgst', '-sha256', '-verify', key, '-signature', signature, content];
	try {
		return execFileSync('openssl', words, { cwd: out, encoding: 'utf8' }) === 'Verified OK\n';
	} catch {
		return false;
	}
}

function hasOpenssl(): boolean {
	return (process.env['PATH'] ?? '').split(':').some((path) => existsSync(join(path, 'openssl')));
}

const lines = () => readFileSync(join(out, 'entries.tsv'), 'utf8').trimEnd().split('\n').slice(1);
const keyId = () => nurse.author.key;

describe('signed entries in an export', () => {
	it('verify by the key of the nurse, with a standard tool', () => {
		expect(lines()).toHaveLength(2);
		for (const number of ['0001', '0002'])
			expect(isVerified(`key-${keyId()}.pem`, `${number}.sig`, `${number}.bin`)).toBe(true);
	});

	it('do not verify once a letter was changed, or with the signature of another entry', () => {
		const altered = readFileSync(join(out, '0001.bin'));
		altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
		writeFileSync(join(out, 'altered.bin'), altered, { mode: 0o600 });
		expect(isVerified(`key-${keyId()}.pem`, '0001.sig', 'altered.bin')).toBe(false);
		expect(isVerified(`key-${keyId()}.pem`, '0002.sig', '0001.bin')).toBe(false);
		expect(isVerified('issuing-key.pem', '0001.sig', '0001.bin')).toBe(false);
	});

	it('come with the word of the server on whose key it is, which verifies the same way', () => {
		const name = `certificate-${keyId()}`;
		expect(isVerified('issuing-key.pem', `${name}.sig`, `${name}.bin`)).toBe(true);
		expect(
			readFileSync(join(out, `${name}.bin`)).includes(Buffer.from(nurse.personKey.publicKey))
		).toBe(true);
	});

	it('are the very entries, named by their id, with what stands in them in a table', () => {
		for (const line of lines()) {
			const [number = '', id, kind, , recorded, role, facility, key, sha256] = line.split('\t');
			const entry = readFileSync(join(out, `${number}.cbor`));
			expect(entryIdOf(entry)).toBe(id);
			expect(createHash('sha256').update(entry).digest('hex')).toBe(sha256);
			expect(readFileSync(join(out, `${number}.bin`)).subarray(-entry.length)).toEqual(entry);
			expect([kind, role, facility, key]).toEqual(['note', 'nurse', NURSE_A.facility, keyId()]);
			expect(Date.parse(recorded ?? '')).toBeLessThanOrEqual(Date.now());
		}
	});

	it('can be read by the operator alone, and the family sees in the access log that they were given out', async () => {
		for (const name of ['.', ...readdirSync(out)])
			expect({ name, open: statSync(join(out, name)).mode & 0o077 }).toEqual({ name, open: 0 });
		await server.stop();
		const rows = await withStorage(dataDir, (storage) =>
			storage.listAudit({ book, action: 'deliver', limit: 9 })
		);
		expect(rows).toMatchObject([{ role: 'operator', book, detail: 'export entries=2' }]);
		server = await startServer({ dataDir });
	});

	it('are not given out of a book that is not there, into a folder that is, or on a wrong word', () => {
		expect(run('entries', '--book', newBook(), '--to', join(folder, 'x'))).toEqual({
			code: 2,
			said: 'There is no such book. Nothing was done.\n'
		});
		expect(run('entries', '--book', book, '--to', out).said).toContain('is already there');
		expect(run('entries', '--book', '../x', '--to', join(folder, 'x')).said).toContain(
			'not the id'
		);
		expect(run('entries', '--book', book).code).toBe(2);
		expect(run().code).toBe(2);
		expect(existsSync(join(folder, 'x'))).toBe(false);
	});
});
