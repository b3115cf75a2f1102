/** A press repeated within this time is the same press: gloves and slow screens repeat themselves. */
export const ONE_PRESS_MS = 3_000;

/** Answers whether a press counts. The clock is passed in. */
export function createOnePress(nowMs: () => number): { isNew: () => boolean } {
	let lastMs: number | undefined;
	return {
		isNew() {
			const pressedMs = nowMs();
			const isRepeat = lastMs !== undefined && Math.abs(pressedMs - lastMs) < ONE_PRESS_MS;
			if (!isRepeat) lastMs = pressedMs;
			return !isRepeat;
		}
	};
}
