import { describe, expect, it } from 'vitest';
import { inOrder, type CorrectionItem } from './correction-lines.ts';

const item = (number: number, due: string, rest: Partial<CorrectionItem> = {}): CorrectionItem => ({
	number,
	due,
	...{ book: 'b', entry: 'e', atMs: 0, words: 'Sai ngày' },
	...rest
});
const answer = { atMs: 1, outcome: 'declined', reason: 'Đúng như giấy' } as const;

describe('requests for correction at a station', () => {
	it('stand by their day, the own first among those of one day, and what was answered last', () => {
		const items = [
			item(1, '2026-12-03'),
			item(2, '2026-12-02', { author: 'other' }),
			item(3, '2026-11-30', { answer }),
			item(4, '2026-12-02', { author: 'me' }),
			item(5, '2026-11-27', { answer }),
			item(6, '2026-12-01')
		];
		expect(inOrder(items, 'me').map(({ number }) => number)).toEqual([6, 4, 2, 1, 5, 3]);
	});
});
