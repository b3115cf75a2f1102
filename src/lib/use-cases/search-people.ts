import type { PersonHit } from '#lib/domain/people/search.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { homeCommunes } from './home-communes.ts';

/** A typed question, at most this long: what is longer is no name, date or number. */
const QUERY_LENGTH_MAX = 200;

/** People of this device by name, birth date, phone or number; the station's own first. */
export async function searchPeople(deps: UseCaseDeps, query: string): Promise<PersonHit[]> {
	if (deps.vault.session() === undefined) return [];
	const communes = await homeCommunes(deps);
	return deps.people.search(query.slice(0, QUERY_LENGTH_MAX), {
		today: clinicalDateOf(deps.clock.nowMs()),
		...(communes === undefined ? {} : { homeCommunes: communes }),
		recentlyOpened: deps.recentlyOpened()
	});
}
