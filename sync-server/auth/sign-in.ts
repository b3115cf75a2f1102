/**
 * A practitioner's first sign-in on an enrolled device: checks the password, registers the key this person will sign
 * with there, and vouches for it. Later sign-ins on that device need no server. A device that no code has brought
 * here is refused before the password is looked at: nobody tries passwords from just any browser.
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
import { hashPassword, isPassword } from './password-hash.ts';
import { deviceCertificate, facilityOf } from './enrolment.ts';
import { networkOf } from './network.ts';
import { readPublicKey } from './public-key.ts';
import type { TabletSecrets } from './tablet-secrets.ts';
import type { SealingKey } from './sealing-key.ts';
import { createTurns } from './turns.ts';

/** Each checked password costs 19 MiB and one of the four threads that files and unpacking use too. */
const PASSWORD_CHECKS = { atOnceMax: 2, waitingMax: 100 };

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
	/** No code has brought this device to a facility, or it was ended there. */
	| { type: 'not-enrolled' }
	| { type: 'too-many-attempts'; seconds: number }
	/** Too many sign in at this moment. */
	| { type: 'busy' }
	/** The key has not the form, or belongs to somebody else. */
	| { type: 'bad-key'; path: 'personKey' | 'deviceKey' }
	/** This device belongs to another facility than the practitioner. */
	| { type: 'other-facility' }
	/** The password is right; this role opens no books, so there is nothing for it on a tablet. */
	| { type: 'no-books-for-role' };

export type SignIn = (request: SignInRequest, address: string) => Promise<SignInOutcome>;

export function createSignIn(deps: SignInDeps): SignIn {
	/** Unknown names cost the same as known ones. */
	const hashOfNobody = hashPassword('nobody has this one', deps.randomBytes);
	const oneByOne = createQueue();
	const takeTurn = createTurns(PASSWORD_CHECKS);
	return async (request, ip) => {
		const address = networkOf(ip);
		const { loginAttempts, addressAttempts, clock } = deps;
		const seconds = waitSeconds(deps, request.login, address);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const keys = readKeys(request);
		if ('type' in keys) return keys;
		// Each is counted in the turn in which it was let through: a hundred tries at once are a hundred tries.
		addressAttempts.recordFailure(address, clock.nowMs());
		const device = await findEnrolled(deps, keys.device);
		if (device === undefined) return refuseDevice(deps);
		const loginSeconds = loginAttempts.waitSeconds(request.login, clock.nowMs());
		if (loginSeconds > 0) return { type: 'too-many-attempts', seconds: loginSeconds };
		const checking = takeTurn(() => checkPassword(deps, request, hashOfNobody));
		if (checking === undefined) return { type: 'busy' };
		loginAttempts.recordFailure(request.login, clock.nowMs());
		const { account, isRight } = await checking;
		if (!isRight || account === undefined) return refuse(deps, account);
		loginAttempts.recordSuccess(request.login);
		// A whole station signs in from one address in the morning: being right is no failure of it.
		addressAttempts.forgive(address);
		if (!opensBooks(account)) return refuseRole(deps, account);
		return oneByOne(() => vouch(deps, account, device, keys.person));
	};
}

/** Nothing where nobody may sign in on it. A stolen one is told nothing else than that the password is wrong. */
async function findEnrolled(
	{ storage, clock }: SignInDeps,
	key: Uint8Array
): Promise<Device | undefined> {
	const id: string = keyIdOf(key);
	const device = await storage.findDevice(id as DeviceId);
	if (device === undefined || device.wipe !== undefined) return undefined;
	return clock.nowMs() < (device.endedMs ?? Infinity) ? device : undefined;
}

async function checkPassword(
	{ storage, clock }: SignInDeps,
	request: SignInRequest,
	hashOfNobody: Promise<string>
): Promise<{ account: Account | undefined; isRight: boolean }> {
	const account = await storage.findAccount(request.login);
	const password = request.password ?? request.pin ?? '';
	const isRight = await isPassword(password, account?.passwordHash ?? (await hashOfNobody));
	const isInForce = clock.nowMs() < (account?.untilMs ?? Infinity);
	return { account, isRight: isRight && isInForce };
}

/** Counts for the address alone: whoever has no tablet here keeps nobody from theirs. */
async function refuseDevice(deps: SignInDeps): Promise<SignInOutcome> {
	const at = deps.clock.nowMs();
	await deps.storage.audit({ at, action: 'sign-in-failed', detail: 'not-enrolled' });
	return { type: 'not-enrolled' };
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
		detail: account === undefined ? 'unknown-login' : 'wrong-password'
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

async function vouch(
	deps: SignInDeps,
	account: Account,
	device: Device,
	personKey: Uint8Array
): Promise<SignInOutcome> {
	const facility = await facilityOf(deps.storage, account.facility);
	if (device.facility !== account.facility) return { type: 'other-facility' };
	if (device.isBlocked) return refuse(deps, account);
	const key = await findOrAddPersonKey(deps, personKey, account, device.device);
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
		device: deviceCertificate(issuingKey, device),
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

/** One after the other: a key that is stated twice at once is registered once. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const result = last.then(work, work);
		last = result;
		return result;
	};
}
