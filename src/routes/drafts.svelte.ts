/**
 * What is being typed, kept in memory per person who signs in: locking the screen takes the form away
 * and unlocking gives it back to the same person only. Closing the app ends drafts; the browser asks
 * first (see the root layout). Visits are not here: the worker keeps them on the disk.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

interface Kept {
	owner: string;
	draft: object;
	/** Has anything been typed in it that would be lost? */
	isStarted: () => boolean;
}

const kept = new SvelteMap<string, Kept>();

/**
 * The draft of one form, made by `create` the first time. Give it deep state (`$state({...})`), so that
 * what is typed stays in it.
 * @param owner the person who is signed in.
 * @param form names form and book, for example `dose:<book>`.
 * @param isStarted says whether a draft holds work; without it, one that differs from how it began does.
 */
export function draftOf<Draft extends object>(
	owner: string,
	form: string,
	create: () => Draft,
	isStarted?: (draft: Draft) => boolean
): Draft {
	const key = `${owner} ${form}`;
	const found = kept.get(key);
	// The key names the form, and one form has one type of draft.
	if (found !== undefined) return found.draft as Draft;
	const draft = $state(create());
	const untouched = JSON.stringify(draft);
	const differs = () => JSON.stringify(draft) !== untouched;
	kept.set(key, { owner, draft, isStarted: isStarted ? () => isStarted(draft) : differs });
	return draft;
}

/** Ends a draft: it was saved, or thrown away on purpose. */
export function endDraft(owner: string, form: string): void {
	kept.delete(`${owner} ${form}`);
}

/** Drafts with something typed in them, of one person or of everybody. */
export function countDrafts(owner?: string): number {
	return [...kept.values()].filter(
		({ owner: typist, isStarted }) => (owner === undefined || typist === owner) && isStarted()
	).length;
}

/** Forms on the screen: does one hold something that is not saved? */
const onScreen = new SvelteSet<() => boolean>();

/** Answers what to call when the form leaves the screen. */
export function noteForm(isStarted: () => boolean): () => void {
	onScreen.add(isStarted);
	return () => onScreen.delete(isStarted);
}

/** A new version of the app must not come in now. */
export function isAnythingTyped(): boolean {
	return countDrafts() > 0 || [...onScreen].some((isStarted) => isStarted());
}
