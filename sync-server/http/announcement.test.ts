import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import type { PersonId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { Account } from '../storage/storage.ts';
import { announcementLines, type Announcement } from './announcement.ts';

const facility: Facility = {
	code: '01001',
	name: 'Trạm Y tế A',
	kind: 'commune-station',
	commune: '00001',
	shortCode: 'SA'
};
const account: Account = {
	person: 'p' as PersonId,
	login: 'lan.a',
	name: 'Nguyễn Thị Lan',
	role: 'nurse',
	facility: '01001',
	passwordHash: '$argon2id$secret'
};
const announcement: Announcement = {
	host: '127.0.0.1',
	port: 8080,
	isTls: false,
	accounts: [account],
	facilities: [facility],
	demoPasswords: new Map([['lan.a', 'suoi-trong-mat']]),
	demoCodes: new Map([['01001', ['ABCD-EFGH', '1234-5678']]]),
	demoCitizens: [],
	hasApp: true
};

const text = (change: Partial<Announcement> = {}) =>
	announcementLines({ ...announcement, ...change }).join('\n');

describe('what the terminal says', () => {
	it('names the citizens whom the stand-in for VNeID knows', () => {
		const mother = {
			personalNumber: '014188990003',
			name: 'Lường Thị Vui',
			birthDate: '1988-06-24' as ClinicalDate,
			kind: 'mother' as const
		};
		const lines = text({ demoCitizens: [mother] });
		expect(lines).toContain('without VNeID');
		expect(lines).toMatch(/Lường Thị Vui +a mother with two small children/);
		expect(text({})).not.toContain('VNeID');
	});

	it('says where to open it and who can sign in', () => {
		expect(text()).toContain('http://localhost:8080');
		expect(text()).toMatch(
			/Trạm Y tế A \(01001\)\n\s+tablet codes: ABCD-EFGH {2}1234-5678\n\s+lan\.a\s+suoi-trong-mat\s+Nguyễn Thị Lan, nurse/
		);
		expect(text()).not.toContain('argon2id');
	});

	it('says whose role does not sign in on tablets', () => {
		const auditor: Account = { ...account, login: 'kiem.a', role: 'auditor' };
		expect(text({ accounts: [account, auditor] })).toContain('auditor (not on tablets)');
		expect(text()).not.toContain('not on tablets');
	});

	it('warns in one line when others are to use it without TLS, and only then', () => {
		const warning = 'set TLS_CERT and TLS_KEY';
		expect(text({ host: '0.0.0.0' })).toContain(warning);
		expect(text({ host: '192.168.1.5' })).toContain(warning);
		expect(text()).not.toContain(warning);
		expect(text({ host: '0.0.0.0', isTls: true })).not.toContain(warning);
	});

	it('shows no password of people who are not the demo’s, and no code where there is no demo', () => {
		const lines = text({ demoPasswords: new Map(), demoCodes: new Map() });
		expect(lines).not.toContain('suoi-trong-mat');
		expect(lines).not.toContain('code');
		expect(lines).toContain('Nguyễn Thị Lan');
	});
});
