import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
	it('let so many work at once, so many wait, and turn the others away', async () => {
		const takeTurn = createTurns({ atOnceMax: 2, waitingMax: 3 });
		const release = Promise.withResolvers<undefined>();
		let working = 0;
		let workingMost = 0;
		const work = async () => {
			working += 1;
			workingMost = Math.max(workingMost, working);
			await release.promise;
			working -= 1;
			return 'done';
		};
		const taken = Array.from({ length: 7 }, () => takeTurn(work));
		const turnedAway = [5, 6];
		expect([...taken.keys()].filter((at) => taken[at] === undefined)).toEqual(turnedAway);
		release.resolve(undefined);
		for (const turn of taken.slice(0, 5)) expect(await turn).toBe('done');
		expect(workingMost).toBe(2);
	});

	it('go on after work that failed', async () => {
		const takeTurn = createTurns({ atOnceMax: 1, waitingMax: 1 });
		const failed = takeTurn(() => Promise.reject(new Error('no')));
		const next = takeTurn(async () => 'next');
		await expect(failed).rejects.toThrow('no');
		expect(await next).toBe('next');
	});
});
