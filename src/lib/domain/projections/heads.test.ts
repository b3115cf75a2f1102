import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { Identifier } from '../book/identifiers.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '../time/clinical-time.ts';
import type { BookView } from './book-view.ts';
import { projectBook } from './project-book.ts';
import { BOOK, facts, idOf, MORNING_MS, unknown, voids } from './stated.fixture.ts';

const deps = { isProductKnown: () => true, today: '2026-11-24' as ClinicalDate };

function view(...entries: BookEntry[]): BookView {
	return projectBook(BOOK, entries, deps);
}

const an = facts('an', { name: 'Nguyễn Văn An', phone: '0912345678' });
const binh = facts(
	'binh',
	{ name: 'Nguyễn Văn Bình' },
	{ basedOn: [{ of: 'an', fact: 'name' }], ms: MORNING_MS + 1 }
);

describe('facts', () => {
	it('show the value nothing replaced, and what it replaced', () => {
		const name = view(an, binh).header.facts.name;
		expect(name?.shown.value).toBe('Nguyễn Văn Bình');
		expect(name?.heads).toHaveLength(1);
		expect(name?.past.map(({ value }) => value)).toEqual(['Nguyễn Văn An']);
	});

	it('are replaced by name: the other facts of an entry stay', () => {
		expect(view(an, binh).header.facts.phone?.shown.value).toBe('0912345678');
	});

	it('stated apart with different values are a conflict in which the latest is shown', () => {
		const other = facts('other', { name: 'Nguyễn Văn Ân' }, { at: '2026-11-25' });
		const seen = view(other, an);
		expect(seen.header.facts.name?.heads.map(({ value }) => value)).toEqual([
			'Nguyễn Văn Ân',
			'Nguyễn Văn An'
		]);
		expect(seen.conflicts).toMatchObject([{ type: 'fact', fact: 'name' }]);
	});

	it('stated apart with equal values are one head with two sources', () => {
		const same = facts('same', { name: 'Nguyễn Văn An' }, { at: '2026-11-25', by: 'doctor' });
		const seen = view(an, same);
		expect(seen.header.facts.name?.heads).toHaveLength(1);
		expect(seen.header.facts.name?.shown.sources.map(({ id }) => id)).toEqual([
			idOf('same'),
			idOf('an')
		]);
		expect(seen.conflicts).toEqual([]);
	});

	it('amended apart from the same value are a conflict too', () => {
		const chau = facts('chau', { name: 'Nguyễn Văn Châu' }, { basedOn: ['an'] });
		expect(view(an, binh, chau).header.facts.name?.heads).toHaveLength(2);
	});

	it('are resolved by a statement based on all heads, and by nothing less', () => {
		const chau = facts('chau', { name: 'Nguyễn Văn Châu' });
		const resolve = (...labels: string[]) =>
			facts(
				'resolved',
				{ name: 'Nguyễn Văn Châu' },
				{ effect: 'resolves', basedOn: labels.map((of) => ({ of, fact: 'name' })) }
			);
		expect(view(an, binh, chau, resolve('binh')).conflicts).toEqual([]);
		expect(view(an, binh, chau, resolve('chau')).conflicts).toHaveLength(1);
		const whole = view(an, binh, chau, resolve('binh', 'chau'));
		expect(whole.conflicts).toEqual([]);
		expect(whole.header.facts.name?.shown.sources).toHaveLength(1);
		expect(whole.header.facts.name?.past.map(({ value }) => value).sort()).toEqual([
			'Nguyễn Văn An',
			'Nguyễn Văn Bình',
			'Nguyễn Văn Châu'
		]);
	});

	it('come back when what replaced them is voided', () => {
		const undo = voids('undo', ['binh'], { class: 'fact' });
		const seen = view(an, binh, undo);
		expect(seen.header.facts.name?.shown.value).toBe('Nguyễn Văn An');
		expect(seen.header.facts.name?.past).toEqual([]);
		expect(seen.timeline.find(({ id }) => id === binh.id)?.status).toBe('voided');
		const redo = voids('redo', ['undo'], { class: 'fact' });
		expect(view(an, binh, undo, redo).header.facts.name?.shown.value).toBe('Nguyễn Văn Bình');
	});

	it('stay replaced by a later value across a voided step', () => {
		const chau = facts('chau', { name: 'Châu' }, { basedOn: [{ of: 'binh', fact: 'name' }] });
		const undo = voids('undo', ['binh'], { class: 'fact' });
		expect(view(an, binh, chau, undo).header.facts.name?.heads).toMatchObject([{ value: 'Châu' }]);
	});

	it('can be voided one by one', () => {
		const undo = voids('undo', [{ of: 'an', fact: 'phone' }], { class: 'fact' });
		const seen = view(an, undo);
		expect(seen.header.facts).not.toHaveProperty('phone');
		expect(seen.header.facts.name?.shown.value).toBe('Nguyễn Văn An');
		expect(seen.timeline).toMatchObject([{ status: 'current', voidedFacts: ['phone'] }]);
	});

	it('voided one by one come back when that void is voided', () => {
		const undo = voids('undo', [{ of: 'an', fact: 'phone' }], { class: 'fact' });
		const redo = voids('redo', ['undo'], { class: 'fact' });
		expect(view(an, undo, redo).header.facts.phone?.shown.value).toBe('0912345678');
	});

	it('are replaced only where they are named, whatever else the entry states', () => {
		const both = facts(
			'both',
			{ name: 'Nguyễn Văn Bình', phone: '0900000000' },
			{ basedOn: [{ of: 'an', fact: 'phone' }] }
		);
		const seen = view(an, both);
		expect(seen.header.facts.phone?.heads).toHaveLength(1);
		expect(seen.header.facts.name?.heads).toHaveLength(2);
	});

	it('are not voided by a statement about events', () => {
		expect(view(an, voids('odd', ['an'])).header.facts.name).toBeDefined();
		const oneFact = voids('odd', [{ of: 'an', fact: 'name' }], { class: 'event' });
		expect(view(an, oneFact).header.facts.name).toBeDefined();
	});

	it('changed by an entry of a newer version stay shown, and the line says so', () => {
		const newer = unknown('new', { class: 'fact', basedOn: [{ of: 'an', fact: 'name' }] });
		const seen = view(an, newer);
		expect(seen.header.facts.name?.shown.value).toBe('Nguyễn Văn An');
		expect(seen.timeline.find(({ id }) => id === an.id)?.status).toBe('changed-by-newer-version');
	});

	it('that nobody stated are absent', () => {
		expect(view().header.facts).toEqual({});
	});

	it('never let the device clock decide: an amendment from a slow clock still replaces', () => {
		const slow = facts(
			'slow',
			{ name: 'Nguyễn Văn Bình' },
			{ at: '2020-01-01', ms: 0, basedOn: [{ of: 'an', fact: 'name' }] }
		);
		expect(view(an, slow).header.facts.name?.shown.value).toBe('Nguyễn Văn Bình');
	});
});

describe('equal values of a fact', () => {
	const number = (label: string, identifier: Omit<Identifier, 'value'>, ms = 0) =>
		facts(label, { 'identifier.personal': { value: '001126000001', ...identifier } }, { ms });

	it('are identifiers of one number and validity, wherever they were read', () => {
		const seen = view(number('a', { source: 'stated' }), number('b', { source: 'card' }, 1));
		expect(seen.conflicts).toEqual([]);
		const heads = seen.header.facts['identifier.personal']?.heads;
		expect(heads).toHaveLength(1);
		expect(heads?.[0]?.value.source).toBe('card');
		expect(heads?.[0]?.sources).toHaveLength(2);
	});

	it('are identifiers of which one says more: the fullest is shown, and nothing is lost', () => {
		const until = number('b', { source: 'card', validTo: '2030' as PartialDate });
		const seen = view(number('a', { source: 'stated' }, 1), until);
		expect(seen.conflicts).toEqual([]);
		const shown = seen.header.facts['identifier.personal']?.shown;
		expect(shown?.value).toMatchObject({ source: 'card', validTo: '2030' });
		expect(shown?.sources.map(({ id }) => id)).toEqual([idOf('a'), idOf('b')]);
	});

	it('are not identifiers of different validity', () => {
		const until = number('b', { source: 'card', validTo: '2030' as PartialDate });
		const longer = number('c', { source: 'card', validTo: '2031' as PartialDate });
		const from = number('d', { source: 'card', validFrom: '2020' as PartialDate });
		expect(view(until, longer).conflicts).toHaveLength(1);
		expect(view(until, from).conflicts).toHaveLength(1);
		const vague = number('a', { source: 'stated' });
		const heads = view(until, longer, vague).header.facts['identifier.personal']?.heads;
		expect(heads?.flatMap(({ sources }) => sources)).toHaveLength(3);
		expect(heads).toHaveLength(2);
	});

	it('are an old insurance card and the number it ends in, but not two cards', () => {
		const insured = (label: string, value: string, ms = 0) =>
			facts(label, { 'identifier.insurance': { value, source: 'card' } }, { ms });
		const child = insured('child', 'TE1080123456789');
		const seen = view(child, insured('digits', '0123456789', 1));
		expect(seen.conflicts).toEqual([]);
		expect(seen.header.facts['identifier.insurance']?.shown.value.value).toBe('TE1080123456789');
		expect(view(child, insured('poor', 'DN4080123456789')).conflicts).toHaveLength(1);
		expect(view(child, insured('other', '0123456780')).conflicts).toHaveLength(1);
	});

	it('are addresses that agree in every part', () => {
		const home = { commune: '00004', village: 'Thôn Đoài' };
		const one = facts('a', { address: home });
		const same = facts('b', { address: { village: 'Thôn Đoài', commune: '00004' } });
		const vaguer = facts('c', { address: { commune: '00004' } });
		expect(view(one, same).conflicts).toEqual([]);
		expect(view(one, vaguer).conflicts).toHaveLength(1);
	});

	it('are not dates of different precision', () => {
		const year = facts('a', { birthDate: '2026' as ClinicalTime });
		const day = facts('b', { birthDate: '2026-01-01' as ClinicalTime });
		expect(view(year, day).conflicts).toMatchObject([{ fact: 'birthDate' }]);
	});
});
