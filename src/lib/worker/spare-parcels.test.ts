/** The second copy of what waits: written behind each save, used when the database is gone. */
import { describe, expect, it } from 'vitest';
import type { SpareFile } from '#lib/storage/spare-file.ts';
import { openParcel } from '#lib/vault/open-parcel.fixture.ts';
import { bookOf, CHILD, createBrowser, PIN, type Browser } from './device.fixture.ts';
import { readCopy, sendCopy } from './spare-parcels.ts';
import type { SyncEvents } from './sync-port.ts';

const idle = {
	wake: () => undefined,
	syncNow: async () => undefined,
	fetchBook: async () => undefined,
	stop: () => undefined
};

interface MemoryFile extends SpareFile {
	bytes: Uint8Array;
	isBroken: boolean;
}

function memoryFile(bytes = new Uint8Array()): MemoryFile {
	const file: MemoryFile = {
		bytes,
		isBroken: false,
		read: async () => whole().slice(),
		append: async (added) => {
			file.bytes = new Uint8Array([...whole(), ...added]);
		},
		replace: async (all) => {
			whole();
			file.bytes = all.slice();
		}
	};
	function whole(): Uint8Array {
		if (file.isBroken)
			throw new DOMException('held by another window', 'NoModificationAllowedError');
		return file.bytes;
	}
	return file;
}

const numbersIn = ({ bytes }: MemoryFile) => [...readCopy(bytes).parcels.keys()];

async function openSigned(browser: Browser, spareFile: MemoryFile) {
	const taken: SyncEvents[] = [];
	const window = browser.openWindow({
		spareFile,
		startSync: (_context, events) => {
			taken.push(events);
			return idle;
		}
	});
	await window.api.start();
	await window.api.signIn({ login: 'mai.tt', pin: PIN });
	return { ...window, events: () => taken[0] };
}

async function register({ api }: Pick<ReturnType<Browser['openWindow']>, 'api'>, name: string) {
	bookOf(await api.registerPerson({ facts: { ...CHILD, name }, issueTemporaryCode: false }));
}

/** Two entries wait on a tablet without a network, and stand in the file too. */
async function withTwoWaiting(file = memoryFile()) {
	const browser = createBrowser();
	const window = await openSigned(browser, file);
	browser.server.state.isOn = false;
	for (const name of ['Bàn Văn Minh', 'Lù Thị Say']) {
		await register(window, name);
		browser.timers.runAll();
	}
	await expect.poll(() => numbersIn(file)).toEqual([1, 2]);
	return { browser, file, ...window };
}

describe('the second copy', () => {
	it('holds what waits, readable by the server alone, and nothing once it was sent', async () => {
		const { browser, file, api, storage, events } = await withTwoWaiting();
		const parcels = [...readCopy(file.bytes).parcels.values()];
		const opened = await Promise.all(parcels.map(({ sealed }) => openParcel(sealed)));
		const unsent = await browser.readDisk().listOutbox(9);
		expect(opened).toEqual(unsent.map(({ bytes, signature }) => ({ entry: bytes, signature })));
		await storage.applyAcks([1, 2].map((n) => ({ n, outcome: 'accepted', commit: n })));
		await register({ api }, 'Vàng A Páo');
		browser.timers.runAll();
		await expect.poll(() => numbersIn(file)).toEqual([3]);
		await storage.removeParcels([3]);
		events()?.changed({ network: 'reachable' });
		browser.timers.runAll();
		await expect.poll(() => file.bytes.length).toBe(0);
	});

	it('holds up no save while it cannot be written, and catches up', async () => {
		const { browser, file, api, storage } = await withTwoWaiting();
		file.isBroken = true;
		await register({ api }, 'Giàng Thị Mỷ');
		browser.timers.runAll();
		expect(await storage.listParcels(9)).toHaveLength(3);
		file.isBroken = false;
		await register({ api }, 'Giàng Thị Sua');
		browser.timers.runAll();
		await expect.poll(() => numbersIn(file)).toEqual([1, 2, 3, 4]);
	});

	it('goes to the server where the database was lost, without anybody signing in', async () => {
		const { file } = await withTwoWaiting();
		const emptied = createBrowser();
		const { api } = emptied.openWindow({ spareFile: file });
		await api.start();
		await expect.poll(() => emptied.server.state.parcels.length).toBe(2);
		await expect.poll(async () => (await api.start()).waiting).toBe(0);
	});

	it('waits in the database again where there is no network, and a new journal does not touch it', async () => {
		const { file } = await withTwoWaiting();
		const emptied = createBrowser();
		emptied.server.state.isOn = false;
		const { api, storage } = emptied.openWindow({ spareFile: file });
		await api.start();
		await expect.poll(async () => (await api.start()).waiting).toBe(2);
		emptied.server.state.isOn = true;
		await api.signIn({ login: 'mai.tt', pin: PIN });
		await storage.applyAcks([1, 2].map((n) => ({ n, outcome: 'accepted', commit: n })));
		expect(await storage.listParcels(9)).toHaveLength(2);
		expect(numbersIn(file)).toEqual([-2, -1]);
	});

	it('is read as far as it is whole: a device may die while it is written', async () => {
		const { file } = await withTwoWaiting();
		expect([...readCopy(file.bytes.subarray(0, -1)).parcels.keys()]).toEqual([1]);
		expect(readCopy(file.bytes.subarray(0, 2)).parcels.size).toBe(0);
		expect(readCopy(new Uint8Array([0, 0, 0, 2, 0xff, 0xff])).parcels.size).toBe(0);
	});

	it('is sent from the file where no database opens, and keeps what was not taken', async () => {
		const { browser, file } = await withTwoWaiting();
		browser.server.state.isOn = true;
		browser.server.state.answerToParcel = 'later';
		await sendCopy(file, browser.server.port);
		expect(numbersIn(file)).toEqual([1, 2]);
		browser.server.state.answerToParcel = 'taken';
		await sendCopy(file, browser.server.port);
		expect(file.bytes).toHaveLength(0);
	});
});
