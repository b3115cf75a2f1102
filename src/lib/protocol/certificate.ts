/**
 * Certificates: what the issuing key of a server says about a key. Canonical bytes and a signature, so
 * that they outlive the database: the issuing key is kept apart from it, and a restored server accepts
 * certificates it has no row for. A device's certificate is also its bearer token.
 */
import { z } from 'zod';
import { bytesToId, idToBytes, type DeviceId, type KeyId, type PersonId } from '#lib/domain/ids.ts';
import { facilityCodeSchema, roleSchema, type Role } from '#lib/domain/book/envelope.ts';
import { decodeCanonical, encodeCanonical, NotCanonical } from '#lib/entry/canonical.ts';
import { keyIdOf, PUBLIC_KEY_BYTES } from '#lib/entry/signing.ts';
import type { Certificate } from './messages.ts';

export const CERTIFICATE_VERSION = 1;
const CONTEXT = new TextEncoder().encode('so-suc-khoe certificate 1\0');
const CERTIFICATE_BYTES_MAX = 1_024;
const SIGNATURE_BYTES = 64;
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{1,1400}\.[A-Za-z0-9_-]{86}$/;

/** A tablet, browser or agent of a facility. */
export interface DeviceCertificate {
	subject: 'device';
	device: DeviceId;
	/** 1, 2, ... within the facility. */
	number: number;
	facility: string;
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
	fromMs: number;
}

/** A person's key on one device: what entries are signed with. */
export interface PersonCertificate {
	subject: 'person';
	key: KeyId;
	publicKey: Uint8Array;
	person: PersonId;
	device: DeviceId;
	role: Role;
	facility: string;
	fromMs: number;
}

export type CertificateContent = DeviceCertificate | PersonCertificate;

const bytes = (length: number) =>
	z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const idBytes = bytes(16);
const shape = {
	v: z.literal(CERTIFICATE_VERSION),
	device: idBytes,
	facility: facilityCodeSchema,
	publicKey: bytes(PUBLIC_KEY_BYTES),
	fromMs: z.number().int().min(0)
};
const contentSchema = z.discriminatedUnion('subject', [
	z.strictObject({
		...shape,
		subject: z.literal('device'),
		number: z.number().int().min(1).max(999)
	}),
	z.strictObject({ ...shape, subject: z.literal('person'), person: idBytes, role: roleSchema })
]);

/** The canonical bytes of a certificate, to be signed by the issuing key with `certificateToSign`. */
export function encodeCertificate(content: CertificateContent): Uint8Array {
	const stated = {
		v: CERTIFICATE_VERSION,
		subject: content.subject,
		device: idToBytes(content.device),
		facility: content.facility,
		publicKey: content.publicKey,
		fromMs: content.fromMs
	};
	if (content.subject === 'device') return encodeCanonical({ ...stated, number: content.number });
	return encodeCanonical({ ...stated, person: idToBytes(content.person), role: content.role });
}

/** What the bytes say, or nothing when they are no certificate. Proves nothing without the signature. */
export function readCertificate(certificateBytes: Uint8Array): CertificateContent | undefined {
	if (certificateBytes.length > CERTIFICATE_BYTES_MAX) return undefined;
	const parsed = contentSchema.safeParse(decoded(certificateBytes));
	if (!parsed.success) return undefined;
	const { v: _version, ...stated } = parsed.data;
	const device = bytesToId<DeviceId>(stated.device);
	if (stated.subject === 'device') return { ...stated, device };
	const person = bytesToId<PersonId>(stated.person);
	return { ...stated, device, person, key: keyIdOf(stated.publicKey) };
}

/** What the issuing key signs: a context that no other signature of this system shares, then the bytes. */
export function certificateToSign(certificateBytes: Uint8Array): Uint8Array {
	const toSign = new Uint8Array(CONTEXT.length + certificateBytes.length);
	toSign.set(CONTEXT);
	toSign.set(certificateBytes, CONTEXT.length);
	return toSign;
}

/** A certificate as text, for headers and JSON: `<base64url bytes>.<base64url signature>`. */
export function certificateToText(certificate: Certificate): string {
	return `${bytesToBase64url(certificate.bytes)}.${bytesToBase64url(certificate.signature)}`;
}

/** The certificate of a text, or nothing when it has not that form. */
export function textToCertificate(text: string): Certificate | undefined {
	if (!TOKEN_PATTERN.test(text)) return undefined;
	const [bytesText = '', signatureText = ''] = text.split('.');
	const certificateBytes = base64urlToBytes(bytesText);
	const signature = base64urlToBytes(signatureText);
	if (certificateBytes === undefined || signature?.length !== SIGNATURE_BYTES) return undefined;
	return { bytes: certificateBytes, signature };
}

/** Base64url without padding, as in tokens and JSON. */
export function bytesToBase64url(raw: Uint8Array): string {
	let binary = '';
	for (const byte of raw) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a base64url text in its one canonical form; nothing for any other text. */
export function base64urlToBytes(text: string): Uint8Array | undefined {
	if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	const raw = Uint8Array.from(binary, (char) => char.charCodeAt(0));
	return bytesToBase64url(raw) === text ? raw : undefined;
}

function decoded(certificateBytes: Uint8Array): unknown {
	try {
		return decodeCanonical(certificateBytes);
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}
