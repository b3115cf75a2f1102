/**
 * The inbox folder: `*.ndjson`, in order of their names. A file whose every line is decided moves to
 * `done/`; its refused lines stand with their reasons in `refused/`, beside it.
 */
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	statSync
} from 'node:fs';
import { join } from 'node:path';

export const FILE_BYTES_MAX = 512 * 1024 * 1024;
export const FILES_PER_RUN_MAX = 1_000;

export interface InboxFile {
	name: string;
	path: string;
}

/** Why a file stays where it is. */
export type LeftCode =
	| 'too-large'
	| 'not-a-file'
	/** It cannot be opened, or not read to its end. */
	| 'unreadable'
	/** Its turn comes in another night. */
	| 'too-many-files'
	/** `refused/` or `done/` cannot be written; its lines are taken. */
	| 'not-moved'
	/** Some of its lines wait until the server has been asked. */
	| 'undecided';

export interface InboxListing {
	/** To be read, in this order. */
	files: InboxFile[];
	left: { name: string; code: LeftCode }[];
}

/** The folder is made when it is not there. A file that is left takes no other's place. */
export function listInbox(inbox: string): InboxListing {
	mkdirSync(inbox, { recursive: true });
	const listing: InboxListing = { files: [], left: [] };
	for (const name of readdirSync(inbox).sort()) {
		if (!name.endsWith('.ndjson')) continue;
		const path = join(inbox, name);
		const isFull = listing.files.length >= FILES_PER_RUN_MAX;
		const code = isFull ? 'too-many-files' : whyNotRead(path);
		if (code === undefined) listing.files.push({ name, path });
		else listing.left.push({ name, code });
	}
	return listing;
}

function whyNotRead(path: string): LeftCode | undefined {
	// A link that leads nowhere, or a file that somebody took away just now.
	if (!existsSync(path)) return 'unreadable';
	const stats = statSync(path);
	if (!stats.isFile()) return 'not-a-file';
	return stats.size > FILE_BYTES_MAX ? 'too-large' : undefined;
}

/** Every line is decided: the file moves out of the way, never over one of the same name. */
export function moveToDone(inbox: string, { name, path }: InboxFile): void {
	const done = join(inbox, 'done');
	mkdirSync(done, { recursive: true });
	renameSync(path, freeName(done, name));
	syncFolder(done);
	syncFolder(inbox);
}

/** Path under the name, or with 2, 3, ... before its ending: the first that is free, or `isOwn`. */
export function freeName(
	folder: string,
	name: string,
	isOwn: (path: string) => boolean = () => false
): string {
	for (let copy = 1; ; copy++) {
		const path = join(folder, copy === 1 ? name : name.replace(/\.ndjson$/, `.${copy}.ndjson`));
		if (!existsSync(path) || isOwn(path)) return path;
	}
}

/** A file that was made or renamed in it is there after a power cut too. */
export function syncFolder(folder: string): void {
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
