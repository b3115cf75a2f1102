/**
 * How a tablet comes to a facility: somebody who runs the facility makes a code, the tablet states it, once, and gets a
 * certificate for its own key. A code is 40 random bits and lives for a quarter of an hour. With `ADDRESS_ATTEMPTS`
 * and `ENROLMENT_ATTEMPTS` nobody makes more than a few thousand guesses in that time, against 10^12: a code is
 * read over a shoulder or not at all. The store keeps its hash only. Whoever can read the store while a code is
 * in force could find it by trying all; they could as well read everything else.
 */
import { createHash } from 'node:crypto';
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { certificateToText } from '#lib/protocol/certificate.ts';
import {
	normaliseEnrolmentCode,
	type EnrolAnswer,
	type EnrolRequest
} from '#lib/protocol/devices.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { EnrolmentResult } from '../storage/registry.ts';
import type { Device, ServerStorage } from '../storage/storage.ts';
import { LOGIN_ATTEMPTS, type AttemptLimits, type Attempts } from './attempts.ts';
import type { CertificateLog } from './certificate-log.ts';
import type { IssuingKey } from './issuing-key.ts';
import { networkOf } from './network.ts';
import { readPublicKey } from './public-key.ts';

export const ENROLMENT_CODE_LIFE_MS = 15 * 60_000;
/** Crockford's: none of them is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_BYTES = 5;

/** Of everybody together. Short waits: nobody can keep a province from enrolling its tablets for long. */
export const ENROLMENT_ATTEMPTS: AttemptLimits = {
	...LOGIN_ATTEMPTS,
	freeFailures: 500,
	firstWaitMs: 1_000,
	waitMsMax: 10_000,
	forgetMs: 60 * 60_000
};
const EVERYBODY = 'everybody';

export interface NewCode {
	/** As people read it: XXXX-XXXX. */
	code: string;
	expiresMs: number;
}

interface CodeDeps {
	storage: Pick<ServerStorage, 'putEnrolmentCode'>;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
}

/**
 * A code that brings one tablet to `facility`, with its audit row. Whether `by` may is for the caller to decide.
 * `by` absent: the server, for its demo.
 */
export async function createEnrolmentCode(
	{ storage, clock, randomBytes }: CodeDeps,
	facility: string,
	by?: { person: PersonId; role: string },
	lifeMs = ENROLMENT_CODE_LIFE_MS
): Promise<NewCode> {
	const code = codeOf(randomBytes(CODE_BYTES));
	const createdMs = clock.nowMs();
	const expiresMs = createdMs + lifeMs;
	await storage.putEnrolmentCode(
		{
			codeHash: hashOf(code),
			facility,
			createdMs,
			expiresMs,
			...(by && { createdBy: by.person })
		},
		{ at: createdMs, action: 'enrolment-code', facility, ...by, detail: `until=${expiresMs}` }
	);
	return { code: `${code.slice(0, 4)}-${code.slice(4)}`, expiresMs };
}

function codeOf(bytes: Uint8Array): string {
	let bits = 0n;
	for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
	let code = '';
	for (let shift = 35n; shift >= 0n; shift -= 5n)
		code += LETTERS.charAt(Number((bits >> shift) & 31n));
	return code;
}

function hashOf(code: string): Uint8Array {
	return new Uint8Array(createHash('sha256').update(`so-suc-khoe enrolment ${code}`).digest());
}

export interface EnrolDeps {
	storage: Pick<ServerStorage, 'enrolDevice' | 'listFacilities' | 'audit'>;
	issuingKey: Pick<IssuingKey, 'issue'>;
	certificateLog: Pick<CertificateLog, 'keep'>;
	clock: { nowMs(): number };
	addressAttempts: Attempts;
	/** Of everybody together: `ENROLMENT_ATTEMPTS`. */
	allAttempts: Attempts;
}

export type EnrolOutcome =
	| { type: 'enrolled'; answer: EnrolAnswer }
	| { type: 'bad-key' }
	| { type: 'too-many-attempts'; seconds: number }
	| Exclude<EnrolmentResult, { type: 'enrolled' }>;

export type Enrol = (request: EnrolRequest, ip: string) => Promise<EnrolOutcome>;

export function createEnrol(deps: EnrolDeps): Enrol {
	const { storage, clock, addressAttempts, allAttempts } = deps;
	return async ({ code: typed, deviceKey }, ip) => {
		const address = networkOf(ip);
		const nowMs = clock.nowMs();
		const seconds = Math.max(
			addressAttempts.waitSeconds(address, nowMs),
			allAttempts.waitSeconds(EVERYBODY, nowMs)
		);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const key = readPublicKey(deviceKey);
		if (key === undefined) return { type: 'bad-key' };
		// Counted before the code is looked up: a hundred tries at once are a hundred tries.
		addressAttempts.recordFailure(address, nowMs);
		allAttempts.recordFailure(EVERYBODY, nowMs);
		const code = normaliseEnrolmentCode(typed);
		const device = keyIdOf(key) as string as DeviceId;
		const result: EnrolmentResult =
			code === undefined
				? { type: 'unknown-code' }
				: await storage.enrolDevice({ codeHash: hashOf(code), device, key, at: nowMs });
		if (result.type !== 'enrolled') {
			await storage.audit({ at: nowMs, action: 'refuse', detail: `enrol ${result.type}` });
			return result;
		}
		addressAttempts.forgive(address);
		allAttempts.forgive(EVERYBODY);
		return { type: 'enrolled', answer: await answerOf(deps, result.device) };
	};
}

async function answerOf(deps: EnrolDeps, device: Device): Promise<EnrolAnswer> {
	const facility = await facilityOf(deps.storage, device.facility);
	const certificate = deviceCertificate(deps.issuingKey, device);
	// Before the answer: whoever holds a certificate is known for ever, whatever is restored.
	await deps.certificateLog.keep([certificate]);
	const { device: id, number } = device;
	return { facility, device: { id, number, token: certificateToText(certificate) } };
}

export async function facilityOf(
	storage: Pick<ServerStorage, 'listFacilities'>,
	code: string
): Promise<Facility> {
	const facility = (await storage.listFacilities()).find((one) => one.code === code);
	if (facility === undefined) throw new Error('an account or code names no facility');
	return facility;
}

/** The server's word for a device; as text it is the device's token. */
export function deviceCertificate(
	issuingKey: Pick<IssuingKey, 'issue'>,
	device: Device
): Certificate {
	return issuingKey.issue({
		subject: 'device',
		device: device.device,
		number: device.number,
		facility: device.facility,
		publicKey: device.key,
		fromMs: device.createdMs
	});
}
