/**
 * What the 12 digits of a personal number say (Decree 137/2015, art. 13; Decree 70/2024): where the birth was
 * registered, century and sex, year of birth. There is no check digit, and a number can be cancelled and given
 * anew, so this is a hint to compare with, never a proof.
 */
import {
	FORMER_PROVINCES,
	findProvince,
	provinceNow,
	type Province
} from '../catalogues/provinces.ts';
import type { Sex } from '../book/facts.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';

export interface PersonalNumberMeaning {
	/** Three digits: 0 and the province's code of its time, or a country. */
	place: string;
	/** By the table of before 1 July 2025, which nearly every number follows. */
	province?: Province;
	provinceNow?: Province;
	sex: Exclude<Sex, 'unknown'>;
	birthYear: number;
}

const BEFORE_MERGER = '2025-06-30' as ClinicalDate;

/** Nothing when these are not 12 digits. */
export function readPersonalNumber(number: string): PersonalNumberMeaning | undefined {
	if (!/^[0-9]{12}$/.test(number)) return undefined;
	const place = number.slice(0, 3);
	const centuryAndSex = Number(number.charAt(3));
	const province = place.startsWith('0') ? findProvince(place.slice(1), BEFORE_MERGER) : undefined;
	const now = province && provinceNow(province.code);
	return {
		place,
		...(province && { province }),
		...(now && { provinceNow: now }),
		sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
		birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6))
	};
}

/**
 * The first six digits of a number; the last six are random.
 * @param place code of the province of before 1 July 2025, two digits.
 */
export function personalNumberStart(
	place: string,
	sex: Exclude<Sex, 'unknown'>,
	birthYear: number
): string {
	if (!FORMER_PROVINCES.some((province) => province.code === place))
		throw new RangeError('no such province');
	const century = Math.floor((birthYear - 1900) / 100) * 2 + (sex === 'female' ? 1 : 0);
	return `0${place}${century}${String(birthYear % 100).padStart(2, '0')}`;
}
