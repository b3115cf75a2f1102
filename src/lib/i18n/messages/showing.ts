/** A family shows its book at a facility, and is told where a book was opened without being asked. */
import { localized } from '../language.svelte.ts';

export const vi = {
	open: 'Cho cơ sở y tế xem sổ',
	title: 'Cho cơ sở y tế xem sổ',
	text: 'Nơi đọc mã này xem và ghi được sổ trong 24 giờ, rồi tự hết. Chỉ mở khi đang ở đó.',
	child: {
		ask: (name: string) => `Hỏi ${name}: con có đồng ý cho xem sổ không?`,
		why: 'Từ 7 tuổi, trẻ được hỏi ý kiến trước khi cho người khác xem chuyện riêng của mình.',
		yes: 'Con đồng ý',
		no: 'Con không đồng ý'
	},
	asking: 'Đang lấy mã',
	codeLabel: 'Mã để cơ sở y tế đọc',
	spokenLabel: 'Hoặc đọc mã này',
	left: (minutes: number, seconds: string) => `Còn ${minutes} phút ${seconds} giây`,
	over: { title: 'Mã đã hết hạn', text: 'Mã dùng được 15 phút, một lần. Mở mã mới khi cần.' },
	again: 'Mở mã mới',
	offline: {
		title: 'Cần mạng',
		text: 'Chưa tới được máy chủ nên chưa có mã. Bật mạng rồi thử lại. Không có mạng thì đưa thẻ căn cước cho cơ sở y tế tìm sổ.'
	},
	signedOut: {
		title: 'Đã hết thời gian đăng nhập',
		text: 'Đăng nhập lại ở trang Sổ rồi mở mã.'
	},
	notShown: {
		title: 'Chưa mở được mã cho sổ này',
		text: 'Sổ của con từ 16 tuổi thì chính con mở mã. Sổ khác: hỏi trạm y tế.'
	},
	emergency: {
		title: (whose: string) => `${whose} đã được mở khẩn cấp`,
		where: (place: string, moment: string) => `${place}, ${moment}`,
		by: (name: string) => `Người mở: ${name}.`,
		why: (reason: string) => `Lý do: ${reason}.`,
		text: 'Sổ chỉ mở trong vài giờ. Đồng nghiệp của người mở xem lại lần mở này.',
		accesses: 'Xem ai đã xem',
		read: 'Đã đọc'
	}
};

export const en: typeof vi = {
	open: 'Show the book at a facility',
	title: 'Show the book at a facility',
	text: 'Whoever reads this code can see and write the book for 24 hours, then it ends by itself. Open it only while you are there.',
	child: {
		ask: (name: string) => `Ask ${name}: may the book be shown?`,
		why: 'From the age of 7 a child is asked before others are shown its private matters.',
		yes: 'The child agrees',
		no: 'The child does not agree'
	},
	asking: 'Getting a code',
	codeLabel: 'Code for the facility to read',
	spokenLabel: 'Or read out this code',
	left: (minutes: number, seconds: string) => `${minutes} min ${seconds} s left`,
	over: {
		title: 'The code is over',
		text: 'It is good for 15 minutes, once. Open a new one when you need it.'
	},
	again: 'Open a new code',
	offline: {
		title: 'Needs a network',
		text: 'The server cannot be reached, so there is no code. Turn on the network and try again. Without one, give the facility your citizen card to find the book.'
	},
	signedOut: {
		title: 'Your sign-in is over',
		text: 'Sign in again on the page Books, then open a code.'
	},
	notShown: {
		title: 'No code for this book',
		text: 'From 16 on the child opens the code. Other books: ask the health station.'
	},
	emergency: {
		title: (whose: string) => `${whose} was opened in an emergency`,
		where: (place: string, moment: string) => `${place}, ${moment}`,
		by: (name: string) => `Opened by ${name}.`,
		why: (reason: string) => `Reason: ${reason}.`,
		text: 'The book is open for a few hours only. Colleagues of whoever opened it review this.',
		accesses: 'See who opened the book',
		read: 'I have read this'
	}
};

export const t = localized({ vi, en });
