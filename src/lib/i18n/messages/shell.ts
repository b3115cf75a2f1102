/** The frame around every page of the staff: navigation, search, who is signed in, settings, update. */
import { localized } from '../language.svelte.ts';

export const vi = {
	mainNavigation: 'Chính',
	today: 'Hôm nay',
	people: 'Người dân',
	inbox: 'Hộp việc',
	lock: 'Khóa máy',
	skipToContent: 'Đến nội dung chính',
	searchLabel: 'Tìm người',
	searchPlaceholder: 'Tìm tên, ngày sinh, số định danh',
	personMenu: 'Ngôn ngữ, màu màn hình, khóa máy',
	languageLabel: 'Ngôn ngữ',
	languages: { vi: 'Tiếng Việt', en: 'English' },
	themeLabel: 'Màu màn hình',
	themes: { system: 'Theo máy', light: 'Sáng', dark: 'Tối', sun: 'Ngoài nắng' },
	roles: {
		nurse: 'Điều dưỡng',
		midwife: 'Hộ sinh',
		doctor: 'Bác sĩ',
		'facility-admin': 'Quản lý trạm',
		'programme-manager': 'Phụ trách chương trình',
		'hospital-agent': 'Máy của bệnh viện',
		auditor: 'Kiểm tra',
		operator: 'Kỹ thuật',
		citizen: 'Người dân',
		import: 'Nhập từ nơi khác'
	},
	keys: 'Các phím tắt',
	keyList: [
		{ key: 'Ctrl K', does: 'Mở nhanh mọi trang, mọi việc' },
		{ key: '/', does: 'Đến ô tìm' },
		{ key: '↑ ↓', does: 'Chọn dòng trên, dòng dưới; trong bảng mũi tiêm cả ← →' },
		{ key: 'Home End', does: 'Đến dòng đầu, dòng cuối' },
		{ key: 'Enter', does: 'Mở' },
		{ key: 'Ctrl Enter', does: 'Ký và lưu biểu mẫu đang ghi' },
		{ key: 'Z', does: 'Hoàn tác việc vừa lưu' },
		{ key: 'J K', does: 'Trong hộp việc: việc sau, việc trước' },
		{ key: '1 2', does: 'Trong hộp việc: dùng giá trị thứ nhất, thứ hai' },
		{ key: 'Esc', does: 'Đóng cửa sổ đang mở' },
		{ key: '?', does: 'Xem các phím này' }
	],
	update: {
		title: 'Có bản mới của ứng dụng',
		text: 'Dùng bản mới mất vài giây. Mọi bản ghi vẫn còn trên máy.',
		whileTyping: 'Bạn đang ghi dở. Ghi xong rồi dùng bản mới.',
		apply: 'Dùng bản mới'
	},
	elsewhere: {
		title: 'Sổ đang mở ở cửa sổ khác',
		text: 'Mỗi lúc chỉ một cửa sổ ghi được, để không bản ghi nào bị lẫn. Những gì đã lưu vẫn còn nguyên.',
		useHere: 'Dùng ở cửa sổ này'
	},
	failed: {
		title: 'Chưa mở được sổ trên máy này',
		happened: 'Trình duyệt không mở được phần lưu trữ của ứng dụng.',
		saved: 'Những gì đã lưu trước đó không bị đụng đến.',
		toDo: 'Đóng hết các cửa sổ của ứng dụng rồi mở lại. Nếu vẫn vậy, gọi người phụ trách máy, đừng xóa dữ liệu trình duyệt.'
	},
	notLoaded: {
		title: 'Ứng dụng chưa tải hết',
		happened: 'Một phần của ứng dụng chưa tải được, thường vì mất mạng giữa chừng.',
		saved: 'Những gì đã báo "Đã lưu trên máy" vẫn còn nguyên.',
		toDo: 'Đến nơi có mạng rồi thử lại. Tải đủ một lần là sau này dùng được cả khi mất mạng.'
	},
	workerGone: {
		title: 'Ứng dụng đã dừng giữa chừng',
		happened: 'Phần giữ sổ của ứng dụng không còn trả lời, hoặc chưa tải được.',
		saved:
			'Những gì đã báo "Đã lưu trên máy" vẫn còn nguyên. Chữ đang gõ mà chưa lưu thì phải gõ lại.',
		toDo: 'Bấm Mở lại. Nếu vẫn vậy, đóng hết các cửa sổ của ứng dụng rồi mở lại; vẫn không được thì gọi người phụ trách máy, đừng xóa dữ liệu trình duyệt.',
		reload: 'Mở lại'
	},
	starting: 'Đang mở sổ trên máy này. Những gì đã lưu vẫn còn nguyên, bạn chờ thêm một chút.',
	notFound: {
		title: 'Không có trang này',
		text: 'Địa chỉ sai hoặc trang đã đổi chỗ. Không có gì bị mất.',
		goHome: 'Về trang đầu'
	},
	brokenPage: {
		title: 'Trang này chưa mở được',
		happened: 'Có trục trặc khi vẽ trang.',
		saved: 'Những gì đã báo "Đã lưu trên máy" vẫn còn nguyên.',
		toDo: 'Mở lại trang. Nếu vẫn vậy, gọi người phụ trách máy.',
		reload: 'Mở lại trang'
	}
};

export const en: typeof vi = {
	mainNavigation: 'Main',
	today: 'Today',
	people: 'People',
	inbox: 'Inbox',
	lock: 'Lock',
	skipToContent: 'Skip to the main content',
	searchLabel: 'Find a person',
	searchPlaceholder: 'Name, birth date, identification number',
	personMenu: 'Language, colours, lock',
	languageLabel: 'Language',
	languages: { vi: 'Tiếng Việt', en: 'English' },
	themeLabel: 'Colours',
	themes: { system: 'As the device', light: 'Light', dark: 'Dark', sun: 'In the sun' },
	roles: {
		nurse: 'Nurse',
		midwife: 'Midwife',
		doctor: 'Doctor',
		'facility-admin': 'Station manager',
		'programme-manager': 'Programme manager',
		'hospital-agent': "Hospital's machine",
		auditor: 'Auditor',
		operator: 'Technician',
		citizen: 'Citizen',
		import: 'Imported'
	},
	keys: 'Keys',
	keyList: [
		{ key: 'Ctrl K', does: 'Quick open: every page, every act' },
		{ key: '/', does: 'Go to the search field' },
		{ key: '↑ ↓', does: 'Row above, row below; in the grid of doses also ← →' },
		{ key: 'Home End', does: 'First row, last row' },
		{ key: 'Enter', does: 'Open' },
		{ key: 'Ctrl Enter', does: 'Sign and save the form being written' },
		{ key: 'Z', does: 'Undo what was just saved' },
		{ key: 'J K', does: 'In the inbox: next item, previous item' },
		{ key: '1 2', does: 'In the inbox: use the first value, the second' },
		{ key: 'Esc', does: 'Close the open window' },
		{ key: '?', does: 'Show these keys' }
	],
	update: {
		title: 'A new version of the app is ready',
		text: 'Changing takes a few seconds. Everything recorded stays on the tablet.',
		whileTyping: 'You are in the middle of writing. Finish first, then change.',
		apply: 'Use the new version'
	},
	elsewhere: {
		title: 'The books are open in another window',
		text: 'Only one window can write at a time, so that no record gets mixed up. Everything saved is still there.',
		useHere: 'Use this window'
	},
	failed: {
		title: 'The books on this tablet could not be opened',
		happened: "The browser could not open the app's storage.",
		saved: 'What was saved before has not been touched.',
		toDo: 'Close every window of the app and open it again. If that does not help, call whoever looks after the tablet; do not clear the browser data.'
	},
	notLoaded: {
		title: 'The app is not all here yet',
		happened: 'A part of the app could not be loaded, mostly because the network went away.',
		saved: 'What was reported as saved on this tablet is still there.',
		toDo: 'Try again where there is a network. Once all of it has come, it works without one.'
	},
	workerGone: {
		title: 'The app has stopped',
		happened: 'The part of the app that keeps the books no longer answers, or could not be loaded.',
		saved:
			'What was reported as saved on this tablet is still there. What was typed and not saved has to be typed again.',
		toDo: 'Press Open again. If that does not help, close every window of the app and open it again; if it still fails, call whoever looks after the tablet and do not clear the browser data.',
		reload: 'Open again'
	},
	starting:
		'Opening the books on this tablet. Everything saved is still there; please wait a moment.',
	notFound: {
		title: 'There is no such page',
		text: 'The address is wrong or the page has moved. Nothing is lost.',
		goHome: 'To the first page'
	},
	brokenPage: {
		title: 'This page could not be opened',
		happened: 'Something went wrong while drawing the page.',
		saved: 'What was reported as saved on this tablet is still there.',
		toDo: 'Open the page again. If that does not help, call whoever looks after the tablet.',
		reload: 'Open again'
	}
};

export const t = localized({ vi, en });
