import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const read = (text: string): unknown => parseStrictJson(new TextEncoder().encode(text));

/** What JSON can say and our messages say: no deeper than eight, letters whole, numbers exact. */
const value = fc.letrec((tie) => ({
	leaf: fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 12 }),
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
		fc.boolean(),
		fc.constant(null)
	),
	node: fc.oneof(
		{ depthSize: 'small', maxDepth: 6 },
		tie('leaf'),
		fc.array(tie('node'), { maxLength: 4 }),
		fc.dictionary(
			fc
				.string({ unit: 'grapheme', maxLength: 6 })
				.filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
			tie('node'),
			{ maxKeys: 4 }
		)
	)
})).node;

describe('S-05: JSON of a request', () => {
	it('is read as JSON.parse reads it, whatever it says', () => {
		fc.assert(
			fc.property(value, fc.constantFrom(undefined, 1, '\t'), (one, space) => {
				const text = JSON.stringify(one, null, space);
				expect(read(text)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 500 }
		);
	});

	it('is refused when a key stands twice, also where it is spelt in another way or deep inside', () => {
		for (const text of [
			'{"login":"lan","login":"minh"}',
			'{"login":"lan","\\u006cogin":"minh"}',
			'{"a":{"b":[{"c":1,"d":2,"c":3}]}}',
			'{"a":1,"b":{"a":1},"a":1}',
			`{"a"${' '.repeat(999)}:1,"a"${'\n'.repeat(999)}:2}`
		])
			expect(() => read(text)).toThrow('not strict JSON');
		expect(read('{"a":{"a":[{"a":1},{"a":2}]},"b":"a","c":"\\"a\\":1"}')).toBeDefined();
	});

	it('is refused when a key touches a prototype, however it is spelt', () => {
		for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])
			expect(() => read(`{"${key}":{"isAdmin":true}}`)).toThrow('not strict JSON');
		expect(read('{"name":"__proto__"}')).toEqual({ name: '__proto__' });
	});

	it('is refused with half a letter, a number that would become another, a mark, or bytes that are no UTF-8', () => {
		for (const text of ['"\\ud800"', '["\\udc00a"]', '1e999', '9007199254740993', '\ufeff{}'])
			expect(() => read(text)).toThrow('not strict JSON');
		for (const bytes of [
			[0x22, 0xff, 0x22],
			[0x22, 0xc0, 0x80, 0x22],
			[0x22, 0xed, 0xa0, 0x80, 0x22]
		])
			expect(() => parseStrictJson(new Uint8Array(bytes))).toThrow('not strict JSON');
	});

	it('is refused when it is deeper than any message', () => {
		expect(() => read('['.repeat(9) + ']'.repeat(9))).toThrow('not strict JSON');
		expect(read('['.repeat(8) + ']'.repeat(8))).toBeDefined();
	});

	it('may hold a text of a megabyte', () => {
		const text = 'ạ"\\\\'.repeat(300_000);
		expect(read(JSON.stringify({ text }))).toEqual({ text });
	});

	it('is nothing but a value or a refusal, whatever the bytes', () => {
		const pieces = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"',
			'\\',
			'"a"',
			'1',
			'-',
			'e9',
			'true',
			' ',
			'\ud800'
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
				try {
					read(parts.join(''));
				} catch (error) {
					expect(error).toMatchObject({ message: 'not strict JSON', statusCode: 400 });
				}
			}),
			{ numRuns: 2_000 }
		);
	});
});
