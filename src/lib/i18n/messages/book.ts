/** Words of a person's book: banner, vaccination card, timeline, information, measurements. */
import { localized } from '../language.svelte.ts';

const NBSP = '\u00a0';

export const vi = {
	title: 'Sổ',
	sections: 'Phần của sổ',
	tabs: {
		card: 'Tiêm chủng',
		timeline: 'Dòng thời gian',
		measurements: 'Số đo',
		facts: 'Thông tin'
	},
	sex: { female: 'Nữ', male: 'Nam', unknown: 'Chưa rõ giới tính' },
	noName: 'Chưa có tên',
	born: 'Sinh',
	village: 'Thôn',
	relation: {
		mother: 'Mẹ',
		father: 'Cha',
		grandparent: 'Ông bà',
		sibling: 'Anh chị em',
		relative: 'Người thân',
		other: 'Người trông nom'
	},
	identifier: {
		personal: 'Số định danh',
		oldCard: 'Chứng minh nhân dân',
		passport: 'Hộ chiếu',
		birthNote: 'Giấy chứng sinh',
		insurance: 'Số bảo hiểm y tế',
		temporary: 'Mã tạm'
	},
	identifierSource: {
		card: 'đọc từ thẻ',
		paper: 'chép từ giấy',
		stated: 'nghe nói',
		register: 'từ cơ sở dữ liệu',
		'issued-here': 'trạm cấp'
	},
	allergy: 'Dị ứng',
	noAllergyKnown: (asked: string) => `Chưa ghi nhận dị ứng, đã hỏi ${asked}`,
	allergyNeverAsked: 'Chưa hỏi về dị ứng',
	askAllergy: 'Hỏi và ghi',
	recordAllergy: 'Ghi dị ứng',
	allergyCategory: { drug: 'thuốc', food: 'thức ăn', vaccine: 'vắc xin', other: 'thứ khác' },
	allergySeverity: {
		mild: 'nhẹ',
		moderate: 'vừa',
		severe: 'nặng',
		unknown: 'chưa rõ mức độ'
	},
	conflictMark: 'Hai nơi ghi khác nhau',
	conflictOf: (what: string) => `Hai nơi ghi khác nhau: ${what}`,
	conflictAmended: 'Hai nơi cùng sửa một mục khác nhau. Cả hai bản đều còn trong dòng thời gian.',
	conflictVoided: 'Một nơi sửa, một nơi bỏ cùng một mục. Mục này vẫn còn trong dòng thời gian.',
	conflictKeepsBoth: 'Sổ giữ cả hai, không bản nào mất.',
	notHere: {
		title: 'Sổ này chưa có trên máy',
		text: 'Sổ chưa về máy này, hoặc đường dẫn không đúng. Tìm theo tên hoặc số để mở.',
		action: 'Tìm người'
	},
	needsUpdate: (count: number) =>
		`${count} mục ghi bằng phiên bản mới hơn. Cần cập nhật ứng dụng để đọc, các mục vẫn còn nguyên.`,
	knownUntil: (when: string) => `Tin trên máy này đến ${when}`,
	knownNever: 'Máy này chưa nhận tin từ nơi khác',
	knownNeverText:
		'Chỉ thấy những gì ghi trên máy này. Hỏi gia đình xem đã khám, tiêm ở nơi khác chưa.',
	knownText: 'Nơi khác ghi sau lúc này thì máy chưa biết. Hỏi gia đình trước khi tiêm.',
	knownNoMore: 'Sổ này không còn được cập nhật trên máy này',
	knownNoMoreText:
		'Máy chủ không còn gửi sổ này về đây: có thể thiếu lượt khám, mũi tiêm mới. Hỏi gia đình trước khi tiêm.',
	knownDamaged: 'Một phần sổ này trên máy bị hỏng',
	knownDamagedText:
		'Máy lấy lại từ máy chủ khi có mạng. Lúc này có thể thiếu mục: hỏi gia đình trước khi tiêm.',
	alsoOpen: 'Cũng đang mở sổ này',
	giveDose: 'Ghi mũi tiêm',
	recordVisit: 'Ghi lượt khám',
	editFacts: 'Sửa thông tin',
	continueVisit: 'Ghi tiếp lượt khám',

	card: {
		heading: (count: number) => `${count} mũi đã ghi`,
		note: 'Ghi đúng như đã tiêm, chưa xét lịch tiêm',
		caption: 'Các mũi đã ghi theo bệnh, xếp theo ngày',
		disease: 'Phòng bệnh',
		dose: (number: number) => `Lần ${number}`,
		none: 'Không có',
		empty: 'Chưa ghi mũi tiêm nào',
		emptyText: 'Mũi đã tiêm ở nơi khác thì chép từ sổ giấy vào đây.',
		openDose: (disease: string, number: number, date: string) =>
			`${disease}, lần ${number}, ngày ${date}`,
		fromPaper: 'từ sổ giấy',
		outsideCatalogue: 'ngoài danh mục',
		legendRecorded: 'Đã ghi',
		legendPaper: 'Từ sổ giấy',
		legendWitness: 'Nhiều nơi cùng ghi',
		twice: 'Hai nơi cùng ngày'
	},
	doseDetails: {
		product: 'Vắc xin',
		date: 'Ngày tiêm',
		protects: 'Phòng bệnh',
		lot: 'Số lô',
		expiry: 'Hạn dùng',
		site: 'Vị trí',
		route: 'Đường dùng',
		place: 'Nơi tiêm',
		givenBy: 'Người tiêm',
		statedDose: 'Mũi số, theo lời ghi',
		birthDose: 'Sơ sinh',
		note: 'Ghi chú',
		author: 'Người ghi',
		witnesses: (count: number) => `${count} nơi cùng ghi mũi này`,
		lotUnknown: 'Không ghi',
		outsideCatalogueText: 'Tên vắc xin này không có trong danh mục của ngày tiêm.',
		fromPaperText: 'Chép lại từ sổ giấy của gia đình.',
		twiceText: (place: string) =>
			`${place} cũng ghi một mũi phòng bệnh này trong ngày. Hỏi gia đình đã tiêm, uống mấy lần. Mũi không có thật thì nơi ghi bấm Ghi nhầm; đã dùng cả hai mũi thì để nguyên và báo bác sĩ.`
	},
	site: {
		'left-thigh': 'Đùi trái',
		'right-thigh': 'Đùi phải',
		'left-arm': 'Cánh tay trái',
		'right-arm': 'Cánh tay phải',
		mouth: 'Miệng',
		buttock: 'Mông',
		other: 'Chỗ khác'
	},
	route: {
		intramuscular: 'Bắp',
		subcutaneous: 'Dưới da',
		intradermal: 'Trong da',
		oral: 'Uống',
		nasal: 'Xịt mũi',
		other: 'Đường khác'
	},

	timeline: {
		filter: 'Chỉ xem',
		all: 'Tất cả',
		groups: {
			visit: 'Khám',
			dose: 'Tiêm',
			drug: 'Thuốc',
			measurement: 'Số đo',
			safety: 'Dị ứng',
			other: 'Thông tin, ghi chú'
		},
		empty: 'Sổ chưa có mục nào',
		emptyText: 'Ghi lượt khám hoặc mũi tiêm đầu tiên.',
		emptyFilter: 'Chưa có mục nào loại này',
		month: (month: number, year: number) => `Tháng ${month}, ${year}`,
		yearOnly: (year: number) => `Năm ${year}, không rõ tháng`,
		visit: 'Khám',
		prescription: 'Đơn thuốc',
		immunization: 'Tiêm',
		swallowed: 'Uống',
		observation: 'Số đo',
		allergy: 'Dị ứng',
		noneKnown: 'Hỏi về dị ứng: chưa thấy gì',
		guardianLink: 'Người trông nom',
		note: 'Ghi chú',
		facts: 'Thông tin',
		samePerson: 'Gộp với một sổ khác',
		isNew: 'Mới',
		newSince: (count: number) => `${count} mục mới từ lần xem trước`,
		unknown: 'Cần cập nhật ứng dụng',
		unknownText:
			'Mục này ghi bằng phiên bản mới hơn. Cập nhật ứng dụng để đọc, mục vẫn còn nguyên.',
		changedByNewer: 'Đã đổi bằng phiên bản mới hơn',
		changedByNewerText:
			'Một mục ghi bằng phiên bản mới hơn đã sửa hoặc bỏ mục này. Cập nhật ứng dụng để xem.',
		dateUnknown: 'Chưa đọc được ngày',
		voided: (reason: string) => `Đã bỏ: ${reason}`,
		voidedShort: 'Đã bỏ',
		undoneAtOnce: 'hoàn tác ngay sau khi ghi',
		amended: (date: string) => `Đã sửa ${date}, xem bản trước`,
		movedIn: 'Chuyển từ sổ khác',
		movedInText: 'chuyển từ sổ khác, lần đầu ghi nhầm sổ',
		showUndone: (count: number) => `Xem cả mục đã hoàn tác (${count})`,
		hideUndone: 'Ẩn mục đã hoàn tác',
		versions: (count: number) => `${count} bản khác`,
		late: (days: number) => `ghi muộn ${days} ngày`,
		rivals: 'Hai nơi cùng sửa khác nhau',
		restricted: 'Hạn chế xem',
		journey: {
			server: 'Máy chủ đã nhận',
			waiting: 'Chờ gửi',
			refused: 'Máy chủ trả lại',
			title: 'Đường đi của mục này',
			serverText: 'Máy chủ khu vực đã nhận.',
			waitingText: 'Nằm trên máy này, có mạng thì tự gửi.',
			refusedText: 'Máy chủ trả lại. Mục vẫn còn nguyên trên máy này, xem lý do ở ô đã lưu, đã gửi.'
		},
		by: (name: string, place: string) => (place === '' ? name : `${name}, ${place}`),
		recordedAt: 'Ghi lúc',
		happenedAt: 'Ngày',
		authorLabel: 'Người ghi',
		reasonOfChange: 'Lý do sửa',
		reasonOfEntry: 'Vì sao ghi ở đây'
	},
	role: {
		nurse: 'Điều dưỡng',
		midwife: 'Hộ sinh',
		doctor: 'Bác sĩ',
		'facility-admin': 'Quản lý cơ sở',
		'programme-manager': 'Quản lý chương trình',
		'hospital-agent': 'Máy của bệnh viện',
		auditor: 'Người kiểm tra',
		operator: 'Người vận hành',
		citizen: 'Người dân',
		import: 'Chép từ hệ thống khác',
		unknown: 'Chưa đọc được người ghi'
	} as Record<string, string>,

	fields: {
		reason: 'Lý do đến khám',
		measurements: 'Số đo',
		findings: 'Khám thấy',
		diagnoses: 'Chẩn đoán',
		mainDiagnosis: 'bệnh chính',
		treatment: 'Xử trí',
		advice: 'Dặn dò',
		followUp: 'Hẹn lại',
		drugs: 'Thuốc',
		note: 'Ghi chú',
		substance: 'Dị ứng với',
		reaction: 'Biểu hiện',
		severity: 'Mức độ',
		since: 'Từ khi nào',
		guardian: 'Người trông nom',
		phone: 'Điện thoại',
		about: 'Về việc',
		guardianFrom: 'Trông nom từ',
		guardianUntil: 'Trông nom đến'
	},
	days: (count: number) => `${count}${NBSP}ngày`,
	facts: {
		name: 'Họ và tên',
		birthDate: 'Ngày sinh',
		sex: 'Giới tính',
		address: 'Nơi ở',
		phone: 'Điện thoại',
		bloodGroup: 'Nhóm máu',
		household: 'Mã hộ'
	},
	info: {
		person: 'Người này',
		numbers: 'Các số và mã',
		contact: 'Liên lạc',
		guardians: 'Người trông nom',
		past: 'Trước đây',
		pastOf: (what: string, count: number) => `${what}: ${count} giá trị trước đây`,
		noNumbers: 'Chưa có số nào',
		noContact: 'Chưa ghi nơi ở, điện thoại',
		noGuardians: 'Chưa ghi ai trông nom',
		validFrom: (date: string) => `từ ${date}`,
		validTo: (date: string) => `đến ${date}`,
		statedBy: (who: string, date: string) => `${who} ghi ${date}`,
		until: (date: string) => `đến ${date}`,
		former: 'không còn trông nom'
	},
	measurement: {
		temperature_dC: 'Thân nhiệt',
		pulse_perMin: 'Mạch',
		respiration_perMin: 'Nhịp thở',
		systolic_mmHg: 'Huyết áp trên',
		diastolic_mmHg: 'Huyết áp dưới',
		oxygenSaturation_pct: 'Oxy máu',
		weight_g: 'Cân nặng',
		height_mm: 'Chiều cao',
		headCircumference_mm: 'Vòng đầu',
		armCircumference_mm: 'Vòng cánh tay',
		bloodGlucose_umolPerL: 'Đường huyết'
	},
	bloodPressure: 'Huyết áp',
	perMinute: 'lần/phút',
	measurementsEmpty: 'Chưa ghi số đo nào',
	measurementsEmptyText: 'Số đo ghi trong lượt khám sẽ hiện ở đây.',
	measurementTrend: (name: string, count: number, from: string, to: string) =>
		`${name}: ${count} lần đo, từ ${from} đến ${to}`,
	measurementDate: 'Ngày đo',
	earlierMeasurements: (count: number) => `Xem thêm ${count} lần đo trước`,
	context: {
		heading: 'Trong sổ',
		drugs: 'Thuốc đã kê',
		problems: 'Chẩn đoán trước đây',
		lastVisit: 'Khám gần đây',
		doses: 'Mũi tiêm gần đây',
		lastMeasured: 'Số đo gần đây',
		nothing: 'Sổ chưa có gì trước lượt này'
	}
};

export const en: typeof vi = {
	title: 'Book',
	sections: 'Sections of the book',
	tabs: {
		card: 'Vaccinations',
		timeline: 'Timeline',
		measurements: 'Measurements',
		facts: 'Information'
	},
	sex: { female: 'Female', male: 'Male', unknown: 'Sex not known' },
	noName: 'No name yet',
	born: 'Born',
	village: 'Village',
	relation: {
		mother: 'Mother',
		father: 'Father',
		grandparent: 'Grandparent',
		sibling: 'Sibling',
		relative: 'Relative',
		other: 'Carer'
	},
	identifier: {
		personal: 'Identification number',
		oldCard: 'Old identity card',
		passport: 'Passport',
		birthNote: 'Birth note',
		insurance: 'Insurance number',
		temporary: 'Temporary code'
	},
	identifierSource: {
		card: 'read from the card',
		paper: 'copied from paper',
		stated: 'as told',
		register: 'from the register',
		'issued-here': 'given by the station'
	},
	allergy: 'Allergy',
	noAllergyKnown: (asked: string) => `No allergy known, asked ${asked}`,
	allergyNeverAsked: 'Never asked about allergies',
	askAllergy: 'Ask and record',
	recordAllergy: 'Record an allergy',
	allergyCategory: { drug: 'medicine', food: 'food', vaccine: 'vaccine', other: 'other' },
	allergySeverity: {
		mild: 'mild',
		moderate: 'moderate',
		severe: 'severe',
		unknown: 'severity not known'
	},
	conflictMark: 'Two places differ',
	conflictOf: (what: string) => `Two places differ: ${what}`,
	conflictAmended: 'Two places amended one entry differently. Both versions are in the timeline.',
	conflictVoided:
		'One place amended and another withdrew the same entry. It is still in the timeline.',
	conflictKeepsBoth: 'The book keeps both, nothing is lost.',
	notHere: {
		title: 'This book is not on this tablet',
		text: 'It has not arrived yet, or the address is wrong. Search by name or number to open it.',
		action: 'Find a person'
	},
	needsUpdate: (count: number) =>
		`${count === 1 ? '1 entry was' : `${count} entries were`} written by a newer version. Update the app to read them; nothing is lost.`,
	knownUntil: (when: string) => `This tablet knows up to ${when}`,
	knownNever: 'This tablet has heard from nobody yet',
	knownNeverText:
		'You see only what was written on this tablet. Ask the family about visits and doses elsewhere.',
	knownText:
		'Later entries of other places are not known here. Ask the family before an injection.',
	knownNoMore: 'This book is no longer updated on this tablet',
	knownNoMoreText:
		'The server does not send it here any more: newer visits and doses may be missing. Ask the family before an injection.',
	knownDamaged: 'A part of this book was damaged on this tablet',
	knownDamagedText:
		'It is fetched again once there is a network. Entries may be missing until then: ask the family before an injection.',
	alsoOpen: 'Also has this book open',
	giveDose: 'Record a dose',
	recordVisit: 'Record a visit',
	editFacts: 'Edit information',
	continueVisit: 'Continue the visit',

	card: {
		heading: (count: number) => (count === 1 ? '1 dose recorded' : `${count} doses recorded`),
		note: 'As recorded, not judged by the schedule',
		caption: 'Doses recorded, by disease and in order of date',
		disease: 'Protects against',
		dose: (number: number) => `No. ${number}`,
		none: 'None',
		empty: 'No dose recorded yet',
		emptyText: 'Doses given elsewhere are copied here from the paper booklet.',
		openDose: (disease: string, number: number, date: string) =>
			`${disease}, number ${number}, on ${date}`,
		fromPaper: 'from paper',
		outsideCatalogue: 'outside the catalogue',
		legendRecorded: 'Recorded',
		legendPaper: 'From paper',
		legendWitness: 'Recorded by several',
		twice: 'Two places, one day'
	},
	doseDetails: {
		product: 'Vaccine',
		date: 'Given on',
		protects: 'Protects against',
		lot: 'Lot',
		expiry: 'Expiry',
		site: 'Site',
		route: 'Route',
		place: 'Place',
		givenBy: 'Given by',
		statedDose: 'Dose number as stated',
		birthDose: 'At birth',
		note: 'Note',
		author: 'Recorded by',
		witnesses: (count: number) => `${count} records of this dose`,
		lotUnknown: 'Not recorded',
		outsideCatalogueText: 'This vaccine is not in the catalogue of that date.',
		fromPaperText: "Copied from the family's paper booklet.",
		twiceText: (place: string) =>
			`${place} also recorded a dose against this disease on that day. Ask the family how many were given. The place that recorded one that was not given withdraws it; if both were given, leave them and tell a doctor.`
	},
	site: {
		'left-thigh': 'Left thigh',
		'right-thigh': 'Right thigh',
		'left-arm': 'Left arm',
		'right-arm': 'Right arm',
		mouth: 'Mouth',
		buttock: 'Buttock',
		other: 'Other site'
	},
	route: {
		intramuscular: 'Into the muscle',
		subcutaneous: 'Under the skin',
		intradermal: 'Into the skin',
		oral: 'By mouth',
		nasal: 'Nasal spray',
		other: 'Other route'
	},

	timeline: {
		filter: 'Show only',
		all: 'All',
		groups: {
			visit: 'Visits',
			dose: 'Doses',
			drug: 'Medicines',
			measurement: 'Measurements',
			safety: 'Allergies',
			other: 'Information, notes'
		},
		empty: 'Nothing in the book yet',
		emptyText: 'Record the first visit or dose.',
		emptyFilter: 'Nothing of this kind yet',
		month: (month: number, year: number) => `${MONTHS[month - 1] ?? ''} ${year}`,
		yearOnly: (year: number) => `${year}, month not known`,
		visit: 'Visit',
		prescription: 'Prescription',
		immunization: 'Dose',
		swallowed: 'Oral dose',
		observation: 'Measurements',
		allergy: 'Allergy',
		noneKnown: 'Asked about allergies: none known',
		guardianLink: 'Carer',
		note: 'Note',
		facts: 'Information',
		samePerson: 'Joined with another book',
		isNew: 'New',
		newSince: (count) =>
			count === 1 ? '1 new line since you last looked' : `${count} new lines since you last looked`,
		unknown: 'Needs an app update',
		unknownText:
			'This entry was written by a newer version. Update the app to read it; nothing is lost.',
		changedByNewer: 'Changed by a newer version',
		changedByNewerText:
			'An entry written by a newer version has amended or withdrawn this. Update the app to see it.',
		dateUnknown: 'Date not readable yet',
		voided: (reason: string) => `Withdrawn: ${reason}`,
		voidedShort: 'Withdrawn',
		undoneAtOnce: 'undone right after recording',
		amended: (date: string) => `Amended ${date}, see earlier`,
		movedIn: 'Moved from another book',
		movedInText: 'moved from another book, first recorded there by mistake',
		showUndone: (count: number) => `Show undone entries too (${count})`,
		hideUndone: 'Hide undone entries',
		versions: (count: number) => (count === 1 ? '1 other version' : `${count} other versions`),
		late: (days: number) => (days === 1 ? 'recorded 1 day late' : `recorded ${days} days late`),
		rivals: 'Two places amended it differently',
		restricted: 'Restricted',
		journey: {
			server: 'Server has it',
			waiting: 'Waiting',
			refused: 'Returned by the server',
			title: 'Where this entry is',
			serverText: 'The regional server has received it.',
			waitingText: 'On this tablet; it is sent by itself when there is a network.',
			refusedText:
				'The server returned it. It is still whole on this tablet; the reason stands behind the saved and sent mark.'
		},
		by: (name: string, place: string) => (place === '' ? name : `${name}, ${place}`),
		recordedAt: 'Recorded at',
		happenedAt: 'Date',
		authorLabel: 'Recorded by',
		reasonOfChange: 'Reason of the change',
		reasonOfEntry: 'Why it stands here'
	},
	role: {
		nurse: 'Nurse',
		midwife: 'Midwife',
		doctor: 'Doctor',
		'facility-admin': 'Facility manager',
		'programme-manager': 'Programme manager',
		'hospital-agent': 'Hospital system',
		auditor: 'Auditor',
		operator: 'Operator',
		citizen: 'Citizen',
		import: 'Copied from another system',
		unknown: 'Author not readable yet'
	},

	fields: {
		reason: 'Reason for coming',
		measurements: 'Measurements',
		findings: 'Findings',
		diagnoses: 'Diagnoses',
		mainDiagnosis: 'main',
		treatment: 'Treatment',
		advice: 'Advice',
		followUp: 'Come back',
		drugs: 'Medicines',
		note: 'Note',
		substance: 'Allergic to',
		reaction: 'Reaction',
		severity: 'Severity',
		since: 'Since',
		guardian: 'Carer',
		phone: 'Phone',
		about: 'About',
		guardianFrom: 'Carer since',
		guardianUntil: 'Carer until'
	},
	days: (count: number) => (count === 1 ? `1${NBSP}day` : `${count}${NBSP}days`),
	facts: {
		name: 'Name',
		birthDate: 'Birth date',
		sex: 'Sex',
		address: 'Address',
		phone: 'Phone',
		bloodGroup: 'Blood group',
		household: 'Household code'
	},
	info: {
		person: 'This person',
		numbers: 'Numbers and codes',
		contact: 'Contact',
		guardians: 'Carers',
		past: 'Before',
		pastOf: (what: string, count: number) =>
			`${what}: ${count} earlier ${count === 1 ? 'value' : 'values'}`,
		noNumbers: 'No number yet',
		noContact: 'No address or phone yet',
		noGuardians: 'No carer recorded',
		validFrom: (date: string) => `from ${date}`,
		validTo: (date: string) => `to ${date}`,
		statedBy: (who: string, date: string) => `${who}, ${date}`,
		until: (date: string) => `until ${date}`,
		former: 'no longer'
	},
	measurement: {
		temperature_dC: 'Temperature',
		pulse_perMin: 'Pulse',
		respiration_perMin: 'Breathing',
		systolic_mmHg: 'Upper blood pressure',
		diastolic_mmHg: 'Lower blood pressure',
		oxygenSaturation_pct: 'Oxygen',
		weight_g: 'Weight',
		height_mm: 'Height',
		headCircumference_mm: 'Head circumference',
		armCircumference_mm: 'Arm circumference',
		bloodGlucose_umolPerL: 'Blood glucose'
	},
	bloodPressure: 'Blood pressure',
	perMinute: 'per minute',
	measurementsEmpty: 'No measurement yet',
	measurementsEmptyText: 'What is measured in a visit appears here.',
	measurementTrend: (name: string, count: number, from: string, to: string) =>
		`${name}: ${count} measurements, from ${from} to ${to}`,
	measurementDate: 'Measured on',
	earlierMeasurements: (count: number) => `Show ${count} earlier`,
	context: {
		heading: 'In the book',
		drugs: 'Medicines prescribed',
		problems: 'Earlier diagnoses',
		lastVisit: 'Last visits',
		doses: 'Last doses',
		lastMeasured: 'Last measurements',
		nothing: 'Nothing in the book before this visit'
	}
};

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];

export const t = localized({ vi, en });
