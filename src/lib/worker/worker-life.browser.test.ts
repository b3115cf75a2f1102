import { describe, expect, it } from 'vitest';
import { holdLifeline, untilWorkerGone } from './worker-life.ts';

const never = (): Promise<never> => new Promise(() => undefined);

describe('the worker of a page', () => {
	it('is known to be gone when it ends without a word', async () => {
		const script = `onmessage = ({ data }) => navigator.locks.request(data, () => {
			postMessage('held');
			return new Promise(() => undefined);
		});`;
		const worker = new Worker(URL.createObjectURL(new Blob([script])));
		const held = new Promise((resolve) => worker.addEventListener('message', resolve));
		let isGone = false;
		const gone = untilWorkerGone(worker, held, 'lifeline').then(() => (isGone = true));
		worker.postMessage('lifeline');
		await held;
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(isGone).toBe(false);
		worker.terminate();
		expect(await gone).toBe(true);
	});

	it('never lets go of its lifeline by itself', async () => {
		await holdLifeline('my lifeline');
		const { held = [] } = await navigator.locks.query();
		expect(held.map(({ name }) => name)).toContain('my lifeline');
	});

	it('is known to be gone when its script cannot be loaded', async () => {
		const worker = new Worker('/no-such-worker.js', { type: 'module' });
		await untilWorkerGone(worker, never(), 'lifeline of nobody');
	});

	it('is known to be gone when one of its answers cannot be read', async () => {
		const worker = new EventTarget();
		const gone = untilWorkerGone(worker, Promise.resolve(), 'lifeline of an answer');
		worker.dispatchEvent(new Event('messageerror'));
		await gone;
	});
});
