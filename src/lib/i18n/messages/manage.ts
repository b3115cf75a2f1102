/** The pages for those who manage tablets and staff, and what a tablet shows that was wiped from afar. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Quản lý máy và người dùng',
	navigation: 'Quản lý',
	tablets: 'Máy',
	staff: 'Người dùng',
	facilities: 'Cơ sở',
	signOut: 'Đăng xuất',
	opening: 'Đang mở',
	signIn: {
		title: 'Đăng nhập quản lý',
		text: 'Dành cho người phụ trách máy và người dùng của cơ sở. Ở đây không mở được sổ của người dân.',
		login: 'Tên đăng nhập',
		password: 'Mật khẩu',
		button: 'Đăng nhập',
		checking: 'Đang xem',
		missing: 'Cần nhập ô này',
		idle: 'Tự đăng xuất sau 15 phút không dùng.',
		wrong: 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
		nothing: 'Mật khẩu đúng, nhưng vai trò này không quản lý máy hay người dùng nào.',
		other: 'Trang khác của ứng dụng'
	},
	password: {
		title: 'Đặt mật khẩu của riêng bạn',
		text: 'Mật khẩu bạn vừa dùng do người khác đặt. Đặt mật khẩu mới chỉ bạn biết rồi mới làm việc được.',
		old: 'Mật khẩu vừa dùng',
		new: 'Mật khẩu mới',
		newHint: 'Ít nhất 12 chữ. Một câu dễ nhớ thì tốt hơn chữ khó gõ.',
		button: 'Đổi mật khẩu',
		wrong: 'Mật khẩu vừa dùng chưa đúng.',
		weak: 'Mật khẩu này dễ đoán quá. Chọn mật khẩu dài hơn, không phải tên hay dãy số.',
		short: 'Cần ít nhất 12 chữ'
	},
	trouble: {
		unreachable: 'Chưa liên lạc được với máy chủ. Chưa có gì thay đổi. Xem lại mạng rồi thử lại.',
		busy: 'Máy chủ đang bận. Chưa có gì thay đổi. Thử lại sau ít giây.',
		wait: (span: string) => `Thử nhiều lần quá. Chưa có gì thay đổi. Thử lại sau ${span}.`,
		'not-found':
			'Không thấy mục này ở cơ sở, có thể người khác vừa đổi. Chưa có gì thay đổi. Tải lại danh sách.',
		'not-allowed': 'Vai trò của bạn không làm được việc này. Chưa có gì thay đổi.',
		failed: 'Chưa làm được. Chưa có gì thay đổi. Thử lại; nếu vẫn vậy, gọi người kỹ thuật.'
	},
	readFailed: {
		title: 'Chưa tải được danh sách',
		happened: 'Trang chưa liên lạc được với máy chủ.',
		saved: 'Không có gì thay đổi ở máy chủ.',
		toDo: 'Xem lại mạng rồi bấm Thử lại.'
	},
	tablet: {
		number: (shortCode: string, number: number) => `${shortCode}-${number}`,
		heading: (number: number) => `Máy số ${number}`,
		inUseWord: 'máy đang dùng',
		waitingWord: 'mục chờ gửi',
		silentWord: 'máy im quá 7 ngày',
		wipingWord: 'máy đang chờ xóa',
		none: {
			title: 'Cơ sở chưa có máy nào',
			text: 'Tạo mã ghép máy rồi gõ hoặc quét mã trên máy mới.'
		},
		lastContact: 'Lần cuối liên lạc',
		never: 'Chưa báo lần nào',
		ago: (span: string) => `${span} trước`,
		waiting: 'Chờ gửi',
		waitingCount: (count: string) => `${count} mục chờ gửi`,
		nothingWaiting: 'Đã gửi hết',
		unknown: 'Chưa biết',
		lastPerson: 'Người dùng gần nhất',
		version: 'Bản ứng dụng',
		storage: 'Chỗ chứa',
		storageUsed: (used: string, quota: string) => `${used} trên ${quota}`,
		persisted: 'Giữ dữ liệu',
		isPersisted: 'Trình duyệt đã hứa giữ',
		isNotPersisted: 'Trình duyệt có thể xóa khi máy đầy',
		lease: 'Mở không cần mạng đến',
		leaseOver: 'Đã hết hạn: lần tới cần mạng',
		leaseByPasskey: 'Không có hạn: có người mở bằng mã riêng và khóa truy cập',
		enrolled: 'Vào cơ sở',
		label: 'Tên gọi',
		labelHint: 'Ví dụ: máy phòng tiêm',
		saveLabel: 'Lưu tên gọi',
		state: {
			silent: (span: string) => `Im ${span}`,
			wiped: 'Đã xóa từ xa',
			wiping: 'Chờ xóa từ xa',
			blocked: 'Đã chặn',
			ended: 'Đã thôi dùng',
			short: 'Sắp hết chỗ',
			sent: 'Gửi đủ',
			waiting: 'Còn mục chờ gửi',
			new: 'Mới vào, chưa báo'
		},
		reportedNote: 'Theo lời báo gần nhất của máy. Sau đó máy có thể đã ghi thêm mà chưa gửi.',
		acts: 'Máy mất hoặc thôi dùng',
		block: 'Chặn máy',
		unblock: 'Bỏ chặn',
		blockTitle: (number: number) => `Chặn máy số ${number}`,
		blockText: [
			'Từ bây giờ máy không nhận thêm gì và không ai đăng nhập mới trên máy được.',
			'Những gì máy còn gửi về được giữ riêng để người của cơ sở xem lại, không vào sổ ngay.',
			'Những gì đã có trên máy vẫn ở đó, đã khóa bằng mã riêng của từng người. Muốn xóa thì dùng "Xóa máy từ xa".',
			'Có thể bỏ chặn khi tìm thấy máy.'
		],
		blockButton: 'Chặn máy này',
		isBlocked:
			'Máy này đang bị chặn: không nhận thêm gì, và những gì nó gửi về được giữ riêng để xem lại.',
		wipe: 'Xóa máy từ xa',
		wipeTitle: (number: number) => `Xóa máy số ${number} từ xa`,
		wipeHappens: 'Khi máy có mạng lần tới',
		wipeSteps: [
			'Mọi khóa trên máy bị hủy ngay, kể cả khi máy đang khóa. Không ai mở được sổ trên máy nữa.',
			'Những mục chưa gửi đi về máy chủ trước, dưới dạng niêm phong.',
			'Gửi xong, máy xóa hết những gì nó giữ.'
		],
		wipeKept: 'Còn giữ lại',
		wipeKeptText:
			'Mọi mục đã gửi và những mục máy gửi nốt vẫn ở trong sổ. Ai đã ký gì vẫn là của người ấy.',
		wipeLost: 'Mất',
		wipeLostText: 'Những gì đang gõ dở, chưa ký.',
		wipeWaiting: (count: string) => `Lần báo gần nhất máy còn ${count} mục chờ gửi.`,
		wipeNever:
			'Nếu máy không bao giờ có mạng nữa thì lệnh này không tới được: dữ liệu vẫn nằm trên máy ở dạng đã khóa.',
		wipeFinal: 'Không rút lại được.',
		wipeConfirm: (number: number) => `Gõ số của máy để xác nhận: ${number}`,
		wipeMismatch: (number: number) => `Gõ đúng số ${number}`,
		wipeButton: 'Xóa máy này',
		wipeAsked: (moment: string) =>
			`Đã ra lệnh xóa lúc ${moment}. Máy chưa báo đã làm; nó làm khi có mạng lần tới.`,
		wipeDone: (moment: string) => `Máy đã báo xóa xong lúc ${moment}.`,
		goBack: 'Quay lại'
	},
	code: {
		make: 'Tạo mã ghép máy',
		title: 'Mã ghép máy mới',
		text: 'Trên máy mới mở ứng dụng, chọn nhân viên y tế, rồi gõ hoặc quét mã này. Mã dùng một lần, cho một máy.',
		letters: 'Mã',
		qr: 'Mã ghép máy dạng QR',
		left: (span: string) => `Còn dùng được ${span}`,
		over: 'Mã đã hết hạn. Tạo mã khác.',
		again: 'Tạo mã khác',
		once: 'Đóng cửa sổ này thì không xem lại mã được nữa.'
	},
	people: {
		none: {
			title: 'Cơ sở chưa có người dùng nào',
			text: 'Thêm người để họ đăng nhập trên máy của cơ sở.'
		},
		add: 'Thêm người dùng',
		login: 'Tên đăng nhập',
		loginHint: 'Chữ thường không dấu, ví dụ lan.a',
		loginForm: 'Chỉ có chữ thường không dấu, số, dấu chấm, dấu gạch',
		loginTaken: 'Tên đăng nhập này đã có người dùng. Chưa thêm ai; chọn tên khác.',
		name: 'Họ và tên',
		nameMissing: 'Cần họ và tên',
		role: 'Vai trò',
		roleMissing: 'Chọn vai trò',
		chooseRole: 'Chọn vai trò',
		addButton: 'Thêm người này',
		startTitle: 'Mật khẩu lần đầu',
		startText: (name: string) =>
			`Đưa mật khẩu này tận tay ${name}. Máy chủ không giữ, và đóng cửa sổ này thì không xem lại được.`,
		startOnce: 'Lần đầu đăng nhập, người ấy đặt mật khẩu của riêng mình.',
		seen: 'Đã đưa',
		ended: (day: string) => `Thôi dùng từ ${day}`,
		reset: 'Đặt lại mật khẩu',
		resetTitle: (name: string) => `Đặt lại mật khẩu của ${name}`,
		resetText:
			'Mật khẩu cũ thôi dùng được ngay. Những gì người ấy đã ghi và đang chờ gửi trên máy không mất.',
		resetButton: 'Đặt lại',
		passkeys: (count: number) => `Gỡ khóa truy cập (${count})`,
		passkeysTitle: (name: string) => `Gỡ mọi khóa truy cập của ${name}`,
		passkeysText:
			'Dùng khi người ấy mất điện thoại hoặc máy giữ khóa. Không khóa nào đăng nhập được nữa; mật khẩu vẫn như trước, và người ấy thêm khóa mới được.',
		passkeysButton: 'Gỡ mọi khóa',
		end: 'Cho thôi dùng',
		endTitle: (name: string) => `Cho ${name} thôi dùng`,
		endText: [
			'Từ bây giờ người này không đăng nhập ở đâu được nữa, và khóa ký của họ thôi hiệu lực.',
			'Những gì họ đã ký vẫn có giá trị và vẫn là của họ. Mục còn chờ gửi vẫn được nhận, có ghi chú.'
		],
		endButton: 'Cho thôi dùng',
		count: (count: string) => `${count} người đang dùng`
	},
	facility: {
		tablets: (count: string) => `${count} máy`,
		staff: (count: string) => `${count} người`,
		waiting: (count: string) => `${count} mục chờ gửi`,
		silent: (count: string) => `${count} máy im quá 7 ngày`,
		allHeard: 'Máy nào cũng có tin',
		none: { title: 'Chưa có cơ sở nào', text: 'Cơ sở được lập ở máy chủ.' }
	},
	wiped: {
		title: 'Máy này đang được xóa từ xa',
		sending: 'Cơ sở đã yêu cầu xóa máy. Mọi khóa trên máy đã hủy: không ai mở được sổ ở đây nữa.',
		waiting: (count: string) =>
			`Còn ${count} mục chưa gửi. Nối mạng để máy gửi nốt; máy chỉ xóa sau khi máy chủ đã nhận.`,
		nothingWaiting: 'Mọi mục đã gửi. Máy đang xóa nốt.',
		doneTitle: 'Máy này đã được xóa từ xa',
		done: 'Máy không còn giữ gì của cơ sở. Những mục đã gửi vẫn ở trong sổ, tại máy chủ.',
		again: 'Ghép lại máy này',
		againText:
			'Người phụ trách của cơ sở tạo mã ghép máy mới. Nếu bạn nhặt được máy này, xin đưa lại cơ sở y tế gần nhất.'
	}
};

export const en: typeof vi = {
	title: 'Tablets and staff',
	navigation: 'Managing',
	tablets: 'Tablets',
	staff: 'Staff',
	facilities: 'Facilities',
	signOut: 'Sign out',
	opening: 'Opening',
	signIn: {
		title: 'Sign in to manage',
		text: 'For whoever looks after the tablets and staff of a facility. No health book can be opened here.',
		login: 'Login name',
		password: 'Password',
		button: 'Sign in',
		checking: 'Checking',
		missing: 'This is needed',
		idle: 'Signs out by itself after 15 minutes without use.',
		wrong: 'The login name or the password is not right.',
		nothing: 'The password is right, but this role manages no tablets and no staff.',
		other: 'Other pages of the app'
	},
	password: {
		title: 'Choose a password of your own',
		text: 'The password you just used was made by somebody else. Choose one that only you know; then you can go on.',
		old: 'The password you just used',
		new: 'New password',
		newHint:
			'At least 12 characters. A sentence you remember is better than signs that are hard to type.',
		button: 'Change password',
		wrong: 'The password you just used is not right.',
		weak: 'This password is too easy to guess. Choose a longer one that is no name and no row of digits.',
		short: 'At least 12 characters'
	},
	trouble: {
		unreachable:
			'The server could not be reached. Nothing was changed. Check the network and try again.',
		busy: 'The server is busy. Nothing was changed. Try again in a few seconds.',
		wait: (span: string) => `Too many tries. Nothing was changed. Try again in ${span}.`,
		'not-found':
			'This is not there at the facility; somebody else may have changed it. Nothing was changed. Load the list again.',
		'not-allowed': 'Your role cannot do this. Nothing was changed.',
		failed: 'It did not work. Nothing was changed. Try again; if it goes on, call technical help.'
	},
	readFailed: {
		title: 'The list could not be loaded',
		happened: 'The page could not reach the server.',
		saved: 'Nothing was changed at the server.',
		toDo: 'Check the network and press Try again.'
	},
	tablet: {
		number: (shortCode: string, number: number) => `${shortCode}-${number}`,
		heading: (number: number) => `Tablet ${number}`,
		inUseWord: 'tablets in use',
		waitingWord: 'entries waiting',
		silentWord: 'tablets silent for over 7 days',
		wipingWord: 'tablets waiting to be wiped',
		none: {
			title: 'The facility has no tablets yet',
			text: 'Make a tablet code, then type or scan it on the new tablet.'
		},
		lastContact: 'Last contact',
		never: 'Has not reported yet',
		ago: (span: string) => `${span} ago`,
		waiting: 'Waiting',
		waitingCount: (count: string) =>
			count === '1' ? '1 entry waiting' : `${count} entries waiting`,
		nothingWaiting: 'Everything sent',
		unknown: 'Not known',
		lastPerson: 'Used last by',
		version: 'App version',
		storage: 'Storage',
		storageUsed: (used: string, quota: string) => `${used} of ${quota}`,
		persisted: 'Keeping data',
		isPersisted: 'The browser has promised to keep it',
		isNotPersisted: 'The browser may clear it when the tablet is full',
		lease: 'Opens without network until',
		leaseOver: 'Over: the next sign-in needs a network',
		leaseByPasskey: 'Without end: somebody opens it by code and passkey',
		enrolled: 'Came to the facility',
		label: 'Called',
		labelHint: 'For example: vaccination room',
		saveLabel: 'Save this name',
		state: {
			silent: (span: string) => `Silent for ${span}`,
			wiped: 'Wiped from afar',
			wiping: 'Waiting to be wiped',
			blocked: 'Blocked',
			ended: 'Out of use',
			short: 'Nearly full',
			sent: 'Everything sent',
			waiting: 'Entries waiting',
			new: 'New, no report yet'
		},
		reportedNote:
			'As the tablet last reported. Since then more may have been recorded on it that was not sent.',
		acts: 'Lost, or out of use',
		block: 'Block the tablet',
		unblock: 'Unblock',
		blockTitle: (number: number) => `Block tablet ${number}`,
		blockText: [
			'From now on the tablet is sent nothing more, and nobody can sign in on it anew.',
			'What it still sends is kept apart for people of the facility to look at; it does not go into the books at once.',
			'What is on the tablet stays there, locked with the code of each person. To clear it use "Wipe the tablet".',
			'It can be unblocked when the tablet is found.'
		],
		blockButton: 'Block this tablet',
		isBlocked:
			'This tablet is blocked: it is sent nothing more, and what it sends is kept apart to be looked at.',
		wipe: 'Wipe the tablet',
		wipeTitle: (number: number) => `Wipe tablet ${number} from afar`,
		wipeHappens: 'The next time the tablet has a network',
		wipeSteps: [
			'Every key on it is destroyed at once, also while it is locked. Nobody can open a book on it any more.',
			'Entries that were not sent go to the server first, sealed.',
			'When they have arrived the tablet clears everything it keeps.'
		],
		wipeKept: 'What is kept',
		wipeKeptText:
			'Everything that was sent, and what the tablet still sends, stands in the books. What somebody signed stays theirs.',
		wipeLost: 'What is lost',
		wipeLostText: 'What is being typed and was not signed.',
		wipeWaiting: (count: string) =>
			count === '1'
				? 'The tablet last reported 1 entry waiting.'
				: `The tablet last reported ${count} entries waiting.`,
		wipeNever:
			'If the tablet never has a network again it does not hear of this: what it holds stays on it, locked.',
		wipeFinal: 'This cannot be taken back.',
		wipeConfirm: (number: number) => `Type the number of the tablet to confirm: ${number}`,
		wipeMismatch: (number: number) => `Type the number ${number}`,
		wipeButton: 'Wipe this tablet',
		wipeAsked: (moment: string) =>
			`Wiping was asked for at ${moment}. The tablet has not said that it is done; it does it the next time it has a network.`,
		wipeDone: (moment: string) => `The tablet said at ${moment} that it has wiped itself.`,
		goBack: 'Go back'
	},
	code: {
		make: 'Make a tablet code',
		title: 'Code for a new tablet',
		text: 'On the new tablet open the app, choose health staff, and type or scan this code. It works once, for one tablet.',
		letters: 'Code',
		qr: 'Tablet code as a QR code',
		left: (span: string) => `Works for another ${span}`,
		over: 'The code is over. Make another one.',
		again: 'Make another code',
		once: 'When this window is closed the code cannot be shown again.'
	},
	people: {
		none: {
			title: 'The facility has no staff yet',
			text: 'Add people so that they can sign in on the tablets of the facility.'
		},
		add: 'Add a person',
		login: 'Login name',
		loginHint: 'Plain small letters, for example lan.a',
		loginForm: 'Only plain small letters, digits, dots and hyphens',
		loginTaken: 'Somebody has this login name. Nobody was added; choose another name.',
		name: 'Full name',
		nameMissing: 'The full name is needed',
		role: 'Role',
		roleMissing: 'Choose a role',
		chooseRole: 'Choose a role',
		addButton: 'Add this person',
		startTitle: 'First password',
		startText: (name: string) =>
			`Hand this password to ${name} in person. The server does not keep it, and it cannot be shown again when this window is closed.`,
		startOnce: 'At the first sign-in they choose a password of their own.',
		seen: 'Handed over',
		ended: (day: string) => `Out of use since ${day}`,
		reset: 'Reset password',
		resetTitle: (name: string) => `Reset the password of ${name}`,
		resetText:
			'The old password stops working at once. Nothing that they recorded or that waits on a tablet is lost.',
		resetButton: 'Reset',
		passkeys: (count: number) => `Remove passkeys (${count})`,
		passkeysTitle: (name: string) => `Remove all passkeys of ${name}`,
		passkeysText:
			'For whoever has lost the phone or tablet that holds them. None signs in any more; the password stays, and new passkeys can be added.',
		passkeysButton: 'Remove all passkeys',
		end: 'End',
		endTitle: (name: string) => `End the account of ${name}`,
		endText: [
			'From now on this person can sign in nowhere, and their signing keys are out of force.',
			'What they signed stays valid and theirs. Entries still waiting are accepted, with a mark.'
		],
		endButton: 'End the account',
		count: (count: string) => (count === '1' ? '1 person in use' : `${count} people in use`)
	},
	facility: {
		tablets: (count: string) => (count === '1' ? '1 tablet' : `${count} tablets`),
		staff: (count: string) => (count === '1' ? '1 person' : `${count} people`),
		waiting: (count: string) => (count === '1' ? '1 entry waiting' : `${count} entries waiting`),
		silent: (count: string) =>
			count === '1' ? '1 tablet silent for over 7 days' : `${count} tablets silent for over 7 days`,
		allHeard: 'Every tablet was heard of',
		none: { title: 'There are no facilities yet', text: 'Facilities are set up at the server.' }
	},
	wiped: {
		title: 'This tablet is being wiped from afar',
		sending:
			'The facility has asked for it. Every key on the tablet is destroyed: nobody can open a book here any more.',
		waiting: (count: string) =>
			count === '1'
				? '1 entry was not sent yet. Connect a network so that it is sent; the tablet clears itself only after the server has it.'
				: `${count} entries were not sent yet. Connect a network so that they are sent; the tablet clears itself only after the server has them.`,
		nothingWaiting: 'Everything was sent. The tablet is clearing the rest.',
		doneTitle: 'This tablet was wiped from afar',
		done: 'It keeps nothing of the facility any more. What was sent stands in the books, at the server.',
		again: 'Join this tablet again',
		againText:
			'Whoever looks after the facility makes a new tablet code. If you found this tablet, please bring it to the nearest health facility.'
	}
};

export const t = localized({ vi, en });
