/** What a family agreed to, in words. */
import {
	consentTextOn,
	findPurpose,
	hasConsent,
	lastDecision,
	type ConsentDecision,
	type ConsentLanguage
} from '#lib/domain/access/consent.ts';
import {
	ASKED_PURPOSES,
	type AskedPurpose,
	type ConsentText
} from '#lib/domain/catalogues/data/consent-purposes.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { t } from '#lib/i18n/messages/consent.ts';

export interface ShownDecision extends ConsentDecision {
	atMs: number;
	language: ConsentLanguage;
	/** Its hash. */
	text: string;
	isTextKnown: boolean;
	isOwnAct: boolean;
	isForOneself: boolean;
	hasOther: boolean;
}

export interface AskedNow {
	purpose: AskedPurpose;
	/** First day of the text that is shown. */
	textFrom: string;
	text: ConsentText;
	state: keyof typeof t.state;
	last: ShownDecision | undefined;
}

/** What is asked on this day, in these words, with how it stands. */
export function askedNow(
	decisions: readonly ShownDecision[],
	language: ConsentLanguage,
	nowMs: number
): AskedNow[] {
	return ASKED_PURPOSES.flatMap((purpose): AskedNow[] => {
		const version = consentTextOn(purpose, clinicalDateOf(nowMs));
		if (version === undefined) return [];
		const last = lastDecision(purpose, decisions);
		const isInForce = hasConsent(purpose, decisions, nowMs);
		const state = stateOf(last, isInForce);
		return [{ purpose, textFrom: version.from, text: version[language], state, last }];
	});
}

function stateOf(last: ShownDecision | undefined, isInForce: boolean): keyof typeof t.state {
	if (isInForce) return 'inForce';
	if (last === undefined) return 'none';
	return last.act === 'given' ? 'askAgain' : 'withdrawn';
}

/** The text that a decision is about; nothing where this app does not have it. */
export function textOfDecision(one: ShownDecision): ConsentText | undefined {
	if (!one.isTextKnown) return undefined;
	const version = findPurpose(one.purpose)?.versions.find(({ from }) => from === one.textFrom);
	return version?.[one.language];
}

/** `bạn · thay cho con · con cũng đồng ý` */
export function deciderWords({ isOwnAct, isForOneself, hasOther }: ShownDecision): string {
	const words = t.history;
	const other = isForOneself ? words.withGuardian : words.withChild;
	return [
		isOwnAct ? words.you : words.relative,
		isForOneself ? undefined : words.forChild,
		hasOther ? other : undefined
	]
		.filter((part) => part !== undefined)
		.join(' · ');
}
