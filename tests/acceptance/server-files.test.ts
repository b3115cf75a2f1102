/** The files a server reads and writes: HTTPS, the issuing key, and who may read what it keeps. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDataDir, NURSE_A, seedStaff, startServer, type RunningServer } from './start-server.ts';
import { signInDevice } from './test-device.ts';
import { createTestCertificate } from './test-certificate.ts';

let folder: string;
let dataDir: string;
let server: RunningServer | undefined;

beforeEach(() => {
	folder = newDataDir();
	dataDir = join(folder, 'data');
});
afterEach(async () => {
	await server?.kill();
	server = undefined;
	rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}

/** The start ends with 1 and this one sentence. */
async function expectSentence(env: Record<string, string>, sentence: string): Promise<void> {
	const start = startServer({ dataDir, env });
	await expect(start).rejects.toThrow(`the server ended with 1:\n${sentence}\n`);
}

describe('HTTPS', () => {
	it('is spoken with the given certificate', async () => {
		const { cert, key } = createTestCertificate();
		const env = { TLS_CERT: write('cert.pem', cert), TLS_KEY: write('key.pem', key) };
		server = await startServer({ dataDir, env });
		expect(server.url).toMatch(/^https:/);
		const { url } = server;
		const answer = await new Promise<IncomingMessage>((resolve, reject) => {
			get(`${url}/api/health`, { ca: cert }, resolve).on('error', reject);
		});
		answer.resume();
		expect(answer.statusCode).toBe(200);
		expect(answer.headers['strict-transport-security']).toContain('max-age=');
	});

	it('with files that are wrong is refused in one sentence that names the file', async () => {
		const { cert, key } = createTestCertificate();
		const [good, garbage] = [write('cert.pem', cert), write('garbage.pem', 'garbage')];
		const foreign = write('foreign.pem', createTestCertificate().key);
		await expectSentence(
			{ TLS_CERT: garbage, TLS_KEY: write('key.pem', key) },
			`TLS_CERT holds no certificate in PEM: ${garbage}.`
		);
		await expectSentence(
			{ TLS_CERT: good, TLS_KEY: garbage },
			`TLS_KEY holds no private key in PEM (without a passphrase): ${garbage}.`
		);
		await expectSentence(
			{ TLS_CERT: good, TLS_KEY: foreign },
			`TLS_KEY ${foreign} is not the key of the certificate in TLS_CERT ${good}.`
		);
	});
});

describe('the issuing key', () => {
	it('is not replaced in silence when tablets trust it', async () => {
		await seedStaff(dataDir);
		const file = join(dataDir, 'issuing-key.pem');
		server = await startServer({ dataDir });
		const device = await signInDevice(server.url, NURSE_A);
		await server.stop();
		renameSync(file, `${file}.away`);
		const sentence = `The issuing key ${file} is missing, but tablets trust it: put it back, or start with --new-issuing-key, and everybody signs in again on every tablet.`;
		await expectSentence({}, sentence);
		rmSync(join(dataDir, 'certificates.log'));
		await expectSentence({}, sentence);

		server = await startServer({ dataDir, args: ['--new-issuing-key'] });
		const syncing = fetch(`${server.url}/api/sync`, {
			method: 'POST',
			headers: { authorization: `Bearer ${device.token}` }
		});
		expect((await syncing).status).toBe(401);
		await signInDevice(server.url, NURSE_A);
		await server.stop();
		expect(readFileSync(file, 'utf8')).not.toBe(readFileSync(`${file}.away`, 'utf8'));
		server = await startServer({ dataDir, args: ['--new-issuing-key'] });
		await signInDevice(server.url, NURSE_A);
	});

	it('that is empty is named', async () => {
		await seedStaff(dataDir);
		const file = join(dataDir, 'issuing-key.pem');
		writeFileSync(file, '');
		await expectSentence(
			{},
			`The issuing key ${file} is not a P-256 key in PEM: put the right file back.`
		);
	});
});

it('whatever the server and its commands write can be read by nobody else', async () => {
	const node = process.execPath;
	const env = { ...process.env, DATA_DIR: dataDir };
	server = await startServer({ dataDir, people: 20 });
	const backup = join(folder, 'backup.sqlite');
	execFileSync(node, ['sync-server/jobs/backup.ts', backup], { env });
	await server.stop();
	execFileSync(node, ['sync-server/jobs/restore.ts', backup], { env });
	execFileSync(node, ['sync-server/jobs/catalogue.ts', 'list'], {
		env: { ...env, DATA_DIR: join(folder, 'other') }
	});
	server = await startServer({ dataDir });
	const written = ['data', 'other'].flatMap((name) =>
		readdirSync(join(folder, name)).map((file) => join(name, file))
	);
	expect(written).toContain('data/store.sqlite-wal');
	for (const name of ['data', 'other', 'backup.sqlite', ...written])
		expect({ name, open: statSync(join(folder, name)).mode & 0o077 }).toEqual({ name, open: 0 });
});
