import { describe, expect, it } from 'vitest';
import { oftenOpened, toReview, type EmergencyItem } from './emergency-lines.ts';

const HOUR_MS = 60 * 60_000;
let number = 0;
const opening = (person: string, atMs: number, rest: Partial<EmergencyItem> = {}) => ({
	number: ++number,
	book: 'b',
	person,
	name: `Tên ${person}`,
	atMs,
	untilMs: atMs + 4 * HOUR_MS,
	reason: 'unconscious',
	note: 'Bất tỉnh, không có người nhà',
	...rest
});

describe('emergency openings', () => {
	it('wait for everybody but whoever opened them, until somebody has reviewed them', () => {
		const review = { atMs: 1, verdict: 'justified', note: '' };
		const items = [opening('mai', 1), opening('lan', 2), opening('lan', 3, { review })];
		expect(toReview(items, 'mai').map(({ atMs }) => atMs)).toEqual([2]);
		expect(toReview(items, 'lan').map(({ atMs }) => atMs)).toEqual([1]);
		expect(toReview(items, 'hoa')).toHaveLength(2);
	});

	it('stand out when one person opened five within a day, not within two', () => {
		const within = [0, 1, 2, 3, 23].map((hour) => opening('mai', hour * HOUR_MS));
		const apart = [0, 1, 2, 3, 24].map((hour) => opening('lan', hour * HOUR_MS));
		expect(oftenOpened([...within, ...apart])).toEqual([
			{ person: 'mai', name: 'Tên mai', count: 5 }
		]);
		expect(oftenOpened([])).toEqual([]);
	});
});
