/** A citizen's phone against a real server: who gets in, and which books exist for whom. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isEntryOf } from '#lib/domain/book/book-entry.ts';
import { idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { addDays, clinicalDateOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { entryIdOf, readEntry } from '#lib/entry/entry.ts';
import { journeySchema, problemSchema, type Journey } from '#lib/protocol/api.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import {
	CITIZEN_FAMILY_PATH,
	CITIZEN_SIGN_IN_PATH,
	CITIZEN_SIGN_OUT_PATH,
	CITIZEN_SYNC_PATH,
	type Family
} from '#lib/protocol/citizen.ts';
import type { Frame, PushedEntry } from '#lib/protocol/messages.ts';
import { readDemoCitizens } from '../../sync-server/jobs/seed-demo.ts';
import { newDataDir, startServer, withStorage, type RunningServer } from './start-server.ts';
import {
	agreeToReadReceipts,
	askBooks,
	booksIn,
	chooseOnPage,
	createTestBrowser,
	goToProvider,
	locationOf,
	postBooks,
	readFamily,
	signInCitizen,
	type TestBrowser
} from './test-citizen.ts';
import {
	acksOf,
	endOf,
	newBook,
	signedEntry,
	signInDevice,
	type TestDevice
} from './test-device.ts';

const DOCTOR = { login: 'minh', name: 'Bùi Đức Minh', role: 'doctor', facility: '14SB1' } as const;
const DOCTOR_PASSWORD = 'cau-tre-qua-suoi';
/** Few, and among them an elderly man. */
const PEOPLE = 120;
const TODAY = clinicalDateOf(Date.now());
const NOTHING = { n: 0, digest: new Uint8Array(16) };

const dataDir = newDataDir();
let server: RunningServer;
let mother: { name: string; personalNumber: string };
let elder: { name: string };
let doctor: TestDevice;

beforeAll(async () => {
	server = await startServer({ dataDir, people: PEOPLE });
	const citizens = readDemoCitizens(dataDir);
	mother = citizens[0] ?? expect.unreachable();
	elder = citizens[1] ?? expect.unreachable();
	doctor = await signInDevice(server.url, { ...DOCTOR, password: DOCTOR_PASSWORD });
}, 60_000);
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function signedIn(name: string): Promise<TestBrowser> {
	const browser = createTestBrowser(server.url);
	expect(await signInCitizen(browser, name)).toBe('/citizen');
	return browser;
}

function booksSent(frames: Frame[]): BookId[] {
	return entriesSent(frames).map(({ envelope }) => envelope.book);
}

function entriesSent(frames: Frame[]) {
	const rows = frames.flatMap((frame) => (frame.frame === 'page' ? frame.rows : []));
	const bytes = rows.flatMap((row) => ('leave' in row ? [] : row.entries));
	return bytes.map((one) => {
		const read = readEntry(one);
		return read.ok ? read.entry : expect.unreachable();
	});
}

function asked(...books: BookId[]) {
	return { books: books.map((book) => ({ book: idToBytes(book), ...NOTHING })) };
}

function childrenOf(family: Family): BookId[] {
	const children = family.books.filter(({ relation }) => relation !== 'own');
	return children.map(({ book }) => book as BookId);
}

async function write(...entries: PushedEntry[]): Promise<void> {
	const acks = acksOf(await doctor.sync({ push: entries, credit: 0 }));
	expect(acks.map(({ ack }) => ack)).toEqual(entries.map(() => 'accepted'));
}

async function journeyOf(book: BookId): Promise<Journey> {
	const response = await fetch(`${server.url}/api/books/journey`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${doctor.token}` },
		body: JSON.stringify({ actor: doctor.person, book })
	});
	return journeySchema.parse(await response.json());
}

describe('signing in as a citizen', () => {
	it('goes by authorization code with PKCE, state and nonce, and leaves nothing in the address', async () => {
		const browser = createTestBrowser(server.url);
		const address = locationOf(await browser.fetch(CITIZEN_SIGN_IN_PATH));
		expect(address.pathname).toBe('/oidc/auth');
		expect(address.searchParams.get('response_type')).toBe('code');
		expect(address.searchParams.get('code_challenge_method')).toBe('S256');
		expect(address.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
		expect(address.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
		expect(address.searchParams.get('nonce')).toMatch(/^[\w-]{43}$/);
		expect(await signInCitizen(browser, mother.name)).toBe('/citizen');
		expect((await readFamily(browser)).person.name).toBe(mother.name);
	});

	it('keeps who it is in a cookie that no script, no other host and no other site can use', async () => {
		const browser = await signedIn(mother.name);
		const cookie = browser.setCookies.find((one) => one.startsWith('__Host-so-suc-khoe-citizen='));
		expect(cookie).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
		expect(cookie).not.toContain('Domain');
	});

	it('shows a page without scripts that says it is a stand-in', async () => {
		const browser = createTestBrowser(server.url);
		const page = await browser.fetch(await goToProvider(browser));
		expect(page.headers.get('content-security-policy')).toBe(
			"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
		);
		expect(page.headers.get('x-frame-options')).toBe('DENY');
		const html = await page.text();
		expect(html).toContain('thay cho VNeID');
		expect(html).not.toContain('<script');
		expect(html).not.toContain(mother.personalNumber);
	});

	it('lets somebody else in on the phone of one who has signed out, and who did not', async () => {
		const browser = await signedIn(mother.name);
		expect(await signInCitizen(browser, elder.name)).toBe('/citizen');
		expect((await readFamily(browser)).person.name).toBe(elder.name);
	});

	it('leads back to the app from a page of the stand-in that is over', async () => {
		const browser = createTestBrowser(server.url);
		const page = await goToProvider(browser);
		await chooseOnPage(browser, page, mother.name);
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		for (const answer of [
			await createTestBrowser(server.url).fetch(page),
			await createTestBrowser(server.url).fetch(page, { method: 'POST', headers: form, body: '' }),
			await browser.fetch('/oidc/auth/AAAAAAAAAAAAAAAAAAAAA')
		]) {
			const { pathname, search } = locationOf(answer);
			expect(pathname + search).toBe('/citizen?sign-in=not-genuine');
		}
	});

	it('ends without a session when the person says no', async () => {
		const browser = createTestBrowser(server.url);
		const back = await chooseOnPage(browser, await goToProvider(browser), undefined);
		expect(locationOf(await browser.fetch(back)).search).toBe('?sign-in=declined');
		expect((await browser.fetch(CITIZEN_FAMILY_PATH)).status).toBe(401);
	});

	it('is refused with another state, with another browser’s answer, and the second time', async () => {
		const refused = async (browser: TestBrowser, back: URL) => {
			expect(locationOf(await browser.fetch(back)).search).toBe('?sign-in=not-genuine');
			expect((await browser.fetch(CITIZEN_FAMILY_PATH)).status).toBe(401);
		};
		const first = createTestBrowser(server.url);
		const back = await chooseOnPage(first, await goToProvider(first), mother.name);
		const forged = new URL(back);
		forged.searchParams.set('state', 'A'.repeat(43));
		await refused(first, forged);
		await refused(first, back);
		const victim = createTestBrowser(server.url);
		await goToProvider(victim);
		const attacker = createTestBrowser(server.url);
		await refused(victim, await chooseOnPage(attacker, await goToProvider(attacker), elder.name));
		await refused(createTestBrowser(server.url), back);
	});

	it('is not offered under a name that is not this machine’s', async () => {
		const browser = createTestBrowser(server.url);
		const answer = await browser.fetch(CITIZEN_SIGN_IN_PATH, {
			headers: { 'x-forwarded-host': 'evil.example' }
		});
		expect(locationOf(answer).host).toBe(new URL(server.url).host);
	});

	it('outlives a restart of the server, and ends when asked to', async () => {
		const browser = await signedIn(mother.name);
		const port = new URL(server.url).port;
		await server.kill();
		server = await startServer({ dataDir, people: PEOPLE, env: { PORT: port } });
		doctor = await signInDevice(server.url, { ...DOCTOR, password: DOCTOR_PASSWORD });
		expect((await readFamily(browser)).person.name).toBe(mother.name);
		const cookies = new Map(browser.cookies);
		const signOut = (headers: Record<string, string>) =>
			browser.fetch(CITIZEN_SIGN_OUT_PATH, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: '{}'
			});
		expect((await signOut({ origin: 'https://evil.example' })).status).toBe(403);
		expect((await signOut({ origin: server.url })).status).toBe(204);
		for (const [name, value] of cookies) browser.cookies.set(name, value);
		expect((await browser.fetch(CITIZEN_FAMILY_PATH)).status).toBe(401);
		await server.kill();
		server = await startServer({ dataDir, people: PEOPLE, env: { PORT: port } });
		doctor = await signInDevice(server.url, { ...DOCTOR, password: DOCTOR_PASSWORD });
		expect((await browser.fetch(CITIZEN_FAMILY_PATH)).status).toBe(401);
	});
});

describe('the books of a family', () => {
	it('are one’s own and those of one’s children, with their digests', async () => {
		const browser = await signedIn(mother.name);
		const family = await readFamily(browser);
		expect(family.books.map(({ relation }) => relation)).toEqual([
			'own',
			'child-under-16',
			'child-under-16'
		]);
		const frames = await askBooks(browser, asked(...booksIn(family)));
		const sent = booksSent(frames);
		for (const { book, n } of family.books)
			expect(sent.filter((one) => one === book)).toHaveLength(n);
		expect(endOf(frames)).toEqual({ frame: 'end', now: expect.any(Number) as number });
	});

	it('cost 304 and no body while nothing has changed, and the rest when something has', async () => {
		const browser = await signedIn(mother.name);
		const first = await browser.fetch(CITIZEN_FAMILY_PATH);
		const etag = first.headers.get('etag') ?? '';
		const again = await browser.fetch(CITIZEN_FAMILY_PATH, { headers: { 'if-none-match': etag } });
		expect(again.status).toBe(304);
		expect((await again.arrayBuffer()).byteLength).toBe(0);
		const before = await readFamily(browser);
		const held = before.books.map(({ book, n, digest }) => ({
			book: idToBytes(book),
			n,
			digest: base64urlToBytes(digest) ?? expect.unreachable()
		}));
		expect(entriesSent(await askBooks(browser, { books: held }))).toEqual([]);
		const [child] = childrenOf(before);
		await write(await doctor.note(child ?? expect.unreachable(), 'đã khỏe'));
		const changed = await browser.fetch(CITIZEN_FAMILY_PATH, {
			headers: { 'if-none-match': etag }
		});
		expect(changed.status).toBe(200);
		const rest = entriesSent(await askBooks(browser, { books: held }));
		expect(rest.map(({ content }) => content)).toEqual([
			{ kind: 'note', body: { text: 'đã khỏe' } }
		]);
		expect((await readFamily(browser)).names[doctor.person]).toBe(DOCTOR.name);
	});

	it('are all there is: a book of strangers looks like one that does not exist', async () => {
		const browser = await signedIn(elder.name);
		const strangers = booksIn(await readFamily(await signedIn(mother.name)));
		const ofStrangers = await askBooks(browser, asked(...strangers));
		const ofNobody = await askBooks(browser, asked(newBook()));
		expect(ofStrangers.map(({ frame }) => frame)).toEqual(['end']);
		expect(ofNobody.map(({ frame }) => frame)).toEqual(['end']);
	});

	it('are closed to everybody who is not signed in, to tablets too', async () => {
		const nobody = createTestBrowser(server.url);
		const staff = await fetch(server.url + CITIZEN_SYNC_PATH, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${doctor.token}`,
				'content-type': 'application/vnd.so-suc-khoe.sync+cbor'
			}
		});
		for (const response of [
			await nobody.fetch(CITIZEN_FAMILY_PATH),
			await postBooks(nobody, asked(newBook())),
			staff
		]) {
			expect(response.status).toBe(401);
			expect(problemSchema.parse(await response.json()).type).toBe('/problems/signed-out');
		}
	});

	it('are only read: a push is refused, and nothing of it is stored', async () => {
		const browser = await signedIn(mother.name);
		const [book] = booksIn(await readFamily(browser));
		const push = [await doctor.note(book ?? expect.unreachable(), 'không được')];
		for (const request of [{ push }, { token: new Uint8Array(13) }]) {
			const response = await postBooks(browser, { ...asked(newBook()), ...request });
			expect(response.status).toBe(403);
			expect(problemSchema.parse(await response.json()).type).toBe('/problems/not-allowed');
		}
		const sent = entriesSent(await askBooks(browser, asked(book ?? expect.unreachable())));
		expect(JSON.stringify(sent)).not.toContain('không được');
	});

	it('are delivered with a row of the audit for each, and refused with one', async () => {
		const browser = await signedIn(mother.name);
		const family = await readFamily(browser);
		const [book] = booksIn(family);
		const foreign = booksIn(await readFamily(await signedIn(elder.name)))[0];
		await askBooks(browser, asked(book ?? expect.unreachable(), foreign ?? expect.unreachable()));
		const port = new URL(server.url).port;
		await server.stop();
		const rows = await withStorage(dataDir, async (storage) => [
			(await storage.listAudit({ book: book ?? expect.unreachable(), limit: 1 }))[0],
			(await storage.listAudit({ book: foreign ?? expect.unreachable(), limit: 1 }))[0],
			...(await storage.listAudit({ action: 'sign-in', limit: 1 }))
		]);
		const person = family.person.id;
		expect(rows).toMatchObject([
			{
				action: 'deliver',
				person,
				book,
				detail: expect.stringMatching(/^citizen from=0 to=\d+$/) as string
			},
			{ action: 'refuse', person, book: foreign, detail: 'citizen not-of-the-family' },
			{ action: 'sign-in', detail: 'citizen' }
		]);
		expect(JSON.stringify(rows)).not.toContain(mother.personalNumber);
		server = await startServer({ dataDir, people: PEOPLE, env: { PORT: port } });
		doctor = await signInDevice(server.url, { ...DOCTOR, password: DOCTOR_PASSWORD });
	});

	it('are known to the station as seen once a phone has all of them and the family agrees, by their day and no more', async () => {
		const browser = await signedIn(mother.name);
		const [child = expect.unreachable()] = childrenOf(await readFamily(browser));
		await write(await doctor.note(child, 'chưa ai thấy'));
		const unasked = (await browser.fetch(CITIZEN_FAMILY_PATH)).headers.get('etag') ?? '';
		await browser.fetch(CITIZEN_FAMILY_PATH, { headers: { 'if-none-match': unasked } });
		expect((await journeyOf(child)).citizen).toBeUndefined();
		await agreeToReadReceipts(browser, child);
		expect((await journeyOf(child)).citizen?.unread).not.toBe(0);
		const etag = (await browser.fetch(CITIZEN_FAMILY_PATH)).headers.get('etag') ?? '';
		await askBooks(browser, asked(child));
		expect((await journeyOf(child)).citizen?.unread).not.toBe(0);
		const again = await browser.fetch(CITIZEN_FAMILY_PATH, { headers: { 'if-none-match': etag } });
		expect(again.status).toBe(304);
		expect((await journeyOf(child)).citizen).toEqual({ unread: 0, on: TODAY });
		await write(await doctor.note(child, 'lại mới'));
		expect((await journeyOf(child)).citizen).toEqual({ unread: 1, on: TODAY });
	});

	it('keep what the law restricts from the parents once the child is 16', async () => {
		const browser = await signedIn(mother.name);
		const [child = expect.unreachable()] = childrenOf(await readFamily(browser));
		const visit = await signedEntry(doctor.author, doctor.personKey, {
			book: child,
			kind: 'visit',
			class: 'event',
			label: 'restricted',
			body: { reason: 'Khám', diagnoses: [{ code: 'B24', text: 'Bệnh do HIV', main: true }] }
		});
		await write(visit);
		// Labelled wrongly: it says nothing by itself, and names the visit.
		const letter = await signedEntry(doctor.author, doctor.personKey, {
			book: child,
			kind: 'referral',
			class: 'event',
			label: 'general',
			body: {
				to: { name: 'Bệnh viện tỉnh' },
				reason: 'eligible',
				validUntil: addDays(TODAY, 14),
				visit: entryIdOf(visit.entry)
			}
		});
		await write(letter);
		const restricted = [visit, letter].map(({ entry }) => entryIdOf(entry));
		const before = await askBooks(browser, asked(child));
		expect(entriesSent(before).map(({ id }) => id)).toEqual(expect.arrayContaining(restricted));
		const born = entriesSent(before).find((entry) => isEntryOf(entry, 'facts'));
		const sixteen = `${Number(TODAY.slice(0, 4)) - 16}-01-01` as ClinicalTime;
		const changeBirth = async (basis: EntryId, birthDate: ClinicalTime): Promise<EntryId> => {
			const changed = await signedEntry(doctor.author, doctor.personKey, {
				book: child,
				kind: 'facts',
				class: 'fact',
				effect: 'replaces',
				basedOn: [{ id: basis, fact: 'birthDate' }],
				reason: 'ghi nhầm năm',
				body: { birthDate }
			});
			await write(changed);
			return entryIdOf(changed.entry);
		};
		const changed = await changeBirth(born?.id ?? ('' as EntryId), sixteen);
		const family = await readFamily(browser);
		const told = family.books.find(({ book }) => book === child);
		const sent = entriesSent(await askBooks(browser, asked(child)));
		expect(told?.relation).toBe('child-from-16');
		expect(sent.filter(({ id }) => restricted.includes(id))).toEqual([]);
		expect(sent).toHaveLength(told?.n ?? -1);
		expect(told?.digest).toBe(bytesToBase64url(digestToBytes(digestOf(sent.map(({ id }) => id)))));
		// Who is shown a part has not seen the rest: their phone says nothing of this book.
		const etag = (await browser.fetch(CITIZEN_FAMILY_PATH)).headers.get('etag') ?? '';
		await browser.fetch(CITIZEN_FAMILY_PATH, { headers: { 'if-none-match': etag } });
		expect((await journeyOf(child)).citizen?.unread).not.toBe(0);
		const stated = born !== undefined && isEntryOf(born, 'facts') ? born.content.body : undefined;
		await changeBirth(changed, stated?.birthDate ?? expect.unreachable());
	});

	it('lose a child whose link has ended, and one who is 18', async () => {
		const browser = await signedIn(mother.name);
		const [first, second] = childrenOf(await readFamily(browser));
		if (first === undefined || second === undefined) expect.unreachable();
		const linked = entriesSent(await askBooks(browser, asked(first, second)));
		const link = linked.find(
			(entry) => entry.envelope.book === first && isEntryOf(entry, 'guardianLink')
		);
		if (link === undefined || !isEntryOf(link, 'guardianLink')) expect.unreachable();
		await write(
			await signedEntry(doctor.author, doctor.personKey, {
				book: first,
				kind: 'guardianLink',
				class: 'event',
				effect: 'replaces',
				basedOn: [{ id: link.id }],
				reason: 'theo quyết định của tòa',
				body: { ...link.content.body, until: addDays(TODAY, -1) }
			})
		);
		expect(childrenOf(await readFamily(browser))).toEqual([second]);
		expect(booksSent(await askBooks(browser, asked(first)))).toEqual([]);

		const born = linked.find(
			(entry) => entry.envelope.book === second && isEntryOf(entry, 'facts')
		);
		const eighteen = `${Number(TODAY.slice(0, 4)) - 18}-01-01` as ClinicalTime;
		await write(
			await signedEntry(doctor.author, doctor.personKey, {
				book: second,
				kind: 'facts',
				class: 'fact',
				effect: 'replaces',
				basedOn: [{ id: born?.id ?? ('' as EntryId), fact: 'birthDate' }],
				body: { birthDate: eighteen }
			})
		);
		expect(childrenOf(await readFamily(browser))).toEqual([]);
		expect(booksSent(await askBooks(browser, asked(second)))).toEqual([]);
	});
});

describe('the stand-in for VNeID', () => {
	it('is not there in production', async () => {
		const place = newDataDir();
		const production = await startServer({
			dataDir: place,
			env: { NODE_ENV: 'production' }
		});
		for (const path of [CITIZEN_SIGN_IN_PATH, CITIZEN_FAMILY_PATH, '/oidc/auth'])
			expect((await fetch(production.url + path, { redirect: 'manual' })).status).toBe(404);
		expect(production.output()).not.toContain('Citizens who can sign in');
		await production.kill();
		rmSync(place, { recursive: true });
	});
});
