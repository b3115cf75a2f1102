/** The `recorded` of new entries: device time, and a counter that orders entries of one millisecond. */
import type { Recorded } from '#lib/domain/book/envelope.ts';

export interface Recorder {
	/** `offset`: server time minus device time in milliseconds, as last known. */
	next(offset: number | undefined): Recorded;
}

export function createRecorder(clock: { nowMs(): number }): Recorder {
	let last = { ms: -1, counter: 0 };
	return {
		next: (offset) => {
			const ms = Math.floor(clock.nowMs());
			last = { ms, counter: ms === last.ms ? last.counter + 1 : 0 };
			return offset === undefined ? last : { ...last, offset: Math.round(offset) };
		}
	};
}
