/** Work of a fixed size, to see how slow a thread is made: whole-number arithmetic that stays in a register. */
const TURNS = 60_000_000;

/** How long the loop takes on the thread that calls it, milliseconds. */
export function calibrate(): number {
	const startedMs = performance.now();
	let sum = 0;
	for (let at = 0; at < TURNS; at++) sum = (Math.imul(sum, 31) + at) | 0;
	const tookMs = performance.now() - startedMs;
	// The sum is used, so that no compiler leaves the loop out.
	return sum === 0.5 ? 0 : tookMs;
}
