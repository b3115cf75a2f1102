/**
 * The rows of all people as columns of numbers, in name order: a keystroke runs through memory once, without
 * touching an object per person. Made anew when somebody was added, changed or removed.
 */
import type { Row } from './people-rows.ts';

export interface PeopleColumns {
	rows: readonly Row[];
	/** Dictionary numbers of all words of all names, person after person. */
	words: Int32Array;
	/** Where each name begins in `words`; one more at the end. */
	nameStarts: Int32Array;
	/** Where each person's names begin in `nameStarts`; one more at the end. */
	personStarts: Int32Array;
	/** Year, month and day of each birth date, person after person; 0 is unknown. */
	births: Int16Array;
	/** Where each person's birth dates begin in `births`; one more at the end. */
	birthStarts: Int32Array;
	/** All numbers a person is known by. */
	numbers: readonly string[];
	/** Where each person's numbers begin in `numbers`; one more at the end. */
	numberStarts: Int32Array;
	initials: readonly string[];
	communes: readonly (string | undefined)[];
	/** Day of the next follow-up. */
	followUps: readonly (string | undefined)[];
}

export function columnsOf(rows: readonly Row[]): PeopleColumns {
	const words: number[] = [];
	const nameStarts = [0];
	const personStarts = new Int32Array(rows.length + 1);
	const births: number[] = [];
	const birthStarts = new Int32Array(rows.length + 1);
	const numbers: string[] = [];
	const numberStarts = new Int32Array(rows.length + 1);
	for (const [at, row] of rows.entries()) {
		for (const name of row.names) {
			for (const word of name) words.push(word);
			nameStarts.push(words.length);
		}
		for (const number of row.numbers) numbers.push(number);
		personStarts[at + 1] = nameStarts.length - 1;
		numberStarts[at + 1] = numbers.length;
		for (const { year, month, day } of row.births) births.push(year, month, day);
		birthStarts[at + 1] = births.length;
	}
	return {
		rows,
		words: Int32Array.from(words),
		nameStarts: Int32Array.from(nameStarts),
		personStarts,
		births: Int16Array.from(births),
		birthStarts,
		numbers,
		numberStarts,
		initials: rows.map((row) => row.initials),
		communes: rows.map((row) => row.person.commune),
		followUps: rows.map((row) => row.person.followUp?.slice(0, 10))
	};
}
