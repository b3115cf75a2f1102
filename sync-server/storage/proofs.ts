/** Roots and proofs of the access log's tree, out of what any storage keeps. */
import {
	hashOfNothing,
	hashParts,
	planConsistency,
	planInclusion,
	planRoot,
	type Plan,
	type TreeNode
} from '#lib/entry/merkle.ts';
import type { ServerStorage } from './storage.ts';

type Nodes = Pick<ServerStorage, 'readTreeNodes'>;

export async function readRoot(storage: Nodes, size: number): Promise<Uint8Array> {
	const [[root]] = await readPlans(storage, [planRoot(size)]);
	return root ?? hashOfNothing();
}

/** One proof for each leaf index. */
export function proveInclusions(
	storage: Nodes,
	indexes: number[],
	size: number
): Promise<Uint8Array[][]> {
	return readPlans(
		storage,
		indexes.map((index) => planInclusion(index, size))
	);
}

export async function proveConsistency(
	storage: Nodes,
	oldSize: number,
	size: number
): Promise<Uint8Array[]> {
	const [proof] = await readPlans(storage, [planConsistency(oldSize, size)]);
	return proof;
}

/** All nodes in one question, each once. */
async function readPlans<const Plans extends Plan[]>(
	storage: Nodes,
	plans: Plans
): Promise<{ [Index in keyof Plans]: Uint8Array[] }> {
	const wanted = new Map<string, TreeNode>();
	for (const { parts } of plans) for (const node of parts.flat()) wanted.set(keyOf(node), node);
	const hashes = await storage.readTreeNodes([...wanted.values()]);
	const byKey = new Map([...wanted.keys()].map((key, index) => [key, hashes[index]]));
	const read = (node: TreeNode): Uint8Array => {
		const hash = byKey.get(keyOf(node));
		if (hash === undefined) throw new Error('a node of the tree was not answered');
		return hash;
	};
	return plans.map((plan) => hashParts(plan, read)) as {
		[Index in keyof Plans]: Uint8Array[];
	};
}

function keyOf({ level, place }: TreeNode): string {
	return `${level}/${place}`;
}
