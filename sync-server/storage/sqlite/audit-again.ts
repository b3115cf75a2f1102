/**
 * The tree of the audit computed anew from the rows of a store, beside what the store says of it. Reads only; a
 * running server may go on meanwhile. Nothing of a row but its number leaves here.
 */
import { DatabaseSync } from 'node:sqlite';
import { hashLeaf, hashOfNothing, hashPair } from '#lib/entry/merkle.ts';
import { leafOf, saltSubjectOf } from '../audit-leaf.ts';
import { createAuditTreeReader, createBookNotes } from './audit-tree.ts';
import { bytesAt, integerAt, prepareQuery, textAt, type Query } from './columns.ts';
import { AUDIT_COLUMNS, rowToAudit } from './records-read.ts';
import { readRoot } from '../proofs.ts';

/** Place of a row's number, and of its leaf's hash, behind its columns. */
const NUMBER = 8;
const LEAF = 9;
const FAULTS_TOLD_MAX = 10;

export type AuditFault =
	/** The row does not say any more what its leaf was made of. */
	| { type: 'altered'; number: number }
	/** The tree has its leaf, the audit has no such row. */
	| { type: 'removed'; number: number }
	/** The hashes kept of the tree do not add up to its leaves. */
	| { type: 'tree-altered' }
	/** Rows are noted for other books than they are about. */
	| { type: 'books-altered'; count: number };

export interface AuditAgain {
	/** Leaves of the tree. */
	size: number;
	/** Rows that no leaf stands for yet. */
	waiting: number;
	epochs: { epoch: string; rows: number; beganMs: number }[];
	/** Root over the first rows, for each size that was asked for and is there. */
	roots: Map<number, Uint8Array>;
	/** The first few. */
	faults: AuditFault[];
}

/** `sizes`: how many rows the checkpoints cover. Throws when the file is no such store. */
export async function computeAuditAgain(
	storeFile: string,
	sizes: Iterable<number>
): Promise<AuditAgain> {
	const database = new DatabaseSync(storeFile, { readOnly: true, timeout: 5_000 });
	try {
		// One moment for all of it.
		database.exec('CREATE TEMP TABLE audit_books_again (book, audit, PRIMARY KEY (book, audit))');
		database.exec('BEGIN');
		const again = foldAgain(database, new Set(sizes));
		const { root, ...found } = again;
		const tree = createAuditTreeReader(database);
		const nodes = {
			readTreeNodes: async (wanted: Parameters<typeof tree.readTreeNodes>[0]) =>
				tree.readTreeNodes(wanted)
		};
		const kept = await readRoot(nodes, again.size).catch(() => undefined);
		if (kept === undefined || Buffer.compare(kept, root) !== 0)
			found.faults.push({ type: 'tree-altered' });
		const count = countBookFaults(database);
		if (count > 0) found.faults.push({ type: 'books-altered', count });
		return { ...found, epochs: readEpochs(database) };
	} finally {
		database.close();
	}
}

function foldAgain(
	database: DatabaseSync,
	sizes: ReadonlySet<number>
): Omit<AuditAgain, 'epochs'> & { root: Uint8Array } {
	const { size } = createAuditTreeReader(database).readAuditTree();
	const leaves = prepareQuery(
		database,
		`SELECT ${AUDIT_COLUMNS}, place + 1, hash FROM audit_tree
		LEFT JOIN audit ON number = place + 1 WHERE level = 0 ORDER BY place`
	);
	const readSalt = prepareQuery(database, 'SELECT salt FROM audit_salts WHERE subject = ?');
	const noteBooks = createBookNotes(database, 'temp.audit_books_again');
	const edge = createEdge();
	const roots = new Map<number, Uint8Array>();
	const faults: AuditFault[] = [];
	const tell = (fault: AuditFault): void => {
		if (faults.length < FAULTS_TOLD_MAX) faults.push(fault);
	};
	if (sizes.has(0)) roots.set(0, hashOfNothing());
	for (const found of leaves.iterate()) {
		const number = integerAt(found, NUMBER);
		const kept = bytesAt(found, LEAF);
		const isThere = found[0] !== null;
		const leaf = isThere ? leafAgain(found, number, readSalt) : kept;
		if (isThere) noteBooks(rowToAudit(found), number);
		else tell({ type: 'removed', number });
		if (leaf === undefined || Buffer.compare(leaf, kept) !== 0) tell({ type: 'altered', number });
		edge.add(leaf ?? kept);
		if (sizes.has(number)) roots.set(number, edge.root());
	}
	const waiting = prepareQuery(database, 'SELECT count(*) FROM audit WHERE number > ?').get(size);
	return { size, waiting: integerAt(waiting ?? [], 0), roots, faults, root: edge.root() };
}

/** Undefined: its salt is gone, or it is no row of ours. */
function leafAgain(
	found: Parameters<typeof rowToAudit>[0],
	number: number,
	readSalt: Query
): Uint8Array | undefined {
	try {
		const row = rowToAudit(found);
		const salt = readSalt.get(saltSubjectOf(row));
		return salt && hashLeaf(leafOf(row, number, bytesAt(salt, 0)));
	} catch {
		return undefined;
	}
}

/** The complete subtrees at the end of the tree, from which its root follows. */
function createEdge(): { add(leafHash: Uint8Array): void; root(): Uint8Array } {
	const hashes: Uint8Array[] = [];
	let size = 0;
	return {
		add(leafHash) {
			hashes.push(leafHash);
			size += 1;
			for (let rest = size; rest % 2 === 0; rest /= 2) {
				const right = hashes.pop() ?? leafHash;
				const left = hashes.pop() ?? leafHash;
				hashes.push(hashPair(left, right));
			}
		},
		root: () =>
			size === 0 ? hashOfNothing() : hashes.reduceRight((right, left) => hashPair(left, right))
	};
}

function countBookFaults(database: DatabaseSync): number {
	const differing = (a: string, b: string): string =>
		`SELECT count(*) FROM (SELECT book, audit FROM ${a} EXCEPT SELECT book, audit FROM ${b})`;
	const count = (sql: string): number => integerAt(prepareQuery(database, sql).get() ?? [], 0);
	const [kept, again] = ['main.audit_books', 'temp.audit_books_again'];
	return count(differing(kept, again)) + count(differing(again, kept));
}

function readEpochs(database: DatabaseSync): AuditAgain['epochs'] {
	const epochs = prepareQuery(
		database,
		'SELECT hex(epoch), audit_rows, began_ms FROM epochs ORDER BY number'
	);
	return epochs.all().map((row) => ({
		epoch: textAt(row, 0).toLowerCase(),
		rows: integerAt(row, 1),
		beganMs: integerAt(row, 2)
	}));
}
