import { createHash, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesToSign, SIGNATURE_BYTES } from './entry.ts';
import { JOURNAL_START, tipToSign } from './journal.ts';
import { keyIdOf, P256, PUBLIC_KEY_BYTES, webCryptoSigner, webCryptoVerifier } from './signing.ts';

async function createKey() {
	const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
	const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
	return { publicKey: new Uint8Array(raw), sign: webCryptoSigner(pair.privateKey), pair };
}

const entry = new TextEncoder().encode('an entry');

describe('a key', () => {
	it('is known by the first 16 bytes of the SHA-256 of its point', async () => {
		const { publicKey } = await createKey();
		expect(publicKey).toHaveLength(PUBLIC_KEY_BYTES);
		const hash = createHash('sha256').update(publicKey).digest().subarray(0, 16);
		expect(keyIdOf(publicKey)).toBe(hash.toString('base64url'));
	});
});

describe('a signature', () => {
	it('is 64 bytes of ES256 that any other implementation verifies', async () => {
		const { sign, pair } = await createKey();
		const signature = await sign(bytesToSign(entry));
		expect(signature).toHaveLength(SIGNATURE_BYTES);
		const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
		const key = {
			key: Buffer.from(spki),
			format: 'der',
			type: 'spki',
			dsaEncoding: 'ieee-p1363'
		} as const;
		expect(verify('sha256', bytesToSign(entry), key, signature)).toBe(true);
	});

	it('is verified by the key that made it and by no other', async () => {
		const [mine, other] = await Promise.all([createKey(), createKey()]);
		const verifies = webCryptoVerifier();
		const signature = await mine.sign(bytesToSign(entry));
		expect(await verifies(mine.publicKey, bytesToSign(entry), signature)).toBe(true);
		expect(await verifies(other.publicKey, bytesToSign(entry), signature)).toBe(false);
	});

	it('fails with any change of bytes or signature', async () => {
		const { publicKey, sign } = await createKey();
		const verifies = webCryptoVerifier();
		const signature = await sign(bytesToSign(entry));
		const changed = entry.slice();
		changed[0] = (changed[0] ?? 0) ^ 1;
		expect(await verifies(publicKey, bytesToSign(changed), signature)).toBe(false);
		const forged = signature.slice();
		forged[63] = (forged[63] ?? 0) ^ 1;
		expect(await verifies(publicKey, bytesToSign(entry), forged)).toBe(false);
		expect(await verifies(publicKey, bytesToSign(entry), new Uint8Array(64))).toBe(false);
		expect(await verifies(publicKey, bytesToSign(entry), new Uint8Array(0))).toBe(false);
	});

	it('of an entry is never one of a journal or of the bare bytes', async () => {
		const { publicKey, sign } = await createKey();
		const verifies = webCryptoVerifier();
		const tip = { n: 1, link: JOURNAL_START };
		const signature = await sign(bytesToSign(entry));
		expect(await verifies(publicKey, entry, signature)).toBe(false);
		expect(await verifies(publicKey, tipToSign(tip), signature)).toBe(false);
		const asTip = await sign(tipToSign(tip));
		expect(await verifies(publicKey, bytesToSign(tipToSign(tip)), asTip)).toBe(false);
	});

	it('by a key that is none is simply not verified', async () => {
		const verifies = webCryptoVerifier();
		for (const key of [new Uint8Array(0), new Uint8Array(65), new Uint8Array(65).fill(4)])
			expect(await verifies(key, entry, new Uint8Array(64))).toBe(false);
	});

	it('is verified also when the cache of keys holds one key only', async () => {
		const keys = await Promise.all([createKey(), createKey(), createKey()]);
		const verifies = webCryptoVerifier(1);
		for (const { publicKey, sign } of [...keys, ...keys])
			expect(await verifies(publicKey, entry, await sign(entry))).toBe(true);
	});
});
