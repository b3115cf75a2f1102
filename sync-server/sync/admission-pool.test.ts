import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesToSign } from '#lib/entry/entry.ts';
import { createAdmissionPool, WAITING_ENTRIES_MAX } from './admission-pool.ts';
import { createInlineExaminer } from './examine.ts';
import { bookOf, createWriter } from './sync.fixture.ts';
import { createVerifier } from './verify-signature.ts';

const pool = createAdmissionPool(2);
afterAll(() => pool.close());

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const jwk = publicKey.export({ format: 'jwk' });
const point = Uint8Array.from([
	4,
	...Buffer.from(jwk.x ?? '', 'base64url'),
	...Buffer.from(jwk.y ?? '', 'base64url')
]);

describe('the admission pool', () => {
	it('reads in other threads what it reads in this one, in order', async () => {
		const writer = createWriter(3);
		const entries = Array.from({ length: 170 }, (_, at) =>
			at % 7 === 0 ? Uint8Array.of(at) : writer.note(bookOf(at)).entry
		);
		const inline = createInlineExaminer(createVerifier());
		expect(await pool.read(entries)).toEqual(await inline.read(entries));
	});

	it('tells genuine signatures from others', async () => {
		const claims = Array.from({ length: 120 }, (_, at) => {
			const entry = Uint8Array.of(at);
			const options = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
			const signature = new Uint8Array(sign('sha256', bytesToSign(entry), options));
			if (at % 3 === 0) signature[10] = (signature[10] ?? 0) ^ 1;
			const isNoKey = at % 3 === 1;
			return { publicKey: isNoKey ? new Uint8Array(65) : point, entry, signature };
		});
		const are = await pool.verify(claims);
		expect(are).toEqual(claims.map((_, at) => at % 3 === 2));
	});

	it('examines a small push before the bulk that waits longer', async () => {
		const answered: string[] = [];
		const writer = createWriter(4);
		const entries = Array.from({ length: 2_000 }, () => writer.note(bookOf(1)).entry);
		const bulk = pool.read(entries).then(() => answered.push('bulk'));
		const small = pool.read(entries.slice(0, 20)).then(() => answered.push('small'));
		await Promise.all([bulk, small]);
		expect(answered).toEqual(['small', 'bulk']);
	});

	it('leaves the bytes it is given in place', async () => {
		const { entry } = createWriter(5).note(bookOf(1));
		const entries = Array.from({ length: 30 }, () => entry);
		await pool.read(entries);
		expect(entry.length).toBeGreaterThan(0);
	});

	it('says that it is busy instead of growing', async () => {
		const many = Array.from({ length: WAITING_ENTRIES_MAX + 1 }, () => Uint8Array.of(0));
		await expect(pool.read(many)).rejects.toMatchObject({ code: 'busy' });
	});
});
