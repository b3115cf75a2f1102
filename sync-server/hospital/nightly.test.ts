import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { SyncEngine } from '#lib/sync/sync-engine.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { openAgent, type Agent } from './agent.ts';
import { FILE_BYTES_MAX } from './inbox.ts';
import { runNightly } from './nightly.ts';
import type { Receipt } from './receipt.ts';
import { settleLedger, takeLine, type TakeLineDeps } from './take-line.ts';

type Round = Awaited<ReturnType<SyncEngine['round']>>;

const NUMBER = '001199000001';
const PASSPORT = 'C1234567';
const clock = { nowMs: () => Date.UTC(2026, 10, 24) };
const root = mkdtempSync(join(tmpdir(), 'so-suc-khoe-nightly-'));
const open: Agent[] = [];
let folders = 0;

afterEach(async () => {
	for (const agent of open.splice(0)) await agent.close();
});
afterAll(() => {
	rmSync(root, { recursive: true });
});

const counts = { accepted: 0, refused: 0, later: 0, relayed: 0, booksTaken: 0 };
const nothingNew: Round = { type: 'done', hasMore: false, digest: 'same', counts };
const away: Round = { type: 'unreachable', counts };

const HOSPITAL = {
	code: '01100',
	name: 'Bệnh viện',
	kind: 'regional-hospital' as const,
	commune: '00001',
	shortCode: 'BV'
};
const DEVICE = { id: 'AAAAAAAAAAAAAAAAAAAAAQ', number: 1, token: 'token' };

/** Lets the agent in, and knows nothing else. */
const server: ServerPort = {
	enrol: async () => ({ type: 'answered', value: { facility: HOSPITAL, device: DEVICE } }),
	signIn: async ({ login }) => ({
		type: 'answered',
		value: {
			practitioner: {
				person: 'AAAAAAAAAAAAAAAAAAAAAA',
				name: 'Máy',
				role: 'hospital-agent',
				login
			},
			facility: HOSPITAL,
			device: DEVICE,
			certificate: { bytes: 'AA', signature: 'AA' },
			vault: { dataKey: 'A'.repeat(43), pepper: 'A'.repeat(43), leaseMs: 1, sealingKey: 'AA' }
		}
	}),
	beginPasskeySignIn: async () => ({ type: 'unreachable' }),
	signInByPasskey: async () => ({ type: 'unreachable' }),
	listPasskeys: async () => ({ type: 'unreachable' }),
	beginPasskey: async () => ({ type: 'unreachable' }),
	addPasskey: async () => ({ type: 'unreachable' }),
	removePasskey: async () => ({ type: 'unreachable' }),
	renewLease: async () => ({ type: 'unreachable' }),
	sendParcels: async () => ({ type: 'unreachable' }),
	reportState: async () => ({ type: 'unreachable' }),
	confirmWiped: async () => ({ type: 'unreachable' }),
	reportReads: async () => ({ type: 'unreachable' }),
	findPeople: async () => ({ type: 'unreachable' }),
	openBook: async () => ({ type: 'unreachable' }),
	openInEmergency: async () => ({ type: 'unreachable' }),
	beginVisit: async () => ({ type: 'unreachable' }),
	listEnding: async () => ({ type: 'unreachable' }),
	listEmergencies: async () => ({ type: 'unreachable' }),
	reviewEmergency: async () => ({ type: 'unreachable' }),
	readJourney: async () => ({ type: 'unreachable' }),
	listRefused: async () => ({ type: 'unreachable' }),
	readHeld: async () => ({ type: 'unreachable' }),
	reviewRefused: async () => ({ type: 'unreachable' }),
	listEditions: async () => ({ type: 'unreachable' }),
	readEdition: async () => ({ type: 'unreachable' })
};

function openIn(folder: string): Agent {
	const agent = openAgent({
		dataDir: join(folder, 'replica'),
		server,
		hashPin: async (pin) => new TextEncoder().encode(pin),
		createTransport: () => async () => ({ type: 'unreachable' }),
		clock,
		randomBytes: (count) => new Uint8Array(randomBytes(count))
	});
	open.push(agent);
	return agent;
}

function newHospital() {
	const folder = join(root, String(++folders));
	const inbox = join(folder, 'inbox');
	mkdirSync(inbox, { recursive: true });
	const agent = openIn(folder);
	return {
		folder,
		agent,
		path: (...names: string[]) => join(inbox, ...names),
		put: (name: string, lines: unknown[]) => {
			const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
			writeFileSync(join(inbox, name), texts.join('\n'));
		},
		refused: (name: string) =>
			readFileSync(join(inbox, 'refused', name), 'utf8')
				.trim()
				.split('\n'),
		night: (round: () => Promise<Round> = async () => nothingNew): Promise<Receipt> =>
			runNightly({
				agent: { ...agent, sync: { round } },
				inbox,
				credentials: { login: 'agent.bv', password: 'máy gửi ban đêm', enrolmentCode: '0000-0000' },
				clock,
				progress: () => undefined,
				readCheckpoint: async () => 'a checkpoint',
				wait: async () => undefined
			})
	};
}

function facts(source: string, person: object, identifiers: Record<string, string> = {}) {
	const stated = Object.entries(identifiers).map(([kind, value]) => [
		`identifier.${kind}`,
		{ value, source: 'card' }
	]);
	const body = { name: 'Hoàng Văn Thử', ...(Object.fromEntries(stated) as object) };
	return { source, person, kind: 'facts', occurred: '2026-11-23', body };
}

const newPerson = (source: string, personal = NUMBER) => facts(source, { new: true }, { personal });

function visit(source: string, value: string, kind = 'personal') {
	return {
		source,
		person: { identifier: { kind, value } },
		kind: 'visit',
		occurred: '2026-11-23T09:30',
		body: { reason: 'Ho' }
	};
}

const codes = ({ lines }: Receipt) =>
	lines.refused.map(({ lineNumber, code }) => [lineNumber, code]);

describe('a server that no longer takes the token', () => {
	it('is asked by PIN once, and the night goes on', async () => {
		const hospital = newHospital();
		await hospital.night();
		const asked = vi.spyOn(server, 'signIn');
		const round = async (): Promise<Round> =>
			asked.mock.calls.length === 0 ? { type: 'signed-out', counts } : nothingNew;
		expect(await hospital.night(round)).toMatchObject({ outcome: 'complete' });
		expect(asked).toHaveBeenCalledTimes(1);

		const refused = await hospital.night(async () => ({ type: 'signed-out', counts }));
		expect(refused).toMatchObject({ outcome: 'server-unreachable', reason: 'signed-out' });
		expect(asked).toHaveBeenCalledTimes(2);
		asked.mockRestore();
	});
});

describe('a night without the server', () => {
	it('refuses nobody for being unknown: the file waits, and the next night takes the rest', async () => {
		const hospital = newHospital();
		hospital.put('b.ndjson', [
			facts('S-1', { new: true }),
			visit('S-2', NUMBER),
			{ ...visit('S-3', NUMBER), person: { book: 'AZAAAAAAcACAAAAAAAAAAA' } },
			'not json'
		]);
		const first = await hospital.night(async () => away);
		expect(first).toMatchObject({
			outcome: 'server-unreachable',
			lines: { taken: 1, undecided: 2, refusedCount: 1 },
			files: { waits: 1, listed: [{ name: 'b.ndjson', outcome: 'waits', code: 'undecided' }] }
		});
		expect(readdirSync(hospital.path('refused'))).toEqual([]);

		hospital.put('a.ndjson', [newPerson('S-4')]);
		const second = await hospital.night();
		expect(second.lines).toMatchObject({ taken: 2, takenBefore: 1, undecided: 0 });
		expect(codes(second)).toEqual([
			[3, 'person-unknown'],
			[4, 'not-json']
		]);
		expect(readdirSync(hospital.path('done'))).toEqual(['a.ndjson', 'b.ndjson']);
	});

	it('begins no book for somebody whose number the server may know', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', [newPerson('S-1')]);
		expect((await hospital.night(async () => away)).lines).toMatchObject({ undecided: 1 });
		expect(await hospital.agent.storage.countBooks()).toBe(0);
	});
});

describe('whom a line is about', () => {
	it('is never a second book for a known number, so later lines stay unambiguous', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', [newPerson('S-1'), newPerson('S-2'), visit('S-3', NUMBER)]);
		const receipt = await hospital.night();
		expect(codes(receipt)).toEqual([[2, 'person-exists']]);
		expect(receipt.replica.books).toBe(1);
		hospital.put('b.ndjson', [newPerson('S-4'), visit('S-5', NUMBER)]);
		expect(codes(await hospital.night())).toEqual([[1, 'person-exists']]);
	});

	it('is found by a number that an earlier line of the night added to the book', async () => {
		const hospital = newHospital();
		const { person } = visit('', NUMBER);
		hospital.put('a.ndjson', [
			newPerson('S-1'),
			facts('S-2', person, { passport: PASSPORT }),
			visit('S-3', PASSPORT, 'passport')
		]);
		expect(await hospital.night()).toMatchObject({ lines: { taken: 3, refusedCount: 0 } });
	});
});

describe('text in another encoding', () => {
	it('becomes no entry, neither as bytes nor as the sign of a lost letter', async () => {
		const hospital = newHospital();
		const named = (name: string) =>
			JSON.stringify({ ...newPerson('S-1'), body: { name, birthDate: '1980' } });
		const bytes = Buffer.from(`${named('Nguy\xean Thu\xfd')}\n${named('Nguy\ufffdn')}`, 'latin1');
		writeFileSync(hospital.path('a.ndjson'), bytes);
		hospital.put('b.ndjson', [named('Nguy\ufffdn')]);
		const receipt = await hospital.night();
		expect(receipt.lines.refused).toMatchObject([
			{ file: 'a.ndjson', lineNumber: 1, code: 'not-utf-8' },
			{ file: 'a.ndjson', lineNumber: 2, code: 'not-utf-8' },
			{ file: 'b.ndjson', lineNumber: 1, code: 'text-not-tidy', path: 'body.name' }
		]);
		expect(receipt.replica.books).toBe(0);
	});
});

describe('what the receipt says', () => {
	it('is that something waits while entries wait', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', [newPerson('S-1')]);
		const receipt = await hospital.night();
		expect(receipt).toMatchObject({ outcome: 'something-waits', sent: { waiting: 1 } });
	});

	it('counts what the server refused in the night it was refused, and lists it apart ever after', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', [newPerson('S-1')]);
		const refusing = async (): Promise<Round> => {
			const waiting = await hospital.agent.storage.listOutbox(10);
			const acks = waiting.map(({ n }) => ({ n, outcome: 'refused' as const, code: 'schema' }));
			await hospital.agent.storage.applyAcks(acks);
			return { ...nothingNew, counts: { ...counts, refused: acks.length } };
		};
		expect(await hospital.night(refusing)).toMatchObject({
			outcome: 'something-refused',
			sent: { refused: [{ code: 'schema' }], refusedBefore: [], waiting: 0 }
		});
		expect(await hospital.night()).toMatchObject({
			outcome: 'complete',
			sent: { refused: [], refusedBefore: [{ code: 'schema' }] }
		});
	});

	it('names every file that could not be taken, and the others are taken', async () => {
		const hospital = newHospital();
		symlinkSync('/nowhere/at/all', hospital.path('a.ndjson'));
		mkdirSync(hospital.path('b.ndjson'));
		hospital.put('c.ndjson', []);
		truncateSync(hospital.path('c.ndjson'), FILE_BYTES_MAX + 1);
		hospital.put('d.ndjson', [newPerson('S-1')]);
		const receipt = await hospital.night();
		expect(receipt).toMatchObject({ outcome: 'something-refused', lines: { taken: 1 } });
		expect(receipt.files).toEqual({
			taken: 1,
			left: 3,
			waits: 0,
			listed: [
				{ name: 'd.ndjson', outcome: 'taken' },
				{ name: 'a.ndjson', outcome: 'left', code: 'unreadable' },
				{ name: 'b.ndjson', outcome: 'left', code: 'not-a-file' },
				{ name: 'c.ndjson', outcome: 'left', code: 'too-large' }
			]
		});
	});

	it('lists a file that could not move, and its refused lines once when it can', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', [newPerson('S-1'), 'not json']);
		writeFileSync(hospital.path('done'), 'in the way');
		const first = await hospital.night();
		expect(first.files.listed).toEqual([{ name: 'a.ndjson', outcome: 'left', code: 'not-moved' }]);
		expect(first.lines.taken).toBe(1);
		expect(hospital.refused('a.ndjson')).toHaveLength(1);

		rmSync(hospital.path('done'));
		expect((await hospital.night()).lines).toMatchObject({ takenBefore: 1, refusedCount: 1 });
		expect(readdirSync(hospital.path('refused'))).toEqual(['a.ndjson']);

		hospital.put('a.ndjson', ['another wrong line', '{}']);
		await hospital.night();
		expect(readdirSync(hospital.path('done'))).toEqual(['a.2.ndjson', 'a.ndjson']);
		expect(hospital.refused('a.ndjson')).toHaveLength(1);
		expect(hospital.refused('a.2.ndjson')).toHaveLength(2);
	});

	it('is bounded, and the list beside the file holds every line', async () => {
		const hospital = newHospital();
		hospital.put('a.ndjson', Array<string>(10_005).fill('x'));
		const { lines } = await hospital.night();
		expect(lines.refused).toHaveLength(10_000);
		expect(lines.refusedCount).toBe(10_005);
		expect(hospital.refused('a.ndjson')).toHaveLength(10_005);
	});
});

describe('a run killed while it saves a line', () => {
	const text = JSON.stringify(newPerson('S-1'));

	async function lineDeps(agent: Agent): Promise<TakeLineDeps> {
		await agent.signIn({ login: 'agent.bv', password: 'p', enrolmentCode: '0000-0000' });
		const people = await agent.readPeople();
		return { useCases: agent.saving, ledger: agent.ledger, people, isReplicaCurrent: true };
	}

	/** The process ends; another one opens the same files. */
	async function afterKill(folder: string): Promise<{ agent: Agent; deps: TakeLineDeps }> {
		for (const agent of open.splice(0)) await agent.close();
		const agent = openIn(folder);
		const deps = await lineDeps(agent);
		await settleLedger(deps);
		return { agent, deps };
	}

	it('before the entry is stored takes the line when it comes again', async () => {
		const { folder, agent } = newHospital();
		const deps = await lineDeps(agent);
		const storage = {
			...deps.useCases.storage,
			saveTogether: () => Promise.reject(new Error('killed'))
		};
		const dying = { ...deps, useCases: { ...deps.useCases, storage } };
		await expect(takeLine(dying, text)).rejects.toThrow('killed');
		expect(agent.ledger.listSaving()).toHaveLength(1);

		const next = await afterKill(folder);
		expect(await takeLine(next.deps, text)).toEqual({ type: 'taken' });
		expect(await takeLine(next.deps, text)).toEqual({ type: 'taken-before' });
		expect(await next.agent.storage.listOutbox(10)).toHaveLength(1);
	});

	it('after the entry is stored does not take it again', async () => {
		const { folder, agent } = newHospital();
		const deps = await lineDeps(agent);
		const put: TakeLineDeps['ledger']['put'] = (line) => {
			if (line.state === 'taken') throw new Error('killed');
			agent.ledger.put(line);
		};
		await expect(takeLine({ ...deps, ledger: { ...agent.ledger, put } }, text)).rejects.toThrow(
			'killed'
		);
		expect(agent.ledger.listSaving()).toHaveLength(1);

		const next = await afterKill(folder);
		expect(next.agent.ledger.listSaving()).toEqual([]);
		expect(await takeLine(next.deps, text)).toEqual({ type: 'taken-before' });
		expect(await next.agent.storage.listOutbox(10)).toHaveLength(1);
	});
});
