import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '../time/clinical-time.ts';
import type { BookHeader } from './book-view.ts';
import { projectBook } from './project-book.ts';
import { allergy, BOOK, idOf, noneKnown, state, visit, voids } from './stated.fixture.ts';

function header(entries: BookEntry[], today = '2026-11-24'): BookHeader {
	const deps = { isProductKnown: () => true, today: today as ClinicalDate };
	return projectBook(BOOK, entries, deps).header;
}

const substances = (seen: BookHeader) =>
	seen.allergies.map(({ allergy: { substance } }) => substance);
const undo = (label: string, target: string) => voids(label, [target], { class: 'safety' });

describe('allergies in the header', () => {
	const penicillin = allergy('penicillin', 'Penicillin', { at: '2026-01-01' });
	const peanut = allergy('peanut', 'Lạc', { at: '2026-02-01' });

	it('are a union, newest first', () => {
		expect(substances(header([penicillin, peanut]))).toEqual(['Lạc', 'Penicillin']);
		expect(header([penicillin]).allergyState).toBe('listed');
	});

	it('say whether anybody asked', () => {
		expect(header([]).allergyState).toBe('never-asked');
		expect(header([])).not.toHaveProperty('allergyAskedAt');
		const asked = header([noneKnown('n', { at: '2026-03-01' }), noneKnown('o', { at: '2025' })]);
		expect(asked).toMatchObject({ allergyState: 'none-known', allergyAskedAt: '2026-03-01' });
	});

	it('are not hidden by somebody stating later that none is known', () => {
		const seen = header([penicillin, noneKnown('n', { at: '2026-11-24' })]);
		expect(substances(seen)).toEqual(['Penicillin']);
		expect(seen).toMatchObject({ allergyState: 'listed', allergyAskedAt: '2026-11-24' });
	});

	it('leave only by a void of exactly that entry', () => {
		const seen = header([penicillin, peanut, undo('v', 'penicillin')]);
		expect(substances(seen)).toEqual(['Lạc']);
	});

	it('come back when that void is voided', () => {
		const entries = [penicillin, undo('v', 'penicillin'), undo('w', 'v')];
		expect(substances(header(entries))).toEqual(['Penicillin']);
	});

	it('are not touched by a void that takes them for an event', () => {
		expect(substances(header([penicillin, voids('v', ['penicillin'])]))).toEqual(['Penicillin']);
	});

	it('are not replaced by an entry of another kind', () => {
		const note = visit('note', 'x', { basedOn: ['penicillin'] });
		expect(substances(header([penicillin, note]))).toEqual(['Penicillin']);
	});

	it('are replaced by a corrected version', () => {
		const corrected = allergy('corrected', 'Amoxicillin', { basedOn: ['penicillin'] });
		expect(substances(header([penicillin, corrected]))).toEqual(['Amoxicillin']);
	});

	it('can be refuted by a replacement that states none', () => {
		const refuted = noneKnown('refuted', { basedOn: ['penicillin'], reason: 'tested' });
		expect(header([penicillin, refuted]).allergyState).toBe('none-known');
	});

	it('are all shown when amended apart', () => {
		const one = allergy('one', 'Amoxicillin', { basedOn: ['penicillin'] });
		const two = allergy('two', 'Ampicillin', { basedOn: ['penicillin'] });
		expect(substances(header([penicillin, one, two])).sort()).toEqual([
			'Amoxicillin',
			'Ampicillin'
		]);
	});

	it('stay when the correction was voided, even if somebody had built on it', () => {
		const one = allergy('one', 'Amoxicillin', { basedOn: ['penicillin'] });
		const two = allergy('two', 'Ampicillin', { basedOn: ['one'] });
		const seen = header([penicillin, one, two, undo('v', 'one')]);
		expect(substances(seen).sort()).toEqual(['Ampicillin', 'Penicillin']);
	});
});

describe('guardians in the header', () => {
	const link = (label: string, until?: string, from?: string) =>
		state(label, {
			kind: 'guardianLink',
			body: {
				name: label,
				relation: 'mother',
				...(until === undefined ? {} : { until: until as PartialDate }),
				...(from === undefined ? {} : { from: from as PartialDate })
			}
		});

	it('are in force up to and including their last day', () => {
		const entries = [link('lan', '2026-11-24')];
		expect(header(entries, '2026-11-24').guardians[0]?.isCurrent).toBe(true);
		expect(header(entries, '2026-11-25').guardians[0]?.isCurrent).toBe(false);
	});

	it('are in force from their first day', () => {
		const entries = [link('lan', undefined, '2026-11-24')];
		expect(header(entries, '2026-11-23').guardians[0]?.isCurrent).toBe(false);
		expect(header(entries, '2026-11-24').guardians[0]?.isCurrent).toBe(true);
	});

	it('list those in force first and keep the others', () => {
		const seen = header([link('past', '2020'), link('present')]);
		expect(seen.guardians.map(({ id }) => id)).toEqual([idOf('present'), idOf('past')]);
	});

	it('stand newest first within one relation', () => {
		const older = link('older');
		older.envelope.occurred = '2020' as ClinicalTime;
		const seen = header([older, link('newer')]);
		expect(seen.guardians.map(({ id }) => id)).toEqual([idOf('newer'), idOf('older')]);
	});

	it('leave when voided', () => {
		expect(header([link('lan'), voids('v', ['lan'])]).guardians).toEqual([]);
	});
});
