/**
 * Simulated time. Everything that waits - a timer of the client, a message under way, a pause of a disk -
 * is an event in one queue; events of one moment come in an order drawn from the seed. After each event
 * all promises that can go on do so, before the next event runs.
 */
import type { Random } from './random.ts';

interface Event {
	atMs: number;
	tie: number;
	run: () => void;
}

export class Scheduler {
	nowMs: number;
	readonly #random: Random;
	readonly #heap: Event[] = [];

	constructor(startMs: number, random: Random) {
		this.nowMs = startMs;
		this.#random = random;
	}

	/** Runs once after so many milliseconds, unless the answer is called before. */
	after(delayMs: number, run: () => void): () => void {
		let isCancelled = false;
		const guarded = (): void => {
			if (!isCancelled) run();
		};
		this.#push({
			atMs: this.nowMs + Math.max(0, Math.round(delayMs)),
			tie: this.#random.next(),
			run: guarded
		});
		return () => {
			isCancelled = true;
		};
	}

	sleep(delayMs: number): Promise<void> {
		return new Promise((resolve) => {
			this.after(delayMs, resolve);
		});
	}

	/** Lets events run until simulated time `endMs`, or until `isDone`. */
	async runUntil(endMs: number, isDone: () => boolean): Promise<void> {
		while (!isDone()) {
			const [first] = this.#heap;
			if (first === undefined || first.atMs > endMs) break;
			this.#pop();
			this.nowMs = first.atMs;
			first.run();
			await settle();
		}
		if (!isDone() && endMs !== Infinity) this.nowMs = Math.max(this.nowMs, endMs);
	}

	/** Lets events run until this work is done, which may itself wait for them. */
	async complete<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const note = (): void => {
			isDone = true;
		};
		work.then(note, note);
		await settle();
		await this.runUntil(Infinity, () => isDone);
		if (!isDone) throw new Error('something waits for what never comes');
		return work;
	}

	#push(event: Event): void {
		const heap = this.#heap;
		let at = heap.push(event) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = heap[parent];
			if (above === undefined || !isBefore(event, above)) break;
			heap[at] = above;
			at = parent;
		}
		heap[at] = event;
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return;
		let at = 0;
		for (;;) {
			const child = smallerChild(heap, at);
			const below = heap[child];
			if (below === undefined || !isBefore(below, last)) break;
			heap[at] = below;
			at = child;
		}
		heap[at] = last;
	}
}

function smallerChild(heap: Event[], parent: number): number {
	const left = heap[2 * parent + 1];
	const right = heap[2 * parent + 2];
	return left !== undefined && right !== undefined && isBefore(right, left)
		? 2 * parent + 2
		: 2 * parent + 1;
}

function isBefore(a: Event, b: Event): boolean {
	return a.atMs < b.atMs || (a.atMs === b.atMs && a.tie < b.tie);
}

/** Resolves when no promise can go on by itself: everything in this world waits in promises only. */
export function settle(): Promise<void> {
	return new Promise((resolve) => {
		setImmediate(resolve);
	});
}
