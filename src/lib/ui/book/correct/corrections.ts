/** What this person can do about an entry: only acts that work are offered. */
import { mayCorrect } from '#lib/domain/access/may-correct.ts';
import { KINDS } from '#lib/domain/book/content.ts';
import type { PersonId } from '#lib/domain/ids.ts';
import type { LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';

export type Correction = 'amend' | 'void' | 'move';

/** Kinds with a form that can be opened with what was written. */
const WITH_FORM: readonly LineContent['kind'][] = ['visit', 'immunization', 'allergy'];
/** Facts have their own form, which never takes a value away; joined books are parted elsewhere. */
const NOT_HERE: readonly LineContent['kind'][] = ['facts', 'samePerson'];

export function correctionsOf(
	item: Pick<TimelineItem, 'content' | 'status' | 'author' | 'otherBook'>,
	actor: { person: PersonId; role: string }
): Correction[] {
	const { content, status, author, otherBook } = item;
	// What stands in another book is corrected there.
	if (otherBook !== undefined) return [];
	if (content === undefined || status !== 'current' || NOT_HERE.includes(content.kind)) return [];
	if (!mayCorrect(actor, { class: KINDS[content.kind].class, author })) return [];
	const isAmendable = WITH_FORM.includes(content.kind) && !isNoneKnown(content);
	return isAmendable ? ['amend', 'void', 'move'] : ['void', 'move'];
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
