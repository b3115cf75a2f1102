/** Addresses of the clinic's pages. A book's id is random and says nothing about the person. */
export const TODAY_PATH = '/clinic';
export const PEOPLE_PATH = '/clinic/people';
export const INBOX_PATH = '/clinic/inbox';
export const NEW_PERSON_PATH = '/clinic/people/new';

export function bookPath(book: string): string {
	return `${PEOPLE_PATH}/${book}`;
}
