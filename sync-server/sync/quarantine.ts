/**
 * Refused entries are kept, with the reason, before they are answered: the device shows them to their
 * author, and a person can look at what was sent. What cannot be kept stays with the device.
 */
import type { Ack, PushedEntry } from '#lib/protocol/messages.ts';
import type { QuarantineResult, QuarantineRow, ServerStorage } from '../storage/storage.ts';
import { RETRY_SECONDS, type AdmissionDeps, type Pusher } from './admit-entry.ts';
import { idOfReading, type Reading } from './examine.ts';
import { isPassing } from './passing-failure.ts';

export const QUARANTINE_FULL_RETRY_SECONDS = 3_600;

/** Puts the refused entries of a push into quarantine; changes the acknowledgements of those that the
 * store could not keep. */
export async function quarantineRefused(
	{ storage, clock }: AdmissionDeps,
	{ device, facility }: Pusher,
	push: PushedEntry[],
	readings: Reading[],
	acks: Ack[]
): Promise<void> {
	const at = clock.nowMs();
	const indexes = [...acks.keys()].filter((index) => acks[index]?.ack === 'refused');
	if (indexes.length === 0) return;
	const rows = indexes.map((index): QuarantineRow => {
		const { entry: bytes, signature } = push[index] ?? missing();
		const ack = acks[index];
		if (ack?.ack !== 'refused') return missing();
		const { code, path } = ack;
		const id = idOfReading(readings[index] ?? missing());
		return { at, device, facility, id, bytes, signature, code, ...(path && { path }) };
	});
	const results = await keep(storage, rows);
	for (const [row, index] of indexes.entries()) {
		const result = results[row];
		if (result === undefined) acks[index] = { ack: 'later', code: 'busy', seconds: RETRY_SECONDS };
		if (result === 'over-quota')
			acks[index] = {
				ack: 'later',
				code: 'quarantine-full',
				seconds: QUARANTINE_FULL_RETRY_SECONDS
			};
	}
	await storage.audit({ at, action: 'refuse', device, facility, detail: countByCode(rows) });
}

async function keep(storage: ServerStorage, rows: QuarantineRow[]): Promise<QuarantineResult[]> {
	try {
		return await storage.putQuarantine(rows);
	} catch (error) {
		if (!isPassing(error)) throw error;
		return [];
	}
}

function countByCode(rows: QuarantineRow[]): string {
	const counts = new Map<string, number>();
	for (const { code } of rows) counts.set(code, (counts.get(code) ?? 0) + 1);
	return [...counts].map(([code, count]) => `${code}=${count}`).join(' ');
}

function missing(): never {
	throw new Error('acknowledgements do not match their push');
}
