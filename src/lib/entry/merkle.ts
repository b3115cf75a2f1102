/**
 * The Merkle tree of RFC 6962 and RFC 9162 (section 2.1), as functions over hashes of complete subtrees: whoever
 * keeps those can answer every root and every proof, and whoever has a proof checks it with nothing else.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

export const HASH_BYTES = 32;

/** The leaves from `place` x 2^`level` on, 2^`level` of them: all are there, so its hash never changes. */
export interface TreeNode {
	level: number;
	place: number;
}

/** Leaves `from` to before `to`, as a proof cuts them. */
interface Span {
	from: number;
	to: number;
}

/** What stands in the tree for `bytes`. Without the salt it tells nothing of them. */
export function commitmentOf(salt: Uint8Array, bytes: Uint8Array): Uint8Array {
	return hmac(sha256, salt, bytes);
}

export function hashLeaf(leaf: Uint8Array): Uint8Array {
	return sha256(prefixed(0, leaf));
}

export function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
	return sha256(prefixed(1, left, right));
}

export function hashOfNothing(): Uint8Array {
	return sha256(new Uint8Array());
}

/** The nodes that became complete with the leaf `index`, from the leaf's own up. `read` answers earlier ones. */
export function nodesCompletedBy(
	index: number,
	leafHash: Uint8Array,
	read: (node: TreeNode) => Uint8Array
): { node: TreeNode; hash: Uint8Array }[] {
	const completed = [{ node: { level: 0, place: index }, hash: leafHash }];
	let hash = leafHash;
	let place = index;
	for (let level = 0; place % 2 === 1; level++) {
		hash = hashPair(read({ level, place: place - 1 }), hash);
		place = (place - 1) / 2;
		completed.push({ node: { level: level + 1, place }, hash });
	}
	return completed;
}

/** Hashes of the parts that a root or a proof is made of. `parts`: each as the nodes it consists of. */
export interface Plan {
	parts: TreeNode[][];
}

export function planRoot(size: number): Plan {
	return { parts: size === 0 ? [] : [nodesOf({ from: 0, to: size })] };
}

/** RFC 9162, 2.1.3.1: what must be known beside leaf `index` to compute the root of `size` leaves. */
export function planInclusion(index: number, size: number): Plan {
	return { parts: inclusionSpans(index, { from: 0, to: size }).map(nodesOf) };
}

/** RFC 9162, 2.1.4.1: that the tree of `oldSize` leaves is the beginning of the one of `size`. */
export function planConsistency(oldSize: number, size: number): Plan {
	if (oldSize === 0) return { parts: [] };
	return { parts: consistencySpans(oldSize, { from: 0, to: size }, true).map(nodesOf) };
}

/** One hash for each part, from the hashes of its nodes. */
export function hashParts({ parts }: Plan, read: (node: TreeNode) => Uint8Array): Uint8Array[] {
	return parts.map((nodes) => {
		const hashes = nodes.map(read);
		return hashes.reduceRight((right, left) => hashPair(left, right));
	});
}

/** Whether `leafHash` is leaf `index` of the tree of `size` leaves with this root. */
export function isIncluded(
	index: number,
	leafHash: Uint8Array,
	tree: { size: number; root: Uint8Array },
	proof: readonly Uint8Array[]
): boolean {
	if (index < 0 || index >= tree.size) return false;
	const rest = [...proof];
	const climb = ({ from, to }: Span): Uint8Array | undefined => {
		if (to - from === 1) return leafHash;
		const middle = from + splitOf(to - from);
		const sibling = rest.pop();
		const isLeft = index < middle;
		const own = climb(isLeft ? { from, to: middle } : { from: middle, to });
		if (sibling === undefined || own === undefined) return undefined;
		return isLeft ? hashPair(own, sibling) : hashPair(sibling, own);
	};
	const root = climb({ from: 0, to: tree.size });
	return root !== undefined && rest.length === 0 && areEqual(root, tree.root);
}

/** Whether the older tree is the beginning of the newer one: nothing in it changed, went or moved. */
export function isBeginningOf(
	older: { size: number; root: Uint8Array },
	newer: { size: number; root: Uint8Array },
	proof: readonly Uint8Array[]
): boolean {
	if (older.size > newer.size) return false;
	if (older.size === 0) return proof.length === 0 && areEqual(older.root, hashOfNothing());
	const rest = [...proof];
	const both = rebuildBoth(older, { from: 0, to: newer.size }, true, rest);
	if (both === undefined || rest.length > 0) return false;
	return areEqual(both.old, older.root) && areEqual(both.new, newer.root);
}

/** The roots of the older and the newer tree over these leaves, as the proof says. */
function rebuildBoth(
	older: { size: number; root: Uint8Array },
	{ from, to }: Span,
	isWhole: boolean,
	rest: Uint8Array[]
): { old: Uint8Array; new: Uint8Array } | undefined {
	if (to === older.size) {
		const hash = isWhole ? older.root : rest.pop();
		return hash && { old: hash, new: hash };
	}
	const middle = from + splitOf(to - from);
	const sibling = rest.pop();
	if (sibling === undefined) return undefined;
	if (older.size <= middle) {
		const left = rebuildBoth(older, { from, to: middle }, isWhole, rest);
		return left && { old: left.old, new: hashPair(left.new, sibling) };
	}
	const right = rebuildBoth(older, { from: middle, to }, false, rest);
	return right && { old: hashPair(sibling, right.old), new: hashPair(sibling, right.new) };
}

function inclusionSpans(index: number, { from, to }: Span): Span[] {
	if (to - from <= 1) return [];
	const middle = from + splitOf(to - from);
	const left = { from, to: middle };
	const right = { from: middle, to };
	return index < middle
		? [...inclusionSpans(index, left), right]
		: [...inclusionSpans(index, right), left];
}

function consistencySpans(oldSize: number, { from, to }: Span, isWhole: boolean): Span[] {
	if (to === oldSize) return isWhole ? [] : [{ from, to }];
	const middle = from + splitOf(to - from);
	const left = { from, to: middle };
	const right = { from: middle, to };
	return oldSize <= middle
		? [...consistencySpans(oldSize, left, isWhole), right]
		: [...consistencySpans(oldSize, right, false), left];
}

/** Complete subtrees, the largest first: a span of a proof begins where its largest one may. */
function nodesOf({ from, to }: Span): TreeNode[] {
	const nodes: TreeNode[] = [];
	for (let at = from; at < to;) {
		let level = 0;
		while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level++;
		nodes.push({ level, place: at / 2 ** level });
		at += 2 ** level;
	}
	return nodes;
}

/** The largest power of two below `n`. */
function splitOf(n: number): number {
	let split = 1;
	while (split * 2 < n) split *= 2;
	return split;
}

function prefixed(prefix: number, ...parts: Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
	bytes[0] = prefix;
	let at = 1;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
