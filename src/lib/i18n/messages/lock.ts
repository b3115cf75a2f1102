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
	firstSignInNote: 'Lần đầu cần mạng, để máy chủ nhận bạn và máy này. Từ lần sau không cần mạng.',
	loginName: 'Tên đăng nhập',
	loginHint: 'Người quản lý đã cho bạn, ví dụ tham',
	pin: 'Mã riêng 6 số',
	signIn: 'Đăng nhập',
	loginMissing: 'Nhập tên đăng nhập',
	loginForm: 'Tên đăng nhập chỉ có chữ thường không dấu, số, dấu chấm',
	pinForm: 'Mã riêng có đúng 6 số',
	wrongPin: 'Mã chưa đúng.',
	wrongLogin: 'Tên đăng nhập hoặc mã chưa đúng.',
	attemptsLeft: (count: number) => `Còn ${count} lần thử trước khi phải chờ.`,
	wait: (span: string) => `Thử lại sau ${span}. Người khác vẫn vào được.`,
	waitSeconds: (count: number) => `${count}\u00a0giây`,
	waitMinutes: (count: number) => `${count}\u00a0phút`,
	networkNeeded:
		'Lần đầu trên máy này cần mạng, mà máy chưa liên lạc được với máy chủ. Thử lại khi có mạng; người đã dùng máy này vẫn vào được ngay.',
	otherFacility: 'Máy này thuộc trạm khác. Gọi trưởng trạm nếu bạn mới chuyển đến đây.',
	leaseOver:
		'Đã lâu bạn chưa đăng nhập khi có mạng, nên mã riêng tạm không mở được máy. Nối mạng rồi nhập lại mã. Bản ghi của bạn vẫn còn và vẫn được gửi.',
	destroyed:
		'Mã sai quá 10 lần, nên mã riêng không mở máy này được nữa. Nối mạng rồi nhập đúng mã để vào lại; nếu quên mã, gọi trưởng trạm. Bản ghi của bạn vẫn còn và vẫn được gửi.',
	otherDataKey:
		'Sổ trên máy này được khóa cho một máy chủ khác. Người đã từng dùng máy này đăng nhập trước bằng mã riêng; nếu không được, gọi người phụ trách máy. Không có gì bị xóa.',
	noBooksForRole:
		'Mã đúng, nhưng vai trò này không mở sổ của người dân nên chưa có việc trên máy tính bảng.',
	lockedMeanwhile: 'Máy đã khóa trong lúc đang xem mã. Nhập lại mã.',
	failed: 'Chưa mở được. Thử lại; nếu vẫn vậy, gọi người phụ trách máy.',
	allSaved: 'Mọi bản ghi đã lưu an toàn trên máy.',
	allSent: 'Tất cả đã gửi đến máy chủ.',
	waiting: (entries: string, people: string) =>
		`${entries} mục chờ gửi, của ${people} người. Khóa máy không làm mất gì.`,
	notSaved: 'Lần lưu gần nhất chưa xong. Đăng nhập để xem chữ còn trên màn hình.',
	forgotten: 'Quên mã',
	forgottenTitle: 'Quên mã riêng',
	forgottenText:
		'Mã riêng chỉ bạn biết, máy không đọc lại được. Người quản lý đặt lại mã ở máy chủ; sau đó bạn đăng nhập lại một lần khi có mạng. Bản ghi của bạn trên máy vẫn còn và vẫn được gửi.'
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
		'The first time needs a network, so that the server knows you and this tablet. After that no network is needed.',
	loginName: 'Login name',
	loginHint: 'Given to you by the station head, for example tham',
	pin: 'Your 6-digit code',
	signIn: 'Sign in',
	loginMissing: 'Type the login name',
	loginForm: 'A login name has only plain small letters, digits and dots',
	pinForm: 'Your code has exactly 6 digits',
	wrongPin: 'That code is not right.',
	wrongLogin: 'Login name or code is not right.',
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
		'It is too long since you last signed in with a network, so your code does not open the tablet for now. Connect to a network and enter the code again. Your records are still here and are still sent.',
	destroyed:
		'Too many wrong codes (10), so your code no longer opens this tablet. Connect to a network and enter the right code to get back in; if you forgot it, call the station head. Your records are still here and are still sent.',
	otherDataKey:
		'The books on this tablet were locked for another server. Somebody who has used this tablet before signs in first with their own code; if that does not work, call whoever looks after the tablet. Nothing was deleted.',
	noBooksForRole:
		"The code is right, but this role does not open people's books, so there is nothing for it on a tablet yet.",
	lockedMeanwhile: 'The tablet was locked while the code was being checked. Enter it again.',
	failed: 'Could not open. Try again; if that does not help, call whoever looks after the tablet.',
	allSaved: 'Every record is safely saved on this tablet.',
	allSent: 'All of them have reached the server.',
	waiting: (entries: string, people: string) =>
		`${entries} waiting to be sent, by ${people} ${people === '1' ? 'person' : 'people'}. Locking loses nothing.`,
	notSaved: 'The last save did not finish. Sign in to see what is still on the screen.',
	forgotten: 'Forgot code',
	forgottenTitle: 'Forgot your code',
	forgottenText:
		'Only you know your code; the tablet cannot read it back. The station head sets a new one at the server; then sign in once with a network. Your records on this tablet stay and are still sent.'
};

export const t = localized({ vi, en });
