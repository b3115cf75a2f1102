/**
 * The server's own signature. It stands in a file of its own, apart from the database and its backups:
 * who restores an older database still knows every device and person it ever vouched for. Below the key that signs
 * stand the public halves of those that signed before, so that nobody has to sign in anew when it is replaced.
 */
import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
	type KeyObject
} from 'node:crypto';
import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync
} from 'node:fs';
import { dirname } from 'node:path';
import {
	certificateToSign,
	encodeCertificate,
	type CertificateContent
} from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';

const OWNER_ONLY = 0o600;
const PUBLIC_PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

export interface IssuingKey {
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
	/** Points of the keys that signed before it, the newest first. */
	formerKeys: readonly Uint8Array[];
	issue(content: CertificateContent): Certificate;
}

/** The key is not there or is none. The text is a sentence that names the file and says what to do. */
export class IssuingKeyFailure extends Error {}

/** Reads the key, or makes it where nobody needs an earlier one. Throws `IssuingKeyFailure`. */
export async function openIssuingKey(
	file: string,
	mayMake: () => Promise<boolean>
): Promise<IssuingKey> {
	if (!existsSync(file)) {
		if (!(await mayMake()))
			throw new IssuingKeyFailure(
				`The issuing key ${file} is missing, but tablets trust it: put it back, or start with --new-issuing-key, and everybody signs in again on every tablet.`
			);
		writeKeyFile(file, createIssuingKeyPem());
	}
	chmodSync(file, OWNER_ONLY);
	try {
		return issuingKeyOfPem(readFileSync(file, 'utf8'));
	} catch {
		throw new IssuingKeyFailure(
			`The issuing key ${file} is not a P-256 key in PEM: put the right file back.`
		);
	}
}

/** A key from its PEM text, with the public halves of earlier ones below. Throws when one is not a P-256 key. */
export function issuingKeyOfPem(pem: string): IssuingKey {
	const privateKey = createPrivateKey(pem);
	const formerKeys = (pem.match(PUBLIC_PEM) ?? []).map(pointOfPem);
	if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
		throw new Error('the issuing key is not a P-256 key');
	return {
		publicKey: publicPointOf(privateKey),
		formerKeys,
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

/** From the next start on a new key signs. Of the one before only what verifies stays: nobody signs with it again. */
export function replaceIssuingKey(file: string): void {
	const before = readFileSync(file, 'utf8');
	issuingKeyOfPem(before);
	const former = createPublicKey(before).export({ type: 'spki', format: 'pem' }).toString();
	const earlier = (before.match(PUBLIC_PEM) ?? []).map((pem) => `${pem}\n`);
	writeKeyFile(file, [createIssuingKeyPem(), former, ...earlier].join(''));
}

/** On disk before anything is signed with it: a lost key would orphan every certificate. Under its name
 * only when it is whole, so that a power cut leaves no half key. */
export function writeKeyFile(file: string, pem: string): void {
	const partial = `${file}.partial`;
	writeFileSync(partial, pem, { mode: OWNER_ONLY, flush: true });
	renameSync(partial, file);
	const folder = openSync(dirname(file), 'r');
	fsyncSync(folder);
	closeSync(folder);
}

/** Uncompressed P-256 point, 65 bytes. */
export function publicPointOf(privateKey: KeyObject): Uint8Array {
	return pointOf(createPublicKey(privateKey));
}

function pointOfPem(pem: string): Uint8Array {
	const key = createPublicKey(pem);
	if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
		throw new Error('an earlier issuing key is not a P-256 key');
	return pointOf(key);
}

function pointOf(publicKey: KeyObject): Uint8Array {
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const point = new Uint8Array(65);
	point[0] = 4;
	point.set(Buffer.from(x, 'base64url'), 1);
	point.set(Buffer.from(y, 'base64url'), 33);
	return point;
}
