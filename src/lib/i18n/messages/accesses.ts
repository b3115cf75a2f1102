/** Who opened a book: what a family is told of the access log. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Ai đã xem sổ',
	lead: 'Mỗi lần một nơi nhận, mở, ghi hay hỏi sổ này đều có một dòng ở đây.',
	choose: 'Xem sổ của ai?',
	asking: 'Đang hỏi máy chủ',
	askAgain: 'Hỏi lại',
	asOf: (moment: string) => `Theo máy chủ lúc ${moment}.`,
	offline: 'Chưa tới được máy chủ. Đây là danh sách lần trước.',
	signedOut: 'Phiên đăng nhập đã hết. Đây là danh sách lần trước; đăng nhập lại để xem mới.',
	never: {
		title: 'Chưa có danh sách',
		text: 'Cần có mạng một lần để tải danh sách về máy này. Sổ của bạn không mất gì.'
	},
	notTold: {
		title: 'Máy chủ này không cho xem danh sách',
		text: 'Hỏi trạm y tế nếu bạn muốn biết ai đã mở sổ.'
	},
	none: { title: 'Chưa có ai', text: 'Chưa nơi nào nhận, mở hay hỏi sổ này.' },
	from16: {
		title: 'Chỉ con xem được',
		text: 'Từ 16 tuổi, ai đã mở sổ của con thì chỉ con xem được, vì tên nơi khám cũng là chuyện riêng.'
	},

	verdict: {
		first:
			'Từ hôm nay điện thoại này giữ dấu của nhật ký. Lần sau mở trang này, máy so lại: dòng nào bị sửa hay bỏ thì bạn biết.',
		holds: 'Đã so với dấu điện thoại này giữ từ lần trước: không dòng nào bị sửa hay bỏ.',
		restored:
			'Máy chủ đã được khôi phục từ bản sao cũ hơn. Những dòng ghi sau bản sao đó thì không so được nữa.',
		brokenTitle: 'Danh sách này không khớp với lần trước',
		broken: {
			seal: 'Dấu của danh sách không phải của nhật ký mà điện thoại này biết.',
			history:
				'Nhật ký mà điện thoại này biết từ lần trước không còn nguyên trong nhật ký lần này.',
			row: 'Có dòng không đúng chỗ của nó trong nhật ký.',
			'left-out':
				'Có dòng lần trước đã hiện mà lần này máy chủ bỏ đi. Các dòng đó vẫn được giữ ở đây.'
		},
		brokenWhat:
			'Nội dung sổ không mất gì. Hãy báo cho trạm y tế hoặc cơ quan quản lý, và đừng xóa ứng dụng: dấu cũ còn trên máy này.'
	},

	refused: {
		title: (count: number) => `${count} lần hỏi sổ này mà không được xem`,
		byPlace: (place: string, moment: string) => `${place}, ${moment}`,
		byStranger: (moment: string) => `Người không thuộc gia đình, ${moment}`
	},
	family: 'Gia đình, trên điện thoại',
	server: 'Máy chủ, không qua cơ sở nào',
	unknownPlace: (code: string) => `Cơ sở mã ${code}`,
	act: {
		refused: 'Đã hỏi, không được xem',
		emergency: 'Đã mở khẩn cấp, vì không kịp hỏi',
		'emergency-reviewed': 'Đồng nghiệp đã xem lại lần mở khẩn cấp',
		wrote: 'Đã ghi vào sổ',
		opened: 'Đã mở sổ vì người có sổ đến đó',
		received: 'Đã nhận sổ này lên máy',
		read: 'Đã mở xem sổ trên máy',
		looked: 'Đã xem sổ lúc có mạng',
		found: 'Đã thấy tên khi tìm người',
		reviewed: 'Đã xem lại một mục máy chủ chưa nhận',
		family: 'Đã tải hoặc xem sổ',
		shown: 'Đã mở mã cho cơ sở y tế xem sổ',
		other: 'Đã có việc khác với sổ'
	},
	times: (count: number) => (count === 1 ? '' : `${count} lần`),
	last: (moment: string, count: number) => (count === 1 ? moment : `lần cuối ${moment}`),
	you: 'bạn',
	relative: 'người khác trong gia đình',
	/** A member of staff whose name is not known. */
	somebody: 'một nhân viên',

	offlineReads: {
		title: 'Xem khi mất mạng',
		text: 'Nơi đã nhận sổ lên máy có thể xem mà không cần mạng. Máy ghi lại từng lần mở và báo ngay khi có mạng, nên dòng “đã mở xem sổ trên máy” có thể đến sau vài ngày. Máy bị mất thì không báo được: từ lúc “đã nhận sổ này lên máy”, người làm ở đó có thể đã xem.'
	},
	older: (count: number) => `Đây là ${count} dòng mới nhất; còn dòng cũ hơn ở máy chủ.`,
	all: (count: number) => `Từng dòng (${count})`,
	unknownHelp: 'Có tên bạn không biết? Hỏi trạm y tế nơi bạn đăng ký.'
};

type Messages = typeof vi;

const en: Messages = {
	title: 'Who opened the book',
	lead: 'Whenever a place received, opened, wrote in or asked for this book, there is a line here.',
	choose: 'Whose book?',
	asking: 'Asking the server',
	askAgain: 'Ask again',
	asOf: (moment) => `As the server says, ${moment}.`,
	offline: 'The server cannot be reached. This is the list of last time.',
	signedOut:
		'Your sign-in has ended. This is the list of last time; sign in again for the new one.',
	never: {
		title: 'No list yet',
		text: 'A network is needed once to bring the list to this device. Nothing of your book is lost.'
	},
	notTold: {
		title: 'This server does not tell',
		text: 'Ask the station if you want to know who opened the book.'
	},
	none: { title: 'Nobody yet', text: 'No place has received, opened or asked for this book.' },
	from16: {
		title: 'For the child alone',
		text: 'From 16 on, who opened the book is told to the child alone: the name of a place is private too.'
	},

	verdict: {
		first:
			'From today this phone keeps a seal of the log. When you open this page again it compares: you will know if a line was changed or taken out.',
		holds: 'Compared with the seal this phone kept: no line was changed or taken out.',
		restored:
			'The server was restored from an older copy. Lines written after that copy cannot be compared any more.',
		brokenTitle: 'This list does not agree with last time',
		broken: {
			seal: 'The seal of the list is not that of the log this phone knows.',
			history: 'The log this phone knew last time is not whole in the log of today.',
			row: 'A line is not where it should be in the log.',
			'left-out':
				'A line that was shown last time was left out by the server this time. It is still kept here.'
		},
		brokenWhat:
			'Nothing of the book itself is lost. Tell the station or the authority, and do not remove the app: the old seal is on this device.'
	},

	refused: {
		title: (count) =>
			count === 1
				? 'Once somebody asked and was not shown it'
				: `${count} times somebody asked and was not shown it`,
		byPlace: (place, moment) => `${place}, ${moment}`,
		byStranger: (moment) => `Somebody not of the family, ${moment}`
	},
	family: 'The family, on a phone',
	server: 'The server, without any facility',
	unknownPlace: (code) => `Facility ${code}`,
	act: {
		refused: 'Asked, and was not shown it',
		emergency: 'Opened in an emergency, without time to ask',
		'emergency-reviewed': 'A colleague reviewed the emergency opening',
		wrote: 'Wrote in the book',
		opened: 'Opened the book because the person was there',
		received: 'Received this book on a device',
		read: 'Opened the book on a tablet',
		looked: 'Looked at the book with a network',
		found: 'Saw the name when looking for somebody',
		reviewed: 'Looked again at an entry the server had not taken',
		family: 'Loaded or read the book',
		shown: 'Showed a code for a facility to see the book',
		other: 'Did something else with the book'
	},
	times: (count) => (count === 1 ? '' : `${count} times`),
	last: (moment, count) => (count === 1 ? moment : `last ${moment}`),
	you: 'you',
	relative: 'somebody else of the family',
	somebody: 'a member of staff',

	offlineReads: {
		title: 'Reading without a network',
		text: 'A place that received the book on a device can read it without a network. The device notes each opening and tells it as soon as there is a network, so “opened the book on a tablet” may come days later. A lost device cannot tell: from “received this book on a device” on, people who work there may have read it.'
	},
	older: (count) => `These are the newest ${count} lines; the server has older ones.`,
	all: (count) => `Every line (${count})`,
	unknownHelp: 'A name you do not know? Ask the station where you are registered.'
};

export const t = localized({ vi, en });
