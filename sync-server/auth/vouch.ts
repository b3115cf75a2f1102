/**
 * What a device gets when the server has let somebody in on it, by password or by passkey: the key this person will sign
 * with there is registered and vouched for, and what opens the device's own store is given out.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { Facility, SignInAnswer } from '#lib/protocol/api.ts';
import { bytesToBase64url, certificateToText } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { Account, Device, PersonKey, ServerStorage } from '../storage/storage.ts';
import type { CertificateLog } from './certificate-log.ts';
import { deviceCertificate, facilityOf } from './enrolment.ts';
import type { IssuingKey } from './issuing-key.ts';
import { readPublicKey } from './public-key.ts';
import type { SealingKey } from './sealing-key.ts';
import type { TabletSecrets } from './tablet-secrets.ts';

export interface VouchDeps {
	storage: ServerStorage;
	issuingKey: IssuingKey;
	certificateLog: Pick<CertificateLog, 'keep'>;
	tabletSecrets: TabletSecrets;
	sealingKey: Pick<SealingKey, 'publicKey'>;
	/** How long somebody may go on by PIN alone after a sign-in here. */
	leaseMs: number;
	clock: { nowMs(): number };
}

/** Somebody whom the server knows by now, on a device that it knows. */
export interface LetIn {
	account: Account;
	device: Device;
	personKey: Uint8Array;
	by: 'password' | 'passkey';
}

export type VouchOutcome =
	| { type: 'signed-in'; answer: SignInAnswer }
	/** This device belongs to another facility than the practitioner. */
	| { type: 'other-facility' }
	/** It was reported stolen. */
	| { type: 'blocked' }
	/** The key belongs to somebody else. */
	| { type: 'bad-key'; path: 'personKey' };

export type Vouch = (letIn: LetIn) => Promise<VouchOutcome>;

/** One for the whole server: a key that is stated twice at once is registered once. */
export function createVouch(deps: VouchDeps): Vouch {
	const oneByOne = createQueue();
	return (letIn) => oneByOne(() => vouch(deps, letIn));
}

export interface SignInKeys {
	person: Uint8Array;
	device: Uint8Array;
}

/** Both keys of a request, or which of them has not the form. */
export function readKeys(
	request: Record<'personKey' | 'deviceKey', string>
): SignInKeys | { type: 'bad-key'; path: 'personKey' | 'deviceKey' } {
	const person = readPublicKey(request.personKey);
	if (person === undefined) return { type: 'bad-key', path: 'personKey' };
	const device = readPublicKey(request.deviceKey);
	if (device === undefined) return { type: 'bad-key', path: 'deviceKey' };
	if (request.personKey === request.deviceKey) return { type: 'bad-key', path: 'personKey' };
	return { person, device };
}

async function vouch(
	deps: VouchDeps,
	{ account, device, personKey, by }: LetIn
): Promise<VouchOutcome> {
	const facility = await facilityOf(deps.storage, account.facility);
	if (device.facility !== account.facility) return { type: 'other-facility' };
	if (device.isBlocked) return { type: 'blocked' };
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
		detail: `device=${device.number}${by === 'passkey' ? ' passkey' : ''}`
	});
	const vault = vaultOf(deps, device.device, account);
	return {
		type: 'signed-in',
		answer: { ...answerOf(account, facility, device, certificates), vault }
	};
}

/** One key is one person on one device; nothing when it is somebody else's. */
async function findOrAddPersonKey(
	deps: VouchDeps,
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
	{ tabletSecrets, sealingKey, leaseMs }: VouchDeps,
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
