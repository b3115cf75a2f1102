/**
 * One device of a world: the real storage logic on a disk in memory, the real vault, sync engine and loop.
 * It is switched on and off, killed at any await, and comes back with what was durable.
 */
import type { Role } from '#lib/domain/book/envelope.ts';
import type { BookId, KeyId, PersonId } from '#lib/domain/ids.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import {
	createMemoryDisk,
	createMemoryStorage,
	type MemoryFaults,
	type MemoryStorage
} from '#lib/storage/memory.ts';
import { StorageFailed, type BookStorage, type StoredEntry } from '#lib/storage/port.ts';
import type { DigestVerdict } from '#lib/sync/conclusion.ts';
import type { PushRow } from '#lib/sync/push.ts';
import { createSyncEngine, type RoundResult } from '#lib/sync/sync-engine.ts';
import { createSyncLoop, type SyncLoop } from '#lib/sync/sync-loop.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import { createRecorder } from '#lib/use-cases/recorder.ts';
import type { SaveDeps } from '#lib/use-cases/save-entry.ts';
import type { KeyMaker } from '#lib/vault/keys.ts';
import { createKeyring } from '#lib/vault/record-cipher.ts';
import { createVault, type Vault } from '#lib/vault/vault.ts';
import { createHash } from 'node:crypto';
import { strikes, turn, type Context } from './context.ts';
import { TabletRecord } from './model.ts';
import { createLink, type Link } from './network.ts';
import { observed } from './observed-storage.ts';
import type { Random } from './random.ts';
import { ServerKilled, type SimulatedServer } from './server.ts';
import { StorageFailure } from '../../sync-server/storage/storage.ts';

const PIN = '120385';
const START_AGAIN_MS = { min: 5_000, max: 5 * 60_000 };
const LATER_MS = 60_000;
/** The longest that an entry of this device is held back (`sync/holding.ts`). */
const HELD_MS_MAX = 3_600_000;

export interface TabletProcess {
	isDead: boolean;
	isFolding: boolean;
	raw: MemoryStorage;
	storage: BookStorage;
	vault: Vault;
	saving: SaveDeps;
	loop: SyncLoop;
	sinceMs: number;
}

export interface TabletPlan {
	name: string;
	facility: Facility;
	role: Role;
	person: PersonId;
	skewMs: number;
}

export class Tablet {
	readonly name: string;
	readonly facility: Facility;
	readonly record = new TabletRecord();
	readonly disk = createMemoryDisk();
	readonly link: Link;
	readonly random: Random;
	process: TabletProcess | undefined;
	/** Somebody wants it to be on. */
	isWanted = false;
	isEnrolled = false;
	isLost = false;
	skewMs: number;
	activeMs = 0;
	rounds = 0;
	/** Rounds since the world began to heal that ended well while nothing could be held back. */
	quietRounds = 0;
	digest: DigestVerdict = 'not-compared';
	#mayHoldUntilMs = 0;
	lastRound: RoundResult | undefined;
	readonly #keyMaker: KeyMaker;
	readonly #plan: TabletPlan;
	readonly #context: Context;
	readonly #server: SimulatedServer;
	/** Runs on the durable state before anything else does. */
	readonly #check: (tablet: Tablet) => Promise<void>;

	constructor(
		context: Context,
		server: SimulatedServer,
		plan: TabletPlan,
		check: (tablet: Tablet) => Promise<void>
	) {
		this.#plan = plan;
		this.#context = context;
		this.#server = server;
		this.#check = check;
		this.name = plan.name;
		this.facility = plan.facility;
		this.skewMs = plan.skewMs;
		this.random = context.random.fork(plan.name);
		this.#keyMaker = context.signatures.createKeyMaker(this.random.fork('keys'));
		this.link = createLink(context, plan.name, server);
	}

	nowMs(): number {
		return this.#context.scheduler.nowMs + this.skewMs;
	}

	/** What is durable, read without faults and without turns. */
	openDisk(): BookStorage {
		return createMemoryStorage({ disk: this.disk });
	}

	switchOn(): void {
		this.isWanted = true;
		if (this.process !== undefined || this.isLost) return;
		const process = this.#createProcess();
		this.process = process;
		void this.#startUp(process);
	}

	switchOff(): void {
		this.isWanted = false;
		const process = this.process;
		if (process === undefined) return;
		this.#context.trace.step(this.name, 'off');
		void process.loop.stop();
		this.#end(process);
	}

	/** The process dies where it stands. Somebody starts it again if it is wanted. */
	kill(why: 'killed-at-await' | 'tablet-killed' | 'tablet-lost'): void {
		const process = this.process;
		if (process === undefined) return;
		this.#context.trace.fault(this.name, why);
		this.#end(process);
		if (why === 'tablet-lost') return;
		this.#context.scheduler.after(
			this.random.between(START_AGAIN_MS.min, START_AGAIN_MS.max),
			() => {
				if (this.isWanted) this.switchOn();
			}
		);
	}

	/** Background work of a tablet that is on; one fold at a time, as the writer lock has it. */
	async fold(): Promise<void> {
		const process = this.process;
		if (process === undefined || process.isFolding) return;
		process.isFolding = true;
		try {
			await process.storage.fold(() => process.isDead);
		} catch (error) {
			if (!(error instanceof StorageFailed)) throw error;
		}
		process.isFolding = false;
	}

	#end(process: TabletProcess): void {
		process.isDead = true;
		process.raw.crash();
		this.activeMs += this.#context.scheduler.nowMs - process.sinceMs;
		if (this.process === process) this.process = undefined;
	}

	async #startUp(process: TabletProcess): Promise<void> {
		await this.#check(this);
		try {
			if (this.isEnrolled) await this.#unlock(process);
			else await this.#enrol(process);
		} catch (error) {
			this.#retryStart(process, error);
			return;
		}
		if (process.isDead) return;
		this.isEnrolled = true;
		this.#context.trace.step(this.name, 'on');
		process.loop.start();
	}

	/** The first sign-in needs the server, and every sign-in the disk. */
	#retryStart(process: TabletProcess, error: unknown): void {
		const isExpected =
			error instanceof StorageFailed ||
			error instanceof StorageFailure ||
			error instanceof ServerKilled;
		if (!isExpected) this.#failed(process, error);
		if (process.isDead) return;
		this.#context.scheduler.after(LATER_MS, () => {
			if (!process.isDead) void this.#startUp(process);
		});
	}

	async #unlock({ vault }: TabletProcess): Promise<void> {
		const check = await vault.checkPin(this.name, PIN);
		if (check.type === 'right') await check.open(vault.untilLocked());
	}

	async #enrol({ vault }: TabletProcess): Promise<void> {
		const { facility, person, role } = this.#plan;
		const deviceKey = await vault.deviceKey();
		const key = await vault.createPersonKey();
		const { device, certificate } = await this.#server.enrol({
			deviceKey: deviceKey.publicKey,
			personKey: key.publicKey,
			facility,
			person,
			role
		});
		const staff = { person, name: this.name, role, login: this.name, certificate };
		const enrolment = {
			device: { ...device, facility },
			staff,
			lease: { pepper: new Uint8Array(32), leaseMs: Number.MAX_SAFE_INTEGER },
			dataKey: new Uint8Array(32).fill(1),
			sealingKey: new Uint8Array(65)
		};
		await vault.enrol(enrolment, key, PIN, vault.untilLocked());
	}

	#createProcess(): TabletProcess {
		const context = this.#context;
		const clock = { nowMs: () => this.nowMs() };
		const keyring = createKeyring((count) => this.random.bytes(count));
		const raw = createMemoryStorage({ disk: this.disk, faults: this.#faults(() => process) });
		const planted = context.bug.wrapStorage?.(raw, context) ?? raw;
		const storage = observed(planted, context, {
			name: this.name,
			record: this.record,
			publicKey: () => vault.session()?.staff.publicKey
		});
		const vault = createVault({
			keyStore: storage,
			keyMaker: this.#keyMaker,
			keyring,
			hashPin: async (pin, salt) =>
				new Uint8Array(createHash('sha256').update(pin).update(salt).digest()),
			clock,
			randomBytes: (count) => this.random.bytes(count)
		});
		const process: TabletProcess = {
			isDead: false,
			isFolding: false,
			raw,
			storage,
			vault,
			loop: this.#createLoop(storage, vault, () => process),
			saving: {
				storage,
				vault,
				clock,
				books: createBookReader(storage),
				recorder: createRecorder(clock),
				trackSave: (write) => write(),
				entrySaved: () => process.loop.wake()
			},
			sinceMs: context.scheduler.nowMs
		};
		return process;
	}

	#faults(process: () => TabletProcess): MemoryFaults {
		const context = this.#context;
		return {
			beforeCommit: () => {
				const fault = (['storage-quota', 'storage-aborted'] as const).find((name) =>
					strikes(context, this.random, name)
				);
				if (fault === undefined) return undefined;
				context.trace.fault(this.name, fault);
				return fault === 'storage-quota' ? 'quota' : 'aborted';
			},
			pause: async () => {
				if (process().isDead) return;
				if (strikes(context, this.random, 'killed-at-await')) {
					this.kill('killed-at-await');
					throw new StorageFailed('closed');
				}
				await turn(context, this.random);
			}
		};
	}

	#createLoop(storage: BookStorage, vault: Vault, process: () => TabletProcess): SyncLoop {
		const { scheduler } = this.#context;
		let token = '';
		const transport = this.link.createTransport(() => token);
		const engine = createSyncEngine({
			storage,
			transport: async (request) => {
				token = (await vault.readDevice())?.token ?? '';
				return transport(request);
			},
			clock: () => this.nowMs(),
			signTip: (bytes) => vault.signForDevice(bytes),
			certificates: (rows) => certificatesOf(rows, vault),
			summarise: (book, entries) => this.summarise(book, entries)
		});
		return createSyncLoop({
			engine,
			timer: {
				after: (delayMs, run) =>
					scheduler.after(delayMs, () => {
						if (!process().isDead) run();
					})
			},
			random: () => this.random.next(),
			onState: (_state, ended) => {
				if (ended !== undefined && !process().isDead) this.#roundEnded(ended);
			},
			onError: (error) => this.#failed(process(), error)
		});
	}

	summarise(book: BookId, entries: StoredEntry[]): Uint8Array {
		const read = entries.map((entry) => readStoredEntry(book, entry));
		return encodeSummary(projectSummary(book, read, clinicalDateOf(this.nowMs())));
	}

	#roundEnded(ended: RoundResult): void {
		const { trace } = this.#context;
		this.rounds++;
		this.lastRound = ended;
		this.#noteQuiet(ended);
		const { accepted, refused, later, relayed, booksTaken } = ended.counts;
		trace.count(`round: ${ended.type}`);
		if (ended.type === 'done') trace.count(`digest: ${ended.digest}`);
		const isDifferent = ended.type === 'done' && ended.digest === 'different';
		if (isDifferent && this.#server.restores === 0)
			this.#context.model.fail('I3', `${this.name}: the digest differs without a restore`);
		const more = ended.type === 'done' ? `${ended.digest} more=${ended.hasMore}` : '';
		const counts = [accepted, refused, later, relayed, booksTaken].join('/');
		trace.step(this.name, `round ${ended.type} ${counts} ${more}`);
	}

	/** What was put off, or spoils a request, waits up to an hour before it is offered again. */
	#noteQuiet(ended: RoundResult): void {
		const { scheduler, faults } = this.#context;
		if (ended.type === 'request-refused' || ended.counts.later > 0)
			this.#mayHoldUntilMs = scheduler.nowMs + HELD_MS_MAX;
		if (ended.type !== 'done') return;
		this.digest = ended.digest;
		if (!faults.areOn && scheduler.nowMs >= this.#mayHoldUntilMs) this.quietRounds++;
	}

	#failed(process: TabletProcess, error: unknown): void {
		if (process.isDead) return;
		const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
		this.#context.model.fail('no-throw', `${this.name}: ${text}`);
	}
}

async function certificatesOf(rows: readonly PushRow[], vault: Vault): Promise<Certificate[]> {
	const keys = new Set<KeyId>();
	for (const { bytes } of rows) {
		const read = readEntry(bytes);
		if (read.ok) keys.add(read.entry.envelope.author.key);
	}
	const known = await vault.listCertificates();
	return known.filter(({ key }) => keys.has(key)).map(({ certificate }) => certificate);
}
