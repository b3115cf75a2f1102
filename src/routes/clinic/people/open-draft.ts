/** The draft of one form for whoever is signed in; one that holds no work starts anew with today's date. */
import { draftOf, endDraft } from '../../drafts.svelte.ts';
import { session } from '../../session.svelte.ts';

export interface OpenDraft<Typed> {
	typed: Typed;
	/** It held something when the form was opened. */
	isRestored: boolean;
	/** Saved, or thrown away on purpose. */
	end: () => void;
}

export function openDraft<Typed extends object>(
	form: string,
	create: () => Typed,
	isStarted: (typed: Typed) => boolean
): OpenDraft<Typed> {
	const owner = session.staff?.person ?? '';
	const end = () => endDraft(owner, form);
	const found = draftOf(owner, form, create, isStarted);
	if (isStarted(found)) return { typed: found, isRestored: true, end };
	end();
	return { typed: draftOf(owner, form, create, isStarted), isRestored: false, end };
}
