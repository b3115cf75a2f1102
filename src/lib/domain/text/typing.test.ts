import { describe, expect, it } from 'vitest';
import { spellWord } from './fold.ts';
import { typedForms, typedSpellings } from './typing.ts';

const TELEX = {
	nguyeenx: 'nguyễn',
	nguyenex: 'nguyễn',
	ddawngj: 'đặng',
	dangdjw: 'đặng',
	hoangf: 'hoàng',
	hoafng: 'hoàng',
	phuowng: 'phương',
	phuongw: 'phương',
	truwowngf: 'trường',
	vux: 'vũ',
	haf: 'hà',
	suwar: 'sửa',
	xuaan: 'xuân',
	mos: 'mó',
	thwr: 'thử'
};
const VNI = {
	nguye6n4: 'nguyễn',
	nguyen64: 'nguyễn',
	d9a8ng5: 'đặng',
	dang985: 'đặng',
	phuong7: 'phương',
	ha2: 'hà',
	vu4: 'vũ',
	tua6n1: 'tuấn'
};

describe('raw Telex and VNI', () => {
	it.each(Object.entries({ ...TELEX, ...VNI }))('reads %s as %s', (typed, meant) => {
		expect(typedSpellings(typed)).toContainEqual(spellWord(meant));
	});

	it('always keeps the word as typed, first', () => {
		expect(typedForms('nguyeenx')).toEqual(['nguyeenx', 'nguyen']);
		expect(typedForms('An')).toEqual(['an']);
		expect(typedForms('Trần')).toEqual(['tran']);
		expect(typedForms('xuan')).toEqual(['xuan']);
	});

	it('reads digits that are no VNI keys as nothing else', () => {
		expect(typedForms('2025')).toEqual(['2025']);
		expect(typedForms('t5')).toEqual(['t5']);
	});

	it('does not read a very long word', () => {
		expect(typedForms('a'.repeat(1_000_000))).toHaveLength(1);
	});
});
