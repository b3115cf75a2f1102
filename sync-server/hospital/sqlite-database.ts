/**
 * The hospital's replica on SQLite: sorted tables in transactions, so that the storage logic is the very
 * code that runs on a tablet. Keys are written in a form whose byte order is their order; rows are
 * structured clones. WAL, `synchronous=FULL`, one process.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import { StorageFailed } from '#lib/storage/port.ts';
import {
	TABLE_KEYS,
	type DiskDatabase,
	type Key,
	type KeyRange,
	type Table,
	type TableName,
	type DiskTables
} from '#lib/storage/tables.ts';

const TABLE_NAMES = Object.keys(TABLE_KEYS) as TableName[];
const SQLITE_FULL = 13;

/** Throws when the file cannot be opened, or does not run with `synchronous=FULL`. */
export function openSqliteDatabase(file: string): DiskDatabase {
	const db = new DatabaseSync(file);
	db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
	if (db.prepare('PRAGMA synchronous').get()?.['synchronous'] !== 2)
		throw new Error('SQLite does not run with synchronous=FULL');
	for (const name of TABLE_NAMES) db.exec(schemaOf(name));
	const tables = Object.fromEntries(
		TABLE_NAMES.map((name) => [name, new SqliteTable(db, name)])
	) as unknown as DiskTables;
	return { transact: inTurn(db, tables), close: async () => Promise.resolve(db.close()) };
}

/** One transaction at a time: SQLite has one writer, and bodies await between their statements. */
function inTurn(db: DatabaseSync, tables: DiskTables): DiskDatabase['transact'] {
	let last: Promise<unknown> = Promise.resolve();
	return (mode, _names, body) => {
		const mine = last.then(async () => {
			if (!db.isOpen) throw new StorageFailed('closed');
			try {
				db.exec(mode === 'rw' ? 'BEGIN IMMEDIATE' : 'BEGIN');
				const result = await body(tables);
				db.exec('COMMIT');
				return result;
			} catch (error) {
				if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
				throw failureOf(error);
			}
		});
		last = mine.catch(() => undefined);
		return mine;
	};
}

function failureOf(error: unknown): unknown {
	if (!(error instanceof Error) || !('errcode' in error)) return error;
	return new StorageFailed(error.errcode === SQLITE_FULL ? 'quota' : 'unknown');
}

function schemaOf(name: TableName): string {
	const columns = TABLE_KEYS[name].map((_, index) => `k${index} BLOB NOT NULL`);
	const indexes = TABLE_KEYS[name]
		.slice(1)
		.map(
			(_, index) =>
				`CREATE INDEX IF NOT EXISTS ${name}_${index + 1} ON ${name} (k${index + 1}, k0);`
		);
	return `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')}, value BLOB NOT NULL, PRIMARY KEY (k0)) STRICT;
	${indexes.join('\n')}`;
}

class SqliteTable<Row extends object> implements Table<Row> {
	readonly #db: DatabaseSync;
	readonly #name: TableName;
	readonly #keys: string[][];
	readonly #statements = new Map<string, StatementSync>();

	constructor(db: DatabaseSync, name: TableName) {
		this.#db = db;
		this.#name = name;
		this.#keys = TABLE_KEYS[name].map((notation) => notation.replace(/^\[|\]$/g, '').split('+'));
	}

	async get(key: Key): Promise<Row | undefined> {
		return this.#get(key);
	}

	async getMany(keys: Key[]): Promise<(Row | undefined)[]> {
		return keys.map((key) => this.#get(key));
	}

	async range(range: KeyRange): Promise<Row[]> {
		const { where, values } = this.#where(range);
		const order = range.isNewestFirst ? 'DESC' : 'ASC';
		const column = this.#column(range.index);
		const sql = `SELECT value FROM ${this.#name} ${where} ORDER BY ${column} ${order}, k0 ${order} LIMIT ?`;
		const rows = this.#sql(sql).all(...values, range.limit ?? -1);
		return rows.map((row) => rowOf<Row>(row['value']));
	}

	async count(range: KeyRange): Promise<number> {
		const { where, values } = this.#where(range);
		const row = this.#sql(`SELECT COUNT(*) AS n FROM ${this.#name} ${where}`).get(...values);
		return Math.min(Number(row?.['n']), range.limit ?? Number.POSITIVE_INFINITY);
	}

	async keys(range: KeyRange = {}): Promise<Key[]> {
		const rows = await this.range(range);
		return rows.map((row) => keyOf(row, this.#keys[0] ?? []));
	}

	async put(row: Row): Promise<void> {
		this.#put(row);
	}

	async putMany(rows: Row[]): Promise<void> {
		for (const row of rows) this.#put(row);
	}

	async deleteMany(keys: Key[]): Promise<void> {
		for (const key of keys) this.#sql(`DELETE FROM ${this.#name} WHERE k0 = ?`).run(encodeKey(key));
	}

	async deleteRange(range: KeyRange): Promise<void> {
		const { where, values } = this.#where(range);
		this.#sql(`DELETE FROM ${this.#name} ${where}`).run(...values);
	}

	#get(key: Key): Row | undefined {
		const row = this.#sql(`SELECT value FROM ${this.#name} WHERE k0 = ?`).get(encodeKey(key));
		return row === undefined ? undefined : rowOf<Row>(row['value']);
	}

	#put(row: Row): void {
		const keys = this.#keys.map((paths) => encodeKey(keyOf(row, paths)));
		const marks = [...keys, '?'].map(() => '?').join(', ');
		this.#sql(`INSERT OR REPLACE INTO ${this.#name} VALUES (${marks})`).run(
			...keys,
			serialize(row)
		);
	}

	#column(index: string | undefined): string {
		const at = index === undefined ? 0 : TABLE_KEYS[this.#name].indexOf(index);
		if (at === -1) throw new Error(`no index ${index ?? ''}`);
		return `k${at}`;
	}

	#where({ index, from, to }: KeyRange): { where: string; values: Uint8Array[] } {
		const column = this.#column(index);
		const conditions: string[] = [];
		const values: Uint8Array[] = [];
		if (from !== undefined) {
			conditions.push(`${column} >= ?`);
			values.push(encodeKey(from));
		}
		if (to !== undefined) {
			conditions.push(`${column} <= ?`);
			values.push(encodeKey(to));
		}
		return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
	}

	#sql(sql: string): StatementSync {
		const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
		this.#statements.set(sql, known);
		return known;
	}
}

function rowOf<Row>(value: unknown): Row {
	if (!(value instanceof Uint8Array)) throw new Error('a row without a value');
	return deserialize(value) as Row;
}

function keyOf(row: object, paths: string[]): Key {
	const fields = new Map<string, unknown>(Object.entries(row));
	const parts = paths.map((path) => {
		const part = fields.get(path);
		if (typeof part !== 'string' && typeof part !== 'number') throw new Error(`no key ${path}`);
		return part;
	});
	return parts.length === 1 && parts[0] !== undefined ? parts[0] : parts;
}

const TAG_NUMBER = 0x10;
const TAG_TEXT = 0x20;
const TAG_LIST = 0x30;
const END = 0x00;

/** Bytes whose order is the order of keys: numbers, then text by code unit, then lists. */
export function encodeKey(key: Key): Uint8Array {
	if (typeof key === 'number') return encodeNumber(key);
	if (typeof key === 'string') return encodeText(key);
	return Buffer.concat([Uint8Array.of(TAG_LIST), ...key.map(encodeKey), Uint8Array.of(END)]);
}

/** Big-endian double; negative ones with all bits turned, the others with the sign bit set. */
function encodeNumber(value: number): Uint8Array {
	const bytes = Buffer.alloc(9);
	bytes[0] = TAG_NUMBER;
	bytes.writeDoubleBE(value, 1);
	const isNegative = ((bytes[1] ?? 0) & 0x80) !== 0;
	for (let at = 1; at < 9; at++)
		bytes[at] = (bytes[at] ?? 0) ^ (isNegative ? 0xff : at === 1 ? 0x80 : 0);
	return bytes;
}

/** UTF-16 big-endian, ended by a zero unit: no key in use holds one. */
function encodeText(text: string): Uint8Array {
	if (text.includes('\0')) throw new Error('a key with a zero character');
	const units = Buffer.from(text, 'utf16le').swap16();
	return Buffer.concat([Uint8Array.of(TAG_TEXT), units, Uint8Array.of(END, END)]);
}
