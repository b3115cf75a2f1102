/**
 * An epoch is one unbroken life of the log. Commit numbers are comparable only within it: a database
 * restored from a backup goes on counting where the backup ended and gives the lost numbers again, so
 * it must say that it is another life.
 *
 * The high-water file, beside the database but not inside, remembers how far the log had come. A
 * database that knows less than the file is an older one put in its place: it takes a new epoch by itself.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { bytesAt, integerAt, prepareQuery } from './columns.ts';

const HIGH_WATER_TEXT = /^epoch ([0-9a-f]{12}) commit ([0-9]{1,15})\n$/;

export interface HighWater {
	/** In hexadecimal. */
	epoch: string;
	commit: number;
}

export interface NewEpoch {
	epoch: Uint8Array;
	nowMs: number;
}

/** Why the database was given a new epoch at this start, or `unchanged`. */
export type EpochDecision = 'unchanged' | 'first-start' | 'older-than-high-water';

/** To be called once at start, before anything is written or answered. */
export function settleEpoch(
	database: DatabaseSync,
	highWater: HighWater | undefined,
	next: NewEpoch
): EpochDecision {
	const decision = decide(database, highWater);
	if (decision !== 'unchanged') takeNewEpoch(database, next);
	return decision;
}

/** From here on the log is another life. */
export function takeNewEpoch(database: DatabaseSync, { epoch, nowMs }: NewEpoch): void {
	database
		.prepare(
			`INSERT INTO epochs (epoch, commit_number, began_ms, audit_rows)
			SELECT ?, coalesce(max(commit_number), 0), ?, (SELECT coalesce(max(number), 0) FROM audit)
			FROM entries`
		)
		.run(epoch, nowMs);
}

function decide(database: DatabaseSync, highWater: HighWater | undefined): EpochDecision {
	const epochs = prepareQuery(database, 'SELECT epoch FROM epochs ORDER BY number')
		.all()
		.map((row) => hexOf(bytesAt(row, 0)));
	if (epochs.length === 0) return 'first-start';
	if (highWater === undefined) return 'unchanged';
	if (!epochs.includes(highWater.epoch)) return 'older-than-high-water';
	const isCurrent = epochs.at(-1) === highWater.epoch;
	return isCurrent && highWater.commit > readHead(database) ? 'older-than-high-water' : 'unchanged';
}

/** What the high-water file should say now. */
export function currentHighWater(database: DatabaseSync): HighWater {
	const row = prepareQuery(database, 'SELECT epoch FROM epochs ORDER BY number DESC LIMIT 1').get();
	if (row === undefined) throw new Error('the store has no epoch');
	return { epoch: hexOf(bytesAt(row, 0)), commit: readHead(database) };
}

/** Undefined when there is no file or it cannot be read as one: then it tells nothing. */
export function readHighWater(file: string): HighWater | undefined {
	try {
		const [, epoch, commit] = HIGH_WATER_TEXT.exec(readFileSync(file, 'utf8')) ?? [];
		return epoch === undefined ? undefined : { epoch, commit: Number(commit) };
	} catch {
		return undefined;
	}
}

/** Replaces the file whole, so that a crash leaves the old one or the new one. */
export function writeHighWater(file: string, highWater: HighWater): void {
	const waiting = `${file}.new`;
	const handle = openSync(waiting, 'w');
	try {
		writeSync(handle, `epoch ${highWater.epoch} commit ${highWater.commit}\n`);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	renameSync(waiting, file);
	syncDirectory(dirname(file));
}

/** Makes new and renamed files of a directory durable. */
export function syncDirectory(directory: string): void {
	const handle = openSync(directory, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function readHead(database: DatabaseSync): number {
	const sql = 'SELECT coalesce(max(commit_number), 0) FROM entries';
	return integerAt(prepareQuery(database, sql).get() ?? [0], 0);
}

function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
