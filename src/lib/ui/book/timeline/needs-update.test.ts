/** A book with an entry of a kind that this version does not know, as it stands on the screen. */
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import {
	allergy,
	BOOK,
	facts,
	state,
	unknown,
	visit
} from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import CoverageNotes from '../banner/CoverageNotes.svelte';
import BookBanner from '../banner/BookBanner.svelte';
import MeasurementPanel from '../measurements/MeasurementPanel.svelte';
import VaccinationCard from '../vaccination/VaccinationCard.svelte';
import Timeline from './Timeline.svelte';

const today = '2026-11-24' as ClinicalDate;
const nameOf = () => undefined;
const communeName = () => undefined;
const onopen = () => undefined;
const decideHref = () => '';

function viewOf(...entries: BookEntry[]) {
	return projectBook(BOOK, entries, { isProductKnown: () => true, today });
}

function timelineOf(...entries: BookEntry[]): string {
	const { timeline } = viewOf(...entries);
	return render(Timeline, {
		props: { timeline, notSent: {}, newEntries: [], nameOf, communeName, onopen }
	}).body;
}

describe('a book with an entry of an unknown kind', () => {
	const seen = viewOf(visit('cough', 'Ho'), unknown('new'));

	it('says so in the timeline, beside what it can read', () => {
		const shown = timelineOf(visit('cough', 'Ho'), unknown('new'));
		expect(shown).toContain('Cần cập nhật ứng dụng');
		expect(shown).toContain('Mục này ghi bằng phiên bản mới hơn.');
		expect(shown).toContain('Ho');
		expect(timelineOf(visit('cough', 'Ho'))).not.toContain('Cần cập nhật');
	});

	it('says above the book how many wait for an update, and that nothing is lost', () => {
		const shown = render(CoverageNotes, { props: { view: seen, decideHref } }).body;
		expect(shown).toContain('1 mục ghi bằng phiên bản mới hơn');
	});

	it('shows no invented date where none can be read', () => {
		const entry = unknown('new', { at: '1880', ms: 0 });
		const envelope = { ...entry.envelope, isOccurredUnknown: true as const };
		const shown = timelineOf({ ...entry, envelope });
		expect(shown).toContain('Chưa đọc được ngày');
		expect(shown).not.toMatch(/1880|1970/);
	});
});

describe('what an entry of a newer version changes', () => {
	const dose = state('dose', {
		kind: 'immunization',
		body: { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L1' }
	});
	const weighed = state('w', { kind: 'observation', body: { measurements: { weight_g: 9_000 } } });
	const book = [dose, weighed, allergy('a', 'Penicillin'), facts('f', { name: 'Bàn Văn An' })];
	const newer = [
		unknown('n1', { effect: 'voids', basedOn: ['dose', 'w'] }),
		unknown('n2', { class: 'safety', basedOn: ['a'] }),
		unknown('n3', { class: 'fact', basedOn: ['f'] })
	];
	const screens = (...entries: BookEntry[]) => {
		const { vaccinations: card, measurements, header } = viewOf(...entries);
		return [
			render(VaccinationCard, { props: { card, nameOf, onopen } }).body,
			render(MeasurementPanel, { props: { measurements, today } }).body,
			render(BookBanner, { props: { header, today, communeName, decideHref } }).body
		];
	};

	it('is never shown plainly: card, measurements and header say it', () => {
		for (const shown of screens(...book, ...newer)) expect(shown).toMatch(/đã đổi bằng phiên bản/i);
		for (const shown of screens(...book)) expect(shown).not.toMatch(/đã đổi bằng phiên bản/i);
		const [, , header] = screens(...book, ...newer.slice(0, 2));
		expect(header).toContain('Penicillin, đã đổi bằng phiên bản mới hơn');
	});
});
