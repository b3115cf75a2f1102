/** The first page of the day. */
import { localized } from '../language.svelte.ts';

export const vi = {
	title: 'Hôm nay',
	tabsLabel: 'Hẹn khám lại',
	tabs: { today: 'Hẹn hôm nay', overdue: 'Quá hẹn, chưa đến', calendar: 'Lịch hẹn' },
	empty: {
		today: {
			title: 'Hôm nay không có hẹn',
			text: 'Không lượt khám nào trên máy này hẹn khám lại hôm nay.'
		},
		overdue: {
			title: 'Không ai quá hẹn',
			text: 'Ai được hẹn khám lại trước hôm nay cũng đã đến.'
		},
		calendar: {
			title: 'Ngày này chưa có hẹn',
			text: 'Hẹn khám lại ghi trong lượt khám sẽ hiện ở đây.'
		},
		fetching: {
			title: 'Chưa biết ai có hẹn',
			text: 'Sổ của trạm đang về máy. Hẹn hiện dần ở đây.'
		}
	},
	calendar: {
		daysLabel: 'Ngày hẹn',
		weekdays: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
		previous: { week: 'Tuần trước', month: 'Tháng trước' },
		next: { week: 'Tuần sau', month: 'Tháng sau' },
		span: {
			week: (from: string, until: string) => `Tuần ${from} đến ${until}`,
			month: (month: string) => `Tháng ${month}`
		},
		toToday: 'Về hôm nay',
		showMonth: 'Xem cả tháng',
		showWeek: 'Xem một tuần',
		day: (day: string, distance: string, people: number) =>
			`${day}, ${distance}: ${people === 0 ? 'chưa có hẹn' : `${people} người hẹn`}`
	},
	showMore: (count: string) => `Xem thêm ${count} người`,
	showOverdue: (count: string) => `Xem ${count} người quá hẹn`,
	findPerson: 'Tìm người',
	openForms: 'Viết dở',
	forms: {
		dose: 'Mũi tiêm',
		allergy: 'Dị ứng',
		facts: 'Thông tin',
		person: 'Người mới',
		referral: 'Giấy chuyển',
		correction: 'Bản sửa'
	},
	formDiscard: (title: string) => `Bỏ bản viết dở: ${title}`,
	formDiscardTitle: 'Bỏ bản viết dở?',
	formDiscardText: 'Chữ đã gõ mất hẳn trên máy này. Sổ không đổi.',
	formDiscardNow: 'Bỏ bản dở',
	drafts: 'Lượt khám để dở',
	draftChanged: (when: string) => `Gõ lần cuối ${when}`,
	draftUnreadable: 'Không đọc được, cần ghi lại',
	draftNoName: 'Sổ không còn trên máy này',
	draftContinue: (name: string) => `Ghi tiếp lượt khám của ${name}`,
	draftDiscard: (name: string) => `Bỏ lượt khám để dở của ${name}`,
	draftAlsoSigned: (name: string) =>
		`${name} cũng đã ký lượt khám này khi hai máy chưa nối được. Sổ có cả hai, cần xem lại.`,
	draftLookAt: (name: string) => `Xem hai lượt khám của ${name}`,
	draftSeen: (name: string) => `Đã xem hai lượt khám của ${name}`,
	discardTitle: 'Bỏ lượt khám để dở',
	discardText: (name: string) =>
		`Chữ đã gõ cho ${name} sẽ mất hẳn. Sổ không đổi, vì lượt khám này chưa ký.`,
	discard: 'Bỏ lượt khám này',
	keep: 'Giữ lại',
	recent: 'Mới đến khám, tiêm',
	recentFetching: 'Sổ của trạm đang về máy.',
	recentEmpty: 'Chưa có ai đến, theo các sổ trên máy này.',
	waitingTitle: 'Chờ gửi',
	waitingNone: 'Đã gửi hết',
	waitingSome: (count: string) => `${count} mục chờ gửi`,
	returnedSome: (count: string) => `${count} mục máy chủ trả lại`,
	waitingOldest: (span: string) => `Cũ nhất đã chờ ${span}`,
	seePanel: 'Xem từng mục',
	booksHere: (count: string) => `Máy giữ sổ của ${count} người`
};

export const en: typeof vi = {
	title: 'Today',
	tabsLabel: 'Follow-ups',
	tabs: { today: 'Due today', overdue: 'Overdue', calendar: 'Appointments' },
	empty: {
		today: {
			title: 'No follow-ups today',
			text: 'No visit on this tablet asked anybody to come back today.'
		},
		overdue: {
			title: 'Nobody is overdue',
			text: 'Everybody who was asked to come back before today has come.'
		},
		calendar: {
			title: 'No follow-ups on this day',
			text: 'Follow-ups promised in a visit appear here.'
		},
		fetching: {
			title: 'Not known yet who is due',
			text: 'The books of the station are on their way. Follow-ups appear here as they come.'
		}
	},
	calendar: {
		daysLabel: 'Days with appointments',
		weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
		previous: { week: 'Week before', month: 'Month before' },
		next: { week: 'Week after', month: 'Month after' },
		span: {
			week: (from: string, until: string) => `Week ${from} to ${until}`,
			month: (month: string) => `Month ${month}`
		},
		toToday: 'Back to today',
		showMonth: 'Show the month',
		showWeek: 'Show one week',
		day: (day: string, distance: string, people: number) =>
			`${day}, ${distance}: ${people === 0 ? 'no appointments' : `${people} due`}`
	},
	showMore: (count: string) => `Show ${count} more`,
	showOverdue: (count: string) => `Show ${count} overdue`,
	findPerson: 'Find a person',
	openForms: 'Left unfinished',
	forms: {
		dose: 'Dose',
		allergy: 'Allergy',
		facts: 'Details',
		person: 'New person',
		referral: 'Referral',
		correction: 'Correction'
	},
	formDiscard: (title: string) => `Discard what was begun: ${title}`,
	formDiscardTitle: 'Discard what was begun?',
	formDiscardText: 'What was typed is gone from this tablet for good. The book does not change.',
	formDiscardNow: 'Discard it',
	drafts: 'Visits left open',
	draftChanged: (when: string) => `Last typed ${when}`,
	draftUnreadable: 'Cannot be read, write it anew',
	draftNoName: 'This book is no longer on the tablet',
	draftContinue: (name: string) => `Continue the visit of ${name}`,
	draftDiscard: (name: string) => `Discard the open visit of ${name}`,
	draftAlsoSigned: (name: string) =>
		`${name} signed this visit too while the tablets could not hear each other. The book has both; look at them.`,
	draftLookAt: (name: string) => `See both visits of ${name}`,
	draftSeen: (name: string) => `Both visits of ${name} were looked at`,
	discardTitle: 'Discard the open visit',
	discardText: (name: string) =>
		`What was typed for ${name} will be gone for good. The book does not change: this visit was not signed.`,
	discard: 'Discard this visit',
	keep: 'Keep it',
	recent: 'Seen lately',
	recentFetching: 'The books of the station are on their way.',
	recentEmpty: 'Nobody yet, by the books on this tablet.',
	waitingTitle: 'Waiting to be sent',
	waitingNone: 'All sent',
	waitingSome: (count: string) => `${count} waiting to be sent`,
	returnedSome: (count: string) => `${count} returned by the server`,
	waitingOldest: (span: string) => `The oldest has waited ${span}`,
	seePanel: 'See each one',
	booksHere: (count: string) => `The tablet holds the books of ${count} people`
};

export const t = localized({ vi, en });
