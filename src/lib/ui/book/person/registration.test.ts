import { describe, expect, it } from 'vitest';
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { birthDose } from './newborn-doses.ts';
import { motherOf, takeMother } from './newborn-form.ts';
import {
	emptyRegistration,
	isRegistrationStarted,
	readRegistration,
	takeCard
} from './registration.ts';

const now = '2026-11-24T08:52' as ClinicalTime;
const childOf = (mother: string) => `Con chị ${mother}`;
const communes: CommuneEntry[] = [
	{ code: '14001', name: 'Xã Suối Bạc', province: '14', provinceName: 'Sơn La' }
];
const card = {
	personalNumber: '014198001452',
	oldNumber: '070123456',
	name: 'Giàng Thị Sùa',
	birthDate: '1998-03-12' as ClinicalDate,
	sex: 'female' as const,
	addressText: 'Bản Pình, Suối Bạc, Sơn La'
};
const empty = () => emptyRegistration('08123', now, 'Hoàng Thị Thắm');

describe('registering', () => {
	it('takes everything a card says, and its commune only where it is certain', () => {
		const typed = empty();
		takeCard(typed, card, communes, now);
		expect(readRegistration(typed, now, childOf)).toEqual({
			ok: true,
			value: {
				facts: {
					name: 'Giàng Thị Sùa',
					birthDate: '1998-03-12',
					sex: 'female',
					address: { commune: '14001', village: 'Bản Pình' },
					'identifier.personal': { value: '014198001452', source: 'card' },
					'identifier.oldCard': { value: '070123456', source: 'card' }
				},
				issueTemporaryCode: false
			}
		});
		const elsewhere = empty();
		takeCard(elsewhere, { ...card, addressText: 'Lũng Cao, Xã Cũ, Hà Giang' }, communes, now);
		expect(elsewhere.person.commune).toBe('08123');
		expect(elsewhere.person.village).toBe('Lũng Cao');
	});

	it('gives a temporary code to whoever has no number', () => {
		const typed = empty();
		Object.assign(typed.person, { name: 'Giàng A', birthDate: '1960', sex: 'male' });
		const read = readRegistration(typed, now, childOf);
		expect(read.ok && read.value.issueTemporaryCode).toBe(true);
	});

	it('of a newborn carries its doses, and names what is missing of both', () => {
		const typed = empty();
		typed.kind = 'newborn';
		Object.assign(typed.newborn, { motherName: 'Lò Thị Kim', sex: 'female', birthTime: '06:35' });
		const vaccine = { code: 'HB', name: 'Gene-HBvax', antigens: ['HepB'] };
		typed.birthDoses.doses.push(birthDose('HepB', 1, [{ ...vaccine, route: 'intramuscular' }], []));
		const without = readRegistration(typed, now, childOf);
		expect(!without.ok && without.errors).toEqual([{ field: 'doses.0.lot', code: 'lot-missing' }]);
		Object.assign(typed.birthDoses.doses[0] ?? {}, { lot: 'HB2610' });
		const read = readRegistration(typed, now, childOf);
		expect(read.ok && read.value.doses?.[0]?.immunization.antigens).toEqual(['HepB']);
		expect(read.ok && read.value.guardian?.name).toBe('Lò Thị Kim');
	});

	it('offers the lot used lately for a dose at birth', () => {
		const catalogue = ['A', 'B'].map((code) => ({
			code,
			name: code,
			antigens: ['BCG'],
			route: 'intradermal' as const
		}));
		const recent = [
			{ code: 'B', lot: 'L1', expiry: '06/2027', route: '' as const, site: 'left-arm' as const }
		];
		expect(birthDose('BCG', 1, catalogue, recent)).toMatchObject({
			productText: 'B',
			lot: 'L1',
			site: 'left-arm'
		});
		expect(birthDose('BCG', 1, catalogue, []).productText).toBe('A');
		expect(birthDose('HepB', 1, catalogue, []).product).toBeUndefined();
	});

	it('knows whether anything would be lost', () => {
		const typed = empty();
		expect(isRegistrationStarted(typed)).toBe(false);
		typed.newborn.weight = '3';
		expect(isRegistrationStarted(typed)).toBe(true);
	});

	it('begins a child of a woman with her name, phone and address, and of nobody else', () => {
		const book = bytesToId<BookId>(new Uint8Array(16).fill(1));
		const address = { commune: '14001', village: 'Bản Pình' };
		const woman = { name: 'Giàng Thị Sùa', sex: 'female' as const, phone: '0912000111', address };
		const years = (count: number) => count * 366;
		const mother = motherOf(book, woman, years(28));
		expect(motherOf(book, { ...woman, sex: 'male' }, years(28))).toBeUndefined();
		expect(motherOf(book, woman, years(8))).toBeUndefined();
		expect(motherOf(book, woman, years(70))).toBeUndefined();
		expect(motherOf(book, woman, undefined)).toBeUndefined();
		const typed = empty();
		typed.kind = 'newborn';
		typed.newborn.sex = 'male';
		takeMother(typed.newborn, mother ?? expect.unreachable());
		expect(readRegistration(typed, now, childOf)).toMatchObject({
			ok: true,
			value: {
				facts: { name: 'Con chị Giàng Thị Sùa', address },
				guardian: { guardian: book, name: woman.name, phone: woman.phone }
			}
		});
	});
});
