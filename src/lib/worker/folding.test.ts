import { describe, expect, it } from 'vitest';
import { StorageFailed } from '#lib/storage/port.ts';
import { createFolding } from './folding.ts';

/** One timer at a time, run by hand. */
function handTimer() {
	const state: { run: (() => void) | undefined } = { run: undefined };
	const after = (_ms: number, run: () => void) => {
		state.run = run;
		return () => (state.run = undefined);
	};
	return { state, timer: { after } };
}

describe('folding', () => {
	it('waits for a quiet moment, and again after each write', () => {
		let folds = 0;
		const fold = async () => {
			folds += 1;
		};
		const { state, timer } = handTimer();
		const folding = createFolding({ fold }, timer, () => false);
		folding.soon();
		const first = state.run;
		folding.soon();
		expect(state.run).not.toBe(first);
		state.run?.();
		expect(folds).toBe(1);
	});

	it('is left out while somebody saves or this window may not write', () => {
		let folds = 0;
		const fold = async () => {
			folds += 1;
		};
		const { state, timer } = handTimer();
		const folding = createFolding({ fold }, timer, () => true);
		folding.soon();
		state.run?.();
		expect(folds).toBe(0);
	});

	it('leaves the log as it is when the device cannot write, and tries another time', async () => {
		let folds = 0;
		const { state, timer } = handTimer();
		const fold = async () => {
			folds += 1;
			if (folds === 1) throw new StorageFailed('quota');
		};
		const folding = createFolding({ fold }, timer, () => false);
		folding.soon();
		state.run?.();
		await new Promise((resolve) => setTimeout(resolve));
		folding.soon();
		state.run?.();
		expect(folds).toBe(2);
	});
});
