/** Names for the demo, a list of this project: surnames and given names as families of the north-west use them. */

export interface PeopleOfNames {
	people: 'Thái' | "H'Mông" | 'Kinh' | 'Dao' | 'Mường' | 'Tày';
	/** Of a hundred households. */
	share: number;
	surnames: readonly string[];
	/** Middle and given name. */
	men: readonly string[];
	women: readonly string[];
	/** What children are called now. */
	boys: readonly string[];
	girls: readonly string[];
}

export const NAMES: readonly PeopleOfNames[] = [
	{
		people: 'Thái',
		share: 42,
		surnames: [
			'Lò',
			'Quàng',
			'Cầm',
			'Lường',
			'Tòng',
			'Hoàng',
			'Cà',
			'Vì',
			'Hà',
			'Bạc',
			'Đèo',
			'Lèo'
		],
		men: [
			'Văn Ánh',
			'Văn Hặc',
			'Văn Tỉnh',
			'Văn Pâng',
			'Văn Ọi',
			'Văn Thương',
			'Văn Inh',
			'Văn Lả',
			'Văn Ún',
			'Văn Phong',
			'Văn Xương',
			'Văn Đoàn',
			'Văn Ban',
			'Văn Ngoan',
			'Văn Chính',
			'Văn Yêu'
		],
		women: [
			'Thị Mai',
			'Thị Ỏn',
			'Thị Lả',
			'Thị Inh',
			'Thị Phượng',
			'Thị Thắm',
			'Thị Yên',
			'Thị Ơn',
			'Thị Xiên',
			'Thị Hoa',
			'Thị Pành',
			'Thị Un',
			'Thị Biên',
			'Thị Dung',
			'Thị Hặc',
			'Thị Vui'
		],
		boys: [
			'Minh Khôi',
			'Gia Bảo',
			'Tuấn Kiệt',
			'Anh Đức',
			'Bảo An',
			'Quốc Huy',
			'Thành Đạt',
			'Minh Vũ',
			'Hải Nam',
			'Trung Hiếu',
			'Đức Anh',
			'Phúc'
		],
		girls: [
			'Bảo Ngọc',
			'Ánh Tuyết',
			'Thảo My',
			'Khánh An',
			'Ngọc Hà',
			'Minh Thư',
			'Thu Uyên',
			'Hải Yến',
			'Diệu Linh',
			'Mai Chi',
			'Tường Vi',
			'An'
		]
	},
	{
		people: "H'Mông",
		share: 22,
		surnames: ['Vàng', 'Giàng', 'Sùng', 'Thào', 'Mùa', 'Lầu', 'Hờ', 'Hạng', 'Tráng', 'Sồng'],
		men: [
			'A Pó',
			'A Páo',
			'A Súa',
			'A Chống',
			'A Dơ',
			'A Lử',
			'A Tủa',
			'A Sình',
			'A Vàng',
			'A Dê',
			'Láo Tả',
			'Nhè Dơ',
			'A Tú',
			'A Ký'
		],
		women: [
			'Thị Mỷ',
			'Thị Dợ',
			'Thị Súa',
			'Thị Chứ',
			'Thị Pà',
			'Thị Sông',
			'Thị Máy',
			'Thị Dua',
			'Thị Xá',
			'Thị Mo',
			'Thị Pàng',
			'Thị Ly'
		],
		boys: ['A Hải', 'A Minh', 'A Phong', 'A Bình', 'Anh Tuấn', 'A Thắng', 'Minh Đức', 'A Dũng'],
		girls: [
			'Thị Hoa',
			'Thị Nhi',
			'Thị Mai Anh',
			'Thị Xuân',
			'Bảo Trâm',
			'Thị Linh',
			'Thị Thu',
			'Thị Yến'
		]
	},
	{
		people: 'Kinh',
		share: 14,
		surnames: [
			'Nguyễn',
			'Trần',
			'Lê',
			'Phạm',
			'Hoàng',
			'Vũ',
			'Đặng',
			'Bùi',
			'Đỗ',
			'Ngô',
			'Phan',
			'Dương'
		],
		men: [
			'Văn Hùng',
			'Hữu Quang',
			'Đức Minh',
			'Văn Sơn',
			'Quang Vinh',
			'Văn Tuấn',
			'Xuân Trường',
			'Công Bình',
			'Văn Thịnh',
			'Mạnh Hà',
			'Tiến Dũng',
			'Vũ'
		],
		women: [
			'Thị Hằng',
			'Thị Thu Hà',
			'Thị Lan',
			'Thị Hương',
			'Thị Nga',
			'Thị Thanh',
			'Thị Bích',
			'Thị Oanh',
			'Thị Minh Nguyệt',
			'Thị Kim Dung',
			'Hà',
			'Thị Ngân'
		],
		boys: [
			'Minh Quân',
			'Gia Huy',
			'Đăng Khoa',
			'Hoàng Long',
			'Bảo Nam',
			'Tuệ Minh',
			'Nhật Anh',
			'Phúc Lâm',
			'An',
			'Khang'
		],
		girls: [
			'Bảo Anh',
			'Ngọc Diệp',
			'Phương Linh',
			'Khánh Vy',
			'Minh Châu',
			'Hà My',
			'Gia Hân',
			'Quỳnh Chi',
			'An Nhiên',
			'Tú Anh'
		]
	},
	{
		people: 'Mường',
		share: 10,
		surnames: ['Bùi', 'Đinh', 'Quách', 'Hà', 'Phùng', 'Xa'],
		men: [
			'Văn Ển',
			'Văn Ín',
			'Văn Thiệp',
			'Văn Đường',
			'Văn Chiến',
			'Văn Nhân',
			'Văn Bòng',
			'Văn Tình'
		],
		women: [
			'Thị Ến',
			'Thị Thoa',
			'Thị Nhình',
			'Thị Bưởi',
			'Thị Duyên',
			'Thị Lợi',
			'Thị Êm',
			'Thị Quyên'
		],
		boys: ['Đức Thiện', 'Tiến Đạt', 'Minh Hiếu', 'Gia Khiêm', 'Anh Quân', 'Thái Sơn'],
		girls: ['Thùy Dương', 'Hồng Nhung', 'Ngọc Ánh', 'Kim Ngân', 'Lan Chi', 'Huyền My']
	},
	{
		people: 'Dao',
		share: 8,
		surnames: ['Triệu', 'Bàn', 'Đặng', 'Lý', 'Phàn', 'Tẩn', 'Chảo'],
		men: [
			'Văn Phúc',
			'Tài Chiêu',
			'Văn Lưu',
			'Láo Lở',
			'Quầy Minh',
			'Văn Siệu',
			'Duần Phú',
			'Văn Kinh'
		],
		women: [
			'Thị Ghến',
			'Mùi Phạm',
			'Thị Mẩy',
			'Tả Mẩy',
			'Thị Nhàn',
			'Mùi Nái',
			'Thị Pham',
			'Thị Lai'
		],
		boys: ['Đức Tài', 'Văn Khánh', 'Minh Hoàng', 'Gia Phúc', 'Tiến Anh', 'Hùng'],
		girls: ['Mùi Linh', 'Thu Trang', 'Thị Hiền', 'Bích Ngọc', 'Mẩy', 'Yến Nhi']
	},
	{
		people: 'Tày',
		share: 4,
		surnames: ['Nông', 'Hoàng', 'Ma', 'Lương', 'Hứa', 'Bế'],
		men: ['Văn Páo', 'Văn Thuận', 'Đình Khôi', 'Văn Vịnh', 'Ích Thắng', 'Văn Ké'],
		women: ['Thị Chiên', 'Thị Nết', 'Thị Slao', 'Thị Huệ', 'Thị Pâư', 'Thị Én'],
		boys: ['Quang Huy', 'Việt Anh', 'Thế Anh', 'Đức Mạnh', 'Bảo Long'],
		girls: ['Thu Hiền', 'Ngọc Lan', 'Thanh Trúc', 'Bảo Hân', 'Kiều Oanh']
	}
];

/** Villages of each station, invented. */
export const VILLAGES: Readonly<Record<string, readonly string[]>> = {
	SB: [
		'Bản Nà Lốc',
		'Bản Suối Lìn',
		'Bản Pá Hốc',
		'Bản Co Muông',
		'Bản Huổi Sói',
		'Bản Lũng Khoai',
		'Bản Nong Ỏ'
	],
	NL: [
		'Bản Pa Cốp',
		'Bản Hua Nặm',
		'Bản Tà Lại',
		'Bản Phiêng Ban',
		'Bản Chiềng Ve',
		'Bản Suối Thịnh'
	]
};
