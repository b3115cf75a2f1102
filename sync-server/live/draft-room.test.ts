import { describe, expect, it } from 'vitest';
import type { JudgedUpdate } from '#lib/crdt/joint-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { DRAFT_UPDATES_MAX } from '#lib/protocol/live.ts';
import { createDraftRoom } from './draft-room.ts';

const BOOK = 'AZz6IEXwfcuUQe9nhTSkfA' as BookId;
const TAKEN: JudgedUpdate = {
	type: 'taken',
	state: new Uint8Array(2),
	vector: new Uint8Array(1),
	isSigned: false,
	isNew: true
};
/** An update of the protocol with three bytes in it. */
const UPDATE = Uint8Array.of(0, 2, 3, 1, 1, 1);

function room(verdict: () => Promise<JudgedUpdate> = async () => TAKEN) {
	let judged = 0;
	const created = createDraftRoom(
		{
			judge: async () => {
				judged += 1;
				return verdict();
			},
			randomClientId: () => 7,
			onFailure: (error) => {
				throw error;
			}
		},
		{ facility: '14SB1', book: BOOK }
	);
	function enter(person: string) {
		const sent: Uint8Array[] = [];
		const codes: number[] = [];
		const { receive, leave } = created.enter(
			{
				send: (message) => {
					if (typeof message !== 'string') sent.push(message);
				},
				close: (code) => codes.push(code),
				bufferedBytes: () => 0
			},
			{ person, name: person, role: 'nurse', facility: 'Trạm' }
		);
		const updates = () => sent.filter(([type, step]) => type === 0 && step === 2).length;
		return { receive, leave, codes, updates };
	}
	return { ...created, enter, judged: () => judged };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a visit written together, on the server', () => {
	it('takes as many updates as a draft may have, and is only read from then on', async () => {
		const draft = room();
		const one = draft.enter('Thắm');
		const two = draft.enter('Vân');
		for (let sent = 0; sent < DRAFT_UPDATES_MAX; sent++) {
			one.receive(UPDATE);
			if (sent % 40 === 0) await settle();
		}
		await settle();
		expect([two.updates(), one.codes]).toEqual([DRAFT_UPDATES_MAX, []]);
		two.receive(UPDATE);
		await settle();
		expect([one.updates(), two.codes]).toEqual([0, [4429]]);
		expect(draft.judged()).toBe(DRAFT_UPDATES_MAX);
	});

	it('sends away whoever has more waiting than typing makes, before it is judged', async () => {
		const draft = room(async () => {
			await settle();
			return TAKEN;
		});
		const one = draft.enter('Thắm');
		for (let sent = 0; sent < 500; sent++) one.receive(UPDATE);
		expect(one.codes[0]).toBe(4429);
		expect(draft.judged()).toBeLessThan(60);
	});

	it.each([
		['too-large', 4429],
		['too-slow', 4400],
		['gap', 4400],
		['malformed', 4400],
		['signed-by-another', 4400]
	] as const)('hands on nothing of an update that is refused as %s', async (code, expected) => {
		const draft = room(async () => ({ type: 'refused', code }));
		const one = draft.enter('Thắm');
		const two = draft.enter('Vân');
		one.receive(UPDATE);
		await settle();
		expect([one.codes, two.codes, two.updates()]).toEqual([[expected], [], 0]);
	});

	it('is not offered any more once it is signed', async () => {
		const draft = room(async () => ({ ...TAKEN, isSigned: true }));
		const one = draft.enter('Thắm');
		expect(draft.isWrittenBy('Thắm')).toBe(true);
		one.receive(UPDATE);
		await settle();
		expect(draft.isWrittenBy('Thắm')).toBe(false);
		one.receive(UPDATE);
		await settle();
		expect(one.codes).toEqual([4409]);
	});
});
