import { describe, expect, it } from 'vitest';
import { compareNames, nameParts } from './names.ts';

const sorted = (...names: string[]) => names.toSorted(compareNames);

describe('the order of names', () => {
	it('goes by given name, then middle name, then surname', () => {
		expect(
			sorted('Trần Văn Bình', 'Vũ Thị An', 'Nguyễn Văn An', 'Lê Văn An', 'Vũ Minh An')
		).toEqual(['Vũ Minh An', 'Vũ Thị An', 'Lê Văn An', 'Nguyễn Văn An', 'Trần Văn Bình']);
	});

	it('goes by Vietnamese letters first and by tone second', () => {
		expect(
			sorted('Đào', 'Dung', 'Êban', 'Em', 'Ân', 'Ăm', 'Anh', 'An', 'Ơn', 'Oanh', 'Ôn')
		).toEqual([...['An', 'Anh', 'Ăm', 'Ân', 'Dung', 'Đào', 'Em', 'Êban', 'Oanh', 'Ôn', 'Ơn']]);
		expect(sorted('Hạ', 'Há', 'Hã', 'Hả', 'Hà', 'Ha')).toEqual([
			'Ha',
			'Hà',
			'Hả',
			'Hã',
			'Há',
			'Hạ'
		]);
		// All of "Hoa" with any tone before "Hoan", which a plain comparison of marks gets wrong.
		expect(sorted('Hoan', 'Hoạ', 'Hoa')).toEqual(['Hoa', 'Hoạ', 'Hoan']);
	});

	it('does not care where a tone mark stands, nor for the form of Unicode', () => {
		expect(compareNames('Hoà', 'Hòa')).toBe(0);
		expect(compareNames('Nguyễn Vũ'.normalize('NFD'), 'nguyễn vũ')).toBe(0);
	});

	it('is an order: antisymmetric and transitive over awkward names', () => {
		const names = ['', 'A', 'Á', "K'Brơi", 'Y-Bhăm', 'Zơ Râm', '李', 'An 2', 'An', 'Vàng A Pó'];
		for (const a of names)
			for (const b of names) {
				expect(compareNames(a, b) + compareNames(b, a)).toBe(0);
				for (const c of names)
					if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0)
						expect(compareNames(a, c)).toBeLessThanOrEqual(0);
			}
	});
});

describe('the parts of a name', () => {
	it('takes the last word as the given name', () => {
		expect(nameParts('Nguyễn Thị Thu Hà')).toEqual({
			surname: 'Nguyễn',
			middle: 'Thị Thu',
			given: 'Hà'
		});
		expect(nameParts('Chi')).toEqual({ surname: '', middle: '', given: 'Chi' });
		expect(nameParts('')).toEqual({ surname: '', middle: '', given: '' });
	});
});
