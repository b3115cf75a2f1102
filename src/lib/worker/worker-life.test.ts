import { describe, expect, it } from 'vitest';
import { createCalls, WorkerGone } from './worker-life.ts';

describe('calls to a worker', () => {
	it('answer as the worker does', async () => {
		const calls = createCalls();
		expect(await calls.run(async () => 7)).toBe(7);
		const failing = calls.run(() => Promise.reject(new Error('mistake')));
		await expect(failing).rejects.toThrow('mistake');
	});

	it('fail when it is gone: those under way and those to come', async () => {
		const calls = createCalls();
		const underWay = calls.run(() => new Promise(() => undefined));
		calls.fail(new WorkerGone());
		await expect(underWay).rejects.toBeInstanceOf(WorkerGone);
		await expect(calls.run(async () => 7)).rejects.toBeInstanceOf(WorkerGone);
	});
});
