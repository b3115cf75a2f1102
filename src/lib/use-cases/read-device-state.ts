import type { EntryId, PersonId } from '#lib/domain/ids.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import { readEntry } from '#lib/entry/entry.ts';
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
	signedIn?: StaffTile;
}

const OUTBOX_ROWS_MAX = 5_000;

export type CountWaiting = () => Promise<Map<PersonId, number>>;

/** Who signs in here, with what waits of theirs, and who is signed in. */
export async function readDeviceState(
	{ vault, storage }: Pick<UseCaseDeps, 'vault' | 'storage'>,
	countWaiting: CountWaiting,
	isOpenElsewhere: boolean
): Promise<DeviceState> {
	const device = await vault.readDevice();
	const waiting = await countWaiting();
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
		staff: stored.filter(({ login }) => login !== '').map(tileOf),
		...(session && { signedIn: tileOf(session.staff) })
	};
}

/** Unsent entries by author. The author of an entry is read once, as long as the entry waits. */
export function createWaitingCount({ storage }: Pick<UseCaseDeps, 'storage'>): CountWaiting {
	let authors = new Map<EntryId, PersonId>();
	return async () => {
		const counts = new Map<PersonId, number>();
		const current: typeof authors = new Map();
		for (const { id, bytes } of await storage.listOutbox(OUTBOX_ROWS_MAX, 'waiting')) {
			const author = authors.get(id) ?? authorOf(bytes);
			if (author === undefined) continue;
			current.set(id, author);
			counts.set(author, (counts.get(author) ?? 0) + 1);
		}
		authors = current;
		return counts;
	};
}

function authorOf(bytes: Uint8Array): PersonId | undefined {
	const read = readEntry(bytes);
	return read.ok ? read.entry.envelope.author.person : undefined;
}
