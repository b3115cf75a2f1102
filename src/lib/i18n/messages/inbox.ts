/** What waits for a person: two places that differ, and what the server sent back. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Hộp việc',
	waiting: (count: string) => `${count} việc chờ bạn`,
	sections: {
		decide: 'Cần bạn quyết',
		returned: 'Máy chủ trả lại',
		held: 'Máy chủ đang giữ, chờ trạm xem',
		answers: 'Tin cho bạn'
	},
	empty: {
		title: 'Không có gì chờ bạn',
		text: 'Khi hai nơi ghi khác nhau, hoặc máy chủ trả lại một bản ghi, việc đó hiện ở đây.'
	},
	backToList: 'Về danh sách',
	moreBooks: (count: string) => `và ${count} sổ nữa, hiện dần khi bạn quyết xong`,
	keys: 'Phím 1, 2 để chọn, J và K để sang việc khác',
	noName: 'Người chưa rõ tên',
	fact: {
		row: (fact: string) => `${fact}: hai nơi ghi khác nhau`,
		title: (fact: string, name: string) => `${fact} của ${name}`,
		use: (value: string) => `Dùng ${value}`,
		useThis: 'Dùng giá trị này',
		where: 'Nơi ghi',
		who: 'Người ghi',
		when: 'Lúc',
		source: 'Dựa vào',
		alsoBy: (count: string) => `và ${count} lần ghi khác cũng nói vậy`,
		meanwhile: 'Trong lúc chờ bạn quyết:',
		meanwhileText:
			'sổ hiện cả các giá trị này, không giá trị nào mất. Giá trị không chọn vẫn nằm trong lịch sử, ai cũng xem lại được.',
		decided: (fact: string) => `Đã quyết: ${fact}`
	},
	event: {
		'amended-twice': {
			row: 'Hai người cùng sửa một mục',
			title: 'Hai người cùng sửa một mục',
			text: 'Cả hai bản đều còn trong dòng thời gian. Mở sổ, đọc cả hai; nếu một bản đúng, sửa mục đó để chỉ còn một bản.'
		},
		'amended-and-voided': {
			row: 'Một người sửa, một người bỏ cùng một mục',
			title: 'Một người sửa, một người bỏ cùng một mục',
			text: 'Mục này vẫn còn trong dòng thời gian. Mở sổ, đọc lại; sửa nếu đúng, bỏ nếu nhầm.'
		},
		safety:
			'Dị ứng không bao giờ bị chọn bỏ ở đây: sổ giữ cả hai. Chỉ bác sĩ sửa hoặc bỏ dị ứng người khác ghi.'
	},
	answers: {
		title: {
			decided: (facts: string) => `Đã có người quyết: ${facts}`,
			taken: (kind: string) => `Mục từng bị trả lại đã vào sổ: ${kind}`,
			amended: (kind: string) => `Có người sửa mục bạn ghi: ${kind}`,
			withdrawn: (kind: string) => `Có người bỏ mục bạn ghi: ${kind}`,
			joined: 'Sổ bạn từng ghi đã gộp với sổ khác',
			parted: 'Sổ bạn từng ghi đã tách khỏi sổ khác'
		},
		text: {
			decided: 'Giá trị không chọn vẫn nằm trong lịch sử, ai cũng xem lại được.',
			taken: 'Máy chủ đã nhận, nơi khác đã thấy được. Không phải ghi lại.',
			amended: 'Bản bạn ghi vẫn còn trong mục đó. Mở sổ để đọc cả hai.',
			withdrawn: 'Mục đó vẫn đọc được, kèm lý do. Mở sổ để xem.',
			joined: 'Mọi mục ở lại sổ nơi nó được ghi. Thấy không đúng thì tách được trong sổ.',
			parted: 'Mọi mục ở lại sổ nơi nó được ghi. Thấy không đúng thì gộp lại được trong sổ.'
		},
		by: (name: string, moment: string) => `${name}, ${moment}`,
		seen: 'Đã xem',
		allSeen: (count: number) => `Đã xem hết ${count} tin`
	},
	openBook: 'Mở sổ',
	held: {
		notHere: 'Người không có trên máy này',
		recorded: (moment: string) => `Ghi lúc ${moment}`,
		fromHere: 'từ máy này',
		refused: (moment: string) => `Máy chủ giữ lại lúc ${moment}, chưa đưa vào sổ, vì:`,
		keptBy: (name: string, moment: string) =>
			name === '' ? `Giữ lại lúc ${moment}:` : `${name} giữ lại lúc ${moment}:`,
		returnedBy: (name: string, moment: string) =>
			name === '' ? `Trả lại lúc ${moment}:` : `${name} trả lại lúc ${moment}:`,
		noContent:
			'Không xem được nội dung ở đây: trạm chưa giữ sổ này, hoặc máy chưa đọc được. Hỏi người ghi.',
		release: 'Nhận vào sổ',
		releaseNote: 'Máy chủ xét lại từ đầu. Chỉ khi mọi chỗ đã đúng, bản ghi mới vào sổ.',
		askAgain: 'Nhờ máy chủ xét lại',
		reason: 'Lý do, người ghi đọc được',
		reasons: ['Hỏi lại người ghi', 'Ghi lại cho đủ', 'Không phải người của trạm'],
		giveBack: 'Trả lại người ghi',
		keep: 'Giữ lại, xem sau',
		done: {
			released: 'Đã nhận vào sổ',
			returned: 'Đã trả lại người ghi',
			kept: 'Đã ghi lý do giữ lại'
		},
		offline: 'Khi có mạng, các bản ghi máy chủ đang giữ của trạm hiện ở đây.',
		failed: {
			'still-refused': 'Máy chủ vẫn chưa nhận được:',
			'already-decided': 'Có người vừa quyết việc này rồi.',
			'not-allowed': 'Vai trò của bạn không quyết việc này. Hỏi trưởng trạm.',
			network: 'Cần mạng để quyết việc này. Chưa có gì thay đổi.',
			other: 'Máy chủ chưa làm được việc này. Chưa có gì thay đổi, thử lại sau.'
		}
	},
	refused: {
		saved: (moment: string) => `Lưu lúc ${moment}`,
		kept: 'Bản ghi còn nguyên trên máy này. Nơi khác chưa thấy nó.',
		anotherAuthor: (name: string) => `${name} ghi mục này; người ghi tự ghi lại.`,
		correct: 'Sửa rồi ghi lại',
		again: 'Ghi lại y nguyên',
		move: 'Ghi vào sổ khác',
		aside: 'Đã xem, cất đi',
		savedAgain: 'Đã ghi lại, chờ gửi',
		named: 'Một mục khác trong sổ nhắc đến mục này, nên không ghi lại y nguyên được. Mở sổ để sửa.'
	}
};

export const en: typeof vi = {
	title: 'Inbox',
	waiting: (count: string) => `${count} waiting for you`,
	sections: {
		decide: 'For you to decide',
		returned: 'Returned by the server',
		held: 'Held by the server for the station',
		answers: 'News for you'
	},
	empty: {
		title: 'Nothing is waiting for you',
		text: 'When two places differ, or the server returns a record, it is shown here.'
	},
	backToList: 'Back to the list',
	moreBooks: (count: string) => `and ${count} more books, shown as you decide`,
	keys: 'Keys 1 and 2 choose, J and K go to the next',
	noName: 'Name not known',
	fact: {
		row: (fact: string) => `${fact}: two places differ`,
		title: (fact: string, name: string) => `${fact} of ${name}`,
		use: (value: string) => `Use ${value}`,
		useThis: 'Use this value',
		where: 'Place',
		who: 'Recorded by',
		when: 'When',
		source: 'Based on',
		alsoBy: (count: string) => `and ${count} more records say the same`,
		meanwhile: 'Until you decide:',
		meanwhileText:
			'the book shows all of these values, none is lost. What you do not choose stays in the history, for everybody to see.',
		decided: (fact: string) => `Decided: ${fact}`
	},
	event: {
		'amended-twice': {
			row: 'Two people amended one entry',
			title: 'Two people amended one entry',
			text: 'Both versions are in the timeline. Open the book and read both; where one is right, amend the entry so that one version is left.'
		},
		'amended-and-voided': {
			row: 'One person amended what another withdrew',
			title: 'One person amended what another withdrew',
			text: 'The entry is still in the timeline. Open the book and read it again; amend it if it is true, withdraw it if it is not.'
		},
		safety:
			'An allergy is never chosen away here: the book keeps both. Only a doctor amends or withdraws an allergy that another person recorded.'
	},
	answers: {
		title: {
			decided: (facts: string) => `Somebody has decided: ${facts}`,
			taken: (kind: string) => `Once returned, now in the book: ${kind}`,
			amended: (kind: string) => `Somebody amended what you recorded: ${kind}`,
			withdrawn: (kind: string) => `Somebody withdrew what you recorded: ${kind}`,
			joined: 'A book you wrote in was joined to another',
			parted: 'A book you wrote in was parted from another'
		},
		text: {
			decided: 'What was not chosen stays in the history, for everybody to see.',
			taken: 'The server has it and others see it. There is nothing to record again.',
			amended: 'What you recorded still stands in that entry. Open the book to read both.',
			withdrawn: 'It can still be read, with the reason. Open the book to see it.',
			joined:
				'Every entry stays in the book where it was recorded. If it is not right, part them there.',
			parted:
				'Every entry stays in the book where it was recorded. If it is not right, join them there.'
		},
		by: (name: string, moment: string) => `${name}, ${moment}`,
		seen: 'Seen',
		allSeen: (count: number) => `All ${count} seen`
	},
	openBook: 'Open book',
	held: {
		notHere: 'Person not on this tablet',
		recorded: (moment: string) => `Recorded ${moment}`,
		fromHere: 'from this tablet',
		refused: (moment: string) => `Held by the server since ${moment}, not in the book, because:`,
		keptBy: (name: string, moment: string) =>
			name === '' ? `Kept ${moment}:` : `${name} kept it ${moment}:`,
		returnedBy: (name: string, moment: string) =>
			name === '' ? `Returned ${moment}:` : `${name} returned it ${moment}:`,
		noContent:
			'What it says is not shown here: the station does not hold the book, or this tablet cannot read it. Ask the writer.',
		release: 'Take into the book',
		releaseNote:
			'The server judges it from the start. It enters the book only if all is right now.',
		askAgain: 'Ask the server to judge it again',
		reason: 'Reason, read by the writer',
		reasons: ['Ask the writer', 'Record it again in full', 'Nobody of this station'],
		giveBack: 'Return to the writer',
		keep: 'Keep for later',
		done: {
			released: 'Taken into the book',
			returned: 'Returned to the writer',
			kept: 'Kept, with the reason'
		},
		offline: 'With a network, what the server holds for the station is shown here.',
		failed: {
			'still-refused': 'The server still does not take it:',
			'already-decided': 'Somebody has just decided about this.',
			'not-allowed': 'Your role does not decide this. Ask the station head.',
			network: 'This needs a network. Nothing has changed.',
			other: 'The server could not do this. Nothing has changed; try again later.'
		}
	},
	refused: {
		saved: (moment: string) => `Saved ${moment}`,
		kept: 'The record is unchanged on this tablet. No other place sees it yet.',
		anotherAuthor: (name: string) => `${name} recorded this; its author records it again.`,
		correct: 'Correct and record again',
		again: 'Record again as it is',
		move: 'Record in another book',
		aside: 'Seen, put away',
		savedAgain: 'Recorded again, waiting to be sent',
		named:
			'Another entry of the book names this one, so it cannot be recorded again as it is. Open the book to correct it.'
	}
};

export const t = localized({ vi, en });
