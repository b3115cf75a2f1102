import { describe, expect, it } from 'vitest';
import { bytesToId, type BookId } from '../ids.ts';
import type { ClinicalDate, ClinicalTime } from '../time/clinical-time.ts';
import type { PersonSummary } from './person-summary.ts';
import { createPeopleIndex, type SearchContext } from './search.ts';

const TODAY = '2026-11-24' as ClinicalDate;

function bookId(number: number): BookId {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setUint32(0, number);
	return bytesToId<BookId>(bytes);
}

function person(number: number, name: string, more: Partial<PersonSummary> = {}): PersonSummary {
	return {
		book: bookId(number),
		names: [name],
		phones: [],
		identifiers: [],
		guardians: [],
		allergies: 0,
		conflicts: 0,
		needsUpdate: 0,
		entries: 1,
		...more
	};
}

const born = (birthDate: string) => ({ birthDate: birthDate as ClinicalTime });

const PEOPLE = [
	person(1, 'Nguyễn Khánh An', {
		...born('2025-05-14'),
		identifiers: [
			{ kind: 'personal', value: '014225008713' },
			{ kind: 'insurance', value: 'TE1140012345678' }
		]
	}),
	person(2, 'Vũ Thị Hà', { ...born('1990-02-03'), phones: ['0912345678'], commune: '03820' }),
	person(3, 'Lò Văn Ân', {
		...born('2024-01-05T08:40'),
		identifiers: [{ kind: 'temporary', value: 'T-SB2-240105-03' }]
	}),
	person(4, 'Hà Văn Vụ', { ...born('1950') }),
	person(5, 'Đặng Thị Mai', { ...born('2001-12-25'), phones: ['+84987654321'] }),
	person(6, 'Giàng A Pó', { ...born('2001-06') }),
	person(7, 'Hạnh', born('2010-10-10'))
];
const index = createPeopleIndex(PEOPLE);

const find = (query: string, context: Partial<SearchContext> = {}) =>
	index.search(query, { today: TODAY, ...context }).map(({ person: found }) => found.names[0]);

describe('search by name', () => {
	it('finds names without diacritics, in any order, by the beginning of each word', () => {
		expect(find('an khanh')).toEqual(['Nguyễn Khánh An']);
		expect(find('NGUYEN AN')).toEqual(['Nguyễn Khánh An']);
		expect(find('dang m')).toEqual(['Đặng Thị Mai']);
		expect(find('đặng mai')).toEqual(['Đặng Thị Mai']);
		expect(find('nguyen xuan')).toEqual([]);
	});

	it('finds names of two letters and of one', () => {
		expect(find('vu')).toEqual(['Hà Văn Vụ', 'Vũ Thị Hà']);
		expect(find('a')).toEqual(['Nguyễn Khánh An', 'Lò Văn Ân', 'Giàng A Pó'].toSorted(byA));
		expect(find('giang a')).toEqual(['Giàng A Pó']);
	});

	it('puts those who are called so before the many who share it as a surname', () => {
		const many = createPeopleIndex([
			...Array.from({ length: 60 }, (_, at) => person(at, 'Hà Văn An')),
			person(90, 'Lò Ngọc Hà'),
			person(91, 'Lường Thu Hà')
		]);
		const found = (query: string) =>
			many.search(query, { today: TODAY }).map((hit) => hit.person.names[0]);
		expect(found('ha').slice(0, 3)).toEqual(['Lò Ngọc Hà', 'Lường Thu Hà', 'Hà Văn An']);
		expect(found('hà')[0]).toBe('Lò Ngọc Hà');
		expect(found('ha van')[0]).toBe('Hà Văn An');
	});

	it('puts the exact spelling first, then whole words, then beginnings', () => {
		expect(find('vụ')).toEqual(['Hà Văn Vụ', 'Vũ Thị Hà']);
		expect(find('vũ')).toEqual(['Vũ Thị Hà', 'Hà Văn Vụ']);
		expect(find('ân')).toEqual(['Lò Văn Ân', 'Nguyễn Khánh An']);
		expect(find('ha').at(-1)).toBe('Hạnh');
	});

	it('understands raw Telex and VNI, and initials', () => {
		expect(find('nguyeenx')).toEqual(['Nguyễn Khánh An']);
		expect(find('nguye6n4')).toEqual(['Nguyễn Khánh An']);
		expect(find('vux ha')).toEqual(['Vũ Thị Hà', 'Hà Văn Vụ']);
		expect(find('ddawngj')).toEqual(['Đặng Thị Mai']);
		expect(find('nka')).toEqual(['Nguyễn Khánh An']);
	});

	it('answers at once for a name of many like words', () => {
		const like = Array.from({ length: 40 }, (_, at) => `a${'bcdeghiklm'[at % 10] ?? ''}`).join(' ');
		const strange = createPeopleIndex([person(1, like), person(2, 'An '.repeat(40).trim())]);
		const startedMs = performance.now();
		expect(strange.search('a a a a a a a a', { today: TODAY })).toHaveLength(2);
		expect(strange.search('an an an an an an an x', { today: TODAY })).toEqual([]);
		expect(performance.now() - startedMs).toBeLessThan(500);
	});

	it('needs a different word of the name for each word typed', () => {
		expect(find('ha ha')).toEqual([]);
		expect(find('van v')).toEqual(['Hà Văn Vụ']);
	});
});

describe('search by date, number and code', () => {
	it.each([
		'140525',
		'14/5/25',
		'14/05/2025',
		'14-5-2025',
		'2025-05-14',
		'14052025',
		'052025',
		'5/2025'
	])('finds the birth date %s', (query) => {
		expect(find(query)).toEqual(['Nguyễn Khánh An']);
	});

	it('finds a year, a day of any year, and partial birth dates by what is known of them', () => {
		expect(find('2025')).toEqual(['Nguyễn Khánh An']);
		expect(find('14-5')).toEqual(['Nguyễn Khánh An']);
		expect(find('14/5/')).toEqual(['Nguyễn Khánh An']);
		expect(find('1950')).toEqual(['Hà Văn Vụ']);
		expect(find('6/2001')).toEqual(['Giàng A Pó']);
		expect(find('24 01 05')).toEqual([]);
	});

	it('finds any identifier in full, by its beginning, or by its last four digits', () => {
		expect(find('014225008713')).toEqual(['Nguyễn Khánh An']);
		expect(find('014 225 008 713')).toEqual(['Nguyễn Khánh An']);
		expect(find('8713')).toEqual(['Nguyễn Khánh An']);
		expect(find('0142250')).toEqual(['Nguyễn Khánh An']);
		expect(find('te1140012345678')).toEqual(['Nguyễn Khánh An']);
		expect(find('0012345678')).toEqual(['Nguyễn Khánh An']);
		expect(find('t-sb2-240105-03')).toEqual(['Lò Văn Ân']);
		expect(find('713')).toEqual([]);
	});

	it('finds an insurance card by the number it ends in, and that number by the card', () => {
		const insured = (value: string) =>
			createPeopleIndex([person(1, 'An', { identifiers: [{ kind: 'insurance', value }] })]);
		const asked = { today: TODAY };
		expect(insured('0012345678').search('TE1 14 0012345678', asked)).toHaveLength(1);
		expect(insured('0012345678').search('te1140012345678', asked)).toHaveLength(1);
		expect(insured('TE1140012345678').search('0012345678', asked)).toHaveLength(1);
		expect(insured('TE1140012345678').search('DN4140012345678', asked)).toHaveLength(1);
		expect(insured('TE1140012345678').search('TE11400', asked)).toHaveLength(1);
		expect(insured('0012345679').search('TE1140012345678', asked)).toEqual([]);
	});

	it('finds who comes with a number that another one replaced', () => {
		const renewed = createPeopleIndex([
			person(1, 'An', { pastIdentifiers: [{ kind: 'personal', value: '014225008713' }] })
		]);
		expect(renewed.search('014225008713', { today: TODAY })).toHaveLength(1);
	});

	it('finds a phone however it is written', () => {
		expect(find('0912 345 678')).toEqual(['Vũ Thị Hà']);
		expect(find('+84 912.345.678')).toEqual(['Vũ Thị Hà']);
		expect(find('0987654321')).toEqual(['Đặng Thị Mai']);
	});

	it('finds somebody by each birth date while two places disagree', () => {
		const otherBirthDates = ['2025-05-15' as ClinicalTime];
		const disputed = createPeopleIndex([
			person(1, 'Lò Mai', { ...born('2025-05-14'), otherBirthDates }),
			person(2, 'Lò Mai', born('2024-01-15'))
		]);
		for (const typed of ['mai 14/5/2025', 'mai 15/5/2025'])
			expect(
				disputed.search(typed, { today: TODAY }).map(({ person: found }) => found.book)
			).toEqual([bookId(1)]);
	});

	it('takes name and date together', () => {
		expect(find('a 2001')).toEqual(['Giàng A Pó']);
		expect(find('an 140525')).toEqual(['Nguyễn Khánh An']);
		expect(find('an 150525')).toEqual([]);
	});

	it('finds nothing for nothing, and keeps its head with a million letters', () => {
		expect(find('  ')).toEqual([]);
		expect(find("-'/ ")).toEqual([]);
		expect(find('x'.repeat(1_000_000))).toEqual([]);
		expect(find('\ud800 __proto__')).toEqual([]);
	});
});

describe('the order of hits', () => {
	it('puts people of this station, then follow-ups of today, then recently opened people first', () => {
		const many = createPeopleIndex([
			person(1, 'Lò Thị An', { commune: '00001' }),
			person(2, 'Lò Thị Bình', { commune: '00001' }),
			person(3, 'Lò Thị Chi', { commune: '00001', followUp: '2026-11-24' as ClinicalTime }),
			person(4, 'Lò Thị Dung', { commune: '00002' })
		]);
		const names = (context: Partial<SearchContext>) =>
			many
				.search('lo', { today: TODAY, ...context })
				.map(({ person: found }) => found.names[0]?.slice(7));
		expect(names({})).toEqual(['Chi', 'An', 'Bình', 'Dung']);
		expect(names({ homeCommunes: new Set(['00002', '00009']) })).toEqual([
			'Dung',
			'Chi',
			'An',
			'Bình'
		]);
		expect(
			names({ homeCommunes: new Set(['00001']), recentlyOpened: [bookId(2), bookId(99)] })
		).toEqual([...['Chi', 'Bình', 'An', 'Dung']]);
	});

	it('shows at most 50, the first of them in the order of names', () => {
		const many = createPeopleIndex(
			Array.from({ length: 500 }, (_, at) => person(at, `Lò Văn ${'ABCDEGHIKL'.charAt(at % 10)}`))
		);
		const hits = many.search('l', { today: TODAY });
		expect(hits).toHaveLength(50);
		// A whole word "L" stands before the surname Lò.
		expect(new Set(hits.map((hit) => hit.person.names[0]))).toEqual(new Set(['Lò Văn L']));
	});

	it('marks people with one name and birth year, whatever the diacritics', () => {
		const many = createPeopleIndex([
			person(1, 'Lò Thị Hà', born('1990-01-01')),
			person(2, 'Lò Thị Hạ', born('1990-05-05')),
			person(3, 'Lò Thị Hà', born('1991-01-01'))
		]);
		const marks = () =>
			many.search('lo', { today: TODAY }).map((hit) => [hit.person.birthDate, hit.isAmbiguous]);
		expect(marks()).toEqual([
			['1990-01-01', true],
			['1991-01-01', false],
			['1990-05-05', true]
		]);
		many.remove(bookId(2));
		expect(marks()).toEqual([
			['1990-01-01', false],
			['1991-01-01', false]
		]);
	});
});

describe('a changing index', () => {
	it('gives the same answers as one built anew, whatever was added, replaced and removed', () => {
		const changing = createPeopleIndex();
		const current = new Map<number, PersonSummary>();
		const names = ['Lò Thị An', 'Vũ An', 'Hà Văn Bình', 'Đặng Ân', 'Nguyễn Bảo Anh', 'Lò Ánh'];
		for (let step = 0; step < 600; step++) {
			const number = (step * 7_919) % 97;
			if (step % 5 === 4) {
				changing.remove(bookId(number));
				current.delete(number);
			} else {
				const next = person(number, names[(step * 31) % names.length] ?? '', born('2001-01-01'));
				changing.put(next);
				current.set(number, next);
			}
			if (step % 13 !== 0) continue;
			const anew = createPeopleIndex(current.values());
			expect(changing.size).toBe(anew.size);
			expect([...changing.people()]).toEqual([...anew.people()]);
			for (const query of ['a', 'lo', 'vu an', '2001'])
				expect(changing.search(query, { today: TODAY })).toEqual(
					anew.search(query, { today: TODAY })
				);
		}
	});

	it('shows a person once who was put several times, or not at all when removed at once', () => {
		const changing = createPeopleIndex();
		changing.put(person(1, 'Lò Thị An'));
		changing.put(person(1, 'Lò Thị Ân'));
		changing.put(person(2, 'Lò Thị Bé'));
		changing.remove(bookId(2));
		expect([...changing.people()].map(({ names }) => names)).toEqual([['Lò Thị Ân']]);
		expect(changing.size).toBe(1);
	});

	it('searches all names of a person and answers with the whole row', () => {
		const renamed = createPeopleIndex([
			person(1, 'Lò Minh Khôi', { names: ['Lò Minh Khôi', 'Bé Tí'] })
		]);
		expect(renamed.search('be ti', { today: TODAY })).toHaveLength(1);
		expect(renamed.get(bookId(1))?.names).toEqual(['Lò Minh Khôi', 'Bé Tí']);
	});
});

function byA(a: string, b: string): number {
	const order = ['Giàng A Pó', 'Nguyễn Khánh An', 'Lò Văn Ân'];
	return order.indexOf(a) - order.indexOf(b);
}

describe('people on whom places differ', () => {
	it('stand in the order of names while they are there and undecided, and nobody else', () => {
		const people = createPeopleIndex(PEOPLE);
		const names = () => people.inConflict().map(({ names: [name] }) => name);
		expect(names()).toEqual([]);
		people.put(person(2, 'Vũ Thị Hà', { conflicts: 2 }));
		people.put(person(8, 'Bàn Văn Ba', { conflicts: 1 }));
		people.put(person(9, 'Cầm Thị Tư', { conflicts: 1 }));
		expect(names()).toEqual(['Bàn Văn Ba', 'Vũ Thị Hà', 'Cầm Thị Tư']);
		people.put(person(8, 'Bàn Văn Ba'));
		people.remove(bookId(9));
		expect(names()).toEqual(['Vũ Thị Hà']);
	});
});
