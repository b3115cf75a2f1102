/**
 * Where the books of a citizen's family live in the browser: a dedicated worker with a database of its own.
 * `without-eval.ts` must stay the first import.
 */
import './without-eval.ts';
import { expose, proxy } from 'comlink';
import { CITIZEN_SYNC_PATH } from '#lib/protocol/citizen.ts';
import { deleteDexieStorage, openDexieStorage } from '#lib/storage/dexie.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { createHttpFamilyPort } from '#lib/use-cases/family/http-family-port.ts';
import type { CitizenWorkerDoor } from './citizen-api.ts';
import { createCitizenApi } from './create-citizen-api.ts';
import { holdLifeline } from './worker-life.ts';

/** Apart from what a tablet keeps under the same address. */
const DATABASE_NAME = 'so-suc-khoe-citizen';

const api = createCitizenApi({
	openStorage: () => openDexieStorage(DATABASE_NAME),
	wipe: () => deleteDexieStorage(DATABASE_NAME),
	port: createHttpFamilyPort((address, init) => fetch(address, init)),
	transport: createFetchTransport({
		url: CITIZEN_SYNC_PATH,
		fetch: (input, init) => fetch(input, init),
		timer: systemTimer,
		// The browser adds the cookie that says who asks.
		headers: () => ({})
	}),
	clock: { nowMs: () => Date.now() }
});
const door: CitizenWorkerDoor = {
	open: async (lifeline) => {
		await holdLifeline(lifeline);
		return proxy(api);
	}
};
expose(door);
