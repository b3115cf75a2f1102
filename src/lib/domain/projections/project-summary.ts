/**
 * `projectSummary`: what lists and search know of a person, computed from the same parts as the whole
 * view but without building lines nobody looks at; it runs for every book of a first sync.
 */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import type { Kind } from '../book/content.ts';
import { IDENTIFIER_KINDS } from '../book/identifiers.ts';
import type { BookId } from '../ids.ts';
import type {
	GuardianSummary,
	IdentifierSummary,
	PersonSummary
} from '../people/person-summary.ts';
import type { ClinicalDate, ClinicalTime } from '../time/clinical-time.ts';
import { createActivity } from './activity.ts';
import type { FactViews, GuardianView } from './book-view.ts';
import { projectConflicts } from './conflicts.ts';
import { createEntrySet } from './entry-set.ts';
import { projectAllergies, projectGuardians } from './header.ts';
import { openPromise } from './follow-up.ts';
import { projectFacts } from './heads.ts';
import { createThreads, type Thread } from './threads.ts';

const SUMMARISED: ReadonlySet<string> = new Set<Kind>([
	'facts',
	'guardianLink',
	'allergy',
	'visit'
]);

/** Does a summary look into the bodies of entries of this kind? */
export function isSummarised(kind: string): boolean {
	return SUMMARISED.has(kind);
}

/** @param today the day it is in Vietnam: which guardian links are in force. */
export function projectSummary(
	book: BookId,
	entries: Iterable<BookEntry>,
	today: ClinicalDate
): PersonSummary {
	const set = createEntrySet(entries);
	const activity = createActivity(set);
	const threads = createThreads(set, activity);
	const facts = projectFacts(set, activity);
	const guardians = projectGuardians(threads, today).filter((guardian) => guardian.isCurrent);
	const guardianPhone = facts.phone === undefined ? phoneOf(guardians) : undefined;
	const lastSeen = lastSeenAt(threads);
	const followUp = promisedFollowUp(threads);
	return {
		book,
		...searchableFacts(facts),
		guardians: eachNameOnce(guardians),
		...(guardianPhone === undefined ? {} : { guardianPhone }),
		allergies: projectAllergies(threads).allergies.length,
		conflicts: projectConflicts(set, activity, facts, threads).length,
		needsUpdate: activity.unreadable.length,
		...(lastSeen === undefined ? {} : { lastSeen }),
		...(followUp === undefined ? {} : { followUp }),
		entries: set.entries.length
	};
}

type SearchableFacts = Pick<
	PersonSummary,
	| 'names'
	| 'birthDate'
	| 'otherBirthDates'
	| 'sex'
	| 'commune'
	| 'village'
	| 'household'
	| 'phones'
	| 'identifiers'
	| 'pastIdentifiers'
>;

function searchableFacts(facts: FactViews): SearchableFacts {
	const address = facts.address?.shown.value;
	const searchable: SearchableFacts = {
		names: unique([...valuesOf(facts.name?.heads), ...valuesOf(facts.name?.past)]),
		phones: valuesOf(facts.phone?.heads),
		identifiers: identifiersIn(facts, 'heads')
	};
	const pastIdentifiers = identifiersIn(facts, 'past').filter(
		({ kind, value }) =>
			!searchable.identifiers.some((one) => one.kind === kind && one.value === value)
	);
	if (pastIdentifiers.length > 0) searchable.pastIdentifiers = pastIdentifiers;
	const [birthDate, ...otherBirthDates] = valuesOf(facts.birthDate?.heads);
	if (birthDate !== undefined) searchable.birthDate = birthDate;
	if (otherBirthDates.length > 0) searchable.otherBirthDates = otherBirthDates;
	if (facts.sex !== undefined) searchable.sex = facts.sex.shown.value;
	if (address !== undefined) searchable.commune = address.commune;
	if (address?.village !== undefined) searchable.village = address.village;
	if (facts.household !== undefined) searchable.household = facts.household.shown.value;
	return searchable;
}

function identifiersIn(facts: FactViews, part: 'heads' | 'past'): IdentifierSummary[] {
	return IDENTIFIER_KINDS.flatMap((kind) => {
		const stated = valuesOf(facts[`identifier.${kind}`]?.[part]);
		return unique(stated.map(({ value }) => value)).map((value) => ({ kind, value }));
	});
}

function valuesOf<T>(heads: readonly { value: T }[] = []): T[] {
	return heads.map((head) => head.value);
}

/** One person written down twice stays with the first, which is the mother where there is one. */
function eachNameOnce(guardians: readonly GuardianView[]): GuardianSummary[] {
	const byName = new Map<string, GuardianSummary>();
	for (const { link } of guardians)
		if (!byName.has(link.name)) byName.set(link.name, { name: link.name, relation: link.relation });
	return [...byName.values()];
}

function phoneOf(guardians: readonly GuardianView[]): string | undefined {
	return guardians.find(({ link }) => link.phone !== undefined)?.link.phone;
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}

function lastSeenAt(threads: readonly Thread[]): ClinicalTime | undefined {
	let last: ClinicalTime | undefined;
	for (const { shown, heads } of threads) {
		const kind = shown.content.kind;
		if (heads.length === 0 || (kind !== 'visit' && kind !== 'immunization')) continue;
		if (last === undefined || shown.envelope.occurred > last) last = shown.envelope.occurred;
	}
	return last;
}

function promisedFollowUp(threads: readonly Thread[]): ClinicalDate | undefined {
	const visits = threads
		.filter(({ heads, shown }) => heads.length > 0 && shown.content.kind === 'visit')
		.map(({ shown }) => ({ occurred: shown.envelope.occurred, followUp: followUpOf(shown) }));
	return openPromise(visits)?.followUp;
}

function followUpOf(entry: BookEntry): ClinicalDate | undefined {
	return isEntryOf(entry, 'visit') ? entry.content.body.followUp?.date : undefined;
}
