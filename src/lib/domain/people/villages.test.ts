import { describe, expect, it } from 'vitest';
import { bytesToId, type BookId } from '../ids.ts';
import type { PersonSummary } from './person-summary.ts';
import { createPeopleIndex } from './search.ts';
import { countPlaces, listNeighbours, type Place } from './villages.ts';

const HOME = '03901';
/** A commune that became part of it. */
const FORMER = '03907';
const HOMES = new Set([HOME, FORMER]);

function bookId(number: number): BookId {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setUint32(0, number);
	return bytesToId<BookId>(bytes);
}

let books = 0;
function person(
	name: string,
	village?: string,
	{ household, commune = HOME }: { household?: string; commune?: string } = {}
): PersonSummary {
	return {
		book: bookId((books += 1)),
		names: [name],
		commune,
		...(village !== undefined && { village }),
		...(household !== undefined && { household }),
		phones: [],
		identifiers: [],
		guardians: [],
		allergies: 0,
		conflicts: 0,
		needsUpdate: 0,
		entries: 1
	};
}

const inOrder = (people: PersonSummary[]) => [...createPeopleIndex(people).people()];
const words = (place: Place) => (place.type === 'village' ? place.village : `(${place.type})`);
const places = (people: PersonSummary[], home: ReadonlySet<string> | undefined = HOMES) =>
	countPlaces(inOrder(people), home).map(({ place, people: count }) => `${words(place)} ${count}`);

function households(people: PersonSummary[], place: Place, shownMax = 100) {
	const found = listNeighbours(inOrder(people), { place, homeCommunes: HOMES }, shownMax);
	return found.households.map(
		({ code, size, people: members }) =>
			`${code ?? '-'} ${size}: ${members.map(({ names }) => names[0]).join(', ')}`
	);
}

const naLung: Place = { type: 'village', village: 'Nà Lùng' };

describe('the villages of a commune', () => {
	it('are also those recorded under the code of a commune that became part of it', () => {
		const people = [
			person('Lò An', 'Nà Lùng'),
			person('Lò Bình', 'Nà Lùng', { commune: FORMER }),
			person('Lò Chi', 'Nà Lùng', { commune: '03871' })
		];
		expect(places(people)).toEqual(['Nà Lùng 2', '(away) 1']);
	});

	it('stand in Vietnamese order with their numbers as numbers', () => {
		const villages = ['Thôn 10', 'Phố Chợ', 'Đồng Hoa', 'Thôn 2', 'Dốc Đỏ', 'Bản Pình', 'Áng'];
		expect(places(villages.map((village) => person('Lò An', village)))).toEqual(
			['Áng', 'Bản Pình', 'Dốc Đỏ', 'Đồng Hoa', 'Phố Chợ', 'Thôn 2', 'Thôn 10'].map(
				(village) => `${village} 1`
			)
		);
	});

	it('are one however they were written, but never where a letter or a tone differs', () => {
		const spelled = ['Nà Lùng', 'nà lùng', 'Nà  Lùng', 'Nà Lùng'.normalize('NFD'), 'Nà Lừng'];
		expect(places(spelled.map((village) => person('Lò An', village)))).toEqual([
			'Nà Lùng 4',
			'Nà Lừng 1'
		]);
		expect(households([person('Lò An', 'nà lùng'), person('Lò Bình', 'Nà Lừng')], naLung)).toEqual([
			'- 1: Lò An'
		]);
	});

	it('are followed by who has none stated and by who lives in another commune', () => {
		const people = [
			person('Lò An', 'Phố Chợ', { commune: '00001' }),
			person('Lò Bình'),
			person('Lò Chi', 'Phố Chợ')
		];
		expect(places(people)).toEqual(['Phố Chợ 1', '(unstated) 1', '(away) 1']);
		expect(households(people, { type: 'away' })).toEqual(['- 1: Lò An']);
	});

	it('are all at home where the commune of the station is not known', () => {
		const people = [person('Lò An', 'Phố Chợ', { commune: '00001' }), person('Lò Chi', 'Áng')];
		expect(countPlaces(people, undefined).map(({ place }) => words(place))).toEqual([
			'Áng',
			'Phố Chợ'
		]);
	});

	it('say how many households are stated', () => {
		const people = [
			person('Lò An', 'Nà Lùng', { household: 'H-1' }),
			person('Lò Bình', 'Nà Lùng', { household: 'H-1' }),
			person('Lò Chi', 'Nà Lùng', { household: 'H-2' }),
			person('Lò Dung', 'Nà Lùng')
		];
		expect(countPlaces(people, HOMES)).toMatchObject([{ people: 4, households: 2 }]);
	});
});

describe('the people of a village', () => {
	const people = [
		person('Vũ Văn Đức', 'Nà Lùng', { household: 'H-1' }),
		person('Nông Thị Én', 'Nà Lùng'),
		person('Lò Thị Dung', 'Nà Lùng', { household: 'H-2' }),
		person('Vũ Thị An', 'Nà Lùng', { household: 'H-1' }),
		person('Bàn Văn Ba', 'Nà Lùng'),
		person('Lò Văn Chài', 'Phố Chợ', { household: 'H-2' })
	];

	it('stand by household and given name; who carries no code stands last, in nobody else’s home', () => {
		expect(households(people, naLung)).toEqual([
			'H-1 2: Vũ Thị An, Vũ Văn Đức',
			'H-2 1: Lò Thị Dung',
			'- 2: Bàn Văn Ba, Nông Thị Én'
		]);
	});

	it('are answered no further than is shown, with the size of every household begun', () => {
		expect(households(people, naLung, 1)).toEqual(['H-1 2: Vũ Thị An']);
		expect(households(people, naLung, 4)).toEqual([
			'H-1 2: Vũ Thị An, Vũ Văn Đức',
			'H-2 1: Lò Thị Dung',
			'- 2: Bàn Văn Ba'
		]);
		const { people: count } = listNeighbours(people, { place: naLung, homeCommunes: HOMES }, 1);
		expect(count).toBe(5);
	});

	it('of ten thousand are found while somebody waits', () => {
		const many = inOrder(
			Array.from({ length: 10_000 }, (_, at) =>
				person(`Lò Văn ${String.fromCharCode(65 + (at % 26))}n`, `Bản ${at % 40}`, {
					household: `H-${Math.floor(at / 4)}`
				})
			)
		);
		const begun = performance.now();
		expect(countPlaces(many, HOMES)).toHaveLength(40);
		listNeighbours(many, { place: { type: 'village', village: 'Bản 7' }, homeCommunes: HOMES }, 60);
		// 50 ms is the budget; a shared machine is given ten times that.
		expect(performance.now() - begun).toBeLessThan(500);
	});
});
