/**
 * A day of a station: twenty people, two tablets that take turns, and a network that comes and goes.
 * In the evening both tablets hold every act once.
 */
import { expect, test } from '@playwright/test';
import {
	expectNoTroubles,
	findPerson,
	giveVaccine,
	NEXT_LOOK_MS,
	openStation,
	openTablet,
	openTimeline,
	recordVisit,
	registerPerson,
	searchField,
	seeEverythingSent,
	sendNow,
	signInOnline,
	THAM,
	timelineLines,
	VAN,
	type NewPerson,
	type Station,
	type Tablet
} from './tablet.ts';

const ROUNDS = 10;
const VACCINE = 'Hexaxim';
/** Names far from each other: nobody is held up by somebody alike. */
const NEWCOMERS = [
	'Quàng Văn Bính',
	'Lò Thị Oanh',
	'Giàng A Phử',
	'Sùng Thị Dợ',
	'Tòng Khánh Uyên',
	'Vừ Mí Chá',
	'Cầm Đức Hiệp',
	'Mùa Thị Ly',
	'Điêu Quốc Nhật',
	'Bạc Cẩm Xuân'
];

interface Act {
	name: string;
	/** In no other entry of the station. */
	words: string;
}

let station: Station;
let tablets: [Tablet, Tablet];

test.beforeEach(async () => {
	station = await openStation();
	tablets = [await openTablet(station.address), await openTablet(station.address)];
});
test.afterEach(async () => {
	await Promise.all(tablets.map(async (tablet) => tablet.close()));
	await station.close();
});

/** People of the demo, one of each name. */
async function knownPeople(tablet: Tablet): Promise<string[]> {
	const names: string[] = [];
	const found = tablet.page.getByRole('list', { name: 'Kết quả tìm' });
	for (const typed of ['thi', 'van', 'a', 'h', 'n']) {
		await searchField(tablet).fill(typed);
		await expect(found).toBeVisible();
		names.push(...(await found.getByRole('link').allInnerTexts()));
	}
	return [...new Set(names)].filter((name) => !NEWCOMERS.includes(name)).slice(0, ROUNDS);
}

function newcomer(at: number): NewPerson {
	const name = NEWCOMERS[at];
	if (name === undefined) throw new Error('nobody is left');
	const day = String(at + 3).padStart(2, '0');
	return { name, birthDate: `${day}/03/2026`, sex: /Thị|Uyên|Xuân/.test(name) ? 'Nữ' : 'Nam' };
}

async function vaccinateNewcomer(tablet: Tablet, at: number): Promise<Act> {
	const person = newcomer(at);
	const lot = `NGAY-${at}`;
	await registerPerson(tablet, person);
	await giveVaccine(tablet, VACCINE, lot);
	return { name: person.name, words: lot };
}

async function seeKnown(tablet: Tablet, name: string, words: string): Promise<Act> {
	await findPerson(tablet, name, name);
	await recordVisit(tablet, words);
	return { name, words };
}

/** What happens to the network before the people of a round are called in. */
async function changeNetwork(round: number): Promise<void> {
	const [first, second] = tablets;
	if (round === 1) await first.context.setOffline(true);
	if (round === 3) {
		await first.context.setOffline(false);
		await station.kill();
	}
	if (round === 5) await station.start();
	if (round === 6) await second.context.setOffline(true);
	if (round === 8) {
		await station.kill();
		await second.context.setOffline(false);
	}
}

/** Each tablet calls in one person; who is new to the station alternates. */
async function callIn(round: number, known: string[]): Promise<Act[]> {
	return Promise.all(
		tablets.map(async (tablet, at) => {
			const name = known[round];
			if ((round + at) % 2 === 0) return vaccinateNewcomer(tablet, round);
			return seeKnown(tablet, name ?? '', `Lượt khám thứ ${round} trong ngày`);
		})
	);
}

async function seeEachOnce(tablet: Tablet, acts: Act[]): Promise<void> {
	for (const { name, words } of acts) {
		await findPerson(tablet, name, name);
		await openTimeline(tablet);
		await expect(timelineLines(tablet, words), `${name}: ${words}`).toHaveCount(1);
	}
}

async function seeNothingUnderWay(tablet: Tablet): Promise<void> {
	const spinners = tablet.page.locator('[aria-busy=true], [role=progressbar], progress');
	await expect(spinners).toHaveCount(0);
}

test('twenty people on two tablets, the network coming and going: nothing is lost, nothing is there twice', async () => {
	test.setTimeout(240_000);
	const [first, second] = tablets;
	await Promise.all([signInOnline(first, THAM), signInOnline(second, VAN)]);
	const known = await knownPeople(second);
	expect(known).toHaveLength(ROUNDS);
	const acts: Act[] = [];

	await test.step('the day', async () => {
		for (let round = 0; round < ROUNDS; round++) {
			await changeNetwork(round);
			acts.push(...(await callIn(round, known)));
		}
	});

	await test.step('the evening: one press on each, and everything is everywhere', async () => {
		await station.start();
		await sendNow(first);
		await sendNow(second);
		await sendNow(first);
		await Promise.all(tablets.map((tablet) => seeEverythingSent(tablet, NEXT_LOOK_MS)));
	});

	await test.step('each saw what the other did, and adds a visit for one of them', async () => {
		const [, ofSecond] = acts.filter(({ words }) => words.startsWith('NGAY'));
		const [ofFirst] = acts.filter(({ words }) => words.startsWith('NGAY'));
		if (ofFirst === undefined || ofSecond === undefined) throw new Error('nobody was vaccinated');
		const again = await Promise.all([
			seeKnown(first, ofSecond.name, 'Quay lại buổi chiều vì sốt'),
			seeKnown(second, ofFirst.name, 'Quay lại buổi chiều vì quấy khóc')
		]);
		acts.push(...again);
		await sendNow(first);
		await sendNow(second);
		await sendNow(first);
		await Promise.all(tablets.map((tablet) => seeEverythingSent(tablet, NEXT_LOOK_MS)));
	});

	expect(new Set(acts.map(({ name }) => name)).size).toBe(2 * ROUNDS);
	await Promise.all(tablets.map((tablet) => seeEachOnce(tablet, acts)));
	for (const tablet of tablets) {
		await seeEverythingSent(tablet);
		await seeNothingUnderWay(tablet);
	}
	expectNoTroubles(first, second);
});
