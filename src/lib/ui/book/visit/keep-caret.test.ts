import { describe, expect, it } from 'vitest';
import { movedCaret } from './keep-caret.ts';

describe('the place where somebody types', () => {
	it.each([
		['stays before what others wrote', 'Ho khan', 'Ho khan, sốt', 2, 2],
		['moves with the words behind which it stood', 'khan', 'Ho khan', 4, 7],
		['stays at the end of the words before which others wrote', 'Ho', 'Đau. Ho', 2, 7],
		['is where the words were that others took away', 'Ho khan ba ngày', 'Ho ngày', 6, 3],
		['does not move when nothing changed', 'Ho', 'Ho', 1, 1]
	])('%s', (_what, before, after, at, expected) => {
		expect(movedCaret(before, after, at)).toBe(expected);
	});
});
