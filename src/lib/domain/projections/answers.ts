/**
 * What somebody is told of what others did with something of theirs: a difference they were part of was decided,
 * an entry of theirs was amended or withdrawn, a book they wrote in was joined to another or parted from it.
 */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import type { Author } from '../book/envelope.ts';
import { statedFacts, type FactName } from '../book/facts.ts';
import type { EntryId, PersonId } from '../ids.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';

type Saying =
	| { type: 'decided'; facts: FactName[] }
	/** `kind`: of the entry that it is about. */
	| { type: 'amended' | 'withdrawn'; kind: string }
	| { type: 'joined' | 'parted' };

export type Answer = Saying & {
	/** Of the entry that says it. */
	id: EntryId;
	author: Author;
	occurred: ClinicalTime;
	recordedMs: number;
};

/** Only what `isNew`, oldest first as the entries are given. */
export function answersIn(
	entries: readonly BookEntry[],
	person: PersonId,
	isNew: (id: EntryId) => boolean
): Answer[] {
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	const hasWritten = entries.some(({ envelope }) => envelope.author.person === person);
	if (!hasWritten) return [];
	return entries.flatMap((entry): Answer[] => {
		const { author, occurred, recorded, basedOn = [] } = entry.envelope;
		if (author.person === person || !isNew(entry.id)) return [];
		const bases = basedOn.flatMap(({ id }) => byId.get(id) ?? []);
		const saying = sayingOf(entry, bases, person);
		return saying === undefined
			? []
			: [{ ...saying, id: entry.id, author, occurred, recordedMs: recorded.ms }];
	});
}

function sayingOf(
	entry: BookEntry,
	bases: readonly BookEntry[],
	person: PersonId
): Saying | undefined {
	if (isEntryOf(entry, 'samePerson')) return { type: 'joined' };
	const isVoid = entry.content.kind === 'void';
	if (isVoid && bases.some((basis) => isEntryOf(basis, 'samePerson'))) return { type: 'parted' };
	const own = bases.find(({ envelope }) => envelope.author.person === person);
	if (own === undefined) return undefined;
	const { kind } = own.envelope;
	if (isVoid) return { type: 'withdrawn', kind };
	// A new phone number is no answer to whoever wrote the old one; a choice between two is.
	if (!isEntryOf(entry, 'facts')) return { type: 'amended', kind };
	if (entry.envelope.effect !== 'resolves') return undefined;
	return { type: 'decided', facts: statedFacts(entry.content.body) };
}
