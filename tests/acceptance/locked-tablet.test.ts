/** A tablet that nobody unlocks any more, and the real server: what it held reaches the book. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { DeviceId } from '#lib/domain/ids.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	leaseAnswerSchema,
	PARCELS_MAX,
	parcelsAnswerSchema,
	problemSchema
} from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { SEALED_PATH } from '#lib/protocol/limits.ts';
import { bookOf, openTablet, signIn } from './open-tablet.ts';
import {
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	TEST_PASSWORD,
	TEST_PIN,
	withStorage,
	type RunningServer
} from './start-server.ts';

const CHILD: Facts = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male'
};
const VISIT = { reason: 'Sốt' };
const dataDir = newDataDir();
let server: RunningServer;
const url = () => server.url;

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

/** Signed in, one child known to the server, and one visit of it waiting here. */
async function withVisitWaiting() {
	const tablet = openTablet(url);
	await signIn(tablet.api, NURSE_A);
	const book = bookOf(await tablet.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	await tablet.api.syncNow();
	tablet.network.isPlugged = false;
	const occurred = clinicalTimeOf(Date.now());
	bookOf(await tablet.api.recordVisit({ book, visit: VISIT, occurred }));
	const { code } = (await tablet.api.start()).facility ?? {};
	const parcels = await tablet.storage.listParcels(9);
	const device = (await tablet.storage.readKey('device'))?.value as { id: DeviceId; token: string };
	return { ...tablet, book, code, parcels, device };
}

async function post(token: string | undefined, parcels: unknown, type = 'application/json') {
	return fetch(server.url + SEALED_PATH, {
		method: 'POST',
		headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
		body: JSON.stringify({ parcels })
	});
}

async function outcomesOf(token: string, parcels: Uint8Array[]) {
	const response = await post(token, parcels.map(bytesToBase64url));
	expect(response.status).toBe(200);
	return parcelsAnswerSchema.parse(await response.json()).outcomes;
}

async function problemOf(response: Response) {
	return problemSchema.parse(await response.json()).type;
}

describe('a locked tablet', () => {
	it('brings its unsent visit into the book, once, and its author finds it acknowledged', async () => {
		const { api, network, book, storage } = await withVisitWaiting();
		await api.lock();
		network.isPlugged = true;
		await api.wake();
		await expect.poll(() => storage.listParcels(9)).toEqual([]);

		const other = openTablet(url);
		await signIn(other.api, NURSE_A);
		await other.api.syncNow();
		const [hit] = await other.api.searchPeople('minh');
		expect(hit?.person.book).toBe(book);
		expect((await other.storage.readBook(book))?.count).toBe(2);

		await signIn(api, NURSE_A);
		await api.syncNow();
		expect(await api.listOutbox()).toEqual([]);
		expect((await storage.readBook(book))?.count).toBe(2);
	});

	it('is answered the same when an answer was lost: what the server has is taken', async () => {
		const { device, parcels } = await withVisitWaiting();
		const sealed = parcels.map((parcel) => parcel.sealed);
		expect(await outcomesOf(device.token, sealed)).toEqual(['taken']);
		expect(await outcomesOf(device.token, sealed)).toEqual(['taken']);
	});

	it('sends to review, not into the book, once it was reported stolen', async () => {
		const { device, parcels, book } = await withVisitWaiting();
		const before = await withStorageOfStopped(async (storage) => {
			const row = await storage.findDevice(device.id);
			if (row === undefined) throw new Error('the device is not known');
			await storage.putDevice({ ...row, isBlocked: true });
			return (await storage.listHeld({ facility: row.facility, limit: 99 })).length;
		});
		const sealed = parcels.map((parcel) => parcel.sealed);
		expect(await outcomesOf(device.token, sealed)).toEqual(['taken']);
		const after = await withStorageOfStopped((storage) =>
			storage.listHeld({ facility: NURSE_A.facility, limit: 99 })
		);
		expect(after).toHaveLength(before + 1);
		const other = openTablet(url);
		await signIn(other.api, NURSE_A);
		await other.api.syncNow();
		expect((await other.storage.readBook(book))?.count).toBe(1);
	});

	it('keeps what was altered or sealed to another key: the server says that it cannot read it', async () => {
		const { device, parcels } = await withVisitWaiting();
		const [parcel] = parcels;
		if (parcel === undefined) throw new Error('nothing waits');
		const altered = [20, 90, parcel.sealed.length - 1].map((at) => {
			const bytes = parcel.sealed.slice();
			bytes[at] = (bytes[at] ?? 0) ^ 1;
			return bytes;
		});
		const others = [parcel.sealed.slice(0, 100), new Uint8Array(1), new Uint8Array(300).fill(1)];
		expect(await outcomesOf(device.token, [...altered, ...others, parcel.sealed])).toEqual([
			...[...altered, ...others].map(() => 'unreadable'),
			'taken'
		]);
	});
});

describe('the address for parcels', () => {
	it('takes them from a known device only', async () => {
		expect((await post(undefined, ['AA'])).status).toBe(401);
		expect((await post('nobody', ['AA'])).status).toBe(401);
	});

	it('refuses what has not the form of a request', async () => {
		const { device } = await withVisitWaiting();
		for (const parcels of [[], 'AA', ['not base64url!'], [1], Array(PARCELS_MAX + 1).fill('AA')]) {
			const response = await post(device.token, parcels);
			expect(response.status).toBe(400);
			expect(await problemOf(response)).toBe('/problems/schema');
		}
		const response = await post(device.token, ['AA'], 'text/plain');
		expect(await problemOf(response)).toBe('/problems/wrong-content-type');
		const huge = await post(device.token, ['A'.repeat(3 * 1024 * 1024)]);
		expect(huge.status).toBe(413);
	});
});

describe('the PIN', () => {
	it('opens nothing on a copy of the disk once the lease is over, and the server gives a new one', async () => {
		const { api, network, disk } = await withVisitWaiting();
		await api.lock();
		const copy = openTablet(url, disk);
		const pepper = (await copy.storage.listKeys('pepper/'))[0];
		if (pepper === undefined) throw new Error('no lease');
		await copy.storage.writeKey({ id: pepper.id, value: { untilMs: 1 } });
		copy.network.isPlugged = false;
		await copy.api.start();
		const input = { login: NURSE_A.login, pin: TEST_PIN };
		expect(await copy.api.signIn(input)).toEqual({ type: 'lease-over' });
		expect(network.isPlugged).toBe(false);
		copy.network.isPlugged = true;
		const byPassword = { login: NURSE_A.login, password: TEST_PASSWORD };
		expect(await copy.api.checkPassword(byPassword)).toEqual({ type: 'choose-pin' });
		expect((await copy.api.choosePin(TEST_PIN)).type).toBe('signed-in');
		expect(await copy.api.listOutbox()).toHaveLength(1);
	});
});

describe('a lease', () => {
	const lease = (token: string, actor: string) =>
		fetch(`${server.url}/api/sign-in/lease`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify({ actor })
		});

	it('is renewed for whoever works on the tablet, with the same pepper, and for nobody else', async () => {
		const { api, storage, device } = await withVisitWaiting();
		const person = (await api.start()).signedIn?.person ?? '';
		const kept = (await storage.readKey(`pepper/${person}`))?.value as { pepper: Uint8Array };
		const response = await lease(device.token, person);
		expect(response.status).toBe(200);
		expect(response.headers.get('cache-control')).toBe('no-store');
		expect(leaseAnswerSchema.parse(await response.json())).toEqual({
			pepper: bytesToBase64url(kept.pepper),
			leaseMs: 14 * 24 * 60 * 60_000
		});
		for (const stranger of ['AAAAAAAAAAAAAAAAAAAAAA', device.id]) {
			const refused = await lease(device.token, stranger);
			expect(await problemOf(refused)).toBe('/problems/not-allowed');
		}
		expect((await lease('nobody', person)).status).toBe(401);
	});
});

/** While the server does not run. */
async function withStorageOfStopped<T>(work: Parameters<typeof withStorage<T>>[1]): Promise<T> {
	await server.stop();
	const result = await withStorage(dataDir, work);
	server = await startServer({ dataDir });
	return result;
}
