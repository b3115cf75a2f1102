/**
 * Several books of one person, shown as one: the union of their entries, each in its own book still. So what
 * must not be given is the union too, two records of one dose are one line, and what the books say
 * differently of the person is a visible conflict. Nothing is copied: the view of each book by itself stays
 * what it was.
 */
import type { BookEntry } from '../book/book-entry.ts';
import type { BookId, EntryId } from '../ids.ts';
import type { FactName } from '../book/facts.ts';
import type { BookView, DoseLine, FactView, FactViews, Source } from './book-view.ts';
import { projectBook, type ProjectionDeps } from './project-book.ts';

export interface BookEntries {
	book: BookId;
	entries: readonly BookEntry[];
}

/** `own`: the book that is opened; what stands in one of `others` is marked with it. */
export function projectJoined(
	own: BookEntries,
	others: readonly BookEntries[],
	deps: ProjectionDeps
): BookView {
	const origins = originsOf(own, others);
	const entries = [own, ...others].flatMap(withinItself);
	const view = projectBook(own.book, entries, deps);
	return { ...markOrigins(view, origins), joined: view.joined.filter((book) => book !== own.book) };
}

function originsOf(own: BookEntries, others: readonly BookEntries[]): ReadonlyMap<EntryId, BookId> {
	const origins = new Map<EntryId, BookId>();
	for (const { book, entries } of others) for (const { id } of entries) origins.set(id, book);
	for (const { id } of own.entries) origins.delete(id);
	return origins;
}

/** An entry speaks of its own book only: none may withdraw or replace what stands in another. */
function withinItself({ entries }: BookEntries): BookEntry[] {
	const ids = new Set(entries.map(({ id }) => id));
	return entries.map((entry) => {
		const { basedOn } = entry.envelope;
		if (basedOn === undefined || basedOn.every(({ id }) => ids.has(id))) return entry;
		const known = basedOn.filter(({ id }) => ids.has(id));
		return { ...entry, envelope: { ...entry.envelope, basedOn: known } };
	});
}

function markOrigins(view: BookView, origins: ReadonlyMap<EntryId, BookId>): BookView {
	const mark = <Shown extends Source>(shown: Shown): Shown => {
		const otherBook = origins.get(shown.id);
		return otherBook === undefined ? shown : { ...shown, otherBook };
	};
	const { header, vaccinations } = view;
	return {
		...view,
		header: {
			...header,
			facts: ownFirst(header.facts, origins),
			allergies: header.allergies.map(mark),
			guardians: header.guardians.map(mark)
		},
		timeline: view.timeline.map(mark),
		measurements: view.measurements.map(mark),
		vaccinations: {
			...vaccinations,
			doses: vaccinations.doses.map((dose): DoseLine => {
				const witnesses = dose.witnesses.map(mark);
				const isHere = witnesses.some(({ otherBook }) => otherBook === undefined);
				return { ...(isHere ? dose : mark(dose)), witnesses };
			})
		}
	};
}

/** Whoever opens a book sees first what that book says of the person, also where another says it later. */
function ownFirst(facts: FactViews, origins: ReadonlyMap<EntryId, BookId>): FactViews {
	const isOwn = (head: FactView<FactName>['shown']): boolean =>
		head.sources.some(({ id }) => !origins.has(id));
	const ordered: FactViews = {};
	for (const [name, view] of Object.entries(facts)) {
		const heads = [...view.heads].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
		Object.assign(ordered, { [name]: { ...view, heads, shown: heads[0] ?? view.shown } });
	}
	return ordered;
}
