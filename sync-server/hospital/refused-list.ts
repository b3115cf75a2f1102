/**
 * The refused lines of one inbox file. They are written as they come, under a name that nobody reads, and
 * get their own name when every line of the file is decided: a killed run leaves no half list, and the
 * next one, which refuses the same lines again, no second list.
 */
import { createHash } from 'node:crypto';
import {
	closeSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { freeName, syncFolder } from './inbox.ts';
import type { LineFailure } from './inbox-line.ts';

export interface RefusedLine extends LineFailure {
	file: string;
	/** 1, 2, ... */
	lineNumber: number;
}

export interface RefusedList {
	add(line: RefusedLine): void;
	/** Every line of the file is decided. */
	publish(): void;
	/** What was not published goes: the file is read again another night. */
	close(): void;
}

const READ_BYTES = 64 * 1024;

/** Touches the disk only when a line is refused. */
export function createRefusedList(inbox: string, name: string): RefusedList {
	const folder = join(inbox, 'refused');
	const part = join(folder, `${name}.part`);
	let handle: number | undefined;
	const closePart = (): void => {
		if (handle !== undefined) closeSync(handle);
		handle = undefined;
	};
	return {
		add: (line) => {
			handle ??= openPart(folder, part);
			writeFileSync(handle, `${JSON.stringify(line)}\n`);
		},
		publish: () => {
			if (handle === undefined) return;
			fsyncSync(handle);
			closePart();
			// A killed run may have published this very list already.
			renameSync(
				part,
				freeName(folder, name, (path) => isSame(path, part))
			);
			syncFolder(folder);
			syncFolder(inbox);
		},
		close: () => {
			if (handle === undefined) return;
			closePart();
			rmSync(part, { force: true });
		}
	};
}

function openPart(folder: string, part: string): number {
	mkdirSync(folder, { recursive: true });
	return openSync(part, 'w');
}

function isSame(one: string, other: string): boolean {
	return statSync(one).size === statSync(other).size && digestOf(one) === digestOf(other);
}

function digestOf(path: string): string {
	const hash = createHash('sha256');
	const piece = Buffer.alloc(READ_BYTES);
	const handle = openSync(path, 'r');
	try {
		for (let bytes = -1; bytes !== 0; hash.update(piece.subarray(0, bytes)))
			bytes = readSync(handle, piece);
	} finally {
		closeSync(handle);
	}
	return hash.digest('hex');
}
