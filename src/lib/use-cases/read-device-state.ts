import type { PersonId } from '#lib/domain/ids.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import { facilitySchema, type Facility } from '#lib/protocol/api.ts';
import type { StaffRecord } from '#lib/vault/records.ts';
import { countDrafts } from './drafts.ts';
import type { UseCaseDeps } from './deps.ts';

export interface StaffTile {
	person: PersonId;
	name: string;
	role: Role;
	login: string;
	lastUsedMs?: number;
	waiting: number;
	/** Visits this person has left open on this device. */
	drafts: number;
}

/** What the start screen needs to know. */
export interface DeviceState {
	/** Another window of this browser holds the book; this one only says so. */
	isOpenElsewhere: boolean;
	facility?: Facility;
	deviceNumber?: number;
	staff: StaffTile[];
	/** Entries of anybody that the server does not have yet, also while this device is locked. */
	waiting: number;
	signedIn?: StaffTile;
	/** The facility has told this device to wipe itself: `sending` what waits, `done`: nothing is left. */
	wipe?: 'sending' | 'done';
}

/** Nobody's any more. */
export const WIPED_DEVICE: DeviceState = {
	isOpenElsewhere: false,
	staff: [],
	waiting: 0,
	wipe: 'done'
};

/** Who signs in here, with what waits of theirs, and who is signed in. */
export async function readDeviceState(
	{ vault, storage }: Pick<UseCaseDeps, 'vault' | 'storage'>,
	isOpenElsewhere: boolean
): Promise<DeviceState> {
	const device = await vault.readDevice();
	const waiting = await storage.countParcels();
	const stored = await vault.listStaff();
	const drafts = new Map<PersonId, number>();
	for (const { person } of stored) drafts.set(person, await countDrafts(storage, person));
	const tileOf = (staff: StaffRecord): StaffTile => ({
		person: staff.person,
		name: staff.name,
		role: staff.role,
		login: staff.login,
		lastUsedMs: staff.lastUsedMs,
		waiting: waiting.get(staff.person) ?? 0,
		drafts: drafts.get(staff.person) ?? 0
	});
	const session = vault.session();
	return {
		isOpenElsewhere,
		...(device && { facility: facilitySchema.parse(device.facility), deviceNumber: device.number }),
		waiting: [...waiting.values()].reduce((sum, count) => sum + count, 0),
		staff: stored.filter(({ login }) => login !== '').map(tileOf),
		...(session && { signedIn: tileOf(session.staff) })
	};
}
