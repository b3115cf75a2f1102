/** Two tablets with the app's own worker code, and a real server between them over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	clinicalTimeOf,
	type ClinicalTime,
	type PartialDate
} from '#lib/domain/time/clinical-time.ts';
import type { BookApi, OpenedBook, SyncState } from '#lib/worker/book-api.ts';
import { createMemoryDisk } from '#lib/storage/memory.ts';
import { bookOf, openTablet, signIn } from './open-tablet.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	type RunningServer
} from './start-server.ts';

const CHILD: Facts = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male',
	'identifier.personal': { value: '014225001234', source: 'card' }
};
const DOSE = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L-1' };

async function syncState(api: BookApi): Promise<SyncState | undefined> {
	let state: SyncState | undefined;
	await api.watchSync((current) => (state = current));
	return state;
}

/** The book as soon as it is as expected. */
async function opened(
	api: BookApi,
	book: BookId,
	isExpected: (opened: OpenedBook) => boolean
): Promise<OpenedBook> {
	return new Promise((resolve) => {
		void api.watchBook(book, (current) => {
			if (typeof current === 'object' && isExpected(current)) resolve(current);
		});
	});
}

describe('two tablets and a server', () => {
	const dataDir = newDataDir();
	let server: RunningServer;
	const url = () => server.url;

	beforeAll(async () => {
		await seedStaff(dataDir);
		server = await startServer({ dataDir });
	});
	afterAll(async () => {
		await server.stop();
	});

	it('of one station: both record offline for one child, and after syncing both see both', async () => {
		const [one, two] = [openTablet(url), openTablet(url)];
		await signIn(one.api, NURSE_A);
		await signIn(two.api, NURSE_A);
		const book = bookOf(await one.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		await one.api.syncNow();
		await two.api.syncNow();
		expect((await two.api.searchPeople('minh')).map(({ person }) => person.book)).toEqual([book]);

		one.network.isPlugged = false;
		two.network.isPlugged = false;
		const occurred = clinicalTimeOf(Date.now());
		bookOf(await one.api.giveVaccine({ book, immunization: DOSE, occurred }));
		bookOf(await two.api.recordVisit({ book, visit: { reason: 'Sốt' }, occurred }));
		await one.api.syncNow();
		await expect
			.poll(() => syncState(one.api))
			.toMatchObject({ waiting: 1, network: 'unreachable' });

		one.network.isPlugged = true;
		two.network.isPlugged = true;
		await one.api.syncNow();
		await two.api.syncNow();
		await one.api.syncNow();
		for (const { api } of [one, two]) {
			const { view } = await opened(api, book, (current) => current.view.timeline.length === 3);
			expect(view.vaccinations.doses).toHaveLength(1);
			expect(await syncState(api)).toMatchObject({ waiting: 0, network: 'reachable' });
			expect(await api.listOutbox()).toEqual([]);
		}
	});

	it('of two stations: the other one finds the child by number and brings the book', async () => {
		const [one, other] = [openTablet(url), openTablet(url)];
		await signIn(one.api, NURSE_A);
		await signIn(other.api, NURSE_B);
		await one.api.syncNow();
		const [hit] = await one.api.searchPeople('minh');
		await other.api.syncNow();
		expect(await other.api.searchPeople('minh')).toEqual([]);

		const found = await other.api.findOnServer({ identifier: '014225001234' });
		if (found.type !== 'found') throw new Error(found.type);
		expect(found.people.map(({ book }) => book)).toEqual([hit?.person.book]);
		const book = hit?.person.book ?? ('' as BookId);
		expect(await other.api.bringFromServer(book)).toEqual({ type: 'opened' });
		const { view } = await opened(other.api, book, () => true);
		expect(view.vaccinations.doses).toHaveLength(1);
		expect((await other.api.searchPeople('minh')).map(({ person }) => person.book)).toEqual([book]);
		const byName = { name: 'Bàn Văn Minh', birthDate: '2025-05-14' as PartialDate };
		expect((await other.api.findOnServer(byName)).type).toBe('found');
	});

	it('whose server dies in between: what was saved arrives after it is back, once', async () => {
		const disk = createMemoryDisk();
		const tablet = openTablet(url, disk);
		await signIn(tablet.api, NURSE_A);
		await tablet.api.syncNow();
		const [hit] = await tablet.api.searchPeople('minh');
		const book = hit?.person.book ?? ('' as BookId);
		await server.kill();
		const occurred = clinicalTimeOf(Date.now());
		bookOf(await tablet.api.recordVisit({ book, visit: { reason: 'Ho' }, occurred }));
		tablet.storage.crash();

		server = await startServer({ dataDir });
		const again = openTablet(url, disk);
		await signIn(again.api, NURSE_A);
		await again.api.syncNow();
		expect(await syncState(again.api)).toMatchObject({ waiting: 0, refused: 0 });
		const fresh = openTablet(url);
		await signIn(fresh.api, NURSE_A);
		await fresh.api.syncNow();
		const { view } = await opened(fresh.api, book, () => true);
		const visits = view.timeline.filter(({ kind }) => kind === 'visit');
		expect(visits.map(({ content }) => content?.body)).toContainEqual({ reason: 'Ho' });
		expect(visits).toHaveLength(2);
	});
});
