/**
 * Keys and PINs of this device. One vault per worker: it knows who is signed in, signs for that person
 * and for the device, and remembers which people signed in here before. Sealing what is stored comes
 * above the storage port (`BookStorage`), the one interface through which all book bytes pass.
 *
 * Invariants: a private key is never extractable; a PIN is never stored; an attempt is counted on disk
 * before the PIN is checked; one key = one person on one device, for as long as the device keeps it;
 * what began before the vault was locked signs nobody in after it.
 */
import type { KeyId } from '#lib/domain/ids.ts';
import { keyIdOf, type Signer } from '#lib/entry/signing.ts';
import { afterWrongPin, attemptsLeft, NO_ATTEMPTS, waitOf, type PinAttempts } from './attempts.ts';
import type { KeyMaker, SigningKey } from './keys.ts';
import { createPinVerifier, isPinOf, measurePinCost, type PinCost, type PinHasher } from './pin.ts';
import {
	attemptsSchema,
	certificateSchema,
	deviceSchema,
	keyIdSchema,
	pinCostSchema,
	readRecord,
	signingKeySchema,
	storedStaffSchema,
	type Certificate,
	type DeviceRecord,
	type KeyStore,
	type StaffRecord,
	type StoredStaff
} from './records.ts';

export interface VaultDeps {
	keyStore: KeyStore;
	keyMaker: KeyMaker;
	hashPin: PinHasher;
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
}

export type PinCheck =
	/** `open` signs the person in; nothing when the vault was locked since the signal was asked for. */
	| { type: 'right'; open(untilLocked: AbortSignal): Promise<Session | undefined> }
	| PinRefusal
	/** Nobody with this login has signed in on this device. */
	| { type: 'unknown' };

type PinRefusal = { type: 'wrong-pin'; attemptsLeft?: number } | { type: 'wait'; seconds: number };

/** What the server said about a person and the device; becomes records when it is enrolled. */
export interface Enrolment {
	device: DeviceRecord;
	staff: Omit<StaffRecord, 'lastUsedMs' | 'publicKey'>;
}

export interface Vault {
	readDevice(): Promise<DeviceRecord | undefined>;
	/** Who signed in on this device before. */
	listStaff(): Promise<StaffRecord[]>;
	session(): Session | undefined;
	lock(): void;
	/** Aborted by the next lock: who signs in asks for it first. */
	untilLocked(): AbortSignal;
	/** The device's own key: made at its first use and kept, also when the sign-in that asked for it fails. */
	deviceKey(): Promise<SigningKey>;
	/** Signs for the device: the tip of its journal. */
	signForDevice(bytes: Uint8Array): Promise<Uint8Array>;
	/** The key a person signs with here, if any is kept. */
	personKey(login: string): Promise<SigningKey | undefined>;
	/** A new key, which `enrol` will keep. */
	createKey(): Promise<SigningKey>;
	/** The server's word for every key that ever signed on this device: offered again after a restore. */
	listCertificates(): Promise<{ key: KeyId; certificate: Certificate }[]>;
	/** Keeps what an online sign-in brought, with a verifier of the PIN, and signs the person in; nobody
	 * when the vault was locked meanwhile. */
	enrol(
		enrolment: Enrolment,
		key: SigningKey,
		pin: string,
		untilLocked: AbortSignal
	): Promise<Session | undefined>;
	/** Whether this PIN opens a key of this device, without a network. */
	checkPin(login: string, pin: string): Promise<PinCheck>;
}

const DEVICE_ROW = 'device';
const DEVICE_KEY_ROW = 'device-key';
const PIN_COST_ROW = 'pin-cost';
const STAFF_PREFIX = 'staff/';
const CERTIFICATE_PREFIX = 'certificate/';
const ATTEMPTS_PREFIX = 'attempts/';

function communeOf({ facility }: DeviceRecord): Pick<Session, 'homeCommune'> {
	const { commune } = facility;
	return typeof commune === 'string' ? { homeCommune: commune } : {};
}

export function createVault(deps: VaultDeps): Vault {
	const { keyStore, keyMaker } = deps;
	let session: Session | undefined;
	let locking = new AbortController();

	async function signInAs(
		staff: StoredStaff,
		untilLocked: AbortSignal
	): Promise<Session | undefined> {
		const device = await readRecord(keyStore, DEVICE_ROW, deviceSchema);
		if (device === undefined) throw new Error('a person is enrolled on a device that is not');
		const used = { ...staff, lastUsedMs: deps.clock.nowMs() };
		await keyStore.writeKey({ id: STAFF_PREFIX + staff.person, value: used });
		if (untilLocked.aborted) return undefined;
		session = {
			staff: publicPart(used),
			facility: device.facility.code,
			...communeOf(device),
			keyId: keyIdOf(staff.publicKey),
			sign: keyMaker.signerOf(staff)
		};
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
		untilLocked: () => locking.signal,
		deviceKey: async () => {
			const known = await readRecord(keyStore, DEVICE_KEY_ROW, signingKeySchema);
			if (known !== undefined) return known;
			const made = await keyMaker.createKey();
			await keyStore.writeKey({ id: DEVICE_KEY_ROW, value: made });
			return made;
		},
		signForDevice: async (bytes) => {
			const key = await readRecord(keyStore, DEVICE_KEY_ROW, signingKeySchema);
			if (key === undefined) throw new Error('a device without a key has nothing to sign');
			return keyMaker.signerOf(key)(bytes);
		},
		personKey: (login) => storedOf(keyStore, login),
		createKey: () => keyMaker.createKey(),
		listCertificates: () => listCertificates(keyStore),
		enrol: async ({ device, staff }, key, pin, untilLocked) => {
			const cost = await pinCost(deps);
			const verifier = await createPinVerifier(pin, cost, deps);
			const { privateKey, publicKey } = key;
			const certificateRow = CERTIFICATE_PREFIX + keyIdOf(publicKey);
			await keyStore.writeKey({ id: certificateRow, value: staff.certificate });
			await keyStore.writeKey({ id: DEVICE_ROW, value: device });
			await keyStore.writeKey({ id: ATTEMPTS_PREFIX + staff.person, value: NO_ATTEMPTS });
			await freeLogin(keyStore, staff);
			const stored = { ...staff, lastUsedMs: 0, privateKey, publicKey, pin: verifier };
			return signInAs(stored, untilLocked);
		},
		checkPin: async (login, pin) => {
			const staff = await storedOf(keyStore, login);
			if (staff === undefined) return { type: 'unknown' };
			const refused = await refusalOfPin(deps, staff, pin);
			return refused ?? { type: 'right', open: (untilLocked) => signInAs(staff, untilLocked) };
		}
	};
}

/** Why this PIN does not open this person's key now; nothing when it does. */
async function refusalOfPin(
	{ keyStore, clock, hashPin }: VaultDeps,
	staff: StoredStaff,
	pin: string
): Promise<PinRefusal | undefined> {
	const row = ATTEMPTS_PREFIX + staff.person;
	const before = (await readRecord(keyStore, row, attemptsSchema)) ?? NO_ATTEMPTS;
	const waiting = waitOf(before, clock.nowMs());
	if (waiting.attempts !== before) await keyStore.writeKey({ id: row, value: waiting.attempts });
	if (waiting.seconds > 0) return { type: 'wait', seconds: waiting.seconds };

	const counted = afterWrongPin(before, clock.nowMs());
	await keyStore.writeKey({ id: row, value: counted });
	if (!(await isPinOf(pin, staff.pin, hashPin))) return wrongPin(counted, clock.nowMs());
	await keyStore.writeKey({ id: row, value: NO_ATTEMPTS });
	return undefined;
}

function wrongPin(attempts: PinAttempts, nowMs: number): PinRefusal {
	const left = attemptsLeft(attempts);
	if (left !== undefined) return { type: 'wrong-pin', attemptsLeft: left };
	return { type: 'wait', seconds: waitOf(attempts, nowMs).seconds };
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

/** A row that cannot be read, or whose key the browser lost, is passed over: that person signs in online
 * again, and everybody else goes on. */
async function listStored(keyStore: KeyStore): Promise<StoredStaff[]> {
	const rows = await keyStore.listKeys(STAFF_PREFIX);
	return rows.flatMap(({ value }) => storedStaffSchema.safeParse(value).data ?? []);
}

async function storedOf(keyStore: KeyStore, login: string): Promise<StoredStaff | undefined> {
	return (await listStored(keyStore)).find((staff) => staff.login === login);
}

/** A login may be handed to a successor: then it opens nothing of the predecessor any more. */
async function freeLogin(keyStore: KeyStore, { login, person }: StaffLogin): Promise<void> {
	for (const other of await listStored(keyStore))
		if (other.login === login && other.person !== person)
			await keyStore.writeKey({ id: STAFF_PREFIX + other.person, value: { ...other, login: '' } });
}

type StaffLogin = Pick<StaffRecord, 'login' | 'person'>;

function publicPart({ privateKey: _privateKey, pin: _pin, ...staff }: StoredStaff): StaffRecord {
	return staff;
}
