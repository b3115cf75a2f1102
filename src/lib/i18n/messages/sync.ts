/** Saved, waiting, received: the pill and the panel behind it. */
import { localized } from '../language.svelte.ts';

export const vi = {
	pill: {
		name: 'Tình trạng lưu và gửi:',
		saved: 'Đã lưu trên máy',
		savedShort: 'Đã lưu',
		saving: 'Đang lưu',
		failed: 'Chưa lưu',
		allSent: 'Đã gửi hết',
		waiting: (count: string) => `${count} chờ gửi`,
		returned: (count: string) => `${count} trả lại`,
		fetching: 'Đang lấy về',
		signInRefused: 'Cần đăng nhập lại',
		updateNeeded: 'Cần bản mới',
		notTaken: 'Chưa nhận về được'
	},
	title: 'Lưu và gửi',
	network: {
		reachable: 'Máy vừa liên lạc được với máy chủ.',
		unknown: 'Máy đang tìm máy chủ. Bạn cứ làm việc bình thường.',
		unreachable: 'Không có mạng. Bạn cứ làm việc bình thường, máy tự gửi khi có mạng.',
		unreachableSince: (moment: string) =>
			`Không có mạng từ ${moment}. Bạn cứ làm việc bình thường, máy tự gửi khi có mạng.`,
		'refused-sign-in':
			'Máy chủ không nhận máy này nữa. Mọi bản ghi vẫn còn trên máy; hãy khóa máy rồi đăng nhập lại khi có mạng, hoặc gọi trưởng trạm.',
		'update-needed': 'Máy chủ đã dùng bản mới hơn bản của ứng dụng trên máy này.',
		'storage-failed': 'Máy liên lạc được với máy chủ nhưng chưa cất được những gì nhận về.'
	},
	trouble: {
		'update-needed': {
			title: 'Cần bản mới của ứng dụng',
			saved:
				'Bạn cứ ghi bình thường: mọi bản ghi được lưu trên máy này và gửi đi sau khi có bản mới.',
			toDo: 'Khi thấy "Có bản mới của ứng dụng", bấm "Dùng bản mới". Nếu không thấy, đóng hết cửa sổ của ứng dụng rồi mở lại khi có mạng.'
		},
		'storage-failed': {
			title: 'Máy chưa cất được những gì nhận về',
			saved: 'Những gì đã báo "Đã lưu trên máy" vẫn còn nguyên.',
			toDo: 'Nếu máy hết chỗ, xóa bớt ảnh, phim trong máy. Nếu còn chỗ, đóng hết cửa sổ của ứng dụng rồi mở lại. Đừng xóa dữ liệu trình duyệt.'
		}
	},
	notSaved: {
		title: 'Lần lưu gần nhất chưa xong',
		toDo: 'Chữ bạn gõ vẫn còn trên màn hình. Bấm lưu lần nữa; nếu máy hết chỗ, xem phần chỗ trống bên dưới.'
	},
	steps: {
		saved: 'Ghi trên máy này, đã lưu',
		savedNote: (books: string) => `Máy giữ sổ của ${books} người`,
		waiting: 'Chờ gửi',
		waitingNone: 'Không còn gì chờ',
		waitingOldest: (moment: string, span: string) => `Cũ nhất từ ${moment}, đã chờ ${span}`,
		received: 'Máy chủ đã nhận',
		lastContact: (moment: string) => `Liên lạc gần nhất ${moment}`,
		noContact: 'Chưa liên lạc lần nào',
		returned: 'Máy chủ trả lại',
		returnedNote: 'Vẫn còn trên máy, cần bạn xem'
	},
	waitingTitle: (count: string) => `${count} mục chờ gửi`,
	returnedTitle: (count: string) => `${count} mục máy chủ trả lại`,
	returnedAt: (moment: string) => `Lưu lúc ${moment}. Bản ghi còn nguyên trên máy.`,
	nothingWaiting: 'Không còn mục nào chờ gửi.',
	putAside: 'Đã xem, cất đi',
	asideTitle: (count: string) => `${count} mục đã cất`,
	asideNote: 'Máy chủ không nhận các mục này. Chúng vẫn còn trên máy và đọc được.',
	replaced: 'Máy đã tự ghi lại mục này thành bản ghi mới, không cần làm gì.',
	moreLines: (count: string) => `và ${count} mục nữa`,
	openBook: 'Mở sổ',
	kinds: {
		facts: 'thông tin cá nhân',
		visit: 'lượt khám',
		prescription: 'đơn thuốc',
		referral: 'giấy chuyển',
		immunization: 'tiêm chủng',
		allergy: 'dị ứng',
		observation: 'số đo',
		guardianLink: 'người giám hộ',
		note: 'ghi chú',
		void: 'bỏ bản ghi nhầm',
		samePerson: 'nối hai sổ của một người',
		differentPerson: 'hai sổ của hai người',
		other: 'bản ghi'
	},
	refusals: {
		'too-large': 'Bản ghi dài quá mức máy chủ nhận. Chia lời ghi thành hai bản ngắn hơn.',
		'not-canonical':
			'Máy chủ không đọc được bản ghi này. Ghi lại lần nữa và báo người phụ trách máy.',
		envelope: 'Máy chủ không đọc được bản ghi này. Ghi lại lần nữa và báo người phụ trách máy.',
		schema: 'Có một ô máy chủ không hiểu. Mở sổ, xem lại và ghi lại cho đủ.',
		'kind-rule': 'Bản ghi này không hợp với loại của nó. Mở sổ và ghi lại.',
		signature: 'Chữ ký của bản ghi không khớp. Ghi lại lần nữa và báo người phụ trách máy.',
		'unknown-author': 'Máy chủ chưa biết người ghi. Đăng nhập lại khi có mạng rồi ghi lại.',
		'not-allowed': 'Vai trò của người ghi không được ghi việc này vào sổ. Hỏi trưởng trạm.',
		'id-taken': 'Trùng số với một bản ghi khác, rất hiếm gặp. Mở sổ và ghi lại.',
		equivocation: 'Trùng số với một bản ghi khác có lời khác. Mở sổ và ghi lại.',
		erased: 'Sổ hoặc bản ghi này đã được xóa theo luật. Không cần làm gì.',
		'book-full': 'Sổ đã quá số bản ghi cho phép. Gọi người phụ trách máy.',
		'unknown-kind-from-citizen': 'Máy chủ chưa nhận loại bản ghi này.',
		other: 'Máy chủ trả lại với lý do mà bản này của ứng dụng chưa biết. Dùng bản mới khi có.'
	},
	clock: (span: string) => `Giờ của máy lệch ${span}, vẫn ghi được.`,
	storageTitle: 'Chỗ trên máy',
	persisted: {
		granted: 'Trình duyệt hứa giữ dữ liệu của ứng dụng.',
		denied:
			'Trình duyệt chưa hứa giữ dữ liệu khi máy đầy. Cài ứng dụng lên màn hình chính để được giữ.',
		unknown: 'Chưa hỏi được trình duyệt có giữ dữ liệu không.'
	},
	storageUsed: (used: string, quota: string) => `Đã dùng ${used} trong ${quota}`,
	storageFull: (percent: string) => `Máy đã đầy ${percent}\u00a0%`,
	storageToDo: 'Chữ vẫn ghi được. Xóa bớt ảnh, phim trong máy; đừng xóa dữ liệu trình duyệt.',
	storageMeter: 'Chỗ đã dùng',
	fetching: {
		title: 'Đang lấy sổ về máy',
		noNetwork: 'Mất mạng, chưa lấy hết sổ về máy',
		none: 'Máy chưa có sổ nào của trạm. Bạn vẫn lập sổ mới được; máy tự lấy tiếp, không phải chờ.',
		left: (left: string) => `còn ${left} người`,
		text: (taken: string) =>
			`Bạn dùng được ngay với ${taken} người đã có. Tắt máy cũng không phải lấy lại từ đầu.`
	},
	sendNow: 'Thử gửi ngay',
	sending: 'Đang gửi',
	file: {
		make: 'Lưu phần chờ gửi thành tệp',
		why: 'Chỉ dùng khi máy này không có mạng lâu ngày: chép tệp sang thẻ nhớ rồi đưa cho người phụ trách máy chủ. Chỉ máy chủ đọc được tệp; các mục vẫn chờ trên máy này.',
		made: (count: string, name: string) => `Đã lưu ${count} mục vào tệp ${name}.`,
		failed: 'Chưa lưu được tệp. Các mục vẫn còn nguyên trên máy. Hãy thử lại.'
	}
};

export const en: typeof vi = {
	pill: {
		name: 'Saving and sending:',
		saved: 'Saved on this tablet',
		savedShort: 'Saved',
		saving: 'Saving',
		failed: 'Not saved',
		allSent: 'All sent',
		waiting: (count: string) => `${count} waiting`,
		returned: (count: string) => `${count} returned`,
		fetching: 'Fetching',
		signInRefused: 'Sign in again',
		updateNeeded: 'New version needed',
		notTaken: 'Could not take in'
	},
	title: 'Save and send',
	network: {
		reachable: 'This tablet has just reached the server.',
		unknown: 'Looking for the server. Carry on as usual.',
		unreachable: 'No network. Carry on as usual, the tablet sends by itself when there is one.',
		unreachableSince: (moment: string) =>
			`No network since ${moment}. Carry on as usual, the tablet sends by itself when there is one.`,
		'refused-sign-in':
			'The server no longer accepts this tablet. Everything recorded is still here; lock it and sign in again with a network, or call the station head.',
		'update-needed': 'The server uses a newer version than the app on this tablet.',
		'storage-failed': 'The server was reached, but what came from it could not be kept here.'
	},
	trouble: {
		'update-needed': {
			title: 'A new version of the app is needed',
			saved:
				'Carry on as usual: everything is saved on this tablet and is sent once the new version is here.',
			toDo: 'When you see "A new version of the app is ready", press "Use the new version". If you do not, close every window of the app and open it again with a network.'
		},
		'storage-failed': {
			title: 'What came from the server could not be kept',
			saved: 'What was reported as saved on this tablet is still there.',
			toDo: 'If the tablet is full, remove photos and films from it. If it is not, close every window of the app and open it again. Do not clear the browser data.'
		}
	},
	notSaved: {
		title: 'The last save did not finish',
		toDo: 'What you typed is still on the screen. Press save again; if the tablet is full, see its space below.'
	},
	steps: {
		saved: 'Recorded and saved here',
		savedNote: (books: string) => `The tablet holds the books of ${books} people`,
		waiting: 'Waiting to be sent',
		waitingNone: 'Nothing is waiting',
		waitingOldest: (moment: string, span: string) => `Oldest from ${moment}, waiting for ${span}`,
		received: 'Received by the server',
		lastContact: (moment: string) => `Last contact ${moment}`,
		noContact: 'No contact yet',
		returned: 'Returned by the server',
		returnedNote: 'Still on the tablet, needs your attention'
	},
	waitingTitle: (count: string) => `${count} waiting to be sent`,
	returnedTitle: (count: string) => `${count} returned by the server`,
	returnedAt: (moment: string) => `Saved ${moment}. The record is still on the tablet, unchanged.`,
	nothingWaiting: 'Nothing is waiting to be sent.',
	putAside: 'Seen, put away',
	asideTitle: (count: string) => `${count} put away`,
	asideNote: 'The server does not take these. They stay on the tablet and can be read.',
	replaced: 'The tablet has recorded this again by itself as a new record; nothing to do.',
	moreLines: (count: string) => `and ${count} more`,
	openBook: 'Open book',
	kinds: {
		facts: 'personal details',
		visit: 'visit',
		prescription: 'prescription',
		referral: 'letter of referral',
		immunization: 'vaccination',
		allergy: 'allergy',
		observation: 'measurement',
		guardianLink: 'guardian',
		note: 'note',
		void: 'record marked as a mistake',
		samePerson: 'two books of one person joined',
		differentPerson: 'two books of two people',
		other: 'record'
	},
	refusals: {
		'too-large': 'The record is longer than the server takes. Write it as two shorter ones.',
		'not-canonical':
			'The server could not read this record. Record it again and tell whoever looks after the tablet.',
		envelope:
			'The server could not read this record. Record it again and tell whoever looks after the tablet.',
		schema: 'The server did not understand one field. Open the book, check it and record it again.',
		'kind-rule': 'This record does not fit its kind. Open the book and record it again.',
		signature:
			'The signature of the record does not match. Record it again and tell whoever looks after the tablet.',
		'unknown-author':
			'The server does not know who wrote this. Sign in again with a network, then record it again.',
		'not-allowed': 'The role of the writer may not record this in the book. Ask the station head.',
		'id-taken':
			'Its number meets that of another record, which is very rare. Open the book and record it again.',
		equivocation:
			'Its number meets that of a record with other words. Open the book and record it again.',
		erased: 'This book or record was erased by law. Nothing to do.',
		'book-full': 'The book has more records than allowed. Call whoever looks after the tablet.',
		'unknown-kind-from-citizen': 'The server does not take this kind of record yet.',
		other:
			'Returned for a reason this version of the app does not know. Use the new version when there is one.'
	},
	clock: (span: string) => `The clock of this tablet is off by ${span}; recording still works.`,
	storageTitle: 'Space on this tablet',
	persisted: {
		granted: "The browser has promised to keep the app's data.",
		denied:
			'The browser has not promised to keep the data when the tablet is full. Install the app on the home screen to have it kept.',
		unknown: 'Could not ask the browser whether it keeps the data.'
	},
	storageUsed: (used: string, quota: string) => `${used} of ${quota} used`,
	storageFull: (percent: string) => `The tablet is ${percent}\u00a0% full`,
	storageToDo:
		'Text can still be recorded. Remove photos and films from the tablet; do not clear the browser data.',
	storageMeter: 'Space used',
	fetching: {
		title: 'Fetching the books',
		noNetwork: 'No network, not all books are here yet',
		none: 'No book of the station is here yet. You can start new books; the tablet goes on by itself.',
		left: (left: string) => `${left} people left`,
		text: (taken: string) =>
			`You can already work with the ${taken} people who are here. Switching off does not start it over.`
	},
	sendNow: 'Try sending now',
	sending: 'Sending',
	file: {
		make: 'Save what waits as a file',
		why: 'Only when this tablet has no network for many days: copy the file to a memory card and give it to whoever runs the server. Only the server can read it; everything still waits on this tablet.',
		made: (count: string, name: string) => `${count} saved in the file ${name}.`,
		failed: 'The file could not be saved. Everything is still on the tablet. Please try again.'
	}
};

export const t = localized({ vi, en });
