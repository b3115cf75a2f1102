import { beforeEach, describe, expect, it } from 'vitest';
import type { FamilyRelation } from '#lib/domain/access/family.ts';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { Body } from '#lib/domain/book/content.ts';
import {
	bytesToId,
	idToBytes,
	type BookId,
	type EntryId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import type { ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { buildEntry } from '#lib/entry/entry.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { Family, FamilyEmergency } from '#lib/protocol/citizen.ts';
import {
	consentTextHash,
	type ConsentDecisionRequest,
	type ToldConsentDecision
} from '#lib/protocol/consent.ts';
import type { CorrectionAsk } from '#lib/protocol/corrections.ts';
import type { SyncRequest } from '#lib/protocol/messages.ts';
import { decodeRequest, encodeFrame, pageIdsDigest } from '#lib/protocol/wire.ts';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { Exchange } from '#lib/sync/transport.ts';
import type {
	AccessesAnswer,
	ConsentsAnswer,
	CorrectionsAnswer,
	EmergenciesAnswer,
	FamilyAnswer,
	VisitCodeAnswer
} from '#lib/use-cases/family/family-port.ts';
import type { CitizenApi, CitizenState } from './citizen-api.ts';
import { createCitizenApi } from './create-citizen-api.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 2);
const idOf = <Id extends string>(n: number): Id => bytesToId<Id>(new Uint8Array(16).fill(n));
const MOTHER = idOf<BookId>(1);
const CHILD = idOf<BookId>(2);
const PERSON: Family['person'] = {
	id: idOf<PersonId>(9),
	name: 'Lường Thị Vui',
	birthDate: '1988-06-24' as PartialDate
};

interface Held {
	id: EntryId;
	bytes: Uint8Array;
}
let counter = 0;
function facts(book: BookId, body: Body<'facts'>): Held {
	return buildEntry({
		book,
		kind: 'facts',
		body,
		class: 'fact',
		occurred: '2026-11-24' as ClinicalTime,
		recorded: { ms: NOW_MS, counter: counter++ },
		author: { person: idOf<PersonId>(7), role: 'nurse', facility: '14SB1', key: idOf<KeyId>(8) }
	});
}

/** The server as far as a phone sees it. */
class Server {
	books = new Map<BookId, { relation: FamilyRelation; of?: BookId; entries: Held[] }>();
	person = PERSON;
	isUp = true;
	isSignedIn = true;
	/** The line breaks before the last page. */
	cutsAnswers = false;
	asked: (string | undefined)[] = [];
	requests: SyncRequest[] = [];

	family(): Family {
		const books = [...this.books].map(([book, { relation, of, entries }]) => ({
			book,
			relation,
			...(of !== undefined && { of }),
			n: entries.length,
			digest: bytesToBase64url(digestToBytes(digestOf(entries.map(({ id }) => id))))
		}));
		return { person: this.person, books, names: { '14SB1': 'Trạm Y tế Suối Bạc' } };
	}
	async askFamily(etag: string | undefined): Promise<FamilyAnswer> {
		this.asked.push(etag);
		if (!this.isUp) return { type: 'unreachable' };
		if (!this.isSignedIn) return { type: 'signed-out' };
		const now = JSON.stringify(this.family());
		return etag === now
			? { type: 'unchanged' }
			: { type: 'family', family: this.family(), etag: now };
	}
	async askAccesses(): Promise<AccessesAnswer> {
		return { type: 'unreachable' };
	}
	emergencies: FamilyEmergency[] = [];
	emergenciesAsked = 0;
	async askEmergencies(): Promise<EmergenciesAnswer> {
		this.emergenciesAsked += 1;
		return this.isUp
			? { type: 'emergencies', emergencies: this.emergencies }
			: { type: 'unreachable' };
	}
	async askCorrections(): Promise<CorrectionsAnswer> {
		return this.isUp
			? { type: 'corrections', corrections: { requests: [] } }
			: { type: 'unreachable' };
	}
	requested: CorrectionAsk[] = [];
	async requestCorrection(request: CorrectionAsk): Promise<CorrectionsAnswer> {
		if (this.isUp) this.requested.push(request);
		return this.askCorrections();
	}
	async askConsents(): Promise<ConsentsAnswer> {
		if (!this.isUp) return { type: 'unreachable' };
		return { type: 'consents', consents: { voice: 'alone', decisions: this.decisions } };
	}
	decisions: ToldConsentDecision[] = [];
	async decideConsent(request: ConsentDecisionRequest): Promise<ConsentsAnswer> {
		if (!this.isUp) return { type: 'unreachable' };
		if (request.act === 'withdrawn') return { type: 'moved-on' };
		const { purpose, act, text, after } = request;
		const decided = { purpose, act, text, number: after + 1, atMs: nowMs, language: 'vi' } as const;
		const who = { isOwnAct: true, isForOneself: true, hasOther: false };
		const textFrom = READ_RECEIPT.versions[0].from;
		this.decisions = [{ ...decided, ...who, textFrom }, ...this.decisions];
		return this.askConsents();
	}
	async showCode({ childAgrees }: { childAgrees: boolean }): Promise<VisitCodeAnswer> {
		if (!this.isUp) return { type: 'unreachable' };
		if (!childAgrees) return { type: 'not-shown' };
		return { type: 'code', code: 'AAAAAAAAAAAAAAAAAAAAAQ', spoken: 'ABCD2345', untilMs: nowMs };
	}
	async signOut(): Promise<boolean> {
		if (this.isUp) this.isSignedIn = false;
		return this.isUp;
	}
	async exchange(bytes: Uint8Array): Promise<Exchange> {
		if (!this.isUp) return { type: 'unreachable' };
		const decoded = decodeRequest(bytes);
		if (!decoded.ok) throw new Error('a request nobody can read');
		this.requests.push(decoded.value);
		return { type: 'answer', chunks: this.answer(decoded.value) };
	}
	async *answer({ books = [] }: SyncRequest): AsyncGenerator<Uint8Array> {
		for (const asked of books) {
			const book = bytesToId<BookId>(asked.book);
			const all = this.books.get(book)?.entries ?? [];
			const held = digestToBytes(digestOf(all.slice(0, asked.n).map(({ id }) => id)));
			const isBeginning = asked.n <= all.length && Buffer.from(held).equals(asked.digest);
			const rest = all.slice(isBeginning ? asked.n : 0);
			const ids = pageIdsDigest(rest.map(({ id }) => idToBytes(id)));
			const rows = [{ book: asked.book, entries: rest.map((entry) => entry.bytes) }];
			yield encodeFrame({ frame: 'page', rows, ids });
			if (this.cutsAnswers) return;
		}
		yield encodeFrame({ frame: 'end', now: NOW_MS });
	}
}

/** The phone's clock. */
let nowMs = NOW_MS;
let server: Server;
let storage: BookStorage;
let api: CitizenApi;
let states: CitizenState[];
const state = (): CitizenState => states.at(-1) ?? expect.unreachable();
const names = () =>
	state().family?.members.map(({ view }) => view.header.facts.name?.shown.value) ?? [];

function openApi(): CitizenApi {
	return createCitizenApi({
		openStorage: async () => storage,
		wipe: async () => {
			storage = createMemoryStorage();
		},
		port: server,
		transport: (bytes) => server.exchange(bytes),
		clock: { nowMs: () => nowMs }
	});
}
async function start(mustSignOut = false): Promise<void> {
	await api.start({ mustSignOut }, (next) => states.push(next));
	await api.refresh();
}

beforeEach(async () => {
	server = new Server();
	server.books.set(MOTHER, {
		relation: 'own',
		entries: [facts(MOTHER, { name: 'Lường Thị Vui' })]
	});
	server.books.set(CHILD, {
		relation: 'child-under-16',
		entries: [facts(CHILD, { name: 'Hoàng Thành Đạt' }), facts(CHILD, { sex: 'male' })]
	});
	storage = createMemoryStorage();
	nowMs = NOW_MS;
	states = [];
	api = openApi();
	await start();
});

describe('a citizen’s phone', () => {
	it('holds the family’s books once it has asked', () => {
		expect(names()).toEqual(['Lường Thị Vui', 'Hoàng Thành Đạt']);
		expect(state()).toMatchObject({ contact: 'in-step', isAsking: false });
		expect(state().family).toMatchObject({ person: PERSON, missing: 0, knownUntilMs: NOW_MS });
	});

	it('shows another book of a person as one with theirs, and says when it has not come yet', async () => {
		const birth = idOf<BookId>(4);
		const entries = [facts(birth, { phone: '0120000002' })];
		server.books.set(birth, { relation: 'child-under-16', of: CHILD, entries });
		server.cutsAnswers = true;
		server.isUp = true;
		await api.refresh();
		expect(names()).toEqual(['Lường Thị Vui', 'Hoàng Thành Đạt']);
		server.cutsAnswers = false;
		await api.refresh();
		const [, child] = state().family?.members ?? [];
		expect(child?.view.header.facts.phone?.shown.value).toBe('0120000002');
		expect(state().family?.missing).toBe(0);
	});

	it('asks for no book and no body while nothing has changed', async () => {
		await api.refresh();
		expect(server.requests).toHaveLength(1);
		expect(server.asked.at(-1)).toBe(JSON.stringify(server.family()));
		expect(state().contact).toBe('in-step');
	});

	it('lets the server hear once that all of it is here, and not while something is missing', async () => {
		const now = JSON.stringify(server.family());
		expect(server.asked).toEqual([undefined, now]);
		server.books.get(CHILD)?.entries.push(facts(CHILD, { phone: '0120000001' }));
		server.cutsAnswers = true;
		await api.refresh();
		expect(server.asked).not.toContain(JSON.stringify(server.family()));
	});

	it('asks only for the rest of the book that grew', async () => {
		server.books.get(CHILD)?.entries.push(facts(CHILD, { phone: '0120000001' }));
		await api.refresh();
		const asked = server.requests.at(-1)?.books ?? [];
		expect(asked.map(({ book, n }) => [bytesToId(book), n])).toEqual([[CHILD, 2]]);
		const [, child] = state().family?.members ?? [];
		expect(child?.view.header.facts.phone?.shown.value).toBe('0120000001');
	});

	it('tells of a book opened in an emergency until somebody has read it, and of none that is not for them', async () => {
		const one = {
			number: 3,
			book: CHILD,
			atMs: NOW_MS,
			untilMs: NOW_MS + 1,
			reason: 'unconscious',
			facility: 'Bệnh viện Phù Yên'
		};
		server.emergencies = [one, { ...one, number: 2, book: idOf<BookId>(5) }];
		await api.refresh();
		expect(server.emergenciesAsked).toBe(1);
		expect(state().family?.emergencies).toEqual([]);
		nowMs += 10 * 60_000;
		await api.refresh();
		expect(state().family?.emergencies).toEqual([one]);
		await api.markEmergencyRead(3);
		expect(state().family?.emergencies).toEqual([]);
		nowMs += 10 * 60_000;
		await api.refresh();
		expect(server.emergenciesAsked).toBe(3);
		expect(state().family?.emergencies).toEqual([]);
	});

	it('gets a code to show from the server, and none after it has signed out', async () => {
		expect(await api.showVisitCode(CHILD, false)).toEqual({ type: 'not-shown' });
		expect(await api.showVisitCode(CHILD, true)).toMatchObject({ spoken: 'ABCD2345' });
		server.isUp = false;
		expect(await api.showVisitCode(CHILD, true)).toEqual({ type: 'unreachable' });
		await api.signOut();
		server.isUp = true;
		expect(await api.showVisitCode(CHILD, true)).toEqual({ type: 'signed-out' });
	});

	it('agrees to the very text that was shown, says whether it knows that of a decision, and keeps none of it', async () => {
		const [{ from }] = READ_RECEIPT.versions;
		const choice = { book: CHILD, purpose: READ_RECEIPT.id, textFrom: from, after: 0 };
		const yes = { ...choice, act: 'given', language: 'vi', otherAgrees: false } as const;
		const vietnamese = consentTextHash(READ_RECEIPT.id, from, 'vi');
		expect(await api.decideConsent(yes)).toMatchObject({
			consents: { decisions: [{ text: vietnamese, isTextKnown: true }] }
		});
		// The server says of the English text that it was the Vietnamese one.
		expect(await api.decideConsent({ ...yes, language: 'en' })).toMatchObject({
			consents: { decisions: [{ isTextKnown: false }, { isTextKnown: true }] }
		});
		expect(await api.decideConsent({ ...yes, textFrom: '1999-01-01' })).toEqual({
			type: 'moved-on'
		});
		expect(await api.decideConsent({ ...yes, act: 'withdrawn' })).toEqual({ type: 'moved-on' });
		server.isUp = false;
		expect(await api.askConsents(CHILD)).toEqual({ type: 'unreachable' });
		await api.signOut();
		server.isUp = true;
		expect(await api.askConsents(CHILD)).toEqual({ type: 'signed-out' });
		expect(await api.decideConsent(yes)).toEqual({ type: 'signed-out' });
	});

	it('says what is wrong only while somebody is signed in and the server hears it', async () => {
		const request = { book: CHILD, entry: idOf<EntryId>(3), words: 'Sai ngày tiêm' };
		expect((await api.requestCorrection(request)).type).toBe('corrections');
		server.isUp = false;
		expect((await api.requestCorrection(request)).type).toBe('unreachable');
		await api.signOut();
		server.isUp = true;
		expect((await api.requestCorrection(request)).type).toBe('signed-out');
		expect((await api.askCorrections(CHILD)).type).toBe('signed-out');
		expect(server.requested).toEqual([request]);
	});

	it('shows what it has when it is opened without a network, also after a restart', async () => {
		server.isUp = false;
		api = openApi();
		await start();
		expect(names()).toEqual(['Lường Thị Vui', 'Hoàng Thành Đạt']);
		expect(state().contact).toBe('unreachable');
	});

	it('goes on after an answer that was cut, and says meanwhile what is missing', async () => {
		storage = createMemoryStorage();
		server.cutsAnswers = true;
		api = openApi();
		await start();
		expect(names()).toEqual(['Lường Thị Vui']);
		expect(state().family?.missing).toBe(1);
		expect(state().contact).toBe('unreachable');
		server.cutsAnswers = false;
		await api.refresh();
		expect(names()).toEqual(['Lường Thị Vui', 'Hoàng Thành Đạt']);
		// The last of them only says that all of it is here.
		expect(server.asked.at(-2)).toBeUndefined();
	});

	it('does not keep an entry that is not for this person any more, also where the book grew', async () => {
		const child = server.books.get(CHILD) ?? expect.unreachable();
		const [, sex] = child.entries;
		child.entries = child.entries.slice(0, 1);
		await api.refresh();
		expect((await storage.readBook(CHILD))?.entries).toHaveLength(1);
		child.entries.unshift(sex ?? expect.unreachable());
		await api.refresh();
		child.entries = [
			...child.entries.slice(1),
			facts(CHILD, { phone: '0120000001' }),
			facts(CHILD, { phone: '0120000002' })
		];
		await api.refresh();
		const held = (await storage.readBook(CHILD))?.entries.map(({ id }) => id) ?? [];
		expect(new Set(held)).toEqual(new Set(child.entries.map(({ id }) => id)));
		expect(state()).toMatchObject({ contact: 'in-step', family: { missing: 0 } });
	});

	it('asks no second time for what the server cannot give as it says', async () => {
		const told = server.family();
		const [first, ...others] = told.books;
		server.family = () => ({
			...told,
			books: [{ ...(first ?? expect.unreachable()), n: 2 }, ...others]
		});
		const before = server.requests.length;
		await api.refresh();
		expect(server.requests.length - before).toBeLessThanOrEqual(2);
		expect(names()).toEqual(['Lường Thị Vui', 'Hoàng Thành Đạt']);
	});

	it('drops a book that is not the family’s any more, from the disk too', async () => {
		server.books.delete(CHILD);
		await api.refresh();
		expect(names()).toEqual(['Lường Thị Vui']);
		expect(await storage.readBook(CHILD)).toBeUndefined();
	});

	it('drops everything of somebody else who was signed in before', async () => {
		const elder = idOf<BookId>(3);
		server.person = { ...PERSON, id: idOf<PersonId>(10), name: 'Bùi Văn Tình' };
		server.books = new Map([
			[elder, { relation: 'own', entries: [facts(elder, { name: 'Bùi Văn Tình' })] }]
		]);
		await api.refresh();
		expect(names()).toEqual(['Bùi Văn Tình']);
		expect(await storage.readBook(MOTHER)).toBeUndefined();
		expect(await storage.readBook(CHILD)).toBeUndefined();
	});

	it('keeps what it has when the session is over, and says so', async () => {
		server.isSignedIn = false;
		await api.refresh();
		expect(state().contact).toBe('signed-out');
		expect(names()).toHaveLength(2);
	});
});

describe('signing out', () => {
	it('removes everything from the phone and ends the session', async () => {
		expect(await api.signOut()).toBe(true);
		expect(server.isSignedIn).toBe(false);
		expect(state().family).toBeUndefined();
		expect(state().contact).toBe('signed-out');
		expect(await storage.readBook(MOTHER)).toBeUndefined();
		expect(await storage.listKeys('')).toEqual([]);
	});

	it('removes everything without a network too, and takes nothing before the server has heard of it', async () => {
		server.isUp = false;
		expect(await api.signOut()).toBe(false);
		expect(state().family).toBeUndefined();
		api = openApi();
		await start(true);
		expect(state()).toMatchObject({ contact: 'unreachable' });
		server.isUp = true;
		await api.refresh();
		expect(server.isSignedIn).toBe(false);
		expect(state().contact).toBe('signed-out');
		expect(await storage.readBook(MOTHER)).toBeUndefined();
	});

	it('removes everything at the next start where it was cut off before', async () => {
		api = openApi();
		await start(true);
		expect(state().contact).toBe('signed-out');
		expect(state().family).toBeUndefined();
		expect(await storage.listKeys('')).toEqual([]);
	});

	it('is followed by another window that has the same books open', async () => {
		await storage.close();
		storage = createMemoryStorage();
		server.isSignedIn = false;
		await api.refresh();
		expect(state()).toMatchObject({ contact: 'signed-out', hasFailed: false });
		expect(state().family).toBeUndefined();
	});

	it('waits for what is under way, so that nothing comes back', async () => {
		server.books.get(CHILD)?.entries.push(facts(CHILD, { phone: '0120000001' }));
		const refreshing = api.refresh();
		await api.signOut();
		await refreshing;
		expect(await storage.readBook(CHILD)).toBeUndefined();
		expect(state().family).toBeUndefined();
	});
});
