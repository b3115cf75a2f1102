/**
 * Search over all people of a device, in memory: one pass over columns in name order, so a keystroke costs
 * the same for any letter, and at most 50 hits are ever put together.
 *
 * Order of hits: numbers met exactly, exact spelling, people of this station, follow-up today, recently
 * opened, those who are called by what was typed, then the order of names.
 */
import { SEARCH_HITS_MAX } from '../limits.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import type { BookId } from '../ids.ts';
import { findLookAlikes, type LookAlike, type PersonInQuestion } from './look-alikes.ts';
import { columnsOf, type PeopleColumns } from './people-columns.ts';
import { parsePeopleQuery } from './people-query.ts';
import { compareRows, createDictionary, createNameOrder, rowOf, type Row } from './people-rows.ts';
import { SCORE_MAX, scorePeople, type PeopleScores } from './people-score.ts';
import type { PersonSummary } from './person-summary.ts';

export interface PersonHit {
	person: PersonSummary;
	/** Same name and birth year as another person here: show mother and village larger. */
	isAmbiguous: boolean;
}

export interface SearchContext {
	today: ClinicalDate;
	/** Codes of the station's commune: its people come first. */
	homeCommunes?: ReadonlySet<string> | undefined;
	recentlyOpened?: readonly BookId[] | undefined;
}

export interface PeopleIndex {
	readonly size: number;
	/** Adds a person, or replaces the row of the same book. */
	put(person: PersonSummary): void;
	remove(book: BookId): void;
	get(book: BookId): PersonSummary | undefined;
	/** Those on whom two places say different things, in the order of names. Kept while people come and go, so
	 * asking costs nothing for all the others. */
	inConflict(): PersonSummary[];
	/** Everybody, in the order of names. */
	people(): Generator<PersonSummary>;
	/** At most 50 hits; none for an empty query. */
	search(query: string, context: SearchContext): PersonHit[];
	/** People who may be the one being registered, likeliest first; at most 5. */
	findLookAlikes(question: PersonInQuestion): LookAlike[];
}

export function createPeopleIndex(summaries: Iterable<PersonSummary> = []): PeopleIndex {
	const dictionary = createDictionary();
	const rowByBook = new Map<BookId, Row>();
	const twins = new Map<string, number>();
	const undecided = new Set<Row>();
	const order = createNameOrder();
	let columns: PeopleColumns | undefined;

	function remove(book: BookId): void {
		const row = rowByBook.get(book);
		if (row === undefined) return;
		rowByBook.delete(book);
		undecided.delete(row);
		order.remove(row);
		twins.set(row.twinKey, (twins.get(row.twinKey) ?? 1) - 1);
		columns = undefined;
	}

	function put(person: PersonSummary): void {
		remove(person.book);
		const row = rowOf(person, dictionary);
		rowByBook.set(person.book, row);
		if (person.conflicts > 0) undecided.add(row);
		order.add(row);
		twins.set(row.twinKey, (twins.get(row.twinKey) ?? 0) + 1);
		columns = undefined;
	}

	function* people(): Generator<PersonSummary> {
		for (const row of order.rows()) yield row.person;
	}

	for (const person of summaries) put(person);
	return {
		get size() {
			return rowByBook.size;
		},
		put,
		remove,
		people,
		inConflict: () => [...undecided].sort(compareRows).map((row) => row.person),
		get: (book) => rowByBook.get(book)?.person,
		search(query, context) {
			const parsed = parsePeopleQuery(query, context.today);
			if (parsed.tokens.length === 0) return [];
			columns ??= columnsOf(order.rows());
			const scores = scorePeople(parsed, columns, dictionary.words);
			const recent = new Set(context.recentlyOpened?.map((book) => rowByBook.get(book)));
			return bestRows(columns, scores, context, recent).map((row) => ({
				person: row.person,
				isAmbiguous: (twins.get(row.twinKey) ?? 0) > 1
			}));
		},
		findLookAlikes: (question) => findLookAlikes(question, people())
	};
}

/** The best rows by class, then in name order; a class keeps no more than can be shown. */
function bestRows(
	{ rows, communes, followUps }: PeopleColumns,
	{ scores, isCalledSo }: PeopleScores,
	{ homeCommunes, today }: SearchContext,
	recent: ReadonlySet<Row | undefined>
): Row[] {
	const classes: Row[][] = Array.from({ length: (SCORE_MAX + 1) * 16 }, () => []);
	for (let at = 0; at < scores.length; at++) {
		const score = scores[at] ?? 0;
		const row = rows[at];
		if (score === 0 || row === undefined) continue;
		const rank =
			(SCORE_MAX - score) * 16 +
			(homeCommunes?.has(communes[at] ?? '') === true ? 0 : 8) +
			(followUps[at] === today ? 0 : 4) +
			(recent.has(row) ? 0 : 2) +
			(isCalledSo[at] === 1 ? 0 : 1);
		const list = classes[rank];
		if (list !== undefined && list.length < SEARCH_HITS_MAX) list.push(row);
	}
	return classes.flat().slice(0, SEARCH_HITS_MAX);
}
