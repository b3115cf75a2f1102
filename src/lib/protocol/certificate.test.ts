import { describe, expect, it } from 'vitest';
import { bytesToId, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import {
	base64urlToBytes,
	bytesToBase64url,
	certificateToText,
	encodeCertificate,
	readCertificate,
	textToCertificate,
	type CertificateContent
} from './certificate.ts';

const publicKey = Uint8Array.from({ length: 65 }, (_, at) => (at === 0 ? 4 : at));
const device = bytesToId<DeviceId>(new Uint8Array(16).fill(7));
const person = bytesToId<PersonId>(new Uint8Array(16).fill(9));
const ofDevice: CertificateContent = {
	subject: 'device',
	device,
	number: 2,
	facility: '01234',
	publicKey,
	fromMs: 1_795_000_000_000
};
const ofPerson: CertificateContent = {
	subject: 'person',
	key: keyIdOf(publicKey),
	publicKey,
	person,
	device,
	role: 'nurse',
	facility: '01234',
	fromMs: 1_795_000_000_000
};

describe('a certificate', () => {
	it('reads back what was written, of a device and of a person', () => {
		expect(readCertificate(encodeCertificate(ofDevice))).toEqual(ofDevice);
		expect(readCertificate(encodeCertificate(ofPerson))).toEqual(ofPerson);
	});

	it('is nothing when a byte is missing, added or not canonical', () => {
		const bytes = encodeCertificate(ofDevice);
		expect(readCertificate(bytes.subarray(1))).toBeUndefined();
		expect(readCertificate(Uint8Array.from([...bytes, 0]))).toBeUndefined();
		expect(readCertificate(new Uint8Array(2_000))).toBeUndefined();
	});

	it('travels as text and has one spelling', () => {
		const certificate = {
			bytes: encodeCertificate(ofDevice),
			signature: new Uint8Array(64).fill(3)
		};
		const text = certificateToText(certificate);
		expect(textToCertificate(text)).toEqual(certificate);
		for (const wrong of ['', '.', 'a.b', `${text}A`, text.slice(0, -1), `${text}.x`, `=${text}`])
			expect(textToCertificate(wrong)).toBeUndefined();
	});

	it('refuses base64url whose last character carries hidden bits', () => {
		expect(base64urlToBytes('AA')).toEqual(new Uint8Array(1));
		expect(base64urlToBytes('AB')).toBeUndefined();
		expect(bytesToBase64url(Uint8Array.of(251, 255))).toBe('-_8');
	});
});
