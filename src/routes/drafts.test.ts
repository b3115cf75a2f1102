import { afterEach, describe, expect, it } from 'vitest';
import { countDrafts, draftOf, endDraft, isAnythingTyped, noteForm } from './drafts.svelte.ts';

const empty = () => ({ reason: '', doses: [] as string[] });

afterEach(() => {
	for (const owner of ['thắm', 'hải']) endDraft(owner, 'visit:1');
});

describe('a draft', () => {
	it('is the same again after the form was taken away', () => {
		draftOf('thắm', 'visit:1', empty).reason = 'ho';
		expect(draftOf('thắm', 'visit:1', empty).reason).toBe('ho');
	});

	it('belongs to one person', () => {
		draftOf('thắm', 'visit:1', empty).reason = 'ho';
		expect(draftOf('hải', 'visit:1', empty).reason).toBe('');
		expect(countDrafts('thắm')).toBe(1);
		expect(countDrafts('hải')).toBe(0);
	});

	it('counts as work only while something is typed in it', () => {
		const draft = draftOf('thắm', 'visit:1', empty);
		expect(countDrafts()).toBe(0);
		draft.doses.push('viêm gan B');
		expect(countDrafts()).toBe(1);
		draft.doses.pop();
		expect(countDrafts()).toBe(0);
	});

	it('counts by what its form calls work, whatever else changes in it', () => {
		const draft = draftOf('thắm', 'visit:1', empty, ({ reason }) => reason !== '');
		draft.doses.push('viêm gan B');
		expect(countDrafts()).toBe(0);
		draft.reason = 'ho';
		expect(countDrafts()).toBe(1);
	});

	it('is gone when it was saved or thrown away', () => {
		draftOf('thắm', 'visit:1', empty).reason = 'ho';
		endDraft('thắm', 'visit:1');
		expect(countDrafts()).toBe(0);
		expect(draftOf('thắm', 'visit:1', empty).reason).toBe('');
	});

	it('holds a new version back, and so does a form on the screen that keeps its words elsewhere', () => {
		expect(isAnythingTyped()).toBe(false);
		let isStarted = false;
		const leave = noteForm(() => isStarted);
		expect(isAnythingTyped()).toBe(false);
		isStarted = true;
		expect(isAnythingTyped()).toBe(true);
		leave();
		expect(isAnythingTyped()).toBe(false);
		draftOf('thắm', 'visit:1', empty).reason = 'ho';
		expect(isAnythingTyped()).toBe(true);
	});
});
