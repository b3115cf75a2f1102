import { describe, expect, it } from 'vitest';
import { RecentChoices } from './recent-choices.svelte.ts';

const choicesOf = (...words: string[]) => {
	const choices = new RecentChoices<string>((word) => word.toLowerCase());
	for (const word of words) choices.remember(word);
	return choices;
};

describe('choices of this tablet', () => {
	it('offer the most frequent first, and among equals the newest', () => {
		expect(choicesOf('ho', 'sốt', 'ho', 'đau bụng').offered).toEqual(['ho', 'đau bụng', 'sốt']);
	});

	it('are one choice under one key, in its newest form', () => {
		expect(choicesOf('Ho', 'ho', 'HO').offered).toEqual(['HO']);
	});

	it('are also told with the newest first', () => {
		expect(choicesOf('ho', 'sốt', 'ho', 'đau bụng').newest).toEqual(['đau bụng', 'ho', 'sốt']);
	});

	it('offer six at most', () => {
		expect(choicesOf('a', 'b', 'c', 'd', 'e', 'f', 'g').offered).toEqual([
			'g',
			'f',
			'e',
			'd',
			'c',
			'b'
		]);
	});
});
