/** What people decide about entries in quarantine. */
import { expect, it } from 'vitest';
import type { EntryId, PersonId } from '#lib/domain/ids.ts';
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
	QUARANTINE_ROWS_PER_DEVICE_MAX,
	type HeldFilter,
	type QuarantineRow,
	type ReviewRequest,
	type ServerStorage
} from './storage.ts';

export function reviewTests(openNew: OpenNew): void {
	const FACILITY = 'S0001';
	const REVIEWER = { person: idOf<PersonId>('reviewer'), device: deviceId('of the reviewer') };
	const rowOf = (text: string | number, rest: Partial<QuarantineRow> = {}) =>
		quarantineRow(text, { facility: FACILITY, ...rest });
	const requestOf = (
		{ number, id }: { number: number; id: EntryId },
		outcome: ReviewRequest['outcome'],
		rest: Partial<ReviewRequest> = {}
	): ReviewRequest => ({
		at: AT_MS + 9,
		...REVIEWER,
		facility: FACILITY,
		number,
		entry: id,
		outcome,
		note: '',
		...rest
	});
	const heldIn = (storage: ServerStorage, rest: Partial<HeldFilter> = {}) =>
		storage.listHeld({ facility: FACILITY, limit: 10, ...rest });

	/** A store that holds these rows, newest first. */
	async function holding(...rows: QuarantineRow[]) {
		const storage = await openNew();
		await storage.putQuarantine(rows);
		return { storage, held: await heldIn(storage) };
	}

	it('lists what waits of one facility, newest first, and one by its number', async () => {
		const other = rowOf(3, { facility: 'S0002', device: deviceId(2) });
		const { storage, held } = await holding(rowOf(1), rowOf(2), other);
		expect(held).toMatchObject([rowOf(2), rowOf(1)]);
		expect(await heldIn(storage, { limit: 1 })).toMatchObject([rowOf(2)]);
		expect(await heldIn(storage, { device: deviceId(2) })).toEqual([]);
		const [newest] = held;
		expect(await storage.readHeld(FACILITY, newest?.number ?? 0)).toEqual(newest);
		expect(await storage.readHeld('S0002', newest?.number ?? 0)).toBeUndefined();
		await storage.close();
	});

	it('releases an entry into its book and its feeds, with who decided in the audit', async () => {
		const book = bookId('a');
		const entry = entryOf(book, 1, { facility: FACILITY });
		const { id, bytes, signature } = entry;
		const { storage, held } = await holding(rowOf(1, { id, bytes, signature }));
		const request = requestOf(first(held), 'released', { append: entry, book });
		expect(await storage.review(request)).toEqual({ type: 'reviewed', commit: 1 });
		expect(await storage.readBook(book)).toMatchObject([{ commit: 1, id }]);
		expect(await storage.isMember(FACILITY, book)).toBe(true);
		expect(await heldIn(storage)).toEqual([]);
		expect(await heldIn(storage, { isReturned: true })).toEqual([]);
		const [audit] = await storage.listAudit({ book, action: 'review', limit: 5 });
		expect(audit).toEqual({
			at: AT_MS + 9,
			action: 'review',
			...REVIEWER,
			facility: FACILITY,
			book,
			detail: 'released code=schema'
		});
		expect(await storage.review(request)).toEqual({ type: 'settled' });
		await storage.close();
	});

	it('leaves everything as it was when the store cannot take the entry', async () => {
		const book = bookId('a');
		const entry = entryOf(book, 1);
		const { storage, held } = await holding(rowOf(1, { id: entry.id }));
		await storage.append(batchOf([entry]));
		const forged = { ...entry, bytes: new Uint8Array(3) };
		const request = requestOf(first(held), 'released', { append: forged, book });
		expect(await storage.review(request)).toEqual({ type: 'refused', code: 'equivocation' });
		expect(await heldIn(storage)).toEqual(held);
		expect(await storage.listAudit({ action: 'review', limit: 5 })).toEqual([]);
		await storage.close();
	});

	it('returns an entry with its reason, for the device that sent it, once', async () => {
		const { storage, held } = await holding(rowOf(1), rowOf(2, { device: deviceId(2) }));
		const [, entry] = held;
		const request = requestOf(first([entry]), 'returned', { note: 'Sai người' });
		expect(await storage.review(request)).toEqual({ type: 'reviewed' });
		expect(await heldIn(storage)).toMatchObject([rowOf(2, { device: deviceId(2) })]);
		const returned = { isReturned: true, device: deviceId(1) };
		const { person } = REVIEWER;
		expect(await heldIn(storage, returned)).toEqual([
			{ ...entry, review: { at: AT_MS + 9, person, outcome: 'returned', note: 'Sai người' } }
		]);
		expect(await heldIn(storage, { ...returned, device: deviceId(2) })).toEqual([]);
		expect(await storage.review(request)).toEqual({ type: 'settled' });
		await storage.close();
	});

	it('keeps an entry with a note, which the next decision replaces', async () => {
		const { storage, held } = await holding(rowOf(1));
		const note = 'Chờ hỏi lại';
		expect(await storage.review(requestOf(first(held), 'kept', { note }))).toEqual({
			type: 'reviewed'
		});
		expect(await heldIn(storage)).toMatchObject([{ review: { outcome: 'kept', note } }]);
		await storage.review(requestOf(first(held), 'kept', { note: 'Đã hỏi' }));
		expect(await heldIn(storage)).toMatchObject([{ review: { note: 'Đã hỏi' } }]);
		await storage.review(requestOf(first(held), 'returned'));
		expect(await heldIn(storage)).toEqual([]);
		const details = (await storage.listAudit({ action: 'review', limit: 5 })).map(
			({ detail }) => detail
		);
		expect(details).toEqual(['returned code=schema', 'kept code=schema', 'kept code=schema']);
		await storage.close();
	});

	it('decides all reasons for which an entry was refused together', async () => {
		const { storage, held } = await holding(rowOf(1), rowOf(1, { code: 'unknown-author' }));
		expect(held).toHaveLength(2);
		await storage.review(requestOf(first(held), 'returned'));
		expect(await heldIn(storage)).toEqual([]);
		await storage.close();
	});

	it('decides nothing of another facility, and nothing under the number of another entry', async () => {
		const { storage, held } = await holding(rowOf(1), rowOf(2));
		const [newest, oldest] = held;
		const foreign = requestOf(first(held), 'returned', { facility: 'S0002' });
		expect(await storage.review(foreign)).toEqual({ type: 'not-found' });
		const mixed = requestOf({ ...first([newest]), id: first([oldest]).id }, 'returned');
		expect(await storage.review(mixed)).toEqual({ type: 'not-found' });
		expect(await heldIn(storage)).toEqual(held);
		await storage.close();
	});

	it('makes room for what a device sends by what was decided, and keeps the same refusal once', async () => {
		const rows = Array.from({ length: QUARANTINE_ROWS_PER_DEVICE_MAX }, (_, n) => rowOf(n));
		const { storage, held } = await holding(...rows);
		expect(await storage.putQuarantine([rowOf('more')])).toEqual(['over-quota']);
		const newest = first(held);
		await storage.review(requestOf(newest, 'returned'));
		expect(await storage.putQuarantine([rowOf(QUARANTINE_ROWS_PER_DEVICE_MAX - 1)])).toEqual([
			'kept-before'
		]);
		expect(await storage.putQuarantine([rowOf('more'), rowOf('most')])).toEqual([
			'kept',
			'over-quota'
		]);
		await storage.close();
	});
}

function first<T>([one]: readonly (T | undefined)[]): T {
	if (one === undefined) throw new Error('nothing is held');
	return one;
}
