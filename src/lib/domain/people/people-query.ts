/**
 * What somebody typed into the one search field: words of a name, a birth date in any of the ways people
 * write it, a number. A token can be several of these at once ("2025" is a year and the end of a number).
 */
import type { Spelling } from '../text/fold.ts';
import { foldText } from '../text/fold.ts';
import { typedSpellings } from '../text/typing.ts';
import { identifierKey, normaliseIdentifier } from '../book/identifiers.ts';
import { daysInMonth, type ClinicalDate } from '../time/clinical-time.ts';

export const QUERY_LENGTH_MAX = 80;
export const QUERY_TOKENS_MAX = 8;
const YEAR_MIN = 1880;
/** From this many digits on, the end of a number is enough ("last 4 digits"). */
const NUMBER_END_DIGITS_MIN = 4;
/** Fewer digits with dots or hyphens between them are a date, not a number written in groups. */
const GROUPED_DIGITS_MIN = 9;
const INITIALS_MIN = 2;
const INITIALS_MAX = 6;

/** A birth date as asked: only the parts that were typed. */
export interface DateQuestion {
	year?: number;
	/** Two digits typed: any century. */
	yearOfCentury?: number;
	month?: number;
	day?: number;
}

/** A spelling with its folded letters, ready to be compared with thousands of words. */
export interface WordQuestion extends Spelling {
	folded: string;
	/** Nothing but plain letters typed: its diacritics say nothing. */
	isPlain: boolean;
}

export interface QueryToken {
	/** Empty when the token cannot be a word of a name. */
	spellings: WordQuestion[];
	dates: DateQuestion[];
	/** Digits only, when the token is a number. */
	digits?: string;
}

export interface PeopleQuery {
	/** All must be met. */
	tokens: QueryToken[];
	/** The whole query as one number or code in stored form, by its `identifierKey`; meeting it is enough. */
	code?: string;
	/** First letters of each word of a name ("nka"), folded; meeting it is enough. */
	initials?: string;
}

/** Reads what was typed. Text over the length limit is cut, and so are tokens over their number. */
export function parsePeopleQuery(typed: string, today: ClinicalDate): PeopleQuery {
	const text = typed.slice(0, QUERY_LENGTH_MAX).toWellFormed().normalize('NFC').trim();
	const tokens = text
		.split(/\s+/)
		.flatMap((part) => (/[0-9]/.test(part) ? [part] : part.split('-')))
		.filter((part) => part !== '')
		.slice(0, QUERY_TOKENS_MAX)
		.map((part) => parseToken(part, today))
		.filter(
			(token) => token.digits !== undefined || token.spellings.length + token.dates.length > 0
		);
	const query: PeopleQuery = { tokens };
	if (/[0-9]/.test(text)) query.code = codeOf(text);
	const initials = foldText(text);
	if (/^[a-z]+$/.test(initials) && isInitialsLength(initials.length)) query.initials = initials;
	return query;
}

/** Is this stored number the one asked for? 2: exactly; 1: by its beginning or its last digits; 0: no. */
export function gradeNumber(value: string, asked: string): 0 | 1 | 2 {
	if (value === asked) return 2;
	if (value.startsWith(asked)) return 1;
	return asked.length >= NUMBER_END_DIGITS_MIN && value.endsWith(asked) ? 1 : 0;
}

/** A phone number as it is compared: +84 is 0, digits only. */
export function phoneDigits(phone: string): string {
	const digits = phone.replace(/[^0-9]/g, '');
	return phone.trim().startsWith('+84') ? `0${digits.slice(2)}` : digits;
}

function parseToken(part: string, today: ClinicalDate): QueryToken {
	if (/^[0-9]+$/.test(part))
		return { spellings: [], dates: datesOfDigits(part, today), digits: part };
	if (/^[0-9][0-9/.-]*$/.test(part)) return { spellings: [], dates: datesOfParts(part) };
	const spellings = typedSpellings(part).map(wordQuestion);
	return { spellings: spellings.filter(({ folded }) => folded !== ''), dates: [] };
}

function wordQuestion(spelling: Spelling): WordQuestion {
	const folded = foldText(spelling.letters);
	return { ...spelling, folded, isPlain: spelling.tone === 0 && spelling.letters === folded };
}

function codeOf(text: string): string {
	const stored = normaliseIdentifier(text);
	if (stored.startsWith('+')) return phoneDigits(stored);
	const digits = stored.replace(/[.-]/g, '');
	const code = /^[0-9]+$/.test(digits) && digits.length >= GROUPED_DIGITS_MIN ? digits : stored;
	return identifierKey(code);
}

function isInitialsLength(length: number): boolean {
	return length >= INITIALS_MIN && length <= INITIALS_MAX;
}

/** 2025, 1405, 140525, 052025, 14052025, 20250514. */
function datesOfDigits(digits: string, today: ClinicalDate): DateQuestion[] {
	const part = (from: number, to: number) => Number(digits.slice(from, to));
	if (digits.length === 4) {
		const year = part(0, 4);
		const isYear = year >= YEAR_MIN && year <= Number(today.slice(0, 4));
		return [...(isYear ? [{ year }] : []), ...dayMonth(part(0, 2), part(2, 4))];
	}
	if (digits.length === 6)
		return [
			...dayMonth(part(0, 2), part(2, 4), { yearOfCentury: part(4, 6) }),
			...monthYear(part(0, 2), part(2, 6))
		];
	if (digits.length === 8)
		return [
			...dayMonth(part(0, 2), part(2, 4), { year: part(4, 8) }),
			...dayMonth(part(6, 8), part(4, 6), { year: part(0, 4) })
		];
	return [];
}

/** 14/5/25, 14-05-2025, 2025-05-14, 14.5, 5/2025 and everything on the way to them. */
function datesOfParts(text: string): DateQuestion[] {
	const parts = text.split(/[/.-]/).filter((part) => part !== '');
	const [first = '', second = '', third = ''] = parts;
	const numbers = parts.map(Number);
	const [a = 0, b = 0, c = 0] = numbers;
	if (parts.length > 3) return [];
	if (parts.length === 1) return a >= 1 && a <= 31 ? [{ day: a }] : [];
	if (first.length === 4) return parts.length === 3 ? dayMonth(c, b, { year: a }) : monthYear(b, a);
	if (parts.length === 3) return dayMonth(a, b, yearOfTyped(third));
	if (second.length === 4) return monthYear(a, b);
	const whole = dayMonth(a, b);
	return whole.length > 0 || a > 12 ? whole : [{ month: a, yearOfCentury: b }];
}

/** While a year of four digits is being typed, its first digits decide nothing. */
function yearOfTyped(typed: string): DateQuestion {
	if (typed.length === 4) return { year: Number(typed) };
	return typed.length === 2 && typed !== '19' && typed !== '20'
		? { yearOfCentury: Number(typed) }
		: {};
}

function dayMonth(day: number, month: number, year: DateQuestion = {}): DateQuestion[] {
	if (month < 1 || month > 12 || day < 1) return [];
	// 2000 was a leap year: 29 February is asked of any year.
	return day <= daysInMonth(year.year ?? 2000, month) ? [{ ...year, day, month }] : [];
}

function monthYear(month: number, year: number): DateQuestion[] {
	return month >= 1 && month <= 12 && year >= YEAR_MIN ? [{ month, year }] : [];
}
