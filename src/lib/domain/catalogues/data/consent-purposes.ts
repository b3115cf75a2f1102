/**
 * For what the book may be used, as dated data. Law 91/2025/QH15 and Decree 356/2025/NĐ-CP (in force since 01/01/2026):
 * consent is given for each purpose apart, says that the data is sensitive, is not a condition of care, and can be
 * withdrawn. What a law orders needs none, and is told, not asked. A purpose is asked about only from the day on which
 * something uses it: a consent to what does not exist yet is to nothing in particular. A text is never rewritten: a
 * new one stands behind it with its day, and who agreed to the one before is asked again.
 */
import type { ClinicalDate } from '../../time/clinical-time.ts';

export interface ConsentText {
	/** The purpose, as a heading. */
	title: string;
	/** What is used, by whom, for what. */
	what: string;
	/** That it is sensitive. */
	sensitive: string;
	/** What does not change where nobody agrees. */
	refusal: string;
	/** What follows from withdrawing. */
	withdrawal: string;
}

export interface ConsentTextVersion {
	/** First day on which it is asked with these words. */
	from: ClinicalDate;
	vi: ConsentText;
	en: ConsentText;
}

/** Asked about, in the versions of its words, oldest first. */
export interface AskedPurpose {
	id: string;
	needsConsent: true;
	versions: readonly [ConsentTextVersion, ...ConsentTextVersion[]];
}

interface Told {
	title: string;
	text: string;
}

/** Told only: a law orders it, or nothing uses it yet. */
export interface ToldPurpose {
	id: string;
	/** True: it will be asked about once something uses it. */
	needsConsent: boolean;
	vi: Told;
	en: Told;
}

const day = (text: string): ClinicalDate => text as ClinicalDate;

export const READ_RECEIPT = {
	id: 'read-receipt',
	needsConsent: true,
	versions: [
		{
			from: day('2026-11-30'),
			vi: {
				title: 'Cho cơ sở y tế biết điện thoại đã có sổ',
				what: 'Các cơ sở y tế đang giữ sổ thấy ngày gần nhất mà một điện thoại của gia đình đã có đủ sổ, để biết có cần gọi điện báo kết quả không. Họ không thấy giờ, không thấy ai đã đọc và đọc mấy lần.',
				sensitive: 'Đây là dữ liệu cá nhân nhạy cảm: việc ai xem thông tin sức khỏe của mình.',
				refusal: 'Không đồng ý thì việc khám, tiêm và đọc sổ vẫn như cũ.',
				withdrawal: 'Rút đồng ý thì từ lúc đó không cơ sở nào thấy ngày này nữa.'
			},
			en: {
				title: 'Let facilities know that a phone has the book',
				what: 'The health facilities that hold the book see the last day on which a phone of the family had all of it, to know whether they have to call about a result. They see no hour, not who read it and not how often.',
				sensitive:
					'This is sensitive personal data: how somebody looks at their health information.',
				refusal: 'Without consent, care, vaccination and reading the book stay as they are.',
				withdrawal: 'Once it is withdrawn, no facility sees this day any more.'
			}
		}
	]
} as const satisfies AskedPurpose;

export const ASKED_PURPOSES: readonly AskedPurpose[] = [READ_RECEIPT];

export const TOLD_PURPOSES: readonly ToldPurpose[] = [
	{
		id: 'care',
		needsConsent: false,
		vi: {
			title: 'Khám, chữa bệnh và tiêm chủng',
			text: 'Nơi khám và tiêm phải ghi và được đọc hồ sơ để chăm sóc bạn (Luật Khám bệnh, chữa bệnh 15/2023/QH15). Bạn vẫn xem được ai đã mở sổ.'
		},
		en: {
			title: 'Examination, treatment and vaccination',
			text: 'Whoever examines and vaccinates has to keep a record, and may read it to care for you (Law 15/2023/QH15). You can still see who opened the book.'
		}
	},
	{
		id: 'duty-report',
		needsConsent: false,
		vi: {
			title: 'Báo cáo tiêm chủng và phòng bệnh',
			text: 'Cơ sở y tế phải báo cáo theo Luật Phòng bệnh 114/2025/QH15 và Thông tư 13/2026/TT-BYT.'
		},
		en: {
			title: 'Reports on vaccination and prevention',
			text: 'Facilities have to report under Law 114/2025/QH15 and Circular 13/2026/TT-BYT.'
		}
	},
	{
		id: 'reminder',
		needsConsent: true,
		vi: {
			title: 'Nhắc lịch bằng tin nhắn',
			text: 'Chưa có tin nhắn nào được gửi.'
		},
		en: { title: 'Reminders by message', text: 'No messages are sent.' }
	},
	{
		id: 'research',
		needsConsent: true,
		vi: {
			title: 'Nghiên cứu, thống kê ngoài quy định của luật',
			text: 'Sổ chưa được dùng cho nghiên cứu nào.'
		},
		en: {
			title: 'Research and statistics beyond what the law orders',
			text: 'The book is used for no research.'
		}
	},
	{
		id: 'insurer',
		needsConsent: true,
		vi: {
			title: 'Đưa cho công ty bảo hiểm',
			text: 'Sổ chưa được đưa cho công ty bảo hiểm nào.'
		},
		en: { title: 'Giving it to an insurer', text: 'The book is given to no insurer.' }
	},
	{
		id: 'school',
		needsConsent: true,
		vi: { title: 'Đưa cho trường học', text: 'Sổ chưa được đưa cho trường nào.' },
		en: { title: 'Giving it to a school', text: 'The book is given to no school.' }
	}
];
