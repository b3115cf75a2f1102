/**
 * Keys and PINs of this device. One vault per worker: it knows who is signed in, signs for that person
 * and for the device, and remembers which people signed in here before. What is about people lies sealed
 * under the device's data key (`record-cipher.ts`), which is here only while somebody is signed in; each
 * person's slot holds it once more, with that person's signing key (`slot.ts`).
 *
 * Invariants: neither a key of a person nor the data key lies on the disk outside of a slot; a PIN is never
 * stored; an attempt is counted on disk before the PIN is checked; one key = one person on one device;
 * what began before the vault was locked signs nobody in after it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { KeyId, PersonId } from '#lib/domain/ids.ts';
import { keyIdOf, type Signer } from '#lib/entry/signing.ts';
import { NO_ATTEMPTS } from './attempts.ts';
import type { KeyMaker, PersonKey, SigningKey } from './keys.ts';
import {
	endLease,
	keepContact,
	keepLease,
	latestLeaseMs,
	leaseRenewedMs,
	type Lease
} from './lease.ts';
import { measurePinCost, type PinCost, type PinHasher } from './pin.ts';
import type { Keyring } from './record-cipher.ts';
import {
	certificateSchema,
	dataKeyMarkSchema,
	deviceSchema,
	keyIdSchema,
	pinCostSchema,
	readRecord,
	sealingKeySchema,
	signingKeySchema,
	storedStaffSchema,
	type Certificate,
	type DeviceRecord,
	type KeyStore,
	type StaffRecord,
	type StoredStaff
} from './records.ts';
import type { SealParcel, StartSealing } from './parcel-sealer.ts';
import { makeSlot, type OpenedSlot, type PasskeySecret } from './slot.ts';
import { ATTEMPTS_PREFIX, dropSlot, STAFF_PREFIX, tryPin, type PinRefusal } from './try-pin.ts';

export interface VaultDeps {
	keyStore: KeyStore;
	keyMaker: KeyMaker;
	/** Gets the data key while somebody is signed in. */
	keyring: Pick<Keyring, 'use' | 'forget'>;
	hashPin: PinHasher;
	/** Absent: what is saved is kept for whoever unlocks this device, and nobody else sends it. */
	startSealing?: StartSealing | undefined;
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}

/** Somebody is signed in. Lives in memory only; locking drops it. */
export interface Session {
	staff: StaffRecord;
	/** Code of the facility for which this device writes. */
	facility: string;
	/** The commune of that facility, where it is known. */
	homeCommune?: string;
	keyId: KeyId;
	sign: Signer;
	/** Seals for the server what this session saves; absent where nobody would send it. */
	sealParcel?: SealParcel;
}

export type PinCheck =
	| {
			type: 'right';
			opened: OpenedSlot;
			/** Signs the person in; nothing when the vault was locked since the signal was asked for. */
			open(untilLocked: AbortSignal): Promise<Session | undefined>;
	  }
	| PinRefusal
	/** Nobody with this login can sign in here without the server. */
	| { type: 'unknown' };

/** What the server said about a person and the device; becomes records when it is enrolled. */
export interface Enrolment {
	device: DeviceRecord;
	staff: Omit<StaffRecord, 'lastUsedMs' | 'publicKey'>;
	lease: Lease;
	/** Seals what this device keeps; the same at every sign-in on it. */
	dataKey: Uint8Array;
	/** To which this device seals what it has not sent: an uncompressed P-256 point. */
	sealingKey: Uint8Array;
}

/** What this device keeps is sealed with a data key that the server does not know any more. Somebody who signed in
 * here before can still open it by PIN. */
export class OtherDataKey extends Error {}

export interface Vault {
	readDevice(): Promise<DeviceRecord | undefined>;
	/** Who signed in on this device before. */
	listStaff(): Promise<StaffRecord[]>;
	session(): Session | undefined;
	/** Nobody is signed in from now on. What was begun may still be written until `forgetDataKey`. */
	lock(): void;
	/** What is about people cannot be read or written until somebody signs in; nothing while somebody is. */
	forgetDataKey(): void;
	/** Aborted by the next lock: who signs in asks for it first. */
	untilLocked(): AbortSignal;
	/** The device's own key: made at its first use and kept, also when the sign-in that asked for it fails. */
	deviceKey(): Promise<SigningKey>;
	/** Keeps what a code brought: this device is a facility's. Nobody is signed in by it. */
	keepDevice(device: DeviceRecord): Promise<void>;
	/** Signs for the device: the tip of its journal. */
	signForDevice(bytes: Uint8Array): Promise<Uint8Array>;
	/** A new key of a person, which `enrol` will keep. */
	createPersonKey(): Promise<PersonKey>;
	/** The server's word for every key that ever signed on this device: offered again after a restore. */
	listCertificates(): Promise<{ key: KeyId; certificate: Certificate }[]>;
	/** Keeps what an online sign-in brought, with a slot for the PIN, and signs the person in; nobody when the
	 * vault was locked meanwhile. Throws `OtherDataKey`, and then keeps nothing. `passkey`: opens the slot beside the
	 * PIN, and no lease runs. */
	enrol(
		enrolment: Enrolment,
		key: PersonKey,
		pin: string,
		untilLocked: AbortSignal,
		passkey?: PasskeySecret
	): Promise<Session | undefined>;
	/** How long this person may sign in without the server, from now; whoever has a passkey here may anyway. */
	keepLease(person: PersonId, lease: Lease): Promise<void>;
	leaseRenewedMs(person: PersonId): Promise<number | undefined>;
	/** Until when somebody can open this device without the server; nothing when nobody can, `FOR_EVER_MS` where a
	 * passkey does. */
	latestLeaseMs(): Promise<number | undefined>;
	/** This person signs in at the server from now on. */
	endLease(person: PersonId): Promise<void>;
	/** Whether this PIN opens a slot of this device, without a network. `output`: what the passkey computed, where the
	 * answer before was that one is needed. */
	checkPin(login: string, pin: string, output?: Uint8Array): Promise<PinCheck>;
}

const DEVICE_ROW = 'device';
const DEVICE_KEY_ROW = 'device-key';
const DATA_KEY_ROW = 'data-key';
const SEALING_KEY_ROW = 'sealing-key';
const PIN_COST_ROW = 'pin-cost';
const CERTIFICATE_PREFIX = 'certificate/';
/** No lease ends what a passkey opens. */
export const FOR_EVER_MS = Number.MAX_SAFE_INTEGER;
const DATA_KEY_MARK = new TextEncoder().encode('so-suc-khoe data key 1');

function communeOf({ facility }: DeviceRecord): Pick<Session, 'homeCommune'> {
	const { commune } = facility;
	return typeof commune === 'string' ? { homeCommune: commune } : {};
}

export function createVault(deps: VaultDeps): Vault {
	const { keyStore, keyMaker, keyring } = deps;
	let session: Session | undefined;
	let locking = new AbortController();

	async function signInAs(
		staff: StoredStaff,
		{ dataKey, key }: OpenedSlot,
		untilLocked: AbortSignal
	): Promise<Session | undefined> {
		const opened = await beginSession(deps, staff, key);
		if (untilLocked.aborted) return undefined;
		keyring.use(dataKey);
		session = opened;
		return session;
	}

	return {
		readDevice: () => readRecord(keyStore, DEVICE_ROW, deviceSchema),
		listStaff: async () => (await listStored(keyStore)).map(publicPart),
		session: () => session,
		lock: () => {
			session = undefined;
			locking.abort();
			locking = new AbortController();
		},
		forgetDataKey: () => {
			if (session === undefined) keyring.forget();
		},
		untilLocked: () => locking.signal,
		deviceKey: async () => {
			const known = await readRecord(keyStore, DEVICE_KEY_ROW, signingKeySchema);
			if (known !== undefined) return known;
			const made = await keyMaker.createKey();
			await keyStore.writeKey({ id: DEVICE_KEY_ROW, value: made });
			return made;
		},
		keepDevice: (device) => keyStore.writeKey({ id: DEVICE_ROW, value: device }),
		signForDevice: async (bytes) => {
			const key = await readRecord(keyStore, DEVICE_KEY_ROW, signingKeySchema);
			if (key === undefined) throw new Error('a device without a key has nothing to sign');
			return keyMaker.signerOf(key)(bytes);
		},
		createPersonKey: () => keyMaker.createPersonKey(),
		listCertificates: () => listCertificates(keyStore),
		enrol: async (enrolment, key, pin, untilLocked, passkey) => {
			const { dataKey } = enrolment;
			const stored = await keep(deps, enrolment, key, { pin, passkey });
			return signInAs(stored, { dataKey, key }, untilLocked);
		},
		...leasesOf(deps),
		checkPin: async (login, pin, output) => {
			const staff = await storedOf(keyStore, login);
			if (staff === undefined) return { type: 'unknown' };
			const tried = await tryPin(deps, staff, { pin, output });
			if ('type' in tried) return tried;
			return {
				type: 'right',
				opened: tried,
				open: (untilLocked) => signInAs(staff, tried, untilLocked)
			};
		}
	};
}

type Leases = Pick<Vault, 'keepLease' | 'leaseRenewedMs' | 'latestLeaseMs' | 'endLease'>;

function leasesOf(deps: VaultDeps): Leases {
	const { keyStore } = deps;
	return {
		keepLease: async (person, lease) =>
			(await passkeySlotOf(keyStore, person)) === undefined
				? keepLease(deps, person, lease)
				: keepContact(deps, person),
		leaseRenewedMs: (person) => leaseRenewedMs(keyStore, person),
		latestLeaseMs: async () => {
			const isByPasskey = (await listStored(keyStore)).some(
				({ slot }) => slot?.passkey !== undefined
			);
			return isByPasskey ? FOR_EVER_MS : latestLeaseMs(keyStore);
		},
		endLease: async (person) => {
			const staff = await passkeySlotOf(keyStore, person);
			await endLease(deps, person);
			// No pepper is missing from it: only without the slot does it stay closed.
			if (staff !== undefined) await dropSlot(keyStore, staff);
		}
	};
}

async function beginSession(deps: VaultDeps, staff: StoredStaff, key: PersonKey): Promise<Session> {
	const { keyStore, keyMaker } = deps;
	const device = await readRecord(keyStore, DEVICE_ROW, deviceSchema);
	if (device === undefined) throw new Error('a person is enrolled on a device that is not');
	const used = { ...staff, lastUsedMs: deps.clock.nowMs() };
	await keyStore.writeKey({ id: STAFF_PREFIX + staff.person, value: used });
	const sealParcel = await startSealing(deps);
	return {
		staff: publicPart(used),
		facility: device.facility.code,
		...communeOf(device),
		keyId: keyIdOf(staff.publicKey),
		sign: await keyMaker.signerOfPerson(key),
		...(sealParcel && { sealParcel })
	};
}

/** Writes what an online sign-in brought. */
async function keep(
	deps: VaultDeps,
	{ device, staff, lease, dataKey, sealingKey }: Enrolment,
	key: PersonKey,
	{ pin, passkey }: { pin: string; passkey: PasskeySecret | undefined }
): Promise<StoredStaff> {
	const { keyStore, hashPin } = deps;
	await keepDataKey(keyStore, dataKey);
	const cost = await pinCost(deps);
	const secrets = { pin, second: passkey ?? { pepper: lease.pepper }, hashPin };
	const randomBytes = (count: number) => deps.randomBytes(count);
	const slot = await makeSlot({ dataKey, key }, cost, secrets, randomBytes);
	const certificateRow = CERTIFICATE_PREFIX + keyIdOf(key.publicKey);
	await keyStore.writeKey({ id: certificateRow, value: staff.certificate });
	await keyStore.writeKey({ id: SEALING_KEY_ROW, value: { publicKey: sealingKey } });
	await keyStore.writeKey({ id: DEVICE_ROW, value: device });
	await keyStore.writeKey({ id: ATTEMPTS_PREFIX + staff.person, value: NO_ATTEMPTS });
	if (passkey === undefined) await keepLease(deps, staff.person, lease);
	else await keepContact(deps, staff.person);
	await freeLogin(keyStore, staff);
	return { ...staff, lastUsedMs: 0, publicKey: key.publicKey, slot };
}

async function startSealing({
	keyStore,
	startSealing: start
}: VaultDeps): Promise<SealParcel | undefined> {
	const known = await readRecord(keyStore, SEALING_KEY_ROW, sealingKeySchema);
	return known && start?.(known.publicKey);
}

/** Throws `OtherDataKey`. */
async function keepDataKey(keyStore: KeyStore, dataKey: Uint8Array): Promise<void> {
	const mark = sha256(new Uint8Array([...DATA_KEY_MARK, ...dataKey]));
	const known = await readRecord(keyStore, DATA_KEY_ROW, dataKeyMarkSchema);
	if (known === undefined) await keyStore.writeKey({ id: DATA_KEY_ROW, value: { mark } });
	else if (known.mark.some((byte, at) => byte !== mark[at])) throw new OtherDataKey();
}

async function pinCost({ keyStore, hashPin, clock }: VaultDeps): Promise<PinCost> {
	const known = await readRecord(keyStore, PIN_COST_ROW, pinCostSchema);
	if (known !== undefined) return known;
	const cost = await measurePinCost(hashPin, () => clock.nowMs());
	await keyStore.writeKey({ id: PIN_COST_ROW, value: cost });
	return cost;
}

async function listCertificates(
	keyStore: KeyStore
): Promise<{ key: KeyId; certificate: Certificate }[]> {
	const rows = await keyStore.listKeys(CERTIFICATE_PREFIX);
	return rows.map(({ id, value }) => ({
		key: keyIdSchema.parse(id.slice(CERTIFICATE_PREFIX.length)),
		certificate: certificateSchema.parse(value)
	}));
}

/** A row that cannot be read is passed over: that person signs in online
 * again, and everybody else goes on. */
async function listStored(keyStore: KeyStore): Promise<StoredStaff[]> {
	const rows = await keyStore.listKeys(STAFF_PREFIX);
	return rows.flatMap(({ value }) => storedStaffSchema.safeParse(value).data ?? []);
}

async function storedOf(keyStore: KeyStore, login: string): Promise<StoredStaff | undefined> {
	return (await listStored(keyStore)).find((staff) => staff.login === login);
}

/** Of somebody who opens this device by passkey; nothing of anybody else. */
async function passkeySlotOf(
	keyStore: KeyStore,
	person: PersonId
): Promise<StoredStaff | undefined> {
	const staff = (await listStored(keyStore)).find((one) => one.person === person);
	return staff?.slot?.passkey === undefined ? undefined : staff;
}

/** A login may be handed to a successor: then it opens nothing of the predecessor any more. */
async function freeLogin(keyStore: KeyStore, { login, person }: StaffLogin): Promise<void> {
	for (const other of await listStored(keyStore))
		if (other.login === login && other.person !== person)
			await keyStore.writeKey({
				id: STAFF_PREFIX + other.person,
				value: { ...publicPart(other), login: '' }
			});
}

type StaffLogin = Pick<StaffRecord, 'login' | 'person'>;

function publicPart({ slot: _slot, ...staff }: StoredStaff): StaffRecord {
	return staff;
}
