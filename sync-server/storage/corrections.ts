/** Requests for correction and their answers: each a row of its own that nothing changes. */
import type { CitizenRelation } from '#lib/domain/access/access-table.ts';
import type { CorrectionOutcome } from '#lib/domain/access/correction-request.ts';
import type { BookId, DeviceId, EntryId, PersonId } from '#lib/domain/ids.ts';

export interface NewCorrectionRequest {
	at: number;
	book: BookId;
	/** What is said to be wrong. */
	entry: EntryId;
	/** Whose practitioner wrote it: who answers. */
	facility: string;
	/** Who asks, and as what. */
	person: PersonId;
	stands: CitizenRelation;
	words: string;
	/** The last day on which an answer is in time. */
	due: string;
	/** Last commit of the book when it was asked: a correction comes after it. */
	commit: number;
}

export interface CorrectionAnswer {
	/** When it was said; of a correction, when it was recorded. */
	at: number;
	outcome: CorrectionOutcome;
	person: PersonId;
	/** With a correction. */
	entry?: EntryId;
	/** Why it stays; empty with a correction. */
	reason: string;
}

export interface StoredCorrectionRequest extends NewCorrectionRequest {
	/** From 1 on. */
	number: number;
	answer?: CorrectionAnswer;
}

export interface CorrectionAskRequest extends NewCorrectionRequest {
	/** So many of one book that wait are enough. */
	openMax: number;
}

/** `open-already`: about this entry one waits. Nothing was written. */
export type CorrectionAskResult =
	{ type: 'asked' } | { type: 'open-already' } | { type: 'too-many' };

export interface CorrectionAnswerRequest extends CorrectionAnswer {
	number: number;
	/** That was asked. */
	facility: string;
	/** Where the answer was given; another one where somebody else corrected the entry. */
	answeredAt: string;
	/** With an answer by hand. */
	device?: DeviceId;
	/** Server time of the audit row. */
	loggedAt: number;
}

export type CorrectionAnswerResult =
	{ type: 'answered' } | { type: 'not-found' } | { type: 'already-answered' };

export interface CorrectionStorage {
	/** The request and its audit row: one commit. */
	askForCorrection: (request: CorrectionAskRequest) => Promise<CorrectionAskResult>;
	/** Said once, with its audit row in the same commit. */
	answerCorrection: (request: CorrectionAnswerRequest) => Promise<CorrectionAnswerResult>;
	/** Of one facility: those that wait, the earliest due first; or those that were answered, newest first. */
	listCorrectionsAt: (
		facility: string,
		which: 'open' | 'answered',
		limit: number
	) => Promise<StoredCorrectionRequest[]>;
	/** Of these books, newest first. */
	listCorrectionsOf: (books: BookId[], limit: number) => Promise<StoredCorrectionRequest[]>;
}

/** What the access log says of it. */
export function detailOfAsking({ entry, due, stands }: NewCorrectionRequest): string {
	return `asked entry=${entry} due=${due} as=${stands}`;
}

export function detailOfAnswer({ outcome, number, entry }: CorrectionAnswerRequest): string {
	return `${outcome} number=${number}${entry === undefined ? '' : ` entry=${entry}`}`;
}
