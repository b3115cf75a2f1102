/**
 * What no device would record either: a line about a time that has not come, or from before the person was
 * born. The server takes such entries with a mark; the hospital is told while it can still correct the line.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import {
	birthsIn,
	checkAfterBirth,
	checkBirthDate,
	checkFollowUp,
	checkOccurred,
	type Invalid
} from '#lib/use-cases/check-input.ts';
import type { InboxLine } from './inbox-line.ts';

/** The first thing that cannot be about this line, in a book with these entries. */
export function checkLine(
	{ content, occurred }: Pick<InboxLine, 'content' | 'occurred'>,
	entries: readonly BookEntry[],
	nowMs: number
): Invalid | undefined {
	const isFromPaper = content.kind === 'immunization' && content.body.fromPaper === true;
	return (
		checkOccurred(occurred, nowMs, 'occurred', isFromPaper) ??
		checkBody(content, occurred, nowMs) ??
		(isAboutTheBody(content) ? checkAfterBirth(occurred, birthsIn(entries), 'occurred') : undefined)
	);
}

function checkBody(
	content: InboxLine['content'],
	occurred: InboxLine['occurred'],
	nowMs: number
): Invalid | undefined {
	switch (content.kind) {
		case 'facts':
			return checkBirthDate(content.body.birthDate, nowMs, 'body.birthDate');
		case 'visit':
			return checkFollowUp(content.body, occurred, 'body.followUp.date');
		case 'allergy':
			return content.body.finding === 'allergy' && content.body.since !== undefined
				? checkOccurred(content.body.since, nowMs, 'body.since', true)
				: undefined;
		case 'prescription':
		case 'immunization':
		case 'observation':
		case 'note':
			return undefined;
	}
}

/** Facts and notes may be about the time before a birth. */
function isAboutTheBody({ kind }: InboxLine['content']): boolean {
	return (
		kind === 'visit' || kind === 'prescription' || kind === 'immunization' || kind === 'observation'
	);
}
