import { afterEach, describe, expect, it } from 'vitest';
import {
	formatAge,
	formatCount,
	formatDate,
	formatDayDistance,
	formatDayInFull,
	formatDecimal,
	formatHour,
	formatIdentifier,
	formatMoment,
	formatQuantity,
	formatSpan,
	initials,
	maskIdentifier
} from './format.ts';
import { language } from './language.svelte.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const chooseLanguage = (chosen: 'vi' | 'en') => {
	globalThis.document = { documentElement: {} } as Document;
	language.choose(chosen);
};

afterEach(() => chooseLanguage('vi'));

describe('an age', () => {
	it('is said in the parts it is given in', () => {
		expect(plain(formatAge({ unit: 'days', days: 12 }))).toBe('12 ngày');
		expect(plain(formatAge({ unit: 'months', months: 18, days: 10 }))).toBe('18 tháng 10 ngày');
		expect(plain(formatAge({ unit: 'months', months: 2, days: 0 }))).toBe('2 tháng');
		expect(plain(formatAge({ unit: 'years-and-months', years: 3, months: 2 }))).toBe(
			'3 tuổi 2 tháng'
		);
		expect(plain(formatAge({ unit: 'years', years: 34 }))).toBe('34 tuổi');
	});

	it('says that it is a guess when the birth date is partial', () => {
		expect(plain(formatAge({ unit: 'about-months', months: 18 }))).toBe('khoảng 18 tháng');
		expect(plain(formatAge({ unit: 'about-years', years: 69 }))).toBe('khoảng 69 tuổi');
	});

	it('has an English form', () => {
		chooseLanguage('en');
		expect(plain(formatAge({ unit: 'months', months: 18, days: 1 }))).toBe('18 months 1 day');
		expect(plain(formatAge({ unit: 'about-years', years: 1 }))).toBe('about 1 year');
	});
});

describe('dates and moments', () => {
	it('are written day first, partial ones without what is unknown', () => {
		expect(formatDate('2026-11-24')).toBe('24/11/2026');
		expect(formatDate('2026-11')).toBe('11/2026');
		expect(formatDate('2026')).toBe('2026');
		expect(formatDate('2026-11-24T08:40')).toBe('24/11/2026, 08:40');
	});

	it('name the weekday in full', () => {
		expect(formatDayInFull('2026-11-24')).toBe('Thứ Ba, 24/11/2026');
		chooseLanguage('en');
		expect(formatDayInFull('2026-11-24')).toBe('Tuesday, 24/11/2026');
	});

	it('are shown in the time of Vietnam whatever the machine says', () => {
		const lateInLondon = Date.UTC(2026, 10, 23, 22, 30);
		expect(formatHour(lateInLondon)).toBe('05:30');
		expect(formatMoment(lateInLondon, Date.UTC(2026, 10, 24, 3))).toBe('05:30');
		expect(formatMoment(lateInLondon, Date.UTC(2026, 10, 24, 18))).toBe('24/11/2026, 05:30');
	});

	it('have words for days nearby', () => {
		expect(formatDayDistance('2026-11-24', '2026-11-24')).toBe('hôm nay');
		expect(formatDayDistance('2026-11-23', '2026-11-24')).toBe('hôm qua');
		expect(formatDayDistance('2026-12-01', '2026-11-24')).toBe('sau 7 ngày');
		expect(formatDayDistance('2026-11-20', '2026-11-24')).toBe('4 ngày trước');
	});

	it('say how long something has waited', () => {
		expect(plain(formatSpan(59_000))).toBe('chưa đến 1 phút');
		expect(plain(formatSpan(61_000))).toBe('1 phút');
		expect(plain(formatSpan(2 * 3_600_000))).toBe('2 giờ');
		expect(plain(formatSpan(3 * 86_400_000))).toBe('3 ngày');
	});
});

describe('numbers', () => {
	it('have a decimal comma and dotted thousands in Vietnamese', () => {
		expect(formatDecimal(36.7, 1)).toBe('36,7');
		expect(formatCount(10_500)).toBe('10.500');
		expect(formatQuantity(36.7, 1, '°C')).toBe('36,7\u00a0°C');
	});

	it('hide the middle of an identification number', () => {
		expect(plain(formatIdentifier('008325001713'))).toBe('008 325 001 713');
		expect(plain(maskIdentifier('008325001713'))).toBe('008 325 ••• 713');
		expect(plain(maskIdentifier('123456789'))).toBe('123 ••• 789');
		expect(maskIdentifier('DN4012345678901')).toBe('DN4•••901');
	});
});

describe('names', () => {
	it('give two initials', () => {
		expect(initials('Hoàng Thị Thắm')).toBe('HT');
		expect(initials('đỗ ánh')).toBe('ĐÁ');
		expect(initials('An')).toBe('A');
	});
});
