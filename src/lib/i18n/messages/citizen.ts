/** A citizen's pages: signing in, the family's books, one book, one visit, settings. */
import { localized } from '../language.svelte.ts';

const NBSP = '\u00a0';

export const vi = {
	navigation: 'Chính',
	books: 'Sổ',
	accesses: 'Ai đã xem',
	settings: 'Cài đặt',
	title: 'Sổ của gia đình',
	opening: 'Đang mở sổ',

	choose: {
		title: 'Bạn là ai?',
		family: 'Người dân',
		familyText: 'Xem sổ của mình và của con',
		staff: 'Nhân viên y tế',
		staffText: 'Ghi khám, tiêm ở trạm hoặc bệnh viện',
		manage: 'Người quản lý',
		manageText: 'Quản lý máy và người dùng của cơ sở',
		remembered: 'Máy này nhớ lựa chọn sau khi bạn đăng nhập.'
	},

	signIn: {
		title: 'Sổ sức khỏe của gia đình',
		text: 'Xem lần khám, thuốc, mũi tiêm của bạn và của con, cả khi mất mạng.',
		button: 'Đăng nhập bằng VNeID',
		reads: 'Ứng dụng đọc gì từ VNeID',
		readsList: ['Số định danh', 'Họ và tên', 'Ngày sinh'],
		why: 'Chỉ để tìm đúng sổ của bạn và của con dưới 18 tuổi mà bạn trông nom. Không gửi cho ai khác.',
		keptHere:
			'Sổ được tải về máy này. Ai mở được máy này thì xem được sổ; đăng xuất thì sổ mất khỏi máy.',
		failures: {
			declined: {
				title: 'Bạn chưa đăng nhập',
				text: 'Bạn đã không đồng ý ở trang đăng nhập. Muốn xem sổ thì đăng nhập lại.'
			},
			'level-too-low': {
				title: 'Cần tài khoản định danh mức 2',
				text: 'Sổ sức khỏe chỉ mở bằng tài khoản VNeID mức 2. Đến công an xã, phường với thẻ căn cước để nâng mức, rồi đăng nhập lại. Sổ của bạn vẫn còn nguyên.'
			},
			'not-genuine': {
				title: 'Chưa đăng nhập được',
				text: 'Lần đăng nhập này quá lâu hoặc không khớp. Bấm đăng nhập để làm lại từ đầu.'
			},
			unreachable: {
				title: 'Cần mạng để đăng nhập',
				text: 'Chưa tới được máy chủ. Bật mạng rồi bấm lại.'
			}
		},
		notOffered: {
			title: 'Máy chủ này chưa mở cho người dân',
			text: 'Hỏi trạm y tế của bạn để biết khi nào dùng được.'
		},
		checking: 'Đang mở trang đăng nhập'
	},

	failed: {
		title: 'Chưa mở được sổ trên máy này',
		happened: 'Trình duyệt không mở được phần lưu trữ của ứng dụng.',
		saved: 'Sổ của bạn vẫn nguyên ở máy chủ.',
		toDo: 'Đóng hết các cửa sổ của ứng dụng rồi mở lại.'
	},
	workerGone: {
		title: 'Ứng dụng đã dừng giữa chừng',
		happened: 'Phần giữ sổ của ứng dụng không còn trả lời, hoặc chưa tải được.',
		saved: 'Sổ đã tải vẫn còn trên máy này, và vẫn nguyên ở máy chủ.',
		toDo: 'Bấm Mở lại. Nếu vẫn vậy, đóng hết các cửa sổ của ứng dụng rồi mở lại.',
		reload: 'Mở lại'
	},
	stale: {
		unreachable: 'Chưa tới được máy chủ, sổ đã tải vẫn xem được.',
		'signed-out':
			'Đã hết thời gian đăng nhập. Sổ đã tải vẫn xem được, đăng nhập lại để có tin mới.',
		'update-needed': 'Cần bản mới của ứng dụng để nhận tin mới. Sổ đã tải vẫn xem được.',
		knownUntil: (when: string) => `Tin đến ${when}.`,
		again: 'Đăng nhập lại'
	},
	arriving: (count: number) => `${count} sổ đang tải về máy này`,
	noBooks: {
		title: 'Chưa thấy sổ nào của bạn',
		text: 'Chưa có sổ ghi số định danh của bạn, hoặc ngày sinh trong sổ chưa khớp. Mang thẻ căn cước đến trạm y tế để được kiểm tra.'
	},

	relation: {
		own: 'Sổ của bạn',
		daughter: 'Con gái',
		son: 'Con trai',
		child: 'Con'
	},
	/** What a small child is called. */
	small: (name: string) => `bé ${name}`,
	you: 'Bạn',
	next: {
		own: 'Đi khám lại',
		child: (name: string) => `Đưa ${name} đi khám lại`,
		overdue: 'Đã qua ngày hẹn. Gọi hoặc đến trạm để hẹn lại.',
		none: 'Chưa có hẹn nào trong sổ.',
		openVisit: 'Xem lần khám đã hẹn',
		month: (month: number) => `Tháng${NBSP}${month}`
	},
	news: {
		title: 'Mới trong sổ',
		none: 'Sổ chưa có gì.',
		visit: (who: string, what: string) => `${who}: khám, ${what}`,
		dose: (who: string, what: string) => `${who}: tiêm, uống phòng ${what}`,
		measured: (who: string, what: string) => `${who}: ${what}`,
		drugs: (who: string, count: number) => `${who}: đơn thuốc ${count}${NBSP}loại`,
		referral: (who: string, to: string) => `${who}: giấy chuyển đến ${to}`,
		allergy: (who: string, what: string) => `${who}: dị ứng ${what}`
	},

	book: {
		own: 'Sổ của bạn',
		child: (name: string) => `Sổ của ${name}`,
		sections: 'Phần của sổ',
		tabs: {
			doses: 'Mũi tiêm',
			growth: 'Lớn lên',
			visits: 'Khám',
			medicines: 'Thuốc',
			allergies: 'Dị ứng'
		},
		childOf: (name: string) => `con ${name}`,
		disputed: (what: string, values: string) =>
			`Hai nơi ghi khác nhau: ${what} ${values}. Nói với trạm y tế để ghi lại cho đúng; sổ giữ cả hai.`,
		from16:
			'Từ 16 tuổi, kết quả mà luật giữ kín thì chỉ con được xem. Sổ bạn thấy ở đây có thể không đủ.',
		noDoses: 'Chưa ghi mũi tiêm nào',
		noDosesText: 'Mũi đã tiêm ở nơi khác: đưa sổ giấy cho trạm chép vào.',
		dosesNote: 'Ghi đúng như đã tiêm. Ứng dụng chưa xét mũi nào còn thiếu; hỏi trạm y tế.',
		dosesCount: (count: number) => `${count} lần tiêm, uống đã ghi`,
		noGrowth: 'Chưa ghi cân nặng, chiều cao',
		growthCaption: 'Cân nặng, chiều cao qua các lần đo, mới nhất trước',
		day: 'Ngày',
		noVisits: 'Chưa ghi lần khám nào',
		noMedicines: 'Chưa có đơn thuốc nào',
		medicinesNote: 'Thuốc đã kê. Đang dùng thuốc gì thì hỏi bác sĩ, đừng tự dùng lại đơn cũ.',
		drugQuantity: (quantity: string, days: string) =>
			days === '' ? quantity : `${quantity}, ${days}`,
		noAllergies: 'Chưa ghi dị ứng nào',
		neverAsked: 'Chưa ai hỏi về dị ứng. Nếu bạn biết mình dị ứng gì, nói với trạm y tế.',
		askedOn: (when: string) => `Đã hỏi ngày ${when}, chưa thấy gì.`,
		allergyTo: 'Dị ứng',
		missing: {
			title: 'Sổ này không có trên máy',
			text: 'Sổ chưa tải về, không còn là sổ của gia đình bạn, hoặc đường dẫn không đúng.',
			action: 'Về các sổ'
		}
	},

	visit: {
		title: 'Lần khám',
		heading: (when: string) => `Lần khám ngày ${when}`,
		why: 'Vì sao đi khám',
		found: 'Kết luận',
		measured: 'Đo được',
		treated: 'Đã làm gì',
		drugs: 'Thuốc',
		advice: 'Dặn dò',
		next: 'Hẹn lại',
		clinical: 'Phần dành cho nhân viên y tế',
		code: 'Mã bệnh',
		by: 'Người khám',
		corrected: (reason: string) => `Trang này đã được sửa: ${reason}`,
		print: 'In hoặc lưu thành tệp',
		printHint: 'Khổ A5. Chọn "Lưu thành PDF" trong hộp in để có tệp.',
		born: (when: string) => `sinh ${when}`
	},

	referral: {
		title: 'Giấy chuyển',
		heading: (to: string) => `Giấy chuyển đến ${to}`,
		by: (place: string, when: string) => `${place} viết ngày ${when}`,
		bring: 'Mang giấy trạm đã in và ký, giấy tờ tùy thân và thẻ bảo hiểm y tế khi đi khám.',
		until: (day: string) => `Giấy dùng đến hết ${day}.`,
		over: (day: string) => `Giấy chỉ dùng được đến hết ${day}. Hỏi trạm y tế nếu vẫn cần đi.`,
		why: 'Vì sao được chuyển',
		found: 'Chẩn đoán',
		done: 'Đã làm gì, đã dùng thuốc gì',
		condition: 'Tình trạng lúc đi',
		transport: 'Đi bằng gì, với ai',
		clinical: 'Phần dành cho nhân viên y tế'
	},

	setting: {
		title: 'Cài đặt',
		signedInAs: 'Đang đăng nhập',
		textSize: 'Cỡ chữ',
		textSizeSample: 'Chữ mẫu: uống sau khi ăn no.',
		language: 'Ngôn ngữ',
		colours: 'Màu màn hình',
		device: 'Máy này',
		staff: 'Tôi là nhân viên y tế',
		staffText: 'Đổi sang phần ghi khám, tiêm. Sổ của gia đình vẫn còn trên máy này.',
		signOut: 'Đăng xuất',
		signOutText: 'Sổ của gia đình mất khỏi máy này. Ở máy chủ vẫn còn nguyên.',
		confirmTitle: 'Đăng xuất và xóa sổ khỏi máy này?',
		confirmText: 'Muốn xem lại phải đăng nhập bằng VNeID và cần mạng. Không có gì mất ở máy chủ.',
		confirm: 'Xóa khỏi máy này',
		stay: 'Ở lại'
	}
};

export const en: typeof vi = {
	navigation: 'Main',
	books: 'Books',
	accesses: 'Who looked',
	settings: 'Settings',
	title: "Your family's books",
	opening: 'Opening the books',

	choose: {
		title: 'Who are you?',
		family: 'A citizen',
		familyText: "See your own book and your children's",
		staff: 'Health staff',
		staffText: 'Record visits and doses at a station or hospital',
		manage: 'A manager',
		manageText: 'Look after tablets and staff of a facility',
		remembered: 'This device remembers the choice once you have signed in.'
	},

	signIn: {
		title: "Your family's health books",
		text: "See your and your children's visits, medicines and doses, also without a network.",
		button: 'Sign in with VNeID',
		reads: 'What the app reads from VNeID',
		readsList: ['Identification number', 'Full name', 'Date of birth'],
		why: 'Only to find your book and those of children under 18 you look after. It goes to nobody else.',
		keptHere:
			'The books are loaded onto this phone. Whoever can open this phone can read them; signing out removes them.',
		failures: {
			declined: {
				title: 'You are not signed in',
				text: 'You did not agree on the sign-in page. To see the books, sign in again.'
			},
			'level-too-low': {
				title: 'An identity of level 2 is needed',
				text: 'The health book opens with a VNeID account of level 2 only. The police of your commune raise the level with your identity card; then sign in again. Your book is as it was.'
			},
			'not-genuine': {
				title: 'Signing in did not work',
				text: 'It took too long or did not fit together. Press sign in to begin again.'
			},
			unreachable: {
				title: 'Signing in needs a network',
				text: 'The server cannot be reached. Turn on the network and press again.'
			}
		},
		notOffered: {
			title: 'This server is not open to citizens yet',
			text: 'Ask your health station when you can use it.'
		},
		checking: 'Opening the sign-in page'
	},

	failed: {
		title: 'The books on this phone could not be opened',
		happened: "The browser could not open the app's storage.",
		saved: 'Your books are whole at the server.',
		toDo: 'Close every window of the app and open it again.'
	},
	workerGone: {
		title: 'The app has stopped',
		happened: 'The part of the app that keeps the books no longer answers, or could not be loaded.',
		saved: 'The books are still on this phone, and whole at the server.',
		toDo: 'Press Open again. If that does not help, close every window of the app and open it again.',
		reload: 'Open again'
	},
	stale: {
		unreachable: 'The server cannot be reached; the books on this phone can still be read.',
		'signed-out':
			'Your sign-in has ended. The books on this phone can still be read; sign in again for news.',
		'update-needed':
			'A newer version of the app is needed for news. The books on this phone can still be read.',
		knownUntil: (when: string) => `Known up to ${when}.`,
		again: 'Sign in again'
	},
	arriving: (count: number) =>
		count === 1 ? '1 book is being loaded' : `${count} books are being loaded`,
	noBooks: {
		title: 'No book of yours was found',
		text: 'No book states your personal number, or its birth date does not match. Take your identity card to the health station to have it checked.'
	},

	relation: {
		own: 'Your book',
		daughter: 'Daughter',
		son: 'Son',
		child: 'Child'
	},
	small: (name: string) => name,
	you: 'You',
	next: {
		own: 'Come for a check-up',
		child: (name: string) => `Take ${name} for a check-up`,
		overdue: 'The day has passed. Call or visit the station for another one.',
		none: 'No appointment in the books.',
		openVisit: 'See the visit that promised it',
		month: (month: number) => MONTHS[month - 1] ?? ''
	},
	news: {
		title: 'New in the books',
		none: 'Nothing in the books yet.',
		visit: (who: string, what: string) => `${who}: visit, ${what}`,
		dose: (who: string, what: string) => `${who}: dose against ${what}`,
		measured: (who: string, what: string) => `${who}: ${what}`,
		drugs: (who: string, count: number) =>
			`${who}: prescription, ${count}${NBSP}${count === 1 ? 'medicine' : 'medicines'}`,
		referral: (who: string, to: string) => `${who}: referral to ${to}`,
		allergy: (who: string, what: string) => `${who}: allergy to ${what}`
	},

	book: {
		own: 'Your book',
		child: (name: string) => `${name}'s book`,
		sections: 'Sections of the book',
		tabs: {
			doses: 'Doses',
			growth: 'Growth',
			visits: 'Visits',
			medicines: 'Medicines',
			allergies: 'Allergies'
		},
		childOf: (name: string) => `child of ${name}`,
		disputed: (what: string, values: string) =>
			`Two places differ: ${what} ${values}. Tell the health station which is right; the book keeps both.`,
		from16:
			'From 16 on, results that the law keeps confidential are shown to the child alone. What you see here may not be the whole book.',
		noDoses: 'No dose recorded yet',
		noDosesText: 'Doses given elsewhere: let the station copy them from the paper booklet.',
		dosesNote:
			'As they were given. The app does not judge yet which doses are missing; ask the health station.',
		dosesCount: (count: number) => (count === 1 ? '1 dose recorded' : `${count} doses recorded`),
		noGrowth: 'No weight or height recorded yet',
		growthCaption: 'Weight and height, newest first',
		day: 'Date',
		noVisits: 'No visit recorded yet',
		noMedicines: 'No prescription yet',
		medicinesNote:
			'What was prescribed. Ask a doctor what to take now; do not use an old prescription again.',
		drugQuantity: (quantity: string, days: string) =>
			days === '' ? quantity : `${quantity}, ${days}`,
		noAllergies: 'No allergy recorded',
		neverAsked: 'Nobody has asked about allergies. If you know of one, tell the health station.',
		askedOn: (when: string) => `Asked on ${when}, none known.`,
		allergyTo: 'Allergy',
		missing: {
			title: 'This book is not on this phone',
			text: "It has not been loaded, is not one of your family's any more, or the address is wrong.",
			action: 'To the books'
		}
	},

	visit: {
		title: 'Visit',
		heading: (when: string) => `Visit on ${when}`,
		why: 'Why you came',
		found: 'What was found',
		measured: 'Measured',
		treated: 'What was done',
		drugs: 'Medicines',
		advice: 'Advice',
		next: 'Next visit',
		clinical: 'For health staff',
		code: 'Code',
		by: 'Seen by',
		corrected: (reason: string) => `This page was corrected: ${reason}`,
		print: 'Print or save as a file',
		printHint: 'A5. Choose "Save as PDF" in the print window for a file.',
		born: (when: string) => `born ${when}`
	},

	referral: {
		title: 'Referral',
		heading: (to: string) => `Referral to ${to}`,
		by: (place: string, when: string) => `written by ${place} on ${when}`,
		bring:
			'Take the letter printed and signed by the station, your identity papers and your insurance card along.',
		until: (day: string) => `The letter is valid until the end of ${day}.`,
		over: (day: string) =>
			`The letter was valid until ${day} only. Ask the station if you still need to go.`,
		why: 'Why you are referred',
		found: 'Diagnosis',
		done: 'What was done and given',
		condition: 'How you were on leaving',
		transport: 'How and with whom',
		clinical: 'For health staff'
	},

	setting: {
		title: 'Settings',
		signedInAs: 'Signed in',
		textSize: 'Text size',
		textSizeSample: 'Sample: take after a meal.',
		language: 'Language',
		colours: 'Colours',
		device: 'This device',
		staff: 'I am health staff',
		staffText: "Change to recording visits and doses. The family's books stay on this device.",
		signOut: 'Sign out',
		signOutText: "The family's books leave this device. At the server nothing changes.",
		confirmTitle: 'Sign out and remove the books from this device?',
		confirmText:
			'To see them again you sign in with VNeID, with a network. Nothing is lost at the server.',
		confirm: 'Remove from this device',
		stay: 'Stay'
	}
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const t = localized({ vi, en });
