import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AT_MS, batchOf, bookId, deviceId, entryOf } from '../port-suite-material.ts';
import type { AppendEntry, AppendResult, AuditRow } from '../storage.ts';
import { textAt } from './columns.ts';
import { openForWriting } from './database.ts';
import { createWriteEngine } from './engine.ts';
import { settleEpoch } from './epochs.ts';
import { createRecordsReader } from './records-read.ts';

const directory = mkdtempSync(join(tmpdir(), 'audit-'));
const database = openForWriting(join(directory, 'store.sqlite'), { busyTimeoutMs: 0 });
settleEpoch(database, undefined, { epoch: new Uint8Array(6), nowMs: 0 });
const engine = createWriteEngine(database, () => undefined);
afterAll(() => {
	database.close();
	rmSync(directory, { recursive: true, force: true });
});

const [BOOK, OTHER] = [bookId(1), bookId(2)];

function push(entries: AppendEntry[], device: number): AppendResult[] {
	let results: AppendResult[] = [];
	const call = {
		done: (answered: unknown) => (results = answered as AppendResult[]),
		failed: () => undefined
	};
	const audit = { at: AT_MS, device: deviceId(device), facility: 'S0001' };
	engine.addAppend(batchOf(entries, 'small', audit), call);
	engine.commits.commitNext();
	return results;
}

describe('the audit of a book', () => {
	it('names every push that brought an entry into it, and no other', () => {
		push([entryOf(BOOK, 1), entryOf(OTHER, 1)], 1);
		push([entryOf(OTHER, 2)], 2);
		push([entryOf(BOOK, 1)], 3);
		push([entryOf(OTHER, 3), entryOf(BOOK, 2), entryOf(OTHER, 4)], 4);
		push([entryOf(OTHER, 5)], 5);
		const reader = createRecordsReader(database);
		const devicesOf = (rows: AuditRow[]) => rows.map(({ device }) => device);
		expect(devicesOf(reader.listAudit({ book: BOOK, limit: 10 }))).toEqual([4, 1].map(deviceId));
		expect(devicesOf(reader.listAudit({ book: BOOK, limit: 1 }))).toEqual([deviceId(4)]);
		expect(devicesOf(reader.listAudit({ book: OTHER, action: 'push', limit: 10 }))).toEqual(
			[5, 4, 2, 1].map(deviceId)
		);
		expect(reader.listAudit({ book: BOOK, action: 'open', limit: 10 })).toEqual([]);
		expect(reader.listAudit({ book: bookId(3), limit: 10 })).toEqual([]);
	});

	it('is found by an index, however long the log is', () => {
		const statements: string[] = [];
		const spy = Object.create(database, {
			prepare: {
				value: (sql: string) => {
					statements.push(sql);
					return database.prepare(sql);
				}
			}
		}) as typeof database;
		createRecordsReader(spy);
		const sql = statements.find((one) => one.includes('entry_clients')) ?? '';
		const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
		plan.setReturnArrays(true);
		const steps = (plan.all(new Uint8Array(16), null, 1) as never[]).map((row) => textAt(row, 3));
		expect(steps.join('\n')).toContain('audit_of_commit');
		expect(steps.filter((step) => /^SCAN a\b/.test(step))).toEqual([]);
	});
});
