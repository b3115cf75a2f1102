/** The hospital's replica with everything it needs to save and to sync: a tablet without a screen. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { identifierKey } from '#lib/domain/book/identifiers.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import { decodeSummary, encodeSummary } from '#lib/entry/person-summary-codec.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { createBookStorage } from '#lib/storage/book-storage.ts';
import type { BookStorage, StoredEntry } from '#lib/storage/port.ts';
import { createSyncEngine, type SyncEngine } from '#lib/sync/sync-engine.ts';
import type { Transport } from '#lib/sync/transport.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import { createRecorder } from '#lib/use-cases/recorder.ts';
import { enrolDevice, type EnrolDeviceOutcome } from '#lib/use-cases/enrol-device.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { checkPassword, finishSignIn, type PasswordRefusal } from '#lib/use-cases/sign-in.ts';
import type { PinHasher } from '#lib/vault/pin.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import { createVault, type Vault } from '#lib/vault/vault.ts';
import { agentKeyMaker } from './agent-keys.ts';
import { openLineLedger, type LineLedger } from './line-ledger.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import type { PeopleDirectory, TakeLineDeps } from './take-line.ts';

export interface AgentDeps {
	dataDir: string;
	server: ServerPort;
	hashPin: PinHasher;
	/** A transport that speaks with the device's token, asked for each request. */
	createTransport(token: () => string): Transport;
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}

export interface Credentials {
	login: string;
	/** Also what opens the agent's slot: it has no hands to type anything else. */
	password: string;
	/** Brings the replica to the hospital; needed once. */
	enrolmentCode?: string | undefined;
}

/** Why nobody is signed in is only ever read by a person. */
export type AgentSignIn =
	| { type: 'signed-in' }
	| { type: Exclude<(PasswordRefusal | EnrolDeviceOutcome)['type'], 'enrolled'> }
	| { type: 'other-data-key' | 'locked' };

export interface Agent {
	storage: BookStorage;
	vault: Vault;
	ledger: LineLedger;
	saving: TakeLineDeps['useCases'];
	sync: SyncEngine;
	/** `renew`: the server no longer takes the token of before. */
	signIn(credentials: Credentials, renew?: boolean): Promise<AgentSignIn>;
	readPeople(): Promise<PeopleDirectory>;
	close(): Promise<void>;
}

/** Opens the replica; throws `LedgerBusy` when another run holds it. */
export function openAgent(deps: AgentDeps): Agent {
	mkdirSync(deps.dataDir, { recursive: true, mode: 0o700 });
	const ledger = openLineLedger(join(deps.dataDir, 'lines.sqlite'));
	const file = join(deps.dataDir, 'replica.sqlite');
	const storage = createBookStorage(openSqliteDatabase(file));
	const vault = createVault({
		keyStore: storage,
		keyMaker: agentKeyMaker,
		// The replica lies on the hospital's own disk, beside the file with the password: sealing it would hide nothing.
		keyring: createKeyring((count) => deps.randomBytes(count)),
		hashPin: deps.hashPin,
		clock: deps.clock,
		randomBytes: (count) => deps.randomBytes(count)
	});
	let token = '';
	const sync = createSyncEngine({
		storage,
		transport: deps.createTransport(() => token),
		clock: () => deps.clock.nowMs(),
		signTip: (bytes) => vault.signForDevice(bytes),
		certificates: async () => (await vault.listStaff()).map(({ certificate }) => certificate),
		summarise: (book, entries) => summarise(book, entries, deps.clock.nowMs())
	});
	return {
		storage,
		vault,
		ledger,
		sync,
		saving: savingOf(deps, storage, vault),
		signIn: async (credentials, renew = false) => {
			const outcome = await signIn({ vault, server: deps.server }, credentials, renew);
			token = (await vault.readDevice())?.token ?? '';
			return outcome;
		},
		readPeople: () => readPeople(storage),
		close: async () => {
			ledger.close();
			await storage.close();
		}
	};
}

/** By the slot where that is enough, else at the server, after the code where the replica is nobody's yet. */
async function signIn(
	deps: { vault: Vault; server: ServerPort },
	{ login, password, enrolmentCode }: Credentials,
	renew: boolean
): Promise<AgentSignIn> {
	const { vault } = deps;
	const untilLocked = vault.untilLocked();
	if (!renew) {
		const check = await vault.checkPin(login, password);
		if (check.type === 'right')
			return (await check.open(untilLocked)) === undefined
				? { type: 'locked' }
				: { type: 'signed-in' };
	}
	if ((await vault.readDevice()) === undefined && enrolmentCode !== undefined) {
		const enrolled = await enrolDevice(deps, enrolmentCode);
		if (enrolled.type !== 'enrolled') return enrolled;
	}
	const admitted = await checkPassword(deps, { login, password });
	return admitted.type === 'admitted'
		? finishSignIn(deps, admitted, password, untilLocked)
		: admitted;
}

function savingOf(deps: AgentDeps, storage: BookStorage, vault: Vault): TakeLineDeps['useCases'] {
	return {
		storage,
		randomBytes: (count) => deps.randomBytes(count),
		vault,
		clock: deps.clock,
		books: createBookReader(storage),
		recorder: createRecorder(deps.clock),
		trackSave: (write) => write(),
		entrySaved: () => undefined
	};
}

function summarise(book: BookId, entries: StoredEntry[], nowMs: number): Uint8Array {
	const read = entries.map((entry) => readStoredEntry(book, entry));
	return encodeSummary(projectSummary(book, read, clinicalDateOf(nowMs)));
}

async function readPeople(storage: BookStorage): Promise<PeopleDirectory> {
	const books = new Map<string, BookId[]>();
	const note = (book: BookId, identifiers: PersonSummary['identifiers']): void => {
		for (const { kind, value } of identifiers) {
			const key = `${kind}:${identifierKey(value)}`;
			const known = books.get(key) ?? [];
			if (!known.includes(book)) books.set(key, [...known, book]);
		}
	};
	for await (const page of storage.readPeople())
		for (const { book, summary } of page) note(book, decodeSummary(summary)?.identifiers ?? []);
	return {
		findByIdentifier: (kind, value) => books.get(`${kind}:${identifierKey(value)}`) ?? [],
		add: note
	};
}
