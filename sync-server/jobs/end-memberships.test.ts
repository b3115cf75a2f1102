import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageFailure } from '../storage/storage.ts';
import { END_EVERY_MS, endMemberships, startEndingMemberships } from './end-memberships.ts';

const clock = { nowMs: () => 1_000 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('ending memberships', () => {
	it('goes on until nothing is left, and says that feeds changed only when they did', async () => {
		const left = [200, 200, 7, 0];
		const onEnded = vi.fn();
		const storage = { endOverdue: async () => left.shift() ?? 0 };
		expect(await endMemberships({ storage, clock, onEnded })).toBe(407);
		expect(await endMemberships({ storage, clock, onEnded })).toBe(0);
		expect(onEnded).toHaveBeenCalledOnce();
	});

	it('asks a store that cannot write again, tells what is broken, and ends when it is closed', async () => {
		const answers = [
			new StorageFailure('disk-full', 'full'),
			new StorageFailure('corrupt', 'broken'),
			undefined
		];
		const onFailure = vi.fn();
		let asked = 0;
		const endOverdue = async (): Promise<number> => {
			asked += 1;
			const failure = answers.shift();
			if (failure !== undefined) throw failure;
			return 0;
		};
		const job = startEndingMemberships({
			storage: { endOverdue },
			clock,
			onEnded: () => undefined,
			onFailure
		});
		await vi.advanceTimersByTimeAsync(END_EVERY_MS * 3);
		expect(asked).toBe(3);
		expect(onFailure).toHaveBeenCalledOnce();
		await job.close();
		await vi.advanceTimersByTimeAsync(END_EVERY_MS * 3);
		expect(asked).toBe(3);
	});
});
