/** Passkeys as the worker sees them: what it asks, what it keeps, and what opens a device with one. */
import { describe, expect, it } from 'vitest';
import {
	createBrowser,
	ENROLMENT_CODE,
	LEASE_MS,
	PIN,
	passwordOf,
	type Browser
} from './device.fixture.ts';
import type { SyncEvents } from './sync-port.ts';

const LOGIN = 'mai.tt';
const DAY_MS = 24 * 60 * 60_000;
const CREDENTIAL = 'AQIDBA';
const assertion = {
	id: CREDENTIAL,
	clientDataJSON: 'AA',
	authenticatorData: 'AA',
	signature: 'AA',
	userHandle: 'AAAAAAAAAAAAAAAAAAAAAA'
};
const MAI = { login: LOGIN, pin: PIN };
const OUTPUT = new Uint8Array(32).fill(8);

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function enrolled() {
	const browser = createBrowser();
	browser.server.state.passkeys.set(CREDENTIAL, LOGIN);
	const told: SyncEvents[] = [];
	const { api } = browser.openWindow({
		startSync: (_context, events) => {
			told.push(events);
			return {
				wake: () => undefined,
				syncNow: async () => undefined,
				fetchBook: async () => undefined,
				stop: () => undefined
			};
		}
	});
	/** As a sync that has reached the server. */
	const reach = async (): Promise<void> => {
		told.at(-1)?.changed({ network: 'reachable' });
		await settled();
	};
	await api.start();
	await api.enrol(ENROLMENT_CODE);
	return { browser, api, reach };
}

async function byPasskey(output?: Uint8Array) {
	const { browser, api, reach } = await enrolled();
	const begun = await api.beginPasskeySignIn();
	if (begun.type !== 'asked') throw new Error(begun.type);
	expect(await api.checkPasskey({ assertion, output })).toEqual({ type: 'choose-pin' });
	expect((await api.choosePin(PIN)).type).toBe('signed-in');
	return { browser, api, reach, salt: begun.salt };
}

/** Every row of keys: text, and bytes as hexadecimal. */
async function diskOf(browser: Browser): Promise<string> {
	const rows = await browser.readDisk().listKeys('');
	return JSON.stringify(rows, (_, value: unknown) =>
		value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
	);
}

describe('signing in by passkey', () => {
	it('ends with a PIN, as by password; what the passkey computed goes to nobody', async () => {
		const { browser, api } = await byPasskey(OUTPUT);
		const { passkeyRequests, isOn } = browser.server.state;
		expect(isOn).toBe(true);
		expect(passkeyRequests).toHaveLength(1);
		expect(Object.keys(passkeyRequests[0] ?? {})).toEqual(['passkey', 'personKey', 'deviceKey']);
		expect(passkeyRequests[0]?.passkey).toEqual(assertion);
		await api.lock();
	});

	it('says why nobody is let in, and takes an answer once', async () => {
		const { browser, api } = await enrolled();
		browser.server.state.passkeys.clear();
		await api.beginPasskeySignIn();
		const unknown = { type: 'passkey', why: 'unknown' };
		expect(await api.checkPasskey({ assertion })).toEqual(unknown);
		const again = { type: 'passkey', why: 'expired' };
		expect(await api.checkPasskey({ assertion })).toEqual(again);
		expect(await api.choosePin(PIN)).toEqual({ type: 'password-again' });
		browser.server.state.isOn = false;
		expect(await api.beginPasskeySignIn()).toEqual({ type: 'network-needed' });
	});
});

describe('a passkey that computes', () => {
	it('opens the device beside the PIN, without a network and without a lease', async () => {
		const { browser, api, salt } = await byPasskey(OUTPUT);
		await api.lock();
		browser.server.state.isOn = false;
		browser.clock.ms += 10 * LEASE_MS;
		const needed = { type: 'passkey-needed', credential: CREDENTIAL, salt };
		expect(await api.signIn({ login: LOGIN, pin: PIN })).toEqual(needed);
		const wrong = { login: LOGIN, pin: '000000', output: OUTPUT };
		expect(await api.signIn(wrong)).toEqual({ type: 'wrong-pin', attemptsLeft: 4 });
		const other = { login: LOGIN, pin: PIN, output: new Uint8Array(32) };
		expect(await api.signIn(other)).toEqual({ type: 'wrong-pin', attemptsLeft: 3 });
		const right = { login: LOGIN, pin: PIN, output: OUTPUT };
		expect((await api.signIn(right)).type).toBe('signed-in');
	});

	it('leaves neither what it computed nor a pepper on the disk', async () => {
		const { browser } = await byPasskey(OUTPUT);
		const text = await diskOf(browser);
		expect(text).toContain(CREDENTIAL);
		expect(text).not.toContain('08'.repeat(32));
		expect(text).not.toContain('06'.repeat(32));
	});

	it('gets no pepper at the next contact either', async () => {
		const { browser, api, reach } = await byPasskey(OUTPUT);
		browser.clock.ms += DAY_MS;
		await reach();
		expect(browser.server.state.renewals).toBe(1);
		const report = browser.server.state.reports.at(-1);
		expect(report?.leaseUntilMs).toBe(Number.MAX_SAFE_INTEGER);
		expect(await diskOf(browser)).not.toContain('06'.repeat(32));
		await api.lock();
		expect((await api.signIn({ ...MAI, output: OUTPUT })).type).toBe('signed-in');
	});

	it('opens nothing more once the server lets the person in no more', async () => {
		const { browser, api, reach } = await byPasskey(OUTPUT);
		browser.server.state.answerToRenewal = { type: 'refused', code: 'not-allowed' };
		browser.clock.ms += DAY_MS;
		await reach();
		await api.lock();
		expect(await api.signIn({ ...MAI, output: OUTPUT })).toEqual({ type: 'lease-over' });
		expect(await diskOf(browser)).not.toContain(CREDENTIAL);
	});

	it('is lost at the tenth wrong PIN, and not counted without the passkey', async () => {
		const { browser, api } = await byPasskey(OUTPUT);
		await api.lock();
		const wrong = { login: LOGIN, pin: '000000' };
		for (let tries = 0; tries < 20; tries++)
			expect((await api.signIn(wrong)).type).toBe('passkey-needed');
		for (let tries = 1; tries < 10; tries++) {
			expect((await api.signIn({ ...wrong, output: OUTPUT })).type).toMatch(/wrong-pin|wait/);
			browser.clock.ms += 900_000;
		}
		expect(await api.signIn({ ...wrong, output: OUTPUT })).toEqual({ type: 'destroyed' });
		browser.clock.ms += 900_000;
		expect(await api.signIn({ ...MAI, output: OUTPUT })).toEqual({ type: 'destroyed' });
		expect(await diskOf(browser)).not.toContain(CREDENTIAL);
	});

	it('gives way to the pepper when its owner signs in by password', async () => {
		const { api } = await byPasskey(OUTPUT);
		await api.lock();
		await api.checkPassword({ login: LOGIN, password: passwordOf({ pin: PIN }) });
		expect((await api.choosePin(PIN)).type).toBe('signed-in');
		await api.lock();
		expect((await api.signIn({ login: LOGIN, pin: PIN })).type).toBe('signed-in');
	});
});

describe('a passkey that does not compute', () => {
	it('leaves the device to PIN and lease', async () => {
		const { browser, api } = await byPasskey();
		await api.lock();
		expect((await api.signIn({ login: LOGIN, pin: PIN })).type).toBe('signed-in');
		await api.lock();
		browser.clock.ms += LEASE_MS;
		expect(await api.signIn({ login: LOGIN, pin: PIN })).toEqual({ type: 'lease-over' });
	});
});

describe('the passkeys of whoever is signed in', () => {
	const passkey = { id: CREDENTIAL, clientDataJSON: 'AA', attestationObject: 'AA', transports: [] };

	it('are added and removed by the password, and seen', async () => {
		const { api } = await byPasskey();
		expect(await api.listPasskeys()).toEqual({ type: 'listed', passkeys: [] });
		expect(await api.beginPasskey('khác')).toEqual({ type: 'wrong-password' });
		const begun = await api.beginPasskey(passwordOf({ pin: PIN }));
		expect(begun).toMatchObject({ type: 'asked', options: { user: { name: LOGIN } } });
		const added = await api.addPasskey({ label: 'Điện thoại', passkey });
		expect(added).toMatchObject({ type: 'listed', passkeys: [{ label: 'Điện thoại' }] });
		const removal = { id: CREDENTIAL, password: 'khác' };
		expect(await api.removePasskey(removal)).toEqual({ type: 'wrong-password' });
		const password = passwordOf({ pin: PIN });
		const removed = await api.removePasskey({ ...removal, password });
		expect(removed).toEqual({ type: 'listed', passkeys: [] });
	});

	it("are nobody's business while the device is locked", async () => {
		const { api } = await byPasskey();
		await api.lock();
		expect(await api.listPasskeys()).toEqual({ type: 'signed-out' });
		expect(await api.addPasskey({ label: 'Máy', passkey })).toEqual({ type: 'signed-out' });
	});
});
