/** Waiting, passed in: tests have their own time. */
export interface Timer {
	/** Runs once after so many milliseconds, unless the answer is called before. */
	after(ms: number, act: () => void): () => void;
}

export const systemTimer: Timer = {
	after: (ms, act) => {
		const timeout = setTimeout(act, ms);
		// Nothing here keeps a process alive that wants to end.
		timeout.unref();
		return () => clearTimeout(timeout);
	}
};
