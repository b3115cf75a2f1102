import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesToBase64url, textToCertificate } from '#lib/protocol/certificate.ts';
import { normaliseEnrolmentCode } from '#lib/protocol/devices.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { EPOCH_BYTES, type ServerStorage } from '../storage/storage.ts';
import { ADDRESS_ATTEMPTS, createAttempts } from './attempts.ts';
import {
	createEnrol,
	createEnrolmentCode,
	ENROLMENT_ATTEMPTS,
	ENROLMENT_CODE_LIFE_MS,
	type Enrol
} from './enrolment.ts';
import { createIssuingKeyPem, issuingKeyOfPem } from './issuing-key.ts';

const STATION = {
	code: '01001',
	name: 'Trạm Y tế A',
	kind: 'commune-station' as const,
	commune: '00001',
	shortCode: 'SA'
};
const NOBODYS_CODE = '0000-0000';
const ADDRESS = '10.1.2.3';

let storage: ServerStorage;
let nowMs: number;
let enrol: Enrol;
let kept: Certificate[];

const clock = { nowMs: () => nowMs };
const newCode = () => createEnrolmentCode({ storage, clock, randomBytes }, STATION.code);
const actions = async () => (await storage.listAudit({ limit: 99 })).map(({ action }) => action);

function newKey(): string {
	const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const point = Buffer.concat([
		Buffer.from([4]),
		Buffer.from(x, 'base64url'),
		Buffer.from(y, 'base64url')
	]);
	return bytesToBase64url(new Uint8Array(point));
}

beforeEach(async () => {
	storage = openMemoryStorage(createMemoryDisk(new Uint8Array(EPOCH_BYTES)));
	await storage.putFacility(STATION, []);
	nowMs = 1_800_000_000_000;
	kept = [];
	enrol = createEnrol({
		storage,
		clock,
		issuingKey: issuingKeyOfPem(createIssuingKeyPem()),
		certificateLog: { keep: async (more) => void kept.push(...more) },
		addressAttempts: createAttempts(ADDRESS_ATTEMPTS),
		allAttempts: createAttempts(ENROLMENT_ATTEMPTS)
	});
});

describe('an enrolment code', () => {
	it('is eight characters that nobody mistakes, and forgives those who do', async () => {
		const { code } = await newCode();
		expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(normaliseEnrolmentCode(` ${code.toLowerCase()} `)).toBe(code.replace('-', ''));
		expect(normaliseEnrolmentCode('oil0-abcd')).toBe('0110ABCD');
		expect(normaliseEnrolmentCode('ABCD-EFG')).toBeUndefined();
		expect(normaliseEnrolmentCode('ABCD-EFGU')).toBeUndefined();
	});

	it('uses all of its 40 bits', async () => {
		const ones = () => new Uint8Array(5).fill(255);
		const made = await createEnrolmentCode({ storage, clock, randomBytes: ones }, STATION.code);
		expect(made.code).toBe('ZZZZ-ZZZZ');
		const low = () => new Uint8Array([0, 0, 0, 0, 1]);
		const other = await createEnrolmentCode({ storage, clock, randomBytes: low }, STATION.code);
		expect(other.code).toBe('0000-0001');
	});

	it('brings a tablet to the facility it was made for, with the word of the server', async () => {
		const { code } = await newCode();
		const deviceKey = newKey();
		const outcome = await enrol({ code, deviceKey }, ADDRESS);
		expect(outcome).toMatchObject({
			type: 'enrolled',
			answer: { facility: STATION, device: { number: 1 } }
		});
		const token = outcome.type === 'enrolled' ? outcome.answer.device.token : '';
		expect(kept).toEqual([textToCertificate(token)]);
		expect(await storage.listDevices(STATION.code)).toHaveLength(1);
		expect(await actions()).toEqual(['enrol', 'enrolment-code']);
	});

	it('serves once', async () => {
		const { code } = await newCode();
		expect((await enrol({ code, deviceKey: newKey() }, ADDRESS)).type).toBe('enrolled');
		expect((await enrol({ code, deviceKey: newKey() }, ADDRESS)).type).toBe('used-code');
		expect(await storage.listDevices(STATION.code)).toHaveLength(1);
	});

	it('is over after a quarter of an hour', async () => {
		const { code, expiresMs } = await newCode();
		expect(expiresMs - nowMs).toBe(ENROLMENT_CODE_LIFE_MS);
		nowMs = expiresMs;
		expect((await enrol({ code, deviceKey: newKey() }, ADDRESS)).type).toBe('expired-code');
	});

	it('is not used up by something that is no key', async () => {
		const { code } = await newCode();
		const noPoint = bytesToBase64url(new Uint8Array(65).fill(4));
		expect((await enrol({ code, deviceKey: noPoint }, ADDRESS)).type).toBe('bad-key');
		expect((await enrol({ code, deviceKey: newKey() }, ADDRESS)).type).toBe('enrolled');
	});
});

describe('guessing enrolment codes', () => {
	const guess = (ip = ADDRESS) => enrol({ code: NOBODYS_CODE, deviceKey: newKey() }, ip);

	it('makes an address wait, also when it guesses all at once, and then the right code too', async () => {
		const { code } = await newCode();
		const outcomes = await Promise.all(
			Array.from({ length: ADDRESS_ATTEMPTS.freeFailures + 5 }, () => guess())
		);
		expect(outcomes.filter(({ type }) => type === 'unknown-code')).toHaveLength(
			ADDRESS_ATTEMPTS.freeFailures
		);
		const right = await enrol({ code, deviceKey: newKey() }, ADDRESS);
		expect(right).toMatchObject({ type: 'too-many-attempts' });
		expect((await enrol({ code, deviceKey: newKey() }, '10.9.9.9')).type).toBe('enrolled');
	});

	it('makes everybody wait a little when it comes from everywhere', async () => {
		for (let n = 0; n < ENROLMENT_ATTEMPTS.freeFailures; n++) await guess(`10.2.${n % 250}.${n}`);
		expect(await guess('10.3.3.3')).toEqual({ type: 'too-many-attempts', seconds: 1 });
		nowMs += 1_000;
		expect((await guess('10.3.3.3')).type).toBe('unknown-code');
	});

	it('is in the audit, without what was typed', async () => {
		await guess();
		const [row] = await storage.listAudit({ limit: 1 });
		expect(row).toEqual({ at: nowMs, action: 'refuse', detail: 'enrol unknown-code' });
	});

	it('is not what a station does that enrols its tablets', async () => {
		for (let n = 0; n < ADDRESS_ATTEMPTS.freeFailures + 5; n++) {
			const { code } = await newCode();
			expect((await enrol({ code, deviceKey: newKey() }, ADDRESS)).type).toBe('enrolled');
		}
	});
});
