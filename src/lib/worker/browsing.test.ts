/** Lists that somebody looks through: the villages with their people, and the days with who was asked to come. */
import { describe, expect, it } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import { addDays } from '#lib/domain/time/clinical-time.ts';
import type { PersonHit } from './book-api.ts';
import { bookOf, CHILD, NOW, signedIn, STATION, TODAY, type Api } from './device.fixture.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const namesOf = (hits: PersonHit[]) => hits.map(({ person }) => person.names[0]);
const IN_BAN_KHOANG = { type: 'village', village: 'Bản Khoang' } as const;

async function register(api: Api, name: string, more: Partial<Facts> = {}) {
	return bookOf(
		await api.registerPerson({ facts: { ...CHILD, name, ...more }, issueTemporaryCode: true })
	);
}

async function askBack(api: Api, name: string, days: number) {
	const followUp = { date: addDays(TODAY, days) };
	const book = await register(api, name);
	bookOf(await api.recordVisit({ book, visit: { reason: 'Ho', followUp }, occurred: NOW }));
}

describe('looking through villages', () => {
	it('shows the villages of the station’s own commune, and everybody else apart', async () => {
		const { api } = await signedIn();
		await register(api, 'Bàn Văn Minh');
		await register(api, 'Lò Thị Hà', { address: { commune: STATION.commune ?? '' } });
		await register(api, 'Vàng A Pó', { address: { commune: '00001', village: 'Bản Khoang' } });
		expect(await api.browsePlaces()).toEqual([
			{ place: IN_BAN_KHOANG, people: 1, households: 0 },
			{ place: { type: 'unstated' }, people: 1, households: 0 },
			{ place: { type: 'away' }, people: 1, households: 0 }
		]);
	});

	it('shows who lives in one by household, no more than asked, and tells two alike apart', async () => {
		const { api } = await signedIn();
		await register(api, 'Bàn Văn Minh', { household: 'H-2' });
		await register(api, 'Lò Thị An', { household: 'H-1' });
		await register(api, 'Bàn Văn Minh');
		const { people, households } = await api.browseNeighbours(IN_BAN_KHOANG, 3);
		expect(people).toBe(3);
		expect(households.map(({ code, people: hits }) => [code, ...namesOf(hits)])).toEqual([
			['H-1', 'Lò Thị An'],
			['H-2', 'Bàn Văn Minh'],
			[undefined, 'Bàn Văn Minh']
		]);
		expect(households.map(({ people: hits }) => hits[0]?.isAmbiguous)).toEqual([false, true, true]);
		const first = await api.browseNeighbours(IN_BAN_KHOANG, 1);
		expect(first.households.flatMap(({ people: hits }) => namesOf(hits))).toEqual(['Lò Thị An']);
	});
});

describe('looking through appointments', () => {
	it('counts those of each day of the span, those of today and those who are late', async () => {
		const { api, browser } = await signedIn();
		await askBack(api, 'Lò Thị An', 0);
		await askBack(api, 'Lò Thị Bình', 1);
		await askBack(api, 'Lò Thị Chi', 3);
		await askBack(api, 'Lò Thị Dung', 3);
		await askBack(api, 'Lò Thị Em', 9);
		browser.clock.ms += DAY_MS;
		expect(await api.countFollowUps({ from: TODAY, until: addDays(TODAY, 6) })).toEqual({
			overdue: 1,
			today: 1,
			byDay: { [TODAY]: 1, [addDays(TODAY, 1)]: 1, [addDays(TODAY, 3)]: 2 }
		});
	});

	it('lists a day by given name, and who is late by how long', async () => {
		const { api } = await signedIn();
		await askBack(api, 'Vàng Thị Xuân', 2);
		await askBack(api, 'Lò Thị Én', 3);
		await askBack(api, 'Lò Thị Dung', 3);
		const [second, third] = [addDays(TODAY, 2), addDays(TODAY, 3)];
		expect(namesOf(await api.listFollowUps({ from: third, until: third }, 50))).toEqual([
			'Lò Thị Dung',
			'Lò Thị Én'
		]);
		expect(namesOf(await api.listFollowUps({ until: third }, 2))).toEqual([
			'Vàng Thị Xuân',
			'Lò Thị Dung'
		]);
		expect(await api.listFollowUps({ from: TODAY, until: addDays(second, -1) }, 50)).toEqual([]);
	});
});

it('nobody is shown once the tablet is locked', async () => {
	const { api } = await signedIn();
	await askBack(api, 'Lò Thị An', 0);
	await api.lock();
	expect(await api.browsePlaces()).toEqual([]);
	expect(await api.browseNeighbours(IN_BAN_KHOANG, 50)).toEqual({ people: 0, households: [] });
	expect(await api.listFollowUps({ until: TODAY }, 50)).toEqual([]);
	expect(await api.countFollowUps({ from: TODAY, until: TODAY })).toMatchObject({ today: 0 });
});
