/** What can be done about an entry that the server sent back: only ways that can lead to its being taken. */
import type { PersonId } from '#lib/domain/ids.ts';
import { correctionsOf } from '../book/correct/corrections.ts';
import type { RefusedEntry } from './inbox-items.ts';

export type RefusedAct =
	/** Its form opens with what it says. */
	| 'correct'
	/** The same words in a new entry. */
	| 'again'
	| 'move';

/** What it says is the cause, or nothing new will ever be taken: the same words would come back. */
const AGAIN_IN_VAIN = ['too-large', 'schema', 'kind-rule', 'book-full', 'erased'];
/** Taken nowhere and never again. */
const FOR_EVER = ['erased'];

export function refusedActs(
	{ author, content, refusalCode = '' }: Pick<RefusedEntry, 'author' | 'content' | 'refusalCode'>,
	actor: { person: PersonId; role: string }
): RefusedAct[] {
	if (author === undefined || FOR_EVER.includes(refusalCode)) return [];
	const corrections = correctionsOf({ author, content, status: 'current' }, actor);
	const isOwn = author.person === actor.person;
	const acts: [RefusedAct, boolean][] = [
		['correct', corrections.includes('amend') && refusalCode !== 'book-full'],
		['again', isOwn && !AGAIN_IN_VAIN.includes(refusalCode)],
		['move', corrections.includes('move')]
	];
	return acts.flatMap(([act, isPossible]) => (isPossible ? [act] : []));
}
