import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import {
	hashLeaf,
	hashOfNothing,
	hashPair,
	hashParts,
	isBeginningOf,
	isIncluded,
	nodesCompletedBy,
	planConsistency,
	planInclusion,
	planRoot,
	type TreeNode
} from './merkle.ts';

/** The eight leaves that implementations of certificate transparency test themselves with. */
const LEAVES = [
	'',
	'00',
	'10',
	'2021',
	'3031',
	'40414243',
	'5051525354555657',
	'606162636465666768696a6b6c6d6e6f'
].map(hexToBytes);
const ROOTS = [
	'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
	'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
	'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
	'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
	'4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
	'76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
	'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
	'5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
];

/** Straight from the definition, as slow as it likes. */
function rootByDefinition(leaves: Uint8Array[]): Uint8Array {
	const [first] = leaves;
	if (first === undefined) return hashOfNothing();
	if (leaves.length === 1) return hashLeaf(first);
	let k = 1;
	while (k * 2 < leaves.length) k *= 2;
	return hashPair(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)));
}

function treeOf(leaves: Uint8Array[]) {
	const nodes = new Map<string, Uint8Array>();
	const read = ({ level, place }: TreeNode): Uint8Array =>
		nodes.get(`${level} ${place}`) ?? expect.unreachable();
	for (const [index, leaf] of leaves.entries())
		for (const { node, hash } of nodesCompletedBy(index, hashLeaf(leaf), read))
			nodes.set(`${node.level} ${node.place}`, hash);
	return {
		root: (size: number) => hashParts(planRoot(size), read)[0] ?? hashOfNothing(),
		inclusion: (index: number, size: number) => hashParts(planInclusion(index, size), read),
		consistency: (old: number, size: number) => hashParts(planConsistency(old, size), read)
	};
}

const many = Array.from({ length: 40 }, (_, n) => new Uint8Array([n, 7]));

describe('the Merkle tree', () => {
	it('has the roots that certificate transparency has', () => {
		const tree = treeOf(LEAVES);
		expect(ROOTS.map((_, index) => bytesToHex(tree.root(index + 1)))).toEqual(ROOTS);
		expect(bytesToHex(tree.root(0))).toBe(
			'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
		);
	});

	it('computes every root from its complete subtrees', () => {
		const tree = treeOf(many);
		for (let size = 0; size <= many.length; size++)
			expect(tree.root(size)).toEqual(rootByDefinition(many.slice(0, size)));
	});

	it('proves every leaf of every size, and no other leaf, place, size or root', () => {
		const tree = treeOf(many);
		for (let size = 1; size <= many.length; size++)
			for (let index = 0; index < size; index++) {
				const proof = tree.inclusion(index, size);
				const leaf = hashLeaf(many[index] ?? expect.unreachable());
				const at = { size, root: tree.root(size) };
				expect(isIncluded(index, leaf, at, proof)).toBe(true);
				expect(isIncluded(index, hashLeaf(new Uint8Array([1])), at, proof)).toBe(false);
				expect(isIncluded(size, leaf, at, proof)).toBe(false);
				expect(isIncluded(index, leaf, at, [...proof, leaf])).toBe(false);
				if (size > 1) expect(isIncluded((index + 1) % size, leaf, at, proof)).toBe(false);
				if (size > 1) expect(isIncluded(index, leaf, at, proof.slice(1))).toBe(false);
			}
	});

	it('proves that every older tree is the beginning of every newer one', () => {
		const tree = treeOf(many);
		for (let size = 0; size <= many.length; size++)
			for (let old = 0; old <= size; old++) {
				const older = { size: old, root: tree.root(old) };
				const newer = { size, root: tree.root(size) };
				const proof = tree.consistency(old, size);
				expect(isBeginningOf(older, newer, proof)).toBe(true);
				expect(isBeginningOf({ ...older, root: hashLeaf(older.root) }, newer, proof)).toBe(false);
				expect(isBeginningOf(older, newer, [...proof, older.root])).toBe(false);
				if (old > 0 && old < size)
					expect(isBeginningOf(older, { ...newer, root: hashLeaf(newer.root) }, proof)).toBe(false);
			}
	});

	it('proves nothing when a leaf was altered, removed, inserted or moved in between', () => {
		const before = treeOf(many.slice(0, 20));
		const older = { size: 20, root: before.root(20) };
		const [first = new Uint8Array(), second = new Uint8Array()] = many;
		const changed = [
			[new Uint8Array([99]), ...many.slice(1)],
			many.slice(1),
			[new Uint8Array([99]), ...many],
			[second, first, ...many.slice(2)]
		];
		for (const leaves of changed) {
			const after = treeOf(leaves);
			const newer = { size: leaves.length, root: after.root(leaves.length) };
			expect(isBeginningOf(older, newer, after.consistency(20, leaves.length))).toBe(false);
		}
	});
});
