/**
 * A few at once, a few more waiting, and nobody beyond: for work that costs memory and the threads that
 * files and unpacking need too.
 */
export interface TurnLimits {
	atOnceMax: number;
	waitingMax: number;
}

/** Answers the work's outcome, or undefined at once when there is no place to wait. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T> | undefined;

export function createTurns({ atOnceMax, waitingMax }: TurnLimits): TakeTurn {
	const waiting: (() => void)[] = [];
	let working = 0;

	async function run<T>(work: () => Promise<T>): Promise<T> {
		// A turn that is handed on stays counted, so that nobody comes in between.
		if (working >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
		else working += 1;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) working -= 1;
			else next();
		}
	}

	return (work) => {
		if (working >= atOnceMax && waiting.length >= waitingMax) return undefined;
		return run(work);
	};
}
