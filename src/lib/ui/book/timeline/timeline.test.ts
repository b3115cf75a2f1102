import { describe, expect, it } from 'vitest';
import type { BookView, LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import { bookContext } from '../visit/book-context.ts';
import { fieldsOf, summaryOf } from './entry-summary.ts';
import { groupsPresent, monthsOf, unfolded } from './timeline-groups.ts';

const communeName = (code: string) => (code === '14001' ? 'Xã Suối Bạc' : undefined);
const item = (occurred: string, content: LineContent | undefined): TimelineItem =>
	({
		occurred,
		kind: content?.kind ?? 'unknown',
		content,
		status: 'current',
		author: { role: 'nurse', person: 'p1', facility: '14SB1' }
	}) as TimelineItem;
const visit: LineContent = {
	kind: 'visit',
	body: {
		reason: 'Ho khan, sốt 3 ngày',
		measurements: { temperature_dC: 382, systolic_mmHg: 118, diastolic_mmHg: 76, weight_g: 51_500 },
		diagnoses: [
			{ text: 'Mệt', main: false },
			{ code: 'J02.9', text: 'Viêm họng cấp', main: true }
		],
		advice: 'Uống nhiều nước\nNghỉ ngơi'
	}
};
const prescription: LineContent = {
	kind: 'prescription',
	body: { drugs: [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói', days: 2 }] }
};
const facts: LineContent = {
	kind: 'facts',
	body: { phone: '0382415607', address: { commune: '14001', village: 'Bản Pình' } }
};

describe('the timeline', () => {
	const timeline = [
		item('2026-11-24T10:12', visit),
		item('2026-11-02', prescription),
		item('2026-10', facts),
		item('2025', undefined)
	];
	it('is cut into months, and into years where the month is unknown', () => {
		expect(monthsOf(timeline).map(({ month, items }) => [month, items.length])).toEqual([
			['2026-11', 2],
			['2026-10', 1],
			['2025', 1]
		]);
	});
	it('keeps apart what has no readable date, and gives one that was dated when written its month', () => {
		const unread = { isOccurredUnknown: true as const };
		const lines = [
			{ ...item('2026-11-24', undefined), ...unread },
			{ ...item('1880', undefined), ...unread }
		];
		expect(monthsOf(lines).map(({ month }) => month)).toEqual(['2026-11', '']);
	});
	it('says of a vaccine that is swallowed that it was swallowed', () => {
		const dose = (route?: 'oral'): LineContent => ({
			kind: 'immunization',
			body: { product: { name: 'bOPV' }, antigens: ['polio'], ...(route && { route }) }
		});
		expect(summaryOf(item('2026-11-24', dose('oral')), communeName).title).toBe('Uống bOPV');
		expect(summaryOf(item('2026-11-24', dose()), communeName).title).toBe('Tiêm bOPV');
	});
	it('offers only the groups that occur, and shows only the chosen one', () => {
		expect(groupsPresent(timeline)).toEqual(['visit', 'drug', 'other']);
		expect(monthsOf(timeline, 'drug').flatMap(({ items }) => items)).toEqual([timeline[1]]);
		expect(monthsOf([], 'drug')).toEqual([]);
	});
	it('folds away what was undone at once, until somebody asks for it', () => {
		const undone: TimelineItem = { ...item('2026-11-01', visit), isUndoneAtOnce: true };
		expect(unfolded([...timeline, undone], false)).toEqual(timeline);
		expect(unfolded([...timeline, undone], true)).toEqual([...timeline, undone]);
	});
});

describe('one line of an entry', () => {
	it('names the main diagnosis and what was measured', () => {
		expect(summaryOf({ content: visit }, communeName)).toEqual({
			title: 'Viêm họng cấp (J02.9)',
			result:
				'Ho khan, sốt 3 ngày · Thân nhiệt 38,2\u00a0°C · Huyết áp 118/76\u00a0mmHg · Cân nặng 51,5\u00a0kg'
		});
	});
	it('names places, not codes, and says what it cannot read', () => {
		expect(summaryOf({ content: facts }, communeName).result).toContain('Bản Pình, Xã Suối Bạc');
		expect(summaryOf({ content: undefined }, communeName).title).toBe('Cần cập nhật ứng dụng');
	});
	it('cuts a long reason and keeps all of it in the opened entry', () => {
		const reason = 'đau '.repeat(100).trim();
		const long: LineContent = { kind: 'visit', body: { reason } };
		expect(summaryOf({ content: long }, communeName).title.length).toBeLessThan(100);
		expect(fieldsOf(long, communeName)).toEqual([{ label: 'Lý do đến khám', lines: [reason] }]);
	});
	it('opens to every field with its lines, empty ones left out', () => {
		const fields = fieldsOf(visit, communeName);
		expect(fields.map(({ label }) => label)).toEqual([
			'Lý do đến khám',
			'Số đo',
			'Chẩn đoán',
			'Dặn dò'
		]);
		expect(fields.at(-1)?.lines).toEqual(['Uống nhiều nước', 'Nghỉ ngơi']);
	});
});

describe('the book beside a visit', () => {
	const view = { timeline: [item('2026-11-24T10:12', visit), item('2026-11-02', prescription)] };
	it('tells medicines, diagnoses, visits and measures that are in force', () => {
		const groups = bookContext(view as BookView, (id) => (id === '14SB1' ? 'Trạm A' : undefined));
		expect(groups.map(({ group }) => group)).toEqual([
			'drugs',
			'problems',
			'lastVisit',
			'lastMeasured'
		]);
		expect(groups[0]?.lines).toEqual(['Oresol, uống dần, 02/11/2026, 2\u00a0ngày']);
	});
	it('leaves out what was withdrawn', () => {
		const voided = { timeline: view.timeline.map((line) => ({ ...line, status: 'voided' })) };
		expect(bookContext(voided as unknown as BookView, () => undefined)).toEqual([]);
	});
});
