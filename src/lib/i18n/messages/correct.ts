/** Words of correcting what stands in a book: amend, withdraw, move to the right book. */
import { localized } from '../language.svelte.ts';

export const vi = {
	acts: { amend: 'Sửa', void: 'Ghi nhầm', move: 'Ghi nhầm sổ' },
	actsLabel: 'Sửa mục này',
	reason: 'Lý do',
	amend: {
		title: {
			visit: 'Sửa lượt khám',
			immunization: 'Sửa mũi tiêm',
			allergy: 'Sửa dị ứng',
			prescription: 'Sửa đơn thuốc',
			observation: 'Sửa số đo',
			note: 'Sửa ghi chú',
			guardianLink: 'Sửa người trông nom',
			facts: 'Sửa thông tin đã ghi',
			referral: 'Sửa giấy chuyển'
		},
		text: 'Bản cũ vẫn nằm trong sổ. Ai mở cũng thấy bản mới, lý do và bản cũ.',
		reason: 'Vì sao sửa',
		reasons: ['Gõ nhầm số', 'Chọn nhầm', 'Ghi thiếu'],
		save: 'Ghi bản sửa',
		saved: 'Đã lưu bản sửa trên máy',
		gone: 'Mục này không sửa được nữa',
		goneText: 'Có người vừa bỏ hoặc chuyển mục này. Mở lại dòng thời gian để xem.',
		back: 'Về dòng thời gian',
		nothingChanged: 'Chưa đổi chỗ nào'
	},
	guardian: {
		relation: 'Là gì của người này',
		book: 'Sổ của người trông nom',
		keepBook: 'Vẫn là người đó',
		dropBook: 'Là người khác',
		untilHint: 'Bỏ trống nếu vẫn đang trông nom'
	},
	void: {
		title: 'Bỏ mục ghi nhầm',
		text: 'Mục bị gạch ngang, vẫn đọc được cùng lý do.',
		reason: 'Vì sao bỏ',
		reasons: ['Ghi trùng', 'Chưa làm mà đã ghi', 'Chọn nhầm'],
		prescriptionStays:
			'Đơn thuốc, giấy chuyển của lượt khám này là mục riêng và vẫn còn. Nếu cũng nhầm, bỏ riêng.',
		save: 'Bỏ mục này',
		saved: 'Đã bỏ mục, đã lưu trên máy'
	},
	move: {
		title: 'Ghi nhầm sổ',
		text: 'Mục được bỏ ở sổ này và ghi sang sổ đúng, trong một lần.',
		find: 'Tìm người đúng',
		findHint: 'Tên, ngày sinh hoặc số',
		found: 'Chọn người đúng',
		none: 'Không thấy ai khác tên này trên máy',
		from: 'Bỏ ở sổ của',
		to: 'Ghi sang sổ của',
		born: (date: string) => `sinh ${date}`,
		bornUnknown: 'chưa rõ ngày sinh',
		withPrescription: 'Đơn thuốc, giấy chuyển của lượt khám đi cùng.',
		reason: 'Vì sao ghi nhầm',
		reasonHint: 'Lý do nằm lại ở sổ này. Đừng ghi tên người kia.',
		reasons: ['Mở nhầm sổ', 'Hai người trùng tên', 'Anh chị em cùng đến'],
		other: 'Chọn người khác',
		save: (name: string) => `Chuyển sang sổ của ${name}`,
		saved: 'Đã chuyển sang sổ đúng, đã lưu trên máy',
		beforeBirth:
			'Mục này có ngày trước ngày sinh của người được chọn. Xem lại đã chọn đúng người chưa.'
	}
};

export const en: typeof vi = {
	acts: { amend: 'Correct', void: 'Recorded in error', move: 'Wrong book' },
	actsLabel: 'Correct this entry',
	reason: 'Reason',
	amend: {
		title: {
			visit: 'Correct the visit',
			immunization: 'Correct the dose',
			allergy: 'Correct the allergy',
			prescription: 'Correct the prescription',
			observation: 'Correct the measurements',
			note: 'Correct the note',
			guardianLink: 'Correct the carer',
			facts: 'Correct what was recorded',
			referral: 'Correct the referral'
		},
		text: 'The earlier version stays in the book. Everybody sees the new one, the reason and the old one.',
		reason: 'Why it is corrected',
		reasons: ['Mistyped number', 'Wrong choice', 'Something was missing'],
		save: 'Save the correction',
		saved: 'Correction saved on this tablet',
		gone: 'This entry can no longer be corrected',
		goneText: 'Somebody has just withdrawn or moved it. Open the timeline again to see.',
		back: 'Back to the timeline',
		nothingChanged: 'Nothing was changed yet'
	},
	guardian: {
		relation: 'Relation to this person',
		book: 'Book of the carer',
		keepBook: 'Still the same person',
		dropBook: 'Another person',
		untilHint: 'Leave empty while it lasts'
	},
	void: {
		title: 'Withdraw a wrong entry',
		text: 'It is struck through and stays readable, with the reason.',
		reason: 'Why it is withdrawn',
		reasons: ['Recorded twice', 'Recorded but not done', 'Wrong choice'],
		prescriptionStays:
			'The prescription or referral of this visit is an entry of its own and stays. If it is wrong too, withdraw it as well.',
		save: 'Withdraw this entry',
		saved: 'Entry withdrawn, saved on this tablet'
	},
	move: {
		title: 'Recorded in the wrong book',
		text: 'The entry is withdrawn here and recorded in the right book, in one act.',
		find: 'Find the right person',
		findHint: 'Name, birth date or number',
		found: 'Choose the right person',
		none: 'Nobody else of that name is on this tablet',
		from: 'Withdrawn from the book of',
		to: 'Recorded in the book of',
		born: (date: string) => `born ${date}`,
		bornUnknown: 'birth date not known',
		withPrescription: 'The prescription or referral of the visit goes with it.',
		reason: 'Why the wrong book',
		reasonHint: 'The reason stays in this book. Do not name the other person.',
		reasons: ['Wrong book was open', 'Two people of one name', 'Siblings came together'],
		other: 'Choose another person',
		save: (name: string) => `Move to the book of ${name}`,
		saved: 'Moved to the right book, saved on this tablet',
		beforeBirth:
			'The entry is dated before the birth of the person chosen. Check that it is the right person.'
	}
};

export const t = localized({ vi, en });
