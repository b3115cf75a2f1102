/** What a family agrees to: purposes one by one, and what was decided about them. The texts agreed to are data. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Đồng ý của tôi',
	lead: 'Việc nào ngoài khám chữa bệnh cần hỏi bạn thì hỏi ở đây, từng việc một. Không trả lời là không đồng ý.',
	choose: 'Quyết định cho sổ của ai?',
	settings: 'Việc nào được dùng sổ, bạn đồng ý hay rút lại từng việc.',
	open: 'Mở Đồng ý của tôi',
	asking: 'Đang hỏi máy chủ',
	deciding: 'Đang ghi quyết định',
	asked: 'Hỏi bạn',
	state: {
		inForce: 'Đang đồng ý',
		none: 'Chưa đồng ý',
		withdrawn: 'Đã rút đồng ý',
		askAgain: 'Cần hỏi lại: lần đồng ý trước không còn hiệu lực'
	},
	until: (day: string) => `Hỏi lại từ ngày ${day}.`,
	give: 'Đồng ý',
	withdraw: 'Rút đồng ý',
	done: {
		given: 'Đã ghi: bạn đồng ý.',
		withdrawn: 'Đã ghi: bạn rút đồng ý, có hiệu lực ngay.'
	},
	other: {
		child: (name: string) => `Hỏi ${name}: con có đồng ý việc này không?`,
		childWhy: 'Từ 7 tuổi, trẻ cùng quyết định với người trông nom.',
		childYes: 'Con đồng ý',
		childNo: 'Con không đồng ý',
		guardian: 'Bố mẹ hoặc người giám hộ của bạn có đồng ý không?',
		guardianWhy:
			'Trước 18 tuổi, bạn quyết định cùng người giám hộ. Rút lại thì một mình bạn cũng được.',
		guardianYes: 'Đã hỏi, cùng đồng ý',
		guardianNo: 'Chưa đồng ý'
	},
	notYours: 'Từ 16 tuổi, con tự đồng ý trên điện thoại của con. Bạn chỉ rút được điều đã đồng ý.',
	lawful: 'Luật đã quy định, không cần hỏi',
	notUsed: 'Chưa hỏi, vì chưa nơi nào dùng',
	notUsedText:
		'Khi có nơi dùng, bạn được hỏi trước. Chưa hỏi thì không ai được dùng sổ vào việc này.',
	history: {
		title: 'Các lần đã quyết định',
		none: 'Chưa quyết định lần nào.',
		text: 'Không lần nào bị sửa hay xóa. Mỗi lần cũng có một dòng trong “Ai đã xem sổ”, được đóng dấu cùng nhật ký.',
		act: { given: 'Đồng ý', withdrawn: 'Rút đồng ý' },
		you: 'bạn',
		relative: 'người khác trong gia đình',
		forChild: 'thay cho con',
		withChild: 'con cũng đồng ý',
		withGuardian: 'người giám hộ cũng đồng ý',
		version: (day: string) => `Văn bản từ ngày ${day}`,
		language: { vi: 'tiếng Việt', en: 'tiếng Anh' },
		seal: 'Dấu của văn bản (SHA-256)',
		known: 'Dấu khớp với văn bản dưới đây.',
		unknown: 'Ứng dụng này không có đúng văn bản đó nên không so được dấu.',
		read: 'Đọc văn bản và dấu',
		otherPurpose: (id: string) => `Việc khác (${id})`
	},
	trouble: {
		unreachable: {
			title: 'Cần mạng',
			text: 'Chưa tới được máy chủ. Quyết định chỉ có hiệu lực khi máy chủ đã ghi, nên ở đây không hiện điều đã cũ.'
		},
		'signed-out': {
			title: 'Đã hết thời gian đăng nhập',
			text: 'Đăng nhập lại ở trang Sổ rồi mở lại trang này.'
		},
		'not-yours': {
			title: 'Bạn không quyết định được cho sổ này',
			text: 'Sổ này không phải của bạn hay của con bạn trông nom. Chưa ghi gì.'
		}
	},
	movedOn:
		'Điều này vừa được quyết định ở nơi khác, hoặc văn bản vừa đổi. Đọc lại rồi quyết định. Chưa ghi gì.',
	notSaved: 'Chưa ghi được quyết định: cần mạng. Thử lại.'
};

export const en: typeof vi = {
	title: 'My consents',
	lead: 'What goes beyond care and needs your word is asked here, one thing at a time. No answer means no.',
	choose: 'Decide for whose book?',
	settings: 'What the book may be used for: agree or withdraw, one thing at a time.',
	open: 'Open my consents',
	asking: 'Asking the server',
	deciding: 'Recording the decision',
	asked: 'You are asked',
	state: {
		inForce: 'You agree',
		none: 'Not agreed',
		withdrawn: 'Withdrawn',
		askAgain: 'To be asked again: the earlier consent counts no more'
	},
	until: (day: string) => `Asked again from ${day} on.`,
	give: 'I agree',
	withdraw: 'Withdraw',
	done: {
		given: 'Recorded: you agree.',
		withdrawn: 'Recorded: you withdrew it; it ends at once.'
	},
	other: {
		child: (name: string) => `Ask ${name}: is this all right?`,
		childWhy: 'From the age of 7 a child decides together with whoever looks after it.',
		childYes: 'The child agrees',
		childNo: 'The child does not agree',
		guardian: 'Does your parent or guardian agree?',
		guardianWhy:
			'Before you are 18 you decide together with your guardian. You can withdraw alone.',
		guardianYes: 'Asked, they agree too',
		guardianNo: 'They do not agree'
	},
	notYours:
		'From 16 on the child agrees on their own phone. You can only withdraw what was agreed.',
	lawful: 'Laid down by law, not asked',
	notUsed: 'Not asked, because nothing uses it yet',
	notUsedText: 'Before anything does, you are asked. Until then nobody may use the book for it.',
	history: {
		title: 'What was decided',
		none: 'Nothing was decided yet.',
		text: 'No decision is changed or removed. Each also has a line in “Who opened the book”, sealed with the log.',
		act: { given: 'Agreed', withdrawn: 'Withdrew' },
		you: 'you',
		relative: 'somebody else of the family',
		forChild: 'for the child',
		withChild: 'the child agreed too',
		withGuardian: 'the guardian agreed too',
		version: (day: string) => `Text from ${day} on`,
		language: { vi: 'in Vietnamese', en: 'in English' },
		seal: 'Seal of the text (SHA-256)',
		known: 'The seal is that of the text below.',
		unknown: 'This app does not have that very text, so the seal cannot be compared.',
		read: 'Read the text and its seal',
		otherPurpose: (id: string) => `Another purpose (${id})`
	},
	trouble: {
		unreachable: {
			title: 'Needs a network',
			text: 'The server cannot be reached. A decision counts only once the server has it, so nothing old is shown here.'
		},
		'signed-out': {
			title: 'Your sign-in is over',
			text: 'Sign in again on the page Books, then open this page again.'
		},
		'not-yours': {
			title: 'This book is not yours to decide about',
			text: 'It is neither yours nor that of a child you look after. Nothing was recorded.'
		}
	},
	movedOn:
		'This was just decided elsewhere, or its text has changed. Read it again, then decide. Nothing was recorded.',
	notSaved: 'The decision is not recorded: it needs a network. Try again.'
};

export const t = localized({ vi, en });
