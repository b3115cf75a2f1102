/** Managing tablets and staff against a real server: who may, from where, for how long, and what it changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayManage, reachOf, type ManagementAction } from '#lib/domain/access/management.ts';
import { roleSchema, type Role } from '#lib/domain/book/envelope.ts';
import {
	enrolmentCodeAnswerSchema,
	facilitiesAnswerSchema,
	MANAGE_PATHS,
	managerSchema,
	staffAnswerSchema,
	startPasswordSchema,
	tabletsAnswerSchema
} from '#lib/protocol/manage.ts';
import { TABLET_STATE_PATH } from '#lib/protocol/tablets.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { openManageBrowser, type ManageBrowser } from './manage-client.ts';
import {
	NURSE_A,
	NURSE_B,
	STATION_A,
	STATION_B,
	TEST_PASSWORD,
	type TestStaff
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';

const loginOf = (role: Role) => `m.${role}`;
const STAFF: TestStaff[] = roleSchema.options.map((role) => ({
	login: loginOf(role),
	name: 'Người Quản Lý',
	role,
	facility: STATION_A.code
}));
const ADMIN_A = 'm.facility-admin';
const MINUTE_MS = 60_000;
const NEW_PASSWORD = 'con trâu đi trước cái cày';

let server: InProcessServer;
let tablet: TestDevice;
let tabletB: TestDevice;
const url = () => server.url;

beforeAll(async () => {
	server = await startInThisProcess([...STAFF, NURSE_A, NURSE_B]);
	tablet = await signInDevice(server.url, NURSE_A);
	tabletB = await signInDevice(server.url, NURSE_B);
});
afterAll(async () => {
	await server.close();
});

async function signedInAs(login: string): Promise<ManageBrowser> {
	const browser = openManageBrowser(url);
	expect((await browser.signIn(login, TEST_PASSWORD)).status).toBe(200);
	return browser;
}

const auditOf = async (action: 'device' | 'account' | 'password' | 'enrolment-code' | 'refuse') =>
	(await server.storage.listAudit({ action, limit: 1 }))[0];

interface Door {
	path: string;
	action: ManagementAction;
	/** What it is asked where it would be allowed, at this facility. */
	body: (facility: string) => object;
	/** What is answered when it is allowed: nothing of these questions changes anything. */
	allowed: number;
}

const nobody = newBook();
const DOORS: Door[] = [
	{
		path: MANAGE_PATHS.tablets,
		action: 'see-tablets',
		body: (facility) => ({ facility }),
		allowed: 200
	},
	{
		path: MANAGE_PATHS.tabletCode,
		action: 'manage-tablets',
		body: (facility) => ({ facility }),
		allowed: 200
	},
	{
		path: MANAGE_PATHS.tabletBlock,
		action: 'manage-tablets',
		body: (facility) => ({ facility, device: tabletOf(facility), isBlocked: false }),
		allowed: 204
	},
	{
		path: MANAGE_PATHS.tabletLabel,
		action: 'manage-tablets',
		body: (facility) => ({ facility, device: tabletOf(facility), label: 'Phòng tiêm' }),
		allowed: 204
	},
	{
		path: MANAGE_PATHS.staff,
		action: 'see-staff',
		body: (facility) => ({ facility }),
		allowed: 200
	}
];
/** Allowed, they find nobody or a slip of the hand: the answer is the same as a refusal, the audit tells them apart. */
const CHANGING_DOORS: Door[] = [
	{
		path: MANAGE_PATHS.tabletWipe,
		action: 'manage-tablets',
		body: (facility) => ({ facility, device: tabletOf(facility), number: 999 }),
		allowed: 404
	},
	{
		path: MANAGE_PATHS.staffEnd,
		action: 'manage-staff',
		body: (facility) => ({ facility, person: nobody }),
		allowed: 404
	},
	{
		path: MANAGE_PATHS.staffReset,
		action: 'manage-staff',
		body: (facility) => ({ facility, person: nobody }),
		allowed: 404
	},
	{
		path: MANAGE_PATHS.staffPasskeys,
		action: 'manage-staff',
		body: (facility) => ({ facility, person: nobody }),
		allowed: 404
	},
	{
		path: MANAGE_PATHS.staffAdd,
		action: 'manage-staff',
		body: (facility) => ({ facility, login: 'khach', name: 'Khách', role: 'import' }),
		allowed: 403
	}
];
const tabletOf = (facility: string) => (facility === STATION_B.code ? tabletB.id : tablet.id);

describe.each(roleSchema.options)('a %s', (role) => {
	it('is let in where the table gives them anything, and may do what it says at which facility', async () => {
		const browser = openManageBrowser(url);
		const answer = await browser.signIn(loginOf(role), TEST_PASSWORD);
		const manager = { role, facility: STATION_A.code };
		const managesAny = [...DOORS, ...CHANGING_DOORS].some(
			({ action }) => reachOf(manager, action, 0) !== undefined
		);
		expect([answer.status, answer.code]).toEqual(managesAny ? [200, ''] : [403, 'not-allowed']);
		if (!managesAny) expect(browser.cookie).toBe('');
		for (const facility of [STATION_A.code, STATION_B.code])
			for (const { path, action, body, allowed } of [...DOORS, ...CHANGING_DOORS]) {
				const { status } = await browser.ask(path, body(facility));
				const may = mayManage(manager, action, facility, 0);
				const denied = managesAny ? 404 : 401;
				expect({ path, facility, status }).toEqual({
					path,
					facility,
					status: may ? allowed : denied
				});
				if (!managesAny) continue;
				const refusal = await auditOf('refuse');
				expect(refusal?.detail === `manage ${path}` && refusal.role === role).toBe(!may);
			}
		const all = await browser.ask(MANAGE_PATHS.facilities);
		const seesAll = reachOf(manager, 'see-facilities', 0) === 'every-facility';
		expect(all.status).toBe(seesAll ? 200 : managesAny ? 404 : 401);
		// The next role's refusals are told apart from this one's.
		await server.storage.audit({ at: 0, action: 'refuse', detail: 'next' });
	});
});

describe('every address of the pages for managing', () => {
	it.each(Object.values(MANAGE_PATHS))('%s takes questions of our own pages only', async (path) => {
		const browser = await signedInAs(ADMIN_A);
		const cookie = browser.cookie;
		for (const headers of [
			{ origin: 'https://example.org' },
			{ origin: 'null' },
			{ 'sec-fetch-site': 'cross-site' },
			{ 'sec-fetch-site': 'same-site' }
		]) {
			const answer = await browser.ask(path, {}, headers);
			expect([answer.status, answer.code]).toEqual([403, 'not-allowed']);
		}
		const bare = await fetch(server.url + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', cookie },
			body: '{}'
		});
		expect(bare.status).toBe(403);
		const form = await browser.ask(
			path,
			{},
			{ 'content-type': 'application/x-www-form-urlencoded' }
		);
		expect(form.status).toBe(415);
		expect((await fetch(server.url + path)).status).toBe(405);
	});

	it('asks who it is', async () => {
		const { signIn: _signIn, signOut: _signOut, me, ...rest } = MANAGE_PATHS;
		expect((await openManageBrowser(url).ask(me)).value).toEqual({ manager: null });
		for (const path of Object.values(rest)) {
			const stranger = openManageBrowser(url);
			stranger.cookie = '__Host-so-suc-khoe-manage=AAAA';
			const question = path === MANAGE_PATHS.password ? { old: 'a', new: NEW_PASSWORD } : {};
			expect((await stranger.ask(path, question)).code).toBe('signed-out');
		}
	});
});

describe('a session', () => {
	it('stands in a cookie that no script, no other host and no other page gets', async () => {
		const browser = openManageBrowser(url);
		const { headers } = await browser.signIn(ADMIN_A, TEST_PASSWORD);
		expect(headers.get('set-cookie')).toMatch(
			/^__Host-so-suc-khoe-manage=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=28800$/
		);
		expect(headers.get('cache-control')).toBe('no-store');
	});

	it('ends when it is closed, when it is not used, and with the account or its password', async () => {
		const ends: (() => Promise<unknown>)[] = [
			async () => server.pass(15 * MINUTE_MS),
			async () => {
				const [account] = await accountsOf(ADMIN_A);
				const { isStartPassword: _mark, ...rest } = account;
				await server.storage.putAccount({ ...rest, untilMs: server.clock.nowMs() });
			},
			async () => {
				const [account] = await accountsOf(ADMIN_A);
				const { untilMs: _end, ...rest } = account;
				await server.storage.putAccount({ ...rest, role: 'nurse' });
			}
		];
		const [kept] = await accountsOf(ADMIN_A);
		for (const end of ends) {
			await server.storage.putAccount(kept);
			const browser = await signedInAs(ADMIN_A);
			await end();
			expect((await browser.ask(MANAGE_PATHS.me)).value).toEqual({ manager: null });
		}
		await server.storage.putAccount(kept);
		const browser = await signedInAs(ADMIN_A);
		const cookie = browser.cookie;
		expect((await browser.ask(MANAGE_PATHS.signOut)).status).toBe(204);
		browser.cookie = cookie;
		expect((await browser.ask(MANAGE_PATHS.me)).value).toEqual({ manager: null });
	});

	it('is not opened by a wrong password, and tries are counted like those on tablets', async () => {
		const browser = openManageBrowser(url);
		const codes: string[] = [];
		for (let time = 0; time < 7; time++)
			codes.push((await browser.signIn('m.operator', 'sai-mat-khau')).code);
		expect(codes.slice(0, 5)).toEqual(Array(5).fill('sign-in-failed'));
		expect(codes.at(-1)).toBe('too-many-attempts');
		expect((await browser.signIn('m.operator', TEST_PASSWORD)).code).toBe('too-many-attempts');
		server.pass(60 * MINUTE_MS);
		expect((await browser.signIn('m.operator', TEST_PASSWORD)).status).toBe(200);
		expect((await browser.signIn('khong.co', TEST_PASSWORD)).code).toBe('sign-in-failed');
	});
});

async function accountsOf(login: string) {
	const account = await server.storage.findAccount(login);
	return account === undefined ? expect.unreachable() : ([account] as const);
}

describe('the list of tablets', () => {
	it('says what each last said of itself and who used it, and nothing about patients', async () => {
		const browser = await signedInAs(ADMIN_A);
		const report = {
			appVersion: '0.2.0',
			waiting: 3,
			isPersisted: false,
			usageBytes: 4_000_000,
			quotaBytes: 9_000_000,
			lastPerson: tablet.person,
			leaseUntilMs: server.clock.nowMs() + MINUTE_MS,
			reportedMs: 5
		};
		expect(await stateOf(tablet, report)).toBe(204);
		const { value } = await browser.ask(MANAGE_PATHS.tablets, { facility: STATION_A.code });
		const { tablets } = tabletsAnswerSchema.parse(value);
		const { lastPerson: _person, ...said } = report;
		expect(tablets.find(({ device }) => device === tablet.id)).toMatchObject({
			number: 1,
			lastPersonName: NURSE_A.name,
			isBlocked: false,
			report: said
		});
		for (const wrong of [{ ...report, name: 'Bàn Văn Minh' }, { ...report, waiting: -1 }, {}])
			expect(await stateOf(tablet, wrong)).toBe(400);
	});

	it('counts them for those who see every facility', async () => {
		const browser = await signedInAs('m.programme-manager');
		const { value } = await browser.ask(MANAGE_PATHS.facilities);
		const { facilities } = facilitiesAnswerSchema.parse(value);
		expect(facilities.map(({ facility: { code }, ...counts }) => ({ code, ...counts }))).toEqual([
			{ code: STATION_A.code, tablets: 1, staff: STAFF.length + 1, waiting: 3, silent: 0 },
			{ code: STATION_B.code, tablets: 1, staff: 1, waiting: 0, silent: 0 }
		]);
	});
});

const stateOf = async ({ token }: TestDevice, report: object): Promise<number> => {
	const response = await fetch(server.url + TABLET_STATE_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		body: JSON.stringify(report)
	});
	return response.status;
};

describe('an admin', () => {
	it('makes a code that brings one tablet, which the access log knows', async () => {
		const browser = await signedInAs(ADMIN_A);
		const { value } = await browser.ask(MANAGE_PATHS.tabletCode, { facility: STATION_A.code });
		const { code, expiresMs, nowMs } = enrolmentCodeAnswerSchema.parse(value);
		expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
		expect(Math.round((expiresMs - nowMs) / MINUTE_MS)).toBe(15);
		const row = await auditOf('enrolment-code');
		expect(row).toMatchObject({ facility: STATION_A.code, role: 'facility-admin' });
		expect(JSON.stringify(row)).not.toContain(code.slice(0, 4));
	});

	it('blocks a tablet, which is in the access log, and takes it back', async () => {
		const browser = await signedInAs(ADMIN_A);
		const question = { facility: STATION_A.code, device: tablet.id };
		for (const isBlocked of [true, false]) {
			await browser.ask(MANAGE_PATHS.tabletBlock, { ...question, isBlocked });
			expect((await server.storage.findDevice(tablet.id))?.isBlocked).toBe(isBlocked);
			const word = isBlocked ? 'block' : 'unblock';
			const [admin] = await accountsOf(ADMIN_A);
			expect(await auditOf('device')).toMatchObject({
				detail: `${word} tablet=1`,
				device: tablet.id,
				person: admin.person
			});
		}
	});

	it('does nothing to a tablet of another facility, also when its own is named', async () => {
		const browser = await signedInAs(ADMIN_A);
		const question = { facility: STATION_A.code, device: tabletB.id };
		const blocked = await browser.ask(MANAGE_PATHS.tabletBlock, { ...question, isBlocked: true });
		const wiped = await browser.ask(MANAGE_PATHS.tabletWipe, { ...question, number: 1 });
		expect([blocked.status, wiped.status]).toEqual([404, 404]);
		const device = await server.storage.findDevice(tabletB.id);
		expect([device?.isBlocked, device?.wipe]).toEqual([false, undefined]);
	});
});

describe('staff', () => {
	it('are added with a password that is shown once and must be changed first', async () => {
		const operator = await signedInAs('m.operator');
		const person = { facility: STATION_B.code, login: 'moi.b', name: 'Lý Thị Mới' };
		const added = await operator.ask(MANAGE_PATHS.staffAdd, { ...person, role: 'facility-admin' });
		const { password } = startPasswordSchema.parse(added.value);
		expect(password).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$/);
		expect(await auditOf('account')).toMatchObject({ facility: STATION_B.code, role: 'operator' });
		const again = await operator.ask(MANAGE_PATHS.staffAdd, { ...person, role: 'nurse' });
		expect(again.code).toBe('login-taken');

		const browser = openManageBrowser(url);
		const first = await browser.signIn('moi.b', password);
		expect(managerSchema.parse(first.value).mustChangePassword).toBe(true);
		const tablets = { facility: STATION_B.code };
		expect((await browser.ask(MANAGE_PATHS.tablets, tablets)).code).toBe('password-due');
		const change = (old: string, wanted: string) =>
			browser.ask(MANAGE_PATHS.password, { old, new: wanted });
		expect((await change('sai', NEW_PASSWORD)).code).toBe('sign-in-failed');
		for (const weak of ['123456789', 'aaaaaaaaaaaaaaaa', 'moi.b la toi day', password])
			expect((await change(password, weak)).code).toBe('weak-password');
		expect((await change(password, NEW_PASSWORD)).status).toBe(200);
		expect((await browser.ask(MANAGE_PATHS.tablets, tablets)).status).toBe(200);
		expect((await openManageBrowser(url).signIn('moi.b', password)).code).toBe('sign-in-failed');
		expect((await openManageBrowser(url).signIn('moi.b', NEW_PASSWORD)).status).toBe(200);
	});

	it('are ended with their keys, given another password, and never somebody who manages as much', async () => {
		const browser = await signedInAs(ADMIN_A);
		const facility = STATION_A.code;
		const [nurse] = await accountsOf(NURSE_A.login);
		const [auditor] = await accountsOf('m.auditor');
		for (const path of [MANAGE_PATHS.staffReset, MANAGE_PATHS.staffEnd]) {
			const denied = await browser.ask(path, { facility, person: auditor.person });
			expect(denied.status).toBe(404);
		}
		const { value } = await browser.ask(MANAGE_PATHS.staff, { facility });
		const { staff, roles } = staffAnswerSchema.parse(value);
		expect(roles).toEqual(['nurse', 'midwife', 'doctor']);
		expect(staff.find(({ login }) => login === 'm.auditor')?.isManaged).toBe(false);
		expect(JSON.stringify(value)).not.toContain('argon2');

		const reset = await browser.ask(MANAGE_PATHS.staffReset, { facility, person: nurse.person });
		startPasswordSchema.parse(reset.value);
		const [after] = await accountsOf(NURSE_A.login);
		expect(after.passwordHash).not.toBe(nurse.passwordHash);
		expect(await auditOf('password')).toMatchObject({ detail: `reset person=${nurse.person}` });

		const end = { facility, person: nurse.person };
		expect((await browser.ask(MANAGE_PATHS.staffEnd, end)).status).toBe(204);
		const keys = await server.storage.listPeopleOf(tablet.id);
		expect(keys.find(({ person }) => person === nurse.person)?.untilMs).toBeDefined();
		expect((await browser.ask(MANAGE_PATHS.staffEnd, end)).status).toBe(404);
		expect((await openManageBrowser(url).signIn(NURSE_A.login, TEST_PASSWORD)).code).toBe(
			'sign-in-failed'
		);
	});
});
