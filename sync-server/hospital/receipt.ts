/** What a night says about itself, and the folder where it stays. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder, type LeftCode } from './inbox.ts';
import type { RefusedLine } from './refused-list.ts';

/** Lists hold so many at most; the counts beside them hold all. */
export interface Receipt {
	startedMs: number;
	endedMs: number;
	outcome:
		| 'complete'
		/** Lines, files or entries need a person. */
		| 'something-refused'
		/** Entries or files are left for the next night. */
		| 'something-waits'
		| 'server-unreachable'
		| 'sign-in-refused';
	/** Why the server or the sign-in could not be used. */
	reason?: string;
	received: { books: number };
	files: {
		taken: number;
		/** Somebody has to look at these. */
		left: number;
		/** Read in another night. */
		waits: number;
		listed: { name: string; outcome: 'taken' | 'left' | 'waits'; code?: LeftCode }[];
	};
	lines: {
		read: number;
		taken: number;
		takenBefore: number;
		/** They wait in their files until the server has been asked. */
		undecided: number;
		refusedCount: number;
		refused: RefusedLine[];
	};
	sent: {
		acknowledged: number;
		/** By the server, in this night. */
		refused: RefusedEntry[];
		/** In earlier nights; they stay in the replica. */
		refusedBefore: RefusedEntry[];
		waiting: number;
	};
	replica: { books: number; digest: string; matchesServer: boolean };
	/** Of the server's access log at the end of the night. Kept here it shows what was changed there later:
	 * `npm run audit -- verify --checkpoint FILE`. */
	accessLog?: string;
}

export interface RefusedEntry {
	entry: string;
	code: string;
	path?: string;
}

export interface ReceiptFolder {
	/** Answers where it stands. */
	write(receipt: Receipt): string;
}

/** Throws when the folder cannot be written, before the night has begun. One run at a time. */
export function openReceiptFolder(folder: string): ReceiptFolder {
	const part = join(folder, 'receipt.part');
	mkdirSync(folder, { recursive: true });
	writeFileSync(part, '');
	return {
		write: (receipt) => {
			const started = new Date(receipt.startedMs).toISOString().replaceAll(/[:.]/g, '-');
			const file = join(folder, `${started}.json`);
			const handle = openSync(part, 'w');
			try {
				writeFileSync(handle, `${JSON.stringify(receipt, undefined, '\t')}\n`);
				fsyncSync(handle);
			} finally {
				closeSync(handle);
			}
			renameSync(part, file);
			syncFolder(folder);
			return file;
		}
	};
}
