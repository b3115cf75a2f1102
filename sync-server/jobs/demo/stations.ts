/** Who takes part in the demo: two commune stations, the regional hospital on duty for them, and their staff. */
import type { Role } from '#lib/domain/book/envelope.ts';
import { bytesToId, type PersonId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { createRandom } from './random.ts';

export interface DemoFacility {
	facility: Facility;
	/** Codes of the stations a hospital is on duty for. */
	duties: string[];
}

export interface DemoStaff {
	person: PersonId;
	login: string;
	name: string;
	role: Role;
	facility: string;
	/** Printed at every start: nothing in the demo is secret. */
	password: string;
	/** What a demo made by a version before 0.3 has instead. */
	pin: string;
}

/** Letters in a facility code mark it as invented: those in use have five digits. */
const STATION_SUOI_BAC: Facility = {
	code: '14SB1',
	name: 'Trạm Y tế Suối Bạc',
	kind: 'commune-station',
	commune: '03901',
	shortCode: 'SB'
};
const STATION_NA_LAU: Facility = {
	code: '14NL1',
	name: 'Trạm Y tế Nà Lầu',
	kind: 'commune-station',
	commune: '03871',
	shortCode: 'NL'
};
const HOSPITAL_MUONG_VAT: Facility = {
	code: '14MV1',
	name: 'Bệnh viện khu vực Mường Vạt',
	kind: 'regional-hospital',
	commune: '03910',
	shortCode: 'MV'
};

export const DEMO_STATIONS: readonly Facility[] = [STATION_SUOI_BAC, STATION_NA_LAU];
export const DEMO_HOSPITAL = HOSPITAL_MUONG_VAT;
export const DEMO_FACILITIES: readonly DemoFacility[] = [
	...DEMO_STATIONS.map((facility) => ({ facility, duties: [] })),
	{ facility: DEMO_HOSPITAL, duties: DEMO_STATIONS.map(({ code }) => code) }
];

const STAFF: readonly Omit<DemoStaff, 'person'>[] = [
	{
		login: 'tham',
		name: 'Lò Thị Thắm',
		role: 'nurse',
		facility: '14SB1',
		password: 'suoi-trong-mat',
		pin: '135790'
	},
	{
		login: 'van',
		name: 'Hoàng Thị Vân',
		role: 'midwife',
		facility: '14SB1',
		password: 'nang-som-doi-che',
		pin: '246813'
	},
	{
		login: 'minh',
		name: 'Bùi Đức Minh',
		role: 'doctor',
		facility: '14SB1',
		password: 'cau-tre-qua-suoi',
		pin: '357924'
	},
	{
		login: 'my',
		name: 'Vàng Thị Mỷ',
		role: 'nurse',
		facility: '14NL1',
		password: 'hoa-ban-trang',
		pin: '468035'
	},
	{
		login: 'ghen',
		name: 'Triệu Thị Ghến',
		role: 'midwife',
		facility: '14NL1',
		password: 'ruong-bac-thang',
		pin: '579146'
	},
	{
		login: 'quang',
		name: 'Nguyễn Hữu Quang',
		role: 'doctor',
		facility: '14NL1',
		password: 'duong-len-nuong',
		pin: '680257'
	},
	{
		login: 'hang',
		name: 'Trần Thu Hằng',
		role: 'doctor',
		facility: '14MV1',
		password: 'gio-nui-chieu-thu',
		pin: '791368'
	},
	{
		login: 'lien',
		name: 'Đỗ Thị Liên',
		role: 'midwife',
		facility: '14MV1',
		password: 'mua-lua-chin-vang',
		pin: '913824'
	},
	{
		login: 'dem',
		name: 'Gửi nhận ban đêm',
		role: 'hospital-agent',
		facility: '14MV1',
		password: 'trang-sang-tren-nui',
		pin: '802479'
	},
	// They open no books, so they do not sign in on tablets: what they work on is still to come.
	{
		login: 'thuy',
		name: 'Đinh Thị Thủy',
		role: 'facility-admin',
		facility: '14SB1',
		password: 'ben-do-song-da',
		pin: '913580'
	},
	{
		login: 'son',
		name: 'Lò Văn Sơn',
		role: 'facility-admin',
		facility: '14NL1',
		password: 'rung-thong-xanh',
		pin: '124680'
	},
	{
		login: 'kiem',
		name: 'Phan Thị Kiểm',
		role: 'auditor',
		facility: '14MV1',
		password: 'mot-hai-ba-bon-nam',
		pin: '235791'
	}
];

export function demoStaff(seed: string): DemoStaff[] {
	return STAFF.map((member) => ({
		...member,
		person: bytesToId<PersonId>(createRandom(`${seed}/staff/${member.login}`).bytes(16))
	}));
}
