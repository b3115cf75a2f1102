/** What somebody types stays where they type it while words of others come into the same field. */
import { tick } from 'svelte';

/** Where a place in `before` is in `after`, which differs from it in one stretch. */
export function movedCaret(before: string, after: string, at: number): number {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	if (at <= start) return at;
	let tail = 0;
	while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	return before.length - at <= tail
		? after.length - (before.length - at)
		: Math.min(at, after.length - tail);
}

/** Runs what changes fields; the field in use keeps its caret and its selection. */
export async function keepCaret(change: () => void): Promise<void> {
	const field = document.activeElement;
	const isText = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement;
	if (!isText || field.selectionStart === null) return change();
	const { value, selectionStart, selectionEnd } = field;
	change();
	await tick();
	if (field.value === value || document.activeElement !== field) return;
	field.setSelectionRange(
		movedCaret(value, field.value, selectionStart),
		movedCaret(value, field.value, selectionEnd ?? selectionStart)
	);
}
