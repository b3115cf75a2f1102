/** Names behind ids and codes: what the worker found beside some entries, then what this tablet knows anyway. */
import { nameOn, type DatedNames } from '#lib/domain/catalogues/dated-names.ts';
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import type { NameOf } from '#lib/ui/book/words.ts';
import { session } from '../session.svelte.ts';

export interface NamesFound {
	personNames: Record<string, string>;
	facilityNames: DatedNames;
	communeNames: DatedNames;
}

/** Asked at each name: what is drawn follows what was found since. */
export function namesFrom(
	found: () => NamesFound | undefined,
	communes: () => readonly CommuneEntry[]
): { nameOf: NameOf; communeName: NameOf } {
	const communeToday = createLookup(communes);
	return {
		nameOf: (key, on) =>
			found()?.personNames[key] ??
			nameOn(found()?.facilityNames[key], on ?? session.today) ??
			ownName(key),
		communeName: (code, on) =>
			nameOn(found()?.communeNames[code], on ?? session.today) ?? communeToday(code)
	};
}

/** There are thousands of communes, and a name on every line: looked through once for each list. */
function createLookup(communes: () => readonly CommuneEntry[]) {
	let read: readonly CommuneEntry[] = [];
	let names = new Map<string, string>();
	return (code: string): string | undefined => {
		const current = communes();
		if (current !== read) names = new Map(current.map((one) => [one.code, one.name]));
		read = current;
		return names.get(code);
	};
}

/** The station and the people of this tablet are known without any catalogue. */
function ownName(key: string): string | undefined {
	const { facility, staff = [] } = session.device ?? {};
	if (facility?.code === key) return facility.name;
	return staff.find(({ person }) => person === key)?.name;
}
