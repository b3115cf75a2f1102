/**
 * Which entries are in force: what voids what, and what an entry of a newer version changes.
 *
 * - A void counts while nothing voids it, so a void of a void brings the entry back.
 * - A void or replacement counts only for entries of the class it states: a statement about an event
 *   can never take an allergy away.
 * - An entry of an unknown kind voids nothing here, since this version cannot read it; what it names is
 *   marked as changed and stays visible.
 * Works through the entries with queues, never by recursion: a hostile chain of 10,000 voids costs time
 * in proportion, not the stack.
 */
import type { BookEntry } from '../book/book-entry.ts';
import type { FactName } from '../book/facts.ts';
import type { EntryId } from '../ids.ts';
import { overtakenVersions } from './amendments.ts';
import type { EntrySet } from './entry-set.ts';

export interface Activity {
	/** The voids in force that name this entry whole, oldest first. */
	voidsOf(id: EntryId): readonly BookEntry[];
	isVoided(id: EntryId): boolean;
	/** Voided whole, or this one fact of it. */
	isFactVoided(id: EntryId, fact: FactName): boolean;
	/** An entry of a newer version replaces, voids or resolves it, or the void of it. */
	isChangedByNewer(id: EntryId): boolean;
	/** The same of one fact of it. */
	isFactChangedByNewer(id: EntryId, fact: FactName): boolean;
	/** Unreadable entries that still say something: nothing voids them, no readable version follows. */
	unreadable: readonly BookEntry[];
}

const NONE: readonly BookEntry[] = [];

export function createActivity(set: EntrySet): Activity {
	const voids = set.entries.filter((entry) => entry.content.kind === 'void');
	const wholeVoids = voidsInForce(set, voids);
	const factsVoided = factVoidsInForce(set, voids, wholeVoids);
	const overtaken = overtakenVersions(set, (id) => wholeVoids.has(id));
	const unreadable = set.entries.filter(
		({ id, content }) => content.kind === 'unknown' && !wholeVoids.has(id) && !overtaken.has(id)
	);
	const changed = changedByNewer(set, unreadable);
	return {
		voidsOf: (id) => wholeVoids.get(id) ?? NONE,
		isVoided: (id) => wholeVoids.has(id),
		isFactVoided: (id, fact) =>
			wholeVoids.has(id) || (factsVoided.size > 0 && factsVoided.has(factKey(id, fact))),
		isChangedByNewer: (id) => changed.entries.has(id),
		isFactChangedByNewer: (id, fact) =>
			changed.whole.has(id) || (changed.facts.size > 0 && changed.facts.has(factKey(id, fact))),
		unreadable
	};
}

type VoidsByTarget = Map<EntryId, BookEntry[]>;

/**
 * From the last void backwards: one that nothing voids is in force and ends its targets; another is
 * decided once every void of it is. Entries on a cycle, which hashes make impossible, are never decided
 * and so void nothing.
 */
function voidsInForce(set: EntrySet, voids: BookEntry[]): VoidsByTarget {
	const inForce: VoidsByTarget = new Map();
	if (voids.length === 0) return inForce;
	const undecidedVoidsOf = new Map<EntryId, number>();
	for (const entry of voids)
		for (const target of wholeTargets(set, entry))
			undecidedVoidsOf.set(target, (undecidedVoidsOf.get(target) ?? 0) + 1);
	const queue = voids.filter((entry) => !undecidedVoidsOf.has(entry.id));
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
		const isInForce = !inForce.has(entry.id);
		for (const target of wholeTargets(set, entry)) {
			if (isInForce) append(inForce, target, entry);
			const left = (undecidedVoidsOf.get(target) ?? 0) - 1;
			undecidedVoidsOf.set(target, left);
			const next = set.byId.get(target);
			if (left === 0 && next?.content.kind === 'void') queue.push(next);
		}
	}
	return inOrder(set, inForce);
}

function wholeTargets(set: EntrySet, entry: BookEntry): Set<EntryId> {
	const targets = new Set<EntryId>();
	for (const basis of entry.envelope.basedOn ?? []) {
		const target = set.byId.get(basis.id);
		if (basis.fact === undefined && target?.envelope.class === entry.envelope.class)
			targets.add(basis.id);
	}
	return targets;
}

/** The queue decides in any order; readers get the voids of one entry oldest first. */
function inOrder(set: EntrySet, voids: VoidsByTarget): VoidsByTarget {
	const rank = new Map<EntryId, number>();
	for (const list of voids.values()) if (list.length > 1) for (const e of list) rank.set(e.id, 0);
	if (rank.size === 0) return voids;
	set.entries.forEach((entry, at) => rank.set(entry.id, at));
	for (const list of voids.values())
		list.sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
	return voids;
}

function factVoidsInForce(
	set: EntrySet,
	voids: BookEntry[],
	wholeVoids: VoidsByTarget
): Set<string> {
	const voided = new Set<string>();
	for (const entry of voids) {
		if (wholeVoids.has(entry.id) || entry.envelope.class !== 'fact') continue;
		for (const basis of entry.envelope.basedOn ?? [])
			if (basis.fact !== undefined && set.byId.has(basis.id))
				voided.add(factKey(basis.id, basis.fact));
	}
	return voided;
}

interface Changed {
	entries: Set<EntryId>;
	/** Named without naming a fact. */
	whole: Set<EntryId>;
	facts: Set<string>;
}

/** What unreadable entries name; and where that is a void, what the void names, and so on. */
function changedByNewer(set: EntrySet, unreadable: readonly BookEntry[]): Changed {
	const changed: Changed = { entries: new Set(), whole: new Set(), facts: new Set() };
	const queue = unreadable.filter((entry) => entry.envelope.effect !== 'adds');
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop())
		for (const { id, fact } of entry.envelope.basedOn ?? []) {
			if (fact === undefined) changed.whole.add(id);
			else changed.facts.add(factKey(id, fact));
			if (changed.entries.has(id)) continue;
			changed.entries.add(id);
			const target = set.byId.get(id);
			if (target?.content.kind === 'void') queue.push(target);
		}
	return changed;
}

function factKey(id: EntryId, fact: string): string {
	return `${id} ${fact}`;
}

function append(map: VoidsByTarget, key: EntryId, entry: BookEntry): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [entry]);
	else list.push(entry);
}
