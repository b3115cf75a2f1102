/** When the second copy of what waits (`spare-parcels.ts`) is written and read on this device. */
import type { Timer } from '#lib/sync/timer.ts';
import { inBackground } from './background.ts';
import { createSoon } from './soon.ts';
import { createSpareParcels, type SpareDeps } from './spare-parcels.ts';

export interface Sparing {
	/** At the start. `isLost`: the database knows no device. Answers how many entries came back from the copy. */
	open(isLost: boolean): Promise<number>;
	/** Something was saved or sent. */
	soon(): void;
	stop(): void;
	readToken(): Promise<string | undefined>;
}

/** Long after the answer of the save. */
const SPARED_AFTER_MS = 300;

export function createSparing({
	timer,
	spareFile,
	...deps
}: Omit<SpareDeps, 'file'> & { timer: Timer; spareFile?: SpareDeps['file'] | undefined }): Sparing {
	const readToken = (): Promise<string | undefined> => deps.readToken();
	if (spareFile === undefined)
		return { open: async () => 0, soon: () => undefined, stop: () => undefined, readToken };
	const spare = createSpareParcels({ ...deps, file: spareFile });
	const { soon, stop } = createSoon(
		timer,
		() => SPARED_AFTER_MS,
		() => inBackground(spare.mirror())
	);
	return {
		open: (isLost) => spare.open(isLost),
		soon,
		stop,
		readToken: async () => (await readToken()) ?? spare.token()
	};
}
