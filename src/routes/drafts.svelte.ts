/**
 * What is being typed, kept in memory per person who signs in: locking the screen takes the form away
 * and unlocking gives it back to the same person only. Closing the app ends drafts; the browser asks
 * first (see the root layout).
 */
import { SvelteMap } from 'svelte/reactivity';

interface Kept {
	owner: string;
	draft: object;
	/** As it was when the form was first opened: a draft that equals it holds no work. */
	untouched: string;
}

const kept = new SvelteMap<string, Kept>();

/**
 * The draft of one form, made by `create` the first time. Give it deep state (`$state({...})`), so that
 * what is typed stays in it.
 * @param owner the person who is signed in.
 * @param form names form and book, for example `dose:<book>`.
 */
export function draftOf<Draft extends object>(
	owner: string,
	form: string,
	create: () => Draft
): Draft {
	const key = `${owner} ${form}`;
	const found = kept.get(key);
	// The key names the form, and one form has one type of draft.
	if (found !== undefined) return found.draft as Draft;
	const draft = $state(create());
	kept.set(key, { owner, draft, untouched: JSON.stringify(draft) });
	return draft;
}

/** Has this person begun this form and not finished it? */
export function hasDraft(owner: string, form: string): boolean {
	const found = kept.get(`${owner} ${form}`);
	return found !== undefined && JSON.stringify(found.draft) !== found.untouched;
}

/** Ends a draft: it was saved, or thrown away on purpose. */
export function endDraft(owner: string, form: string): void {
	kept.delete(`${owner} ${form}`);
}

/** Drafts with something typed in them, of one person or of everybody. */
export function countDrafts(owner?: string): number {
	return [...kept.values()].filter(
		({ owner: typist, draft, untouched }) =>
			(owner === undefined || typist === owner) && JSON.stringify(draft) !== untouched
	).length;
}
