/**
 * The inbox folder: `*.ndjson`, in order of their names. A file whose every line is decided moves to
 * `done/`; its refused lines stand with their reasons in `refused/`, beside it.
 */
import {
	createReadStream,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	closeSync,
	readdirSync,
	renameSync,
	statSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LineFailure } from './inbox-line.ts';

export const FILE_BYTES_MAX = 512 * 1024 * 1024;
export const FILES_PER_RUN_MAX = 1_000;

export interface InboxFile {
	name: string;
	path: string;
	bytes: number;
}

export interface RefusedLine extends LineFailure {
	file: string;
	/** 1, 2, ... */
	lineNumber: number;
}

/** Files to read, oldest name first. The folder is made when it is not there. */
export function listInbox(inbox: string): InboxFile[] {
	mkdirSync(inbox, { recursive: true });
	return readdirSync(inbox)
		.filter((name) => name.endsWith('.ndjson'))
		.sort()
		.slice(0, FILES_PER_RUN_MAX)
		.map((name) => ({ name, path: join(inbox, name), bytes: statSync(join(inbox, name)).size }))
		.filter((file) => file.bytes <= FILE_BYTES_MAX && statSync(file.path).isFile());
}

/** The lines of a file with their numbers; empty ones are passed over. */
export async function* readLines(
	file: InboxFile
): AsyncGenerator<{ text: string; number: number }> {
	const lines = createInterface({
		input: createReadStream(file.path, 'utf8'),
		crlfDelay: Infinity
	});
	let number = 0;
	for await (const text of lines) {
		number += 1;
		const line = number === 1 ? text.replace(/^\ufeff/, '') : text;
		if (line.trim() !== '') yield { text: line, number };
	}
}

/** Every line is decided: the file moves out of the way, never over one of the same name. */
export function finishFile(inbox: string, file: InboxFile, refused: RefusedLine[]): void {
	if (refused.length > 0) writeRefused(inbox, file, refused);
	const done = join(inbox, 'done');
	mkdirSync(done, { recursive: true });
	renameSync(file.path, freeName(done, file.name));
}

function writeRefused(inbox: string, file: InboxFile, refused: RefusedLine[]): void {
	const folder = join(inbox, 'refused');
	mkdirSync(folder, { recursive: true });
	const handle = openSync(freeName(folder, file.name), 'wx');
	for (const line of refused) writeSync(handle, `${JSON.stringify(line)}\n`);
	fsyncSync(handle);
	closeSync(handle);
}

function freeName(folder: string, name: string): string {
	for (let copy = 1; ; copy++) {
		const free = join(folder, copy === 1 ? name : name.replace(/\.ndjson$/, `.${copy}.ndjson`));
		if (!existsSync(free)) return free;
	}
}
