import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDamagedCharacter, isTidyText, lineSchema, paragraphSchema, tidyText } from './text.ts';

const messy = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.string({
		unit: fc.constantFrom(
			'a',
			'ế',
			'e',
			'\u0302',
			'\u0301',
			' ',
			'\t',
			'\r',
			'\n',
			'\u200b',
			'\ufeff',
			'\ud800',
			'\ufffd',
			'\u2028',
			'\u00a0',
			'\u0000'
		),
		maxLength: 30
	})
);

describe('text that may stand in an entry', () => {
	it.each(['Nguyễn Thị Ánh', '36,7 °C – sốt nhẹ', 'dòng một\ndòng hai', '👶', 'O’Brien'])(
		'is %j',
		(text) => {
			expect(isTidyText(text)).toBe(true);
			expect(tidyText(text)).toBe(text);
		}
	);

	it.each([
		['a space in front', ' An', 'An'],
		['a no-break space behind', 'An\u00a0', 'An'],
		['decomposed accents', 'Nguye\u0302\u0303n', 'Nguyễn'],
		['a tab', 'a\tb', 'a b'],
		['a line end of Windows', 'a\r\nb', 'a\nb'],
		['a line end of old Macs', 'a\rb', 'a\nb'],
		['a line separator', 'a\u2028b', 'a\nb'],
		['a paragraph separator', 'a\u2029b', 'a\nb'],
		['a null character', 'a\u0000b', 'ab'],
		['an escape', 'a\u001b[0m', 'a[0m'],
		['DEL', 'a\u007fb', 'ab'],
		['a C1 control', 'a\u0085b', 'ab'],
		['a soft hyphen', 'a\u00adb', 'ab'],
		['a zero-width space', 'a\u200bb', 'ab'],
		['a text direction override', 'a\u202eb', 'ab'],
		['a direction isolate', 'a\u2066b', 'ab'],
		['a word joiner', 'a\u2060b', 'ab'],
		['a byte order mark', '\ufeffAn', 'An'],
		['a lone surrogate', 'a\ud800b', 'ab']
	])('has not %s; tidying mends it', (_name, typed, tidied) => {
		expect(isTidyText(typed)).toBe(false);
		expect(tidyText(typed)).toBe(tidied);
		expect(isTidyText(tidied)).toBe(true);
	});

	it('has no replacement character, and tidying does not hide that a letter was lost', () => {
		expect(isTidyText('Nguy\ufffdn')).toBe(false);
		expect(tidyText(' Nguy\ufffdn ')).toBe('Nguy\ufffdn');
	});

	it('is what tidying gives of text that lost no letter, and tidying again changes nothing', () => {
		fc.assert(
			fc.property(messy, (typed) => {
				const text = tidyText(typed);
				expect(isTidyText(text)).toBe(!hasDamagedCharacter(typed));
				expect(tidyText(text)).toBe(text);
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('a line', () => {
	const line = lineSchema(5);

	it('has one to so many characters', () => {
		expect(line.safeParse('').success).toBe(false);
		expect(line.safeParse('12345').success).toBe(true);
		expect(line.safeParse('123456').success).toBe(false);
		expect(line.safeParse('👶'.repeat(5)).success).toBe(true);
		expect(line.safeParse('👶'.repeat(6)).success).toBe(false);
	});

	it('has no line feed, a paragraph may', () => {
		expect(line.safeParse('a\nb').success).toBe(false);
		expect(paragraphSchema(5).safeParse('a\nb').success).toBe(true);
	});

	it('is tidy, and so is a paragraph', () => {
		for (const schema of [line, paragraphSchema(5)])
			for (const text of [' a', 'a\u200bb', 'e\u0301', '\ud800', 'Nguy\ufffdn'])
				expect(schema.safeParse(text).success).toBe(false);
	});

	it('is text', () => {
		for (const value of [1, null, undefined, {}, ['a']])
			expect(line.safeParse(value).success).toBe(false);
	});

	it('refuses a name of one megabyte at once', () => {
		const startMs = performance.now();
		expect(lineSchema(120).safeParse('a'.repeat(1024 * 1024)).success).toBe(false);
		expect(performance.now() - startMs).toBeLessThan(500);
	});
});
