/** Which look-alikes are worth a word on the page of a book. */
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { LookAlike } from '#lib/domain/people/look-alikes.ts';

/** Each book got a temporary code of its own: that two differ says nothing of the people. */
export function comparedFacts(facts: Facts): Facts {
	const { 'identifier.temporary': _code, ...compared } = facts;
	return compared;
}

/**
 * Not the book itself, nor one joined to it already. Siblings share mother, village and sometimes the day:
 * whoever is called otherwise is named only for the same number.
 */
export function possibleDuplicates(
	lookAlikes: readonly LookAlike[],
	known: readonly BookId[]
): LookAlike[] {
	return lookAlikes.filter(({ person, points }) => {
		if (known.includes(person.book)) return false;
		const verdictOf = (point: (typeof points)[number]['point']) =>
			points.find((one) => one.point === point)?.verdict;
		const name = verdictOf('name');
		return verdictOf('identifier') === 'same' || name === 'same' || name === 'alike';
	});
}
