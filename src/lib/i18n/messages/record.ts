/** Words of the forms that write in a book: dose, visit, allergy, information; and of what a save said. */
import { localized } from '../language.svelte.ts';

interface Limits {
	min: string;
	max: string;
}

export const vi = {
	askThree: 'Hỏi lại gia đình các điều này',
	fieldError: {
		required: 'Chưa điền',
		'too-long': 'Dài quá, cần ngắn hơn',
		'too-short': 'Ngắn quá, ghi rõ thêm vài chữ',
		'damaged-character': 'Có chữ bị hỏng (�), xóa và gõ lại chữ đó',
		'name-form': 'Họ tên cần có chữ, không dùng dấu như < > { }',
		'date-form': 'Gõ ngày như 24/11/2026, năm đủ 4 số',
		'expiry-form': 'Gõ hạn như 06/2027 hoặc 15/06/2027',
		'no-such-date': 'Không có ngày này trong lịch',
		'date-not-full': 'Cần đủ ngày, tháng và năm',
		'in-future': 'Ngày giờ này chưa tới',
		'too-long-ago': 'Ngày này đã qua lâu quá, xem lại năm',
		'before-birth': 'Ngày này trước ngày sinh',
		'dates-reversed': 'Ngày này trước ngày bắt đầu',
		'time-form': 'Gõ giờ như 08:40',
		'number-form': 'Chỉ gõ số, phần lẻ sau dấu phẩy',
		'out-of-range': 'Số này ngoài mức đo được',
		'whole-number': 'Gõ số nguyên, không có phần lẻ',
		'pressure-form': 'Huyết áp cần cả hai số, số trên lớn hơn số dưới',
		'identifier-form': 'Chưa đúng dạng số: xem lại đủ chữ số chưa',
		'identifier-temporary': 'Đây là mã tạm của một sổ đã có, tìm sổ đó để mở',
		'phone-form': 'Số điện thoại có từ 9 đến 11 số, bắt đầu bằng 0 hoặc +',
		'not-in-list': 'Chọn trong danh sách',
		'expired-lot': 'Lô này đã hết hạn vào ngày tiêm, không dùng được. Chọn lô khác',
		'lot-missing': 'Mũi tiêm hôm nay cần số lô trên lọ',
		'antigen-missing': 'Chọn ít nhất một bệnh mà vắc xin này phòng',
		'one-main-diagnosis': 'Chọn đúng một bệnh chính',
		'already-listed': 'Đã có trong sổ rồi',
		'confirm-value': 'Số này lạ, đo lại hoặc xác nhận là đúng',
		'answer-needed': 'Thẻ dừng này đang chờ bạn chọn',
		allergy: 'Người này dị ứng với thuốc này, không kê được',
		'nothing-entered': 'Chưa có gì để lưu',
		form: 'Chưa ghi được chỗ này, xem lại'
	},
	between: ({ min, max }: Limits) => `Máy đo được từ ${min} đến ${max}`,
	saved: 'Đã lưu trên máy',
	savedDoses: (count: number) =>
		count === 1 ? 'Đã lưu mũi tiêm trên máy' : `Đã lưu ${count} mũi tiêm trên máy`,
	savedVisit: 'Đã lưu lượt khám trên máy',
	savedAllergy: 'Đã lưu dị ứng trên máy',
	savedNoneKnown: 'Đã lưu: hỏi rồi, chưa thấy dị ứng',
	savedFacts: 'Đã lưu thông tin trên máy',
	undone: 'Đã hoàn tác',
	notUndone: 'Chưa hoàn tác được, mục vẫn còn trong sổ',
	failure: {
		title: 'Chưa lưu được',
		saved: 'Chưa lưu. Chữ bạn gõ vẫn còn trên màn hình này',
		quota: { happened: 'Máy hết chỗ chứa', toDo: 'Xóa bớt ảnh, phim trên máy rồi bấm lưu lại' },
		unknown: {
			happened: 'Máy không ghi được xuống bộ nhớ',
			toDo: 'Bấm lưu lại. Nếu vẫn không được, chép ra giấy trước khi tắt máy'
		},
		'not-signed-in': { happened: 'Máy đã khóa', toDo: 'Mở khóa rồi bấm lưu lại' },
		'no-such-book': {
			happened: 'Sổ này không còn trên máy',
			toDo: 'Tìm lại người này rồi mở sổ, chữ đã gõ còn ở màn hình này'
		},
		invalid: { happened: 'Có chỗ chưa đúng dạng', toDo: 'Xem lại các chỗ có chữ đỏ' }
	},
	leaveTitle: 'Bạn chưa lưu',
	leaveText: 'Chữ đã gõ được giữ trên máy này cho bạn tới khi bạn ghi hoặc bỏ.',
	leave: 'Để dở, ra ngoài',
	stay: 'Ghi tiếp',
	draft: {
		since: (when: string) => `Đang viết dở, lúc ${when}`,
		discard: 'Bỏ',
		discardTitle: 'Bỏ bản viết dở?',
		discardText: 'Chữ đã gõ mất hẳn trên máy này. Sổ không đổi.',
		keep: 'Giữ lại',
		unreadable: 'Bản viết dở không đọc được nữa. Bạn ghi lại từ đầu; chữ mới vẫn tự lưu.'
	},
	draftDiscard: 'Bỏ bản dở',
	readyPhrases: (what: string) => `Câu có sẵn cho ${what.toLowerCase()}`,

	dose: {
		title: 'Ghi mũi tiêm',
		mode: 'Ghi mũi nào',
		modeToday: 'Tiêm tại trạm',
		modePaper: 'Chép từ sổ giấy',
		vaccinesHeading: 'Vắc xin và lô',
		whenHeading: 'Khi nào, ai tiêm',
		date: 'Ngày tiêm',
		datePartialHint: 'Không rõ ngày thì gõ tháng/năm, hoặc chỉ năm',
		time: 'Giờ tiêm',
		givenBy: 'Người tiêm',
		place: 'Nơi tiêm',
		placeHint: 'Tên trạm, bệnh viện hoặc phòng tiêm ghi trong sổ giấy',
		product: 'Vắc xin',
		productHint: 'Gõ tên vắc xin hoặc tên bệnh',
		recent: 'vừa dùng ở trạm',
		useOther: (name: string) => `Dùng “${name}”, ngoài danh mục`,
		outsideCatalogue: 'Ngoài danh mục',
		beforeCatalogue: (from: string) =>
			`Danh mục vắc xin có từ ${from}. Mũi trước ngày đó chọn trong danh mục đầu tiên và được đánh dấu ngoài danh mục.`,
		outsideText: 'Tên này không có trong danh mục. Sổ vẫn nhận và đánh dấu.',
		antigens: 'Phòng bệnh nào',
		protects: (diseases: string) => `Phòng ${diseases}`,
		lot: 'Số lô',
		expiry: 'Hạn dùng',
		route: 'Đường dùng',
		site: 'Vị trí',
		statedDose: 'Mũi số mấy, nếu sổ giấy có ghi',
		statedDoseShort: 'Mũi số',
		choose: 'Chọn',
		add: 'Thêm mũi khác',
		remove: (number: number) => `Bỏ mũi ở ô ${number}`,
		row: (number: number) => `Mũi ở ô ${number}`,
		save: (count: number) => (count === 1 ? 'Ghi đã tiêm' : `Ghi đã tiêm ${count} mũi`),
		savePaper: (count: number) => (count === 1 ? 'Chép vào sổ' : `Chép ${count} mũi vào sổ`),
		stopTitle: (disease: string, days: number) =>
			days === 0
				? `Dừng: ${disease} đã ghi tiêm cùng ngày`
				: days < 0
					? `Dừng: ${disease} đã ghi tiêm sau đó ${-days} ngày`
					: `Dừng: ${disease} đã tiêm ${days} ngày trước`,
		stopAllergy: (substance: string) => `Dừng: dị ứng với ${substance}`,
		stopTwice: (disease: string) => `Dừng: ${disease} có ở hai ô của lần này`,
		stopWhere: 'Ở đâu',
		stopWhen: 'Khi nào',
		stopWho: 'Ai ghi',
		stopWhat: 'Vắc xin',
		stopKnown: 'Tin đến',
		stopRemove: 'Không tiêm mũi này',
		stopRemovePaper: 'Không chép mũi này',
		stopOverride: 'Vẫn tiêm, ghi lý do',
		stopOverridePaper: 'Đây là mũi khác, ghi lý do',
		stopReason: 'Lý do',
		stopReasonHint: 'Ai cho tiêm, vì sao. Lý do nằm trong sổ',
		stopWaiting: (count: number) => `Còn ${count} thẻ dừng chờ bạn chọn`,
		lot_: (lot: string) => `lô ${lot}`,
		allergies: (list: string) => `Người này dị ứng: ${list}. Hỏi lại trước khi tiêm.`
	},

	visit: {
		title: 'Ghi lượt khám',
		subtitle: (when: string) => `Lượt khám ${when}`,
		keptWhileTyping: 'tự lưu từng chữ trên máy này',
		restored: (when: string) => `đây là bản ghi dở của bạn, gõ lần cuối ${when}`,
		together: (names: string) => `Đang ghi cùng ${names}`,
		away: (names: string) =>
			`${names} không có ở đây lúc này. Chữ bạn gõ vẫn lưu trên máy; khi cùng có mạng, chữ của hai bên ghép lại.`,
		invitation: (name: string) => `${name} cũng đang ghi một lượt khám của người này.`,
		invitationText: 'Ghi cùng thì sổ chỉ có một lượt khám. Chữ bạn đã gõ được thêm vào.',
		join: (name: string) => `Ghi lượt khám cùng ${name}`,
		signedBy: (name: string, when: string) => `${name} đã ký lượt khám này lúc ${when}`,
		signedWithYours: 'Mọi chữ bạn viết đã nằm trong lượt khám đã ký.',
		signedWithoutYours:
			'Có chữ bạn viết chưa nằm trong lượt khám đã ký. Máy giữ bản của bạn, có cả chữ chung, thành bản ghi dở của riêng bạn.',
		seeSigned: 'Xem lượt khám đã ký',
		goOnAlone: 'Mở bản ghi dở của bạn',
		unreadable:
			'Bản ghi dở của lượt khám này không đọc được nữa. Bạn ghi lại từ đầu; chữ mới vẫn tự lưu.',
		reason: 'Lý do đến khám',
		reasonPhrases: ['Sốt', 'Ho', 'Đau bụng', 'Tiêu chảy', 'Đo huyết áp', 'Khám thai'],
		vitals: 'Số đo',
		findings: 'Khám thấy',
		diagnosis: 'Chẩn đoán',
		diagnosisHint: 'Gõ tên bệnh không cần dấu, hoặc mã như J02',
		diagnosisOwn: (words: string) => `Ghi “${words}”, không có mã`,
		main: 'Bệnh chính',
		makeMain: (name: string) => `Lấy ${name} làm bệnh chính`,
		removeDiagnosis: (name: string) => `Bỏ chẩn đoán ${name}`,
		diagnosisLoading: 'Đang mở danh mục bệnh',
		diagnosisUnavailable: 'Máy này chưa có danh mục bệnh. Ghi bằng lời, có mã sau cũng được.',
		drugs: 'Thuốc',
		addDrug: 'Thêm thuốc',
		recentDiagnoses: 'Hay gặp trên máy này',
		recentDrugs: 'Hay kê trên máy này',
		drug: 'Tên thuốc, hàm lượng',
		dosage: 'Cách dùng',
		dosageHint: 'Ví dụ: 1 viên, sáng và tối, sau ăn',
		quantity: 'Số lượng',
		unit: 'Đơn vị',
		days: 'Số ngày',
		removeDrug: (number: number) => `Bỏ thuốc ở dòng ${number}`,
		drugRow: (number: number) => `Thuốc ${number}`,
		drugOutsideList:
			'Ngoài danh mục thuốc của trạm. Vẫn kê được; máy chỉ so dị ứng với tên bạn gõ, không biết hoạt chất.',
		drugUsual: (usual: string) => `Người lớn thường dùng: ${usual}`,
		drugAllergy: (substance: string) =>
			`Trong sổ có ghi dị ứng ${substance}. Không kê thuốc này; chọn thuốc khác hoặc bỏ dòng này.`,
		treatment: 'Xử trí tại trạm',
		advice: 'Dặn dò',
		advicePhrases: [
			'Uống nhiều nước',
			'Đến ngay nếu khó thở',
			'Đến ngay nếu sốt cao trên 39 °C',
			'Ăn uống như thường, chia nhiều bữa',
			'Uống thuốc đủ ngày'
		],
		followUp: 'Hẹn khám lại',
		followUpIn: (days: number) => `Sau ${days} ngày`,
		followUpDate: 'Ngày hẹn',
		followUpWhat: 'Hẹn để làm gì',
		sign: 'Ký và xong',
		putAside: 'Để dở, khám người khác',
		usual: (from: string, to: string, unit: string) => `thường ${from} đến ${to} ${unit}`,
		asksAgain: (name: string, value: string) => `${name} ${value}: số này đúng không?`,
		farFromLast: (value: string, date: string) => `Lần trước ${value} ngày ${date}.`,
		plausible: (from: string, to: string, unit: string) =>
			`Hiếm khi dưới ${from} hoặc trên ${to} ${unit} ở tuổi này.`,
		confirm: 'Đúng, đã đo lại',
		confirmed: 'Đã xác nhận',
		upper: 'số trên',
		lower: 'số dưới'
	},

	allergy: {
		title: 'Ghi dị ứng',
		question: 'Đã hỏi, có dị ứng gì không?',
		has: 'Có dị ứng',
		none: 'Chưa thấy dị ứng gì',
		noneText: 'Ghi ngày hỏi hôm nay. Dị ứng đã ghi trước đây vẫn còn nguyên.',
		substance: 'Dị ứng với',
		substanceHint: 'Tên thuốc, thức ăn, vắc xin',
		category: 'Loại',
		reaction: 'Biểu hiện',
		reactionPhrases: ['Nổi mề đay', 'Ngứa', 'Sưng mặt', 'Khó thở', 'Phản vệ'],
		severity: 'Mức độ',
		since: 'Từ khi nào',
		note: 'Ghi chú',
		save: 'Ghi dị ứng',
		saveNone: 'Ghi chưa thấy dị ứng',
		listed: 'Đã ghi trong sổ'
	},

	facts: {
		title: 'Sửa thông tin',
		text: 'Giá trị cũ vẫn nằm trong sổ. Chỉ những chỗ bạn đổi mới được ghi.',
		identifier: 'Số mới',
		identifierHint: 'Số định danh, thẻ bảo hiểm y tế, hộ chiếu, giấy chứng sinh',
		source: 'Lấy từ đâu',
		sources: { card: 'Đọc trên thẻ', paper: 'Đọc trên giấy', stated: 'Nghe nói' },
		save: 'Ghi thông tin mới',
		conflict: 'Hai nơi đang ghi khác nhau. Ghi lại ở đây là chọn giá trị đúng.',
		changedMeanwhile:
			'Nơi khác vừa ghi giá trị này. Chọn nó, hoặc cứ ghi: sổ sẽ giữ cả hai để xem lại.'
	}
};

export const en: typeof vi = {
	askThree: 'Ask the family these again',
	fieldError: {
		required: 'This is needed',
		'too-long': 'Too long, please shorten it',
		'too-short': 'Too short, please say a little more',
		'damaged-character': 'A letter is damaged (�): delete it and type it again',
		'name-form': 'A name has letters, without signs like < > { }',
		'date-form': 'Type the date like 24/11/2026, the year with 4 digits',
		'expiry-form': 'Type the expiry like 06/2027 or 15/06/2027',
		'no-such-date': 'The calendar has no such day',
		'date-not-full': 'Day, month and year are needed',
		'in-future': 'This time has not come yet',
		'too-long-ago': 'This is too long ago, check the year',
		'before-birth': 'This is before the date of birth',
		'dates-reversed': 'This is before the first day',
		'time-form': 'Type the time like 08:40',
		'number-form': 'Digits only, with a comma or dot before decimals',
		'out-of-range': 'Beyond what can be measured',
		'whole-number': 'A whole number, without decimals',
		'pressure-form': 'Blood pressure needs both numbers, the upper one higher',
		'identifier-form': 'Not the form of a known number: check the digits',
		'identifier-temporary': 'This is the temporary code of a book that exists: search for it',
		'phone-form': 'A phone number has 9 to 11 digits and begins with 0 or +',
		'not-in-list': 'Choose from the list',
		'expired-lot': 'This lot had expired on that day and cannot be used. Choose another lot',
		'lot-missing': 'A dose given today needs the lot on the vial',
		'antigen-missing': 'Choose at least one disease this vaccine protects from',
		'one-main-diagnosis': 'Choose exactly one main diagnosis',
		'already-listed': 'Already in the book',
		'confirm-value': 'Unusual: measure again or confirm it',
		'answer-needed': 'This stop card waits for your answer',
		allergy: 'This person is allergic to it: it cannot be prescribed',
		'nothing-entered': 'There is nothing to save yet',
		form: 'This could not be taken, please check it'
	},
	between: ({ min, max }: Limits) => `Instruments show ${min} to ${max}`,
	saved: 'Saved on this tablet',
	savedDoses: (count: number) =>
		count === 1 ? 'Dose saved on this tablet' : `${count} doses saved on this tablet`,
	savedVisit: 'Visit saved on this tablet',
	savedAllergy: 'Allergy saved on this tablet',
	savedNoneKnown: 'Saved: asked, no allergy known',
	savedFacts: 'Information saved on this tablet',
	undone: 'Undone',
	notUndone: 'Could not be undone, the entry is still in the book',
	failure: {
		title: 'Not saved yet',
		saved: 'Not saved. What you typed is still on this screen',
		quota: {
			happened: 'The tablet has no room left',
			toDo: 'Delete photos or films on the tablet, then save again'
		},
		unknown: {
			happened: 'The tablet could not write to its storage',
			toDo: 'Save again. If it still fails, copy it to paper before switching off'
		},
		'not-signed-in': { happened: 'The tablet is locked', toDo: 'Unlock it, then save again' },
		'no-such-book': {
			happened: 'This book is no longer on the tablet',
			toDo: 'Find this person again and open the book; what you typed stays on this screen'
		},
		invalid: { happened: 'Something has the wrong form', toDo: 'Look at the places with red text' }
	},
	leaveTitle: 'Not saved yet',
	leaveText: 'What you typed is kept for you on this tablet until you record or discard it.',
	leave: 'Leave it for later',
	stay: 'Go on writing',
	draft: {
		since: (when: string) => `Left unfinished, ${when}`,
		discard: 'Discard',
		discardTitle: 'Discard what was begun?',
		discardText: 'What was typed is gone from this tablet for good. The book does not change.',
		keep: 'Keep it',
		unreadable: 'What had been begun cannot be read any more. Write it anew; new words are kept.'
	},
	draftDiscard: 'Discard it',
	readyPhrases: (what: string) => `Ready words for ${what.toLowerCase()}`,

	dose: {
		title: 'Record a dose',
		mode: 'Which dose',
		modeToday: 'Given here',
		modePaper: 'Copy from paper',
		vaccinesHeading: 'Vaccine and lot',
		whenHeading: 'When and by whom',
		date: 'Date given',
		datePartialHint: 'If the day is not known: month/year, or the year alone',
		time: 'Time given',
		givenBy: 'Given by',
		place: 'Place',
		placeHint: 'Station, hospital or clinic as written in the booklet',
		product: 'Vaccine',
		productHint: 'Type the vaccine or the disease',
		recent: 'used here lately',
		useOther: (name: string) => `Use “${name}”, outside the catalogue`,
		outsideCatalogue: 'Outside the catalogue',
		beforeCatalogue: (from: string) =>
			`The vaccine catalogue begins on ${from}. A dose before that is chosen from the first one and marked as outside the catalogue.`,
		outsideText: 'This name is not in the catalogue. The book takes it and marks it.',
		antigens: 'Protects against',
		protects: (diseases: string) => `Protects against ${diseases}`,
		lot: 'Lot',
		expiry: 'Expiry',
		route: 'Route',
		site: 'Site',
		statedDose: 'Dose number, if the booklet says one',
		statedDoseShort: 'Dose no.',
		choose: 'Choose',
		add: 'Add another dose',
		remove: (number: number) => `Remove the dose in box ${number}`,
		row: (number: number) => `Dose in box ${number}`,
		save: (count: number) => (count === 1 ? 'Record as given' : `Record ${count} doses as given`),
		savePaper: (count: number) =>
			count === 1 ? 'Copy into the book' : `Copy ${count} doses into the book`,
		stopTitle: (disease: string, days: number) =>
			days === 0
				? `Stop: ${disease} is recorded on the same day`
				: days < 0
					? `Stop: ${disease} is recorded ${-days} days after that`
					: `Stop: ${disease} was given ${days === 1 ? '1 day' : `${days} days`} before`,
		stopAllergy: (substance: string) => `Stop: allergic to ${substance}`,
		stopTwice: (disease: string) => `Stop: ${disease} stands in two boxes of this record`,
		stopWhere: 'Where',
		stopWhen: 'When',
		stopWho: 'Recorded by',
		stopWhat: 'Vaccine',
		stopKnown: 'Known up to',
		stopRemove: 'Do not give this dose',
		stopRemovePaper: 'Do not copy this dose',
		stopOverride: 'Give it, with a reason',
		stopOverridePaper: 'It is another dose, with a reason',
		stopReason: 'Reason',
		stopReasonHint: 'Who decided, and why. The reason stays in the book',
		stopWaiting: (count: number) =>
			count === 1
				? '1 stop card waits for your answer'
				: `${count} stop cards wait for your answer`,
		lot_: (lot: string) => `lot ${lot}`,
		allergies: (list: string) => `Allergic to: ${list}. Ask again before the injection.`
	},

	visit: {
		title: 'Record a visit',
		subtitle: (when: string) => `Visit ${when}`,
		keptWhileTyping: 'every word is kept on this tablet',
		restored: (when: string) => `this is what you had begun, last typed ${when}`,
		together: (names: string) => `Writing together with ${names}`,
		away: (names: string) =>
			`${names} cannot be heard now. What you type is kept on this tablet; once both have a network, the words of both are put together.`,
		invitation: (name: string) => `${name} is also writing a visit of this person.`,
		invitationText: 'Written together, the book has one visit. What you typed is added to it.',
		join: (name: string) => `Write the visit together with ${name}`,
		signedBy: (name: string, when: string) => `${name} signed this visit at ${when}`,
		signedWithYours: 'Everything you wrote is in the signed visit.',
		signedWithoutYours:
			'Some of your words are not in the signed visit. The tablet keeps your copy, with the words of both, as a visit left open of your own.',
		seeSigned: 'See the signed visit',
		goOnAlone: 'Open your own copy',
		unreadable:
			'What had been begun of this visit cannot be read any more. Write it anew; new words are kept.',
		reason: 'Reason for coming',
		reasonPhrases: [
			'Fever',
			'Cough',
			'Abdominal pain',
			'Diarrhoea',
			'Blood pressure check',
			'Antenatal visit'
		],
		vitals: 'Measurements',
		findings: 'Findings',
		diagnosis: 'Diagnosis',
		diagnosisHint: 'Type the Vietnamese name, also without accents, or a code like J02',
		diagnosisOwn: (words: string) => `Write “${words}”, without a code`,
		main: 'Main',
		makeMain: (name: string) => `Make ${name} the main diagnosis`,
		removeDiagnosis: (name: string) => `Remove ${name}`,
		diagnosisLoading: 'Opening the list of diseases',
		diagnosisUnavailable: 'The list of diseases is not on this tablet. Write in words.',
		drugs: 'Medicines',
		addDrug: 'Add a medicine',
		recentDiagnoses: 'Frequent on this tablet',
		recentDrugs: 'Often prescribed on this tablet',
		drug: 'Medicine and strength',
		dosage: 'How to take it',
		dosageHint: 'For example: 1 tablet, morning and evening, after a meal',
		quantity: 'Quantity',
		unit: 'Unit',
		days: 'Days',
		removeDrug: (number: number) => `Remove the medicine in row ${number}`,
		drugRow: (number: number) => `Medicine ${number}`,
		drugOutsideList:
			'Not in the list of the station. It can be prescribed; allergies are compared with the name you typed, the active ingredient is not known.',
		drugUsual: (usual: string) => `Usual for adults: ${usual}`,
		drugAllergy: (substance: string) =>
			`The book says: allergic to ${substance}. It cannot be prescribed; choose another medicine or remove this row.`,
		treatment: 'Treatment at the station',
		advice: 'Advice',
		advicePhrases: [
			'Drink a lot',
			'Come at once if breathing is hard',
			'Come at once with fever above 39 °C',
			'Eat as usual, in small meals',
			'Take the medicine for all days'
		],
		followUp: 'Come back',
		followUpIn: (days: number) => `In ${days} days`,
		followUpDate: 'Date',
		followUpWhat: 'What for',
		sign: 'Sign and finish',
		putAside: 'Leave it, see another person',
		usual: (from: string, to: string, unit: string) => `usually ${from} to ${to} ${unit}`,
		asksAgain: (name: string, value: string) => `${name} ${value}: is that right?`,
		farFromLast: (value: string, date: string) => `Last time ${value} on ${date}.`,
		plausible: (from: string, to: string, unit: string) =>
			`Rarely under ${from} or over ${to} ${unit} at this age.`,
		confirm: 'Yes, measured again',
		confirmed: 'Confirmed',
		upper: 'upper',
		lower: 'lower'
	},

	allergy: {
		title: 'Record an allergy',
		question: 'Asked: any allergy?',
		has: 'There is an allergy',
		none: 'No allergy known',
		noneText: 'Records that you asked today. Allergies recorded before stay as they are.',
		substance: 'Allergic to',
		substanceHint: 'Medicine, food, vaccine',
		category: 'Kind',
		reaction: 'Reaction',
		reactionPhrases: ['Hives', 'Itching', 'Swollen face', 'Hard breathing', 'Anaphylaxis'],
		severity: 'Severity',
		since: 'Since',
		note: 'Note',
		save: 'Record the allergy',
		saveNone: 'Record none known',
		listed: 'Already in the book'
	},

	facts: {
		title: 'Edit information',
		text: 'Earlier values stay in the book. Only what you change is recorded.',
		identifier: 'New number',
		identifierHint: 'Identification number, insurance card, passport, birth note',
		source: 'Where from',
		sources: { card: 'Read from the card', paper: 'Read from paper', stated: 'As told' },
		save: 'Record the new information',
		conflict: 'Two places differ. What you record here is the choice of the right value.',
		changedMeanwhile:
			'Another place has just recorded this. Choose it, or record yours: the book keeps both for review.'
	}
};

export const t = localized({ vi, en });
