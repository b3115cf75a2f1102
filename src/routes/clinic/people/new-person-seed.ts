/**
 * What the search field, a scanned card or the mother's book already knows of somebody about to be registered. Handed over
 * in memory: neither the address nor the browser's history may hold it.
 */
import type { CitizenCard } from '#lib/domain/people/citizen-card.ts';
import type { MotherWithBook } from '#lib/ui/book/person/newborn-form.ts';

export interface NewPersonSeed {
	/** As typed into the search field: most likely a name. */
	typed?: string;
	card?: CitizenCard;
	/** Whose child is about to be registered. */
	mother?: MotherWithBook;
}

let waiting: NewPersonSeed = {};

export function seedNewPerson(seed: NewPersonSeed): void {
	waiting = seed;
}

/** Takes the seed out: a second visit to the form starts empty. */
export function takeNewPersonSeed(): NewPersonSeed {
	const taken = waiting;
	waiting = {};
	return taken;
}
