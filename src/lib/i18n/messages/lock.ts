/** The lock screen: who uses the tablet, PIN, first sign-in. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Khóa máy',
	place: (facility: string, deviceNumber: number) => `${facility} · máy số ${deviceNumber}`,
	newDevice: 'Máy này chưa thuộc trạm nào',
	whoUses: 'Ai đang dùng máy?',
	lastUsed: (moment: string) => `Dùng lần cuối ${moment}`,
	neverUsed: 'Chưa dùng máy này',
	drafts: (count: number) => `Có ${count} bản ghi dở`,
	somebodyElse: 'Người khác',
	enterPin: 'Nhập mã riêng 6 số',
	digitsEntered: (count: number) => `Đã nhập ${count} trên 6 số`,
	deleteDigit: 'Xóa một số',
	backToTiles: 'Chọn người khác',
	checking: 'Đang mở',
	firstSignIn: 'Đăng nhập lần đầu trên máy này',
	firstSignInNote:
		'Lần đầu cần mạng. Sau đó bạn chọn mã riêng 6 số cho máy này; từ lần sau chỉ cần mã, không cần mạng.',
	passwordAgainTitle: 'Đăng nhập bằng mật khẩu',
	passwordAgainNote:
		'Cần mạng. Sau đó bạn chọn lại mã riêng 6 số. Bản ghi của bạn trên máy vẫn còn.',
	loginName: 'Tên đăng nhập',
	loginHint: 'Người quản lý đã cho bạn, ví dụ tham',
	password: 'Mật khẩu',
	showPassword: 'Hiện mật khẩu',
	next: 'Tiếp tục',
	loginMissing: 'Nhập tên đăng nhập',
	loginForm: 'Tên đăng nhập chỉ có chữ thường không dấu, số, dấu chấm',
	passwordMissing: 'Nhập mật khẩu',
	passkey: {
		use: 'Dùng khóa truy cập (passkey)',
		cancelled:
			'Chưa dùng khóa truy cập: đã hủy, quá lâu, hoặc máy này không có khóa của bạn. Thử lại, hoặc dùng mật khẩu.',
		unavailable:
			'Máy chủ chưa nhận khóa truy cập ở địa chỉ này. Dùng mật khẩu; địa chỉ phải là tên, không phải dãy số.',
		expired: 'Đã quá lâu từ lúc bắt đầu. Thử lại.',
		unknown: 'Máy chủ không có khóa này: khóa đã bị gỡ, hoặc của nơi khác. Dùng mật khẩu.',
		wrong: 'Máy chủ không nhận khóa này. Thử lại; nếu vẫn vậy, dùng mật khẩu.',
		counter:
			'Có thể khóa này đã bị sao chép, nên máy chủ không nhận. Dùng mật khẩu, gỡ khóa này rồi báo người quản lý.',
		taken: 'Khóa này đã được thêm rồi. Chưa thêm gì mới.',
		tooMany: 'Bạn đã có đủ 8 khóa. Gỡ một khóa không dùng rồi thêm lại.',
		failed:
			'Máy này chưa dùng được khóa truy cập. Kiểm tra máy đã đặt khóa màn hình, hoặc dùng mật khẩu.'
	},
	pair: {
		title: 'Ghép máy này với trạm',
		text: 'Người quản lý trạm tạo mã ghép máy. Mỗi mã dùng cho một máy, một lần, trong 15 phút. Cần mạng.',
		code: 'Mã ghép máy',
		codeHint: '8 chữ và số, ví dụ 7K2M-9QXT',
		scan: 'Quét mã QR',
		button: 'Ghép máy',
		checking: 'Đang ghép',
		noCode: 'Mã ghép máy có 8 chữ và số. Xem lại mã trên màn hình của người quản lý.',
		unknownCode: 'Không có mã này. Xem lại từng chữ, hoặc xin người quản lý mã mới.',
		usedCode: 'Mã này đã dùng cho một máy. Xin người quản lý mã mới.',
		expiredCode: 'Mã này đã hết 15 phút. Xin người quản lý mã mới.',
		otherFacility:
			'Máy này đang giữ sổ của trạm khác nên chưa ghép được. Gọi người quản lý của trạm đó. Không có gì bị xóa.',
		blocked: 'Máy này đã báo mất nên không ghép được. Gọi người quản lý trạm.',
		networkNeeded:
			'Việc này cần mạng, mà máy chưa liên lạc được với máy chủ. Thử lại khi có mạng; người đã chọn mã riêng trên máy này vẫn vào được ngay.'
	},
	choose: {
		title: 'Chọn mã riêng cho máy này',
		text: 'Mã chỉ nằm trên máy này, không gửi đi đâu. Lần sau bạn vào chỉ bằng mã, cả khi không có mạng. Đừng cho ai biết.',
		pin: 'Mã riêng 6 số',
		again: 'Nhập lại mã',
		button: 'Đặt mã và vào',
		form: 'Mã có đúng 6 số',
		differs: 'Hai lần nhập chưa giống nhau',
		easy: 'Mã này dễ đoán, như 000000 hay 123456. Chọn mã khác.',
		passwordAgain: 'Đã lâu từ khi nhập mật khẩu. Nhập lại mật khẩu, rồi chọn mã.'
	},
	notEnrolled:
		'Máy chủ không còn nhận máy này cho trạm. Xin người quản lý mã ghép máy rồi ghép lại; bản ghi trên máy vẫn còn và vẫn được gửi.',
	pairAgain: 'Ghép lại máy',
	noPinHere: 'Bạn chưa chọn mã riêng trên máy này. Bấm “Quên mã” để vào bằng mật khẩu.',
	wrongPin: 'Mã chưa đúng.',
	wrongLogin: 'Tên đăng nhập hoặc mật khẩu chưa đúng.',
	attemptsLeft: (count: number) => `Còn ${count} lần thử trước khi phải chờ.`,
	wait: (span: string) => `Thử lại sau ${span}. Người khác vẫn vào được.`,
	waitSeconds: (count: number) => `${count}\u00a0giây`,
	waitMinutes: (count: number) => `${count}\u00a0phút`,
	networkNeeded:
		'Lần đầu trên máy này cần mạng, mà máy chưa liên lạc được với máy chủ. Thử lại khi có mạng; người đã dùng máy này vẫn vào được ngay.',
	otherFacility: 'Máy này thuộc trạm khác. Gọi trưởng trạm nếu bạn mới chuyển đến đây.',
	leaseOver:
		'Đã lâu bạn chưa đăng nhập khi có mạng, nên mã riêng không mở được máy. Nối mạng, bấm “Quên mã” rồi nhập mật khẩu. Bản ghi của bạn vẫn còn và vẫn được gửi.',
	destroyed:
		'Mã sai quá 10 lần, nên mã riêng không mở máy này được nữa. Nối mạng, bấm “Quên mã” rồi nhập mật khẩu. Bản ghi của bạn vẫn còn và vẫn được gửi.',
	otherDataKey:
		'Sổ trên máy này được khóa cho một máy chủ khác. Chọn đúng mã riêng bạn đã dùng trên máy này, hoặc để người khác đã dùng máy này vào trước; nếu không được, gọi người phụ trách máy. Không có gì bị xóa.',
	noBooksForRole:
		'Mật khẩu đúng, nhưng vai trò này không mở sổ của người dân nên chưa có việc trên máy tính bảng.',
	lockedMeanwhile: 'Máy đã khóa trong lúc đang xem. Nhập lại.',
	failed: 'Chưa mở được. Thử lại; nếu vẫn vậy, gọi người phụ trách máy.',
	allSaved: 'Mọi bản ghi đã lưu an toàn trên máy.',
	allSent: 'Tất cả đã gửi đến máy chủ.',
	waiting: (entries: string, people: string) =>
		`${entries} mục chờ gửi, của ${people} người. Khóa máy không làm mất gì.`,
	notSaved: 'Lần lưu gần nhất chưa xong. Đăng nhập để xem chữ còn trên màn hình.',
	forgotten: 'Quên mã',
	forgottenTitle: 'Quên mã riêng',
	usePassword: 'Nhập mật khẩu',
	forgottenText:
		'Mã riêng chỉ bạn biết, máy không đọc lại được. Nối mạng, nhập mật khẩu của bạn rồi chọn mã mới. Quên cả mật khẩu thì người quản lý trạm đặt lại. Bản ghi của bạn trên máy vẫn còn và vẫn được gửi.'
};

export const en: typeof vi = {
	title: 'Locked',
	place: (facility: string, deviceNumber: number) => `${facility} · tablet ${deviceNumber}`,
	newDevice: 'This tablet belongs to no station yet',
	whoUses: 'Who is using the tablet?',
	lastUsed: (moment: string) => `Last used ${moment}`,
	neverUsed: 'Not used on this tablet yet',
	drafts: (count: number) => (count === 1 ? '1 unfinished record' : `${count} unfinished records`),
	somebodyElse: 'Somebody else',
	enterPin: 'Enter your own 6-digit code',
	digitsEntered: (count: number) => `${count} of 6 digits entered`,
	deleteDigit: 'Delete one digit',
	backToTiles: 'Choose somebody else',
	checking: 'Opening',
	firstSignIn: 'First sign-in on this tablet',
	firstSignInNote:
		'The first time needs a network. Then you choose your own 6-digit code for this tablet; from then on the code is enough, without a network.',
	passwordAgainTitle: 'Sign in with your password',
	passwordAgainNote:
		'Needs a network. Then you choose a 6-digit code again. Your records on this tablet stay.',
	loginName: 'Login name',
	loginHint: 'Given to you by the station head, for example tham',
	password: 'Password',
	showPassword: 'Show password',
	next: 'Continue',
	loginMissing: 'Type the login name',
	loginForm: 'A login name has only plain small letters, digits and dots',
	passwordMissing: 'Type your password',
	passkey: {
		use: 'Use a passkey',
		cancelled:
			'The passkey was not used: cancelled, too slow, or yours is not on this tablet. Try again, or use your password.',
		unavailable:
			'The server takes no passkeys at this address. Use your password; the address must be a name, not numbers.',
		expired: 'It is too long since this was begun. Try again.',
		unknown:
			'The server does not know this passkey: it was removed, or belongs elsewhere. Use your password.',
		wrong:
			'The server does not take this passkey. Try again; if that does not help, use your password.',
		counter:
			'This passkey may have been copied, so the server does not take it. Use your password, remove it and tell whoever runs the station.',
		taken: 'This passkey was added before. Nothing was added.',
		tooMany: 'You have 8 passkeys already. Remove one that you do not use, then add this one.',
		failed:
			'This tablet could not use a passkey. See that it has a screen lock, or use your password.'
	},
	pair: {
		title: 'Join this tablet to a station',
		text: 'Whoever runs the station makes a tablet code. Each code serves one tablet, once, for 15 minutes. Needs a network.',
		code: 'Tablet code',
		codeHint: '8 letters and digits, for example 7K2M-9QXT',
		scan: 'Scan QR code',
		button: 'Join tablet',
		checking: 'Joining',
		noCode:
			'A tablet code has 8 letters and digits. Look again at the screen of whoever runs the station.',
		unknownCode:
			'There is no such code. Check each letter, or ask whoever runs the station for a new one.',
		usedCode: 'This code has been used for a tablet. Ask whoever runs the station for a new one.',
		expiredCode:
			'The 15 minutes of this code are over. Ask whoever runs the station for a new one.',
		otherFacility:
			'This tablet holds books of another station, so it cannot join yet. Call whoever runs that station. Nothing was deleted.',
		blocked: 'This tablet was reported lost, so it cannot join. Call whoever runs the station.',
		networkNeeded:
			'This needs a network, and the server cannot be reached now. Try again with a network; whoever has chosen a code on this tablet can sign in at once.'
	},
	choose: {
		title: 'Choose your code for this tablet',
		text: 'The code stays on this tablet and is sent nowhere. Next time the code alone lets you in, also without a network. Tell it to nobody.',
		pin: 'Your 6-digit code',
		again: 'The code again',
		button: 'Set code and enter',
		form: 'The code has exactly 6 digits',
		differs: 'The two are not the same',
		easy: 'This code is easy to guess, like 000000 or 123456. Choose another.',
		passwordAgain:
			'It is a while since the password was entered. Enter it again, then choose the code.'
	},
	notEnrolled:
		'The server no longer takes this tablet for the station. Ask whoever runs it for a tablet code and join again; the records on this tablet stay and are still sent.',
	pairAgain: 'Join tablet again',
	noPinHere: 'You have not chosen a code on this tablet. Press “Forgot code” to use your password.',
	wrongPin: 'That code is not right.',
	wrongLogin: 'Login name or password is not right.',
	attemptsLeft: (count: number) =>
		count === 1 ? '1 try left before a wait.' : `${count} tries left before a wait.`,
	wait: (span: string) => `Try again in ${span}. Others of the station can still sign in.`,
	waitSeconds: (count: number) => `${count}\u00a0${count === 1 ? 'second' : 'seconds'}`,
	waitMinutes: (count: number) => `${count}\u00a0${count === 1 ? 'minute' : 'minutes'}`,
	networkNeeded:
		'The first time on this tablet needs a network, and the server cannot be reached now. Try again with a network; whoever has used this tablet before can sign in at once.',
	otherFacility:
		'This tablet belongs to another station. Call the station head if you have just moved here.',
	leaseOver:
		'It is too long since you last signed in with a network, so your code does not open the tablet. Connect to a network, press “Forgot code” and enter your password. Your records are still here and are still sent.',
	destroyed:
		'Too many wrong codes (10), so your code no longer opens this tablet. Connect to a network, press “Forgot code” and enter your password. Your records are still here and are still sent.',
	otherDataKey:
		'The books on this tablet were locked for another server. Choose the very code you had on this tablet, or let somebody else who has used it sign in first; if that does not work, call whoever looks after the tablet. Nothing was deleted.',
	noBooksForRole:
		"The password is right, but this role does not open people's books, so there is nothing for it on a tablet yet.",
	lockedMeanwhile: 'The tablet was locked while this was being checked. Enter it again.',
	failed: 'Could not open. Try again; if that does not help, call whoever looks after the tablet.',
	allSaved: 'Every record is safely saved on this tablet.',
	allSent: 'All of them have reached the server.',
	waiting: (entries: string, people: string) =>
		`${entries} waiting to be sent, by ${people} ${people === '1' ? 'person' : 'people'}. Locking loses nothing.`,
	notSaved: 'The last save did not finish. Sign in to see what is still on the screen.',
	forgotten: 'Forgot code',
	forgottenTitle: 'Forgot your code',
	usePassword: 'Enter password',
	forgottenText:
		'Only you know your code; the tablet cannot read it back. Connect to a network, enter your password and choose a new code. If you forgot the password too, whoever runs the station sets a new one. Your records on this tablet stay and are still sent.'
};

export const t = localized({ vi, en });
