import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILES_PER_RUN_MAX, freeName, listInbox } from './inbox.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-inbox-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

describe('the inbox folder', () => {
	it('is made when it is not there, and only what ends in .ndjson is read, by name', () => {
		const inbox = join(folder, 'new', 'inbox');
		expect(listInbox(inbox)).toEqual({ files: [], left: [] });
		for (const name of ['b.ndjson', 'a.ndjson', 'c.ndjson.part', 'notes.txt'])
			writeFileSync(join(inbox, name), '');
		expect(listInbox(inbox).files.map(({ name }) => name)).toEqual(['a.ndjson', 'b.ndjson']);
	});

	it('leaves what is beyond the limit of a night for the next, and what cannot be read takes no place', () => {
		symlinkSync('/nowhere/at/all', join(folder, '0.ndjson'));
		for (let at = 0; at <= FILES_PER_RUN_MAX; at++)
			writeFileSync(join(folder, `${10_000 + at}.ndjson`), '');
		const { files, left } = listInbox(folder);
		expect(files).toHaveLength(FILES_PER_RUN_MAX);
		expect(left).toEqual([
			{ name: '0.ndjson', code: 'unreadable' },
			{ name: `${10_000 + FILES_PER_RUN_MAX}.ndjson`, code: 'too-many-files' }
		]);
	});
});

describe('a free name', () => {
	it('is the next number after those that are there, or the one that is its own', () => {
		writeFileSync(join(folder, 'day.ndjson'), '');
		writeFileSync(join(folder, 'day.2.ndjson'), '');
		expect(freeName(folder, 'day.ndjson')).toBe(join(folder, 'day.3.ndjson'));
		const isSecond = (path: string) => path.endsWith('day.2.ndjson');
		expect(freeName(folder, 'day.ndjson', isSecond)).toBe(join(folder, 'day.2.ndjson'));
	});
});
