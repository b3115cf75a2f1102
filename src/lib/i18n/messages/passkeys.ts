/** The passkeys of whoever is signed in. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Khóa truy cập',
	text: 'Khóa truy cập (passkey) thay mật khẩu khi đăng nhập lần đầu trên một máy. Khóa nằm trong máy của bạn, mở bằng vân tay, khuôn mặt hoặc khóa màn hình; máy chủ không giữ bí mật nào của khóa.',
	none: 'Bạn chưa có khóa truy cập nào.',
	created: (day: string) => `Thêm ${day}`,
	used: (moment: string) => `Dùng lần cuối ${moment}`,
	neverUsed: 'Chưa dùng lần nào',
	add: 'Thêm khóa truy cập',
	addTitle: 'Thêm khóa truy cập',
	addText:
		'Nhập lại mật khẩu, rồi máy sẽ hỏi vân tay, khuôn mặt hoặc khóa màn hình của bạn. Trên máy dùng chung, chỉ thêm khóa nếu khóa màn hình là của riêng bạn.',
	label: 'Tên của khóa',
	labelHint: 'Để bạn nhận ra, ví dụ máy tiêm chủng',
	labelMissing: 'Đặt tên cho khóa',
	defaultLabel: (deviceNumber: number) => `Máy số ${deviceNumber}`,
	password: 'Mật khẩu',
	passwordMissing: 'Nhập mật khẩu',
	addButton: 'Tiếp tục',
	busy: 'Đang làm',
	added: 'Đã thêm khóa. Lần đăng nhập đầu trên máy khác, bạn dùng được khóa này.',
	remove: 'Gỡ',
	removeOf: (label: string) => `Gỡ khóa ${label}`,
	removeTitle: (label: string) => `Gỡ khóa “${label}”`,
	removeText:
		'Khóa này sẽ không đăng nhập được ở máy chủ nữa. Máy nào bạn đã chọn mã riêng thì vẫn mở như trước. Bản ghi không mất gì.',
	removeButton: 'Gỡ khóa',
	goBack: 'Quay lại',
	readFailed: 'Chưa xem được các khóa của bạn.',
	networkNeeded: 'Việc này cần mạng, mà máy chưa liên lạc được với máy chủ. Thử lại khi có mạng.',
	wrongPassword: 'Mật khẩu chưa đúng. Chưa có gì thay đổi.',
	signedOut: 'Máy chủ không biết ai đang hỏi. Khóa máy, đăng nhập lại rồi thử lại.'
};

export const en: typeof vi = {
	title: 'Passkeys',
	text: 'A passkey replaces the password when you first sign in on a tablet. It lies in your own device and opens by finger, face or screen lock; the server holds no secret of it.',
	none: 'You have no passkey yet.',
	created: (day: string) => `Added ${day}`,
	used: (moment: string) => `Last used ${moment}`,
	neverUsed: 'Never used',
	add: 'Add a passkey',
	addTitle: 'Add a passkey',
	addText:
		'Enter your password again; then the tablet asks for your finger, face or screen lock. On a shared tablet, add one only where the screen lock is yours alone.',
	label: 'Name of the passkey',
	labelHint: 'So that you recognise it, for example vaccination tablet',
	labelMissing: 'Give the passkey a name',
	defaultLabel: (deviceNumber: number) => `Tablet ${deviceNumber}`,
	password: 'Password',
	passwordMissing: 'Type your password',
	addButton: 'Continue',
	busy: 'Working',
	added: 'Passkey added. You can use it when you first sign in on another tablet.',
	remove: 'Remove',
	removeOf: (label: string) => `Remove passkey ${label}`,
	removeTitle: (label: string) => `Remove passkey “${label}”`,
	removeText:
		'It will sign you in at the server no more. Tablets on which you have chosen a code open as before. No record is lost.',
	removeButton: 'Remove passkey',
	goBack: 'Back',
	readFailed: 'Your passkeys could not be shown.',
	networkNeeded:
		'This needs a network, and the server cannot be reached now. Try again with a network.',
	wrongPassword: 'The password is not right. Nothing was changed.',
	signedOut: 'The server does not know who asks. Lock the tablet, sign in again, then try again.'
};

export const t = localized({ vi, en });
