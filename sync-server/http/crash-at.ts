/** Ends the process at a named point of the store, as a power cut would. Only for the kill tests. */
export interface CrashAt {
	fault: (point: string) => void;
	/** Counting begins here, so that what a start writes does not count. */
	arm(): void;
}

export function createCrashAt(crashAt: { point: string; count: number } | undefined): CrashAt {
	let isArmed = false;
	let reached = 0;
	return {
		fault(point) {
			if (!isArmed || point !== crashAt?.point) return;
			reached += 1;
			if (reached === crashAt.count) process.kill(process.pid, 'SIGKILL');
		},
		arm() {
			isArmed = true;
		}
	};
}
