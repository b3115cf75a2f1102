/** What the kill tests' child pushes: parent and child know it by run and number alone. */
import { bookId, entryOf } from './port-suite-material.ts';
import type { AppendEntry, AuditRow } from './storage.ts';

export const KILL_FACILITY = 'S0001';
const BOOKS = 9;
const BULK_EVERY = 20;
const BULK_ENTRIES = 230;

/** Mostly single entries, now and then a push that needs several commits. */
export function killEntries(run: string, push: number): AppendEntry[] {
	const count = push % BULK_EVERY === 0 ? BULK_ENTRIES : 1;
	return Array.from({ length: count }, (_, n) => {
		const author = (push + n) % 3 === 0 ? {} : { facility: KILL_FACILITY };
		return entryOf(bookId(`killed ${run} ${(push + n) % BOOKS}`), `${push}-${n}`, author);
	});
}

/** The commit numbers that rows of pushes say they brought, ascending, each as often as it is named. */
export function commitsNamed(pushes: AuditRow[]): number[] {
	const commits = pushes.flatMap(({ detail }) => {
		const [, first, last] = /commits=(\d+)-(\d+)$/.exec(detail) ?? [];
		const length = first === undefined ? 0 : Number(last) - Number(first) + 1;
		return Array.from({ length }, (_, at) => Number(first) + at);
	});
	return commits.toSorted((a, b) => a - b);
}
