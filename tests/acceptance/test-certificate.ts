/** A self-signed certificate for localhost and 127.0.0.1, made anew: no key for tests lies in the repository. */
import { generateKeyPairSync, sign } from 'node:crypto';

const OID = {
	ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
	commonName: [0x55, 0x04, 0x03],
	subjectAltName: [0x55, 0x1d, 0x11]
};
const SEQUENCE = 0x30;
const SET = 0x31;
const DAY_MS = 86_400_000;

/** One element in DER: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	const { length } = body;
	const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from(head), body]);
}

const oid = (bytes: number[]) => der(0x06, Buffer.from(bytes));
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const integer = (value: number) => der(0x02, Buffer.of(value));

function utcTime(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replace(/[-:T]|\..*/g, '');
	return text(0x17, `${digits.slice(2)}Z`);
}

function pem(label: string, bytes: Buffer): string {
	const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

export function createTestCertificate(): { cert: string; key: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = der(SEQUENCE, oid(OID.ecdsaWithSha256));
	const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid(OID.commonName), text(0x0c, 'localhost'))));
	const validity = der(SEQUENCE, utcTime(Date.now() - DAY_MS), utcTime(Date.now() + DAY_MS));
	const hosts = der(SEQUENCE, text(0x82, 'localhost'), der(0x87, Buffer.of(127, 0, 0, 1)));
	const extension = der(SEQUENCE, oid(OID.subjectAltName), der(0x04, hosts));
	const stated = der(
		SEQUENCE,
		der(0xa0, integer(2)),
		integer(1),
		algorithm,
		name,
		validity,
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, der(SEQUENCE, extension))
	);
	const signature = der(0x03, Buffer.of(0), sign('sha256', stated, privateKey));
	return {
		cert: pem('CERTIFICATE', der(SEQUENCE, stated, algorithm, signature)),
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
	};
}
