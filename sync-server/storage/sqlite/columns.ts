/**
 * Rows of SQLite to typed values. A column that does not hold what the schema says is a broken
 * invariant: it throws, and names the column's type, never its value.
 */
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { bytesToId } from '#lib/domain/ids.ts';

export type Row = SQLOutputValue[];

/** A prepared question whose rows are arrays in the order of the columns. */
export interface Query {
	all(...values: SQLInputValue[]): Row[];
	get(...values: SQLInputValue[]): Row | undefined;
	iterate(...values: SQLInputValue[]): Iterable<Row>;
}

export function prepareQuery(database: DatabaseSync, sql: string): Query {
	const statement = database.prepare(sql);
	statement.setReturnArrays(true);
	// The type library does not know that `setReturnArrays` changes what the statement answers.
	return statement as unknown as Query;
}

export function integerAt(row: Row, column: number): number {
	const value = row[column];
	if (typeof value !== 'number') throw new TypeError(`column ${column} is not an integer`);
	return value;
}

export function textAt(row: Row, column: number): string {
	const value = row[column];
	if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
	return value;
}

export function bytesAt(row: Row, column: number): Uint8Array {
	const value = row[column];
	if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} is not bytes`);
	return value;
}

export function idAt<Id extends string>(row: Row, column: number): Id {
	return bytesToId<Id>(bytesAt(row, column));
}

export function isAbsentAt(row: Row, column: number): boolean {
	return row[column] === null || row[column] === undefined;
}

/** One of a closed list of words. */
export function wordAt<Word extends string>(
	row: Row,
	column: number,
	known: readonly Word[]
): Word {
	const found = known.find((word) => word === row[column]);
	if (found === undefined) throw new TypeError(`column ${column} holds an unknown word`);
	return found;
}

/** `{ [name]: value }` when the column holds something, `{}` when it is null. */
export function optionalAt<Name extends string, Value>(
	row: Row,
	column: number,
	name: Name,
	read: (row: Row, column: number) => Value
): Partial<Record<Name, Value>> {
	if (isAbsentAt(row, column)) return {};
	const present: Partial<Record<Name, Value>> = {};
	present[name] = read(row, column);
	return present;
}

/** Id text to the bytes a column keeps. Quicker than `idToBytes`, for ids that were checked before. */
export function idBytes(id: string): Uint8Array {
	const bytes = Buffer.from(id, 'base64url');
	if (bytes.length !== 16) throw new RangeError('not an id');
	return bytes;
}

export function optionalIdBytes(id: string | undefined): Uint8Array | null {
	return id === undefined ? null : idBytes(id);
}
