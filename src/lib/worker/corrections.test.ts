/** Amending, voiding and moving an entry, on a tablet without a network. */
import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import { MOVED_IN, movedOutReason } from '#lib/domain/book/reasons.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, readEntry } from '#lib/entry/entry.ts';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import type { BookStorage, StoredBook } from '#lib/storage/port.ts';
import type { SaveOutcome } from './book-api.ts';
import {
	bookOf,
	CHILD,
	createBrowser,
	NOW,
	PIN,
	signedIn,
	syncStateOf,
	watched,
	type Api
} from './device.fixture.ts';

const VISIT: Visit = { reason: 'Sốt hai ngày', measurements: { weight_g: 94_000 } };
const CORRECTED: Visit = { reason: 'Sốt hai ngày', measurements: { weight_g: 9_400 } };
const BCG: Immunization = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L-204' };
const PENICILLIN: Allergy = {
	finding: 'allergy',
	substance: 'Penicillin',
	category: 'drug',
	severity: 'severe'
};
const REASON = 'Ghi thừa một số 0';
const time = (text: string) => text as ClinicalTime;

function idOf(outcome: SaveOutcome): EntryId {
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

function entriesIn(stored: StoredBook | undefined): BookEntry[] {
	return (stored?.entries ?? []).flatMap(({ bytes }) => {
		const read = readEntry(bytes);
		return read.ok ? [read.entry] : [];
	});
}

function labelIn(stored: StoredBook | undefined, id: EntryId) {
	return entriesIn(stored).find((entry) => entry.id === id)?.envelope.label;
}

/** No form makes one yet: as if another place had. */
async function storeRestricted(storage: BookStorage, book: BookId): Promise<EntryId> {
	const stored = await storage.readBook(book);
	const [first] = entriesIn(stored);
	if (first === undefined) throw new Error('an empty book');
	const { id, bytes } = buildEntry({
		book,
		kind: 'note',
		body: { text: 'A' },
		class: 'event',
		label: 'restricted',
		occurred: NOW,
		recorded: { ms: 1, counter: 0 },
		author: first.envelope.author
	});
	const [signature, summary] = [new Uint8Array(64), new Uint8Array()];
	const count = stored?.count ?? 0;
	await storage.save({ book, id, bytes, signature, savedMs: 1, summary, count });
	return id;
}

async function registered(api: Api, facts = CHILD): Promise<BookId> {
	return bookOf(await api.registerPerson({ facts, issueTemporaryCode: false }));
}

async function viewOf(api: Api, book: BookId) {
	const watching = await watched(api, book);
	const opened = await watching.next();
	watching.stop();
	if (opened === undefined) throw new Error('no such book');
	return opened.view;
}

async function linesOf(api: Api, book: BookId): Promise<TimelineItem[]> {
	return (await viewOf(api, book)).timeline.filter(({ kind }) => kind !== 'facts');
}

async function withVisit() {
	const device = await signedIn();
	const { api } = device;
	const book = await registered(api);
	const id = idOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
	return { ...device, book, id };
}

const amendment = (book: BookId, basedOn: EntryId[], body = CORRECTED) => ({
	book,
	basedOn,
	content: { kind: 'visit' as const, body },
	occurred: NOW,
	reason: REASON
});

describe('amending', () => {
	it('shows the new version with its reason and keeps the old one readable', async () => {
		const { api, book, id } = await withVisit();
		const amended = idOf(await api.amendEntry(amendment(book, [id])));
		expect(await linesOf(api, book)).toMatchObject([
			{
				id: amended,
				content: { body: CORRECTED },
				reason: REASON,
				versions: [{ id, content: { body: VISIT } }]
			}
		]);
	});

	it('stands beside a version that arrived while it was typed', async () => {
		const { api, book, id } = await withVisit();
		const first = idOf(await api.amendEntry(amendment(book, [id])));
		const rival = idOf(await api.amendEntry(amendment(book, [id], { reason: 'Sốt ba ngày' })));
		const [line] = await linesOf(api, book);
		expect([line?.id, ...(line?.rivals ?? [])].sort()).toEqual([first, rival].sort());
		expect((await viewOf(api, book)).conflicts).toMatchObject([{ type: 'amended-twice' }]);
		idOf(await api.amendEntry(amendment(book, [first, rival])));
		expect((await viewOf(api, book)).conflicts).toEqual([]);
	});

	it('is for every kind that can be recorded', async () => {
		const { api, book, id: visit } = await withVisit();
		const drugs = [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }];
		const contents = [
			{ kind: 'immunization' as const, body: { ...BCG, lot: 'L-205' } },
			{ kind: 'prescription' as const, body: { drugs, visit } },
			{ kind: 'allergy' as const, body: { ...PENICILLIN, reaction: 'Nổi mề đay' } }
		];
		const ids = [
			idOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW })),
			idOf(await api.recordPrescription({ book, prescription: { drugs }, occurred: NOW })),
			idOf(await api.recordAllergy({ book, allergy: PENICILLIN }))
		];
		for (const [at, content] of contents.entries()) {
			const basedOn = ids.slice(at, at + 1);
			const given = { book, basedOn, content, occurred: NOW, reason: REASON };
			const amended = idOf(await api.amendEntry(given));
			const line = (await linesOf(api, book)).find(({ id }) => id === amended);
			expect(line?.content).toEqual(content);
		}
	});

	it('checks what recording checks, and the reason', async () => {
		const { api, book, id } = await withVisit();
		const given = amendment(book, [id]);
		const refused: [object, string][] = [
			[{ reason: 'ab' }, 'too-short'],
			[{ reason: 'a'.repeat(501) }, 'too_big'],
			[{ occurred: time('2026-11-25') }, 'in-the-future'],
			[{ occurred: time('2025-05-13') }, 'before-birth'],
			[{ occurred: time('2026-10') }, 'date-not-full'],
			[
				{
					content: {
						kind: 'visit',
						body: { ...VISIT, followUp: { date: time('2026-11-01') } }
					}
				},
				'follow-up-before-visit'
			],
			[{ content: { kind: 'visit', body: { reason: '' } } }, 'too_small'],
			[{ content: { kind: 'note', body: { text: 'Ho' } } }, 'other-kind'],
			[{ basedOn: [] }, 'no-such-entry'],
			[{ basedOn: ['AAAAAAAAAAAAAAAAAAAAAA'] }, 'no-such-entry'],
			[{ basedOn: Array.from({ length: 65 }, () => id) }, 'too-many']
		];
		for (const [change, code] of refused)
			expect(await api.amendEntry({ ...given, ...change })).toMatchObject({
				type: 'invalid',
				code
			});
		expect(await linesOf(api, book)).toMatchObject([{ id }]);
	});

	it('keeps what was restricted restricted', async () => {
		const { api, storage, book } = await withVisit();
		const id = await storeRestricted(storage, book);
		const amended = idOf(
			await api.amendEntry({
				...amendment(book, [id]),
				content: { kind: 'note', body: { text: 'B' } }
			})
		);
		expect(labelIn(await storage.readBook(book), amended)).toBe('restricted');
		const voided = idOf(await api.voidEntry({ book, ids: [id, amended], reason: REASON }));
		expect(labelIn(await storage.readBook(book), voided)).toBe('restricted');
	});
});

describe('voiding', () => {
	it('takes away every version the author saw, also what another person wrote', async () => {
		const { api, book, id } = await withVisit();
		const amended = idOf(await api.amendEntry(amendment(book, [id])));
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		const ids = [amended, id];
		idOf(await api.voidEntry({ book, ids, reason: 'Khám cho người khác' }));
		expect(await linesOf(api, book)).toMatchObject([
			{ id: amended, status: 'voided', voided: { reason: 'Khám cho người khác' } }
		]);
		expect((await viewOf(api, book)).measurements).toEqual([]);
		const again = await api.voidEntry({ book, ids, reason: REASON });
		expect(again).toMatchObject({ code: 'already-voided' });
	});

	it('needs a reason, and entries of one event', async () => {
		const { api, book, id } = await withVisit();
		const other = idOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		const given = { book, ids: [id], reason: REASON };
		expect(await api.voidEntry({ ...given, reason: '' })).toMatchObject({ path: 'reason' });
		expect(await api.voidEntry({ ...given, ids: [id, other] })).toMatchObject({
			code: 'not-one-event'
		});
	});

	it('is taken back by the one who voided, and the entry stands as before', async () => {
		const { api, book, id } = await withVisit();
		const voided = idOf(await api.voidEntry({ book, ids: [id], reason: REASON }));
		idOf(await api.undo({ book, id: voided }));
		const [line] = await linesOf(api, book);
		expect(line).toMatchObject({ id, status: 'current' });
		expect(line).not.toHaveProperty('voided');
	});
});

describe('an allergy of another author', () => {
	it('is kept until a doctor removes it with a reason', async () => {
		const { api } = await signedIn();
		const book = await registered(api);
		const id = idOf(await api.recordAllergy({ book, allergy: PENICILLIN }));
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		const removal = { book, ids: [id], reason: 'Hỏi lại, không phải' };
		expect(await api.voidEntry(removal)).toMatchObject({ code: 'doctor-needed' });
		const change = {
			book,
			basedOn: [id],
			content: { kind: 'allergy' as const, body: { ...PENICILLIN, substance: 'Sữa' } },
			occurred: NOW,
			reason: REASON
		};
		expect(await api.amendEntry(change)).toMatchObject({ code: 'doctor-needed' });
		expect((await viewOf(api, book)).header.allergies).toHaveLength(1);
		await api.signIn({ login: 'hai.nd', pin: '246810' });
		idOf(await api.voidEntry(removal));
		expect((await viewOf(api, book)).header.allergies).toEqual([]);
	});

	it('is not kept from the one who wrote it', async () => {
		const { api } = await signedIn();
		const book = await registered(api);
		const id = idOf(await api.recordAllergy({ book, allergy: PENICILLIN }));
		idOf(await api.voidEntry({ book, ids: [id], reason: 'Nghe nhầm' }));
	});
});

describe('moving what was recorded in the wrong book', () => {
	const BROTHER = { ...CHILD, name: 'Bàn Văn Sáng', birthDate: time('2023-02-01') };
	const COUSIN = { ...CHILD, name: 'Bàn Thị Nhàn', birthDate: time('2022-03-01') };
	const WHY = 'Mở nhầm sổ của em';

	async function withWrongDose() {
		const device = await signedIn();
		const { api } = device;
		const [book, to] = [await registered(api), await registered(api, BROTHER)];
		const id = idOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		return { ...device, book, to, id, move: { book, id, versions: [id], to, reason: WHY } };
	}

	it('voids it here and records it there, both saying so, neither naming the other person', async () => {
		const { api, storage, book, to, id, move } = await withWrongDose();
		const moved = await api.moveEntry(move);
		expect(bookOf(moved)).toBe(to);
		expect(await linesOf(api, book)).toMatchObject([
			{ id, status: 'voided', voided: { reason: movedOutReason(WHY) } }
		]);
		expect(await linesOf(api, to)).toMatchObject([
			{
				id: idOf(moved),
				status: 'current',
				occurred: NOW,
				content: { body: BCG },
				reason: MOVED_IN
			}
		]);
		for (const [own, other] of [
			[book, BROTHER],
			[to, CHILD]
		] as const) {
			const told = JSON.stringify(entriesIn(await storage.readBook(own)));
			expect(told).not.toContain(other.name);
			expect(told).not.toContain(own === book ? to : book);
		}
		expect(JSON.stringify(await linesOf(api, to))).not.toContain(WHY);
	});

	it('is found by the lists at once, in both books', async () => {
		const { api, book, to, move } = await withWrongDose();
		await api.moveEntry(move);
		const found = (await api.searchPeople('ban van')).map(({ person }) => person);
		expect(found.find((person) => person.book === book)).not.toHaveProperty('lastSeen');
		expect(found.find((person) => person.book === to)).toMatchObject({ lastSeen: NOW, entries: 2 });
	});

	it('takes along what was prescribed in a moved visit, named by the new visit', async () => {
		const { api, book, id } = await withVisit();
		const to = await registered(api, BROTHER);
		const drugs = [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }];
		const given = { book, prescription: { drugs, visit: id }, occurred: NOW };
		idOf(await api.recordPrescription(given));
		const amended = idOf(await api.amendEntry(amendment(book, [id])));
		const move = { book, id: amended, versions: [amended, id], to, reason: WHY };
		const moved = idOf(await api.moveEntry(move));
		expect((await linesOf(api, book)).map(({ status }) => status)).toEqual(['voided', 'voided']);
		const there = await linesOf(api, to);
		expect(there.find(({ kind }) => kind === 'visit')).toMatchObject({ id: moved });
		expect(there.find(({ kind }) => kind === 'prescription')?.content?.body).toEqual({
			drugs,
			visit: moved
		});
	});

	it('takes along the letter written in a moved visit, and leaves the visit behind when only the letter moves', async () => {
		const { api, book, id } = await withVisit();
		const [to, third] = [await registered(api, BROTHER), await registered(api, COUSIN)];
		const letter = {
			to: { name: 'Bệnh viện tỉnh' },
			reason: 'eligible' as const,
			validUntil: '2026-12-08' as ClinicalDate
		};
		const given = { book, referral: { ...letter, visit: id }, occurred: NOW };
		idOf(await api.recordReferral(given));
		const moved = idOf(await api.moveEntry({ book, id, versions: [id], to, reason: WHY }));
		const there = (await linesOf(api, to)).find(({ kind }) => kind === 'referral');
		expect(there?.content?.body).toEqual({ ...letter, visit: moved });
		if (there === undefined) throw new Error('no letter');
		const again = { book: to, id: there.id, versions: [there.id], to: third, reason: WHY };
		idOf(await api.moveEntry(again));
		expect((await linesOf(api, third))[0]?.content?.body).toEqual(letter);
	});

	it('stays restricted in the other book, and so does the word that takes it away', async () => {
		const { api, storage, book, to } = await withWrongDose();
		const id = await storeRestricted(storage, book);
		const moved = idOf(await api.moveEntry({ book, id, versions: [id], to, reason: WHY }));
		expect(labelIn(await storage.readBook(to), moved)).toBe('restricted');
		const [withdrawn] = entriesIn(await storage.readBook(book)).filter(
			({ envelope }) => envelope.effect === 'voids'
		);
		expect(withdrawn?.envelope.label).toBe('restricted');
	});

	it('makes what is prescribed in a moved restricted visit restricted there', async () => {
		const { api, storage, book, id } = await withVisit();
		const to = await registered(api, BROTHER);
		const drugs = [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }];
		const given = { book, prescription: { drugs, visit: id }, occurred: NOW };
		idOf(await api.recordPrescription(given));
		const diagnoses = [{ text: 'HIV', code: 'B20', main: true }];
		const amended = idOf(await api.amendEntry(amendment(book, [id], { ...VISIT, diagnoses })));
		const versions = [amended, id];
		idOf(await api.moveEntry({ book, id: amended, versions, to, reason: WHY }));
		const there = entriesIn(await storage.readBook(to));
		expect(
			there
				.filter(({ envelope }) => envelope.kind !== 'facts')
				.map(({ envelope }) => envelope.label)
		).toEqual(['restricted', 'restricted']);
	});

	it('leaves the visit behind when only the prescription moves, and does not name it there', async () => {
		const { api, book, id } = await withVisit();
		const to = await registered(api, BROTHER);
		const drugs = [{ drug: 'Oresol', dosage: 'uống dần', quantity: 4, unit: 'gói' }];
		const given = { book, prescription: { drugs, visit: id }, occurred: NOW };
		const written = idOf(await api.recordPrescription(given));
		idOf(await api.moveEntry({ book, id: written, versions: [written], to, reason: WHY }));
		expect((await linesOf(api, to))[0]?.content?.body).toEqual({ drugs });
		expect((await linesOf(api, book)).find((line) => line.id === id)?.status).toBe('current');
	});

	it('is refused where it makes no sense, and nothing is written', async () => {
		const { api, book, id, move } = await withWrongDose();
		const refused: [object, string][] = [
			[{ to: book }, 'same-book'],
			[{ reason: 'x' }, 'too-short'],
			[{ reason: 'a'.repeat(488) }, 'too_big'],
			[{ versions: ['AAAAAAAAAAAAAAAAAAAAAA'] }, 'no-such-entry']
		];
		for (const [change, code] of refused)
			expect(await api.moveEntry({ ...move, ...change })).toMatchObject({ code });
		const nowhere = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;
		expect(await api.moveEntry({ ...move, to: nowhere })).toEqual({ type: 'no-such-book' });
		expect(await linesOf(api, book)).toMatchObject([{ id, status: 'current' }]);
		idOf(await api.moveEntry(move));
		expect(await api.moveEntry(move)).toMatchObject({ code: 'already-voided' });
	});

	it('does not give a dose to somebody who was not yet born', async () => {
		const { api, move } = await withWrongDose();
		const early = { immunization: { ...BCG }, occurred: time('2025-06-01') };
		const id = idOf(await api.giveVaccine({ book: move.book, ...early }));
		const to = await registered(api, { ...BROTHER, birthDate: time('2026-01-01') });
		expect(await api.moveEntry({ ...move, id, versions: [id], to })).toMatchObject({
			code: 'before-birth'
		});
	});

	it.each(['commit', 'answer'] as const)(
		'is in exactly one book after the tablet died at the %s',
		async (at) => {
			let dies = false;
			let isWritten = false;
			const browser = createBrowser();
			const { api, storage } = await signedIn(browser, {
				pause: async (point) => {
					isWritten ||= dies && point === 'commit';
					if (isWritten && point === at) storage.crash();
				}
			});
			const [book, to] = [await registered(api), await registered(api, BROTHER)];
			const id = idOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
			dies = true;
			const outcome = await api.moveEntry({ book, id, versions: [id], to, reason: WHY });
			expect(outcome.type).toBe('not-stored');
			const after = createMemoryStorage({ disk: browser.disk });
			const held = (await after.readBooks([book, to])).map(({ count }) => count);
			expect(held).toEqual(at === 'commit' ? [2, 1] : [3, 2]);
			expect((await after.readTip()).n).toBe(at === 'commit' ? 3 : 5);
			const again = browser.openWindow().api;
			await again.useHere();
			await again.signIn({ login: 'mai.tt', pin: PIN });
			const doses = [await viewOf(again, book), await viewOf(again, to)].map(
				({ vaccinations }) => vaccinations.doses.length
			);
			expect(doses).toEqual(at === 'commit' ? [1, 0] : [0, 1]);
		}
	);

	it('says that nothing was stored when the tablet is full', async () => {
		let isFull = false;
		const { api } = await signedIn(createBrowser(), {
			beforeCommit: () => (isFull ? 'quota' : undefined)
		});
		const [book, to] = [await registered(api), await registered(api, BROTHER)];
		const id = idOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		isFull = true;
		const move = { book, id, versions: [id], to, reason: WHY };
		expect(await api.moveEntry(move)).toEqual({ type: 'not-stored', code: 'quota' });
		expect((await syncStateOf(api)).saving).toBe('failed');
		isFull = false;
		idOf(await api.moveEntry(move));
		expect(await api.listOutbox()).toHaveLength(5);
	});
});
