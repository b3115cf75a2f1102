/** A value that two places state differently, wherever somebody goes by it. */
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { BOOK, facts, visit } from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalDate, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { keyOfEvent, keyOfFact, type EventItem } from '../../inbox/inbox-items.ts';
import VisitPage from '../../citizen/VisitPage.svelte';
import VaccinationPage from '../../print/VaccinationPage.svelte';
import { disputedFacts, statedValues } from '../stated-values.ts';
import FactsPanel from '../info/FactsPanel.svelte';
import BookBanner from './BookBanner.svelte';
import CoverageNotes from './CoverageNotes.svelte';
import FormBanner from './FormBanner.svelte';
import IdentityBar from './IdentityBar.svelte';

const today = '2026-11-24' as ClinicalDate;
const nameOf = () => undefined;
const communeName = () => undefined;
const born = (date: string) => ({ birthDate: date as PartialDate });

function viewOf(...entries: BookEntry[]) {
	return projectBook(BOOK, entries, { isProductKnown: () => true, today });
}

const { header } = viewOf(
	facts('f', { name: 'Bàn Văn An', ...born('2020-05-14') }),
	facts('g', born('2020-05-15'), { by: 'midwife' })
);
const decideHref = (fact: Parameters<typeof keyOfFact>[1]) => `/decide/${keyOfFact(BOOK, fact)}`;
const eventHref = (type: EventItem['type'], { id }: TimelineItem) =>
	`/decide/${keyOfEvent(BOOK, type, id)}`;
const onback = () => undefined;

describe('a birth date that two places state differently', () => {
	it('stands with both values before a needle and above every form', () => {
		const bars = [
			render(IdentityBar, { props: { header, onback } }).body,
			render(FormBanner, { props: { header, today, note: '', onback } }).body
		];
		for (const shown of bars) {
			expect(shown).toContain('14/05/2020');
			expect(shown).toContain('15/05/2020');
			expect(shown).toContain('Hai nơi ghi khác nhau');
		}
	});

	it('leads to the decision from the book and from its details', () => {
		const panel = { header, nowMs: 0, nameOf, communeName, decideHref };
		const pages = [
			render(BookBanner, { props: { header, today, communeName, decideHref } }).body,
			render(FactsPanel, { props: panel }).body
		];
		for (const shown of pages) expect(shown).toContain(`href="${decideHref('birthDate')}"`);
	});
});

describe('the same birth date on paper and for the family', () => {
	const view = viewOf(
		facts('f', { name: 'Bàn Văn An', ...born('2020-05-14') }),
		facts('g', born('2020-05-15'), { by: 'midwife' }),
		visit('cough', 'Ho')
	);
	const BOTH = '15/05/2020 / 14/05/2020';

	it('is named with what else is in dispute, and nothing that is not', () => {
		expect(disputedFacts(view.header)).toEqual(['birthDate']);
		expect(statedValues(view.header, 'birthDate')).toBe(BOTH);
		expect(statedValues(view.header, 'name')).toBe('Bàn Văn An');
		expect(statedValues(view.header, 'phone')).toBe('');
	});

	it('stands with both values on the vaccination page and on a visit', () => {
		const item = view.timeline.find((one) => one.content?.kind === 'visit');
		const paper = {
			view,
			paper: 'a5' as const,
			today,
			facility: 'Trạm',
			printedBy: { name: 'Mai', role: '' },
			address: 'https://x',
			nameOf,
			communeName
		};
		expect(render(VaccinationPage, { props: paper }).body).toContain(BOTH);
		const member = { book: BOOK, relation: 'own' as const, view };
		const shown = render(VisitPage, { props: { member, visit: item as never, nameOf } }).body;
		expect(shown).toContain(BOTH);
	});
});

describe('an entry that two places amended', () => {
	it('is said above the book, with the way to the decision', () => {
		const view = viewOf(
			visit('cough', 'Ho'),
			visit('a', 'Ho khan', { basedOn: ['cough'] }),
			visit('b', 'Ho có đờm', { basedOn: ['cough'], by: 'midwife' })
		);
		const shown = render(CoverageNotes, {
			props: { view, decideHref: eventHref }
		}).body;
		expect(shown).toContain(`href="/decide/${BOOK}-amended-twice-`);
	});
});
