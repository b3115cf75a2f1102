/**
 * Tables whose rows about people lie sealed on the disk. What the storage logic looks for a row by stays
 * readable: opaque ids, numbers, states. Everything else of a person is sealed here, above the database and
 * below all logic, so that no logic can forget it. A row is opened when somebody looks at what is sealed in
 * it: a locked device can still count, and what only needs a number of a row does not pay for the rest.
 */
import type { RecordCipher } from './port.ts';
import {
	TABLE_KEYS,
	type DiskDatabase,
	type Table,
	type TableName,
	type TableRows,
	type DiskTables
} from './tables.ts';

/** What a row holds in a field that cannot be opened: reads as a record that was cut, and is mended as such. */
const DAMAGED = Uint8Array.of(0);

interface Field {
	toBytes: (value: unknown) => Uint8Array | undefined;
	toValue: (bytes: Uint8Array) => unknown;
	damaged: unknown;
}

const BYTES: Field = {
	toBytes: (value) => (value instanceof Uint8Array ? value : undefined),
	toValue: (bytes) => bytes,
	damaged: DAMAGED
};
const STRUCTURED: Field = {
	toBytes: (value) =>
		value === undefined ? undefined : new TextEncoder().encode(JSON.stringify(value)),
	toValue: (bytes): unknown => JSON.parse(new TextDecoder().decode(bytes)),
	damaged: undefined
};

/** The signature of sealed bytes is sealed too: whoever guesses the bytes could check the guess by it. */
const SEALED = {
	books: { packed: BYTES },
	segments: { packed: BYTES },
	log: { bytes: BYTES },
	people: { packed: BYTES },
	deltas: { summary: BYTES },
	outbox: { bytes: BYTES, signature: BYTES, refusal: STRUCTURED },
	recent: { bytes: BYTES, signature: BYTES },
	drafts: { bytes: BYTES },
	reads: { bytes: BYTES }
} satisfies { [Name in TableName]?: Partial<Record<keyof TableRows[Name], Field>> };

/** The same database, with what is about people sealed by `cipher`. */
export function sealTables(database: DiskDatabase, cipher: RecordCipher): DiskDatabase {
	return {
		transact: (mode, names, body) =>
			database.transact(mode, names, (tables) => body(sealedTables(tables, cipher))),
		close: () => database.close()
	};
}

function sealedTables(tables: DiskTables, cipher: RecordCipher): DiskTables {
	return {
		...tables,
		books: sealedTable('books', tables.books, cipher),
		segments: sealedTable('segments', tables.segments, cipher),
		log: sealedTable('log', tables.log, cipher),
		people: sealedTable('people', tables.people, cipher),
		deltas: sealedTable('deltas', tables.deltas, cipher),
		outbox: sealedTable('outbox', tables.outbox, cipher),
		recent: sealedTable('recent', tables.recent, cipher),
		drafts: sealedTable('drafts', tables.drafts, cipher),
		reads: sealedTable('reads', tables.reads, cipher)
	};
}

function sealedTable<Name extends keyof typeof SEALED>(
	name: Name,
	table: Table<TableRows[Name]>,
	cipher: RecordCipher
): Table<TableRows[Name]> {
	type Row = TableRows[Name];
	const fields: [string, Field][] = Object.entries(SEALED[name]);
	const seal = (row: Row): Row => sealRow(name, fields, row, cipher);
	const open = (row: Row): Row => openRow(name, fields, row, cipher);
	const openEach = (rows: (Row | undefined)[]): (Row | undefined)[] =>
		rows.map((row) => row && open(row));
	return {
		get: (key) => table.get(key).then((row) => row && open(row)),
		getMany: (keys) => table.getMany(keys).then(openEach),
		range: (range) => table.range(range).then((rows) => rows.map(open)),
		count: (range) => table.count(range),
		keys: (range) => table.keys(range),
		deleteMany: (keys) => table.deleteMany(keys),
		deleteRange: (range) => table.deleteRange(range),
		put: (row) => table.put(seal(row)),
		putMany: (rows) => table.putMany(rows.map(seal))
	};
}

function sealRow<Row extends object>(
	name: TableName,
	fields: [string, Field][],
	row: Row,
	cipher: RecordCipher
): Row {
	const sealed: Record<string, Uint8Array> = {};
	for (const [field, { toBytes }] of fields) {
		const plain = toBytes(Reflect.get(row, field));
		if (plain !== undefined) sealed[field] = cipher.seal(plain, placeOf(name, row, field));
	}
	return { ...row, ...sealed };
}

function openRow<Row extends object>(
	name: TableName,
	fields: [string, Field][],
	row: Row,
	cipher: RecordCipher
): Row {
	const opened = { ...row };
	for (const [field, { toValue, damaged }] of fields) {
		const sealed: unknown = Reflect.get(row, field);
		if (sealed === undefined) continue;
		let value: unknown;
		let isOpen = false;
		const get = (): unknown => {
			if (isOpen) return value;
			const place = placeOf(name, row, field);
			const plain = sealed instanceof Uint8Array ? cipher.open(sealed, place) : undefined;
			value = plain === undefined ? damaged : toValue(plain);
			isOpen = true;
			return value;
		};
		Object.defineProperty(opened, field, { enumerable: true, configurable: true, get });
	}
	return opened;
}

/** Table, primary key and field: sealed bytes that somebody moves to another row do not open there. */
function placeOf(name: TableName, row: object, field: string): string {
	const [primary = ''] = TABLE_KEYS[name];
	const key = primary.replace(/[[\]]/g, '').split('+');
	return JSON.stringify([name, ...key.map((part): unknown => Reflect.get(row, part)), field]);
}
