import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { challengeIn, isWithoutCertificates } from './passkey-proof.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const attestation = (fmt: string, attStmt: object) =>
	text(encode({ fmt, attStmt, authData: new Uint8Array(37) }));
const sig = new Uint8Array(70);

describe('an attestation', () => {
	it('is read where it brings no certificate, of which lists would be fetched', () => {
		expect(isWithoutCertificates(attestation('none', {}))).toBe(true);
		expect(isWithoutCertificates(attestation('packed', { alg: -7, sig }))).toBe(true);
	});

	it.each([
		['of its maker', attestation('packed', { alg: -7, sig, x5c: [new Uint8Array(9)] })],
		['of a TPM', attestation('tpm', { ver: '2.0', sig })],
		['of Android', attestation('android-key', { alg: -7, sig, x5c: [] })],
		['of Apple', attestation('apple', { x5c: [new Uint8Array(9)] })],
		['of U2F', attestation('fido-u2f', { sig, x5c: [new Uint8Array(9)] })],
		['of no format', attestation('later', {})],
		['that is no map', text(encode([1, 2]))],
		['that is no CBOR', text(new Uint8Array([255, 255]))],
		['that is nothing', '']
	])('%s is not', (_whose, brought) => {
		expect(isWithoutCertificates(brought)).toBe(false);
	});
});

describe('the challenge that a browser states', () => {
	const said = (value: unknown) => text(Buffer.from(JSON.stringify(value)));

	it('is taken from what it says, and is none where it says something else', () => {
		expect(challengeIn(said({ challenge: 'AAAA' }))).toBe('AAAA');
		for (const other of [{}, { challenge: 7 }, null, [], 'AAAA'])
			expect(challengeIn(said(other))).toBeUndefined();
		expect(challengeIn(text(Buffer.from('{')))).toBeUndefined();
	});
});
