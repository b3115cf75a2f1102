/** The tree of the audit: folding, the nodes of proofs, and which rows are about a book. */
import { expect, it } from 'vitest';
import {
	commitmentOf,
	hashLeaf,
	hashParts,
	isIncluded,
	planInclusion,
	planRoot,
	type TreeNode
} from '#lib/entry/merkle.ts';
import { encodeAccess } from '#lib/protocol/access-log.ts';
import { AT_MS, batchOf, bookId, deviceId, entryOf, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { Access, AuditRow, ServerStorage } from './storage.ts';

const STATION = 'S0001';
const OTHER_STATION = 'S0002';
const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const foldAll = (storage: ServerStorage) => storage.foldAudit({ rowsMax: 100, seed: seed(1) });
const signIn = (n: number): AuditRow => ({
	at: AT_MS + n,
	action: 'sign-in',
	person: idOf(`person ${n % 3}`),
	role: 'nurse',
	facility: STATION,
	detail: `device=${n}`
});

async function readPlan(storage: ServerStorage, { parts }: { parts: TreeNode[][] }) {
	const hashes = await storage.readTreeNodes(parts.flat());
	const byNode = new Map(parts.flat().map((node, index) => [node, hashes[index]]));
	return hashParts({ parts }, (node) => byNode.get(node) ?? expect.unreachable());
}

async function rootOf(storage: ServerStorage, size: number): Promise<Uint8Array> {
	return (await readPlan(storage, planRoot(size)))[0] ?? expect.unreachable();
}

async function expectIncluded(storage: ServerStorage, access: Access, size: number) {
	const index = access.number - 1;
	const leaf = commitmentOf(access.salt, encodeAccess(access.row));
	const proof = await readPlan(storage, planInclusion(index, size));
	const tree = { size, root: await rootOf(storage, size) };
	expect(isIncluded(index, hashLeaf(leaf), tree, proof)).toBe(true);
}

export function auditTreeTests(openNew: OpenNew, openTwice: OpenTwice): void {
	foldingTests(openNew, openTwice);
	accessTests(openNew);
}

function foldingTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('folds the rows in their order, as many as asked, and goes on there', async () => {
		const storage = await openNew();
		expect((await storage.readAuditTree()).size).toBe(0);
		for (let n = 0; n < 5; n++) await storage.audit(signIn(n));
		expect(await storage.foldAudit({ rowsMax: 3, seed: seed(1) })).toEqual({
			type: 'folded',
			size: 3,
			isComplete: false
		});
		const rootOfThree = await rootOf(storage, 3);
		expect(await foldAll(storage)).toEqual({ type: 'folded', size: 5, isComplete: true });
		expect(await foldAll(storage)).toEqual({ type: 'folded', size: 5, isComplete: true });
		expect(await rootOf(storage, 3)).toEqual(rootOfThree);
		expect(await rootOf(storage, 5)).not.toEqual(rootOfThree);
		await storage.close();
	});

	it('hides equal rows of two stores behind different leaves', async () => {
		const [one, two] = [await openNew(), await openNew()];
		for (const storage of [one, two]) await storage.audit(signIn(0));
		await one.foldAudit({ rowsMax: 1, seed: seed(1) });
		await two.foldAudit({ rowsMax: 1, seed: seed(2) });
		expect(await rootOf(one, 1)).not.toEqual(await rootOf(two, 1));
		await Promise.all([one.close(), two.close()]);
	});

	it('has the same tree after it was opened again, under its epoch', async () => {
		const { first, again } = await openTwice();
		for (let n = 0; n < 5; n++) await first.audit(signIn(n));
		await foldAll(first);
		const [tree, root] = [await first.readAuditTree(), await rootOf(first, 5)];
		expect(tree.epochs).toEqual([{ epoch: (await first.readState()).epoch, rows: 0 }]);
		await first.close();
		const second = await again();
		expect(await second.readAuditTree()).toEqual(tree);
		expect(await rootOf(second, 5)).toEqual(root);
		await second.close();
	});
}

function accessTests(openNew: OpenNew): void {
	it('tells of a book who was named with it, wrote in it, and was sent it, each with its place in the tree', async () => {
		const storage = await openNew();
		const [book, other] = [bookId(1), bookId(2)];
		const here = { at: AT_MS, device: deviceId(1), facility: STATION };
		const sent = { at: AT_MS, action: 'deliver' as const, device: deviceId(2) };
		// Rows of the station's feed: 1 the entry of `book`, 2 that of `other`, 3 and 4 further ones of `book`.
		const write = (of: typeof book, n: number) =>
			storage.append(batchOf([entryOf(of, n, { facility: STATION })], 'small', here));
		await write(book, 1);
		await write(other, 2);
		await write(book, 3);
		await write(book, 4);
		const { head } = await storage.readFeedState(STATION);
		const rows: AuditRow[] = [
			{ ...sent, facility: STATION, detail: `feed snapshot to=2` },
			{ ...sent, facility: STATION, detail: `feed from=${head - 1} to=${head}` },
			{ ...sent, facility: STATION, detail: `feed snapshot at=1 to=2` },
			{ ...sent, facility: OTHER_STATION, detail: `feed snapshot to=9` },
			{ at: AT_MS, action: 'open', facility: OTHER_STATION, book, detail: 'present-in-person' },
			{ at: AT_MS, action: 'refuse', facility: OTHER_STATION, book: bookId('none'), detail: 'no' },
			signIn(1)
		];
		for (const row of rows) await storage.audit(row);
		const folded = await foldAll(storage);
		expect(folded).toEqual({ type: 'folded', size: 11, isComplete: true });
		const numbersOf = async (of: typeof book) =>
			(await storage.listAccesses(of, { limit: 50 })).map(({ number }) => number);
		expect(await numbersOf(book)).toEqual([9, 6, 5, 4, 3, 1]);
		expect(await numbersOf(other)).toEqual([7, 5, 2]);
		expect(await numbersOf(bookId('none'))).toEqual([10]);
		const accesses = await storage.listAccesses(book, { limit: 50 });
		expect(accesses[0]?.row).toEqual(rows[4]);
		for (const access of accesses) await expectIncluded(storage, access, 11);
		await storage.close();
	});

	it('tells the newest first, page by page, and only what is in the tree', async () => {
		const storage = await openNew();
		const book = bookId(1);
		await storage.append(batchOf([entryOf(book, 1)]));
		for (let n = 0; n < 4; n++) await storage.audit({ ...signIn(n), book });
		await storage.foldAudit({ rowsMax: 4, seed: seed(1) });
		const page = async (before?: number) => {
			const rows = await storage.listAccesses(book, { limit: 2, ...(before && { before }) });
			return rows.map(({ number }) => number);
		};
		expect(await page()).toEqual([4, 3]);
		expect(await page(3)).toEqual([2, 1]);
		expect(await page(1)).toEqual([]);
		await storage.close();
	});
}
