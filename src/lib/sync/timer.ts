/** Waiting, passed in: the simulation has its own time. */
export interface Timer {
	/** Runs once after so many milliseconds, unless the answer is called before. */
	after(delayMs: number, run: () => void): () => void;
}

export const systemTimer: Timer = {
	after: (delayMs, run) => {
		const timeout = setTimeout(run, delayMs);
		return () => {
			clearTimeout(timeout);
		};
	}
};
