/** Sorted rows in memory, with as many orders as the table has keys. */
import { TABLE_KEYS, type Key, type KeyRange, type TableName } from './tables.ts';

/** Sorted by index key, then by primary key. */
interface Sorted<Row> {
	paths: string[];
	isCompound: boolean;
	items: { key: Key; primary: Key; row: Row }[];
}

export class SortedRows<Row extends object> {
	readonly #indexes = new Map<string, Sorted<Row>>();
	readonly #primary: Sorted<Row>;

	constructor(name: TableName) {
		for (const notation of TABLE_KEYS[name])
			this.#indexes.set(notation, { ...parseNotation(notation), items: [] });
		this.#primary = this.#sorted();
	}

	keyOf(row: Row): Key {
		return keyOf(this.#primary, row);
	}

	get(key: Key): Row | undefined {
		const { items } = this.#primary;
		const item = items[lowerBound(items, key, key)];
		return item !== undefined && compareKeys(item.key, key) === 0 ? item.row : undefined;
	}

	/** Replaces the row with the same primary key. */
	put(row: Row): void {
		const primary = this.keyOf(row);
		this.delete(primary);
		for (const index of this.#indexes.values()) {
			const key = keyOf(index, row);
			index.items.splice(lowerBound(index.items, key, primary), 0, { key, primary, row });
		}
	}

	delete(primary: Key): void {
		const row = this.get(primary);
		if (row === undefined) return;
		for (const index of this.#indexes.values())
			index.items.splice(lowerBound(index.items, keyOf(index, row), primary), 1);
	}

	select({ index, from, to, limit, isNewestFirst }: KeyRange): Row[] {
		const { items } = this.#sorted(index);
		const start = from === undefined ? 0 : lowerBound(items, from, SMALLEST);
		const end = to === undefined ? items.length : lowerBound(items, to, LARGEST);
		const inRange = items.slice(start, Math.max(start, end));
		if (isNewestFirst) inRange.reverse();
		return inRange.slice(0, limit ?? inRange.length).map(({ row }) => row);
	}

	#sorted(notation?: string): Sorted<Row> {
		const [first] = this.#indexes.values();
		const index = notation === undefined ? first : this.#indexes.get(notation);
		if (index === undefined) throw new Error(`no index ${notation ?? ''}`);
		return index;
	}
}

const SMALLEST: Key = Number.NEGATIVE_INFINITY;
/** Above every key in use: arrays sort last, and no key nests this deep. */
const LARGEST: Key = [[[[]]]];

function parseNotation(notation: string): { paths: string[]; isCompound: boolean } {
	const isCompound = notation.startsWith('[');
	return { paths: isCompound ? notation.slice(1, -1).split('+') : [notation], isCompound };
}

function keyOf<Row extends object>({ paths, isCompound }: Sorted<Row>, row: Row): Key {
	const fields = new Map<string, unknown>(Object.entries(row));
	const parts = paths.map((path) => {
		const part = fields.get(path);
		if (typeof part !== 'string' && typeof part !== 'number') throw new Error(`no key ${path}`);
		return part;
	});
	return isCompound ? parts : (parts[0] ?? SMALLEST);
}

/** First position whose (key, primary) is not below the given one. */
function lowerBound(items: { key: Key; primary: Key }[], key: Key, primary: Key): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const item = items[middle];
		const order =
			item === undefined ? 0 : compareKeys(item.key, key) || compareKeys(item.primary, primary);
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** As IndexedDB sorts: numbers before strings before arrays; strings by code unit. */
export function compareKeys(a: Key, b: Key): number {
	const rank = rankOf(a) - rankOf(b);
	if (rank !== 0) return rank;
	if (!Array.isArray(a) || !Array.isArray(b)) return a < b ? -1 : a > b ? 1 : 0;
	for (const [at, part] of a.entries()) {
		const other = b[at];
		if (other === undefined) return 1;
		const order = compareKeys(part, other);
		if (order !== 0) return order;
	}
	return a.length - b.length;
}

function rankOf(key: Key): number {
	if (typeof key === 'number') return 0;
	return typeof key === 'string' ? 1 : 2;
}
