/**
 * What amendments were built on. The walk goes on through a version that cannot be read here, so that an
 * amendment of it still stands for what was before it: one event stays one line. Not for safety entries,
 * where in doubt everything is shown.
 */
import type { BookEntry } from '../book/book-entry.ts';
import type { EntryId } from '../ids.ts';
import type { EntrySet } from './entry-set.ts';

/** The entries of the same kind and class that an amendment replaces, as far as they have arrived. */
export function amendedBy(set: EntrySet, entry: BookEntry): BookEntry[] {
	const { basedOn, effect } = entry.envelope;
	if (effect !== 'replaces' || basedOn === undefined) return [];
	const amended: BookEntry[] = [];
	for (const { id } of basedOn) {
		const target = set.byId.get(id);
		if (target !== undefined && target !== entry && isVersionOf(target, entry))
			amended.push(target);
	}
	return amended;
}

function isVersionOf(target: BookEntry, entry: BookEntry): boolean {
	const [one, other] = [target.envelope, entry.envelope];
	if (one.kind !== other.kind || one.class !== other.class) return false;
	const areReadable = target.content.kind !== 'unknown' && entry.content.kind !== 'unknown';
	return areReadable || one.class === 'event';
}

/** Both ends of every amendment, as far as a readable one leads there. */
export function amendmentNeighbours(
	set: EntrySet,
	isThreaded: (entry: BookEntry) => boolean
): Map<EntryId, BookEntry[]> {
	const neighbours = new Map<EntryId, BookEntry[]>();
	const add = (id: EntryId, entry: BookEntry) => {
		const list = neighbours.get(id);
		if (list === undefined) neighbours.set(id, [entry]);
		else list.push(entry);
	};
	const queue = set.entries.filter((entry) => isReadable(entry) && isThreaded(entry));
	const passed = new Set<EntryId>();
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop())
		for (const target of amendedBy(set, entry)) {
			add(entry.id, target);
			add(target.id, entry);
			if (isReadable(target) || passed.has(target.id)) continue;
			passed.add(target.id);
			queue.push(target);
		}
	return neighbours;
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

/** Unreadable versions that a readable amendment in force was built on: what they changed is known again. */
export function overtakenVersions(set: EntrySet, isVoided: (id: EntryId) => boolean): Set<EntryId> {
	const overtaken = new Set<EntryId>();
	const queue = set.entries.filter((entry) => isReadable(entry) && !isVoided(entry.id));
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop())
		for (const target of amendedBy(set, entry)) {
			if (isReadable(target) || overtaken.has(target.id)) continue;
			overtaken.add(target.id);
			queue.push(target);
		}
	return overtaken;
}

function isReadable(entry: BookEntry): boolean {
	return entry.content.kind !== 'unknown';
}
