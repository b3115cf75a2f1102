/**
 * Which devices are to wipe themselves: asked at every request of a device, so it stands in memory beside the store,
 * which is written first.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import type { ServerStorage } from '../storage/storage.ts';

export interface Wipes {
	isAsked(device: DeviceId): Promise<boolean>;
	/** The store says so. */
	begin(device: DeviceId): Promise<void>;
}

export function createWipes(storage: Pick<ServerStorage, 'listFacilities' | 'listDevices'>): Wipes {
	let asked: Promise<Set<DeviceId>> | undefined;
	const read = (): Promise<Set<DeviceId>> => {
		// A store that could not be read is read again.
		asked ??= readAsked(storage).catch((error: unknown) => {
			asked = undefined;
			throw error;
		});
		return asked;
	};
	return {
		isAsked: async (device) => (await read()).has(device),
		begin: async (device) => {
			(await read()).add(device);
		}
	};
}

async function readAsked(
	storage: Pick<ServerStorage, 'listFacilities' | 'listDevices'>
): Promise<Set<DeviceId>> {
	const facilities = await storage.listFacilities();
	const lists = await Promise.all(facilities.map(({ code }) => storage.listDevices(code)));
	const devices = lists.flat().filter(({ wipe }) => wipe !== undefined);
	return new Set(devices.map(({ device }) => device));
}
