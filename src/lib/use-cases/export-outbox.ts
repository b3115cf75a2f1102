import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { encodeOutboxFile } from '#lib/protocol/outbox-file.ts';
import type { UseCaseDeps } from './deps.ts';

export interface ExportedOutbox {
	fileName: string;
	bytes: Uint8Array;
	/** Entries in it. */
	count: number;
}

/** What waits as a file that only the server can read; nothing when nothing waits. */
export async function exportOutbox({
	storage,
	vault,
	clock
}: Pick<UseCaseDeps, 'storage' | 'vault' | 'clock'>): Promise<ExportedOutbox | undefined> {
	const device = await vault.readDevice();
	const parcels = await storage.listParcels(Infinity);
	if (device === undefined || parcels.length === 0) return undefined;
	const nowMs = clock.nowMs();
	const bytes = encodeOutboxFile({
		device: device.id,
		madeMs: nowMs,
		parcels: parcels.map(({ sealed }) => sealed)
	});
	const fileName = `cho-gui-may-${device.number}-${clinicalDateOf(nowMs)}.ssk`;
	return { fileName, bytes, count: parcels.length };
}
