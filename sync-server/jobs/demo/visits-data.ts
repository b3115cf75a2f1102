/** Visits as a commune station writes them. Codes and names are those of the ICD-10 edition in force. */
import type { PrescribedDrug } from '#lib/domain/book/prescription.ts';

export interface VisitTemplate {
	fromYears: number;
	/** First year that is too old. */
	untilYears: number;
	onlyFor?: 'female';
	reason: string;
	findings: string;
	diagnosis: { code: string; text: string };
	/** A second diagnosis, in some of the visits. */
	beside?: { code: string; text: string };
	treatment?: string;
	advice: string;
	temperature_dC: [number, number];
	bloodPressure?: { systolic: [number, number]; diastolic: [number, number] };
	bloodGlucose_umolPerL?: [number, number];
	drugs: PrescribedDrug[];
	/** Seen again after so many days; absent: no follow-up promised. */
	followUpDays?: number;
	followUpWhat?: string;
}

export type MeasurementRange = [number, number];

const drug = (
	name: string,
	strength: string,
	dosage: string,
	quantity: number,
	unit: string,
	days: number
): PrescribedDrug => ({ drug: name, strength, dosage, route: 'oral', quantity, unit, days });
const NORMAL: MeasurementRange = [364, 371];
const FEVER: MeasurementRange = [378, 393];

export const VISITS: readonly VisitTemplate[] = [
	{
		fromYears: 0,
		untilYears: 12,
		reason: 'Ho, sổ mũi, sốt 2 ngày',
		findings: 'Họng đỏ, phổi không rale, không khó thở.',
		diagnosis: { code: 'J06.9', text: 'Nhiễm trùng đường hô hấp trên cấp, không phân loại' },
		treatment: 'Hạ sốt, vệ sinh mũi họng.',
		advice: 'Cho bé uống nhiều nước. Khám lại ngay nếu bé thở nhanh, bỏ bú hoặc sốt quá 3 ngày.',
		temperature_dC: FEVER,
		drugs: [
			drug('Paracetamol', '150 mg', '1 gói khi sốt từ 38,5 °C, cách nhau 6 giờ', 6, 'gói', 3)
		],
		followUpDays: 3,
		followUpWhat: 'Nghe lại phổi'
	},
	{
		fromYears: 0,
		untilYears: 6,
		reason: 'Tiêu chảy 5 lần trong ngày, nôn 1 lần',
		findings: 'Tỉnh, mắt không trũng, uống được, nếp véo da mất nhanh.',
		diagnosis: {
			code: 'A09',
			text: 'Viêm dạ dày - ruột và đại tràng do nguyên nhân nhiễm trùng và chưa xác định được nguồn gốc nhiễm trùng'
		},
		treatment: 'Bù nước bằng đường uống, kẽm.',
		advice: 'Pha đúng một gói với một lít nước đã đun sôi để nguội. Cho bé bú và ăn như thường.',
		temperature_dC: [369, 381],
		drugs: [
			drug('Oresol', '20,5 g', 'Uống từng ngụm nhỏ sau mỗi lần đi ngoài', 4, 'gói', 2),
			drug('Kẽm gluconat', '20 mg', '1 viên mỗi ngày, hòa với nước', 10, 'viên', 10)
		],
		followUpDays: 2,
		followUpWhat: 'Xem dấu hiệu mất nước'
	},
	{
		fromYears: 1,
		untilYears: 16,
		reason: 'Đau họng, nuốt vướng',
		findings: 'A-mi-đan sưng đỏ, không mủ, hạch góc hàm nhỏ.',
		diagnosis: { code: 'J03.9', text: 'Viêm amydan cấp, không phân loại' },
		advice: 'Súc miệng nước muối ấm, ăn mềm.',
		temperature_dC: FEVER,
		drugs: [drug('Amoxicillin', '250 mg', '1 gói sáng, trưa và tối, sau ăn', 21, 'gói', 7)]
	},
	{
		fromYears: 0,
		untilYears: 15,
		reason: 'Ngứa, nổi mụn nước ở tay',
		findings: 'Mụn nước nhỏ ở kẽ ngón tay, vết gãi. Người cùng nhà cũng ngứa.',
		diagnosis: { code: 'B86', text: 'Bệnh ghẻ' },
		advice: 'Giặt và phơi nắng chăn màn. Cả nhà cùng bôi thuốc.',
		temperature_dC: NORMAL,
		drugs: [
			{
				drug: 'DEP',
				dosage: 'Bôi toàn thân từ cổ trở xuống vào buổi tối, 3 tối liền',
				route: 'topical',
				quantity: 2,
				unit: 'lọ',
				days: 3
			}
		]
	},
	{
		fromYears: 2,
		untilYears: 14,
		reason: 'Đau bụng quanh rốn, ăn kém',
		findings: 'Bụng mềm, không điểm đau khu trú.',
		diagnosis: { code: 'B82.9', text: 'Nhiễm ký sinh trùng đường ruột không đặc hiệu' },
		advice: 'Rửa tay trước khi ăn, đi dép, tẩy giun 6 tháng một lần.',
		temperature_dC: NORMAL,
		drugs: [drug('Albendazol', '400 mg', '1 viên, nhai, uống một lần', 1, 'viên', 1)]
	},
	{
		fromYears: 40,
		untilYears: 100,
		reason: 'Khám định kỳ tăng huyết áp',
		findings: 'Tim đều, phổi không rale, không phù.',
		diagnosis: { code: 'I10', text: 'Bệnh lý tăng huyết áp' },
		beside: { code: 'E78.5', text: 'Tăng lipid máu, không đặc hiệu' },
		treatment: 'Tiếp tục thuốc đang uống.',
		advice: 'Ăn nhạt, đi bộ mỗi ngày 30 phút, đo huyết áp hằng tuần.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [132, 168], diastolic: [78, 100] },
		drugs: [drug('Amlodipin', '5 mg', '1 viên buổi sáng', 30, 'viên', 30)],
		followUpDays: 28,
		followUpWhat: 'Đo huyết áp, lĩnh thuốc'
	},
	{
		fromYears: 45,
		untilYears: 100,
		reason: 'Khám định kỳ đái tháo đường',
		findings: 'Bàn chân không loét, cảm giác tốt.',
		diagnosis: {
			code: 'E11.9',
			text: 'Bệnh đái tháo đường không phụ thuộc insuline (Chưa có biến chứng)'
		},
		advice: 'Chia nhỏ bữa ăn, bớt cơm và nước ngọt, xem bàn chân mỗi tối.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [118, 146], diastolic: [70, 88] },
		bloodGlucose_umolPerL: [6_100, 11_800],
		drugs: [drug('Metformin', '500 mg', '1 viên sáng và tối, sau ăn', 60, 'viên', 30)],
		followUpDays: 28,
		followUpWhat: 'Đo đường máu lúc đói'
	},
	{
		fromYears: 30,
		untilYears: 100,
		reason: 'Đau lưng sau khi đi làm nương',
		findings: 'Đau cơ cạnh cột sống, không tê chân, đi lại được.',
		diagnosis: { code: 'M54.5', text: 'Đau cột sống thắt lưng' },
		advice: 'Nghỉ việc nặng vài ngày, chườm ấm, mang vác đúng tư thế.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [108, 136], diastolic: [66, 86] },
		drugs: [drug('Paracetamol', '500 mg', '1 viên sáng và tối, sau ăn', 10, 'viên', 5)]
	},
	{
		fromYears: 20,
		untilYears: 80,
		reason: 'Đau vùng thượng vị, ợ chua',
		findings: 'Ấn tức thượng vị, không phản ứng thành bụng.',
		diagnosis: { code: 'K29.7', text: 'Viêm dạ dày, không đặc hiệu' },
		advice: 'Ăn đúng bữa, bớt rượu và ớt. Đi khám ngay nếu đi ngoài phân đen.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [106, 132], diastolic: [64, 84] },
		drugs: [drug('Omeprazol', '20 mg', '1 viên trước bữa sáng 30 phút', 14, 'viên', 14)],
		followUpDays: 14,
		followUpWhat: 'Hỏi lại cơn đau'
	},
	{
		fromYears: 18,
		untilYears: 42,
		onlyFor: 'female',
		reason: 'Khám thai theo hẹn',
		findings: 'Thai máy tốt, bề cao tử cung phù hợp tuổi thai, tim thai đều.',
		diagnosis: { code: 'Z34.9', text: 'Theo dõi thai bình thường, không đặc hiệu' },
		advice: 'Uống viên sắt mỗi ngày. Đến ngay nếu ra máu, đau bụng, phù mặt hoặc thai máy ít.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [98, 122], diastolic: [60, 78] },
		drugs: [drug('Sắt - acid folic', '60 mg - 0,4 mg', '1 viên mỗi ngày', 30, 'viên', 30)],
		followUpDays: 28,
		followUpWhat: 'Khám thai'
	},
	{
		fromYears: 14,
		untilYears: 100,
		reason: 'Vết thương bàn tay do dao phát nương',
		findings: 'Vết thương gọn 3 cm mu tay, không tổn thương gân, mạch.',
		diagnosis: { code: 'S61.9', text: 'Vết thương hở của cổ tay và bàn tay, phần không xác định' },
		treatment: 'Rửa, khâu 3 mũi, băng vô khuẩn.',
		advice: 'Giữ khô, thay băng cách ngày, cắt chỉ sau 7 ngày.',
		temperature_dC: NORMAL,
		bloodPressure: { systolic: [108, 138], diastolic: [66, 86] },
		drugs: [drug('Cephalexin', '500 mg', '1 viên sáng, trưa và tối', 15, 'viên', 5)],
		followUpDays: 7,
		followUpWhat: 'Cắt chỉ'
	},
	{
		fromYears: 16,
		untilYears: 100,
		reason: 'Ho khạc đờm trắng 4 ngày',
		findings: 'Phổi rale ngáy rải rác, không khó thở.',
		diagnosis: { code: 'J20.9', text: 'Viêm phế quản cấp, không phân loại' },
		advice: 'Uống ấm, bỏ thuốc lá. Khám lại nếu sốt cao hoặc khó thở.',
		temperature_dC: [367, 382],
		bloodPressure: { systolic: [106, 140], diastolic: [64, 88] },
		drugs: [drug('Acetylcystein', '200 mg', '1 gói sáng và tối', 10, 'gói', 5)],
		followUpDays: 5,
		followUpWhat: 'Nghe lại phổi'
	}
];

export const ALLERGIES = [
	{
		substance: 'Penicillin',
		category: 'drug',
		reaction: 'Nổi mề đay toàn thân',
		severity: 'moderate'
	},
	{ substance: 'Amoxicillin', category: 'drug', reaction: 'Phù mặt, khó thở', severity: 'severe' },
	{ substance: 'Tôm, cua', category: 'food', reaction: 'Ngứa, nổi mẩn', severity: 'mild' },
	{ substance: 'Aspirin', category: 'drug', reaction: 'Lên cơn hen', severity: 'severe' },
	{ substance: 'Trứng gà', category: 'food', reaction: 'Nổi mề đay', severity: 'mild' },
	{ substance: 'Nọc ong', category: 'other', reaction: 'Sưng đau lan rộng', severity: 'moderate' }
] as const;
