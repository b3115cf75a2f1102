import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { BookId } from '../ids.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { projectBook } from './project-book.ts';
import { projectJoined } from './project-joined.ts';
import { allergy, BOOK, facts, idOf, state, visit, voids } from './stated.fixture.ts';

const deps = { isProductKnown: () => true, today: '2026-11-24' as ClinicalDate };
const OTHER = idOf('other') as string as BookId;

const inOther = (entry: BookEntry): BookEntry => ({
	...entry,
	envelope: { ...entry.envelope, book: OTHER }
});
const same = (label: string, other: BookId) =>
	state(label, { kind: 'samePerson', body: { other } });
const dose = (label: string, lot?: string) =>
	state(label, {
		kind: 'immunization',
		body: { product: { name: 'BCG' }, antigens: ['BCG'], ...(lot === undefined ? {} : { lot }) }
	});

const HERE = [same('here', OTHER), facts('a', { name: 'Lò Thị Mai' }), visit('cough', 'Ho')];
const THERE = [
	same('there', BOOK),
	facts('b', { name: 'Lò Mai' }),
	allergy('penicillin', 'Penicillin'),
	visit('fever', 'Sốt')
].map(inOther);

const joined = (own: readonly BookEntry[], other: readonly BookEntry[]) =>
	projectJoined({ book: BOOK, entries: own }, [{ book: OTHER, entries: other }], deps);

describe('two books of one person', () => {
	it('show what must not be given in either, and where each line stands', () => {
		const { header, timeline } = joined(HERE, THERE);
		expect(header.allergyState).toBe('listed');
		expect(header.allergies).toMatchObject([
			{ id: idOf('penicillin'), allergy: { substance: 'Penicillin' }, otherBook: OTHER }
		]);
		const origins = Object.fromEntries(timeline.map((line) => [line.id, line.otherBook]));
		expect(origins).toMatchObject({ [idOf('fever')]: OTHER });
		expect(origins[idOf('cough')]).toBeUndefined();
		expect(timeline).toHaveLength(HERE.length + THERE.length);
	});

	it('are one view whatever order and repetition the entries come in', () => {
		const once = joined(HERE, THERE);
		expect(joined([...HERE].reverse(), [...THERE, ...THERE].reverse())).toEqual(once);
	});

	it('keep what they say differently of the person as a conflict', () => {
		expect(joined(HERE, THERE).conflicts).toMatchObject([{ type: 'fact', fact: 'name' }]);
	});

	it('show first what the book that is open says of the person, also where the other said it later', () => {
		const later = inOther(facts('later', { name: 'Lò Mai' }, { at: '2026-11-24T09:00' }));
		const { name } = joined(HERE, [later]).header.facts;
		expect(name?.shown.value).toBe('Lò Thị Mai');
		expect(name?.heads.map(({ value }) => value)).toEqual(['Lò Thị Mai', 'Lò Mai']);
	});

	it('have one line for a dose that both record, which stands in the own book', () => {
		const { vaccinations } = joined([...HERE, dose('d1')], [...THERE, inOther(dose('d2', 'L-1'))]);
		expect(vaccinations.doses).toHaveLength(1);
		expect(vaccinations.doses[0]).not.toHaveProperty('otherBook');
		expect(vaccinations.doses[0]?.witnesses.map(({ otherBook }) => otherBook).sort()).toEqual([
			OTHER,
			undefined
		]);
	});

	it('name each other, and never themselves', () => {
		expect(joined(HERE, THERE).joined).toEqual([OTHER]);
	});

	it('cannot withdraw what stands in the other', () => {
		const hostile = voids('hostile', ['penicillin'], { class: 'safety' });
		expect(joined([...HERE, hostile], THERE).header.allergies).toHaveLength(1);
		const within = inOther(voids('within', ['penicillin'], { class: 'safety' }));
		expect(joined(HERE, [...THERE, within]).header.allergies).toHaveLength(0);
	});

	it('are by themselves what they were', () => {
		const { header, timeline } = projectBook(BOOK, HERE, deps);
		expect(header.allergyState).toBe('never-asked');
		expect(timeline).toHaveLength(HERE.length);
	});
});
