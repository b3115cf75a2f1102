/**
 * Dates, ages, numbers and identifiers as people read them. Dates are clinical times as text
 * (`2026`, `2026-11`, `2026-11-24`, `2026-11-24T08:40`), moments are epoch milliseconds shown in
 * Vietnam's time. Nothing here reads the clock: `now` and `today` are passed in.
 */
import { language, type Language } from './language.svelte.ts';

const TIME_ZONE = 'Asia/Ho_Chi_Minh';
const NO_BREAK_SPACE = '\u00a0';
const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

/** `24/11/2026`, `11/2026`, `2026`, or with the hour `24/11/2026, 08:40`. */
export function formatDate(time: string): string {
	const [date = '', hour] = time.split('T');
	const written = date.split('-').reverse().join('/');
	return hour === undefined ? written : `${written}, ${hour}`;
}

/** `08:40` of an instant. */
export function formatHour(atMs: number): string {
	return vietnamText(atMs).slice(11, 16);
}

/** The hour alone when it is the same day as now, else the date with it. */
export function formatMoment(atMs: number, nowMs: number): string {
	const moment = vietnamText(atMs);
	return moment.slice(0, 10) === vietnamText(nowMs).slice(0, 10)
		? moment.slice(11, 16)
		: formatDate(moment);
}

/** `Thứ Ba, 24/11/2026`, `Tuesday, 24/11/2026`. */
export function formatDayInFull(date: string): string {
	const locale = language.current === 'vi' ? 'vi-VN' : 'en-GB';
	const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
		new Date(`${date.slice(0, 10)}T00:00Z`)
	);
	return `${capitalised(weekday)}, ${formatDate(date.slice(0, 10))}`;
}

/**
 * How far a full day is from today: `hôm nay`, `hôm qua`, `sau 3 ngày`. Always shown beside the date.
 */
export function formatDayDistance(date: string, today: string): string {
	return DAY_DISTANCE[language.current](wholeDaysBetween(today, date.slice(0, 10)));
}

const DAY_DISTANCE: Record<Language, (days: number) => string> = {
	vi: (days) => {
		if (days === 0) return 'hôm nay';
		if (days === 1) return 'ngày mai';
		if (days === -1) return 'hôm qua';
		return days > 0 ? `sau ${days} ngày` : `${-days} ngày trước`;
	},
	en: (days) => {
		if (days === 0) return 'today';
		if (days === 1) return 'tomorrow';
		if (days === -1) return 'yesterday';
		return days > 0 ? `in ${days} days` : `${-days} days ago`;
	}
};

/** How long something lasts or has waited: `vừa xong`, `12 phút`, `3 giờ`, `2 ngày`. */
export function formatSpan(spanMs: number): string {
	const words = SPAN_WORDS[language.current];
	if (spanMs < MINUTE_MS) return words.under;
	if (spanMs < HOUR_MS) return words.minutes(Math.floor(spanMs / MINUTE_MS));
	if (spanMs < DAY_MS) return words.hours(Math.floor(spanMs / HOUR_MS));
	return words.days(Math.floor(spanMs / DAY_MS));
}

const SPAN_WORDS = {
	vi: {
		under: 'chưa đến 1\u00a0phút',
		minutes: (count: number) => `${count}\u00a0phút`,
		hours: (count: number) => `${count}\u00a0giờ`,
		days: (count: number) => `${count}\u00a0ngày`
	},
	en: {
		under: 'less than a minute',
		minutes: (count: number) => counted(count, 'minute'),
		hours: (count: number) => counted(count, 'hour'),
		days: (count: number) => counted(count, 'day')
	}
};

/** Age in parts, as the domain computes it. */
export type AgeInParts =
	| { unit: 'days'; days: number }
	| { unit: 'months'; months: number; days: number }
	| { unit: 'years-and-months'; years: number; months: number }
	| { unit: 'years'; years: number }
	| { unit: 'about-months'; months: number }
	| { unit: 'about-years'; years: number };

/** `12 ngày`, `18 tháng 10 ngày`, `3 tuổi 2 tháng`, `34 tuổi`, `khoảng 69 tuổi`. */
export function formatAge(age: AgeInParts): string {
	const words = AGE_WORDS[language.current];
	switch (age.unit) {
		case 'days':
			return words.days(age.days);
		case 'months':
			return joined([words.months(age.months), age.days > 0 ? words.days(age.days) : '']);
		case 'years-and-months':
			return joined([words.years(age.years), age.months > 0 ? words.months(age.months) : '']);
		case 'years':
			return words.years(age.years);
		case 'about-months':
			return words.about(words.months(age.months));
		case 'about-years':
			return words.about(words.years(age.years));
	}
}

const AGE_WORDS = {
	vi: {
		days: (count: number) => `${count}\u00a0ngày`,
		months: (count: number) => `${count}\u00a0tháng`,
		years: (count: number) => `${count}\u00a0tuổi`,
		about: (age: string) => `khoảng ${age}`
	},
	en: {
		days: (count: number) => counted(count, 'day'),
		months: (count: number) => counted(count, 'month'),
		years: (count: number) => counted(count, 'year'),
		about: (age: string) => `about ${age}`
	}
};

/** A whole number with its thousands marked: `1.204`, in English `1,204`. */
export function formatCount(value: number): string {
	return formatDecimal(value, 0);
}

/** A number with a fixed count of decimals: `36,7`, in English `36.7`. */
export function formatDecimal(value: number, decimals: number): string {
	const locale = language.current === 'vi' ? 'vi-VN' : 'en-GB';
	return new Intl.NumberFormat(locale, {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals
	}).format(value);
}

/** A number and its unit, never parted at a line end: `36,7 °C`. */
export function formatQuantity(value: number, decimals: number, unit: string): string {
	return `${formatDecimal(value, decimals)}${NO_BREAK_SPACE}${unit}`;
}

/** `1,8 GB`, `320 MB`, in powers of ten as on the box of the tablet. */
export function formatBytes(bytes: number): string {
	if (bytes >= 1e9) return formatQuantity(bytes / 1e9, 1, 'GB');
	if (bytes >= 1e6) return formatQuantity(bytes / 1e6, 0, 'MB');
	return formatQuantity(Math.ceil(bytes / 1e3), 0, 'kB');
}

/** An identification number in groups of three: `008 325 001 713`. Other numbers stay as they are. */
export function formatIdentifier(value: string): string {
	if (!/^\d{9}(?:\d{3})?$/.test(value)) return value;
	return (value.match(/\d{3}/g) ?? [value]).join(NO_BREAK_SPACE);
}

/** The same with its middle hidden, for every page but the person's own: `008 325 ••• 713`. */
export function maskIdentifier(value: string): string {
	const groups = formatIdentifier(value).split(NO_BREAK_SPACE);
	if (groups.length < 3) return maskMiddle(value);
	groups[groups.length - 2] = '•••';
	return groups.join(NO_BREAK_SPACE);
}

function maskMiddle(value: string): string {
	const shownAtEachEnd = 3;
	if (value.length <= 2 * shownAtEachEnd) return value;
	return `${value.slice(0, shownAtEachEnd)}•••${value.slice(-shownAtEachEnd)}`;
}

/** A phone number as it is read out: `0382 415 607`. */
export function formatPhone(phone: string): string {
	return phone.replace(/^(0\d{3})(\d{3})(\d{3})$/, '$1\u00a0$2\u00a0$3');
}

/** First letters of surname and given name, for a tile: `HT` of Hoàng Thị Thắm. */
export function initials(name: string): string {
	const words = name.split(/\s+/).filter((word) => word !== '');
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
	return letters.map((word) => word?.slice(0, 1).toLocaleUpperCase('vi') ?? '').join('');
}

function vietnamText(atMs: number): string {
	return new Intl.DateTimeFormat('sv-SE', {
		timeZone: TIME_ZONE,
		dateStyle: 'short',
		timeStyle: 'short'
	})
		.format(new Date(atMs))
		.replace(' ', 'T');
}

function wholeDaysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}

function counted(count: number, unit: string): string {
	return `${count}${NO_BREAK_SPACE}${unit}${count === 1 ? '' : 's'}`;
}

function joined(parts: string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}

function capitalised(text: string): string {
	return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
