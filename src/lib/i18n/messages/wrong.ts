/** Something in a book is wrong: a family says so, whoever wrote it answers within two working days. */
import { localized } from '../language.svelte.ts';

export const vi = {
	open: 'Có chỗ sai?',
	title: 'Có chỗ sai?',
	lead: 'Chọn mục có chỗ sai. Nơi đã ghi mục đó trả lời trong hai ngày làm việc.',
	choose: 'Mục nào?',
	noEntries: { title: 'Chưa có mục nào', text: 'Sổ này chưa có mục do cơ sở y tế ghi.' },
	entry: 'Mục được báo',
	words: 'Sai ở chỗ nào, đúng ra là gì?',
	wordsHint:
		'Ví dụ: “Mũi này tiêm ngày 12/11, sổ ghi 21/11.” Nơi ghi mục này và gia đình đọc được.',
	wordsNeeded: 'Viết rõ chỗ sai, từ 5 đến 500 ký tự.',
	send: 'Gửi yêu cầu sửa',
	sending: 'Đang gửi',
	due: (day: string) => `Trả lời chậm nhất hết ngày ${day}.`,
	failed: {
		unreachable: 'Chưa gửi được: cần mạng. Chữ bạn viết vẫn ở đây.',
		'signed-out': 'Đã hết thời gian đăng nhập. Đăng nhập lại ở trang Sổ rồi gửi.',
		'not-taken':
			'Chưa gửi được: mục này không còn trong sổ, hoặc đã có nhiều yêu cầu đang chờ. Hỏi trạm y tế.',
		'open-already': 'Mục này đã có yêu cầu đang chờ trả lời. Chưa gửi thêm.'
	},
	requests: {
		title: 'Yêu cầu sửa đã gửi',
		none: 'Chưa gửi yêu cầu nào.',
		asking: 'Đang hỏi máy chủ',
		offline: 'Chưa tới được máy chủ nên chưa biết câu trả lời.',
		gone: 'Mục không còn trên máy này',
		sent: (facility: string, moment: string) => `Gửi ${facility}, ${moment}`,
		waiting: 'Đang chờ trả lời',
		late: 'Quá hạn, chưa trả lời',
		lateText: 'Bạn có thể gọi cho cơ sở hoặc hỏi cơ quan quản lý y tế ở địa phương.',
		corrected: 'Đã sửa trong sổ',
		declined: 'Không sửa',
		answered: (moment: string, by: string) => (by === '' ? moment : `${moment}, ${by}`)
	},
	station: {
		link: (open: number, late: number) =>
			open === 0
				? 'Yêu cầu sửa của người dân'
				: late === 0
					? `Yêu cầu sửa của người dân (${open})`
					: `Yêu cầu sửa của người dân (${open}, quá hạn ${late})`,
		title: 'Yêu cầu sửa của người dân',
		text: 'Người dân báo mục có chỗ sai. Sửa mục, hoặc nói vì sao giữ nguyên, trong hai ngày làm việc.',
		empty: { title: 'Không có yêu cầu nào', text: 'Không ai báo chỗ sai ở mục do nơi này ghi.' },
		notAllowed: {
			title: 'Không dành cho vai trò này',
			text: 'Người khám, tiêm ở cơ sở trả lời yêu cầu sửa.'
		},
		offline: { title: 'Cần mạng', text: 'Yêu cầu sửa nằm ở máy chủ. Có mạng thì hiện ở đây.' },
		notHere: 'Sổ không có trên máy này',
		about: (kind: string, day: string) => (day === '' ? kind : `${kind}, ${day}`),
		yours: 'Mục do bạn ghi: bạn trả lời',
		writtenBy: (name: string) => `Mục do ${name} ghi`,
		due: (day: string) => `Hạn: hết ngày ${day}`,
		late: (day: string) => `Quá hạn từ hết ngày ${day}`,
		says: 'Người dân viết',
		correct: 'Sửa mục này',
		decline: 'Giữ nguyên, nói vì sao',
		reason: 'Vì sao giữ nguyên?',
		reasonHint: 'Người dân đọc được câu này.',
		reasonNeeded: 'Viết rõ lý do, từ 5 đến 500 ký tự.',
		sendReason: 'Gửi trả lời',
		cancel: 'Thôi',
		corrected: 'Đã trả lời: đã sửa',
		declined: 'Đã trả lời: giữ nguyên',
		failed: {
			network: 'Chưa gửi được: cần mạng.',
			decided: 'Đã có trả lời rồi. Danh sách vừa được tải lại.',
			other: 'Máy chủ chưa nhận trả lời này. Thử lại.'
		}
	}
};

export const en: typeof vi = {
	open: 'Something wrong?',
	title: 'Something wrong?',
	lead: 'Choose the entry that is wrong. Whoever wrote it answers within two working days.',
	choose: 'Which entry?',
	noEntries: { title: 'No entries yet', text: 'No facility has written in this book.' },
	entry: 'The entry',
	words: 'What is wrong, and what is right?',
	wordsHint:
		'For example: “This dose was on 12/11, the book says 21/11.” The place that wrote it and the family read this.',
	wordsNeeded: 'Say what is wrong, in 5 to 500 characters.',
	send: 'Ask for a correction',
	sending: 'Sending',
	due: (day: string) => `To be answered by the end of ${day}.`,
	failed: {
		unreachable: 'Not sent: it needs a network. What you wrote is still here.',
		'signed-out': 'Your sign-in is over. Sign in again on the page Books, then send it.',
		'not-taken':
			'Not sent: the entry is in the book no more, or many requests are waiting. Ask the health station.',
		'open-already': 'A request about this entry is waiting already. Nothing more was sent.'
	},
	requests: {
		title: 'Requests that were sent',
		none: 'No request was sent.',
		asking: 'Asking the server',
		offline: 'The server cannot be reached, so the answer is not known.',
		gone: 'The entry is not on this phone any more',
		sent: (facility: string, moment: string) => `To ${facility}, ${moment}`,
		waiting: 'Waiting for an answer',
		late: 'Overdue, not answered',
		lateText: 'You can call the facility, or ask the health authority of your place.',
		corrected: 'Corrected in the book',
		declined: 'Left as it is',
		answered: (moment: string, by: string) => (by === '' ? moment : `${moment}, ${by}`)
	},
	station: {
		link: (open: number, late: number) =>
			open === 0
				? 'Requests for correction'
				: late === 0
					? `Requests for correction (${open})`
					: `Requests for correction (${open}, ${late} overdue)`,
		title: 'Requests for correction',
		text: 'People say that an entry is wrong. Correct it, or say why it stays, within two working days.',
		empty: { title: 'No requests', text: 'Nobody says that something written here is wrong.' },
		notAllowed: {
			title: 'Not for this role',
			text: 'Those who examine and vaccinate at the facility answer requests.'
		},
		offline: {
			title: 'Needs a network',
			text: 'Requests lie at the server. With a network they are here.'
		},
		notHere: 'The book is not on this tablet',
		about: (kind: string, day: string) => (day === '' ? kind : `${kind}, ${day}`),
		yours: 'You wrote the entry: the answer is yours',
		writtenBy: (name: string) => `Written by ${name}`,
		due: (day: string) => `Due by the end of ${day}`,
		late: (day: string) => `Overdue since the end of ${day}`,
		says: 'What the person wrote',
		correct: 'Correct the entry',
		decline: 'Leave it, and say why',
		reason: 'Why does it stay?',
		reasonHint: 'The person reads this.',
		reasonNeeded: 'Give the reason, in 5 to 500 characters.',
		sendReason: 'Send the answer',
		cancel: 'Cancel',
		corrected: 'Answered: corrected',
		declined: 'Answered: left as it is',
		failed: {
			network: 'Not sent: it needs a network.',
			decided: 'It was answered already. The list was just loaded again.',
			other: 'The server did not take this answer. Try again.'
		}
	}
};

export const t = localized({ vi, en });
