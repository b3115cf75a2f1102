/** Finding a facility to send somebody to. */
import { foldText } from '../text/fold.ts';
import { queryForms } from '../text/typing.ts';
import type { Edition } from './edition.ts';
import type { FacilityEntry } from './kinds.ts';

export const FACILITY_HITS_MAX = 20;
const QUERY_LENGTH_MAX = 80;
const HOSPITAL = 'benh vien';

/** Facilities of which every word typed begins a word of the name, or the code; hospitals first. */
export function searchFacilities(query: string, edition: Edition<'facilities'>): FacilityEntry[] {
	const words = queryForms(query.slice(0, QUERY_LENGTH_MAX));
	if (words.length === 0) return [];
	return edition.entries
		.filter(({ name, code }) => {
			const text = ` ${foldText(`${name} ${code}`)}`;
			return words.every((forms) => forms.some((form) => text.includes(` ${form}`)));
		})
		.toSorted((a, b) => Number(isHospital(b)) - Number(isHospital(a)))
		.slice(0, FACILITY_HITS_MAX);
}

/** Hospitals, the nearest first: the codes of communes follow the map within a province. */
export function hospitalsNear(
	commune: string | undefined,
	edition: Edition<'facilities'>
): FacilityEntry[] {
	const farFrom = (facility: FacilityEntry): number =>
		commune === undefined || facility.commune === undefined
			? Number.MAX_SAFE_INTEGER
			: Math.abs(Number(facility.commune) - Number(commune));
	return edition.entries.filter(isHospital).toSorted((a, b) => farFrom(a) - farFrom(b));
}

function isHospital({ name }: FacilityEntry): boolean {
	return foldText(name).includes(HOSPITAL);
}
