/**
 * The storage as one thread sees it: a writer with its group commit, without a thread of its own. The
 * worker runs it on a file; tests and the simulation may run it in memory.
 */
import type { DatabaseSync } from 'node:sqlite';
import { BULK_GROUP_ENTRIES } from '#lib/protocol/limits.ts';
import type { AppendBatch, AppendResult } from '../storage.ts';
import { createGroupCommit, type Fault, type GroupCommit } from './group-commit.ts';
import { createWriter, type Writer } from './writer.ts';

export interface WriteCall {
	done: (result: unknown) => void;
	failed: (error: unknown) => void;
}

export interface WriteEngine {
	writer: Writer;
	commits: GroupCommit;
	/** Puts one call into the queue; it is carried out by `commits.commitNext()`. */
	add(run: (writer: Writer) => unknown, call: WriteCall): void;
	addAppend(batch: AppendBatch, call: WriteCall): void;
}

export function createWriteEngine(database: DatabaseSync, fault: Fault): WriteEngine {
	const writer = createWriter(database, () => {
		fault('after_append');
	});
	const commits = createGroupCommit(database, writer.state, fault);
	return {
		writer,
		commits,
		add(run, call) {
			commits.add({ lane: 'small', entries: 0, run: () => run(writer), ...call });
		},
		addAppend(batch, call) {
			const parts = partsOf(batch);
			const results: AppendResult[][] = [];
			let isFailed = false;
			for (const part of parts)
				commits.add({
					lane: batch.lane,
					entries: part.length,
					run: () => writer.append(part, batch.audit),
					isCancelled: () => isFailed,
					done(result) {
						results.push(result as AppendResult[]);
						if (results.length === parts.length) call.done(results.flat());
					},
					failed(error) {
						isFailed = true;
						call.failed(error);
					}
				});
		}
	};
}

/** A bulk push in groups, each for one commit; a small one whole. */
function partsOf(batch: AppendBatch): AppendBatch['entries'][] {
	if (batch.lane === 'small' || batch.entries.length <= BULK_GROUP_ENTRIES) return [batch.entries];
	const parts: AppendBatch['entries'][] = [];
	for (let at = 0; at < batch.entries.length; at += BULK_GROUP_ENTRIES)
		parts.push(batch.entries.slice(at, at + BULK_GROUP_ENTRIES));
	return parts;
}
