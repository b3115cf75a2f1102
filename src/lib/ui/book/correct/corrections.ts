/** What this person can do about an entry: only acts that work are offered. */
import { mayCorrect } from '#lib/domain/access/may-correct.ts';
import { KINDS } from '#lib/domain/book/content.ts';
import type { PersonId } from '#lib/domain/ids.ts';
import type { FactViews, LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import { standingFacts } from '../facts/standing-facts.ts';

export type Correction = 'amend' | 'void' | 'move';

export function correctionsOf(
	item: Pick<TimelineItem, 'content' | 'status' | 'author' | 'otherBook'>,
	actor: { person: PersonId; role: string }
): Correction[] {
	const { content, status, author, otherBook } = item;
	// What stands in another book is corrected there; joined books are parted elsewhere.
	if (otherBook !== undefined || content?.kind === 'samePerson') return [];
	if (content === undefined || status !== 'current') return [];
	if (!mayCorrect(actor, { class: KINDS[content.kind].class, author })) return [];
	// Nothing in it could be put right, and it is of no other book.
	if (content.kind === 'differentPerson') return ['void'];
	// A value is replaced by the right one, never taken away.
	if (content.kind === 'facts') return ['amend'];
	return isNoneKnown(content) ? ['void', 'move'] : ['amend', 'void', 'move'];
}

/** Of facts only what nothing has replaced can be put right. */
export function isInForce(
	{ id, content }: Pick<TimelineItem, 'id' | 'content'>,
	facts: FactViews
): boolean {
	return content?.kind !== 'facts' || standingFacts(facts, id).length > 0;
}

/**
 * The version that somebody began to correct. When another place has amended it meanwhile it is still what
 * they correct: what they save stands beside the other version, and nothing typed is lost.
 */
export function versionToCorrect(
	timeline: readonly TimelineItem[],
	id: string | undefined
): TimelineItem | undefined {
	for (const item of timeline) {
		if (item.id === id) return item;
		const version = item.versions.find((one) => one.id === id && !one.isVoid);
		if (version !== undefined) return { ...item, ...version, rivals: [] };
	}
	return undefined;
}

/** There is nothing in it that could be put right. */
function isNoneKnown(content: LineContent): boolean {
	return content.kind === 'allergy' && content.body.finding === 'none-known';
}
