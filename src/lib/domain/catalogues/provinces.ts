/**
 * Provinces: the 34 in force since 1 July 2025 (Resolution 202/2025/QH15, Decision 19/2025/QĐ-TTg) with the 63 of
 * before and their codes (General Statistics Office). Kept apart by date, since some surviving codes belonged to the
 * other partner of a merger: today's table would read the wrong place out of a number given earlier.
 */
import type { ClinicalDate } from '../time/clinical-time.ts';

export const PROVINCES_MERGED_ON = '2025-07-01' as ClinicalDate;

export interface Province {
	code: string;
	name: string;
}

/** Code and name now; then code and name of each province it was made of. */
const MERGERS: readonly [Province, ...Province[]][] = (
	[
		'01 Hà Nội < 01 Hà Nội',
		'04 Cao Bằng < 04 Cao Bằng',
		'08 Tuyên Quang < 08 Tuyên Quang, 02 Hà Giang',
		'11 Điện Biên < 11 Điện Biên',
		'12 Lai Châu < 12 Lai Châu',
		'14 Sơn La < 14 Sơn La',
		'15 Lào Cai < 15 Yên Bái, 10 Lào Cai',
		'19 Thái Nguyên < 19 Thái Nguyên, 06 Bắc Kạn',
		'20 Lạng Sơn < 20 Lạng Sơn',
		'22 Quảng Ninh < 22 Quảng Ninh',
		'24 Bắc Ninh < 24 Bắc Giang, 27 Bắc Ninh',
		'25 Phú Thọ < 25 Phú Thọ, 26 Vĩnh Phúc, 17 Hòa Bình',
		'31 Hải Phòng < 31 Hải Phòng, 30 Hải Dương',
		'33 Hưng Yên < 33 Hưng Yên, 34 Thái Bình',
		'37 Ninh Bình < 37 Ninh Bình, 35 Hà Nam, 36 Nam Định',
		'38 Thanh Hóa < 38 Thanh Hóa',
		'40 Nghệ An < 40 Nghệ An',
		'42 Hà Tĩnh < 42 Hà Tĩnh',
		'44 Quảng Trị < 44 Quảng Bình, 45 Quảng Trị',
		'46 Huế < 46 Thừa Thiên Huế',
		'48 Đà Nẵng < 48 Đà Nẵng, 49 Quảng Nam',
		'51 Quảng Ngãi < 51 Quảng Ngãi, 62 Kon Tum',
		'52 Gia Lai < 52 Bình Định, 64 Gia Lai',
		'56 Khánh Hòa < 56 Khánh Hòa, 58 Ninh Thuận',
		'66 Đắk Lắk < 66 Đắk Lắk, 54 Phú Yên',
		'68 Lâm Đồng < 68 Lâm Đồng, 67 Đắk Nông, 60 Bình Thuận',
		'75 Đồng Nai < 75 Đồng Nai, 70 Bình Phước',
		'79 TP. Hồ Chí Minh < 79 TP. Hồ Chí Minh, 74 Bình Dương, 77 Bà Rịa - Vũng Tàu',
		'80 Tây Ninh < 80 Long An, 72 Tây Ninh',
		'82 Đồng Tháp < 82 Tiền Giang, 87 Đồng Tháp',
		'86 Vĩnh Long < 86 Vĩnh Long, 83 Bến Tre, 84 Trà Vinh',
		'91 An Giang < 91 Kiên Giang, 89 An Giang',
		'92 Cần Thơ < 92 Cần Thơ, 93 Hậu Giang, 94 Sóc Trăng',
		'96 Cà Mau < 96 Cà Mau, 95 Bạc Liêu'
	] as const
).map((line) => {
	const [now = '', before = ''] = line.split(' < ');
	return [provinceOf(now), ...before.split(', ').map(provinceOf)];
});

export const PROVINCES: readonly Province[] = MERGERS.map(([now]) => now);
/** The 63 provinces until 30 June 2025, each with the code of the province it is part of now. */
export const FORMER_PROVINCES: readonly (Province & { now: string })[] = MERGERS.flatMap(
	([now, ...before]) => before.map((province) => ({ ...province, now: now.code }))
);

/** The province a two-digit code meant on a day. */
export function findProvince(code: string, on: ClinicalDate): Province | undefined {
	const valid: readonly Province[] = on < PROVINCES_MERGED_ON ? FORMER_PROVINCES : PROVINCES;
	const province = valid.find((candidate) => candidate.code === code);
	return province && { code: province.code, name: province.name };
}

/** The province of today in which a province of before lies. */
export function provinceNow(formerCode: string): Province | undefined {
	const former = FORMER_PROVINCES.find((province) => province.code === formerCode);
	return PROVINCES.find((province) => province.code === former?.now);
}

function provinceOf(text: string): Province {
	return { code: text.slice(0, 2), name: text.slice(3) };
}
