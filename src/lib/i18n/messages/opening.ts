/** Words of opening a book for a while: in an emergency, for a visit, and what is said when it is not here. */
import { localized } from '../language.svelte.ts';

export const vi = {
	emergency: {
		open: 'Mở khẩn cấp',
		title: 'Mở khẩn cấp',
		text: 'Chỉ khi không kịp hỏi người bệnh hoặc gia đình.',
		name: (name: string) => `Sổ của ${name}`,
		consequences: [
			'Sổ mở cho trạm trong 4 giờ, rồi tự đóng.',
			'Người có sổ được báo: ai mở, lúc nào, vì sao.',
			'Đồng nghiệp xem lại lần mở này.'
		],
		reason: 'Vì sao không kịp hỏi',
		reasons: {
			unconscious: 'Không tỉnh, không nói được',
			'life-in-danger': 'Nguy đến tính mạng',
			'without-guardian': 'Trẻ hoặc người không tự quyết, vắng người trông'
		},
		otherReason: 'Lý do của phiên bản mới hơn',
		note: 'Chuyện gì đang xảy ra',
		noteHint: 'Một câu. Đồng nghiệp xem lại sẽ đọc.',
		reasonNeeded: 'Chọn một lý do',
		noteNeeded: 'Viết một câu, ít nhất 10 chữ cái',
		act: 'Mở sổ trong 4 giờ',
		opening: 'Đang mở sổ'
	},
	failed: {
		network: {
			title: 'Cần mạng',
			text: 'Máy chưa liên lạc được với máy chủ, nên chưa mở được sổ. Câu bạn viết còn nguyên. Cứ cấp cứu và ghi vào sổ mới; khi có mạng thì nối sau.'
		},
		late: {
			title: 'Sổ chưa về đến máy',
			text: 'Máy chủ đã mở sổ này cho trạm, nhưng sổ chưa về kịp. Sổ tự về khi mạng tốt hơn; thử lại sau một phút. Không có gì bị mất.'
		},
		absent: {
			title: 'Máy chủ không mở được sổ này',
			happened: 'Không có sổ nào mở được ở địa chỉ này.',
			saved: 'Không có gì cần lưu.',
			toDo: 'Tìm lại theo số giấy tờ, hoặc lập sổ mới.'
		},
		tooMany: {
			title: 'Đã mở khẩn cấp đủ số lần trong ngày',
			happened: 'Mỗi người mở khẩn cấp được 5 lần trong 24 giờ.',
			saved: 'Câu bạn viết còn nguyên ở trên.',
			toDo: (span: string) => `Nhờ đồng nghiệp mở, hoặc thử lại sau ${span}.`
		},
		other: {
			title: 'Máy chủ chưa mở được sổ',
			happened: 'Máy chủ không nhận yêu cầu này.',
			saved: 'Chưa có gì thay đổi.',
			toDo: 'Thử lại sau một phút.'
		}
	},
	access: {
		'break-glass': 'Mở khẩn cấp',
		'consent-visit': 'Người dân cho xem',
		referral: 'Mở theo giấy chuyển',
		until: (moment: string, left: string) => `đến ${moment}, còn ${left}`,
		over: (moment: string) => `Quyền mở sổ đã hết lúc ${moment}. Việc đang ghi vẫn lưu được.`,
		reviewed: 'Người có sổ được báo, đồng nghiệp xem lại.'
	},
	left: {
		minutes: (count: number) => `${count}\u00a0phút`,
		hours: (hours: number, minutes: number) =>
			minutes === 0 ? `${hours}\u00a0giờ` : `${hours}\u00a0giờ ${minutes}\u00a0phút`
	},
	ended: {
		title: 'Trạm không còn được mở sổ này',
		text: 'Việc đang ghi trên màn hình này vẫn còn, và vẫn lưu được: mục ghi được nhận và đánh dấu.'
	},
	notHere: {
		title: 'Máy này không mở được sổ ở địa chỉ này',
		text: 'Có thể trạm chưa được mở sổ đó, quyền mở đã hết, hoặc đường dẫn không đúng. Máy không biết thêm gì.',
		draft: 'Chữ bạn ghi dở trong sổ, nếu có, vẫn được giữ và hiện lại khi sổ mở.',
		offline: 'Máy đang không có mạng: ba cách dưới đây chờ đến khi có mạng.',
		find: 'Hỏi máy chủ',
		findText: 'Khi người đó đang có mặt.',
		scan: 'Đọc mã trên điện thoại của họ',
		scanText: 'Mở sổ một ngày.',
		closed:
			'Sổ còn trên máy, nhưng trạm chỉ được mở trong một thời gian, và đã hết. Sổ tự rời máy khi có mạng.',
		offlineClosed: 'Máy đang không có mạng: chỉ còn cách mở khẩn cấp, hai cách kia chờ có mạng.',
		emergencyText: 'Khi không kịp hỏi. Mở sổ 4 giờ.',
		emergencyHere:
			'Khi không kịp hỏi, cả khi không có mạng. Mở sổ 4 giờ; máy báo ngay khi có mạng.',
		people: 'Xem người trên máy này'
	},
	review: {
		title: 'Mở khẩn cấp của trạm',
		text: 'Mỗi lần mở khẩn cấp được một đồng nghiệp xem lại. Người có sổ cũng được báo.',
		link: (count: number) =>
			count === 0 ? 'Mở khẩn cấp của trạm' : `Mở khẩn cấp: ${count} lần chờ xem lại`,
		empty: {
			title: 'Chưa có lần mở khẩn cấp nào',
			text: 'Khi ai đó của trạm mở sổ mà không kịp hỏi, lần mở hiện ở đây.'
		},
		offline: {
			title: 'Cần mạng',
			text: 'Danh sách nằm ở máy chủ. Khi có mạng, trang này hiện các lần mở.'
		},
		notAllowed: {
			title: 'Vai trò của bạn không xem lại việc này',
			text: 'Hỏi trưởng trạm.'
		},
		notHere: 'Người không có trên máy này',
		opened: (name: string, moment: string) => `${name} mở lúc ${moment}`,
		somebody: 'Một nhân viên',
		many: (name: string, count: number) => `${name} đã mở khẩn cấp ${count} lần trong 24 giờ`,
		own: 'Bạn đã mở. Đồng nghiệp khác xem lại.',
		note: 'Nhận xét',
		verdicts: { justified: 'Đúng là khẩn cấp', questioned: 'Cần hỏi lại' },
		done: (name: string, moment: string) =>
			name === '' ? `Đã xem lại lúc ${moment}` : `${name} đã xem lại lúc ${moment}`,
		failed: {
			network: 'Cần mạng để ghi nhận xét. Chưa có gì thay đổi.',
			decided: 'Có người vừa xem lại lần này rồi.',
			other: 'Máy chủ chưa ghi được. Chưa có gì thay đổi, thử lại sau.'
		}
	},
	visit: {
		code: 'Mã trên điện thoại',
		codeHint: '8 chữ và số dưới ô vuông, trên điện thoại của người dân',
		codeError: 'Gõ đủ 8 chữ và số',
		open: 'Mở sổ bằng mã',
		opening: 'Đang mở sổ bằng mã',
		title: 'Mở sổ bằng mã của người dân',
		gone: {
			title: 'Mã này không mở được sổ',
			happened: 'Mã đã dùng, đã quá 15 phút, hoặc gõ chưa đúng.',
			saved: 'Không có gì cần lưu.',
			toDo: 'Nhờ người dân mở mã mới trên điện thoại rồi đọc lại.'
		},
		network: {
			title: 'Cần mạng',
			text: 'Máy chưa liên lạc được với máy chủ. Mã còn dùng được trong 15 phút; thử lại khi có mạng.'
		}
	}
};

export const en: typeof vi = {
	emergency: {
		open: 'Open in an emergency',
		title: 'Open in an emergency',
		text: 'Only when there is no time to ask the patient or the family.',
		name: (name: string) => `The book of ${name}`,
		consequences: [
			'The book is open to the station for 4 hours, then it closes by itself.',
			'The person is told: who opened it, when and why.',
			'Colleagues review this opening.'
		],
		reason: 'Why there is no time to ask',
		reasons: {
			unconscious: 'Unconscious, cannot speak',
			'life-in-danger': 'Life in danger',
			'without-guardian': 'A child, or somebody who cannot decide, without a carer'
		},
		otherReason: 'A reason of a newer version',
		note: 'What is happening',
		noteHint: 'One sentence. The colleagues who review it read it.',
		reasonNeeded: 'Choose a reason',
		noteNeeded: 'Write a sentence of at least 10 letters',
		act: 'Open the book for 4 hours',
		opening: 'Opening the book'
	},
	failed: {
		network: {
			title: 'Needs a network',
			text: 'The server cannot be reached, so the book is not open. What you wrote is still there. Give care and write into a new book; duplicates can be joined later.'
		},
		late: {
			title: 'The book has not arrived yet',
			text: 'The server has opened this book for the station, but it has not arrived. It comes by itself when the network is better; try again in a minute. Nothing is lost.'
		},
		absent: {
			title: 'The server cannot open this book',
			happened: 'There is no book that could be opened at this address.',
			saved: 'There is nothing to save.',
			toDo: 'Search again by a number, or start a new book.'
		},
		tooMany: {
			title: 'No more emergency openings today',
			happened: 'Each person may open 5 books in an emergency in 24 hours.',
			saved: 'What you wrote is still there, above.',
			toDo: (span: string) => `Ask a colleague to open it, or try again in ${span}.`
		},
		other: {
			title: 'The server could not open the book',
			happened: 'The server did not take this request.',
			saved: 'Nothing has changed.',
			toDo: 'Try again in a minute.'
		}
	},
	access: {
		'break-glass': 'Opened in an emergency',
		'consent-visit': 'Shown by the person',
		referral: 'Open by a referral letter',
		until: (moment: string, left: string) => `until ${moment}, ${left} left`,
		over: (moment: string) =>
			`The right to open this book ended at ${moment}. What is being written can still be saved.`,
		reviewed: 'The person is told, colleagues review it.'
	},
	left: {
		minutes: (count: number) => `${count}\u00a0min`,
		hours: (hours: number, minutes: number) =>
			minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${minutes}\u00a0min`
	},
	ended: {
		title: 'The station may not open this book any more',
		text: 'What is being written on this screen is still there and can be saved: it is taken and marked.'
	},
	notHere: {
		title: 'This tablet cannot open a book at this address',
		text: 'The station may not have been allowed to open it, the right may be over, or the address is wrong. The tablet knows no more.',
		draft:
			'Anything you left unfinished in the book is kept, and is there again when the book opens.',
		offline: 'There is no network now: these three ways wait until there is.',
		find: 'Ask the server',
		findText: 'When the person is present.',
		scan: 'Read the code on their phone',
		scanText: 'Opens the book for a day.',
		closed:
			'The book is still on this tablet, but the station had it for a while only, and that is over. It leaves the tablet by itself when there is a network.',
		offlineClosed:
			'There is no network now: it can be opened in an emergency only, the other ways wait.',
		emergencyText: 'When there is no time to ask. Opens the book for 4 hours.',
		emergencyHere:
			'When there is no time to ask, also without a network. Opens the book for 4 hours; it is reported as soon as there is a network.',
		people: 'Show the people on this tablet'
	},
	review: {
		title: 'Emergency openings of the station',
		text: 'Each emergency opening is reviewed by a colleague. The person is told too.',
		link: (count: number) =>
			count === 0 ? 'Emergency openings' : `Emergency openings: ${count} to review`,
		empty: {
			title: 'No emergency openings',
			text: 'When somebody of the station opens a book without time to ask, it is shown here.'
		},
		offline: {
			title: 'Needs a network',
			text: 'The list is kept by the server. With a network this page shows it.'
		},
		notAllowed: { title: 'Your role does not review this', text: 'Ask the head of the station.' },
		notHere: 'Person not on this tablet',
		opened: (name: string, moment: string) => `Opened by ${name}, ${moment}`,
		somebody: 'a member of staff',
		many: (name: string, count: number) =>
			`${name} opened ${count} books in an emergency within 24 hours`,
		own: 'You opened it. A colleague reviews it.',
		note: 'Remark',
		verdicts: { justified: 'It was an emergency', questioned: 'To be asked about' },
		done: (name: string, moment: string) =>
			name === '' ? `Reviewed ${moment}` : `Reviewed by ${name}, ${moment}`,
		failed: {
			network: 'A review needs a network. Nothing has changed.',
			decided: 'Somebody has just reviewed this one.',
			other: 'The server could not record it. Nothing has changed, try again later.'
		}
	},
	visit: {
		code: 'Code on a phone',
		codeHint: "8 letters and digits under the square on the person's phone",
		codeError: 'Type all 8 letters and digits',
		open: 'Open the book by its code',
		opening: 'Opening the book by its code',
		title: 'Open a book by the code of the person',
		gone: {
			title: 'This code opens no book',
			happened: 'It was used already, is older than 15 minutes, or was mistyped.',
			saved: 'There is nothing to save.',
			toDo: 'Ask the person to show a new code on their phone, and read it again.'
		},
		network: {
			title: 'Needs a network',
			text: 'The server cannot be reached. The code is good for 15 minutes; try again when there is a network.'
		}
	}
};

export const t = localized({ vi, en });
