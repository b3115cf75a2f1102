import { describe, expect, it } from 'vitest';
import { foldText, foldWords, spellWord } from './fold.ts';

describe('foldText', () => {
	it('drops every diacritic, also of decomposed text, and turns đ into d', () => {
		expect(foldText('Nguyễn Thị Đường')).toBe('nguyen thi duong');
		expect(foldText('Nguyễn Thị Đường'.normalize('NFD'))).toBe('nguyen thi duong');
		expect(foldText('ĂÂĐÊÔƠƯ ằẳẵắặ ỳỷỹýỵ')).toBe('aadeoou aaaaa yyyyy');
	});

	it('leaves single spaces between words', () => {
		expect(foldText('  Lò\u00a0 Văn\tAn ')).toBe('lo van an');
		expect(foldWords('   ')).toEqual([]);
	});

	it('folds the spellings of highland names together', () => {
		expect(foldText("K'Brơi")).toBe(foldText('K’Brơi'));
		expect(foldText('Y-Bhăm')).toBe(foldText('Y Bhăm'));
	});
});

describe('spellWord', () => {
	it('finds the same spelling for both places of a tone mark', () => {
		expect(spellWord('Hoà')).toEqual(spellWord('Hòa'));
		expect(spellWord('Hòa')).toEqual({ letters: 'hoa', tone: 1 });
	});

	it('keeps the letters of the Vietnamese alphabet apart from the tone', () => {
		expect(spellWord('Nguyễn')).toEqual({ letters: 'nguyên', tone: 3 });
		expect(spellWord('ĐƯỜNG'.normalize('NFD'))).toEqual({ letters: 'đương', tone: 1 });
		expect(spellWord('Vũ').letters).toHaveLength(2);
	});
});
