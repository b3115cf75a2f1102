import {
	countPlaces,
	listNeighbours,
	type Household,
	type Neighbours,
	type Place,
	type PlaceCount
} from '#lib/domain/people/villages.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';
import { markAmbiguous } from './ambiguous.ts';
import type { UseCaseDeps } from './deps.ts';
import { homeCommunes } from './home-communes.ts';

/** More than the largest village has, and still drawn at once. */
const NEIGHBOURS_MAX = 3000;

export interface HouseholdHits extends Omit<Household, 'people'> {
	people: PersonHit[];
}
export interface NeighbourHits extends Omit<Neighbours, 'households'> {
	households: HouseholdHits[];
}

/** Where the people of this device live, with how many. */
export async function browsePlaces(deps: UseCaseDeps): Promise<PlaceCount[]> {
	if (deps.vault.session() === undefined) return [];
	return countPlaces(deps.people.people(), await homeCommunes(deps));
}

/** Who lives at a place, by household; at most `shownMax` people. */
export async function browseNeighbours(
	deps: UseCaseDeps,
	place: Place,
	shownMax: number
): Promise<NeighbourHits> {
	if (deps.vault.session() === undefined) return { people: 0, households: [] };
	const asked = { place, homeCommunes: await homeCommunes(deps) };
	const found = listNeighbours(deps.people.people(), asked, Math.min(shownMax, NEIGHBOURS_MAX));
	const hits = markAmbiguous(found.households.flatMap(({ people }) => people));
	const hitOf = new Map(hits.map((hit) => [hit.person, hit]));
	return {
		people: found.people,
		households: found.households.map((household) => ({
			...household,
			people: household.people.flatMap((person) => hitOf.get(person) ?? [])
		}))
	};
}
