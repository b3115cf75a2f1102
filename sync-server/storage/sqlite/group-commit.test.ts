import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOf, bookId, entryOf } from '../port-suite-material.ts';
import { compareVersions, openForWriting } from './database.ts';
import { createWriteEngine, type WriteEngine } from './engine.ts';
import { settleEpoch } from './epochs.ts';
import type { FaultPoint } from './group-commit.ts';
import { integerAt, prepareQuery } from './columns.ts';

const directory = mkdtempSync(join(tmpdir(), 'group-commit-'));
const database = openForWriting(join(directory, 'store.sqlite'), { busyTimeoutMs: 0 });
const points: FaultPoint[] = [];
let engine: WriteEngine;
let number = 0;

beforeAll(() => {
	settleEpoch(database, undefined, { epoch: new Uint8Array(6), nowMs: 0 });
	engine = createWriteEngine(database, (point) => points.push(point));
});
afterAll(() => {
	database.close();
	rmSync(directory, { recursive: true, force: true });
});

/** Adds a push; its name appears in `answered` when it is acknowledged. */
function push(name: string, entries: number, answered: string[]): void {
	const made = Array.from({ length: entries }, () => entryOf(bookId(1), ++number));
	const call = {
		done: () => answered.push(name),
		failed: () => answered.push(`${name} failed`)
	};
	engine.addAppend(batchOf(made, entries > 20 ? 'bulk' : 'small'), call);
}

const commitsOf = (passed: FaultPoint[]) => passed.filter((point) => point === 'before_commit');

describe('group commit', () => {
	it('puts what waits into one commit and answers after it', () => {
		const answered: string[] = [];
		points.length = 0;
		for (const name of ['a', 'b', 'c']) push(name, 2, answered);
		expect(answered).toEqual([]);
		expect(engine.commits.commitNext()).toBe(true);
		expect(answered).toEqual(['a', 'b', 'c']);
		expect(commitsOf(points)).toHaveLength(1);
		expect(points.indexOf('after_commit')).toBeLessThan(points.indexOf('before_ack'));
		expect(engine.commits.commitNext()).toBe(false);
	});

	it('cuts a bulk push into commits of 100, and lets small pushes in between', () => {
		const answered: string[] = [];
		push('bulk', 250, answered);
		push('small 1', 1, answered);
		engine.commits.commitNext();
		expect(answered).toEqual(['small 1']);
		push('small 2', 1, answered);
		engine.commits.commitNext();
		expect(answered).toEqual(['small 1', 'small 2']);
		engine.commits.commitNext();
		expect(answered).toEqual(['small 1', 'small 2', 'bulk']);
		expect(engine.commits.isIdle()).toBe(true);
	});

	it('tells only the call that cannot be stored, and stores those beside it', () => {
		const answered: string[] = [];
		push('before', 1, answered);
		const broken = { ...entryOf(bookId(1), ++number), signature: new Uint8Array(2_000_000) };
		database.exec('PRAGMA max_page_count = 100');
		engine.addAppend(batchOf([broken]), {
			done: () => answered.push('broken'),
			failed: () => answered.push('broken failed')
		});
		push('after', 1, answered);
		engine.commits.commitNext();
		database.exec('PRAGMA max_page_count = 1000000');
		expect(answered).toEqual(['before', 'broken failed', 'after']);
	});

	it('stores a small entry before the bulk entries that waited longer', () => {
		const answered: string[] = [];
		push('bulk', 100, answered);
		push('small', 1, answered);
		const small = entryOf(bookId(1), number);
		engine.commits.commitNext();
		const rows = prepareQuery(
			database,
			'SELECT count(*) FROM entries WHERE commit_number > (SELECT commit_number FROM entries WHERE id = ?)'
		);
		const after = rows.get(Buffer.from(small.id, 'base64url'));
		expect(integerAt(after ?? [], 0)).toBe(100);
	});
});

describe('the database', () => {
	it('waits for the disk at every commit', () => {
		const row = prepareQuery(database, 'PRAGMA synchronous').get();
		expect(integerAt(row ?? [], 0)).toBe(2);
	});

	it('compares versions by their numbers', () => {
		expect(compareVersions('3.51.3', '3.51.3')).toBe(0);
		expect(compareVersions('3.9.9', '3.51.3')).toBeLessThan(0);
		expect(compareVersions('3.53.0', '3.51.3')).toBeGreaterThan(0);
		expect(compareVersions('4.0.0', '3.51.3')).toBeGreaterThan(0);
	});
});
