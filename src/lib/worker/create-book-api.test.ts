import { describe, expect, it } from 'vitest';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { seenHeads } from '#lib/domain/projections/seen-heads.ts';
import type { SyncEvents } from './sync-port.ts';
import {
	bookOf,
	CHILD,
	createBrowser,
	ENROLMENT_CODE,
	NOW,
	passwordOf,
	PIN,
	signedIn,
	signInFirst,
	STATION,
	syncStateOf,
	TODAY,
	watched,
	type Api
} from './device.fixture.ts';

const BCG: Immunization = {
	product: { code: 'VN-BCG', name: 'BCG' },
	antigens: ['BCG'],
	lot: 'L-204',
	site: 'left-arm',
	route: 'intradermal'
};
const VISIT: Visit = {
	reason: 'Sốt hai ngày',
	measurements: { temperature_dC: 385, weight_g: 9_400 },
	followUp: { date: TODAY }
};
const DAY_MS = 24 * 60 * 60 * 1000;
const time = (text: string): ClinicalTime => text as ClinicalTime;
const registerChild = (api: Api, facts = CHILD) =>
	api.registerPerson({ facts, issueTemporaryCode: true });

describe('signing in', () => {
	it('needs the server the first time and never again', async () => {
		const browser = createBrowser();
		browser.server.state.isOn = false;
		const first = browser.openWindow().api;
		await first.start();
		expect(await first.signIn({ login: 'mai.tt', pin: PIN })).toEqual({ type: 'network-needed' });
		browser.server.state.isOn = true;
		expect((await first.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('signed-in');
		browser.server.state.isOn = false;
		await first.lock();
		expect((await first.signIn({ login: 'Mai.TT ', pin: PIN })).type).toBe('signed-in');
	});

	it('tells the start screen the station, the tablet and who works here', async () => {
		const { api } = await signedIn();
		const state = await api.start();
		expect(state.facility).toEqual(STATION);
		expect(state.deviceNumber).toBe(2);
		expect(state.signedIn).toMatchObject({ name: 'Trần Thị Mai', login: 'mai.tt', waiting: 0 });
	});

	it('keeps the PIN to itself: the server hears the password, and another key each time', async () => {
		const { api, browser } = await signedIn();
		await api.lock();
		await signInFirst(api, { login: 'mai.tt', pin: PIN });
		const [first, second] = browser.server.seen;
		expect(JSON.stringify([first, second])).toContain(passwordOf({ pin: PIN }));
		expect(first).not.toHaveProperty('pin');
		expect(second?.personKey).not.toBe(first?.personKey);
		expect(second?.deviceKey).toBe(first?.deviceKey);
	});

	it('makes a new PIN for whoever forgot theirs, by the password; the old one opens nothing then', async () => {
		const { api } = await signedIn();
		await api.lock();
		const mai = { login: 'mai.tt', password: passwordOf({ pin: PIN }) };
		expect(await api.checkPassword(mai)).toEqual({ type: 'choose-pin' });
		expect((await api.choosePin('771377')).type).toBe('signed-in');
		await api.lock();
		expect((await api.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('wrong-pin');
		expect((await api.signIn({ login: 'mai.tt', pin: '771377' })).type).toBe('signed-in');
	});

	it('takes no PIN that everybody tries first, and asks again without the password', async () => {
		const { api } = createBrowser().openWindow();
		await api.start();
		await api.enrol(ENROLMENT_CODE);
		await api.checkPassword({ login: 'mai.tt', password: passwordOf({ pin: PIN }) });
		for (const easy of ['000000', '123456', '121212', '198585', '12345'])
			expect(await api.choosePin(easy)).toEqual({ type: 'easy-pin' });
		expect((await api.choosePin(PIN)).type).toBe('signed-in');
	});

	it('asks for the password again where somebody locked, or went away, before the PIN', async () => {
		const browser = createBrowser();
		const { api } = browser.openWindow();
		await api.start();
		expect(await api.choosePin(PIN)).toEqual({ type: 'password-again' });
		await api.enrol(ENROLMENT_CODE);
		const mai = { login: 'mai.tt', password: passwordOf({ pin: PIN }) };
		await api.checkPassword(mai);
		await api.lock();
		expect(await api.choosePin(PIN)).toEqual({ type: 'password-again' });
		await api.checkPassword(mai);
		browser.clock.ms += 6 * 60_000;
		expect(await api.choosePin(PIN)).toEqual({ type: 'password-again' });
		expect((await api.start()).staff).toEqual([]);
	});

	it('asks for a code first on a tablet that belongs nowhere, and says what is wrong with one', async () => {
		const browser = createBrowser();
		const { api } = browser.openWindow();
		expect((await api.start()).facility).toBeUndefined();
		const mai = { login: 'mai.tt', password: passwordOf({ pin: PIN }) };
		expect(await api.checkPassword(mai)).toEqual({ type: 'not-enrolled' });
		expect(browser.server.seen).toEqual([]);
		expect(await api.enrol('ABC')).toEqual({ type: 'no-code' });
		expect(await api.enrol('0000-0000')).toEqual({ type: 'unknown-code' });
		expect(await api.enrol(ENROLMENT_CODE.toLowerCase())).toEqual({ type: 'enrolled' });
		expect(await api.start()).toMatchObject({ facility: STATION, deviceNumber: 2, staff: [] });
		expect(await api.checkPassword({ ...mai, password: 'khác' })).toEqual({
			type: 'wrong-password'
		});
	});

	it('does not come to another station while it keeps books of one', async () => {
		const { api, browser } = await signedIn();
		browser.server.state.facility = { ...STATION, code: '14022' };
		expect(await api.enrol(ENROLMENT_CODE)).toEqual({ type: 'other-facility' });
		expect((await api.start()).facility).toEqual(STATION);
	});

	it('lets the known PIN in where the server no longer takes the tablet, and the password mends that', async () => {
		const { api, browser } = await refusedAtServer();
		expect((await api.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('signed-in');
		await api.lock();
		const asked = browser.server.seen.length;
		expect((await signInFirst(api, { login: 'mai.tt', pin: PIN })).type).toBe('signed-in');
		expect(browser.server.seen).toHaveLength(asked + 1);
	});

	it('lets the successor in to whom a login was handed, and the predecessor no more', async () => {
		const { api, browser } = await signedIn();
		await api.lock();
		const account = browser.server.accounts['mai.tt'];
		const successor = { person: 'AAAAAAAAAAAAAAAAAAAABA', name: 'Lù Thị Say', pin: '771377' };
		if (account !== undefined) Object.assign(account, successor);
		const say = { login: 'mai.tt', pin: '771377' };
		expect((await signInFirst(api, say)).type).toBe('signed-in');
		await api.lock();
		browser.server.state.isOn = false;
		expect((await api.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('wrong-pin');
		expect((await api.signIn(say)).type).toBe('signed-in');
		expect((await api.start()).staff.map(({ name }) => name)).toEqual(['Lù Thị Say']);
	});

	it('refuses a practitioner of another facility and keeps nothing of them', async () => {
		const { api } = await signedIn();
		await api.lock();
		expect(await api.signIn({ login: 'hoa.lt', pin: PIN })).toEqual({ type: 'other-facility' });
		const state = await api.start();
		expect(state.facility?.code).toBe(STATION.code);
		expect(state.staff.map(({ login }) => login)).toEqual(['mai.tt']);
	});

	it('counts wrong PINs typed at the same moment one by one', async () => {
		const { api } = await signedIn();
		await api.lock();
		const tries = Array.from({ length: 5 }, () => api.signIn({ login: 'mai.tt', pin: '000000' }));
		expect((await Promise.all(tries)).at(-1)).toEqual({ type: 'wait', seconds: 30 });
	});

	it('shows nothing of any book while nobody is signed in', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const { next, all } = await watched(api, book);
		expect(await next()).toBeDefined();
		await api.lock();
		expect(await next()).toBeUndefined();
		expect(all.at(-1)).toBeUndefined();
		expect(await api.searchPeople('minh')).toEqual([]);
		expect(await api.listOutbox()).toEqual([]);
		expect(await registerChild(api)).toEqual({ type: 'not-signed-in' });
	});
});

/** A locked tablet that the server no longer takes. */
async function refusedAtServer() {
	const browser = createBrowser();
	const taken: SyncEvents[] = [];
	const api = createWindowWithSync(browser, (events) => taken.push(events));
	await api.start();
	await api.signIn({ login: 'mai.tt', pin: PIN });
	await api.lock();
	const [events] = taken;
	if (events === undefined) throw new Error('no sync');
	events.changed({ network: 'refused-sign-in' });
	return { api, browser, events };
}

describe('a PIN that is being checked', () => {
	it('opens nothing when somebody locks meanwhile', async () => {
		const { api } = await signedIn();
		await api.lock();
		const signingIn = api.signIn({ login: 'mai.tt', pin: PIN });
		await api.lock();
		expect((await signingIn).type).toBe('locked');
		expect((await api.start()).signedIn).toBeUndefined();
		expect(await registerChild(api)).toEqual({ type: 'not-signed-in' });
	});

	it('opens nothing when another window takes the book meanwhile, nor when it is taken back', async () => {
		const { api, browser } = await signedIn();
		await api.lock();
		const second = browser.openWindow().api;
		await second.start();
		const signingIn = api.signIn({ login: 'mai.tt', pin: PIN });
		await new Promise((resolve) => setImmediate(resolve));
		await second.useHere();
		expect((await signingIn).type).toBe('locked');
		expect((await api.start()).signedIn).toBeUndefined();
		expect((await api.useHere()).signedIn).toBeUndefined();
	});
});

describe('a book being read while somebody locks', () => {
	it('does not leave the worker any more', async () => {
		const held = Promise.withResolvers<undefined>();
		let isHeld = false;
		const { api } = await signedIn(createBrowser(), {
			pause: async () => {
				if (isHeld) await held.promise;
			}
		});
		const book = bookOf(await registerChild(api));
		isHeld = true;
		const { next, all } = await watched(api, book);
		const locking = api.lock();
		isHeld = false;
		held.resolve(undefined);
		await locking;
		await next();
		expect(all.filter((opened) => opened !== undefined)).toEqual([]);
	});
});

function createWindowWithSync(
	browser: ReturnType<typeof createBrowser>,
	take: (events: SyncEvents) => void
): Api {
	return browser.openWindow({
		startSync: (_context, events) => {
			take(events);
			return noSync;
		}
	}).api;
}

const noSync = {
	wake: () => undefined,
	syncNow: async () => undefined,
	fetchBook: async () => undefined,
	stop: () => undefined
};

describe('a morning without signal', () => {
	it('registers, vaccinates and records a visit, and every screen knows at once', async () => {
		const { api, browser } = await signedIn();
		browser.server.state.isOn = false;
		const book = bookOf(await registerChild(api));
		const watching = await watched(api, book);
		await watching.next();
		bookOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		const afterDose = await watching.next();
		expect(afterDose?.view.vaccinations.doses[0]).toMatchObject({
			productName: 'BCG',
			lot: 'L-204'
		});
		bookOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		const afterVisit = await watching.next();
		expect(afterVisit?.view.timeline.map(({ kind }) => kind)).toContain('visit');
		expect(Object.values(afterVisit?.notSent ?? {})).toEqual(['waiting', 'waiting', 'waiting']);

		expect((await api.searchPeople('ban minh')).map(({ person }) => person.book)).toEqual([book]);
		const due = await api.listFollowUps({ until: TODAY }, 50);
		expect(due.map(({ person }) => person.book)).toEqual([book]);
		expect((await api.listRecentlySeen(5)).map(({ person }) => person.book)).toEqual([book]);
		const lines = await api.listOutbox();
		expect(lines.map(({ kind }) => kind)).toEqual(['facts', 'immunization', 'visit']);
		expect(lines[0]).toMatchObject({ personName: 'Bàn Văn Minh', state: 'waiting' });
		expect((await api.start()).signedIn?.waiting).toBe(3);
	});

	it('saves what is recorded at the same moment in one book, one after the other', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const visits = Array.from({ length: 8 }, (_, at) =>
			api.recordVisit({ book, visit: { ...VISIT, reason: `Lượt ${at}` }, occurred: NOW })
		);
		(await Promise.all(visits)).forEach(bookOf);
		const [hit] = await api.searchPeople('minh');
		expect(hit?.person.entries).toBe(9);
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.timeline).toHaveLength(9);
	});

	it('restricts what the law restricts: a visit by its diagnosis, its prescription, its undoing', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const visit = { ...VISIT, diagnoses: [{ code: 'B24', text: 'x', main: true }] };
		const ofVisit = await api.recordVisit({ book, visit, occurred: NOW });
		if (ofVisit.type !== 'saved') throw new Error(ofVisit.type);
		const drugs = [{ drug: 'TLD', dosage: '1 viên', quantity: 30, unit: 'viên' }];
		const prescription = { drugs, visit: ofVisit.id };
		bookOf(await api.recordPrescription({ book, prescription, occurred: NOW }));
		bookOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		const undone = await api.undo({ book, id: ofVisit.id });
		expect(undone.type).toBe('saved');
		const opened = await (await watched(api, book)).next();
		const labels = opened?.view.timeline.map(({ kind, label }) => `${kind} ${label}`).toSorted();
		expect(labels).toEqual([
			'facts general',
			'prescription restricted',
			'visit general',
			'visit restricted'
		]);
	});

	it('records a letter of referral, restricted with its visit, and none that is valid at no time', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const visit = { ...VISIT, diagnoses: [{ code: 'B24', text: 'x', main: true }] };
		const ofVisit = await api.recordVisit({ book, visit, occurred: NOW });
		if (ofVisit.type !== 'saved') throw new Error(ofVisit.type);
		const letter = (validUntil: string) =>
			api.recordReferral({
				book,
				referral: {
					to: { name: 'Bệnh viện tỉnh' },
					reason: 'beyond-capacity',
					validUntil: validUntil as ClinicalDate,
					visit: ofVisit.id
				},
				occurred: NOW
			});
		for (const never of ['2026-11-23', '2027-11-26', '2026-02-30'])
			expect(await letter(never)).toMatchObject({ type: 'invalid' });
		bookOf(await letter('2026-12-08'));
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.timeline.find(({ kind }) => kind === 'referral')).toMatchObject({
			label: 'restricted',
			status: 'current'
		});
	});

	it('names the communes and people of a book by date', async () => {
		const { api } = await signedIn();
		const address = { commune: '00004' };
		const book = bookOf(await registerChild(api, { ...CHILD, address }));
		const opened = await (await watched(api, book)).next();
		expect(Object.values(opened?.personNames ?? {})).toEqual(['Trần Thị Mai']);
		expect(opened?.communeNames['00004']).toMatchObject([{ from: '2025-07-01' }]);
	});

	it('keeps everything over a restart', async () => {
		const { api, browser } = await signedIn();
		const book = bookOf(await registerChild(api));
		bookOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		const again = browser.openWindow().api;
		await again.useHere();
		await again.signIn({ login: 'mai.tt', pin: PIN });
		expect((await again.searchPeople('minh')).map(({ person }) => person.book)).toEqual([book]);
		expect((await (await watched(again, book)).next())?.view.vaccinations.doses).toHaveLength(1);
		expect(await syncStateOf(again)).toMatchObject({ waiting: 2, written: 2, books: 1 });
	});

	it('gives temporary codes that are never the same, also after the clock went back', async () => {
		const { api, browser } = await signedIn();
		const codes: (string | undefined)[] = [];
		for (let i = 0; i < 2; i++) {
			const book = bookOf(await registerChild(api));
			const opened = await (await watched(api, book)).next();
			codes.push(opened?.view.header.facts['identifier.temporary']?.shown.value.value);
		}
		expect(codes).toEqual(['T-SB2-261124-01', 'T-SB2-261124-02']);
		browser.clock.ms -= DAY_MS;
		bookOf(await registerChild(api));
		browser.clock.ms += DAY_MS;
		const book = bookOf(await registerChild(api));
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.header.facts['identifier.temporary']?.shown.value.value).toBe(
			'T-SB2-261124-03'
		);
	});

	it('gives two people registered at the same moment two temporary codes', async () => {
		const { api } = await signedIn();
		const twins = ['Bàn Văn Một', 'Bàn Văn Hai'].map((name) =>
			registerChild(api, { ...CHILD, name })
		);
		const codes = [];
		for (const outcome of await Promise.all(twins)) {
			const opened = await (await watched(api, bookOf(outcome))).next();
			codes.push(opened?.view.header.facts['identifier.temporary']?.shown.value.value);
		}
		expect(codes.sort()).toEqual(['T-SB2-261124-01', 'T-SB2-261124-02']);
	});

	it('gives no temporary code to somebody who has a number', async () => {
		const { api } = await signedIn();
		const identifier = { value: '001085012345', source: 'card' } as const;
		const book = bookOf(await registerChild(api, { ...CHILD, 'identifier.personal': identifier }));
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.header.facts['identifier.temporary']).toBeUndefined();
	});

	it('registers a newborn with mother, weight and birth doses, each an entry', async () => {
		const { api } = await signedIn();
		const book = bookOf(
			await api.registerPerson({
				facts: { name: 'Con chị Bàn Thị Mảy', birthDate: NOW, sex: 'female' },
				guardian: { name: 'Bàn Thị Mảy', relation: 'mother' },
				measurements: { weight_g: 3_100, height_mm: 490 },
				doses: [{ immunization: BCG, occurred: NOW }],
				issueTemporaryCode: true
			})
		);
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.header.guardians[0]?.link.name).toBe('Bàn Thị Mảy');
		expect(opened?.view.measurements).toHaveLength(2);
		expect(opened?.view.vaccinations.doses).toHaveLength(1);
		const [hit] = await api.searchPeople('bàn thị mảy');
		expect(hit?.person).toMatchObject({
			guardians: [{ name: 'Bàn Thị Mảy', relation: 'mother' }],
			entries: 4
		});
	});

	it('registers to the end when the screen is locked on the way: one book, whole', async () => {
		let isLockDue = false;
		const { api, browser } = await signedIn(createBrowser(), {
			pause: async (point) => {
				if (point !== 'commit' || !isLockDue) return;
				isLockDue = false;
				void api.lock();
			}
		});
		isLockDue = true;
		const outcome = await api.registerPerson({
			facts: CHILD,
			guardian: { name: 'Bàn Thị Mảy', relation: 'mother' },
			doses: [{ immunization: BCG, occurred: NOW }],
			issueTemporaryCode: false
		});
		expect((await api.start()).signedIn).toBeUndefined();
		expect((await browser.readDisk().readBook(bookOf(outcome)))?.count).toBe(3);
	});

	it('finds who the person being registered may be', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const alike = await api.findLookAlikes({ ...CHILD, name: 'Ban Van Minh' });
		expect(alike.map(({ person }) => person.book)).toEqual([book]);
	});
});

describe('facts', () => {
	it('replace what the book held, which stays readable', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const before = await (await watched(api, book)).next();
		const seen = seenHeads(before?.view.header.facts ?? {});
		await api.recordFacts({ book, facts: { name: 'Bàn Văn Minh Quân' }, seen });
		const name = (await (await watched(api, book)).next())?.view.header.facts.name;
		expect(name?.heads.map(({ value }) => value)).toEqual(['Bàn Văn Minh Quân']);
		expect(name?.past.map(({ value }) => value)).toEqual(['Bàn Văn Minh']);
	});
});

describe('undo', () => {
	it('takes back what was just recorded', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const dose = await api.giveVaccine({ book, immunization: BCG, occurred: NOW });
		if (dose.type !== 'saved') throw new Error(dose.type);
		bookOf(await api.undo({ book, id: dose.id }));
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.vaccinations.doses).toEqual([]);
		expect(await api.undo({ book, id: dose.id })).toMatchObject({ code: 'already-undone' });
	});

	it('does not take back what another person recorded', async () => {
		const { api } = await signedIn();
		const saved = await registerChild(api);
		if (saved.type !== 'saved') throw new Error(saved.type);
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		expect(await api.undo(saved)).toMatchObject({ code: 'written-by-another' });
		expect(await api.undo({ ...saved, id: 'AAAAAAAAAAAAAAAAAAAAAA' as EntryId })).toMatchObject({
			code: 'no-such-entry'
		});
	});
});

describe('input', () => {
	const cases: [string, (api: Api, book: BookId) => Promise<unknown>, string, string][] = [
		[
			'a dose tomorrow',
			(api, book) => api.giveVaccine({ book, immunization: BCG, occurred: time('2026-11-25') }),
			'occurred',
			'in-the-future'
		],
		[
			'a visit in ten minutes',
			(api, book) => api.recordVisit({ book, visit: VISIT, occurred: time('2026-11-24T08:50') }),
			'occurred',
			'in-the-future'
		],
		[
			'a follow-up before the day of the visit',
			(api, book) =>
				api.recordVisit({
					book,
					visit: { ...VISIT, followUp: { date: '2026-11-23' as ClinicalDate } },
					occurred: NOW
				}),
			'visit.followUp.date',
			'follow-up-before-visit'
		],
		[
			'a number whose validity ends before it begins',
			(api, book) => {
				const reversed = { validFrom: '2026' as PartialDate, validTo: '2025' as PartialDate };
				const identifier = { value: '001125000001', source: 'card', ...reversed } as const;
				const facts = { 'identifier.personal': identifier };
				return api.recordFacts({ book, facts, seen: {} });
			},
			'facts.identifier.personal',
			'dates-reversed'
		],
		[
			'a dose before birth',
			(api, book) => api.giveVaccine({ book, immunization: BCG, occurred: time('2025-05-13') }),
			'occurred',
			'before-birth'
		],
		[
			'a date that does not exist',
			(api, book) => api.recordVisit({ book, visit: VISIT, occurred: time('2026-02-30') }),
			'occurred',
			'no-such-date'
		],
		[
			'a month for a dose that is not from paper',
			(api, book) => api.giveVaccine({ book, immunization: BCG, occurred: time('2026-10') }),
			'occurred',
			'date-not-full'
		],
		[
			'a person born tomorrow',
			(api) => registerChild(api, { ...CHILD, birthDate: time('2026-11-25') }),
			'facts.birthDate',
			'born-in-future'
		],
		[
			'a phone with letters',
			(api, book) => api.recordFacts({ book, facts: { phone: '09a8123456' }, seen: {} }),
			'facts.phone',
			'phone-form'
		],
		[
			'a name of a megabyte',
			(api) => registerChild(api, { ...CHILD, name: 'a'.repeat(1_000_000) }),
			'facts.name',
			'too_big'
		],
		[
			'a person without a name',
			(api) => api.registerPerson({ facts: { sex: 'male' }, issueTemporaryCode: true }),
			'facts.name',
			'required'
		],
		[
			'a dose without a lot',
			(api, book) => {
				const { lot: _lot, ...noLot } = BCG;
				return api.giveVaccine({ book, immunization: noLot, occurred: NOW });
			},
			'immunization',
			'lot-missing'
		],
		[
			'a visit larger than an entry may be',
			(api, book) => {
				const long = (length: number) => 'ệ'.repeat(length);
				const visit = {
					reason: long(1_000),
					findings: long(4_000),
					treatment: long(2_000),
					advice: long(2_000),
					diagnoses: Array.from({ length: 13 }, (_, at) => ({ text: long(300), main: at === 0 }))
				};
				return api.recordVisit({ book, visit, occurred: NOW });
			},
			'',
			'too-large'
		]
	];
	for (const [what, act, path, code] of cases)
		it(`is refused with its path and code, and nothing is stored: ${what}`, async () => {
			const { api } = await signedIn();
			const book = bookOf(await registerChild(api));
			expect(await act(api, book)).toEqual({ type: 'invalid', path, code });
			expect(await api.listOutbox()).toHaveLength(1);
		});

	it('may be a month when it is copied from paper', async () => {
		const { api } = await signedIn();
		const book = bookOf(await registerChild(api));
		const { lot: _lot, ...noLot } = BCG;
		const immunization = { ...noLot, fromPaper: true } as const;
		bookOf(await api.giveVaccine({ book, immunization, occurred: time('2025-06') }));
	});

	it('may be now by the server when the clock of this tablet is behind', async () => {
		const { api, storage } = await signedIn();
		const book = bookOf(await registerChild(api));
		const inAnHour = time('2026-11-24T09:40');
		const visit = { book, visit: VISIT, occurred: inAnHour };
		expect(await api.recordVisit(visit)).toMatchObject({ code: 'in-the-future' });
		await storage.updateMeta({ offset: 60 * 60 * 1000 });
		bookOf(await api.recordVisit(visit));
	});

	it('for a book that is not here says so', async () => {
		const { api } = await signedIn();
		const book = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;
		expect(await api.recordVisit({ book, visit: VISIT, occurred: NOW })).toEqual({
			type: 'no-such-book'
		});
	});
});

describe('a device that cannot store', () => {
	it('says so, keeps nothing of the entry, and saves again when there is room', async () => {
		let isFull = false;
		const { api } = await signedIn(createBrowser(), {
			beforeCommit: () => (isFull ? 'quota' : undefined)
		});
		const book = bookOf(await registerChild(api));
		isFull = true;
		const outcome = await api.giveVaccine({ book, immunization: BCG, occurred: NOW });
		expect(outcome).toEqual({ type: 'not-stored', code: 'quota' });
		expect((await syncStateOf(api)).saving).toBe('failed');
		expect(await api.listOutbox()).toHaveLength(1);
		expect((await (await watched(api, book)).next())?.view.vaccinations.doses).toEqual([]);
		const nothing = await api.undo({ book, id: 'AAAAAAAAAAAAAAAAAAAAAA' as EntryId });
		expect(nothing.type).toBe('invalid');
		expect((await syncStateOf(api)).saving).toBe('failed');
		isFull = false;
		bookOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		expect((await syncStateOf(api)).saving).toBe('saved');
	});

	it('stores all of a registration or nothing of it, however many entries it makes', async () => {
		let isFull = false;
		const { api } = await signedIn(createBrowser(), {
			beforeCommit: () => (isFull ? 'quota' : undefined)
		});
		isFull = true;
		const person = {
			facts: CHILD,
			guardian: { name: 'Bàn Thị Mảy', relation: 'mother' as const },
			issueTemporaryCode: false
		};
		expect(await api.registerPerson(person)).toEqual({ type: 'not-stored', code: 'quota' });
		expect(await api.listOutbox()).toEqual([]);
		isFull = false;
		bookOf(await api.registerPerson(person));
		const lines = await api.listOutbox();
		expect(lines).toHaveLength(2);
		expect(new Set(lines.map(({ book }) => book)).size).toBe(1);
	});

	it('announces a save only when it takes longer than half a second', async () => {
		let resume = (): void => undefined;
		let isSlow = false;
		const { api, browser } = await signedIn(createBrowser(), {
			pause: (point) =>
				isSlow && point === 'commit' ? new Promise((go) => (resume = go)) : Promise.resolve()
		});
		const book = bookOf(await registerChild(api));
		const states: string[] = [];
		await api.watchSync(({ saving }) => {
			if (states.at(-1) !== saving) states.push(saving);
		});
		isSlow = true;
		const saving = api.recordVisit({ book, visit: VISIT, occurred: NOW });
		await new Promise((go) => setTimeout(go, 20));
		expect(states).toEqual(['saved']);
		browser.timers.runAll();
		isSlow = false;
		resume();
		bookOf(await saving);
		expect(states).toEqual(['saved', 'saving', 'saved']);
	});
});

describe('two windows', () => {
	it('let only one work; the other takes over and the first one locks', async () => {
		const { api, browser } = await signedIn();
		const second = browser.openWindow().api;
		expect((await second.start()).isOpenElsewhere).toBe(true);
		expect((await second.signIn({ login: 'mai.tt', pin: PIN })).type).not.toBe('signed-in');
		expect((await second.useHere()).isOpenElsewhere).toBe(false);
		expect((await second.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('signed-in');
		const first = await api.start();
		expect(first.isOpenElsewhere).toBe(true);
		expect(first.signedIn).toBeUndefined();
		expect(await registerChild(api)).toEqual({ type: 'not-signed-in' });
	});
});

describe('a window that takes the book back', () => {
	it('knows what the other one wrote meanwhile', async () => {
		const { api, browser } = await signedIn();
		const book = bookOf(await registerChild(api));
		const second = browser.openWindow().api;
		await second.start();
		await second.useHere();
		await second.signIn({ login: 'mai.tt', pin: PIN });
		bookOf(await second.recordFacts({ book, facts: { name: 'Bàn Văn Quân' }, seen: {} }));
		await api.useHere();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		expect((await api.searchPeople('quan')).map(({ person }) => person.book)).toEqual([book]);
		bookOf(await api.giveVaccine({ book, immunization: BCG, occurred: NOW }));
		expect((await (await watched(api, book)).next())?.view.timeline).toHaveLength(3);
	});
});

describe('somebody who is not on this tablet', () => {
	it('is found at the server by exact identifier, and brought here', async () => {
		const { api, browser } = await signedIn();
		const book = 'AAAAAAAAAAAAAAAAAAAAAA';
		browser.server.people.push({ book, name: 'Lò Thị Pẩu' });
		expect(await api.findOnServer({ identifier: '001085012345' })).toEqual({
			type: 'found',
			people: [{ book, name: 'Lò Thị Pẩu' }]
		});
		browser.server.state.isOn = false;
		expect(await api.findOnServer({ identifier: '001085012345' })).toEqual({
			type: 'network-needed'
		});
	});

	it('is called opened only when the book is here', async () => {
		const browser = createBrowser();
		const book = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;
		let isHeld = true;
		const { api, storage } = browser.openWindow({
			startSync: () => ({
				...noSync,
				fetchBook: async () => {
					const none = new Uint8Array();
					const page = { book, entries: [], summary: none, count: 0 };
					if (!isHeld) await storage.applyPage({ books: [page], leave: [], recent: [] });
				}
			})
		});
		await api.start();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		expect(await api.bringFromServer(book)).toEqual({ type: 'not-here-yet' });
		isHeld = false;
		expect(await api.bringFromServer(book)).toEqual({ type: 'opened' });
		expect(browser.server.opened).toEqual([book, book]);
	});
});

/** Signing and sealing take their time: waited for until it is so, and a little longer where nothing is to change. */
async function becoming(
	storage: { listOutbox(limit: number): Promise<{ n: number; state: string }[]> },
	n: number,
	state: string
): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 20));
	await expect
		.poll(async () => (await storage.listOutbox(9_999)).find((row) => row.n === n)?.state, {
			timeout: 20_000
		})
		.toBe(state);
}

describe('what the server has refused', () => {
	/** A signed-in window, and a server that refuses the entry with this journal number. */
	async function refusing() {
		const browser = createBrowser();
		const taken: SyncEvents[] = [];
		const { api, storage } = browser.openWindow({
			startSync: (_context, events) => {
				taken.push(events);
				return noSync;
			}
		});
		await api.start();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		/** @param becomes what the device then makes of it */
		const refuse = async (
			n: number,
			code: string,
			becomes: 'refused' | 'replaced' = 'refused'
		): Promise<void> => {
			await storage.applyAcks([{ n, outcome: 'refused', code }]);
			for (const events of taken) events.changed({ network: 'reachable' });
			await becoming(storage, n, becomes);
		};
		return { api, storage, refuse };
	}

	it('stands first in the list, also behind hundreds that wait', async () => {
		const { api, refuse } = await refusing();
		const book = bookOf(await registerChild(api));
		for (let at = 2; at <= 505; at++)
			bookOf(await api.recordVisit({ book, visit: { reason: `Ho ${at}` }, occurred: NOW }));
		await refuse(505, 'schema');
		const lines = await api.listOutbox();
		expect(lines[0]).toMatchObject({ n: 505, state: 'refused', refusalCode: 'schema' });
		expect(lines).toHaveLength(501);
		expect(await syncStateOf(api)).toMatchObject({ waiting: 504, refused: 1 });
	}, 60_000);

	it('can be put aside: it asks for nothing more and stays readable, marked in its book', async () => {
		const { api, refuse } = await refusing();
		const book = bookOf(await registerChild(api));
		await refuse(1, 'schema');
		await api.setAside(1);
		expect(await syncStateOf(api)).toMatchObject({ waiting: 0, refused: 0, aside: 1 });
		expect(await api.listOutbox()).toMatchObject([{ n: 1, state: 'set-aside' }]);
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.timeline).toHaveLength(1);
		expect(Object.values(opened?.notSent ?? {})).toEqual(['refused']);
		await api.lock();
		expect(await api.listOutbox()).toEqual([]);
	});

	it('is stated anew when only its id was taken: once, in the place of the old one', async () => {
		const { api, storage, refuse } = await refusing();
		const book = bookOf(await registerChild(api));
		const visit = await api.recordVisit({ book, visit: VISIT, occurred: NOW });
		await refuse(2, 'id-taken', 'replaced');
		await refuse(1, 'schema');
		expect(await api.listOutbox()).toMatchObject([
			{ n: 1, state: 'refused' },
			{ n: 3, state: 'waiting', kind: 'visit' },
			{ n: 2, state: 'replaced' }
		]);
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.timeline).toHaveLength(2);
		const [, anew] = (await storage.readBook(book))?.entries ?? [];
		expect(visit.type === 'saved' && anew !== undefined && anew.id !== visit.id).toBe(true);
		expect((await api.searchPeople('minh'))[0]?.person.entries).toBe(2);
	});

	it('is left to a person when the new one meets another id too, or something names it', async () => {
		const { api, refuse } = await refusing();
		const book = bookOf(await registerChild(api));
		await refuse(1, 'id-taken', 'replaced');
		await refuse(2, 'id-taken');
		const dose = await api.giveVaccine({ book, immunization: BCG, occurred: NOW });
		if (dose.type !== 'saved') throw new Error(dose.type);
		bookOf(await api.undo({ book, id: dose.id }));
		await refuse(3, 'id-taken');
		const lines = await api.listOutbox();
		expect(lines.map(({ n, state }) => `${n} ${state}`)).toEqual([
			'2 refused',
			'3 refused',
			'4 waiting',
			'1 replaced'
		]);
	});

	it('waits for its author to sign in before it is stated anew', async () => {
		const { api, storage, refuse } = await refusing();
		bookOf(await registerChild(api));
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		await refuse(1, 'id-taken');
		expect(await api.listOutbox()).toMatchObject([{ n: 1, state: 'refused' }]);
		await api.signIn({ login: 'mai.tt', pin: PIN });
		await becoming(storage, 1, 'replaced');
		expect((await api.listOutbox()).map(({ state }) => state)).toEqual(['waiting', 'replaced']);
	});
});
