/** Words that every screen uses. */
import { localized } from '../language.svelte.ts';

export const vi = {
	appName: 'Sổ sức khỏe',
	close: 'Đóng',
	back: 'Quay lại',
	undo: 'Hoàn tác',
	cancel: 'Thôi',
	clear: 'Xóa chữ đã gõ',
	optional: 'không bắt buộc',
	tryAgain: 'Thử lại',
	openBook: 'Mở sổ',
	newPerson: 'Người mới',
	scanCode: 'Quét mã',
	reading: 'Đang đọc trên máy',
	readFailed: {
		title: 'Chưa đọc được phần này',
		happened: 'Máy chưa đọc được những gì nó giữ ở đây.',
		saved: 'Những gì đã báo "Đã lưu trên máy" vẫn còn nguyên.',
		toDo: 'Bấm Thử lại. Nếu vẫn vậy, đóng hết các cửa sổ của ứng dụng rồi mở lại. Đừng xóa dữ liệu trình duyệt.'
	},
	whatHappened: 'Chuyện gì',
	isItSaved: 'Đã lưu chưa',
	whatToDo: 'Làm gì',
	errorSummaryTitle: (count: number) => `Còn ${count} chỗ cần sửa trước khi lưu`,
	dateHint: 'Ngày/tháng/năm. Không rõ ngày thì gõ tháng/năm, hoặc chỉ năm',
	dateHintFull: 'Ngày/tháng/năm, ví dụ 24/11/2026',
	dateErrors: {
		form: 'Gõ ngày như 24/11/2026. Ngày sinh cần có 4 số của năm',
		'no-such-date': 'Không có ngày này trong lịch',
		'day-needed': 'Cần đủ ngày, tháng và năm'
	}
};

export const en: typeof vi = {
	appName: 'Health book',
	close: 'Close',
	back: 'Back',
	undo: 'Undo',
	cancel: 'Cancel',
	clear: 'Clear what was typed',
	optional: 'optional',
	tryAgain: 'Try again',
	openBook: 'Open book',
	newPerson: 'New person',
	scanCode: 'Scan code',
	reading: 'Reading on this tablet',
	readFailed: {
		title: 'This part could not be read',
		happened: 'The tablet could not read what it keeps here.',
		saved: 'What was reported as saved on this tablet is still there.',
		toDo: 'Press Try again. If that does not help, close every window of the app and open it again. Do not clear the browser data.'
	},
	whatHappened: 'What happened',
	isItSaved: 'Is it saved',
	whatToDo: 'What to do',
	errorSummaryTitle: (count: number) =>
		count === 1 ? '1 thing to correct before saving' : `${count} things to correct before saving`,
	dateHint: 'Day/month/year. If the day is not known: month/year, or the year alone',
	dateHintFull: 'Day/month/year, for example 24/11/2026',
	dateErrors: {
		form: 'Type the date like 24/11/2026. The year needs all 4 digits',
		'no-such-date': 'The calendar has no such day',
		'day-needed': 'Day, month and year are needed'
	}
};

export const t = localized({ vi, en });
