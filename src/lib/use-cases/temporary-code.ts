/**
 * Codes for people who have no identifier yet: `T-<station><tablet number>-<yymmdd>-<counter>`, as in
 * `T-SB2-261124-03`. The letters make sure that none is ever taken for a 12-digit personal number.
 */
import { z } from 'zod';
import { temporaryCodeText } from '#lib/domain/people/temporary-code.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { facilitySchema } from '#lib/protocol/api.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { DeviceRecord } from '#lib/vault/records.ts';

const ROW_PREFIX = 'temporary-code/';
const COUNTER_MAX = 9_999;
const counterSchema = z.number().int().min(0).max(COUNTER_MAX);

interface CodeDeps {
	storage: Pick<BookStorage, 'readKey' | 'writeKey'>;
	clock: { nowMs(): number };
}

/** Gives the next code of this device. */
export type GiveTemporaryCode = (device: DeviceRecord) => Promise<string>;

/** One after the other: two registrations at the same moment must not read the same counter. */
export function createTemporaryCodes(deps: CodeDeps): GiveTemporaryCode {
	let last: Promise<unknown> = Promise.resolve();
	return (device) => {
		const code = last.then(() => nextCode(deps, device));
		last = code.catch(() => undefined);
		return code;
	};
}

/**
 * The number is on the disk before the code is used: a code may be skipped, never given twice. One counter
 * for each day keeps that true when the clock goes back.
 */
async function nextCode({ storage, clock }: CodeDeps, device: DeviceRecord): Promise<string> {
	const date = clinicalDateOf(clock.nowMs());
	const id = ROW_PREFIX + date.slice(2).replaceAll('-', '');
	const last = counterSchema.parse((await storage.readKey(id))?.value ?? 0);
	const counter = counterSchema.parse(last + 1);
	await storage.writeKey({ id, value: counter });
	const { shortCode: station } = facilitySchema.parse(device.facility);
	return temporaryCodeText({ station, device: device.number, date, counter });
}
