/**
 * Antigens: what a dose protects from, apart from the product that was given (QĐ 3891/QĐ-BYT asks for both).
 * The order is that of the rows of the vaccination card: the national programme by age, then the others.
 */

export interface AntigenEntry {
	code: string;
	/** The disease in words: rows are diseases, not products. */
	disease: { vi: string; en: string };
	/** Given by the national programme (Circular 13/2026/TT-BYT, art. 3): always a row of the card. */
	isProgramme: boolean;
}

const programme = (code: string, vi: string, en: string): AntigenEntry => ({
	code,
	disease: { vi, en },
	isProgramme: true
});
const other = (code: string, vi: string, en: string): AntigenEntry => ({
	code,
	disease: { vi, en },
	isProgramme: false
});

export const ANTIGENS: readonly AntigenEntry[] = [
	programme('HepB', 'Viêm gan B', 'Hepatitis B'),
	programme('BCG', 'Lao', 'Tuberculosis'),
	programme('Diphtheria', 'Bạch hầu', 'Diphtheria'),
	programme('Pertussis', 'Ho gà', 'Pertussis'),
	programme('Tetanus', 'Uốn ván', 'Tetanus'),
	programme('Hib', 'Hib (viêm màng não, viêm phổi)', 'Hib (meningitis, pneumonia)'),
	programme('Polio', 'Bại liệt', 'Polio'),
	programme('Rotavirus', 'Tiêu chảy do vi rút rota', 'Rotavirus diarrhoea'),
	programme('Pneumococcal', 'Phế cầu', 'Pneumococcal disease'),
	programme('Measles', 'Sởi', 'Measles'),
	programme('Rubella', 'Rubella', 'Rubella'),
	programme('JapaneseEncephalitis', 'Viêm não Nhật Bản', 'Japanese encephalitis'),
	programme('HPV', 'HPV (ung thư cổ tử cung)', 'HPV (cervical cancer)'),
	other('Mumps', 'Quai bị', 'Mumps'),
	other('Varicella', 'Thủy đậu', 'Chickenpox'),
	other('Influenza', 'Cúm mùa', 'Influenza'),
	other('MeningococcalB', 'Não mô cầu nhóm B', 'Meningococcal disease, group B'),
	other('MeningococcalC', 'Não mô cầu nhóm C', 'Meningococcal disease, group C'),
	other(
		'MeningococcalACWY',
		'Não mô cầu nhóm A, C, W, Y',
		'Meningococcal disease, groups A, C, W, Y'
	),
	other('HepA', 'Viêm gan A', 'Hepatitis A'),
	other('Rabies', 'Dại', 'Rabies'),
	other('Typhoid', 'Thương hàn', 'Typhoid fever'),
	other('Cholera', 'Tả', 'Cholera'),
	other('YellowFever', 'Sốt vàng', 'Yellow fever'),
	other('Dengue', 'Sốt xuất huyết Dengue', 'Dengue'),
	other('COVID-19', 'COVID-19', 'COVID-19'),
	other('Zoster', 'Zona', 'Shingles')
];

const orderByCode = new Map(ANTIGENS.map((antigen, at) => [antigen.code, at]));

export function findAntigen(code: string): AntigenEntry | undefined {
	const at = orderByCode.get(code);
	return at === undefined ? undefined : ANTIGENS[at];
}

/** Order of the card's rows; antigens of a later catalogue come last, by code. */
export function compareAntigens(a: string, b: string): number {
	const last = ANTIGENS.length;
	const byOrder = (orderByCode.get(a) ?? last) - (orderByCode.get(b) ?? last);
	return byOrder !== 0 ? byOrder : a < b ? -1 : a > b ? 1 : 0;
}
