/** Passkeys of staff: kept, counted and removed. */
import { expect, it } from 'vitest';
import { PASSKEYS_PER_PERSON_MAX } from '#lib/protocol/passkeys.ts';
import type { Passkey } from './passkeys.ts';
import { AT_MS, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { Account, AuditRow } from './storage.ts';

const LAN: Account = {
	person: idOf('lan'),
	login: 'lan',
	name: 'Nguyễn Thị Lan',
	role: 'nurse',
	facility: 'S0001',
	passwordHash: '$one'
};
const PASSKEY: Passkey = {
	id: 'AQIDBA',
	person: LAN.person,
	publicKey: new Uint8Array([165, 1, 2]),
	counter: 0,
	transports: ['hybrid', 'internal'],
	label: 'Điện thoại',
	createdMs: AT_MS
};
const ADDED: AuditRow = { at: AT_MS, action: 'passkey', person: LAN.person, detail: 'add' };
const REMOVED: AuditRow = { ...ADDED, detail: 'remove' };

export function passkeyTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('keeps passkeys with their audit rows, each once, whoever asks', async () => {
		const { first, again } = await openTwice();
		const second = { ...PASSKEY, id: 'BQYH', label: 'Khóa USB', createdMs: AT_MS + 1 };
		expect(await first.putPasskey(PASSKEY, ADDED)).toBe('put');
		expect(await first.putPasskey(second, ADDED)).toBe('put');
		const ofOther = { ...PASSKEY, person: idOf<Account['person']>('hoa') };
		expect(await first.putPasskey(ofOther, ADDED)).toBe('taken');
		await first.close();
		const kept = await again();
		expect(await kept.listPasskeys(LAN.person)).toEqual([PASSKEY, second]);
		expect(await kept.findPasskey(PASSKEY.id)).toEqual(PASSKEY);
		expect(await kept.findPasskey('AAAA')).toBeUndefined();
		expect(await kept.listPasskeys(ofOther.person)).toEqual([]);
		expect(await kept.listAudit({ action: 'passkey', limit: 9 })).toHaveLength(2);
		await kept.close();
	});

	it('takes no more of one person than anybody needs', async () => {
		const storage = await openNew();
		for (let n = 0; n < PASSKEYS_PER_PERSON_MAX; n++)
			expect(await storage.putPasskey({ ...PASSKEY, id: `AAA${n}` }, ADDED)).toBe('put');
		expect(await storage.putPasskey(PASSKEY, ADDED)).toBe('too-many');
		expect(await storage.findPasskey(PASSKEY.id)).toBeUndefined();
		await storage.close();
	});

	it('lets a counter go on only, also where two uses come at once; one that never counts may stay', async () => {
		const storage = await openNew();
		await storage.putPasskey(PASSKEY, ADDED);
		const use = (counter: number, id = PASSKEY.id) =>
			storage.usePasskey({ id, counter, atMs: AT_MS + counter });
		expect([await use(0), await use(0)]).toEqual([true, true]);
		expect(await Promise.all([use(7), use(7)])).toEqual([true, false]);
		for (const counter of [6, 7, 0]) expect(await use(counter)).toBe(false);
		expect(await use(8)).toBe(true);
		expect(await use(9, 'AAAA')).toBe(false);
		const used = { ...PASSKEY, counter: 8, usedMs: AT_MS + 8 };
		expect(await storage.findPasskey(PASSKEY.id)).toEqual(used);
		await storage.close();
	});

	it('removes one, or all of a person, of nobody else, and all with the account', async () => {
		const storage = await openNew();
		await storage.putAccount(LAN);
		const hoa = idOf<Account['person']>('hoa');
		const ids = ['AAA1', 'AAA2', 'AAA3'];
		for (const id of ids) await storage.putPasskey({ ...PASSKEY, id }, ADDED);
		await storage.putPasskey({ ...PASSKEY, id: 'BBBB', person: hoa }, ADDED);
		const remove = (person: Account['person'], id?: string) =>
			storage.removePasskeys({ person, audit: REMOVED, ...(id !== undefined && { id }) });
		expect(await remove(hoa, 'AAA1')).toBe(0);
		expect(await remove(LAN.person, 'AAA1')).toBe(1);
		expect(await remove(LAN.person, 'AAA1')).toBe(0);
		expect((await storage.listPasskeys(LAN.person)).map(({ id }) => id)).toEqual(['AAA2', 'AAA3']);
		expect(await remove(LAN.person)).toBe(2);
		const rows = await storage.listAudit({ action: 'passkey', limit: 9 });
		expect(rows.filter(({ detail }) => detail === 'remove')).toHaveLength(2);
		await storage.putPasskey(PASSKEY, ADDED);
		const audit: AuditRow = { at: AT_MS, action: 'account', detail: 'end' };
		await storage.endAccount({ person: LAN.person, facility: 'S0001', untilMs: AT_MS, audit });
		expect(await storage.listPasskeys(LAN.person)).toEqual([]);
		expect(await storage.listPasskeys(hoa)).toHaveLength(1);
		await storage.close();
	});
}
