import {
	createSign,
	generateKeyPairSync,
	verify as verifyWithNode,
	createPublicKey
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import {
	checkpointBody,
	checkpointText,
	logKeyText,
	readCheckpoint,
	readLogKey,
	signersOf,
	type Checkpoint
} from './checkpoint.ts';

const CHECKPOINT: Checkpoint = {
	size: 1234,
	root: new Uint8Array(32).fill(7),
	atMs: 1_796_033_409_256,
	epochs: [
		{ epoch: '0a0b0c0d0e0f', rows: 0 },
		{ epoch: '101112131415', rows: 800 }
	]
};
const verify = webCryptoVerifier();

function newKey() {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const point = Buffer.concat([
		Buffer.from([4]),
		Buffer.from(x, 'base64url'),
		Buffer.from(y, 'base64url')
	]);
	return {
		publicKey: new Uint8Array(point),
		sign: (body: string) => new Uint8Array(createSign('sha256').update(body).sign(privateKey))
	};
}

function signed(body: string, ...keys: ReturnType<typeof newKey>[]): string {
	const signatures = keys.map(({ publicKey, sign }) => ({ publicKey, der: sign(body) }));
	return checkpointText(body, signatures);
}

describe('a checkpoint', () => {
	it('is text that says the same again, in the form of a signed note', () => {
		const text = signed(checkpointBody(CHECKPOINT), newKey());
		expect(readCheckpoint(text)).toEqual(CHECKPOINT);
		const [origin, size, root, time, ...rest] = text.split('\n');
		expect([origin, size, time]).toEqual([
			'so-suc-khoe/access-log/101112131415',
			'1234',
			'time 1796033409256'
		]);
		expect(root).toBe(Buffer.from(CHECKPOINT.root).toString('base64'));
		expect(rest.slice(0, 3)).toEqual(['epoch 0a0b0c0d0e0f 0', 'epoch 101112131415 800', '']);
		expect(rest[3]).toMatch(/^— so-suc-khoe\/access-log [A-Za-z0-9+/]+=*$/);
	});

	it('is known by each key that signed it, and by no other', async () => {
		const [one, two, other] = [newKey(), newKey(), newKey()];
		for (let n = 0; n < 20; n++) {
			const text = signed(checkpointBody({ ...CHECKPOINT, size: n }), one, two);
			const keys = [other, two, one].map(({ publicKey }) => publicKey);
			expect(await signersOf(text, keys, verify)).toEqual([two.publicKey, one.publicKey]);
		}
	});

	it('is not genuine once anything in it is changed', async () => {
		const key = newKey();
		const text = signed(checkpointBody(CHECKPOINT), key);
		for (const changed of [
			text.replace('1234', '1235'),
			text.replace('epoch 101112131415 800', 'epoch 101112131415 700'),
			text.replace('time 17', 'time 18'),
			text.replace('epoch 0a0b0c0d0e0f 0\n', '')
		]) {
			expect(readCheckpoint(changed)).toBeDefined();
			expect(await signersOf(changed, [key.publicKey], verify)).toEqual([]);
		}
	});

	it('is not read where it is none', () => {
		const text = signed(checkpointBody(CHECKPOINT), newKey());
		for (const other of [
			'',
			'so-suc-khoe/access-log',
			text.slice(0, 60),
			text.replace('/101112131415', '/0a0b0c0d0e0f'),
			text.replace('\n1234\n', '\n01234\n'),
			` ${text}`
		])
			expect(readCheckpoint(other)).toBeUndefined();
	});

	it('can be checked with standard tools: the key is an SPKI, the signature DER over the text', () => {
		const key = newKey();
		const text = signed(checkpointBody(CHECKPOINT), key);
		const spki = Buffer.from(logKeyText(key.publicKey).split('+').slice(2).join('+'), 'base64');
		const publicKey = createPublicKey({ key: spki.subarray(1), format: 'der', type: 'spki' });
		const [body = '', line = ''] = text.split('\n\n');
		const signature = Buffer.from(line.trim().split(' ')[2] ?? '', 'base64').subarray(4);
		expect(verifyWithNode('sha256', Buffer.from(`${body}\n`), publicKey, signature)).toBe(true);
	});

	it('has a key that reads as it was written', () => {
		const { publicKey } = newKey();
		expect(readLogKey(logKeyText(publicKey))).toEqual(publicKey);
		expect(readLogKey(logKeyText(publicKey).replace('access', 'excess'))).toBeUndefined();
		expect(readLogKey('')).toBeUndefined();
	});
});
