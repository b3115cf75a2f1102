import { StorageFailed } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

/**
 * The latest it may be, in milliseconds: by this device, or by the server as last heard. What has just
 * happened must not be refused as "in the future" because the tablet's clock is behind.
 */
export async function latestNow({
	storage,
	clock
}: Pick<UseCaseDeps, 'storage' | 'clock'>): Promise<number> {
	const nowMs = clock.nowMs();
	try {
		const offset = (await storage.readClockOffset()) ?? 0;
		return nowMs + Math.max(0, offset);
	} catch (error) {
		// Saving will say that the device cannot be read.
		if (error instanceof StorageFailed) return nowMs;
		throw error;
	}
}
