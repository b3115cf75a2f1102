import type { Place } from '#lib/domain/people/villages.ts';

/** Addresses of the clinic's pages. A book's id is random and says nothing about the person. */
export const TODAY_PATH = '/clinic';
export const PEOPLE_PATH = '/clinic/people';
export const INBOX_PATH = '/clinic/inbox';
/** Books of the station opened in an emergency, for colleagues to review. */
export const EMERGENCIES_PATH = '/clinic/inbox/emergencies';
/** What citizens say is wrong in what the station wrote. */
export const CORRECTIONS_PATH = '/clinic/inbox/corrections';
export const NEW_PERSON_PATH = '/clinic/people/new';

export const TODAY_PARTS = ['today', 'overdue', 'calendar'] as const;
export type TodayPart = (typeof TODAY_PARTS)[number];
const PART_PARAMETER = 'part';

/** Whom somebody asked to come back, as the first page shows them. */
export function todayPath(part: TodayPart): string {
	return part === 'today' ? TODAY_PATH : `${TODAY_PATH}?${PART_PARAMETER}=${part}`;
}

export function todayPartOf(address: URLSearchParams): TodayPart {
	return TODAY_PARTS.find((part) => part === address.get(PART_PARAMETER)) ?? 'today';
}

export function bookPath(book: string): string {
	return `${PEOPLE_PATH}/${book}`;
}

/** One line of the inbox. */
export function inboxPath(key: string): string {
	return `${INBOX_PATH}?item=${encodeURIComponent(key)}`;
}

/** A village in the list of people; its name says nothing about anybody. */
export function placePath(place: Place): string {
	const asked = place.type === 'village' ? { village: place.village } : { place: place.type };
	return `${PEOPLE_PATH}?${new URLSearchParams(asked).toString()}`;
}

export function placeOf(address: URLSearchParams): Place | undefined {
	const village = address.get('village');
	if (village !== null && village !== '') return { type: 'village', village };
	const type = address.get('place');
	return type === 'unstated' || type === 'away' ? { type } : undefined;
}
