/**
 * Facts with their heads. Every entry that states a fact asserts one value; an assertion is a head while
 * it is in force and no other assertion in force was built on it. Heads of equal value are one head with
 * several sources; different values are a conflict that only a person ends. No clock decides anything
 * here: time only orders what is shown.
 */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import { FACT_NAMES, type FactName, type FactValue, type Facts } from '../book/facts.ts';
import type { EntryId } from '../ids.ts';
import type { Activity } from './activity.ts';
import type { FactHead, FactView, FactViews } from './book-view.ts';
import { sourceOf, type EntrySet } from './entry-set.ts';

/** The facts of a book, in the fixed order of `FACT_NAMES`. */
export function projectFacts(set: EntrySet, activity: Activity): FactViews {
	const views: FactViews = {};
	const entries = set.entries.filter((entry) => isEntryOf(entry, 'facts'));
	for (const name of FACT_NAMES) addFact(views, name, entries, set, activity);
	return views;
}

function addFact<Name extends FactName>(
	views: FactViews,
	name: Name,
	entries: readonly BookEntry[],
	set: EntrySet,
	activity: Activity
): void {
	const inForce = entries.filter(
		(entry) => factValue(entry, name) !== undefined && !activity.isFactVoided(entry.id, name)
	);
	if (inForce.length === 0) return;
	const replaced = replacedAssertions(set, name, inForce);
	const heads = foldEqual(name, inForce.filter((entry) => !replaced.has(entry.id)).reverse());
	const past = foldEqual(name, inForce.filter((entry) => replaced.has(entry.id)).reverse());
	const shown = heads[0];
	if (shown === undefined) throw new Error('assertions cannot be built on each other in a circle');
	const view: FactView<Name> = { shown, heads, past };
	Object.assign(views, { [name]: view });
}

function factValue<Name extends FactName>(entry: BookEntry, name: Name): Facts[Name] {
	return isEntryOf(entry, 'facts') ? entry.content.body[name] : undefined;
}

/** Every assertion that one in force was built on, also across voided steps between. */
function replacedAssertions(
	set: EntrySet,
	name: FactName,
	inForce: readonly BookEntry[]
): Set<EntryId> {
	const replaced = new Set<EntryId>();
	const queue = inForce.filter((entry) => entry.envelope.basedOn !== undefined);
	for (let entry = queue.pop(); entry !== undefined; entry = queue.pop())
		for (const basis of entry.envelope.basedOn ?? []) {
			if (basis.fact !== undefined && basis.fact !== name) continue;
			const target = set.byId.get(basis.id);
			if (target === undefined || replaced.has(basis.id)) continue;
			if (factValue(target, name) === undefined) continue;
			replaced.add(basis.id);
			queue.push(target);
		}
	return replaced;
}

/** Newest first in, newest first out; the first source of each head is its newest. */
function foldEqual<Name extends FactName>(
	name: Name,
	newestFirst: readonly BookEntry[]
): FactHead<Name>[] {
	const heads = new Map<string, FactHead<Name>>();
	for (const entry of newestFirst) {
		const value = factValue(entry, name);
		if (value === undefined) continue;
		const key = equalityKey(value);
		const head = heads.get(key);
		if (head === undefined) heads.set(key, { value, sources: [sourceOf(entry)] });
		else head.sources.push(sourceOf(entry));
	}
	return [...heads.values()];
}

/**
 * Equal keys, equal values. An identifier read from a card and the same one stated by its owner are one
 * value: where it was read is no part of it, its validity is.
 */
function equalityKey(value: FactValue<FactName>): string {
	if (typeof value === 'string') return value;
	if ('commune' in value)
		return JSON.stringify([value.commune, value.village ?? null, value.detail ?? null]);
	return JSON.stringify([value.value, value.validFrom ?? null, value.validTo ?? null]);
}
