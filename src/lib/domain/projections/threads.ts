/**
 * Events and safety entries with their versions. Entries joined by amendments are one thread; its heads
 * are the versions in force that no other version in force stands for.
 *
 * For events, a version stands for everything it was built on, also across a voided step between. For
 * safety entries only a replacement in force of exactly that entry takes its place, so in doubt an
 * allergy is shown twice rather than not at all.
 */
import { compareByOccurred, type BookEntry } from '../book/book-entry.ts';
import type { EntryId } from '../ids.ts';
import type { Activity } from './activity.ts';
import { amendedBy, amendmentNeighbours, builtOn } from './amendments.ts';
import type { EntrySet } from './entry-set.ts';

export interface Thread {
	/** All versions, oldest first. */
	versions: readonly BookEntry[];
	/** Newest first. More than one: amended apart. None: everything is voided. */
	heads: readonly BookEntry[];
	/** The head shown; of a voided thread, what was shown last. */
	shown: BookEntry;
	/** An entry of a newer version replaces or voids a version of it, or the void of one. */
	isChangedByNewer: boolean;
}

/** Threads of everything but facts and voids, oldest first by the version shown. */
export function createThreads(set: EntrySet, activity: Activity): Thread[] {
	const threads: Thread[] = [];
	const joined = new Set<EntryId>();
	const neighbours = amendmentNeighbours(set, isThreaded);
	for (const entry of set.entries) {
		if (!isThreaded(entry) || joined.has(entry.id)) continue;
		const versions = neighbours.has(entry.id) ? connected(neighbours, entry, joined) : [entry];
		threads.push(createThread(set, activity, versions));
	}
	return neighbours.size === 0
		? threads
		: threads.sort((a, b) => compareByOccurred(a.shown, b.shown));
}

function isThreaded(entry: BookEntry): boolean {
	return entry.content.kind !== 'void' && entry.content.kind !== 'facts';
}

/** Everything reachable from `start`, oldest first; marks it as joined. */
function connected(
	neighbours: ReadonlyMap<EntryId, BookEntry[]>,
	start: BookEntry,
	joined: Set<EntryId>
): BookEntry[] {
	const found = [start];
	joined.add(start.id);
	for (let at = 0; at < found.length; at++)
		for (const next of neighbours.get(found[at]?.id ?? start.id) ?? []) {
			if (joined.has(next.id)) continue;
			joined.add(next.id);
			found.push(next);
		}
	return found.sort(compareByOccurred);
}

function createThread(set: EntrySet, activity: Activity, versions: BookEntry[]): Thread {
	const first = versions[0];
	if (first === undefined) throw new Error('a thread has at least one version');
	const isChangedByNewer = versions.some(({ id }) => activity.isChangedByNewer(id));
	if (versions.length === 1) {
		const heads = activity.isVoided(first.id) ? [] : versions;
		return { versions, heads, shown: first, isChangedByNewer };
	}
	// What cannot be read is kept as a version; it is never what is shown of an event that can be read.
	const readable = versions.filter((entry) => entry.content.kind !== 'unknown');
	const inForce = readable.filter((entry) => !activity.isVoided(entry.id));
	const heads = newestUnreplaced(set, inForce, inForce);
	const shown = heads[0] ?? newestUnreplaced(set, readable, readable)[0] ?? first;
	return { versions, heads, shown, isChangedByNewer };
}

/** Those of `candidates` for which none of `amendments` stands, newest first. */
function newestUnreplaced(
	set: EntrySet,
	candidates: readonly BookEntry[],
	amendments: readonly BookEntry[]
): BookEntry[] {
	const replaced = new Set<EntryId>();
	for (const amendment of amendments)
		for (const { id } of amendment.envelope.class === 'safety'
			? amendedBy(set, amendment)
			: builtOn(set, amendment, replaced))
			replaced.add(id);
	return candidates.filter((entry) => !replaced.has(entry.id)).reverse();
}
