/**
 * Signed entries as plain files that any standard tool verifies, without this software: what was signed, the signature
 * in DER, the key in PEM, and the server's word on whose key it is, signed with its issuing key in the same way.
 */
import { createHash, createPublicKey } from 'node:crypto';
import type { KeyId } from '#lib/domain/ids.ts';
import { bytesToSign, readEntry } from '#lib/entry/entry.ts';
import { certificateToSign } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { LogEntry } from '../storage/storage.ts';
import { derOfSignature } from '../sync/verify-signature.ts';

export interface ExportedFile {
	name: string;
	content: Uint8Array | string;
}

export interface ExportMaterial {
	entries: readonly LogEntry[];
	/** Uncompressed points of the keys that signed, by their id. */
	publicKeys: ReadonlyMap<KeyId, Uint8Array>;
	/** What the issuing key said of them; a key from before the certificate log has none. */
	certificates: ReadonlyMap<KeyId, Certificate>;
	/** The newest first. */
	issuingKeys: readonly Uint8Array[];
}

const README = `Each line of entries.tsv is one entry. For the entry 0001, signed with the key KEY of its line:

  openssl dgst -sha256 -verify key-KEY.pem -signature 0001.sig 0001.bin

0001.bin is what was signed: the words "so-suc-khoe entry 1", a zero byte, then the entry itself, which stands alone in
0001.cbor (CBOR, RFC 8949; its first 16 bytes of SHA-256 are its id). Whose key it is, said by the server:

  openssl dgst -sha256 -verify issuing-key.pem -signature certificate-KEY.sig certificate-KEY.bin

Compare the SHA-256 of issuing-key.pem with the one that the operator has published. Where the server has replaced that
key, those before it stand in issuing-key-2.pem and on: one of them signed what it does not verify.
`;

/** Every file of the export. Throws when a signature has not its form. */
export function exportFiles(material: ExportMaterial): ExportedFile[] {
	const { entries, publicKeys, certificates, issuingKeys } = material;
	return [
		{ name: 'README.txt', content: README },
		{ name: 'entries.tsv', content: tableOf(entries) },
		...issuingKeys.map((key, at) => ({ name: issuingKeyName(at), content: pemOfPoint(key) })),
		...entries.flatMap(({ bytes, signature }, at) => {
			const name = numberOf(at);
			return [
				{ name: `${name}.cbor`, content: bytes },
				...signed(name, bytesToSign(bytes), signature)
			];
		}),
		...[...publicKeys].map(([key, point]) => ({
			name: `key-${key}.pem`,
			content: pemOfPoint(point)
		})),
		...[...certificates].flatMap(([key, { bytes, signature }]) =>
			signed(`certificate-${key}`, certificateToSign(bytes), signature)
		)
	];
}

function signed(name: string, bytes: Uint8Array, signature: Uint8Array): ExportedFile[] {
	const der = derOfSignature(signature);
	if (der === undefined) throw new Error(`the signature of ${name} has not its form`);
	return [
		{ name: `${name}.bin`, content: bytes },
		{ name: `${name}.sig`, content: der }
	];
}

function tableOf(entries: readonly LogEntry[]): string {
	const head = ['entry', 'id', 'kind', 'occurred', 'recorded', 'role', 'facility', 'key', 'sha256'];
	const lines = entries.map(({ id, bytes }, at) => {
		const read = readEntry(bytes);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		if (!read.ok) return [numberOf(at), id, '', '', '', '', '', '', sha256];
		const { envelope, content } = read.entry;
		const { author, occurred, recorded } = envelope;
		return [
			numberOf(at),
			id,
			content.kind,
			occurred,
			new Date(recorded.ms).toISOString(),
			author.role,
			author.facility ?? '',
			author.key,
			sha256
		];
	});
	return [head, ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

function issuingKeyName(at: number): string {
	return at === 0 ? 'issuing-key.pem' : `issuing-key-${at + 1}.pem`;
}

function numberOf(at: number): string {
	return String(at + 1).padStart(4, '0');
}

function pemOfPoint(point: Uint8Array): string {
	const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
		Buffer.from(half).toString('base64url')
	);
	const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
	return createPublicKey({ key: jwk, format: 'jwk' })
		.export({ type: 'spki', format: 'pem' })
		.toString();
}
