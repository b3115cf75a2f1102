import { isEntryOf, type BookEntry } from '#lib/domain/book/book-entry.ts';
import type { DatedNames } from '#lib/domain/catalogues/dated-names.ts';
import type { UseCaseDeps } from './deps.ts';

/** What the ids and codes in some entries stand for, as far as this device knows. */
export interface Names {
	/** Practitioners, by person id. */
	personNames: Record<string, string>;
	/** What facilities and communes were called, by code. */
	facilityNames: DatedNames;
	communeNames: DatedNames;
}

export async function readNames(
	deps: Pick<UseCaseDeps, 'vault' | 'datedNames'>,
	entries: readonly BookEntry[]
): Promise<Names> {
	const authors = entries.map(({ envelope }) => envelope.author);
	const met = new Set<string>(authors.map(({ person }) => person));
	const staff = (await deps.vault.listStaff()).filter(({ person }) => met.has(person));
	const facilities = authors.flatMap(({ facility }) => facility ?? []);
	const communes = entries.flatMap((entry) =>
		isEntryOf(entry, 'facts') ? (entry.content.body.address?.commune ?? []) : []
	);
	return {
		personNames: Object.fromEntries(staff.map(({ person, name }) => [person, name])),
		facilityNames: await deps.datedNames('facilities', new Set(facilities)),
		communeNames: await deps.datedNames('communes', new Set(communes))
	};
}
