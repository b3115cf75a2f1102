/**
 * The server's own signature. It stands in a file of its own, apart from the database and its backups:
 * who restores an older database still knows every device and person it ever vouched for.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	writeSync
} from 'node:fs';
import { dirname } from 'node:path';
import {
	certificateToSign,
	encodeCertificate,
	type CertificateContent
} from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';

const OWNER_ONLY = 0o600;

export interface IssuingKey {
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
	issue(content: CertificateContent): Certificate;
}

/** Reads the key, or makes it when there is none yet. Throws when the file is not a P-256 key. */
export function openIssuingKey(file: string): IssuingKey {
	if (!existsSync(file)) writeNewKey(file);
	chmodSync(file, OWNER_ONLY);
	return issuingKeyOfPem(readFileSync(file, 'utf8'));
}

/** A key from its PEM text. Throws when it is not a P-256 key. */
export function issuingKeyOfPem(pem: string): IssuingKey {
	const privateKey = createPrivateKey(pem);
	if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
		throw new Error('the issuing key is not a P-256 key');
	const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
	return {
		publicKey: pointOf(jwk.x ?? '', jwk.y ?? ''),
		issue(content) {
			const bytes = encodeCertificate(content);
			const signature = sign('sha256', certificateToSign(bytes), {
				key: privateKey,
				dsaEncoding: 'ieee-p1363'
			});
			return { bytes, signature: new Uint8Array(signature) };
		}
	};
}

export function createIssuingKeyPem(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** On disk before anything is signed with it: a lost key would orphan every certificate. */
function writeNewKey(file: string): void {
	const handle = openSync(file, 'wx', OWNER_ONLY);
	writeSync(handle, createIssuingKeyPem());
	fsyncSync(handle);
	closeSync(handle);
	const folder = openSync(dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}

function pointOf(x: string, y: string): Uint8Array {
	const point = new Uint8Array(65);
	point[0] = 4;
	point.set(Buffer.from(x, 'base64url'), 1);
	point.set(Buffer.from(y, 'base64url'), 33);
	return point;
}
