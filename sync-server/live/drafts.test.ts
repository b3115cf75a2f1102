import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { DRAFT_MS_MAX } from '#lib/protocol/live.ts';
import { createDrafts } from './drafts.ts';

const BOOK = 'AZz6IEXwfcuUQe9nhTSkfA' as BookId;
const HERE = { facility: '14SB1', book: BOOK };
const MORE_THAN_A_FACILITY_MAY = 300;

function drafts() {
	const clock = { ms: 0 };
	const created = createDrafts({
		clock: { nowMs: () => clock.ms },
		judge: async () => ({ type: 'refused', code: 'malformed' }),
		randomClientId: () => 7,
		onFailure: (error) => {
			throw error;
		}
	});
	const codes: number[] = [];
	const socket = {
		send: () => undefined,
		close: (code: number) => void codes.push(code),
		bufferedBytes: () => 0
	};
	const person = { person: 'Thắm', name: 'Thắm', role: 'nurse', facility: 'Trạm' };
	return {
		...created,
		clock,
		codes,
		enter: (id: string) => created.open(id, HERE)?.enter(socket, person)
	};
}

describe('visits that are written together', () => {
	it('are found again by their id, by their own facility and under their own book only', () => {
		const all = drafts();
		const room = all.open('a', HERE);
		expect(all.open('a', HERE)).toBe(room);
		expect(all.open('a', { ...HERE, facility: '14SB2' })).toBeUndefined();
		expect(all.open('a', { ...HERE, book: 'AZz6IEXwfcuUQe9nhTSkfQ' as BookId })).toBeUndefined();
	});

	it('are forgotten after three days, also while somebody is in them', () => {
		const all = drafts();
		const room = all.open('a', HERE);
		all.enter('a');
		all.clock.ms = DRAFT_MS_MAX - 1;
		expect(all.open('a', HERE)).toBe(room);
		all.clock.ms += 1;
		all.repeatPresence();
		expect(all.codes).toHaveLength(1);
		expect(all.open('a', HERE)).not.toBe(room);
	});

	it('of one facility are so many at most: the oldest in which nobody writes gives way', () => {
		const all = drafts();
		const oldest = all.open('0', HERE);
		for (let at = 1; at < MORE_THAN_A_FACILITY_MAY; at++)
			expect(all.open(String(at), HERE)).toBeDefined();
		expect(all.open('0', HERE)).not.toBe(oldest);
	});

	it('in which somebody writes do not give way: then there is no room for one more', () => {
		const all = drafts();
		for (let at = 0; at < MORE_THAN_A_FACILITY_MAY; at++) all.enter(String(at));
		expect(all.open('one more', HERE)).toBeUndefined();
		expect(all.open('one more', { ...HERE, facility: '14SB2' })).toBeDefined();
	});
});
