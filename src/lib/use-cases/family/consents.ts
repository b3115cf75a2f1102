/** What a family agreed to: asked of the server each time, because only what stands there counts. */
import type { ConsentAct, ConsentLanguage } from '#lib/domain/access/consent.ts';
import {
	consentTextHash,
	type ConsentDecisionRequest,
	type Consents,
	type ToldConsentDecision
} from '#lib/protocol/consent.ts';
import type { ConsentsAnswer, FamilyPort } from './family-port.ts';

export interface HeldConsentDecision extends ToldConsentDecision {
	/** This app knows the very text that the hash is of; else it is one of another version. */
	isTextKnown: boolean;
}

export interface HeldConsents {
	voice: Consents['voice'];
	/** Newest first. */
	decisions: HeldConsentDecision[];
}

export type ConsentAnswer =
	{ type: 'consents'; consents: HeldConsents } | Exclude<ConsentsAnswer, { type: 'consents' }>;

export interface ConsentChoice {
	book: string;
	purpose: string;
	act: ConsentAct;
	/** The text that was on the screen. */
	textFrom: string;
	language: ConsentLanguage;
	otherAgrees: boolean;
	/** Number of the last decision about it that was on the screen; 0: none. */
	after: number;
}

type Port = Pick<FamilyPort, 'askConsents' | 'decideConsent'>;

export async function askConsents(port: Port, book: string): Promise<ConsentAnswer> {
	return held(await port.askConsents(book));
}

export async function decideConsent(port: Port, choice: ConsentChoice): Promise<ConsentAnswer> {
	const request = requestOf(choice);
	return request === undefined ? { type: 'moved-on' } : held(await port.decideConsent(request));
}

/** Nothing: there is no such text here. */
function requestOf({
	act,
	book,
	purpose,
	after,
	textFrom,
	language,
	otherAgrees
}: ConsentChoice): ConsentDecisionRequest | undefined {
	if (act === 'withdrawn') return { act, book, purpose, after };
	const text = consentTextHash(purpose, textFrom, language);
	if (text === undefined) return undefined;
	return { act, book, purpose, after, text, ...(otherAgrees && { otherAgrees }) };
}

function held(answer: ConsentsAnswer): ConsentAnswer {
	if (answer.type !== 'consents') return answer;
	const { voice, decisions } = answer.consents;
	const checked = decisions.map((one) => ({
		...one,
		isTextKnown: consentTextHash(one.purpose, one.textFrom, one.language) === one.text
	}));
	return { type: 'consents', consents: { voice, decisions: checked } };
}
