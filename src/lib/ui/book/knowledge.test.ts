import { describe, expect, it } from 'vitest';
import { t } from '#lib/i18n/messages/book.ts';
import { knowledgeWords } from './knowledge.ts';

const NOW_MS = Date.parse('2026-11-24T09:00:00+07:00');
const HOUR_MS = 60 * 60 * 1000;

describe('how far a book on this tablet may be trusted', () => {
	it('is said with the moment of the last contact, and as doubtful after a day', () => {
		const recent = knowledgeWords({ untilMs: NOW_MS - HOUR_MS }, NOW_MS);
		expect(recent).toMatchObject({ text: t.knownText, isDoubtful: false });
		expect(recent.title).toContain('08:00');
		expect(knowledgeWords({ untilMs: NOW_MS - 25 * HOUR_MS }, NOW_MS).isDoubtful).toBe(true);
	});

	it('never looks current when the server sends the book here no more, or a part of it was lost', () => {
		const untilMs = NOW_MS;
		expect(knowledgeWords({ untilMs, standing: 'out-of-feed' }, NOW_MS)).toEqual({
			title: t.knownNoMore,
			text: t.knownNoMoreText,
			isDoubtful: true
		});
		expect(knowledgeWords({ untilMs, standing: 'damaged' }, NOW_MS)).toMatchObject({
			title: t.knownDamaged,
			isDoubtful: true
		});
	});

	it('is said to be nothing before the first contact', () => {
		expect(knowledgeWords({}, NOW_MS)).toMatchObject({ title: t.knownNever, isDoubtful: true });
	});
});
