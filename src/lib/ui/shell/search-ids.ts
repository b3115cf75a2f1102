/** The search field stands in the frame, its results in a page: they find each other by these names. */
export const SEARCH_FIELD_ID = 'person-search';
export const SEARCH_RESULTS_ID = 'person-search-results';

export function focusSearchField(): void {
	const field = document.getElementById(SEARCH_FIELD_ID);
	field?.focus();
	if (field instanceof HTMLInputElement) field.select();
}

/** The first row of the results takes the focus. Answers whether there is one. */
export function focusFirstResult(): boolean {
	const first = document.querySelector<HTMLElement>(`#${SEARCH_RESULTS_ID} [data-row]`);
	first?.focus();
	return first !== null;
}
