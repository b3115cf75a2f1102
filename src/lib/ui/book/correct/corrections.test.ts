import { describe, expect, it } from 'vitest';
import type { BookId, EntryId, PersonId } from '#lib/domain/ids.ts';
import type { FactViews, LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import { correctionsOf, isInForce, versionToCorrect } from './corrections.ts';

const AUTHOR = 'a' as PersonId;
const OTHER = 'b' as PersonId;
const drugs = [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }];
const visit: LineContent = { kind: 'visit', body: { reason: 'Ho' } };
const allergy: LineContent = {
	kind: 'allergy',
	body: { finding: 'allergy', substance: 'Tôm', category: 'food', severity: 'mild' }
};

const item = (content: LineContent | undefined, status: TimelineItem['status'] = 'current') =>
	({ content, status, author: { person: AUTHOR, role: 'nurse' } }) as TimelineItem;
const offered = (content: LineContent | undefined, person = OTHER, role = 'nurse') =>
	correctionsOf(item(content), { person, role });

describe('the acts offered for an entry', () => {
	it('are all three where a form can be opened again, also for what another wrote', () => {
		expect(offered(visit)).toEqual(['amend', 'void', 'move']);
	});
	it('are all three for every kind that happened, whoever wrote it', () => {
		const contents: LineContent[] = [
			{ kind: 'prescription', body: { drugs } },
			{ kind: 'observation', body: { measurements: { weight_g: 3_200 } } },
			{ kind: 'note', body: { text: 'Đã gọi điện' } },
			{ kind: 'guardianLink', body: { name: 'Lò Thị Kim', relation: 'mother' } }
		];
		for (const content of contents) expect(offered(content)).toEqual(['amend', 'void', 'move']);
	});
	it('leave out amending where there is nothing to put right', () => {
		const noneKnown = { kind: 'allergy' as const, body: { finding: 'none-known' as const } };
		expect(offered(noneKnown, AUTHOR)).toEqual(['void', 'move']);
	});
	it('are to withdraw that two who look alike are two people, and nothing else', () => {
		expect(offered({ kind: 'differentPerson', body: { other: 'b' as BookId } })).toEqual(['void']);
	});
	it('are none for an allergy of another author, except for a doctor', () => {
		expect(offered(allergy)).toEqual([]);
		expect(offered(allergy, AUTHOR)).toEqual(['amend', 'void', 'move']);
		expect(offered(allergy, OTHER, 'doctor')).toEqual(['amend', 'void', 'move']);
	});
	it('are none for what stands in a joined book', () => {
		const there = { ...item(visit), otherBook: 'b' as BookId };
		expect(correctionsOf(there, { person: AUTHOR, role: 'doctor' })).toEqual([]);
	});
	it('are to correct facts, as long as nothing has replaced them', () => {
		const line = { id: 'f' as EntryId, content: { kind: 'facts', body: { name: 'An' } } } as const;
		expect(offered(line.content)).toEqual(['amend']);
		const head = { value: 'An', sources: [{ id: 'f' }] };
		const view = (...heads: object[]) => ({ name: { heads } }) as unknown as FactViews;
		expect(isInForce(line, view(head))).toBe(true);
		expect(isInForce(line, view({ ...head, sources: [{ id: 'later' }] }))).toBe(false);
		expect(isInForce({ ...line, content: visit }, {})).toBe(true);
	});
	it('are none for what is voided and for what cannot be read', () => {
		expect(offered(undefined)).toEqual([]);
		for (const status of ['voided', 'changed-by-newer-version'] as const)
			expect(correctionsOf(item(visit, status), { person: AUTHOR, role: 'doctor' })).toEqual([]);
	});
});

describe('the version somebody began to correct', () => {
	const first = { id: 'v1', content: visit, isVoid: false, occurred: '2026-11-20' };
	const undone = { id: 'v2', content: visit, isVoid: true };
	const line = {
		...item({ kind: 'visit', body: { reason: 'Sốt' } }),
		id: 'v3',
		rivals: ['r'],
		versions: [undone, first]
	} as unknown as TimelineItem;

	it('is the one shown, with what stands beside it', () => {
		expect(versionToCorrect([line], 'v3')).toBe(line);
	});
	it('stays itself when a newer version has arrived', () => {
		expect(versionToCorrect([line], 'v1')).toMatchObject({
			id: 'v1',
			content: visit,
			occurred: '2026-11-20',
			rivals: [],
			status: 'current'
		});
	});
	it('is gone when it was withdrawn or never here', () => {
		for (const id of ['v2', 'v9', undefined]) expect(versionToCorrect([line], id)).toBeUndefined();
	});
});
