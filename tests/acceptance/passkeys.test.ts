/** Passkeys of staff, against the server over HTTP: who is let in by one, and everything by which nobody is. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInAnswerSchema } from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { MANAGE_PATHS, staffAnswerSchema } from '#lib/protocol/manage.ts';
import {
	PASSKEY_PATHS,
	passkeyAddOptionsSchema,
	passkeyListSchema,
	passkeySignInOptionsSchema,
	type PasskeyAssertion
} from '#lib/protocol/passkeys.ts';
import type { AuditRow } from '../../sync-server/storage/storage.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { openManageBrowser } from './manage-client.ts';
import { AUDITOR_A, NURSE_A, NURSE_B, STATION_A, TEST_PASSWORD } from './start-server.ts';
import { createTestAuthenticator, type Lie, type TestAuthenticator } from './test-authenticator.ts';
import { createTestKey, signInDevice, type TestDevice } from './test-device.ts';

const MINUTE_MS = 60_000;
const ADMIN_A = { ...NURSE_A, login: 'quanly.a', role: 'facility-admin' } as const;
const MAI_A = { ...NURSE_A, login: 'mai.a', name: 'Trần Thị Mai' };
const ENDED_A = { ...NURSE_A, login: 'nghi.a', name: 'Vũ Thị Nghỉ' };
const COUNTED_A = { ...NURSE_A, login: 'dem.a', name: 'Đỗ Thị Đếm' };
let server: InProcessServer;
let lan: TestDevice;
let mai: TestDevice;
/** The server by a name under which passkeys work. */
let named: string;

beforeAll(async () => {
	server = await startInThisProcess([
		NURSE_A,
		NURSE_B,
		AUDITOR_A,
		ADMIN_A,
		MAI_A,
		ENDED_A,
		COUNTED_A
	]);
	named = server.url.replace('127.0.0.1', 'localhost');
	lan = await signInDevice(server.url, NURSE_A);
	mai = await signInDevice(server.url, MAI_A, lan.deviceKey);
});
afterAll(() => server.close());
// Each begins with all the turns that a device has.
beforeEach(() => server.pass(20 * MINUTE_MS));

interface Answer {
	status: number;
	problem: string;
	value: unknown;
}

async function ask(
	device: Pick<TestDevice, 'token'>,
	path: string,
	body: object,
	{ url = named, headers = {} }: { url?: string; headers?: Record<string, string> } = {}
): Promise<Answer> {
	const response = await fetch(url + path, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: `Bearer ${device.token}`,
			...headers
		},
		body: JSON.stringify(body)
	});
	const value = (await response.json()) as { type?: string; detail?: string };
	const said = (value.type ?? '').replace('/problems/', '');
	const problem = value.detail === undefined ? said : `${said} ${value.detail}`;
	return { status: response.status, problem, value };
}

const lastAudit = async (action: AuditRow['action']): Promise<AuditRow | undefined> =>
	(await server.storage.listAudit({ action, limit: 1 }))[0];

async function beginAdding(device: TestDevice) {
	const asked = { actor: device.person, password: TEST_PASSWORD };
	const { value } = await ask(device, PASSKEY_PATHS.addOptions, asked);
	return passkeyAddOptionsSchema.parse(value);
}

async function add(
	device: TestDevice,
	authenticator: TestAuthenticator,
	lie: Lie = {}
): Promise<Answer> {
	const passkey = authenticator.create(await beginAdding(device), lie);
	return ask(device, PASSKEY_PATHS.add, { actor: device.person, label: 'Điện thoại', passkey });
}

/** A passkey of whoever is signed in on this device. */
async function added(device: TestDevice): Promise<TestAuthenticator> {
	const authenticator = createTestAuthenticator(named);
	const answer = await add(device, authenticator);
	expect(answer).toMatchObject({ status: 200 });
	return authenticator;
}

async function beginSignIn(device: Pick<TestDevice, 'token'> = lan) {
	const { value } = await ask(device, PASSKEY_PATHS.signInOptions, {});
	return passkeySignInOptionsSchema.parse(value);
}

async function state(passkey: PasskeyAssertion, device: TestDevice = lan): Promise<Answer> {
	return ask(device, PASSKEY_PATHS.signIn, {
		passkey,
		personKey: bytesToBase64url((await createTestKey()).publicKey),
		deviceKey: bytesToBase64url(device.deviceKey.publicKey)
	});
}

const signIn = async (authenticator: TestAuthenticator, lie: Lie = {}): Promise<Answer> =>
	state(authenticator.get(await beginSignIn(), lie));

describe('a passkey', () => {
	it('signs in on a tablet of the facility as the password does, and stands in the audit', async () => {
		const authenticator = await added(lan);
		expect(await lastAudit('passkey')).toMatchObject({
			person: lan.person,
			device: lan.id,
			detail: `add passkey=${authenticator.id.slice(0, 12)}`
		});
		const other = await signInDevice(server.url, MAI_A);
		const given = authenticator.get(await beginSignIn(other));
		const answer = await state(given, other);
		expect(answer.status).toBe(200);
		const { practitioner, device, vault } = signInAnswerSchema.parse(answer.value);
		expect([practitioner.login, device.id]).toEqual([NURSE_A.login, other.id]);
		expect(vault.dataKey).toBe(other.answer.vault.dataKey);
		expect(await lastAudit('sign-in')).toMatchObject({
			person: lan.person,
			device: other.id,
			detail: `device=${device.number} passkey`
		});
		const list = await ask(lan, PASSKEY_PATHS.list, { actor: lan.person });
		const [line] = passkeyListSchema.parse(list.value).passkeys;
		expect(line).toMatchObject({ id: authenticator.id, label: 'Điện thoại' });
		expect(line?.usedMs).toBeDefined();
	});

	it('is added by nobody without the password, and by nobody who is not signed in there', async () => {
		const wrong = { actor: lan.person, password: 'không phải' };
		const refused = await ask(lan, PASSKEY_PATHS.addOptions, wrong);
		expect([refused.status, refused.problem]).toEqual([401, 'sign-in-failed']);
		expect(await lastAudit('sign-in-failed')).toMatchObject({
			person: lan.person,
			detail: 'passkey wrong-password'
		});
		const hoa = await signInDevice(server.url, NURSE_B);
		const stranger = { actor: hoa.person, password: TEST_PASSWORD };
		expect((await ask(lan, PASSKEY_PATHS.addOptions, stranger)).problem).toBe('not-allowed');
		expect((await ask({ token: 'AAAA.AAAA' }, PASSKEY_PATHS.addOptions, stranger)).status).toBe(
			401
		);
	});

	it.each<[string, Lie]>([
		['another place', { origin: 'https://so-suc-khoe.example' }],
		['a page of another port', { origin: 'http://localhost:1' }],
		['another name', { rpId: 'example.org' }],
		['nobody in particular', { isUnverified: true }],
		['another credential than it says', { id: 'AAAA' }]
	])('of %s is not added', async (_who, lie) => {
		const answer = await add(lan, createTestAuthenticator(named), lie);
		expect([answer.status, answer.problem]).toEqual([403, 'passkey-refused wrong']);
	});

	it.each<[string, Lie]>([
		['signed for another place', { origin: 'https://so-suc-khoe.example' }],
		['signed for another name', { rpId: 'example.org' }],
		['signed without looking who it is', { isUnverified: true }],
		['of somebody else, by its own word', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }]
	])('%s lets nobody in', async (_how, lie) => {
		const authenticator = await added(mai);
		const answer = await signIn(authenticator, lie);
		expect([answer.status, answer.problem]).toEqual([403, 'passkey-refused wrong']);
		expect(await lastAudit('sign-in-failed')).toMatchObject({
			person: mai.person,
			detail: 'passkey wrong'
		});
		await remove(mai, authenticator.id);
	});

	it("opens nobody else's account: the signature of one under the id of another", async () => {
		const [own, other] = [await added(lan), await added(mai)];
		const options = await beginSignIn();
		const stolen = own.get(options, { id: other.id, userHandle: mai.person });
		expect((await state(stolen)).problem).toBe('passkey-refused wrong');
		const again = await ask(mai, PASSKEY_PATHS.add, {
			actor: mai.person,
			label: 'Của Lan',
			passkey: own.create(await beginAdding(mai))
		});
		expect([again.status, again.problem]).toEqual([403, 'passkey-refused taken']);
		await remove(mai, other.id);
	});
});

async function remove(device: TestDevice, id: string, password = TEST_PASSWORD): Promise<Answer> {
	return ask(device, PASSKEY_PATHS.remove, { actor: device.person, id, password });
}

describe('a challenge', () => {
	it('is answered once, in time, on the device and for the act that it was made for', async () => {
		const authenticator = await added(lan);
		const options = await beginSignIn();
		const given = authenticator.get(options);
		expect((await state(given)).status).toBe(200);
		expect((await state(given)).problem).toBe('passkey-refused expired');
		expect((await state(authenticator.get(options))).problem).toBe('passkey-refused expired');

		const own = authenticator.get({ rpId: options.rpId, challenge: 'A'.repeat(43) });
		expect((await state(own)).problem).toBe('passkey-refused expired');

		const other = await signInDevice(server.url, MAI_A);
		const elsewhere = authenticator.get(await beginSignIn(other));
		expect((await state(elsewhere)).problem).toBe('passkey-refused expired');

		const { challenge, rpId } = await beginAdding(lan);
		const otherAct = authenticator.get({ challenge, rpId });
		expect((await state(otherAct)).problem).toBe('passkey-refused expired');

		const late = authenticator.get(await beginSignIn());
		server.pass(4 * MINUTE_MS);
		expect((await state(late)).problem).toBe('passkey-refused expired');
	});

	it('to add one is for one person', async () => {
		const passkey = createTestAuthenticator(named).create(await beginAdding(lan));
		const answer = await ask(mai, PASSKEY_PATHS.add, {
			actor: mai.person,
			label: 'Máy',
			passkey
		});
		expect(answer.problem).toBe('passkey-refused expired');
	});

	it('is used up by a wrong answer', async () => {
		const authenticator = await added(lan);
		const options = await beginSignIn();
		await state(authenticator.get(options, { isUnverified: true }));
		expect((await state(authenticator.get(options))).problem).toBe('passkey-refused expired');
	});
});

describe('a counter', () => {
	it('that stands still or goes back lets nobody in', async () => {
		const device = await signInDevice(server.url, COUNTED_A, lan.deviceKey);
		const authenticator = await added(device);
		expect((await signIn(authenticator, { counter: 50 })).status).toBe(200);
		for (const counter of [50, 49, 0]) {
			const answer = await signIn(authenticator, { counter });
			expect(answer.problem).toBe('passkey-refused counter');
		}
		expect((await signIn(authenticator, { counter: 51 })).status).toBe(200);
	});
});

describe('a passkey that was removed', () => {
	it('by its owner, who states the password, lets nobody in', async () => {
		const authenticator = await added(lan);
		expect((await remove(lan, authenticator.id, 'không phải')).problem).toBe('sign-in-failed');
		expect((await signIn(authenticator)).status).toBe(200);
		expect((await remove(mai, authenticator.id)).problem).toBe('not-found');
		expect((await remove(lan, authenticator.id)).status).toBe(200);
		expect((await signIn(authenticator)).problem).toBe('passkey-refused unknown');
	});

	it('by whoever manages the staff, who sees how many there are', async () => {
		const authenticator = await added(mai);
		const browser = openManageBrowser(() => server.url);
		await browser.signIn(ADMIN_A.login, TEST_PASSWORD);
		const facility = STATION_A.code;
		const countOf = async () => {
			const { value } = await browser.ask(MANAGE_PATHS.staff, { facility });
			const { staff } = staffAnswerSchema.parse(value);
			return staff.find(({ person }) => person === mai.person)?.passkeys;
		};
		expect(await countOf()).toBe(1);
		const question = { facility, person: mai.person };
		expect((await browser.ask(MANAGE_PATHS.staffPasskeys, question)).status).toBe(204);
		expect(await countOf()).toBe(0);
		expect(await lastAudit('passkey')).toMatchObject({
			role: 'facility-admin',
			detail: `remove-all person=${mai.person}`
		});
		expect((await signIn(authenticator)).problem).toBe('passkey-refused unknown');
	});

	it('with the account, which ended, lets nobody in', async () => {
		const device = await signInDevice(server.url, ENDED_A, lan.deviceKey);
		const authenticator = await added(device);
		expect((await signIn(authenticator)).status).toBe(200);
		const { person } = device;
		const audit = { at: 0, action: 'account', detail: 'end' } as const;
		const untilMs = server.clock.nowMs();
		await server.storage.endAccount({ person, facility: STATION_A.code, untilMs, audit });
		expect((await signIn(authenticator)).problem).toBe('passkey-refused unknown');
	});
});

describe('the server', () => {
	it('offers none where its address is a number, and none to another page', async () => {
		for (const path of [PASSKEY_PATHS.signInOptions, PASSKEY_PATHS.addOptions]) {
			const body = { actor: lan.person, password: TEST_PASSWORD };
			const answer = await ask(lan, path, body, { url: server.url });
			expect([answer.status, answer.problem]).toEqual([403, 'passkeys-unavailable']);
		}
		const headers = { origin: 'https://example.org' };
		const elsewhere = await ask(lan, PASSKEY_PATHS.signInOptions, {}, { headers });
		expect(elsewhere.problem).toBe('not-allowed');
	});

	it('reads what it is asked strictly', async () => {
		const more = await ask(lan, PASSKEY_PATHS.signInOptions, { login: NURSE_A.login });
		expect([more.status, more.problem]).toEqual([400, 'schema']);
		const question = { actor: lan.person, label: 'x'.repeat(61), passkey: {} };
		expect((await ask(lan, PASSKEY_PATHS.add, question)).status).toBe(400);
	});

	it('makes whoever tries wrong ones wait, as with passwords', async () => {
		const authenticator = await added(lan);
		for (let tries = 0; tries < 5; tries++)
			expect((await signIn(authenticator, { isUnverified: true })).problem).toBe(
				'passkey-refused wrong'
			);
		await signIn(authenticator, { isUnverified: true });
		const waiting = await signIn(authenticator);
		expect([waiting.status, waiting.problem]).toEqual([429, 'too-many-attempts']);
		server.pass(15 * MINUTE_MS);
		expect((await signIn(authenticator)).status).toBe(200);
	});
});
