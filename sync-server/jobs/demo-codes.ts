/**
 * Codes with which whoever tries the demo brings tablets to its facilities; printed at each start. A real facility's
 * admin makes one at a time. Never in production, and never where there is no demo.
 */
import type { ServerStorage } from '../storage/storage.ts';
import { createEnrolmentCode } from '../auth/enrolment.ts';
import { DEMO_FACILITIES } from './demo/stations.ts';
import { isDemo } from './seed-demo.ts';

/** Enough to try two nurses at one station, and a tablet at the other. */
const CODES_PER_FACILITY = 4;
/** Whoever tries the demo should not have to hurry. */
const LIFE_MS = 24 * 60 * 60_000;

interface DemoCodesDeps {
	storage: Pick<ServerStorage, 'putEnrolmentCode'>;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	dataDir: string;
	isProduction: boolean;
}

/** By the code of the facility. */
export async function makeDemoCodes(deps: DemoCodesDeps): Promise<Map<string, string[]>> {
	const codes = new Map<string, string[]>();
	if (deps.isProduction || !isDemo(deps.dataDir)) return codes;
	for (const { facility } of DEMO_FACILITIES) {
		const made = await Promise.all(
			Array.from({ length: CODES_PER_FACILITY }, () =>
				createEnrolmentCode(deps, facility.code, undefined, LIFE_MS)
			)
		);
		codes.set(
			facility.code,
			made.map(({ code }) => code)
		);
	}
	return codes;
}
