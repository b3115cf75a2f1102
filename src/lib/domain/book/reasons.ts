/**
 * Reasons that the software writes by itself. They are data of the book, read by people whatever
 * language their app speaks, and projections recognise them: a reason once written stands for ever, so
 * none of these may change.
 */
import { paragraphSchema } from '../text/text.ts';
import { REASON_LENGTH_MAX } from './envelope.ts';

/** Shorter says nothing. */
export const REASON_LENGTH_MIN = 3;

/** Taken back by its author in the moment after saving: both fold away. */
export const UNDONE_AT_ONCE = 'Hoàn tác ngay sau khi ghi';

/** Of an entry that was first recorded in another person's book. Says nothing of that person. */
export const MOVED_IN = 'Chuyển từ sổ khác, lần đầu ghi nhầm sổ';

const MOVED_OUT = 'Ghi nhầm sổ: ';
/** What a person may write of an entry that belongs into another book, so that it fits behind the words. */
export const MOVE_REASON_LENGTH_MAX = REASON_LENGTH_MAX - MOVED_OUT.length;

/** Of the void that takes an entry out of the wrong book. */
export function movedOutReason(reason: string): string {
	return MOVED_OUT + reason;
}

/** What a person says of a correction. */
export function reasonSchema(lengthMax = REASON_LENGTH_MAX) {
	return paragraphSchema(lengthMax).refine(
		(reason) => reason.length >= REASON_LENGTH_MIN,
		'too-short'
	);
}
