/** SECURITY.md is held to what it says: every requirement answered once, counts that are right, files that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** Requirements of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0, from chapter 1 on; 253 in all. */
const IN_CHAPTER = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
const ANSWERS = ['met', 'not applicable', 'open'];
/** Of the attacks that this software is asked to withstand. */
const ATTACKS = [
	...[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 18, 19, 20, 21, 22],
	...[30, 31, 32, 33, 34, 35, 36, 40, 41, 42]
].map((number) => `S-${String(number).padStart(2, '0')}`);

interface Row {
	number: string;
	asked: string;
	answer: string;
	why: string;
	test: string;
}

const rows = text.split('\n').flatMap((line): Row[] => {
	const [, number = '', asked = '', answer = '', why = '', test = ''] = line.split(/\s*\|\s*/);
	return /^V\d+\.\d+\.\d+$/.test(number) ? [{ number, asked, answer, why, test }] : [];
});

function pathsIn(words: string): string[] {
	return [...words.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|mjs|md|svelte))`/g)].map(
		([, path = '']) => path
	);
}

describe('the answers to OWASP ASVS 5.0.0', () => {
	it('are one for each of the 253 requirements of levels 1 and 2', () => {
		expect(rows).toHaveLength(253);
		expect(new Set(rows.map(({ number }) => number)).size).toBe(253);
		const chapters = IN_CHAPTER.map(
			(_, at) => rows.filter(({ number }) => number.startsWith(`V${at + 1}.`)).length
		);
		expect(chapters).toEqual(IN_CHAPTER);
	});

	it('are met, not applicable or open, each with its reason', () => {
		for (const { number, asked, answer, why, test } of rows) {
			expect([number, ANSWERS.includes(answer)]).toEqual([number, true]);
			expect([number, asked.length > 5, why.length > 2, test.length > 0]).toEqual([
				number,
				true,
				true,
				true
			]);
		}
	});

	it('are counted right at the top', () => {
		const count = (wanted: string) => rows.filter(({ answer }) => answer === wanted).length;
		const [met, without, open] = ANSWERS.map(count);
		expect(text).toContain(
			`253 requirements: ${met} met, ${without} not applicable, ${open} open.`
		);
	});

	it('name the written exception where data lies in the browser', () => {
		const exception = rows.find(({ number }) => number === 'V14.3.3');
		expect(exception).toMatchObject({ answer: 'open' });
		expect(text).toContain('## V14.3.3: the exception');
	});
});

describe('SECURITY.md', () => {
	it('names only files that are there', () => {
		const named = pathsIn(text);
		expect(named.length).toBeGreaterThan(200);
		expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});

	it('names for each attack once what shows that it fails', () => {
		const lines = text.split('\n').filter((line) => /^\| S-\d\d/.test(line));
		const numbers = lines.map((line) => line.slice(2, 6));
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(numbers).toEqual(expect.arrayContaining(ATTACKS));
		for (const line of lines) expect([line, pathsIn(line).length > 0]).toEqual([line, true]);
	});

	it('names commands that package.json has', () => {
		const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
		const commands = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
		expect(commands.length).toBeGreaterThan(1);
		expect(commands.filter((name) => !manifest.includes(`"${name}":`))).toEqual([]);
	});
});
