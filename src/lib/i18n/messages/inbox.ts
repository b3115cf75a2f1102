/** What waits for a person: two places that differ, and what the server sent back. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Hộp việc',
	waiting: (count: string) => `${count} việc chờ bạn`,
	sections: {
		decide: 'Cần bạn quyết',
		returned: 'Máy chủ trả lại'
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
	openBook: 'Mở sổ',
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
		returned: 'Returned by the server'
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
	openBook: 'Open book',
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
