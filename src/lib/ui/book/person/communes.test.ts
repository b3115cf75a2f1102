import { describe, expect, it } from 'vitest';
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import { communeOfAddress, searchCommunes, villageOfAddress } from './communes.ts';

const commune = (code: string, name: string, provinceName: string): CommuneEntry => ({
	code,
	name,
	province: code.slice(0, 2),
	provinceName
});
const communes = [
	commune('01001', 'Phường Tân Bình', 'Hà Nội'),
	commune('08001', 'Xã Suối Bạc', 'Tuyên Quang'),
	commune('08002', 'Xã Tân Trào', 'Tuyên Quang'),
	commune('14001', 'Xã Suối Bạc', 'Sơn La')
];

describe('communes', () => {
	it('are found without accents, the own commune and province first', () => {
		expect(searchCommunes('suoi bac', communes, '14001').map(({ code }) => code)).toEqual([
			'14001',
			'08001'
		]);
		expect(searchCommunes('tân', communes, '08001').map(({ code }) => code)).toEqual([
			'08002',
			'01001'
		]);
		expect(searchCommunes('x'.repeat(1_000_000), communes, '08001')).toEqual([]);
	});
	it('are read from the address on a card only where it names one commune of one province', () => {
		const address = 'Bản Pình, Suối Bạc, Sơn La';
		const found = communeOfAddress(address, communes);
		expect(found?.code).toBe('14001');
		expect(villageOfAddress(address, found)).toBe('Bản Pình');
		expect(communeOfAddress('Bản Pình, Suối Bạc, Phù Yên, Hòa Bình', communes)).toBeUndefined();
		expect(villageOfAddress('Lũng Cao, Đường Thượng, Yên Minh', undefined)).toBe('Lũng Cao');
	});
});
