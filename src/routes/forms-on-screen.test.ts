import { describe, expect, it } from 'vitest';
import { isAnythingTyped, noteForm } from './forms-on-screen.svelte.ts';

describe('a form on the screen', () => {
	it('holds a new version back while something is typed in it', () => {
		expect(isAnythingTyped()).toBe(false);
		let isStarted = false;
		const leave = noteForm(() => isStarted);
		expect(isAnythingTyped()).toBe(false);
		isStarted = true;
		expect(isAnythingTyped()).toBe(true);
		leave();
		expect(isAnythingTyped()).toBe(false);
	});
});
