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
import type { EntrySet } from './entry-set.ts';

export interface Thread {
	/** All versions, oldest first. */
	versions: readonly BookEntry[];
	/** Newest first. More than one: amended apart. None: everything is voided. */
	heads: readonly BookEntry[];
	/** The head shown; of a voided thread, what was shown last. */
	shown: BookEntry;
}

/** Threads of everything but facts and voids, oldest first by the version shown. */
export function createThreads(set: EntrySet, activity: Activity): Thread[] {
	const threads: Thread[] = [];
	const joined = new Set<EntryId>();
	const neighbours = amendmentNeighbours(set);
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

/** The entries of the same kind and class that an amendment replaces, as far as they have arrived. */
export function amendedBy(set: EntrySet, entry: BookEntry): BookEntry[] {
	const { basedOn, effect, kind } = entry.envelope;
	if (effect !== 'replaces' || basedOn === undefined || entry.content.kind === 'unknown') return [];
	const amended: BookEntry[] = [];
	for (const { id } of basedOn) {
		const target = set.byId.get(id);
		if (target === undefined || target === entry || target.content.kind !== kind) continue;
		if (target.envelope.class === entry.envelope.class) amended.push(target);
	}
	return amended;
}

function amendmentNeighbours(set: EntrySet): Map<EntryId, BookEntry[]> {
	const neighbours = new Map<EntryId, BookEntry[]>();
	const add = (id: EntryId, entry: BookEntry) => {
		const list = neighbours.get(id);
		if (list === undefined) neighbours.set(id, [entry]);
		else list.push(entry);
	};
	for (const entry of set.entries) {
		if (!isThreaded(entry)) continue;
		for (const target of amendedBy(set, entry)) {
			add(entry.id, target);
			add(target.id, entry);
		}
	}
	return neighbours;
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
	if (versions.length === 1)
		return { versions, heads: activity.isVoided(first.id) ? [] : versions, shown: first };
	const inForce = versions.filter((entry) => !activity.isVoided(entry.id));
	const heads = newestUnreplaced(set, inForce, inForce);
	const shown = heads[0] ?? newestUnreplaced(set, versions, versions)[0] ?? first;
	return { versions, heads, shown };
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

/**
 * All earlier versions an amendment was built on, itself not among them. Steps already in `known` are
 * not walked again, so a thread of n versions costs n steps altogether.
 */
export function builtOn(
	set: EntrySet,
	amendment: BookEntry,
	known: ReadonlySet<EntryId> = new Set()
): BookEntry[] {
	const found: BookEntry[] = [];
	const seen = new Set<EntryId>([amendment.id]);
	const queue = [amendment];
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop())
		for (const target of amendedBy(set, entry)) {
			if (seen.has(target.id) || known.has(target.id)) continue;
			seen.add(target.id);
			found.push(target);
			queue.push(target);
		}
	return found;
}
