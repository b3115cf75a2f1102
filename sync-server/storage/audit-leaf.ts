/**
 * What an audit row is in the tree: a commitment under a salt. Each book has a salt of its own; a row that names no
 * book has that of the person who acted, else of the facility, else the one of nobody. Of it each row's salt is
 * made, so that showing one row opens no other. Who erases a row with its salt leaves a leaf that tells nothing.
 */
import { commitmentOf } from '#lib/entry/merkle.ts';
import { encodeAccess } from '#lib/protocol/access-log.ts';
import type { AuditRow } from './storage.ts';

/** Whose salt hides the row. */
export function saltSubjectOf({ book, person, facility }: AuditRow): string {
	if (book !== undefined) return `book ${book}`;
	if (person !== undefined) return `person ${person}`;
	return facility === undefined ? 'nobody' : `facility ${facility}`;
}

/** A new subject's salt. `seed` is random, used for one folding and kept nowhere. */
export function newSalt(seed: Uint8Array, subject: string): Uint8Array {
	return commitmentOf(seed, new TextEncoder().encode(subject));
}

/** `number`: of the row, from 1 on. */
export function saltOfRow(subjectSalt: Uint8Array, number: number): Uint8Array {
	return commitmentOf(subjectSalt, new TextEncoder().encode(`row ${number}`));
}

export function leafOf(row: AuditRow, number: number, subjectSalt: Uint8Array): Uint8Array {
	return commitmentOf(saltOfRow(subjectSalt, number), encodeAccess(row));
}

/** What a row that names no book is about: entries of the log, or rows of its facility's feed. */
export type AuditReach =
	| { type: 'commits'; from: number; to: number }
	/** Rows after `after` up to `to`; `isSnapshot`: all books that were in the feed at `to`. */
	| { type: 'feed'; isSnapshot: boolean; after: number; to: number };

const COMMITS = /\bcommits=(\d+)-(\d+)$/;
const FEED = /^feed (snapshot|snapshot at=(\d+)|from=(\d+)) to=(\d+)$/;

/** A snapshot that goes on (`at=`) was stated whole by the row that it began with. */
export function reachOf({ action, detail }: AuditRow): AuditReach | undefined {
	if (action === 'push') {
		const [, from, to] = COMMITS.exec(detail) ?? [];
		return to === undefined ? undefined : { type: 'commits', from: Number(from), to: Number(to) };
	}
	const [, kind, at, from, to] = (action === 'deliver' && FEED.exec(detail)) || [];
	if (to === undefined) return undefined;
	const after = Number(at ?? from ?? 0);
	return { type: 'feed', isSnapshot: kind === 'snapshot', after, to: Number(to) };
}
