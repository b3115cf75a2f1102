import { describe, expect, it } from 'vitest';
import { createMemoryStorage, type MemoryFaults } from '#lib/storage/memory.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { TransportFailure } from '#lib/sync/transport.ts';
import type { SyncState } from '#lib/use-cases/watch-sync.ts';
import { NOW_MS } from './device.fixture.ts';
import { createStartSync } from './start-sync.ts';

const never: Timer = { after: () => () => undefined };

/** What the screens hear of the network when the first round ends in this way. */
async function networkAfter(
	failure: TransportFailure,
	faults: MemoryFaults = {}
): Promise<SyncState['network'] | undefined> {
	const heard = Promise.withResolvers<SyncState['network']>();
	const start = createStartSync({
		storage: createMemoryStorage({ faults }),
		createTransport: () => async () => failure,
		clock: { nowMs: () => NOW_MS },
		timer: never,
		random: () => 0,
		onError: (error) => heard.reject(error)
	});
	const vault = { signForDevice: async () => new Uint8Array(64), listCertificates: async () => [] };
	start(
		{ deviceToken: () => 'token', vault, tellReads: async () => 'told' },
		{
			changed: ({ network }) => network !== undefined && heard.resolve(network),
			pageApplied: () => undefined
		}
	);
	return heard.promise;
}

describe('the end of a round', () => {
	it('tells that the server needs a newer app, which is not a missing network', async () => {
		expect(await networkAfter({ type: 'update-needed' })).toBe('update-needed');
		expect(await networkAfter({ type: 'unreachable' })).toBe('unreachable');
	});

	it('tells that this device could not be read or written', async () => {
		const pause = async (): Promise<void> => {
			throw new StorageFailed('unknown');
		};
		expect(await networkAfter({ type: 'unreachable' }, { pause })).toBe('storage-failed');
	});
});
