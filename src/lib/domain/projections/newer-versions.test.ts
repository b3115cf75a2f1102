/** What an older app shows of a book in which entries of a newer version change what it can read. */
import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { projectBook } from './project-book.ts';
import { projectSummary } from './project-summary.ts';
import {
	allergy,
	BOOK,
	facts,
	idOf,
	MORNING_MS,
	state,
	unknown,
	visit,
	voids,
	type Stated
} from './stated.fixture.ts';

const TODAY = '2026-11-24' as ClinicalDate;

function view(...entries: BookEntry[]) {
	const seen = projectBook(BOOK, entries, { isProductKnown: () => true, today: TODAY });
	// The list of people counts the same.
	expect(projectSummary(BOOK, entries, TODAY).needsUpdate).toBe(seen.needsUpdate.length);
	return seen;
}

const cough = visit('cough', 'Ho');
const newerVisit = (label: string, stated: Stated) => unknown(label, { kind: 'visit', ...stated });

describe('what a newer version replaces or voids is marked where it is shown', () => {
	const dose = state('dose', {
		kind: 'immunization',
		body: { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L1' }
	});
	const weighed = state('weighed', {
		kind: 'observation',
		body: { measurements: { weight_g: 9 } }
	});
	const book = [
		dose,
		weighed,
		allergy('a', 'Penicillin'),
		facts('f', { name: 'An', phone: '0900' })
	];
	const marks = (...newer: BookEntry[]) => {
		const { vaccinations, measurements, header } = view(...book, ...newer);
		return {
			dose: vaccinations.doses[0]?.isChangedByNewer,
			weight: measurements[0]?.isChangedByNewer,
			allergy: header.allergies[0]?.isChangedByNewer,
			name: header.facts.name?.shown.isChangedByNewer,
			phone: header.facts.phone?.shown.isChangedByNewer
		};
	};

	it('in the vaccination card, the measurements, the allergies and the facts', () => {
		expect(marks()).toEqual({});
		expect(marks(unknown('n', { effect: 'voids', basedOn: ['dose'] }))).toEqual({ dose: true });
		expect(marks(unknown('n', { basedOn: ['weighed'] }))).toEqual({ weight: true });
		expect(marks(unknown('n', { class: 'safety', basedOn: ['a'] }))).toEqual({ allergy: true });
		expect(marks(unknown('n', { class: 'fact', basedOn: [{ of: 'f', fact: 'phone' }] }))).toEqual({
			phone: true
		});
		expect(marks(unknown('n', { class: 'fact', basedOn: ['f'] }))).toEqual({
			name: true,
			phone: true
		});
	});

	it('also by an effect or a class that is not known here', () => {
		const newer = unknown('n', { effect: 'unknown', class: 'unknown', basedOn: ['dose'] });
		expect(marks(newer)).toEqual({ dose: true });
	});

	it('no longer once that is voided', () => {
		const newer = unknown('n', { basedOn: ['dose'] });
		expect(marks(newer, voids('undo', ['n']))).toEqual({});
	});
});

describe('an amendment that is built on a version not readable here', () => {
	const newer = newerVisit('newer', { basedOn: ['cough'], ms: MORNING_MS + 1 });
	const again = visit('again', 'Ho khan', { basedOn: ['newer'], ms: MORNING_MS + 2 });

	it('stands for what was before: one line with all versions, and nothing waits for an update', () => {
		const seen = view(cough, newer, again);
		expect(seen.timeline).toHaveLength(1);
		expect(seen.timeline[0]).toMatchObject({ id: idOf('again'), status: 'current', rivals: [] });
		expect(seen.timeline[0]?.versions.map(({ id }) => id)).toEqual([idOf('newer'), idOf('cough')]);
		expect(seen.needsUpdate).toEqual([]);
		expect(seen.conflicts).toEqual([]);
	});

	it('stands for it across several such versions', () => {
		const second = newerVisit('second', { basedOn: ['newer'], ms: MORNING_MS + 2 });
		const last = visit('last', 'Ho khan', { basedOn: ['second'], ms: MORNING_MS + 3 });
		const seen = view(cough, newer, second, last);
		expect(seen.timeline.map(({ id }) => id)).toEqual([idOf('last')]);
		expect(seen.needsUpdate).toEqual([]);
	});

	it('once voided leaves the first version shown and marked', () => {
		const seen = view(cough, newer, again, voids('undo', ['again']));
		expect(seen.timeline).toHaveLength(1);
		expect(seen.timeline[0]).toMatchObject({
			id: idOf('cough'),
			status: 'changed-by-newer-version'
		});
		expect(seen.needsUpdate).toEqual([idOf('newer')]);
		expect(seen.conflicts).toEqual([]);
	});

	it('joins nothing of another kind or class', () => {
		const other = unknown('other', { kind: 'bodyMap', basedOn: ['cough'] });
		const odd = visit('odd', 'Ho', { basedOn: ['other'] });
		expect(view(cough, other, odd).timeline).toHaveLength(3);
	});

	it('never takes an allergy out of the header', () => {
		const ofAllergy = unknown('n', { kind: 'allergy', class: 'safety', basedOn: ['a'] });
		const next = allergy('next', 'Amoxicillin', { basedOn: ['n'] });
		const { allergies } = view(allergy('a', 'Penicillin'), ofAllergy, next).header;
		expect(allergies).toHaveLength(2);
	});

	it('replaces facts across it', () => {
		const fact = 'phone';
		const ofFacts = unknown('n', { kind: 'facts', class: 'fact', basedOn: [{ of: 'f', fact }] });
		const next = facts('next', { phone: '0911' }, { basedOn: [{ of: 'n', fact }] });
		const seen = view(facts('f', { phone: '0900' }), ofFacts, next);
		expect(seen.header.facts.phone?.heads.map(({ value }) => value)).toEqual(['0911']);
		expect(seen.conflicts).toEqual([]);
	});

	it('costs time in proportion: ten thousand of them on a chain of such versions', () => {
		const entries = [cough];
		for (let n = 0; n < 5_000; n++)
			entries.push(newerVisit(`u${n}`, { basedOn: [n === 0 ? 'cough' : `u${n - 1}`] }));
		for (let n = 0; n < 4_999; n++) entries.push(visit(`w${n}`, 'Ho', { basedOn: ['u4999'] }));
		expect(view(...entries).timeline[0]?.rivals).toHaveLength(4_998);
	});
});

describe('an entry not readable here that was voided', () => {
	it('waits for no update', () => {
		const seen = view(unknown('n'), voids('undo', ['n']));
		expect(seen.needsUpdate).toEqual([]);
		expect(seen.timeline[0]?.status).toBe('voided');
	});
});

describe('a time not readable here', () => {
	it('is said to be unknown, and is not counted as late', () => {
		const entry = unknown('n', { at: '1880' });
		const dateless = {
			...entry,
			envelope: { ...entry.envelope, isOccurredUnknown: true as const }
		};
		const [item] = view(dateless).timeline;
		expect(item).toMatchObject({ isOccurredUnknown: true });
		expect(item).not.toHaveProperty('recordedLateDays');
	});
});
