/**
 * Arrow keys, Home and End (and J, K) move the focus between the rows of a list: the elements with
 * `data-row`. Leaving the first row upwards goes to the search field. `<ul {@attach rowKeys}>`
 */
import { focusSearchField } from './search-ids.ts';

const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

export function rowKeys(list: HTMLElement): () => void {
	const onkeydown = (event: KeyboardEvent) => {
		moveBetweenRows(event, list);
	};
	list.addEventListener('keydown', onkeydown);
	return () => list.removeEventListener('keydown', onkeydown);
}

function moveBetweenRows(event: KeyboardEvent, list: HTMLElement): void {
	if (event.altKey || event.ctrlKey || event.metaKey) return;
	const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
	const current = rows.findIndex((row) => row === document.activeElement);
	const target = targetRow(event.key, current, rows.length);
	if (target === undefined) return;
	event.preventDefault();
	if (target < 0) focusSearchField();
	else rows[target]?.focus();
}

function targetRow(key: string, current: number, count: number): number | undefined {
	if (count === 0) return undefined;
	if (key === 'Home') return 0;
	if (key === 'End') return count - 1;
	const step = STEPS[key];
	return step === undefined ? undefined : Math.min(count - 1, current + step);
}
