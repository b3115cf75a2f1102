import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBookStorage } from '#lib/storage/book-storage.ts';
import { compareKeys } from '#lib/storage/memory-tables.ts';
import { runBookStorageSuite } from '#lib/storage/port-suite.ts';
import type { Key } from '#lib/storage/tables.ts';
import { encodeKey, openSqliteDatabase } from './sqlite-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-hospital-'));

runBookStorageSuite('replica on SQLite', async (name) =>
	createBookStorage(openSqliteDatabase(join(folder, `${name.replaceAll(' ', '-')}.sqlite`)))
);

describe('keys of the replica', () => {
	it('have bytes whose order is the order of the keys', () => {
		const { key } = fc.letrec<{ key: Key }>((tie) => ({
			key: fc.oneof(
				{ maxDepth: 2 },
				fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
				fc.string().filter((text) => !text.includes('\0')),
				fc.array(tie('key'), { maxLength: 3 })
			)
		}));
		fc.assert(
			fc.property(key, key, (a, b) => {
				const order = Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)));
				expect(order).toBe(Math.sign(compareKeys(a, b)));
			}),
			{ numRuns: 2_000 }
		);
	});
});
