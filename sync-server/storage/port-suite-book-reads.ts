/** What devices say was opened on them. */
import { expect, it } from 'vitest';
import type { PersonId } from '#lib/domain/ids.ts';
import { AT_MS, batchOf, bookId, deviceId, entryOf, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { ReadsReport } from './reads-report.ts';

const BOOK = bookId(1);
const OTHER = bookId(2);
const STATION = 'S0001';
const DEVICE = deviceId(1);
const LAN = idOf<PersonId>('lan');
const link = (byte: number) => new Uint8Array(32).fill(byte);

function reportOf(numbers: number[], rest: Partial<ReadsReport> = {}): ReadsReport {
	const reads = numbers.map((n) => ({ n, book: BOOK, person: LAN, atMs: AT_MS - 100 + n }));
	const last = numbers.at(-1) ?? 0;
	return {
		device: DEVICE,
		facility: STATION,
		at: AT_MS,
		reads,
		tip: { n: last, link: link(last) },
		isBroken: false,
		...rest
	};
}

export function bookReadsTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('are in the audit once each, however often they are told, with the end of the chain', async () => {
		const { first, again } = await openTwice();
		expect(await first.findReadsTip(DEVICE)).toBeUndefined();
		await first.recordReads(reportOf([1, 2]));
		await first.recordReads(reportOf([1, 2]));
		await first.recordReads(reportOf([2, 3]));
		await first.recordReads(reportOf([1]));
		await first.close();
		const storage = await again();
		expect(await storage.findReadsTip(DEVICE)).toEqual({ n: 3, link: link(3) });
		const rows = await storage.listAudit({ action: 'read', limit: 9 });
		expect(rows.map(({ detail }) => detail)).toEqual([
			`tablet n=3 at=${AT_MS - 97}`,
			`tablet n=2 at=${AT_MS - 98}`,
			`tablet n=1 at=${AT_MS - 99}`
		]);
		expect(rows[0]).toMatchObject({
			at: AT_MS,
			device: DEVICE,
			facility: STATION,
			book: BOOK,
			person: LAN
		});
		await storage.close();
	});

	it('are all taken where the chain is broken, which is said, and it goes on from there', async () => {
		const storage = await openNew();
		await storage.recordReads(reportOf([1, 2, 3]));
		const tip = { n: 2, link: link(9) };
		await storage.recordReads(reportOf([1, 2], { isBroken: true, tip }));
		expect(await storage.findReadsTip(DEVICE)).toEqual(tip);
		expect(await storage.listAudit({ action: 'read', limit: 9 })).toHaveLength(5);
		expect(await storage.listAudit({ action: 'refuse', limit: 9 })).toMatchObject([
			{ device: DEVICE, facility: STATION, detail: 'reads broken stated=2 kept=3' }
		]);
		await storage.close();
	});

	it('with an emergency among them, it is listed for colleagues and the family, and opens no feed', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(OTHER, 1)]));
		const words = { reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' } as const;
		const emergency = { ...words, person: LAN, untilMs: AT_MS + 5 };
		const opened = { n: 1, book: OTHER, person: LAN, atMs: AT_MS - 7, emergency };
		const report = reportOf([1], { reads: [opened] });
		await storage.recordReads(report);
		await storage.recordReads(report);
		const listed = {
			number: 1,
			...emergency,
			at: AT_MS - 7,
			device: DEVICE,
			facility: STATION,
			book: OTHER
		};
		expect(await storage.listEmergencies(STATION, 9)).toEqual([listed]);
		expect(await storage.listEmergenciesOf([OTHER], 0, 9)).toEqual([listed]);
		expect(await storage.isMember(STATION, OTHER)).toBe(false);
		expect(await storage.listAudit({ book: OTHER, action: 'break-glass', limit: 9 })).toMatchObject(
			[{ at: AT_MS, detail: `unconscious until=${AT_MS + 5} tablet n=1 at=${AT_MS - 7}` }]
		);
		await storage.close();
	});
}
