/**
 * Consent for one purpose of the book: who says it, until when it holds, and whether it is there now. A decision is
 * never changed: giving and withdrawing each stand for themselves, the last one counts.
 */
import {
	ASKED_PURPOSES,
	type AskedPurpose,
	type ConsentTextVersion
} from '../catalogues/data/consent-purposes.ts';
import { clinicalDateOf, earliestDay } from '../time/clinical-time.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '../time/clinical-time.ts';
import type { CitizenRelation } from './access-table.ts';
import { can } from './can.ts';
import { ADULT_FROM_YEARS, ASKED_FROM_YEARS } from './family.ts';

export const CONSENT_ACTS = ['given', 'withdrawn'] as const;
export type ConsentAct = (typeof CONSENT_ACTS)[number];

export const CONSENT_LANGUAGES = ['vi', 'en'] as const;
export type ConsentLanguage = (typeof CONSENT_LANGUAGES)[number];

export interface ConsentDecision {
	/** In the order in which the server took them. */
	number: number;
	/** Id of a purpose; one of a later version of the list too. */
	purpose: string;
	act: ConsentAct;
	/** First day of the version of the text that was agreed to. */
	textFrom: string;
	/** From this day on it is asked again: the birthday on which somebody else has to say it. */
	until?: string | undefined;
}

/** The words with which a purpose is asked about on a day; nothing before the first. */
export function consentTextOn(
	purpose: AskedPurpose,
	today: ClinicalDate
): ConsentTextVersion | undefined {
	return purpose.versions.findLast(({ from }) => from <= today);
}

export function findPurpose(id: string): AskedPurpose | undefined {
	return ASKED_PURPOSES.find((purpose) => purpose.id === id);
}

/** The last thing that was said of it. */
export function lastDecision<Decision extends ConsentDecision>(
	purpose: AskedPurpose,
	decisions: readonly Decision[]
): Decision | undefined {
	const about = decisions.filter((one) => one.purpose === purpose.id);
	return about.reduce<Decision | undefined>(
		(last, one) => (last === undefined || one.number > last.number ? one : last),
		undefined
	);
}

/**
 * Whether the person whose `decisions` these are agrees to this purpose now: the last word is yes, to the text as it
 * stands today, by somebody who may still say it. Silence is no.
 */
export function hasConsent(
	purpose: AskedPurpose,
	decisions: readonly ConsentDecision[],
	nowMs: number
): boolean {
	const today = clinicalDateOf(nowMs);
	const last = lastDecision(purpose, decisions);
	if (last?.act !== 'given') return false;
	if (last.textFrom !== consentTextOn(purpose, today)?.from) return false;
	return last.until === undefined || today < last.until;
}

/** Whose yes is needed beside that of whoever gives a consent; `not-yours`: theirs is none. */
export const CONSENT_VOICES = ['alone', 'with-child', 'with-guardian', 'not-yours'] as const;
export type ConsentVoice = (typeof CONSENT_VOICES)[number];

/**
 * For a child under seven whoever looks after it; from then until eighteen the child and they together (Law
 * 91/2025/QH15, art. 24), from sixteen on from the child's own phone. `birth`: of the person of the book.
 */
export function consentVoice(
	stands: CitizenRelation,
	birth: ClinicalTime | PartialDate,
	nowMs: number
): ConsentVoice {
	const may = (action: 'consent' | 'consent-with-child'): boolean =>
		can({ role: 'citizen' }, action, stands, nowMs).allowed;
	if (may('consent-with-child')) return 'with-child';
	if (!may('consent')) return 'not-yours';
	if (stands !== 'own') return 'alone';
	return clinicalDateOf(nowMs) < birthdayOf(birth, ADULT_FROM_YEARS) ? 'with-guardian' : 'alone';
}

/** The day from which a consent given so is asked again; nothing for a grown person's own. */
export function consentUntil(
	voice: ConsentVoice,
	stands: CitizenRelation,
	birth: ClinicalTime | PartialDate
): ClinicalDate | undefined {
	if (voice !== 'alone') return birthdayOf(birth, ADULT_FROM_YEARS);
	return stands === 'own' ? undefined : birthdayOf(birth, ASKED_FROM_YEARS);
}

/** A birth date without its day counts from the earliest that it may be; 29 February falls on 1 March. */
function birthdayOf(birth: ClinicalTime | PartialDate, years: number): ClinicalDate {
	const born = earliestDay(birth);
	const year = Number(born.slice(0, 4)) + years;
	const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const monthAndDay = born.endsWith('-02-29') && !isLeapYear ? '-03-01' : born.slice(4);
	return `${year}${monthAndDay}` as ClinicalDate;
}
