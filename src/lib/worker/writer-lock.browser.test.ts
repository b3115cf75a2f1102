import { describe, expect, it } from 'vitest';
import { webWriterLock } from './writer-lock.ts';

describe('the writer lock in a browser', () => {
	it('is held by one window; another one can take it, and the first hears of it', async () => {
		const first = webWriterLock(navigator.locks);
		const second = webWriterLock(navigator.locks);
		const lost = Promise.withResolvers<string>();
		expect(await first.acquire({ steal: false, onLost: () => lost.resolve('lost') })).toBe(true);
		const never = (): never => {
			throw new Error('nobody took it');
		};
		expect(await second.acquire({ steal: false, onLost: never })).toBe(false);
		expect(await second.acquire({ steal: true, onLost: never })).toBe(true);
		expect(await lost.promise).toBe('lost');
	});
});
