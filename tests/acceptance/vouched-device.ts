/**
 * A device with genuine certificates for somebody whose role does not sign in on tablets (any more): what a person
 * holds whose account was given another role after they had signed in. The issuing key of the server vouches for both.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import { bytesToBase64url, certificateToText } from '#lib/protocol/certificate.ts';
import { ISSUING_KEY_FILE } from '../../sync-server/auth/files.ts';
import { issuingKeyOfPem, type IssuingKey } from '../../sync-server/auth/issuing-key.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import { STATION_A, STATION_B } from './start-server.ts';
import { createTestDevice, createTestKey, type TestDevice } from './test-device.ts';

export function issuingKeyIn(dataDir: string): IssuingKey {
	return issuingKeyOfPem(readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8'));
}

export async function vouchedDevice(
	url: string,
	issuingKey: IssuingKey,
	{ person, name, role, login, facility: code }: Account,
	number = 900
): Promise<TestDevice> {
	const [deviceKey, personKey] = [await createTestKey(), await createTestKey()];
	const id: string = keyIdOf(deviceKey.publicKey);
	const device = id as DeviceId;
	const stated = { device, facility: code, fromMs: Date.now() };
	const ofDevice = {
		subject: 'device',
		number,
		publicKey: deviceKey.publicKey,
		...stated
	} as const;
	const { publicKey } = personKey;
	const key = keyIdOf(publicKey);
	const ofPerson = issuingKey.issue({ subject: 'person', key, publicKey, person, role, ...stated });
	const facility = [STATION_A, STATION_B].find((one) => one.code === code) ?? STATION_A;
	const answer = {
		practitioner: { person, name, role, login },
		facility,
		device: { id, number, token: certificateToText(issuingKey.issue(ofDevice)) },
		certificate: {
			bytes: bytesToBase64url(ofPerson.bytes),
			signature: bytesToBase64url(ofPerson.signature)
		},
		// Given at a sign-in only; nothing that is asked with this device needs it.
		vault: { dataKey: '', pepper: '', leaseMs: 0, sealingKey: '' }
	};
	const vouched = createTestDevice(url, answer, deviceKey, personKey);
	await vouched.sync({ certificates: [ofPerson], credit: 0 });
	return vouched;
}

/** The same for one of the accounts a data directory was seeded with. */
export function vouchedIn(dataDir: string, url: string, accounts: Account[], login: string) {
	const account = accounts.find((one) => one.login === login);
	if (account === undefined) throw new Error(`nobody is called ${login}`);
	return vouchedDevice(url, issuingKeyIn(dataDir), account);
}
