/**
 * A practitioner's first sign-in on a device: checks the PIN, registers the device and the key this
 * person will sign with there, and vouches for both. Later sign-ins on that device need no server.
 * The address, the login and their failures stay in memory; the audit holds who, never what was typed.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { Facility, SignInAnswer, SignInRequest } from '#lib/protocol/api.ts';
import { bytesToBase64url, certificateToText } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { Account, Device, PersonKey, ServerStorage } from '../storage/storage.ts';
import { opensBooks } from './access.ts';
import type { Attempts } from './attempts.ts';
import type { CertificateLog } from './certificate-log.ts';
import type { IssuingKey } from './issuing-key.ts';
import { hashPin, isPin } from './pin-hash.ts';
import { networkOf } from './network.ts';
import { readPublicKey } from './public-key.ts';
import type { TabletSecrets } from './tablet-secrets.ts';
import type { SealingKey } from './sealing-key.ts';
import { createTurns } from './turns.ts';

/** Each checked PIN costs 19 MiB and one of the four threads that files and unpacking use too. */
const PIN_CHECKS = { atOnceMax: 2, waitingMax: 100 };

export interface SignInDeps {
	storage: ServerStorage;
	issuingKey: IssuingKey;
	certificateLog: Pick<CertificateLog, 'keep'>;
	tabletSecrets: TabletSecrets;
	sealingKey: Pick<SealingKey, 'publicKey'>;
	/** How long somebody may go on by PIN alone after a sign-in here. */
	leaseMs: number;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	loginAttempts: Attempts;
	addressAttempts: Attempts;
}

export type SignInOutcome =
	| { type: 'signed-in'; answer: SignInAnswer }
	| { type: 'sign-in-failed' }
	| { type: 'too-many-attempts'; seconds: number }
	/** Too many sign in at this moment. */
	| { type: 'busy' }
	/** The key has not the form, or belongs to somebody else. */
	| { type: 'bad-key'; path: 'personKey' | 'deviceKey' }
	/** This device belongs to another facility than the practitioner. */
	| { type: 'other-facility' }
	/** This device is to wipe itself: nobody is let in on it. */
	| { type: 'wiped' }
	/** The PIN is right; this role opens no books, so there is nothing for it on a tablet. */
	| { type: 'no-books-for-role' };

export type SignIn = (request: SignInRequest, address: string) => Promise<SignInOutcome>;

export function createSignIn(deps: SignInDeps): SignIn {
	/** Unknown names cost the same as known ones. */
	const hashOfNobody = hashPin('no PIN has letters', deps.randomBytes);
	const enrolOneByOne = createQueue();
	const takeTurn = createTurns(PIN_CHECKS);
	return async (request, ip) => {
		const address = networkOf(ip);
		const seconds = waitSeconds(deps, request.login, address);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const checking = takeTurn(async () => {
			const account = await deps.storage.findAccount(request.login);
			const isRight = await isPin(request.pin, account?.passwordHash ?? (await hashOfNobody));
			return { account, isRight };
		});
		if (checking === undefined) return { type: 'busy' };
		// Counted before the PIN is checked: a hundred tries at once are a hundred tries.
		deps.loginAttempts.recordFailure(request.login, deps.clock.nowMs());
		deps.addressAttempts.recordFailure(address, deps.clock.nowMs());
		const { account, isRight } = await checking;
		if (!isRight || account === undefined) return refuse(deps, account);
		deps.loginAttempts.recordSuccess(request.login);
		// A whole station signs in from one address in the morning: being right is no failure of it.
		deps.addressAttempts.forgive(address);
		if (!opensBooks(account)) return refuseRole(deps, account);
		const keys = readKeys(request);
		if ('type' in keys) return keys;
		return enrolOneByOne(() => enrol(deps, account, keys));
	};
}

function waitSeconds(deps: SignInDeps, login: string, address: string): number {
	const nowMs = deps.clock.nowMs();
	return Math.max(
		deps.loginAttempts.waitSeconds(login, nowMs),
		deps.addressAttempts.waitSeconds(address, nowMs)
	);
}

async function refuse(deps: SignInDeps, account: Account | undefined): Promise<SignInOutcome> {
	await deps.storage.audit({
		at: deps.clock.nowMs(),
		action: 'sign-in-failed',
		...(account && { person: account.person, role: account.role, facility: account.facility }),
		detail: account === undefined ? 'unknown-login' : 'wrong-pin'
	});
	return { type: 'sign-in-failed' };
}

async function refuseRole(
	{ storage, clock }: SignInDeps,
	{ person, facility }: Account
): Promise<SignInOutcome> {
	const at = clock.nowMs();
	const row = { at, person, facility, detail: 'no-books-for-role' };
	await storage.audit({ ...row, action: 'sign-in-failed' });
	return { type: 'no-books-for-role' };
}

interface Keys {
	person: Uint8Array;
	device: Uint8Array;
}

function readKeys(request: SignInRequest): Keys | SignInOutcome {
	const person = readPublicKey(request.personKey);
	if (person === undefined) return { type: 'bad-key', path: 'personKey' };
	const device = readPublicKey(request.deviceKey);
	if (device === undefined) return { type: 'bad-key', path: 'deviceKey' };
	if (request.personKey === request.deviceKey) return { type: 'bad-key', path: 'personKey' };
	return { person, device };
}

async function enrol(deps: SignInDeps, account: Account, keys: Keys): Promise<SignInOutcome> {
	const facility = (await deps.storage.listFacilities()).find(
		({ code }) => code === account.facility
	);
	if (facility === undefined) throw new Error('an account names a facility that is not there');
	const device = await findOrAddDevice(deps, keys.device, account.facility);
	if (device.facility !== account.facility) return { type: 'other-facility' };
	if (device.isBlocked) return refuse(deps, account);
	if (device.wipe !== undefined) return { type: 'wiped' };
	const key = await findOrAddPersonKey(deps, keys.person, account, device.device);
	if (key === undefined) return { type: 'bad-key', path: 'personKey' };
	const certificates = issue(deps.issuingKey, device, key);
	// Before the answer: whoever holds a certificate is known for ever, whatever is restored.
	await deps.certificateLog.keep([certificates.device, certificates.person]);
	await deps.storage.audit({
		at: deps.clock.nowMs(),
		action: 'sign-in',
		device: device.device,
		person: account.person,
		role: account.role,
		facility: account.facility,
		detail: `device=${device.number}`
	});
	const vault = vaultOf(deps, device.device, account);
	return {
		type: 'signed-in',
		answer: { ...answerOf(account, facility, device, certificates), vault }
	};
}

/** A device is known by its key, so signing in again on it never makes a second one. */
async function findOrAddDevice(
	deps: SignInDeps,
	key: Uint8Array,
	facility: string
): Promise<Device> {
	const id: string = keyIdOf(key);
	const found = await deps.storage.findDevice(id as DeviceId);
	if (found !== undefined) return found;
	const number = await deps.storage.nextDeviceNumber(facility);
	const createdMs = deps.clock.nowMs();
	const device: Device = {
		device: id as DeviceId,
		number,
		facility,
		key,
		createdMs,
		isBlocked: false
	};
	await deps.storage.putDevice(device);
	return device;
}

/** One key is one person on one device; nothing when it is somebody else's. */
async function findOrAddPersonKey(
	deps: SignInDeps,
	publicKey: Uint8Array,
	account: Account,
	device: DeviceId
): Promise<PersonKey | undefined> {
	const key = keyIdOf(publicKey);
	const { person, role, facility } = account;
	const found = await deps.storage.findPersonKey(key);
	if (found === undefined) {
		const added = { key, publicKey, person, device, role, facility, fromMs: deps.clock.nowMs() };
		await deps.storage.putPersonKey(added);
		return added;
	}
	const isSame = found.person === person && found.device === device && found.role === role;
	return isSame && found.facility === facility && found.untilMs === undefined ? found : undefined;
}

interface Certificates {
	device: Certificate;
	person: Certificate;
}

function issue(issuingKey: IssuingKey, device: Device, key: PersonKey): Certificates {
	const { untilMs: _untilMs, ...stated } = key;
	return {
		device: issuingKey.issue({
			subject: 'device',
			device: device.device,
			number: device.number,
			facility: device.facility,
			publicKey: device.key,
			fromMs: device.createdMs
		}),
		person: issuingKey.issue({ subject: 'person', ...stated })
	};
}

function vaultOf(
	{ tabletSecrets, sealingKey, leaseMs }: SignInDeps,
	device: DeviceId,
	{ person }: Account
): SignInAnswer['vault'] {
	return {
		dataKey: bytesToBase64url(tabletSecrets.dataKeyOf(device)),
		pepper: bytesToBase64url(tabletSecrets.pepperOf(device, person)),
		leaseMs,
		sealingKey: bytesToBase64url(sealingKey.publicKey)
	};
}

function answerOf(
	account: Account,
	facility: Facility,
	device: Device,
	certificates: Certificates
): Omit<SignInAnswer, 'vault'> {
	const { person, name, role, login } = account;
	return {
		practitioner: { person, name, role, login },
		facility,
		device: {
			id: device.device,
			number: device.number,
			token: certificateToText(certificates.device)
		},
		certificate: {
			bytes: bytesToBase64url(certificates.person.bytes),
			signature: bytesToBase64url(certificates.person.signature)
		}
	};
}

/** One after the other: two first sign-ins on one device must not give it two numbers. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const result = last.then(work, work);
		last = result;
		return result;
	};
}
