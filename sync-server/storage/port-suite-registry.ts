/** Facilities, accounts, devices, keys and catalogues. */
import { expect, it } from 'vitest';
import type { KeyId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { AT_MS, deviceId, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { Account, Device, PersonKey } from './storage.ts';

const STATION: Facility = {
	code: 'S0001',
	name: 'Trạm Y tế Sơn Bình',
	kind: 'commune-station',
	commune: '00001',
	shortCode: 'SB'
};
const ACCOUNT: Account = {
	person: idOf('lan'),
	login: 'lan',
	name: 'Nguyễn Thị Lan',
	role: 'nurse',
	facility: 'S0001',
	passwordHash: '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA'
};
const DEVICE: Device = {
	device: deviceId(1),
	number: 1,
	facility: 'S0001',
	key: new Uint8Array(65).fill(4),
	createdMs: AT_MS,
	isBlocked: false
};
const KEY: PersonKey = {
	key: idOf('key'),
	publicKey: new Uint8Array(65).fill(5),
	person: ACCOUNT.person,
	device: DEVICE.device,
	role: 'nurse',
	facility: 'S0001',
	fromMs: AT_MS
};

export function registryTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('keeps who takes part over a restart', async () => {
		const { first, again } = await openTwice();
		await first.putFacility(STATION, []);
		await first.putAccount(ACCOUNT);
		await first.putDevice(DEVICE);
		await first.putPersonKey(KEY);
		await first.close();
		const second = await again();
		expect(await second.listFacilities()).toEqual([STATION]);
		expect(await second.findAccount('lan')).toEqual(ACCOUNT);
		expect(await second.listAccounts()).toEqual([ACCOUNT]);
		expect(await second.findDevice(DEVICE.device)).toEqual(DEVICE);
		expect(await second.findPersonKey(KEY.key)).toEqual(KEY);
		await second.close();
	});

	it('knows nothing of strangers', async () => {
		const storage = await openNew();
		expect(await storage.findAccount('nobody')).toBeUndefined();
		expect(await storage.findDevice(deviceId(9))).toBeUndefined();
		expect(await storage.findPersonKey(idOf<KeyId>('none'))).toBeUndefined();
		expect(await storage.readCatalogue('icd10', '2026-01-01')).toBeUndefined();
		await storage.close();
	});

	it('replaces a row that is put again', async () => {
		const storage = await openNew();
		await storage.putDevice(DEVICE);
		const journal = { n: 3, link: new Uint8Array(32).fill(7) };
		await storage.putDevice({ ...DEVICE, journal, isBlocked: true });
		await storage.putPersonKey(KEY);
		await storage.putPersonKey({ ...KEY, untilMs: AT_MS + 1 });
		expect(await storage.findDevice(DEVICE.device)).toEqual({
			...DEVICE,
			journal,
			isBlocked: true
		});
		expect(await storage.findPersonKey(KEY.key)).toEqual({ ...KEY, untilMs: AT_MS + 1 });
		await storage.close();
	});

	it('keeps the furthest journal tip, whatever comes when, and nothing else of the device changes', async () => {
		const storage = await openNew();
		const tip = (n: number) => ({ n, link: new Uint8Array(32).fill(n) });
		await storage.putDevice({ ...DEVICE, isBlocked: true });
		await Promise.all([2, 5, 3, 1].map((n) => storage.advanceJournal(DEVICE.device, tip(n))));
		await storage.advanceJournal(DEVICE.device, { ...tip(9), n: 5 });
		await storage.advanceJournal(deviceId(9), tip(1));
		expect(await storage.findDevice(DEVICE.device)).toEqual({
			...DEVICE,
			isBlocked: true,
			journal: tip(5)
		});
		expect(await storage.findDevice(deviceId(9))).toBeUndefined();
		await storage.close();
	});

	it('never gives a device number twice', async () => {
		const { first, again } = await openTwice();
		const numbers = await Promise.all(
			['S0001', 'S0001', 'S0002', 'S0001'].map((code) => first.nextDeviceNumber(code))
		);
		expect(numbers).toEqual([1, 2, 1, 3]);
		await first.close();
		const second = await again();
		expect(await second.nextDeviceNumber('S0001')).toBe(4);
		await second.close();
	});

	it('never rewrites an edition of a catalogue', async () => {
		const storage = await openNew();
		const edition = { kind: 'icd10', from: '2026-01-01', content: 'A00', importedMs: AT_MS };
		expect(await storage.putCatalogue(edition)).toBe('added');
		expect(await storage.putCatalogue(edition)).toBe('same');
		expect(await storage.putCatalogue({ ...edition, content: 'A01' })).toBe('differs');
		expect(await storage.putCatalogue({ ...edition, from: '2025-01-01' })).toBe('added');
		expect(await storage.readCatalogue('icd10', '2026-01-01')).toBe('A00');
		const list = await storage.listCatalogues();
		expect(list.map(({ kind, from }) => `${kind} ${from}`).sort()).toEqual([
			'icd10 2025-01-01',
			'icd10 2026-01-01'
		]);
		expect(list[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
		await storage.close();
	});
}
