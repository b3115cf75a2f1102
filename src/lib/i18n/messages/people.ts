/** Finding people: on the tablet, at the server, by a scanned code. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Người dân',
	resultsLabel: 'Kết quả tìm',
	counted: (count: number) => `${count} người`,
	atMost: (count: number) => `${count} người đầu tiên. Gõ thêm chữ để thu hẹp.`,
	startTitle: 'Tìm người trên máy này',
	startText: (books: string) =>
		`Máy giữ sổ của ${books} người. Gõ tên không cần dấu, ngày sinh, số định danh, điện thoại, hoặc quét mã.`,
	browse: {
		title: 'Theo thôn, bản',
		text: 'Hoặc gõ tên không cần dấu, ngày sinh, số định danh, điện thoại vào ô tìm.',
		all: 'Tất cả thôn, bản',
		unstated: 'Chưa ghi thôn, bản',
		away: 'Ghi ở xã khác',
		counted: (people: string, households: string | undefined) =>
			households === undefined ? `${people} người` : `${people} người · ${households} hộ`,
		household: (code: string) => `Hộ ${code}`,
		noHousehold: 'Chưa ghi mã hộ',
		showMore: (count: string) => `Xem thêm ${count} người`,
		emptyTitle: 'Không còn ai ở đây',
		emptyText: 'Sổ trên máy này không ghi ai ở thôn, bản này.'
	},
	call: (name: string, phone: string) => `Gọi ${name}, ${phone}`,
	noneTitle: 'Chưa có ai tên này trên máy',
	noneText: 'Hỏi máy chủ xem nơi khác đã lập sổ chưa, hoặc lập sổ ngay; trùng ai thì nối sau.',
	noneOfflineText:
		'Tìm ở máy chủ cần mạng, lúc này mất mạng. Cứ lập sổ ngay; trùng ai thì nối sau.',
	findAtServer: 'Tìm ở máy chủ',
	guardian: {
		mother: (name: string) => `mẹ ${name}`,
		father: (name: string) => `bố ${name}`,
		grandparent: (name: string) => `ông/bà ${name}`,
		sibling: (name: string) => `anh/chị ${name}`,
		relative: (name: string) => `người thân ${name}`,
		other: (name: string) => `người trông nom ${name}`
	},
	sexes: { female: 'Nữ', male: 'Nam', unknown: 'Chưa rõ giới' },
	bornOn: (date: string) => `sinh ${date}`,
	chips: {
		conflict: 'Cần quyết',
		needsUpdate: 'Cần bản mới',
		followUpToday: 'Hẹn hôm nay',
		followUpOverdue: (days: number) => `Quá hẹn ${days}\u00a0ngày`,
		followUpOn: (date: string) => `Hẹn ${date}`,
		allergy: 'Có dị ứng'
	},
	server: {
		title: 'Tìm ở máy chủ',
		text: 'Máy chủ chỉ trả lời câu hỏi chính xác, để không ai dò được người khác. Cần mạng.',
		byLabel: 'Tìm theo',
		by: { identifier: 'Số giấy tờ', name: 'Họ tên và ngày sinh' },
		identifier: 'Số định danh, số thẻ bảo hiểm y tế hoặc mã tạm',
		identifierError: 'Gõ đủ số như trên giấy tờ',
		name: 'Họ và tên đầy đủ',
		nameError: 'Gõ họ và tên như trong giấy tờ',
		birthDate: 'Ngày sinh',
		birthDateError: 'Cần ngày sinh, hoặc ít nhất năm sinh',
		search: 'Hỏi máy chủ',
		searching: 'Đang hỏi máy chủ',
		foundLabel: 'Tìm thấy ở máy chủ',
		foundNote: 'Mở sổ khi người này đang có mặt. Việc mở được ghi lại.',
		bring: 'Lấy sổ về và mở',
		bringing: 'Đang lấy sổ về',
		noneTitle: 'Máy chủ chưa có người này',
		noneText: 'Kiểm lại số và ngày sinh. Nếu đúng, lập sổ mới.',
		networkNeeded: {
			title: 'Cần mạng',
			text: 'Máy chưa liên lạc được với máy chủ. Bạn cứ lập sổ ngay; khi có mạng, trùng ai thì nối sau.'
		},
		notHereYet: {
			title: 'Sổ chưa về đến máy',
			text: 'Máy chủ đã mở sổ này cho trạm, nhưng sổ chưa về kịp. Sổ tự về khi mạng tốt hơn; thử lại sau một phút. Không có gì bị mất.'
		},
		refused: {
			title: 'Máy chủ chưa trả lời được',
			happened: 'Máy chủ không nhận câu hỏi này.',
			saved: 'Không có gì cần lưu.',
			toDo: 'Kiểm lại số giấy tờ, hoặc thử lại sau một phút.'
		}
	},
	scanner: {
		title: 'Quét mã',
		text: 'Đưa mã trên thẻ căn cước, hoặc mã người dân mở trên điện thoại, vào giữa khung.',
		starting: 'Đang mở máy ảnh',
		looking: 'Đang tìm mã',
		noCamera: {
			title: 'Máy không có máy ảnh dùng được',
			text: 'Gõ số định danh vào ô tìm cũng ra người đó.'
		},
		notAllowed: {
			title: 'Ứng dụng chưa được dùng máy ảnh',
			text: 'Mở cài đặt của trình duyệt cho trang này và cho phép máy ảnh. Trong lúc đó, gõ số định danh vào ô tìm.'
		},
		busy: {
			title: 'Máy ảnh đang bận',
			text: 'Ứng dụng khác đang dùng máy ảnh. Đóng ứng dụng đó rồi thử lại.'
		},
		unreadable: {
			title: 'Chưa mở được phần đọc mã',
			text: 'Đóng khung này rồi thử lại. Trong lúc đó, gõ số định danh vào ô tìm.'
		},
		unknownCode: 'Mã này không phải mã trên thẻ căn cước hay mã mở sổ. Thử mã khác.',
		typeInstead: 'Gõ số thay vì quét'
	},
	scanned: {
		title: 'Đã đọc thẻ, chưa có sổ trên máy',
		text: (name: string) => `${name} chưa có sổ trên máy này.`,
		newFromCard: 'Lập sổ từ thẻ này'
	}
};

export const en: typeof vi = {
	title: 'People',
	resultsLabel: 'Search results',
	counted: (count: number) => (count === 1 ? '1 person' : `${count} people`),
	atMost: (count: number) => `The first ${count} people. Type more to narrow down.`,
	startTitle: 'Find a person on this tablet',
	startText: (books: string) =>
		`The tablet holds the books of ${books} people. Type a name without accents, a birth date, an identification number or a phone number, or scan a code.`,
	browse: {
		title: 'By village',
		text: 'Or type a name without accents, a birth date, an identification or a phone number into the search field.',
		all: 'All villages',
		unstated: 'No village recorded',
		away: 'Recorded in another commune',
		counted: (people: string, households: string | undefined) =>
			[
				people === '1' ? '1 person' : `${people} people`,
				households === undefined
					? undefined
					: households === '1'
						? '1 household'
						: `${households} households`
			]
				.filter((part) => part !== undefined)
				.join(' · '),
		household: (code: string) => `Household ${code}`,
		noHousehold: 'No household code recorded',
		showMore: (count: string) => `Show ${count} more`,
		emptyTitle: 'Nobody here any more',
		emptyText: 'No book on this tablet names this village.'
	},
	call: (name: string, phone: string) => `Call ${name}, ${phone}`,
	noneTitle: 'Nobody of this name on the tablet',
	noneText:
		'Ask the server whether another place has a book, or start one now; duplicates can be joined later.',
	noneOfflineText:
		'Searching at the server needs a network, and there is none now. Start a book; duplicates can be joined later.',
	findAtServer: 'Search at the server',
	guardian: {
		mother: (name: string) => `mother ${name}`,
		father: (name: string) => `father ${name}`,
		grandparent: (name: string) => `grandparent ${name}`,
		sibling: (name: string) => `sibling ${name}`,
		relative: (name: string) => `relative ${name}`,
		other: (name: string) => `carer ${name}`
	},
	sexes: { female: 'Female', male: 'Male', unknown: 'Sex not known' },
	bornOn: (date: string) => `born ${date}`,
	chips: {
		conflict: 'To decide',
		needsUpdate: 'Needs the new version',
		followUpToday: 'Due today',
		followUpOverdue: (days: number) => `${days}\u00a0${days === 1 ? 'day' : 'days'} overdue`,
		followUpOn: (date: string) => `Due ${date}`,
		allergy: 'Has an allergy'
	},
	server: {
		title: 'Search at the server',
		text: 'The server answers exact questions only, so that nobody can fish for people. Needs a network.',
		byLabel: 'Search by',
		by: { identifier: 'Number on a paper', name: 'Name and birth date' },
		identifier: 'Identification, insurance or temporary number',
		identifierError: 'Type the whole number as on the paper',
		name: 'Full name',
		nameError: 'Type the name as on the papers',
		birthDate: 'Birth date',
		birthDateError: 'The birth date is needed, or at least the year',
		search: 'Ask the server',
		searching: 'Asking the server',
		foundLabel: 'Found at the server',
		foundNote: 'Open the book when this person is present. Opening is written down.',
		bring: 'Fetch and open the book',
		bringing: 'Fetching the book',
		noneTitle: 'The server does not know this person',
		noneText: 'Check number and birth date. If they are right, start a new book.',
		networkNeeded: {
			title: 'Needs a network',
			text: 'The server cannot be reached. Start a book now; duplicates can be joined later.'
		},
		notHereYet: {
			title: 'The book has not arrived yet',
			text: 'The server has opened this book for the station, but it has not arrived. It comes by itself when the network is better; try again in a minute. Nothing is lost.'
		},
		refused: {
			title: 'The server could not answer',
			happened: 'The server did not take this question.',
			saved: 'There is nothing to save.',
			toDo: 'Check the number, or try again in a minute.'
		}
	},
	scanner: {
		title: 'Scan a code',
		text: "Hold the code of the citizen card, or the one on the person's phone, inside the frame.",
		starting: 'Starting the camera',
		looking: 'Looking for a code',
		noCamera: {
			title: 'No usable camera',
			text: 'Typing the identification number into the search field finds the person too.'
		},
		notAllowed: {
			title: 'The app may not use the camera yet',
			text: "Open the browser's settings for this site and allow the camera. Meanwhile, type the identification number into the search field."
		},
		busy: {
			title: 'The camera is busy',
			text: 'Another app is using the camera. Close it and try again.'
		},
		unreadable: {
			title: 'The code reader could not be opened',
			text: 'Close this and try again. Meanwhile, type the identification number into the search field.'
		},
		unknownCode:
			'This is neither the code of a citizen card nor one that opens a book. Try another one.',
		typeInstead: 'Type the number instead'
	},
	scanned: {
		title: 'Card read, no book on this tablet',
		text: (name: string) => `${name} has no book on this tablet.`,
		newFromCard: 'Start a book from this card'
	}
};

export const t = localized({ vi, en });
