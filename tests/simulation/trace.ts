/** What happened in a world, in order: a hash over all of it, the last steps as text, and counts. */
import { createHash } from 'node:crypto';

const STEPS_KEPT = 60;

export class Trace {
	readonly counts = new Map<string, number>();
	readonly #hash = createHash('sha256');
	readonly #last: string[] = [];
	readonly #nowMs: () => number;

	constructor(nowMs: () => number) {
		this.#nowMs = nowMs;
	}

	/** One step: who, and what happened. Never holds anything that is random in itself. */
	step(who: string, what: string): void {
		const line = `${this.#nowMs()} ${who} ${what}`;
		this.#hash.update(line);
		this.#last.push(line);
		if (this.#last.length > STEPS_KEPT) this.#last.shift();
	}

	/** A fault was injected, or a rare branch was reached. */
	count(name: string, by = 1): void {
		this.counts.set(name, (this.counts.get(name) ?? 0) + by);
	}

	/** Both: a fault is a step as well. */
	fault(who: string, name: string): void {
		this.count(`fault: ${name}`);
		this.step(who, `! ${name}`);
	}

	lastSteps(): string[] {
		return this.#last.map((line) => {
			const at = line.indexOf(' ');
			return `${new Date(Number(line.slice(0, at))).toISOString()}${line.slice(at)}`;
		});
	}

	digest(): string {
		return this.#hash.copy().digest('hex');
	}
}
