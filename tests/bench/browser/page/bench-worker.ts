/**
 * The book worker of the app with clocks around it: the same parts from the same function, opened through
 * the same door. `without-eval.ts` must stay the first import, as in the app.
 */
import '#lib/worker/without-eval.ts';
import { expose } from 'comlink';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import type { BookApi } from '#lib/worker/book-api.ts';
import type { BookWorkerDoor } from '#lib/worker/book-client.ts';
import { doorTo, openBookApi } from '#lib/worker/open-book-api.ts';
import type { PageHints } from '#lib/worker/page-hints.ts';
import { calibrate } from './calibration.ts';

export interface BenchDoor extends BookWorkerDoor {
	calibrate(): number;
	/** When the first request of syncing left, milliseconds since 1970. */
	firstSyncMs(): number | undefined;
	/** How long each search or save took inside the worker, since this was last asked. */
	takeOwnTimes(): number[];
}

let firstSyncMs: number | undefined;
let ownTimes: number[] = [];

const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
	if (input === SYNC_PATH) firstSyncMs ??= performance.timeOrigin + performance.now();
	return plainFetch(input, init);
};

function timed<Input extends unknown[], Result>(act: (...input: Input) => Promise<Result>) {
	return async (...input: Input): Promise<Result> => {
		const startedMs = performance.now();
		const result = await act(...input);
		ownTimes.push(performance.now() - startedMs);
		return result;
	};
}

async function openTimed(): Promise<BookApi & PageHints> {
	const api = await openBookApi();
	return {
		...api,
		searchPeople: timed((query: string) => api.searchPeople(query)),
		giveVaccine: timed((input: Parameters<BookApi['giveVaccine']>[0]) => api.giveVaccine(input))
	};
}

const door: BenchDoor = {
	...doorTo(openTimed()),
	calibrate,
	firstSyncMs: () => firstSyncMs,
	takeOwnTimes: () => {
		const taken = ownTimes;
		ownTimes = [];
		return taken;
	}
};
expose(door);
