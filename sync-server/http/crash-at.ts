/**
 * Ends the process at a named point of the store, as a power cut would, or only the thread that writes.
 * For the kill tests.
 */
export interface CrashPoint {
	point: string;
	count: number;
	isOfWriter: boolean;
}

export interface CrashAt {
	fault: (point: string) => void;
	/** Counting begins here, so that what a start writes does not count. */
	arm(): void;
}

export function createCrashAt(crashAt: CrashPoint | undefined): CrashAt {
	let isArmed = false;
	let reached = 0;
	return {
		fault(point) {
			if (!isArmed || point !== crashAt?.point) return;
			reached += 1;
			if (reached !== crashAt.count) return;
			if (crashAt.isOfWriter) throw new Error('the writing thread ends here');
			process.kill(process.pid, 'SIGKILL');
		},
		arm() {
			isArmed = true;
		}
	};
}
