import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesToId, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { CertificateContent } from '#lib/protocol/certificate.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { createVerifier } from '../sync/verify-signature.ts';
import { openCertificateLog } from './certificate-log.ts';
import { registerCertificates } from './certificates.ts';
import { createIssuingKeyPem, issuingKeyOfPem } from './issuing-key.ts';

const directory = mkdtempSync(join(tmpdir(), 'certificate-log-'));
afterAll(() => rmSync(directory, { recursive: true }));

const issuingKey = issuingKeyOfPem(createIssuingKeyPem());
const publicKey = new Uint8Array(65).fill(4);
const device = bytesToId<DeviceId>(new Uint8Array(16).fill(1));
const person = bytesToId<PersonId>(new Uint8Array(16).fill(2));
const ofDevice: CertificateContent = {
	subject: 'device',
	device,
	number: 3,
	facility: '01001',
	publicKey,
	fromMs: 1
};
const ofPerson: CertificateContent = {
	subject: 'person',
	key: keyIdOf(publicKey),
	publicKey,
	person,
	device,
	role: 'nurse',
	facility: '01001',
	fromMs: 1
};

let files = 0;
const newFile = () => join(directory, `${++files}.log`);

describe('the certificate log', () => {
	it('keeps each subject once, over restarts, for its owner alone', async () => {
		const file = newFile();
		const log = openCertificateLog(file);
		await Promise.all([
			log.keep([issuingKey.issue(ofDevice)]),
			log.keep([issuingKey.issue(ofDevice)])
		]);
		await openCertificateLog(file).keep([issuingKey.issue(ofDevice), issuingKey.issue(ofPerson)]);
		expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
		expect(openCertificateLog(file).certificates).toHaveLength(2);
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	it('loses no line to one that was cut', async () => {
		const file = newFile();
		appendFileSync(file, 'AAAA.AA');
		await openCertificateLog(file).keep([issuingKey.issue(ofDevice)]);
		expect(openCertificateLog(file).certificates).toHaveLength(1);
	});

	it('says that the disk refused', async () => {
		const log = openCertificateLog(join(directory, 'nowhere', 'x.log'));
		await expect(log.keep([issuingKey.issue(ofDevice)])).rejects.toMatchObject({
			name: 'StorageFailure',
			code: 'io'
		});
	});

	it('brings back what this issuing key signed and nothing else', async () => {
		const storage = openMemoryStorage(createMemoryDisk(new Uint8Array(6)));
		const deps = { storage, verify: createVerifier(), issuingKey: issuingKey.publicKey };
		const stranger = issuingKeyOfPem(createIssuingKeyPem());
		await registerCertificates(deps, [stranger.issue(ofDevice), issuingKey.issue(ofPerson)]);
		expect(await storage.findDevice(device)).toBeUndefined();
		expect(await storage.findPersonKey(keyIdOf(publicKey))).toMatchObject({ person });
		await registerCertificates(deps, [issuingKey.issue(ofDevice)]);
		expect(await storage.findDevice(device)).toMatchObject({ number: 3 });
		expect(await storage.nextDeviceNumber('01001')).toBe(4);
	});
});
