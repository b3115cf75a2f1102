/**
 * Many calls, few commits. What arrives while a transaction is being committed shares the next one:
 * all small steps first, then one group of a bulk push. If a shared transaction fails, every step is
 * tried again alone, so that only the step that cannot be stored is told so.
 *
 * A step answers only after the COMMIT that holds it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { BULK_GROUP_ENTRIES } from '#lib/protocol/limits.ts';
import type { WriterState } from './state.ts';

/** Small steps in one commit; more wait for the next, so that the first are not held up. */
const SMALL_STEPS_PER_COMMIT_MAX = 256;

/** Where tests may stop the process or make the storage fail. */
export const FAULT_POINTS = [
	'before_begin',
	'after_append',
	'before_commit',
	'after_commit',
	'before_ack'
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];
export type Fault = (point: FaultPoint) => void;

/** One part of a call that must not be divided over two commits. */
export interface Step {
	lane: 'small' | 'bulk';
	/** Entries it stores: bulk steps share a commit up to BULK_GROUP_ENTRIES. */
	entries: number;
	run: () => unknown;
	done: (result: unknown) => void;
	failed: (error: unknown) => void;
	/** An earlier part of the same call failed; this one must not be stored. */
	isCancelled?: () => boolean;
}

export interface GroupCommit {
	add(step: Step): void;
	isIdle(): boolean;
	/** Commits the next group. False when nothing waited. */
	commitNext(): boolean;
}

export function createGroupCommit(
	database: DatabaseSync,
	state: WriterState,
	fault: Fault
): GroupCommit {
	const small: Step[] = [];
	const bulk: Step[] = [];
	const begin = database.prepare('BEGIN IMMEDIATE');
	const commit = database.prepare('COMMIT');

	const carryOut = (steps: Step[]): unknown[] => {
		fault('before_begin');
		begin.run();
		const results = steps.map((step) => step.run());
		state.flush();
		fault('before_commit');
		commit.run();
		state.trim();
		return results;
	};
	const undo = (): void => {
		if (database.isTransaction) database.exec('ROLLBACK');
		state.forget();
	};
	const answer = (steps: Step[], results: unknown[]): void => {
		fault('after_commit');
		for (const [index, step] of steps.entries()) {
			fault('before_ack');
			step.done(results[index]);
		}
	};
	/** False when nothing was stored and the steps should be tried one by one. */
	const tryTogether = (steps: Step[]): boolean => {
		let results: unknown[];
		try {
			results = carryOut(steps);
		} catch (error) {
			undo();
			if (steps.length === 1) steps[0]?.failed(error);
			return steps.length === 1;
		}
		answer(steps, results);
		return true;
	};
	return {
		add: (step) => void (step.lane === 'small' ? small : bulk).push(step),
		isIdle: () => small.length === 0 && bulk.length === 0,
		commitNext() {
			const steps = [...small.splice(0, SMALL_STEPS_PER_COMMIT_MAX), ...takeBulkGroup(bulk)];
			if (steps.length === 0) return false;
			if (!tryTogether(steps))
				for (const step of steps) if (step.isCancelled?.() !== true) tryTogether([step]);
			return true;
		}
	};
}

function takeBulkGroup(bulk: Step[]): Step[] {
	const group: Step[] = [];
	let entries = 0;
	while (bulk[0] !== undefined) {
		entries += bulk[0].entries;
		if (group.length > 0 && entries > BULK_GROUP_ENTRIES) break;
		const step = bulk.shift();
		if (step !== undefined && step.isCancelled?.() !== true) group.push(step);
	}
	return group;
}
