import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { factsSchema } from '#lib/domain/book/facts.ts';
import type { BookHeader } from '#lib/domain/projections/book-view.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { BOOK, facts, idOf } from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	areFactsChanged,
	decide,
	followBook,
	isDecidedAs,
	openFacts,
	openFactsOf,
	readFactsChange,
	valuesToDecide,
	type TypedFacts
} from './facts-form.ts';

const now = '2026-11-24T08:52' as ClinicalTime;
const baby = facts(
	'baby',
	factsSchema.parse({
		name: 'Con chị Lò Thị Kim',
		birthDate: '2026-11-24T06:35',
		sex: 'female',
		address: { commune: '08123', village: 'Bản Pình', detail: 'cạnh trường' },
		phone: '0382415607'
	})
);
const NEW_PHONE = '0912345678';
const phoned = facts('phoned', { phone: NEW_PHONE }, { basedOn: [{ of: 'baby', fact: 'phone' }] });

function headerOf(...entries: BookEntry[]): BookHeader {
	const deps = { isProductKnown: () => true, today: '2026-11-24' as ClinicalDate };
	return projectBook(BOOK, entries, deps).header;
}

const opened = (typed: Partial<TypedFacts> = {}) => ({ ...openFacts(headerOf(baby)), ...typed });
const change = (typed: Partial<TypedFacts>) => readFactsChange(opened(typed), now);

describe('a change of facts as typed', () => {
	it('records only what was changed', () => {
		expect(change({ name: 'Lò Gia Bảo' })).toEqual({ ok: true, value: { name: 'Lò Gia Bảo' } });
		expect(change({ village: 'Nà Lùng' })).toEqual({
			ok: true,
			value: { address: { commune: '08123', village: 'Nà Lùng', detail: 'cạnh trường' } }
		});
	});
	it('records nothing when nothing was changed', () => {
		expect(change({})).toEqual({
			ok: false,
			errors: [{ field: 'name', code: 'nothing-entered' }]
		});
	});
	it('drops the old detail with the commune it belonged to', () => {
		expect(change({ commune: '08124' })).toEqual({
			ok: true,
			value: { address: { commune: '08124', village: 'Bản Pình' } }
		});
	});
	it('adds a number by its kind and source', () => {
		expect(change({ identifier: '008 326 001 452', identifierSource: 'paper' })).toEqual({
			ok: true,
			value: { 'identifier.personal': { value: '008326001452', source: 'paper' } }
		});
	});
	it('never empties a fact, and refuses what a new person would be refused', () => {
		expect(change({ name: '', phone: 'x' })).toEqual({
			ok: false,
			errors: [
				{ field: 'name', code: 'required' },
				{ field: 'phone', code: 'phone-form' }
			]
		});
		expect(change({ phone: '0'.repeat(1_000_000) }).ok).toBe(false);
	});
});

describe('a form below which the book changes', () => {
	it('never writes an old value back over what another place recorded', () => {
		const typed = opened({ name: 'Lò Gia Bảo' });
		expect(readFactsChange(typed, now)).toEqual({ ok: true, value: { name: 'Lò Gia Bảo' } });
		followBook(typed, headerOf(baby, phoned));
		expect(readFactsChange(typed, now)).toEqual({ ok: true, value: { name: 'Lò Gia Bảo' } });
		expect(typed.phone).toBe(NEW_PHONE);
	});
	it('holds no work when only the book changed', () => {
		const typed = opened();
		followBook(typed, headerOf(baby, phoned));
		expect(areFactsChanged(typed)).toBe(false);
		expect(typed.seen.phone).toEqual([idOf('phoned')]);
	});
	it('keeps what was typed, based on what its user saw, and shows the value that came', () => {
		const typed = opened({ phone: '0977777777' });
		const header = headerOf(baby, phoned);
		followBook(typed, header);
		expect(typed.phone).toBe('0977777777');
		expect(typed.seen).toMatchObject({ phone: [idOf('baby')], name: [idOf('baby')] });
		expect(valuesToDecide(typed, header)).toMatchObject([
			{ name: 'phone', isNew: true, heads: [{ value: NEW_PHONE }] }
		]);
	});
	it('takes the value that came when it is chosen, and then records nothing of its own', () => {
		const typed = opened({ phone: '0977777777' });
		const header = headerOf(baby, phoned);
		const [offered] = valuesToDecide(typed, header);
		if (offered === undefined) throw new Error('nothing to decide');
		decide(typed, offered, NEW_PHONE);
		expect(areFactsChanged(typed)).toBe(false);
		expect(valuesToDecide(typed, header)).toEqual([]);
	});
	it('keeps the numbers its user knew of while a new one is typed', () => {
		const number = (label: string, value: string) =>
			facts(label, { 'identifier.personal': { value, source: 'stated' } });
		const typed = openFacts(headerOf(baby, number('first', '008326001452')));
		const later = headerOf(baby, number('first', '008326001452'), number('x', '008326001453'));
		typed.identifier = '008326001459';
		followBook(typed, later);
		expect(typed.seen['identifier.personal']).toEqual([idOf('first')]);
		typed.identifier = '';
		followBook(typed, later);
		expect(typed.seen['identifier.personal']).toHaveLength(2);
	});
});

describe('two places that differ', () => {
	const elsewhere = facts(
		'elsewhere',
		factsSchema.parse({
			name: 'Lò Thị Kim Chi',
			birthDate: '2026-11-23T23:50',
			address: { commune: '08123', village: 'Bản Pình', detail: 'sau chợ' }
		})
	);
	const header = headerOf(baby, elsewhere);
	const offer = (name: 'birthDate' | 'address') => {
		const found = valuesToDecide(openFacts(header), header).find((one) => one.name === name);
		if (found === undefined) throw new Error('no conflict');
		return found;
	};

	it('are decided by the value chosen, with its time of birth and the detail of its address', () => {
		const typed = openFacts(header);
		for (const { value } of [...offer('birthDate').heads, ...offer('address').heads]) {
			const name = typeof value === 'string' ? 'birthDate' : 'address';
			decide(typed, offer(name), value);
			expect(isDecidedAs(typed, name, value)).toBe(true);
			expect(readFactsChange(typed, now)).toMatchObject({ ok: true, value: { [name]: value } });
		}
	});
	it('are seen whole by who decides, and by who opens the form', () => {
		const typed = openFacts(header);
		expect(typed.seen.name?.toSorted()).toEqual([idOf('baby'), idOf('elsewhere')].sort());
		const early = opened({ name: 'Lò Gia Bảo' });
		const third = headerOf(baby, elsewhere, facts('third', { name: 'Lò Kim' }));
		followBook(early, third);
		expect(early.seen.name).toEqual([idOf('baby')]);
		const names = valuesToDecide(early, third).find(({ name }) => name === 'name');
		if (names === undefined) throw new Error('no conflict');
		decide(early, names, 'Lò Kim');
		expect(early.seen.name).toHaveLength(3);
	});
});

describe('facts of one entry that are corrected', () => {
	const card = facts('card', {
		phone: '0382415607',
		'identifier.personal': { value: '008195000123', source: 'card' }
	});
	const header = headerOf(baby, card);
	const correct = (change: (typed: TypedFacts) => void) => {
		const typed = openFactsOf(header, idOf('card'));
		change(typed);
		return readFactsChange(typed, now);
	};

	it('are stated again whole, with what was changed and nothing of other entries', () => {
		const read = correct((typed) => {
			const [number] = typed.numbers;
			if (number !== undefined) number.value = '008 195 000 124';
		});
		expect(read).toEqual({
			ok: true,
			value: {
				phone: '0382415607',
				'identifier.personal': { value: '008195000124', source: 'card' }
			}
		});
	});
	it('keep each number of its kind', () => {
		for (const [value, code] of [
			['123456789', 'identifier-form'],
			['', 'required']
		] as const) {
			const read = correct((typed) => Object.assign(typed.numbers[0] ?? {}, { value }));
			expect(read).toMatchObject({ errors: [{ field: 'identifier.personal', code }] });
		}
	});
	it('begin with what the entry says where another place says something else', () => {
		const elsewhere = headerOf(baby, facts('elsewhere', { name: 'Lò Thị Kim Chi' }));
		for (const [of, name] of [
			['baby', 'Con chị Lò Thị Kim'],
			['elsewhere', 'Lò Thị Kim Chi']
		] as const) {
			const typed = openFactsOf(elsewhere, idOf(of));
			followBook(typed, elsewhere);
			expect(typed.name).toBe(name);
			expect(typed.seen.name).toEqual([idOf(of)]);
		}
	});
	it('leave out what was replaced since', () => {
		const typed = openFactsOf(headerOf(baby, phoned), idOf('baby'));
		expect(typed.restated).not.toContain('phone');
		expect(typed.restated).toContain('name');
		expect(areFactsChanged(typed)).toBe(false);
	});
});
