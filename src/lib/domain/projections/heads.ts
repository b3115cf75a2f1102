/**
 * Facts with their heads. Every entry that states a fact asserts one value; an assertion is a head while
 * it is in force and no other assertion in force was built on it. Heads of equal value are one head with
 * several sources; different values are a conflict that only a person ends. No clock decides anything
 * here: time only orders what is shown.
 */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import { FACT_NAMES, type FactName, type FactValue, type Facts } from '../book/facts.ts';
import { identifierKey } from '../book/identifiers.ts';
import type { EntryId } from '../ids.ts';
import type { Activity } from './activity.ts';
import type { FactHead, FactView, FactViews } from './book-view.ts';
import { sourceOf, type EntrySet } from './entry-set.ts';

/** The facts of a book, in the fixed order of `FACT_NAMES`. */
export function projectFacts(set: EntrySet, activity: Activity): FactViews {
	const views: FactViews = {};
	const entries = set.entries.filter((entry) => isEntryOf(entry, 'facts'));
	const stated = new Set(entries.flatMap(({ content }) => Object.keys(content.body)));
	for (const name of FACT_NAMES) if (stated.has(name)) addFact(views, name, entries, set, activity);
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
	const heads = factHeads(name, inForce.filter((entry) => !replaced.has(entry.id)).reverse());
	const past = factHeads(name, inForce.filter((entry) => replaced.has(entry.id)).reverse());
	for (const head of heads)
		if (head.sources.some(({ id }) => activity.isFactChangedByNewer(id, name)))
			head.isChangedByNewer = true;
	const shown = heads[0];
	if (shown === undefined) throw new Error('assertions cannot be built on each other in a circle');
	const view: FactView<Name> = { shown, heads, past };
	Object.assign(views, { [name]: view });
}

function factValue<Name extends FactName>(entry: BookEntry, name: Name): Facts[Name] {
	return isEntryOf(entry, 'facts') ? entry.content.body[name] : undefined;
}

/** Every assertion that one in force was built on, also across steps between that are voided or that cannot
 * be read here. */
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
			if (factValue(target, name) === undefined && !mayState(target)) continue;
			replaced.add(basis.id);
			queue.push(target);
		}
	return replaced;
}

/** Facts of a newer version: which ones they state is not readable. */
function mayState({ content, envelope }: BookEntry): boolean {
	return content.kind === 'unknown' && envelope.kind === 'facts' && envelope.class === 'fact';
}

/** The different values that these entries state of a fact. Newest first in, newest first out. */
export function factHeads<Name extends FactName>(
	name: Name,
	newestFirst: readonly BookEntry[]
): FactHead<Name>[] {
	const asStated = foldEqual(name, newestFirst);
	if (asStated.length < 2) return asStated;
	const covers = coversOf(asStated);
	if (covers.size === 0) return asStated;
	return mergeWitnesses(asStated, covers, new Map(newestFirst.map(({ id }, at) => [id, at])));
}

/** The first source of each head is its newest. */
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
 * Who states only the number agrees with whoever states it with its validity, and the ten digits of an insurance
 * number with the card that ends in them: the fullest of such values is shown, and the others are its witnesses.
 * Two cards of different beginnings, or two validities, stay different values.
 */
function coversOf<Name extends FactName>(
	heads: readonly FactHead<Name>[]
): Map<FactHead<Name>, FactHead<Name>> {
	const coverOfKey = new Map<string, FactHead<Name>>();
	const covers = new Map<FactHead<Name>, FactHead<Name>>();
	for (const head of heads.toSorted((a, b) => fullness(b.value) - fullness(a.value))) {
		const cover = coverOfKey.get(equalityKey(head.value));
		if (cover !== undefined) covers.set(head, cover);
		else
			for (const key of vaguerKeys(head.value)) if (!coverOfKey.has(key)) coverOfKey.set(key, head);
	}
	return covers;
}

/** A head stands where its newest witness stood. */
function mergeWitnesses<Name extends FactName>(
	heads: readonly FactHead<Name>[],
	covers: ReadonlyMap<FactHead<Name>, FactHead<Name>>,
	rankOf: ReadonlyMap<EntryId, number>
): FactHead<Name>[] {
	const merged = new Map<FactHead<Name>, FactHead<Name>>();
	for (const head of heads) {
		const full = covers.get(head) ?? head;
		const known = merged.get(full);
		if (known === undefined) merged.set(full, { value: full.value, sources: [...head.sources] });
		else known.sources.push(...head.sources);
	}
	for (const { sources } of merged.values())
		sources.sort((a, b) => (rankOf.get(a.id) ?? 0) - (rankOf.get(b.id) ?? 0));
	return [...merged.values()];
}

/**
 * Equal keys, equal values. An identifier read from a card and the same one stated by its owner are one
 * value: where it was read is no part of it, its validity is.
 */
function equalityKey(value: FactValue<FactName>): string {
	if (typeof value === 'string') return value;
	if ('commune' in value)
		return JSON.stringify([value.commune, value.village ?? null, value.detail ?? null]);
	return identifierParts(value.value, value.validFrom, value.validTo);
}

function identifierParts(value: string, validFrom?: string, validTo?: string): string {
	return JSON.stringify([value, validFrom ?? null, validTo ?? null]);
}

/** Equality keys of all values that say less than this one and nothing else. */
function vaguerKeys(value: FactValue<FactName>): string[] {
	if (typeof value === 'string' || 'commune' in value) return [];
	const { validFrom, validTo } = value;
	const own = equalityKey(value);
	return [value.value, identifierKey(value.value)]
		.flatMap((number) => [
			identifierParts(number, validFrom, validTo),
			identifierParts(number, validFrom),
			identifierParts(number, undefined, validTo),
			identifierParts(number)
		])
		.filter((key) => key !== own);
}

/** How much an identifier says: whoever says less and nothing else comes after it. */
function fullness(value: FactValue<FactName>): number {
	if (typeof value === 'string' || 'commune' in value) return 0;
	const parts = [value.validFrom, value.validTo].filter((part) => part !== undefined);
	return parts.length + (identifierKey(value.value) === value.value ? 0 : 1);
}
