/**
 * Days on which offices in Vietnam are closed beside Saturdays and Sundays, as far as they fall on other days. Labour
 * Code 45/2019/QH14, article 112 (which days) and article 111 (one that falls on a weekend is made up for by the next
 * working day). Lunar days are written out: the first day of Bính Ngọ was 17/02/2026, of Đinh Mùi is 06/02/2027; the
 * tenth of the third month falls on 26/04/2026 and 16/04/2027. Days that were swapped by announcement (2026) are those
 * of the announcement of the Ministry of Home Affairs, recalled. What is not announced yet is counted only where it is
 * off in every way the law allows (Tết and the second day of 2/9 in 2027), and 24/11 (Vietnam Culture Day, recalled)
 * not: in doubt an answer is due a day earlier, never later.
 */
import type { ClinicalDate } from '../../time/clinical-time.ts';

/** The years that are listed; in others only weekends are known. */
export const HOLIDAY_YEARS = [2026, 2027] as const;

const DAYS = [
	...['2026-01-01', '2026-01-02'],
	...['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'],
	// 26/04 is a Sunday.
	'2026-04-27',
	...['2026-04-30', '2026-05-01'],
	...['2026-08-31', '2026-09-01', '2026-09-02'],
	'2027-01-01',
	// Whether Tết begins on 04/02 or 05/02 is not announced: these are off in both.
	...['2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10'],
	'2027-04-16',
	// 01/05 is a Saturday.
	...['2027-04-30', '2027-05-03'],
	'2027-09-02'
];

export const PUBLIC_HOLIDAYS: ReadonlySet<ClinicalDate> = new Set(DAYS as ClinicalDate[]);
