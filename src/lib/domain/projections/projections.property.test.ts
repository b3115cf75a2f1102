/** What holds for every book, also for ones no honest person would write. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { Content } from '../book/content.ts';
import type { Envelope } from '../book/envelope.ts';
import type { EntryId } from '../ids.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import type { BookView } from './book-view.ts';
import { projectBook } from './project-book.ts';
import { projectSummary } from './project-summary.ts';
import { BOOK, state } from './stated.fixture.ts';

const TODAY = '2026-11-24' as ClinicalDate;
const deps = { isProductKnown: (code: string) => code === 'BCG-VN', today: TODAY };
const view = (entries: BookEntry[]) => projectBook(BOOK, entries, deps);

const names = fc.constantFrom('An', 'Bình', 'Châu');
const contents: fc.Arbitrary<Content> = fc.oneof(
	fc.record({ name: names }).map((body): Content => ({ kind: 'facts', body })),
	fc
		.record({ name: names, phone: fc.constantFrom('0900000001', '0900000002') })
		.map((body): Content => ({ kind: 'facts', body })),
	fc
		.record({ reason: names, measurements: fc.constant({ weight_g: 3_000 }) })
		.map((body): Content => ({ kind: 'visit', body })),
	fc
		.record({
			product: fc.record({ name: names, code: fc.constantFrom('BCG-VN', 'X1') }),
			antigens: fc.constantFrom<string[][]>(['BCG'], ['HepB', 'Hib']),
			lot: fc.constantFrom('L1', 'L2')
		})
		.map((body): Content => ({ kind: 'immunization', body })),
	fc.record({ substance: names }).map(({ substance }): Content => ({
		kind: 'allergy',
		body: { finding: 'allergy', substance, category: 'drug', severity: 'mild' }
	})),
	fc.constant<Content>({ kind: 'allergy', body: { finding: 'none-known' } }),
	fc.constant<Content>({ kind: 'void', body: {} }),
	fc.constant<Content>({ kind: 'void', body: {} }),
	fc.constant<Content>({ kind: 'unknown' })
);
const effects = fc.constantFrom<Envelope['effect']>('adds', 'replaces', 'voids', 'resolves');
const times = fc.constantFrom('2026', '2026-11', '2026-11-23', '2026-11-24', '2026-11-24T08:00');

interface Step {
	content: Content;
	effect: Envelope['effect'];
	class: Envelope['class'] | undefined;
	at: string;
	ms: number;
	/** Which earlier entries it is based on, as fractions of the book so far. */
	bases: { at: number; fact: 'name' | 'phone' | undefined }[];
}

const steps: fc.Arbitrary<Step[]> = fc.array(
	fc.record({
		content: contents,
		effect: effects,
		class: fc.constantFrom<Step['class'][]>(undefined, undefined, 'safety', 'fact', 'event'),
		at: times,
		ms: fc.constantFrom(0, 1, 1_795_000_000_000),
		bases: fc.array(
			fc.record({
				at: fc.double({ min: 0, max: 0.999, noNaN: true }),
				fact: fc.constantFrom<'name' | 'phone' | undefined>(undefined, undefined, 'name', 'phone')
			}),
			{ maxLength: 3 }
		)
	}),
	{ maxLength: 14 }
);

/** Voids always void; the others do what was drawn, as far as there is something to be based on. */
function entriesOf(drawn: Step[]): BookEntry[] {
	const entries: BookEntry[] = [];
	for (const [at, step] of drawn.entries()) {
		const basedOn = step.bases
			.filter(() => at > 0)
			.map(({ at: fraction, fact }) => {
				const of = `e${Math.floor(fraction * at)}`;
				return fact === undefined ? of : { of, fact };
			});
		const effect = step.content.kind === 'void' ? 'voids' : step.effect;
		const isAdding = basedOn.length === 0 || effect === 'adds';
		const isClassFree = step.content.kind === 'void' || step.content.kind === 'unknown';
		const stated = {
			at: step.at,
			ms: step.ms,
			...(isClassFree && step.class && { class: step.class })
		};
		entries.push(state(`e${at}`, step.content, isAdding ? stated : { ...stated, effect, basedOn }));
	}
	return entries;
}

const books = steps.map(entriesOf);

function idsShown(seen: BookView): Set<EntryId> {
	return new Set(
		seen.timeline.flatMap((item) => [item.id, ...item.versions.map((version) => version.id)])
	);
}

describe('every book', () => {
	it('is the same in any order and any repetition', () => {
		const shuffled = books.chain((entries) =>
			fc.record({
				entries: fc.constant(entries),
				arrived: fc
					.tuple(
						fc.shuffledSubarray(entries, { minLength: entries.length }),
						fc.shuffledSubarray(entries)
					)
					.map(([all, again]) => [...all, ...again])
			})
		);
		fc.assert(
			fc.property(shuffled, ({ entries, arrived }) => {
				expect(view(arrived)).toEqual(view(entries));
				expect(projectSummary(BOOK, arrived, TODAY)).toEqual(projectSummary(BOOK, entries, TODAY));
			}),
			{ numRuns: 600 }
		);
	});

	it('shows every entry that is no void, as a line or as a version of one, exactly once', () => {
		fc.assert(
			fc.property(books, (entries) => {
				const seen = view(entries);
				const expected = entries.filter(({ content }) => content.kind !== 'void');
				const shown = seen.timeline.flatMap((item) => [item, ...item.versions]);
				expect(shown.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
			}),
			{ numRuns: 600 }
		);
	});

	it('loses nothing by an unrelated entry', () => {
		fc.assert(
			fc.property(books, contents, times, (entries, content, at) => {
				const before = view(entries);
				const after = view([...entries, state('unrelated', content, { at })]);
				for (const item of before.timeline) expect(after.timeline).toContainEqual(item);
				expect(idsShown(after).isSupersetOf(idsShown(before))).toBe(true);
				for (const allergy of before.header.allergies)
					expect(after.header.allergies).toContainEqual(allergy);
				for (const measurement of before.measurements)
					expect(after.measurements).toContainEqual(measurement);
				const values = (seen: BookView) => seen.header.facts.name?.heads.map((head) => head.value);
				expect(values(after) ?? []).toEqual(expect.arrayContaining(values(before) ?? []));
				const witnesses = (seen: BookView) =>
					seen.vaccinations.doses.flatMap((dose) => dose.witnesses);
				expect(witnesses(after)).toEqual(expect.arrayContaining(witnesses(before)));
				expect(after.conflicts.length).toBeGreaterThanOrEqual(before.conflicts.length);
			}),
			{ numRuns: 600 }
		);
	});

	it('keeps every allergy that no safety entry names', () => {
		fc.assert(
			fc.property(books, (entries) => {
				const named = new Set(
					entries
						.filter(({ envelope }) => envelope.class === 'safety')
						.flatMap(({ envelope }) => envelope.basedOn ?? [])
						.map(({ id }) => id)
				);
				const untouched = entries.filter(
					({ id, content }) =>
						content.kind === 'allergy' && content.body.finding === 'allergy' && !named.has(id)
				);
				const listed = view(entries).header.allergies.map(({ id }) => id);
				expect(listed).toEqual(expect.arrayContaining(untouched.map(({ id }) => id)));
			}),
			{ numRuns: 600 }
		);
	});

	it('has a summary that agrees with the view', () => {
		fc.assert(
			fc.property(books, (entries) => {
				const seen = view(entries);
				expect(projectSummary(BOOK, entries, TODAY)).toMatchObject({
					allergies: seen.header.allergies.length,
					conflicts: seen.conflicts.length,
					needsUpdate: seen.needsUpdate.length,
					entries: entries.length
				});
			}),
			{ numRuns: 300 }
		);
	});
});
