import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileUnreadable, LINE_BYTES_MAX, readLines, type FileLine } from './inbox-reader.ts';

const MEBIBYTE = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-inbox-'));
const path = join(folder, 'day.ndjson');
afterAll(() => {
	rmSync(folder, { recursive: true });
});

async function readAll(file: string): Promise<FileLine[]> {
	const lines: FileLine[] = [];
	for await (const line of readLines(file)) lines.push(line);
	return lines;
}

async function linesOf(content: string | Uint8Array): Promise<FileLine[]> {
	writeFileSync(path, content);
	return readAll(path);
}

function texts(lines: FileLine[]): string[] {
	return lines.map(({ number, content }) =>
		'text' in content ? `${number} ${content.text}` : `${number} ! ${content.failure}`
	);
}

describe('the lines of an inbox file', () => {
	it('end with a line feed, with or without a carriage return, the last one without either', async () => {
		expect(texts(await linesOf('{"a":1}\r\n{"b":2}\n{"c":3}'))).toEqual([
			'1 {"a":1}',
			'2 {"b":2}',
			'3 {"c":3}'
		]);
	});

	it('keep their numbers when empty ones are passed over, and lose a byte order mark in front', async () => {
		expect(texts(await linesOf('\ufeff{"a":1}\n\n \r\n{"b":2}\n'))).toEqual([
			'1 {"a":1}',
			'4 {"b":2}'
		]);
		expect(await linesOf('')).toEqual([]);
	});

	it('are not ended by the separators that JSON allows inside a text', async () => {
		expect(texts(await linesOf('{"a":"x\u2028y\u2029z\u0085"}\n'))).toEqual([
			'1 {"a":"x\u2028y\u2029z\u0085"}'
		]);
	});

	it('in another encoding are refused one by one, never read with letters missing', async () => {
		const latin1 = Buffer.from('{"a":1}\n{"name":"Nguy\xean Thu\xfd"}\n{"b":"ế"}\n', 'latin1');
		expect(texts(await linesOf(latin1)).slice(0, 2)).toEqual(['1 {"a":1}', '2 ! not-utf-8']);
		const cutLetter = Buffer.concat([Buffer.from('ế').subarray(0, 2), Buffer.from('\n{"b":"ế"}')]);
		expect(texts(await linesOf(cutLetter))).toEqual(['1 ! not-utf-8', '2 {"b":"ế"}']);
	});

	it('that span the pieces in which a file is read stay whole', async () => {
		const line = `{"a":"${'ế'.repeat(20_000)}"}`;
		const lines = await linesOf(`${line}\n`.repeat(10));
		expect(texts(lines)).toEqual(Array.from({ length: 10 }, (_, at) => `${at + 1} ${line}`));
	});

	it('that are too long are refused, and the next one is read', async () => {
		const longest = 'x'.repeat(LINE_BYTES_MAX);
		expect(texts(await linesOf(`${longest}\n${longest}x\n{"b":2}\n`))).toEqual([
			`1 ${longest}`,
			'2 ! line-too-long',
			'3 {"b":2}'
		]);
	});

	it('of 200 MiB are refused without being held in memory', async () => {
		const handle = openSync(path, 'w');
		for (let at = 0; at < 200; at++) writeSync(handle, Buffer.alloc(MEBIBYTE, 'x'));
		closeSync(handle);
		const before = process.memoryUsage();
		let most = 0;
		const watch = setInterval(() => {
			const { heapUsed, arrayBuffers } = process.memoryUsage();
			most = Math.max(most, heapUsed + arrayBuffers);
		}, 1);
		const lines = await readAll(path);
		clearInterval(watch);
		expect(texts(lines)).toEqual(['1 ! line-too-long']);
		expect(most).toBeGreaterThan(0);
		expect(most - before.heapUsed - before.arrayBuffers).toBeLessThan(100 * MEBIBYTE);
	});

	it('cannot be read of what is not there or is a folder', async () => {
		for (const missing of [join(folder, 'nothing.ndjson'), folder])
			await expect(readAll(missing)).rejects.toThrow(FileUnreadable);
	});
});
