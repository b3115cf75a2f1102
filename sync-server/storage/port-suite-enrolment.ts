/** Accounts that change and end, tablets, and the codes that bring them to a facility. */
import { expect, it } from 'vitest';
import type { DeviceId, KeyId } from '#lib/domain/ids.ts';
import { AT_MS, deviceId, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { EnrolmentCode } from './registry.ts';
import type { Account, AuditRow, Device, ServerStorage } from './storage.ts';

const LAN: Account = {
	person: idOf('lan'),
	login: 'lan',
	name: 'Nguyễn Thị Lan',
	role: 'nurse',
	facility: 'S0001',
	passwordHash: '$one'
};
const DEVICE: Device = {
	device: deviceId(1),
	number: 1,
	facility: 'S0001',
	key: new Uint8Array(65).fill(4),
	createdMs: AT_MS,
	isBlocked: false
};
const CODE: EnrolmentCode = {
	codeHash: new Uint8Array(32).fill(1),
	facility: 'S0001',
	createdMs: AT_MS,
	expiresMs: AT_MS + 1_000,
	createdBy: LAN.person
};
const row = (action: AuditRow['action'], detail = ''): AuditRow => ({
	at: AT_MS,
	action,
	facility: 'S0001',
	person: LAN.person,
	detail
});
const CODE_ROW = row('enrolment-code');
const enrolRequest = (device: DeviceId, at = AT_MS) => ({
	codeHash: CODE.codeHash,
	device,
	key: new Uint8Array(65).fill(9),
	at
});
const actionsOf = async (storage: ServerStorage): Promise<string[]> =>
	(await storage.listAudit({ limit: 50 })).map(({ action }) => action).reverse();

export function enrolmentTests(openNew: OpenNew, openTwice: OpenTwice): void {
	accountTests(openNew, openTwice);
	codeTests(openNew, openTwice);
	deviceTests(openNew, openTwice);
}

function accountTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('changes and ends accounts, each with its audit row', async () => {
		const { first, again } = await openTwice();
		const hoa = { ...LAN, person: idOf<Account['person']>('hoa'), login: 'hoa', facility: 'S0002' };
		expect(await first.putAccount(LAN, row('account', 'new'))).toBe('put');
		expect(await first.putAccount(hoa)).toBe('put');
		expect(await first.putAccount({ ...hoa, login: 'lan' }, row('account'))).toBe('login-taken');
		expect(await first.putPassword(LAN.person, '$two', row('password'))).toBe(true);
		expect(await first.putPassword(idOf('nobody'), '$two', row('password'))).toBe(false);
		const end = { person: LAN.person, untilMs: AT_MS + 5, audit: row('account', 'ended') };
		expect(await first.endAccount({ ...end, facility: 'S0002' })).toBe(false);
		expect(await first.endAccount({ ...end, facility: 'S0001' })).toBe(true);
		expect(await actionsOf(first)).toEqual(['account', 'password', 'account']);
		await first.close();
		const second = await again();
		const ended = { ...LAN, passwordHash: '$two', untilMs: AT_MS + 5 };
		expect(await second.listAccounts('S0001')).toEqual([ended]);
		expect(await second.listAccounts()).toEqual([hoa, ended]);
		expect(await second.putAccount(LAN)).toBe('put');
		expect(await second.findAccount('lan')).toEqual(LAN);
		await second.close();
	});

	it('marks a password that somebody else made, until its owner has another', async () => {
		const storage = await openNew();
		await storage.putAccount({ ...LAN, isStartPassword: true }, row('account', 'new'));
		expect((await storage.findAccount('lan'))?.isStartPassword).toBe(true);
		await storage.putPassword(LAN.person, '$own', row('password'));
		expect(await storage.findAccount('lan')).toEqual({ ...LAN, passwordHash: '$own' });
		await storage.putPassword(LAN.person, '$start', row('password'), true);
		const started = { ...LAN, passwordHash: '$start', isStartPassword: true };
		expect(await storage.listAccounts()).toEqual([started]);
		await storage.close();
	});

	it('lets a person be called otherwise, and the old login opens nothing', async () => {
		const storage = await openNew();
		await storage.putAccount(LAN);
		await storage.putAccount({ ...LAN, login: 'lan.nguyen' });
		expect(await storage.findAccount('lan')).toBeUndefined();
		expect(await storage.listAccounts()).toEqual([{ ...LAN, login: 'lan.nguyen' }]);
		await storage.close();
	});

	it('ends the keys of a person with the account, but none that ended before', async () => {
		const storage = await openNew();
		await storage.putAccount(LAN);
		const key = (name: string, untilMs?: number) => ({
			key: idOf<KeyId>(name),
			publicKey: new Uint8Array(65),
			person: LAN.person,
			device: DEVICE.device,
			role: 'nurse' as const,
			facility: 'S0001',
			fromMs: AT_MS - 9,
			...(untilMs !== undefined && { untilMs })
		});
		await storage.putPersonKey(key('k1'));
		await storage.putPersonKey(key('k2', AT_MS - 3));
		const end = { person: LAN.person, facility: 'S0001', untilMs: AT_MS, audit: row('account') };
		await storage.endAccount(end);
		expect(await storage.findPersonKey(idOf<KeyId>('k1'))).toMatchObject({ untilMs: AT_MS });
		expect(await storage.findPersonKey(idOf<KeyId>('k2'))).toMatchObject({ untilMs: AT_MS - 3 });
		await storage.close();
	});
}

function codeTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('brings one tablet to the facility of the code, once, however many ask at once', async () => {
		const { first, again } = await openTwice();
		await first.putEnrolmentCode(CODE, CODE_ROW);
		const results = await Promise.all(
			[1, 2, 3].map((n) => first.enrolDevice(enrolRequest(deviceId(n))))
		);
		expect(results.map(({ type }) => type)).toEqual(['enrolled', 'used-code', 'used-code']);
		const device = { ...DEVICE, key: new Uint8Array(65).fill(9) };
		expect(results[0]).toEqual({ type: 'enrolled', device });
		expect(await actionsOf(first)).toEqual(['enrolment-code', 'enrol']);
		await first.close();
		const second = await again();
		expect(await second.listDevices('S0001')).toEqual([device]);
		expect(await second.enrolDevice(enrolRequest(deviceId(4)))).toEqual({ type: 'used-code' });
		expect(await second.nextDeviceNumber('S0001')).toBe(2);
		await second.close();
	});

	it('knows no other code, and none that is over', async () => {
		const storage = await openNew();
		const unknown = await storage.enrolDevice(enrolRequest(DEVICE.device));
		expect(unknown).toEqual({ type: 'unknown-code' });
		await storage.putEnrolmentCode(CODE, CODE_ROW);
		const late = await storage.enrolDevice(enrolRequest(DEVICE.device, CODE.expiresMs));
		expect(late).toEqual({ type: 'expired-code' });
		expect(await storage.findDevice(DEVICE.device)).toBeUndefined();
		expect((await storage.enrolDevice(enrolRequest(DEVICE.device))).type).toBe('enrolled');
		await storage.close();
	});

	it('takes an ended tablet back, and neither one of elsewhere nor one that was stolen', async () => {
		const storage = await openNew();
		await storage.putEnrolmentCode(CODE, CODE_ROW);
		await storage.putDevice({ ...DEVICE, facility: 'S0002' });
		const enrol = () => storage.enrolDevice(enrolRequest(DEVICE.device));
		expect(await enrol()).toEqual({ type: 'other-facility' });
		await storage.putDevice({ ...DEVICE, isBlocked: true });
		expect(await enrol()).toEqual({ type: 'blocked' });
		await storage.putDevice({ ...DEVICE, wipe: { askedMs: AT_MS } });
		expect(await enrol()).toEqual({ type: 'blocked' });
		await storage.putDevice({ ...DEVICE, endedMs: AT_MS - 1 });
		expect(await enrol()).toEqual({ type: 'enrolled', device: DEVICE });
		await storage.close();
	});
}

function deviceTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('keeps what people decide about a tablet and what it says of itself', async () => {
		const { first, again } = await openTwice();
		await first.putDevice(DEVICE);
		const change = (made: Parameters<ServerStorage['changeDevice']>[0]['change']) =>
			first.changeDevice({ ...DEVICE, change: made, audit: row('device') });
		expect(await change({ label: 'Phòng tiêm' })).toBe(true);
		expect(await change({ isBlocked: true })).toBe(true);
		expect(await change({ endedMs: AT_MS + 1 })).toBe(true);
		expect(await change({ wipe: { askedMs: AT_MS + 2, doneMs: AT_MS + 3 } })).toBe(true);
		const report = { appVersion: '0.3.0', waiting: 2, isPersisted: true, reportedMs: AT_MS };
		await first.putDeviceReport(DEVICE.device, report, AT_MS + 4);
		await first.putDeviceReport(deviceId(9), report, AT_MS + 4);
		await first.close();
		const second = await again();
		expect(await second.findDevice(DEVICE.device)).toEqual({
			...DEVICE,
			label: 'Phòng tiêm',
			isBlocked: true,
			endedMs: AT_MS + 1,
			wipe: { askedMs: AT_MS + 2, doneMs: AT_MS + 3 },
			report: { ...report, atMs: AT_MS + 4 }
		});
		expect(await actionsOf(second)).toEqual(['device', 'device', 'device', 'device']);
		await second.close();
	});

	it('takes such decisions back, finds nothing elsewhere, and lists by number', async () => {
		const storage = await openNew();
		const other = { ...DEVICE, device: deviceId(2), number: 2 };
		await storage.putDevice({ ...other, label: 'Kho', endedMs: 1, wipe: { askedMs: 2 } });
		await storage.putDevice(DEVICE);
		await storage.putDevice({ ...DEVICE, device: deviceId(3), facility: 'S0002' });
		const audit = row('device');
		const elsewhere = { ...other, facility: 'S0002', change: { label: 'x' }, audit };
		expect(await storage.changeDevice(elsewhere)).toBe(false);
		for (const change of [{ label: undefined }, { endedMs: undefined }, { wipe: undefined }])
			expect(await storage.changeDevice({ ...other, change, audit })).toBe(true);
		expect(await storage.listDevices('S0001')).toEqual([DEVICE, other]);
		expect(await actionsOf(storage)).toHaveLength(3);
		await storage.close();
	});
}
