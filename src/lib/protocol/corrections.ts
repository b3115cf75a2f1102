/** Requests for correction over HTTP, of citizens and at their facility. PROTOCOL.md sections 8 and 12. */
import { z } from 'zod';
import {
	CORRECTION_WORDS_LENGTH_MAX,
	correctionOutcomeSchema,
	correctionWordsSchema
} from '#lib/domain/access/correction-request.ts';
import { isIdText } from '#lib/domain/ids.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import { clinicalDateSchema } from '#lib/domain/time/clinical-schemas.ts';

/** What was asked about a book. */
export const CITIZEN_CORRECTIONS_PATH = '/api/citizen/corrections';
export const CITIZEN_CORRECTION_ASK_PATH = '/api/citizen/corrections/ask';
/** What waits at a facility. */
export const CORRECTIONS_LIST_PATH = '/api/corrections/list';
export const CORRECTIONS_DECLINE_PATH = '/api/corrections/decline';

export const CORRECTIONS_TOLD_MAX = 100;

const idText = z.string().refine(isIdText, 'not-an-id');
const number = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const correctionsRequestSchema = z.strictObject({ book: idText });
export const correctionAskSchema = z.strictObject({
	book: idText,
	entry: idText,
	/** What is wrong, in their own words. */
	words: correctionWordsSchema
});
export type CorrectionAsk = z.infer<typeof correctionAskSchema>;

const toldRequest = {
	number,
	/** The entry that is said to be wrong. */
	entry: idText,
	atMs: z.number().int(),
	/** The last day on which an answer is in time. */
	due: clinicalDateSchema,
	words: z.string().max(CORRECTION_WORDS_LENGTH_MAX)
};
const toldAnswer = z.strictObject({
	atMs: z.number().int(),
	outcome: correctionOutcomeSchema,
	/** Why it stays. */
	reason: z.string().max(CORRECTION_WORDS_LENGTH_MAX),
	/** Who answered; absent where the name is not known. */
	by: lineSchema(120).optional()
});

/** Newest first. */
export const correctionsSchema = z.strictObject({
	requests: z
		.array(
			z.strictObject({
				...toldRequest,
				/** Name of the facility that is asked; its code where it has none. */
				facility: lineSchema(200),
				answer: toldAnswer.optional()
			})
		)
		.max(CORRECTIONS_TOLD_MAX)
});
export type Corrections = z.infer<typeof correctionsSchema>;
export type ToldCorrection = Corrections['requests'][number];

export const correctionListRequestSchema = z.strictObject({ actor: idText });
export type CorrectionListRequest = z.infer<typeof correctionListRequestSchema>;

/** Those that wait, late ones first, then what was answered of late. */
export const correctionListSchema = z.strictObject({
	requests: z
		.array(
			z.strictObject({
				...toldRequest,
				book: idText,
				/** Of the entry, where the server can read it. */
				kind: z.string().max(64).optional(),
				occurred: z.string().max(40).optional(),
				/** Who wrote the entry: whose answer it is. */
				author: idText.optional(),
				authorName: lineSchema(120).optional(),
				answer: toldAnswer.optional()
			})
		)
		.max(CORRECTIONS_TOLD_MAX)
});
export type CorrectionList = z.infer<typeof correctionListSchema>;

export const correctionDeclineSchema = z.strictObject({
	actor: idText,
	number,
	reason: correctionWordsSchema
});
export type CorrectionDecline = z.infer<typeof correctionDeclineSchema>;
