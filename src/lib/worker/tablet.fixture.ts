/** A tablet that takes pages and refusals of a server that is not there. */
import type { BookId } from '#lib/domain/ids.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { BookStorage, StoredEntry } from '#lib/storage/port.ts';
import { createBrowser, PIN, TODAY, type Api, type Browser } from './device.fixture.ts';
import type { SyncEvents } from './sync-port.ts';

export interface Tablet {
	api: Api;
	storage: BookStorage;
	/** As a page of the server: entries of a book that this tablet did not have. */
	take: (book: BookId, entries: StoredEntry[]) => Promise<void>;
	/** The server takes the book out of the feed. */
	leave: (book: BookId) => Promise<void>;
	/** Books that were asked for by themselves. */
	fetched: BookId[];
	refuse: (n: number, code: string) => Promise<void>;
}

export async function openTablet(
	browser: Browser = createBrowser(),
	login: 'mai.tt' | 'hai.nd' | 'hoa.lt' = 'mai.tt'
): Promise<Tablet> {
	let events: SyncEvents | undefined;
	const fetched: BookId[] = [];
	const { api, storage } = browser.openWindow({
		startSync: (_context, given) => {
			events = given;
			const fetchBook = async (book: BookId) => void fetched.push(book);
			return { wake: () => undefined, syncNow: idle, fetchBook, stop: () => undefined };
		}
	});
	const { state } = browser.server;
	// The code brings the device to the facility of whoever signs in.
	state.facility = state.accounts[login]?.facility ?? state.facility;
	await api.start();
	await api.signIn({ login, pin: login === 'hai.nd' ? '246810' : PIN });
	return {
		api,
		storage,
		take: async (book, entries) => {
			const held = await storage.readBook(book);
			const known = new Map([...(held?.entries ?? []), ...entries].map((one) => [one.id, one]));
			const all = [...known.values()].map((entry) => readStoredEntry(book, entry));
			const person = projectSummary(book, all, TODAY);
			const page = { book, entries, summary: encodeSummary(person), count: held?.count ?? 0 };
			await storage.applyPage({ books: [page], leave: [], recent: [] });
			events?.pageApplied([person], []);
			events?.changed({ network: 'reachable' });
			await settle();
		},
		leave: async (book) => {
			await storage.applyPage({ books: [], leave: [book], recent: [] });
			events?.pageApplied([], [book]);
			events?.changed({ network: 'reachable' });
			await settle();
		},
		fetched,
		refuse: async (n, code) => {
			await storage.applyAcks([{ n, outcome: 'refused', code }]);
			events?.changed({ network: 'reachable' });
			await settle();
		}
	};
}

const idle = async () => undefined;
export const settle = () => new Promise((resolve) => setTimeout(resolve, 10));

export async function bring(book: BookId, from: Tablet, to: Tablet): Promise<void> {
	await to.take(book, (await from.storage.readBook(book))?.entries ?? []);
}
