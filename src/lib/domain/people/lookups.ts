/**
 * Keys under which the server finds a book by an exact question: an identifier, or name and birth date.
 * Both sides of the comparison are made here, so that they cannot drift apart. Old values stay findable:
 * people come with old cards.
 */
import type { Facts } from '../book/facts.ts';
import { IDENTIFIER_KINDS, identifierKey, normaliseIdentifier } from '../book/identifiers.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { BookId } from '../ids.ts';
import { foldText } from '../text/fold.ts';
import { dateOfClinicalTime, type PartialDate } from '../time/clinical-time.ts';

export type PersonQuestion = { identifier: string } | { name: string; birthDate: PartialDate };

/** Every key that these facts make a book findable under. */
export function lookupsOfFacts(facts: Facts): string[] {
	const identifiers = IDENTIFIER_KINDS.flatMap((kind) => facts[`identifier.${kind}`]?.value ?? []);
	const keys = identifiers.flatMap((value) => [`id:${value}`, `id:${identifierKey(value)}`]);
	if (facts.name !== undefined) keys.push(nameKey(facts.name));
	if (facts.birthDate !== undefined) keys.push(...birthKeys(dateOfClinicalTime(facts.birthDate)));
	return [...new Set(keys)];
}

/** Keys under which the book of a child is found from its guardian's side. */
export function lookupsOfGuardianLink({ guardian, personalNumber }: GuardianLink): string[] {
	return [
		...(guardian === undefined ? [] : [lookupOfGuardianBook(guardian)]),
		...(personalNumber === undefined ? [] : [lookupOfGuardianNumber(personalNumber)])
	];
}

/** Books that name this book as that of a guardian, now or earlier. */
export function lookupOfGuardianBook(book: BookId): string {
	return `guardian:${book}`;
}

/** Books that name somebody with this personal number as guardian, now or earlier. */
export function lookupOfGuardianNumber(personalNumber: string): string {
	return `guardian-id:${personalNumber}`;
}

/** The keys that a book must have, all of them, to answer the question. */
export function lookupsOfQuestion(question: PersonQuestion): string[] {
	if ('identifier' in question)
		return [`id:${identifierKey(normaliseIdentifier(question.identifier))}`];
	return [nameKey(question.name), `birth:${question.birthDate}`];
}

function nameKey(name: string): string {
	return `name:${foldText(name)}`;
}

/** A full date answers a question for its month or year too. */
function birthKeys(date: PartialDate): string[] {
	const lengths = [4, 7, 10].filter((length) => length <= date.length);
	return lengths.map((length) => `birth:${date.slice(0, length)}`);
}
