/** Two tablets in one visit: the real book API of both, and between them rooms as the server keeps them. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { signatureOf } from '#lib/crdt/joint-draft.ts';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { JointView } from './book-api.ts';
import { bookOf, CHILD, createBrowser, NOW, PIN, type Browser } from './device.fixture.ts';
import type { LivePort } from './live-desk.ts';

const MAI = { login: 'mai.tt', pin: PIN, name: 'Trần Thị Mai' };
const LAN = { login: 'lan.nt', pin: '650321', name: 'Nguyễn Thị Lan' };
const typed = (what: Partial<VisitDraft>): VisitDraft => ({ ...emptyVisit(), ...what });

/** Rooms that take nothing more once somebody has signed, behind lines that can be cut. */
function createStation() {
	const rooms = new Map<string, { document: Y.Doc; inside: Set<Y.Doc> }>();
	const HUB = 'hub';

	function join(id: string, document: Y.Doc): () => void {
		const room = rooms.get(id) ?? { document: new Y.Doc(), inside: new Set() };
		rooms.set(id, room);
		room.inside.add(document);
		Y.applyUpdate(document, Y.encodeStateAsUpdate(room.document), HUB);
		const take = (update: Uint8Array, origin: unknown): void => {
			if (origin === HUB || signatureOf(room.document) !== undefined) return;
			Y.applyUpdate(room.document, update, HUB);
			for (const other of room.inside) if (other !== document) Y.applyUpdate(other, update, HUB);
		};
		take(Y.encodeStateAsUpdate(document), undefined);
		document.on('update', take);
		return () => {
			room.inside.delete(document);
			document.off('update', take);
		};
	}

	function openLine() {
		const waiting = new Map<object, () => void>();
		const leaving = new Map<object, () => void>();
		let isCut = false;
		const port: LivePort = {
			openSession: async () => 'opened',
			closeSession: () => undefined,
			listenForHints: () => () => undefined,
			enterBook: () => () => undefined,
			enterDraft: ({ id, document }, { inStep }) => {
				const visit = {};
				const enter = (): void => {
					leaving.set(visit, join(id, document));
					inStep();
				};
				waiting.set(visit, enter);
				if (!isCut) enter();
				return () => {
					leaving.get(visit)?.();
					leaving.delete(visit);
					waiting.delete(visit);
				};
			}
		};
		return {
			port,
			cut: () => {
				isCut = true;
				for (const leave of leaving.values()) leave();
				leaving.clear();
			},
			mend: () => {
				isCut = false;
				for (const enter of waiting.values()) enter();
			}
		};
	}
	return { openLine };
}

/** Lets everything run that was begun. */
async function settle(...browsers: Browser[]): Promise<void> {
	for (let turn = 0; turn < 3; turn++) {
		await new Promise((resolve) => setTimeout(resolve));
		for (const { timers } of browsers) timers.runAll();
	}
	await new Promise((resolve) => setTimeout(resolve));
}

type Line = ReturnType<ReturnType<typeof createStation>['openLine']>;

async function openTablet(staff: typeof MAI, line: Line, browser = createBrowser()) {
	/** What happens while an entry is being stored. */
	let whileStoring = (): void => undefined;
	const { api, storage } = browser.openWindow({
		rooms: line.port,
		faults: {
			beforeCommit: ({ tables }) => {
				if (tables.includes('log')) whileStoring();
				return undefined;
			}
		}
	});
	await api.useHere();
	await api.signIn({ login: staff.login, pin: staff.pin });
	/** A form on the screen, as the page keeps it. */
	async function openForm(book: BookId, join?: string) {
		const kept = await api.openVisitDraft(book, join);
		const form = { typed: emptyVisit(), number: 0, version: 0 };
		const views: JointView[] = [];
		const stop = await api.watchVisitDraft(book, (view) => {
			const isFirst = views.push(view) === 1;
			if (view.heard !== form.number || (view.version === form.version && !isFirst)) return;
			form.version = view.version;
			form.typed = view.typed;
		});
		const say = async (what: Partial<VisitDraft>, version = form.version): Promise<void> => {
			form.typed = { ...form.typed, ...what };
			form.number += 1;
			await api.keepVisitDraft(book, { ...form, version });
		};
		const view = (): JointView => {
			const last = views.at(-1);
			if (last === undefined) throw new Error('a form is told at once');
			return last;
		};
		return { kept, form, say, stop, view };
	}
	const sign = (book: BookId, reason: string) =>
		api.recordVisit({ book, visit: { reason }, occurred: NOW });
	const onStoring = (act: () => void): void => {
		whileStoring = act;
	};
	return { api, storage, browser, openForm, sign, onStoring };
}

/** Two tablets, one book that both hold, and a visit that the first has begun and the second joined. */
async function together() {
	const station = createStation();
	const [mai, lan] = [station.openLine(), station.openLine()];
	const one = await openTablet(MAI, mai);
	const two = await openTablet(LAN, lan);
	const book = bookOf(await one.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	const { entries = [] } = (await one.storage.readBook(book)) ?? {};
	const page = { book, entries, summary: new Uint8Array(1), count: 0 };
	await two.storage.applyPage({ books: [page], leave: [], recent: [] });
	const first = await one.openForm(book);
	await first.say({ reason: 'Ho' });
	await settle(one.browser, two.browser);
	const second = await two.openForm(book, first.view().id);
	await settle(one.browser, two.browser);
	const all = (): Promise<void> => settle(one.browser, two.browser);
	return { one, two, book, first, second, lines: { mai, lan }, all };
}

describe('a visit written on two tablets', () => {
	it('has on both what each wrote, and each keeps all of it', async () => {
		const { one, two, book, first, second, all } = await together();
		expect(second.form.typed.reason).toBe('Ho');
		await first.say({ findings: 'Họng đỏ.' });
		await second.say({ advice: 'Uống nhiều nước' });
		await all();
		const both = typed({ reason: 'Ho', findings: 'Họng đỏ.', advice: 'Uống nhiều nước' });
		expect([first.form.typed, second.form.typed]).toEqual([both, both]);
		for (const { api } of [one, two]) {
			await api.lock();
			expect(await api.listVisitDrafts()).toEqual([]);
		}
		await two.api.signIn(LAN);
		expect(await two.api.openVisitDraft(book)).toMatchObject({ type: 'kept', typed: both });
	});

	it('puts letters where they were meant that were typed before the words of the other were seen', async () => {
		const { first, second, all } = await together();
		await second.say({ findings: 'Phổi trong.' });
		await second.say({ reason: 'Ho, sốt' });
		const seen = first.form.version;
		await all();
		expect(first.form.typed.findings).toBe('Phổi trong.');
		// What the page of the first had said just before that reached it.
		first.form.typed = typed({ reason: 'Ho' });
		await first.say({ findings: 'Tỉnh.', reason: 'Ho khan' }, seen);
		await all();
		expect(first.form.typed.reason).toContain('khan');
		expect(first.form.typed.reason).toContain('sốt');
		expect(first.form.typed.findings).toContain('Tỉnh.');
		expect(first.form.typed.findings).toContain('Phổi trong.');
		expect(second.form.typed).toEqual(first.form.typed);
	});

	it('is put together again when a tablet was cut off, also after the app was started anew', async () => {
		const { two, book, first, second, lines, all } = await together();
		lines.lan.cut();
		await second.say({ findings: 'Phổi trong.' });
		await first.say({ reason: 'Ho ba ngày' });
		await all();
		expect(second.form.typed.reason).toBe('Ho');
		const again = await openTablet(LAN, lines.lan, two.browser);
		const reopened = await again.openForm(book);
		expect(reopened.form.typed).toEqual(typed({ reason: 'Ho', findings: 'Phổi trong.' }));
		lines.lan.mend();
		await all();
		const both = typed({ reason: 'Ho ba ngày', findings: 'Phổi trong.' });
		expect([first.form.typed, reopened.form.typed]).toEqual([both, both]);
	});

	it('takes in what somebody had begun alone before joining', async () => {
		const { two, book, first, second, all } = await together();
		second.stop();
		await two.api.discardVisitDraft(book);
		const alone = await two.openForm(book);
		await alone.say({ reason: 'Sốt', measurements: { weight_g: '9,1' } });
		await all();
		const joined = await two.openForm(book, first.view().id);
		await all();
		expect(joined.form.typed.reason).toContain('Sốt');
		expect(joined.form.typed.reason).toContain('Ho');
		expect(first.form.typed).toEqual(joined.form.typed);
		expect(first.form.typed.measurements).toEqual({ weight_g: '9,1' });
	});
});

describe('the signature under a visit of two', () => {
	it('ends it for both: who signed is shown, and no draft is left', async () => {
		const { one, two, book, second, all } = await together();
		bookOf(await one.sign(book, 'Ho'));
		await all();
		expect(second.view()).toMatchObject({ signature: { name: MAI.name }, hasMore: false });
		for (const { api } of [one, two]) expect(await api.listVisitDrafts()).toEqual([]);
		await second.say({ reason: 'muộn' });
		await all();
		expect(await two.api.listVisitDrafts()).toEqual([]);
	});

	it('leaves to whoever was away the words that were not signed, as a draft of their own', async () => {
		const { one, two, book, first, second, lines, all } = await together();
		lines.lan.cut();
		await second.say({ findings: 'Chưa ai đọc' });
		bookOf(await one.sign(book, 'Ho'));
		await all();
		lines.lan.mend();
		await all();
		expect(second.view()).toMatchObject({ signature: { name: MAI.name }, hasMore: true });
		const own = await two.openForm(book);
		expect(own.form.typed.findings).toBe('Chưa ai đọc');
		expect(own.view().id).not.toBe(first.view().id);
		expect(own.view().signature).toBeUndefined();
	});

	it('made without a network is told by a later start of the app', async () => {
		const { one, book, second, lines, all } = await together();
		lines.mai.cut();
		bookOf(await one.sign(book, 'Ho'));
		await all();
		expect(second.view().signature).toBeUndefined();
		lines.mai.mend();
		const later = await openTablet(MAI, lines.mai, one.browser);
		await all();
		expect(second.view()).toMatchObject({ signature: { name: MAI.name } });
		await all();
		const person = (await later.api.start()).signedIn?.person;
		if (person === undefined) throw new Error('nobody is signed in');
		expect(await one.storage.listDrafts(person)).toEqual([]);
	});

	it('is told although the tablet was locked while it was stored, when its author is back', async () => {
		const { one, book, second, all } = await together();
		let locking: Promise<void> | undefined;
		one.onStoring(() => {
			locking ??= one.api.lock();
		});
		bookOf(await one.sign(book, 'Ho'));
		await locking;
		await one.api.signIn(LAN);
		await all();
		expect(second.view().signature).toBeUndefined();
		await one.api.lock();
		await one.api.signIn(MAI);
		await all();
		expect(second.view()).toMatchObject({ signature: { name: MAI.name } });
	});

	it('leaves nothing behind on a tablet whose draft no room has ever had', async () => {
		const line = createStation().openLine();
		line.cut();
		const { api, storage, browser, openForm, sign } = await openTablet(MAI, line);
		const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		const form = await openForm(book);
		await form.say({ reason: 'Ho' });
		await settle(browser);
		const person = (await api.start()).signedIn?.person;
		if (person === undefined) throw new Error('nobody is signed in');
		expect(await storage.listDrafts(person)).toHaveLength(1);
		bookOf(await sign(book, 'Ho'));
		expect(await storage.listDrafts(person)).toEqual([]);
	});

	it('of both while apart is told to the second who comes back, and stays told until it was looked at', async () => {
		const { one, two, book, lines, all } = await together();
		lines.lan.cut();
		bookOf(await one.sign(book, 'Ho'));
		bookOf(await two.sign(book, 'Ho, sốt'));
		await all();
		expect(await two.api.listVisitDrafts()).toEqual([]);
		lines.lan.mend();
		await all();
		const lines2 = await two.api.listVisitDrafts();
		expect(lines2).toMatchObject([{ book, alsoSignedBy: MAI.name }]);
		expect(await one.api.listVisitDrafts()).toEqual([]);
		await two.api.discardVisitDraft(book, lines2[0]?.form);
		expect(await two.api.listVisitDrafts()).toEqual([]);
	});
});
