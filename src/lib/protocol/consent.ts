/**
 * Consents over HTTP, and the hash that says which text somebody agreed to. Questions are POST bodies: whose book it
 * is stands in no address. PROTOCOL.md section 12.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import {
	CONSENT_ACTS,
	CONSENT_LANGUAGES,
	CONSENT_VOICES,
	consentTextOn,
	findPurpose,
	type ConsentLanguage
} from '#lib/domain/access/consent.ts';
import { ASKED_PURPOSES, type AskedPurpose } from '#lib/domain/catalogues/data/consent-purposes.ts';
import { isIdText } from '#lib/domain/ids.ts';
import { clinicalDateSchema } from '#lib/domain/time/clinical-schemas.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { bytesToBase64url } from './certificate.ts';

/** What was decided about a book, and who may decide. */
export const CITIZEN_CONSENTS_PATH = '/api/citizen/consents';
export const CITIZEN_CONSENT_DECIDE_PATH = '/api/citizen/consents/decide';

/** The newest; there may be older ones. */
export const CONSENT_DECISIONS_TOLD_MAX = 200;

const idText = z.string().refine(isIdText, 'not-an-id');
const hashText = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** An id of `consent-purposes.ts`, or of a later version's list. */
const purposeText = z.string().regex(/^[a-z][a-z-]{1,39}$/);
const number = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const consentsRequestSchema = z.strictObject({ book: idText });

const decided = {
	book: idText,
	purpose: purposeText,
	/** Number of the last decision about the purpose that the phone showed; 0: none. A request that comes twice, or
	 * after another phone's, decides nothing. */
	after: number
};
export const consentDecisionRequestSchema = z.discriminatedUnion('act', [
	z.strictObject({
		...decided,
		act: z.literal('given'),
		/** Hash of the very text that was on the screen. */
		text: hashText,
		/** The child, or whoever looks after it, was asked and says yes. */
		otherAgrees: z.boolean().optional()
	}),
	z.strictObject({ ...decided, act: z.literal('withdrawn') })
]);
export type ConsentDecisionRequest = z.infer<typeof consentDecisionRequestSchema>;

const toldDecisionSchema = z.strictObject({
	number: number.min(1),
	atMs: z.number().int(),
	purpose: purposeText,
	act: z.enum(CONSENT_ACTS),
	textFrom: clinicalDateSchema,
	language: z.enum(CONSENT_LANGUAGES),
	text: hashText,
	/** Whoever asks now decided it; else another of the family. */
	isOwnAct: z.boolean(),
	/** For themselves; else for a child. */
	isForOneself: z.boolean(),
	hasOther: z.boolean(),
	until: clinicalDateSchema.optional()
});

export const consentsSchema = z.strictObject({
	voice: z.enum(CONSENT_VOICES),
	/** Newest first, all purposes together. */
	decisions: z.array(toldDecisionSchema).max(CONSENT_DECISIONS_TOLD_MAX)
});
export type Consents = z.infer<typeof consentsSchema>;
export type ToldConsentDecision = Consents['decisions'][number];

/** How a decision reached the server. */
export const CONSENT_MEANS = 'app';

const HEAD = 'so-suc-khoe consent 1';

/** What is hashed: a heading, purpose, day, language, and the five paragraphs, one a line. */
export function consentTextLines(
	purpose: AskedPurpose,
	from: string,
	language: ConsentLanguage
): string[] | undefined {
	const text = purpose.versions.find((version) => version.from === from)?.[language];
	if (text === undefined) return undefined;
	const { title, what, sensitive, refusal, withdrawal } = text;
	return [HEAD, purpose.id, from, language, title, what, sensitive, refusal, withdrawal];
}

/** SHA-256 of the lines with a line feed between them, as base64url. Nothing: there is no such text. */
export function consentTextHash(
	purposeId: string,
	from: string,
	language: ConsentLanguage
): string | undefined {
	const purpose = findPurpose(purposeId);
	const lines = purpose && consentTextLines(purpose, from, language);
	return lines && bytesToBase64url(sha256(new TextEncoder().encode(lines.join('\n'))));
}

/** The text in force on a day that this is the hash of. */
export function findTextInForce(
	hash: string,
	purposeId: string,
	today: ClinicalDate
): { from: ClinicalDate; language: ConsentLanguage } | undefined {
	const purpose = ASKED_PURPOSES.find(({ id }) => id === purposeId);
	const from = purpose && consentTextOn(purpose, today)?.from;
	if (from === undefined) return undefined;
	const language = CONSENT_LANGUAGES.find((one) => consentTextHash(purposeId, from, one) === hash);
	return language && { from, language };
}
