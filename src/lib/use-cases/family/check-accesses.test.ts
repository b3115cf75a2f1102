/** A phone against a server that changes its story. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import {
	commitmentOf,
	hashLeaf,
	hashParts,
	nodesCompletedBy,
	planConsistency,
	planInclusion,
	planRoot,
	type TreeNode
} from '#lib/entry/merkle.ts';
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { encodeAccess } from '#lib/protocol/access-log.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { checkpointBody, checkpointText, readCheckpoint } from '#lib/protocol/checkpoint.ts';
import type { Accesses } from '#lib/protocol/citizen.ts';
import type { KeptCheckpoint, TellableAccess } from './access-list.ts';
import { checkAccesses, type CheckedAccesses } from './check-accesses.ts';

const BOOK = bytesToId<BookId>(new Uint8Array(16).fill(1));
const OTHER_BOOK = bytesToId<BookId>(new Uint8Array(16).fill(2));
const FIRST_LIFE = { epoch: 'aaaaaaaaaaaa', rows: 0 };
const verify = webCryptoVerifier();
const nothing = { kept: undefined, accesses: [] };

interface Row {
	detail: string;
	book?: BookId;
	action?: string;
}
const rows = (...details: string[]): Row[] => details.map((detail) => ({ detail, book: BOOK }));

function newKey() {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const point = Buffer.concat([
		Buffer.of(4),
		Buffer.from(x, 'base64url'),
		Buffer.from(y, 'base64url')
	]);
	return {
		publicKey: new Uint8Array(point),
		sign: (body: string) => new Uint8Array(createSign('sha256').update(body).sign(privateKey))
	};
}
type Key = ReturnType<typeof newKey>;
const KEY = newKey();

/** The log as a server keeps it, and what it answers. */
function logOf(
	all: Row[],
	{ epochs = [FIRST_LIFE], keys = [KEY] }: { epochs?: (typeof FIRST_LIFE)[]; keys?: Key[] } = {}
) {
	const leaves = all.map(({ detail, book, action = 'open' }, index) => {
		const bytes = encodeAccess({ at: index, action, detail, ...(book && { book }) });
		const salt = new Uint8Array(32).fill(index + 1);
		return { bytes, salt, hash: hashLeaf(commitmentOf(salt, bytes)) };
	});
	const nodes = new Map<string, Uint8Array>();
	const read = ({ level, place }: TreeNode) => nodes.get(`${level}/${place}`) ?? new Uint8Array(32);
	for (const [index, { hash }] of leaves.entries())
		for (const { node, hash: one } of nodesCompletedBy(index, hash, read))
			nodes.set(`${node.level}/${node.place}`, one);
	const size = leaves.length;
	const body = checkpointBody({
		size,
		root: hashParts(planRoot(size), read)[0] ?? new Uint8Array(32),
		atMs: size,
		epochs
	});
	const signatures = keys.map(({ publicKey, sign }) => ({ publicKey, der: sign(body) }));
	/** `known`: rows of the checkpoint that the phone keeps. */
	const answer = (known?: number, told = leaves.map((_, index) => index)): Accesses => ({
		checkpoint: checkpointText(body, signatures),
		keys: keys.map(({ publicKey }) => bytesToBase64url(publicKey)),
		...(known !== undefined && {
			consistency: hashParts(planConsistency(known, size), read).map(bytesToBase64url)
		}),
		books: [BOOK],
		accesses: [...told].reverse().map((index) => ({
			number: index + 1,
			bytes: bytesToBase64url(leaves[index]?.bytes ?? new Uint8Array()),
			salt: bytesToBase64url(leaves[index]?.salt ?? new Uint8Array()),
			proof: hashParts(planInclusion(index, size), read).map(bytesToBase64url)
		})),
		hasOlder: false,
		names: {}
	});
	return { answer };
}

async function keptOf(all: Row[], options?: Parameters<typeof logOf>[1]) {
	const first = await checkAccesses(logOf(all, options).answer(), nothing, verify);
	expect(first.verdict).toEqual({ type: 'first' });
	return { kept: first.keep, accesses: first.accesses } satisfies {
		kept: KeptCheckpoint | undefined;
		accesses: TellableAccess[];
	};
}
const reasonOf = ({ verdict }: CheckedAccesses): string =>
	verdict.type === 'broken' ? verdict.reason : verdict.type;

describe('who opened a book, checked by the phone', () => {
	it('is kept the first time, and holds when the log only grew', async () => {
		const before = await keptOf(rows('a', 'b', 'c'));
		const now = await checkAccesses(logOf(rows('a', 'b', 'c', 'd', 'e')).answer(3), before, verify);
		expect(now.verdict).toEqual({ type: 'holds' });
		expect(now.accesses.map(({ detail }) => detail)).toEqual(['e', 'd', 'c', 'b', 'a']);
		expect(readCheckpoint(now.keep?.text ?? '')?.size).toBe(5);
		const same = await checkAccesses(logOf(rows('a', 'b', 'c')).answer(3), before, verify);
		expect(same.verdict).toEqual({ type: 'holds' });
	});

	it('does not hold when a row was altered, removed, inserted or moved, and the old seal is kept', async () => {
		const before = await keptOf(rows('a', 'b', 'c'));
		for (const changed of [
			rows('a', 'X', 'c', 'd'),
			rows('a', 'c', 'd', 'e'),
			rows('a', 'X', 'b', 'c'),
			rows('b', 'a', 'c', 'd'),
			rows('a', 'b')
		]) {
			const known = Math.min(3, changed.length);
			const now = await checkAccesses(logOf(changed).answer(known), before, verify);
			expect(reasonOf(now)).toBe('history');
			expect(now.keep).toEqual(before.kept);
		}
		const unproven = await checkAccesses(logOf(rows('a', 'b', 'c', 'd')).answer(), before, verify);
		expect(reasonOf(unproven)).toBe('history');
	});

	it('does not hold when a row is not what its place says, or of another book', async () => {
		const log = logOf(rows('a', 'b', 'c'));
		const answer = log.answer();
		const [first] = answer.accesses;
		const forged = { ...(first ?? expect.unreachable()) };
		forged.bytes = bytesToBase64url(encodeAccess({ at: 0, action: 'open', detail: 'forged' }));
		for (const accesses of [
			[forged],
			[{ ...(first ?? expect.unreachable()), number: 2 }],
			[{ ...(first ?? expect.unreachable()), bytes: 'AAAA' }]
		])
			expect(reasonOf(await checkAccesses({ ...answer, accesses }, nothing, verify))).toBe('row');
		const other = logOf([{ detail: 'a', book: OTHER_BOOK }]).answer();
		expect(reasonOf(await checkAccesses(other, nothing, verify))).toBe('row');
	});

	it('does not hold when a row that was told once is left out, unless it is too old to be told', async () => {
		const before = await keptOf(rows('a', 'b', 'c'));
		const log = logOf(rows('a', 'b', 'c', 'd'));
		const leftOut = await checkAccesses(log.answer(3, [0, 2, 3]), before, verify);
		expect(reasonOf(leftOut)).toBe('left-out');
		const newest = { ...log.answer(3, [2, 3]), hasOlder: true };
		expect(reasonOf(await checkAccesses(newest, before, verify))).toBe('holds');
		expect(reasonOf(await checkAccesses(log.answer(3, [2, 3]), before, verify))).toBe('left-out');
	});

	it('does not mind that older rows of the family itself are left out', async () => {
		const own: Row = { detail: 'citizen list', book: BOOK, action: 'deliver' };
		const before = await keptOf([own, ...rows('b')]);
		const answer = logOf([own, ...rows('b', 'c')]).answer(2, [1, 2]);
		expect(reasonOf(await checkAccesses(answer, before, verify))).toBe('holds');
	});

	it('does not take a seal by a key that it does not know', async () => {
		const before = await keptOf(rows('a'));
		const foreign = logOf(rows('a', 'b'), { keys: [newKey()] }).answer(1);
		expect(reasonOf(await checkAccesses(foreign, before, verify))).toBe('seal');
		const unsigned = { ...logOf(rows('a')).answer(1), checkpoint: 'so-suc-khoe/access-log' };
		expect(reasonOf(await checkAccesses(unsigned, nothing, verify))).toBe('seal');
	});

	it('follows from one key to the next while both sign', async () => {
		const [next, thief] = [newKey(), newKey()];
		const before = await keptOf(rows('a'));
		const both = logOf(rows('a', 'b'), { keys: [next, KEY] }).answer(1);
		const during = await checkAccesses(both, before, verify);
		expect(during.verdict.type).toBe('holds');
		const after = { kept: during.keep, accesses: during.accesses };
		const alone = logOf(rows('a', 'b', 'c'), { keys: [next] }).answer(2);
		expect(reasonOf(await checkAccesses(alone, after, verify))).toBe('holds');
		const stolen = logOf(rows('a', 'b', 'c'), { keys: [thief] }).answer(2);
		expect(reasonOf(await checkAccesses(stolen, after, verify))).toBe('seal');
	});

	it('tells a restore from an older copy apart from rows that were taken out', async () => {
		const restored = [FIRST_LIFE, { epoch: 'bbbbbbbbbbbb', rows: 2 }];
		const before = await keptOf(rows('a', 'b', 'c'));
		const now = logOf(rows('a', 'b', 'X', 'Y'), { epochs: restored }).answer();
		const after = await checkAccesses(now, before, verify);
		expect(after.verdict).toEqual({ type: 'restored' });
		const again = logOf(rows('a', 'b', 'X', 'Y', 'Z'), { epochs: restored }).answer(4);
		const next = { kept: after.keep, accesses: after.accesses };
		expect(reasonOf(await checkAccesses(again, next, verify))).toBe('holds');

		// What the copy held already is compared as ever.
		const early = await keptOf(rows('a', 'b'));
		const whole = logOf(rows('a', 'b', 'X'), { epochs: restored }).answer(2);
		expect(reasonOf(await checkAccesses(whole, early, verify))).toBe('holds');
		const changed = logOf(rows('a', 'X', 'Y'), { epochs: restored }).answer(2);
		expect(reasonOf(await checkAccesses(changed, early, verify))).toBe('history');
		// Neither may a life of the store be forgotten.
		const forgotten = logOf(rows('a', 'b', 'X', 'Y', 'Z')).answer(4);
		expect(reasonOf(await checkAccesses(forgotten, next, verify))).toBe('history');
	});
});
