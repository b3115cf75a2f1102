/**
 * The tree of the audit on SQLite: rows are folded in afterwards, by the writer between two commits of others; roots
 * and proofs are read from the hashes of complete subtrees, each of which is written once.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { BookId } from '#lib/domain/ids.ts';
import { hashLeaf, nodesCompletedBy, type TreeNode } from '#lib/entry/merkle.ts';
import { leafOf, newSalt, reachOf, saltOfRow, saltSubjectOf } from '../audit-leaf.ts';
import type { Access, AuditRow, AuditTree, FoldResult } from '../storage.ts';
import { bytesAt, idBytes, integerAt, prepareQuery } from './columns.ts';
import { ROW_LEAVE } from './membership.ts';
import { AUDIT_COLUMNS, rowToAudit } from './records-read.ts';

/** Place of the row's number behind the columns of the row. */
const NUMBER = 8;

export function createFold(
	database: DatabaseSync
): (request: { rowsMax: number; seed: Uint8Array }) => FoldResult {
	const readSize = createSizeReader(database);
	const readNode = createNodeReader(database);
	const saltOf = createSaltKeeper(database);
	const noteBooks = createBookNotes(database, 'audit_books');
	const insertNode = database.prepare('INSERT INTO audit_tree VALUES (?, ?, ?)');
	const nextRows = prepareQuery(
		database,
		`SELECT ${AUDIT_COLUMNS}, number FROM audit WHERE number > ? ORDER BY number LIMIT ?`
	);
	const foldOne = (row: AuditRow, number: number, seed: Uint8Array): void => {
		const leaf = leafOf(row, number, saltOf(row, seed));
		for (const { node, hash } of nodesCompletedBy(number - 1, hashLeaf(leaf), readNode))
			insertNode.run(node.level, node.place, hash);
		noteBooks(row, number);
	};
	return ({ rowsMax, seed }) => {
		let size = readSize();
		const rows = nextRows.all(size, rowsMax);
		for (const row of rows) {
			const number = integerAt(row, NUMBER);
			if (number !== size + 1) return { type: 'row-missing', number: size + 1 };
			foldOne(rowToAudit(row), number, seed);
			size = number;
		}
		return { type: 'folded', size, isComplete: rows.length < rowsMax };
	};
}

export function createAuditTreeReader(database: DatabaseSync) {
	const readSize = createSizeReader(database);
	const readNode = createNodeReader(database);
	const selectEpochs = prepareQuery(
		database,
		'SELECT epoch, audit_rows FROM epochs ORDER BY number'
	);
	const selectAccesses = prepareQuery(
		database,
		`SELECT ${AUDIT_COLUMNS}, number FROM audit WHERE number IN (
			SELECT number FROM audit WHERE book = ?1 AND number < ?2
			UNION SELECT audit FROM audit_books
			WHERE book = (SELECT number FROM books WHERE id = ?1) AND audit < ?2
			ORDER BY 1 DESC LIMIT ?3
		) ORDER BY number DESC`
	);
	const selectSalt = prepareQuery(database, 'SELECT salt FROM audit_salts WHERE subject = ?');
	return {
		readAuditTree(): AuditTree {
			const epochs = selectEpochs.all();
			return {
				size: readSize(),
				epochs: epochs.map((row) => ({ epoch: bytesAt(row, 0), rows: integerAt(row, 1) }))
			};
		},
		readTreeNodes: (nodes: TreeNode[]): Uint8Array[] => nodes.map(readNode),
		listAccesses(
			book: BookId,
			{ before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number }
		): Access[] {
			const end = Math.min(before, readSize() + 1);
			return selectAccesses.all(idBytes(book), end, limit).flatMap((found) => {
				const row = rowToAudit(found);
				const number = integerAt(found, NUMBER);
				const salt = selectSalt.get(saltSubjectOf(row));
				return salt === undefined
					? []
					: [{ number, row, salt: saltOfRow(bytesAt(salt, 0), number) }];
			});
		}
	};
}

function createSizeReader(database: DatabaseSync): () => number {
	const select = prepareQuery(
		database,
		'SELECT place + 1 FROM audit_tree WHERE level = 0 ORDER BY place DESC LIMIT 1'
	);
	return () => integerAt(select.get() ?? [0], 0);
}

function createNodeReader(database: DatabaseSync): (node: TreeNode) => Uint8Array {
	const select = prepareQuery(
		database,
		'SELECT hash FROM audit_tree WHERE level = ? AND place = ?'
	);
	return ({ level, place }) => {
		const row = select.get(level, place);
		if (row === undefined) throw new RangeError(`the tree has no node ${level}/${place}`);
		return bytesAt(row, 0);
	};
}

function createSaltKeeper(database: DatabaseSync): (row: AuditRow, seed: Uint8Array) => Uint8Array {
	const select = prepareQuery(database, 'SELECT salt FROM audit_salts WHERE subject = ?');
	const insert = database.prepare('INSERT INTO audit_salts VALUES (?, ?)');
	return (row, seed) => {
		const subject = saltSubjectOf(row);
		const found = select.get(subject);
		if (found !== undefined) return bytesAt(found, 0);
		const salt = newSalt(seed, subject);
		insert.run(subject, salt);
		return salt;
	};
}

/** Which books a row is about that names none; `?1` is its number. What they read is only ever added to. */
const OF_COMMITS = 'SELECT DISTINCT book, ?1 FROM entries WHERE commit_number BETWEEN ?2 AND ?3';
const OF_FEED = `SELECT DISTINCT f.book, ?1 FROM feed f WHERE f.seq > ?3 AND f.seq <= ?4
	AND f.type <> ${ROW_LEAVE} AND f.feed = (SELECT number FROM feeds WHERE facility = ?2)`;
const OF_SNAPSHOT = `SELECT DISTINCT book, ?1 FROM feed_books WHERE joined_seq <= ?3
	AND (left_seq IS NULL OR left_seq > ?3) AND feed = (SELECT number FROM feeds WHERE facility = ?2)`;

/** Notes the books of a row in `table`. */
export function createBookNotes(
	database: DatabaseSync,
	table: 'audit_books' | 'temp.audit_books_again'
): (row: AuditRow, number: number) => void {
	const prepare = (select: string) => database.prepare(`INSERT OR IGNORE INTO ${table} ${select}`);
	const ofCommits = prepare(OF_COMMITS);
	const ofFeed = prepare(OF_FEED);
	const ofSnapshot = prepare(OF_SNAPSHOT);
	return (row, number) => {
		const reach = reachOf(row);
		if (reach?.type === 'commits') ofCommits.run(number, reach.from, reach.to);
		if (reach?.type !== 'feed' || row.facility === undefined) return;
		if (reach.isSnapshot) ofSnapshot.run(number, row.facility, reach.to);
		else ofFeed.run(number, row.facility, reach.after, reach.to);
	};
}
