import { describe, expect, it } from 'vitest';
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import { keyIdOf, webCryptoVerifier } from '#lib/entry/signing.ts';
import type { KeyRow } from '#lib/storage/port.ts';
import { webCryptoKeyMaker } from './keys.ts';
import type { PinHasher } from './pin.ts';
import { createKeyring, DATA_KEY_BYTES } from './record-cipher.ts';
import { createVault, OtherDataKey, type Enrolment, type Vault } from './vault.ts';

const PIN = '120385';
const WRONG = '000000';
const LOGIN = 'mai.tt';
const DATA_KEY = new Uint8Array(DATA_KEY_BYTES).fill(5);
const DAY_MS = 24 * 60 * 60_000;
const LEASE_MS = 14 * DAY_MS;
const START_MS = 1_800_000_000_000;

/** Cheap, and still different for every PIN and salt. */
const quickHash: PinHasher = async (pin, salt) =>
	new Uint8Array(
		await crypto.subtle.digest(
			'SHA-256',
			new Uint8Array([...new TextEncoder().encode(pin), ...salt])
		)
	);

const enrolment = (login = LOGIN, person = 'AAAAAAAAAAAAAAAAAAAAAA'): Enrolment => ({
	device: {
		id: 'AAAAAAAAAAAAAAAAAAAAAQ' as DeviceId,
		number: 2,
		token: 'token',
		facility: { code: '27001' }
	},
	staff: {
		person: person as PersonId,
		name: 'Trần Thị Mai',
		role: 'nurse',
		login,
		certificate: { bytes: new Uint8Array([1]), signature: new Uint8Array(64) }
	},
	lease: { pepper: new Uint8Array(32).fill(6), leaseMs: LEASE_MS },
	dataKey: DATA_KEY,
	sealingKey: new Uint8Array(65)
});

/** Rows as a disk keeps them: what a second vault on the same map sees is what survives a restart. */
function disk() {
	const rows = new Map<string, unknown>();
	const clock = { ms: START_MS, nowMs: () => clock.ms };
	const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
	const keyring = createKeyring(randomBytes);
	const open = (hashPin = quickHash) =>
		createVault({
			keyStore: {
				readKey: async (id) => (rows.has(id) ? { id, value: rows.get(id) } : undefined),
				listKeys: async (prefix) =>
					[...rows]
						.filter(([id]) => id.startsWith(prefix))
						.map(([id, value]): KeyRow => ({ id, value })),
				writeKey: async (row) => void rows.set(row.id, structuredClone(row.value))
			},
			keyMaker: webCryptoKeyMaker(),
			keyring,
			hashPin,
			clock,
			randomBytes
		});
	return { rows, clock, keyring, open };
}

async function enrolled() {
	const on = disk();
	const vault = on.open();
	const key = await vault.createPersonKey();
	await vault.enrol(enrolment(), key, PIN, vault.untilLocked());
	vault.lock();
	vault.forgetDataKey();
	return { ...on, key };
}

/** As a sign-in without a network does it. */
async function unlock(vault: Vault, login: string, pin: string) {
	const untilLocked = vault.untilLocked();
	const check = await vault.checkPin(login, pin);
	if (check.type !== 'right') return check;
	const session = await check.open(untilLocked);
	return session === undefined
		? { type: 'locked' as const }
		: { type: 'unlocked' as const, session };
}

async function failTimes(vault: Vault, count: number) {
	for (let i = 0; i < count; i++) await unlock(vault, LOGIN, WRONG);
}

describe('vault', () => {
	it('opens the same key by PIN after a restart and signs what its public key verifies', async () => {
		const on = await enrolled();
		const vault = on.open();
		expect(vault.session()).toBeUndefined();
		const outcome = await unlock(vault, LOGIN, PIN);
		if (outcome.type !== 'unlocked') throw new Error(outcome.type);
		const bytes = new Uint8Array([1, 2, 3]);
		const signature = await outcome.session.sign(bytes);
		const { publicKey } = outcome.session.staff;
		expect(await webCryptoVerifier()(publicKey, bytes, signature)).toBe(true);
	});

	it('keeps no PIN, no data key and no signing key in clear', async () => {
		const { rows, key } = await enrolled();
		const text = hexOf([...rows]);
		expect(text).toContain(Buffer.from(key.publicKey).toString('hex'));
		expect(text).not.toContain(Buffer.from(DATA_KEY).toString('hex'));
		expect(text).not.toContain(Buffer.from(key.secret).toString('hex'));
		expect(text).not.toContain(PIN);
	});

	it('opens what is sealed while somebody is signed in, and no longer', async () => {
		const on = await enrolled();
		const vault = on.open();
		expect(() => on.keyring.seal(new Uint8Array(3), 'here')).toThrow('locked');
		await unlock(vault, LOGIN, PIN);
		const sealed = on.keyring.seal(new Uint8Array(3), 'here');
		vault.lock();
		vault.forgetDataKey();
		expect(() => on.keyring.open(sealed, 'here')).toThrow('locked');
		await unlock(vault, LOGIN, PIN);
		vault.forgetDataKey();
		expect(on.keyring.open(sealed, 'here')).toEqual(new Uint8Array(3));
	});

	it("opens nobody's slot with the PIN and the pepper of another person", async () => {
		const on = await enrolled();
		const lan = enrolment('lan.nt', 'AAAAAAAAAAAAAAAAAAAAAg');
		const vault = on.open();
		await vault.enrol(lan, await vault.createPersonKey(), PIN, vault.untilLocked());
		const slotOf = (row: string) => (on.rows.get(row) as { slot: object }).slot;
		const mai = on.rows.get('staff/AAAAAAAAAAAAAAAAAAAAAA') as object;
		const ofLan = slotOf('staff/AAAAAAAAAAAAAAAAAAAAAg');
		on.rows.set('staff/AAAAAAAAAAAAAAAAAAAAAA', { ...mai, slot: ofLan });
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('wrong-pin');
	});

	it("destroys the slot at the tenth wrong PIN, that person's only", async () => {
		const on = await enrolled();
		const vault = on.open();
		const lan = enrolment('lan.nt', 'AAAAAAAAAAAAAAAAAAAAAg');
		await vault.enrol(lan, await vault.createPersonKey(), PIN, vault.untilLocked());
		for (let tries = 1; tries <= 9; tries++) {
			expect((await unlock(vault, LOGIN, WRONG)).type).toMatch(/wrong-pin|wait/);
			on.clock.ms += 900_000;
		}
		expect((await unlock(vault, LOGIN, WRONG)).type).toBe('destroyed');
		on.clock.ms += 900_000;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('destroyed');
		expect(on.rows.get('staff/AAAAAAAAAAAAAAAAAAAAAA')).not.toHaveProperty('slot');
		expect((await unlock(vault, 'lan.nt', PIN)).type).toBe('unlocked');
		expect((await vault.listStaff()).map(({ login }) => login)).toContain(LOGIN);
	});

	it('ends the lease, for good until the server is asked again', async () => {
		const on = await enrolled();
		on.clock.ms += LEASE_MS - 1;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('unlocked');
		on.clock.ms += 1;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('lease-over');
		expect(hexOf([...on.rows])).not.toContain('06'.repeat(32));
		on.clock.ms -= 10 * DAY_MS;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('lease-over');
		const vault = on.open();
		await vault.enrol(enrolment(), on.key, PIN, vault.untilLocked());
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('unlocked');
	});

	it('gives no longer lease to a clock that is turned back', async () => {
		const on = await enrolled();
		on.clock.ms += LEASE_MS;
		expect((await unlock(on.open(), LOGIN, WRONG)).type).toBe('lease-over');
		const back = await enrolled();
		back.clock.ms += LEASE_MS - DAY_MS;
		await unlock(back.open(), LOGIN, PIN);
		back.clock.ms -= 5 * DAY_MS;
		await unlock(back.open(), LOGIN, PIN);
		back.clock.ms += 6 * DAY_MS;
		expect((await unlock(back.open(), LOGIN, PIN)).type).toBe('lease-over');
	});

	it('refuses another data key than the one that sealed what is here, and keeps what is here', async () => {
		const on = await enrolled();
		const vault = on.open();
		const other = { ...enrolment(), dataKey: new Uint8Array(DATA_KEY_BYTES).fill(7) };
		const enrolling = vault.enrol(other, on.key, '999999', vault.untilLocked());
		await expect(enrolling).rejects.toThrow(OtherDataKey);
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('unlocked');
	});

	it('says how many tries are left, then waits 30 s, 1, 5 and 15 minutes', async () => {
		const on = await enrolled();
		const vault = on.open();
		expect(await unlock(vault, LOGIN, WRONG)).toEqual({ type: 'wrong-pin', attemptsLeft: 4 });
		await failTimes(vault, 3);
		for (const seconds of [30, 60, 300, 900, 900]) {
			expect(await unlock(vault, LOGIN, WRONG)).toEqual({ type: 'wait', seconds });
			on.clock.ms += seconds * 1_000;
		}
	});

	it('does not even look at the right PIN while it waits, also after a restart', async () => {
		const on = await enrolled();
		await failTimes(on.open(), 5);
		on.clock.ms += 29_000;
		expect(await unlock(on.open(), LOGIN, PIN)).toEqual({ type: 'wait', seconds: 1 });
		on.clock.ms += 1_000;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('unlocked');
	});

	it('begins the wait again when the clock goes back, so going back shortens nothing', async () => {
		const on = await enrolled();
		await failTimes(on.open(), 5);
		on.clock.ms -= 86_400_000;
		expect(await unlock(on.open(), LOGIN, PIN)).toEqual({ type: 'wait', seconds: 30 });
		on.clock.ms += 30_000;
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('unlocked');
	});

	it('counts an attempt that was cut off before its answer', async () => {
		const on = await enrolled();
		for (let i = 0; i < 5; i++) {
			void on.open(() => new Promise(() => undefined)).checkPin(LOGIN, WRONG);
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(await unlock(on.open(), LOGIN, PIN)).toEqual({ type: 'wait', seconds: 30 });
	});

	it('makes one nurse wait and lets the other one in', async () => {
		const on = await enrolled();
		const vault = on.open();
		const lan = enrolment('lan.nt', 'AAAAAAAAAAAAAAAAAAAAAg');
		await vault.enrol(lan, await vault.createPersonKey(), PIN, vault.untilLocked());
		await failTimes(vault, 5);
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('wait');
		expect((await unlock(vault, 'lan.nt', PIN)).type).toBe('unlocked');
	});

	it('forgets wrong tries once the PIN was right', async () => {
		const on = await enrolled();
		const vault = on.open();
		await failTimes(vault, 4);
		await unlock(vault, LOGIN, PIN);
		expect(await unlock(vault, LOGIN, WRONG)).toEqual({ type: 'wrong-pin', attemptsLeft: 4 });
	});

	it('keeps one key per person and one per device, however often they are asked for', async () => {
		const on = await enrolled();
		const vault = on.open();
		const outcome = await unlock(vault, LOGIN, PIN);
		if (outcome.type !== 'unlocked') throw new Error(outcome.type);
		expect(outcome.session.keyId).toBe(keyIdOf(on.key.publicKey));
		expect((await vault.deviceKey()).publicKey).toEqual((await on.open().deviceKey()).publicKey);
	});

	it('passes over a row of staff that cannot be read; the others sign in', async () => {
		const on = await enrolled();
		on.rows.set('staff/AAAAAAAAAAAAAAAAAAAAAg', { login: 'lan.nt' });
		const vault = on.open();
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('unlocked');
		expect((await unlock(vault, 'lan.nt', PIN)).type).toBe('unknown');
		expect((await vault.listStaff()).map(({ login }) => login)).toEqual([LOGIN]);
	});

	it('gives a login that was handed on to the successor only', async () => {
		const on = await enrolled();
		const vault = on.open();
		const successor = enrolment(LOGIN, 'AAAAAAAAAAAAAAAAAAAAAg');
		await vault.enrol(successor, await vault.createPersonKey(), '999999', vault.untilLocked());
		vault.lock();
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('wrong-pin');
		const outcome = await unlock(vault, LOGIN, '999999');
		if (outcome.type !== 'unlocked') throw new Error(outcome.type);
		expect(outcome.session.staff.person).toBe('AAAAAAAAAAAAAAAAAAAAAg');
		expect((await vault.listStaff()).map(({ login }) => login)).toEqual(['', LOGIN]);
	});

	it('locks: nobody is signed in', async () => {
		const vault = (await enrolled()).open();
		await unlock(vault, LOGIN, PIN);
		vault.lock();
		expect(vault.session()).toBeUndefined();
	});

	it('signs nobody in whose PIN was being checked when it was locked', async () => {
		const vault = (await enrolled()).open();
		const unlocking = unlock(vault, LOGIN, PIN);
		vault.lock();
		expect((await unlocking).type).toBe('locked');
		expect(vault.session()).toBeUndefined();
		expect((await unlock(vault, LOGIN, PIN)).type).toBe('unlocked');
	});

	it('keeps what an online sign-in brought when it was locked meanwhile, and signs nobody in', async () => {
		const on = disk();
		const vault = on.open();
		const key = await vault.createPersonKey();
		const enrolling = vault.enrol(enrolment(), key, PIN, vault.untilLocked());
		vault.lock();
		expect(await enrolling).toBeUndefined();
		expect(vault.session()).toBeUndefined();
		expect((await unlock(on.open(), LOGIN, PIN)).type).toBe('unlocked');
	});
});

/** Everything in these rows: text, and bytes as hexadecimal. */
function hexOf(rows: unknown): string {
	return JSON.stringify(rows, (_, value: unknown) =>
		value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
	);
}
