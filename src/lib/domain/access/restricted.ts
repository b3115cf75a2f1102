/**
 * What the law restricts to a closed list of readers. The list stands here and not in the catalogue of
 * diagnoses, so that no imported edition can leave it out. It only grows: a label is written into the
 * signed entry once, and what one edition of the law restricts stays restricted.
 */
import type { BookEntry } from '../book/book-entry.ts';
import type { KnownContent } from '../book/content.ts';
import type { Basis, Label } from '../book/envelope.ts';
import type { EntryId } from '../ids.ts';
import { clinicalDateSchema } from '../time/clinical-schemas.ts';

/** ICD-10 codes, each with everything below it. */
export const RESTRICTED_CODES = [
	{
		from: clinicalDateSchema.parse('2007-01-01'),
		source:
			'Law 64/2006/QH11 on HIV/AIDS, articles 8 and 30, as amended by Law 71/2020/QH14: that a person ' +
			'has HIV is known only to those whom the law names',
		codes: [
			/** Disease by HIV. */
			...['B20', 'B21', 'B22', 'B23', 'B24'],
			/** Dementia in it; it in pregnancy, birth and childbed. */
			...['F02.4', 'O98.7'],
			/** Laboratory evidence; infection without symptoms. */
			...['R75', 'Z21'],
			/** Screening, exposure, counselling: in doubt the stricter reading, since they point to it. */
			...['Z11.4', 'Z20.6', 'Z71.7']
		]
	}
] as const;

const CODES = RESTRICTED_CODES.flatMap(({ codes }) => codes.map(withoutDot));

/** Is this ICD-10 code on the list, or below one that is? */
export function isRestrictedCode(code: string): boolean {
	const asked = withoutDot(code);
	return CODES.some((restricted) => asked.startsWith(restricted));
}

/** Does the entry itself say something that the law restricts? */
export function saysRestricted(content: BookEntry['content']): boolean {
	if (content.kind !== 'visit' && content.kind !== 'referral') return false;
	const { diagnoses = [] } = content.body;
	return diagnoses.some(({ code }) => code !== undefined && isRestrictedCode(code));
}

/**
 * The label of an entry about to be written: restricted by what it says, by the visit it belongs to, or by
 * what it amends or voids. `entries` are those of its book.
 */
export function labelOf(
	{ content, basedOn }: { content: KnownContent; basedOn?: readonly Basis[] | undefined },
	entries: readonly BookEntry[]
): Label {
	if (saysRestricted(content)) return 'restricted';
	const named = namedBy(content, basedOn);
	return entries.some((entry) => named.has(entry.id) && isRestricted(entry))
		? 'restricted'
		: 'general';
}

/**
 * Everything in a book that is restricted, as a reader must take it: by its label, by what it says where it
 * was labelled wrongly, and by naming such an entry.
 */
export function restrictedIn(entries: readonly BookEntry[]): Set<EntryId> {
	const restricted = new Set(entries.filter(isRestricted).map(({ id }) => id));
	const namesOne = ({ content, envelope }: BookEntry): boolean =>
		!namedBy(content, envelope.basedOn).isDisjointFrom(restricted);
	// An entry may stand before the one that it names.
	for (let before = -1; restricted.size > before;) {
		before = restricted.size;
		for (const entry of entries) if (namesOne(entry)) restricted.add(entry.id);
	}
	return restricted;
}

/** What an entry amends, voids or resolves, and the visit that it belongs to. */
function namedBy(
	content: BookEntry['content'],
	basedOn: readonly Basis[] | undefined
): Set<EntryId> {
	const named = new Set<EntryId>(basedOn?.map(({ id }) => id));
	const isOfVisit = content.kind === 'prescription' || content.kind === 'referral';
	if (isOfVisit && content.body.visit !== undefined) named.add(content.body.visit);
	return named;
}

/** A label that this version does not know is taken for the stricter one. */
function isRestricted(entry: BookEntry): boolean {
	return entry.envelope.label !== 'general' || saysRestricted(entry.content);
}

function withoutDot(code: string): string {
	return code.replace('.', '');
}
