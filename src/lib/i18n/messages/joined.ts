/** Words of two books that may be, or are, of one person. */
import { localized } from '../language.svelte.ts';

export const vi = {
	fromOther: 'Từ sổ kia',
	fromOtherText: 'Mục này nằm ở sổ kia của cùng người. Muốn sửa, mở sổ kia.',
	openOther: 'Mở sổ kia',
	together: (count: number) =>
		count === 1
			? 'Người này có hai sổ đã gộp: đang xem chung'
			: `Người này có ${count + 1} sổ đã gộp: đang xem chung`,
	togetherText:
		'Dị ứng, mũi tiêm và dòng thời gian lấy từ mọi sổ. Mục "Từ sổ kia" vẫn nằm ở sổ đó; ghi mới thì vào sổ đang mở.',
	missing: 'Một sổ khác của người này chưa có trên máy',
	missingText:
		'Dị ứng và mũi tiêm trong sổ đó chưa thấy ở đây. Hỏi gia đình trước khi tiêm, kê đơn.',
	bring: 'Lấy sổ kia về',
	bringing: 'Đang lấy sổ về',
	bringFailed: 'Chưa lấy được. Cần mạng; thử lại sau một phút.',
	mayBe: 'Có thể trùng',
	mayBeText: (name: string, born: string) =>
		born === '' ? `Máy còn một sổ tên ${name}.` : `Máy còn một sổ tên ${name}, sinh ${born}.`,
	compare: 'So hai sổ',
	compareTitle: 'Có phải một người?',
	compareText:
		'So 6 điểm rồi hỏi gia đình. Chọn gì cũng không mất mục nào. Gộp rồi vẫn tách được; chọn khác người rồi vẫn bỏ được, ở dòng thời gian.',
	thisBook: 'Sổ đang mở',
	otherBook: 'Sổ kia',
	notInBook: 'Chưa có',
	different: 'Hai người khác nhau',
	saidDifferent: 'Đã ghi: hai người khác nhau, đã lưu trên máy',
	join: 'Là một người: gộp',
	joinReason: 'Vì sao là một người',
	joinReasons: ['Gia đình xác nhận', 'Cùng số định danh', 'Lập sổ hai lần'],
	joined: 'Đã gộp hai sổ, đã lưu trên máy',
	gone: 'Không so được hai sổ này',
	goneText: 'Sổ kia không có trên máy, hoặc hai sổ không còn giống nhau.',
	back: 'Về sổ',
	part: 'Tách sổ',
	partTitle: 'Tách hai sổ',
	partText: 'Mỗi mục ở lại sổ nơi nó được ghi. Không mục nào mất, sau này gộp lại được.',
	partReason: 'Vì sao tách',
	partReasons: ['Hai người khác nhau', 'Gộp nhầm', 'Anh chị em sinh đôi'],
	parted: 'Đã tách hai sổ, đã lưu trên máy'
};

export const en: typeof vi = {
	fromOther: 'From the other book',
	fromOtherText: 'This stands in the other book of the same person. To correct it, open that book.',
	openOther: 'Open the other book',
	together: (count: number) =>
		count === 1
			? 'This person has two joined books, shown as one'
			: `This person has ${count + 1} joined books, shown as one`,
	togetherText:
		'Allergies, doses and the timeline come from every book. "From the other book" still stands in that book; what you write goes into the book that is open.',
	missing: 'Another book of this person is not on this tablet',
	missingText:
		'Allergies and doses in it are not shown here. Ask the family before a dose or a prescription.',
	bring: 'Fetch the other book',
	bringing: 'Fetching the book',
	bringFailed: 'Not fetched. It needs a network; try again in a minute.',
	mayBe: 'May be a duplicate',
	mayBeText: (name: string, born: string) =>
		born === ''
			? `There is another book of ${name} on this tablet.`
			: `There is another book of ${name}, born ${born}, on this tablet.`,
	compare: 'Compare the books',
	compareTitle: 'Is this one person?',
	compareText:
		'Compare 6 points and ask the family. Nothing is lost either way. Joined books can be parted, and “different people” can be withdrawn in the timeline.',
	thisBook: 'This book',
	otherBook: 'Other book',
	notInBook: 'Not there',
	different: 'Different people',
	saidDifferent: 'Noted as two people, saved on this tablet',
	join: 'One person: join',
	joinReason: 'Why it is one person',
	joinReasons: ['The family confirms it', 'Same identity number', 'Registered twice'],
	joined: 'Books joined, saved on this tablet',
	gone: 'These two books cannot be compared',
	goneText: 'The other book is not on this tablet, or the two no longer look alike.',
	back: 'Back to the book',
	part: 'Part the books',
	partTitle: 'Part the two books',
	partText:
		'Every entry stays in the book where it was recorded. Nothing is lost, and they can be joined again.',
	partReason: 'Why they are parted',
	partReasons: ['Two different people', 'Joined by mistake', 'Twins'],
	parted: 'Books parted, saved on this tablet'
};

export const t = localized({ vi, en });
