/** Audit, quarantine and finding a book. */
import { expect, it } from 'vitest';
import {
	AT_MS,
	batchOf,
	bookId,
	deviceId,
	entryOf,
	idOf,
	quarantineRow
} from './port-suite-material.ts';
import type { OpenNew } from './port-suite.ts';
import {
	QUARANTINE_BYTES_PER_DEVICE_MAX,
	QUARANTINE_ROWS_PER_DEVICE_MAX,
	type AuditRow
} from './storage.ts';

export function recordTests(openNew: OpenNew): void {
	auditTests(openNew);
	quarantineTests(openNew);
	findTests(openNew);
}

function auditTests(openNew: OpenNew): void {
	it('lists audit rows newest first, by book and by action', async () => {
		const storage = await openNew();
		const opened: AuditRow = {
			at: AT_MS,
			action: 'open',
			device: deviceId(1),
			person: idOf('person'),
			facility: 'S0001',
			book: bookId(1),
			detail: 'reason=present-in-person'
		};
		const found: AuditRow = { at: AT_MS + 1, action: 'find', detail: 'hits=1' };
		const joined: AuditRow = { at: AT_MS + 2, action: 'join', book: bookId(1), detail: '' };
		for (const row of [opened, found, joined]) await storage.audit(row);
		expect(await storage.listAudit({ limit: 10 })).toEqual([joined, found, opened]);
		expect(await storage.listAudit({ limit: 1 })).toEqual([joined]);
		expect(await storage.listAudit({ book: bookId(1), limit: 10 })).toEqual([joined, opened]);
		expect(await storage.listAudit({ action: 'find', limit: 10 })).toEqual([found]);
		expect(await storage.listAudit({ book: bookId(1), action: 'open', limit: 10 })).toEqual([
			opened
		]);
		await storage.close();
	});
}

function quarantineTests(openNew: OpenNew): void {
	it('keeps a refused entry once, and gives it back as it came', async () => {
		const storage = await openNew();
		const first = quarantineRow(1, { facility: 'S0001', path: 'body.weight_g' });
		const second = quarantineRow(2, { device: deviceId(2) });
		expect(await storage.putQuarantine([first, second, first])).toEqual([
			'kept',
			'kept',
			'kept-before'
		]);
		expect(await storage.putQuarantine([first])).toEqual(['kept-before']);
		expect(await storage.listQuarantine({ limit: 10 })).toEqual([second, first]);
		expect(await storage.listQuarantine({ device: deviceId(1), limit: 10 })).toEqual([first]);
		expect(await storage.listQuarantine({ facility: 'S0001', limit: 10 })).toEqual([first]);
		await storage.close();
	});

	it('says over-quota instead of dropping an older row, for that device alone', async () => {
		const storage = await openNew();
		const rows = Array.from({ length: QUARANTINE_ROWS_PER_DEVICE_MAX }, (_, n) => quarantineRow(n));
		expect(new Set(await storage.putQuarantine(rows))).toEqual(new Set(['kept']));
		const more = [quarantineRow('more'), quarantineRow('more', { device: deviceId(2) })];
		expect(await storage.putQuarantine(more)).toEqual(['over-quota', 'kept']);
		const kept = await storage.listQuarantine({ device: deviceId(1), limit: 5_000 });
		expect(kept).toHaveLength(QUARANTINE_ROWS_PER_DEVICE_MAX);
		expect(kept.at(-1)).toEqual(rows[0]);
		await storage.close();
	});

	it('counts the bytes of a device too', async () => {
		const storage = await openNew();
		const half = new Uint8Array(QUARANTINE_BYTES_PER_DEVICE_MAX / 2 + 1);
		expect(await storage.putQuarantine([quarantineRow(1, { bytes: half })])).toEqual(['kept']);
		expect(
			await storage.putQuarantine([quarantineRow(2, { bytes: half }), quarantineRow(3)])
		).toEqual(['over-quota', 'kept']);
		await storage.close();
	});
}

function findTests(openNew: OpenNew): void {
	it('finds the books for which all keys were stated, each once, up to the limit', async () => {
		const storage = await openNew();
		const [a, b, c] = [bookId('a'), bookId('b'), bookId('c')];
		await storage.append(
			batchOf([
				entryOf(a, 1, { lookups: ['name:lan', 'born:2026'] }),
				entryOf(b, 2, { lookups: ['name:lan'] }),
				entryOf(b, 3, { lookups: ['born:2026', 'name:lan'] }),
				entryOf(c, 4, { lookups: ['name:lan'] })
			])
		);
		expect(await storage.findBooks(['name:lan', 'born:2026'], 10)).toEqual([a, b]);
		expect(await storage.findBooks(['name:lan', 'name:lan'], 10)).toEqual([a, b, c]);
		expect(await storage.findBooks(['name:lan'], 2)).toHaveLength(2);
		expect(await storage.findBooks(['name:hoa'], 10)).toEqual([]);
		expect(await storage.findBooks([], 10)).toEqual([]);
		await storage.close();
	});

	it('does not find a book by an entry that was refused', async () => {
		const storage = await openNew();
		const entry = entryOf(bookId('a'), 1);
		await storage.append(batchOf([entry]));
		const forged = { ...entry, bytes: new Uint8Array(3), lookups: ['name:lan'] };
		await storage.append(batchOf([forged]));
		expect(await storage.findBooks(['name:lan'], 10)).toEqual([]);
		await storage.close();
	});
}
