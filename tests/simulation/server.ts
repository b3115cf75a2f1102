/**
 * The server of a world: the real sync service, authentication and storage over a disk in memory. It can
 * be killed around any fsync, started again, backed up, and restored from an older backup in a new epoch.
 */
import type { BookId, DeviceId, EntryId, PersonId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { certificateToText } from '#lib/protocol/certificate.ts';
import type { Certificate, Frame } from '#lib/protocol/messages.ts';
import { decodeRequest } from '#lib/protocol/wire.ts';
import type { TransportFailure } from '#lib/sync/transport.ts';
import { createAuthenticate, type Authenticate } from '../../sync-server/auth/device-token.ts';
import { createWipes } from '../../sync-server/auth/wipes.ts';
import type { IssuingKey } from '../../sync-server/auth/issuing-key.ts';
import {
	createMemoryDisk,
	openMemoryStorage,
	restoreMemoryDisk,
	type DiskFault,
	type MemoryDisk
} from '../../sync-server/storage/memory.ts';
import {
	EPOCH_BYTES,
	StorageFailure,
	type MembershipReason,
	type ServerStorage
} from '../../sync-server/storage/storage.ts';
import { createSyncService, type SyncService } from '../../sync-server/sync/sync-service.ts';
import { registerCertificates } from '../../sync-server/auth/certificates.ts';
import { strikes, turn, type Context } from './context.ts';
import { checkStart, missingAfterRestore } from './invariants.ts';
import type { Random } from './random.ts';
import { watchFrames } from './watch-frames.ts';

/** The process is gone: whatever was under way in it never goes on. */
export class ServerKilled extends Error {}

export interface ServerProcess {
	isUp: boolean;
	ready: Promise<void>;
	disk: MemoryDisk;
	storage: ServerStorage;
	authenticate: Authenticate;
	sync: SyncService;
}

export interface Backup {
	disk: MemoryDisk;
	commit: number;
	isConfirmed: boolean;
}

export interface Enrolment {
	deviceKey: Uint8Array;
	personKey: Uint8Array;
	facility: Facility;
	person: PersonId;
	role: Role;
}

export type ServerAnswer = { type: 'frames'; frames: AsyncGenerator<Frame> } | TransportFailure;

const DOWN_MS = { min: 2_000, max: 15 * 60_000 };

export class SimulatedServer {
	readonly issuingKey: IssuingKey;
	disk: MemoryDisk;
	process: ServerProcess | undefined;
	/** Of the present time line; a restore forgets those that came after the one it used. */
	backups: Backup[] = [];
	restores = 0;
	/** Acknowledged before a restore, and not offered again yet. */
	missing = new Set<EntryId>();
	/** What this server ever vouched for, in a file apart from its store. */
	readonly #certificates: Certificate[] = [];
	readonly #context: Context;
	readonly #random: Random;

	constructor(context: Context) {
		this.#context = context;
		this.#random = context.random.fork('server');
		this.issuingKey = context.signatures.createIssuingKey(this.#random.fork('issuing'));
		this.disk = createMemoryDisk(this.#random.bytes(EPOCH_BYTES));
		this.start();
	}

	start(): void {
		const context = this.#context;
		const { process, fault } = createProcessShell(context, this.#random, () => {
			this.#die();
		});
		const { bug } = context;
		const disk = bug.openServerDisk?.(this.disk, context, () => process.isUp) ?? this.disk;
		const storage = openMemoryStorage(disk, fault);
		const served = bug.wrapServerStorage?.(storage) ?? storage;
		const slow = withTurns(served, () => turn(context, this.#random));
		const deps = {
			storage: slow,
			verify: context.signatures.verify,
			clock: { nowMs: () => context.scheduler.nowMs },
			issuingKey: this.issuingKey.publicKey
		};
		Object.assign(process, {
			disk,
			storage,
			authenticate: createAuthenticate({ ...deps, wipes: createWipes(deps.storage) }),
			sync: createSyncService(deps)
		});
		this.process = process as ServerProcess;
		context.trace.step('server', `starts operations=${this.disk.operations.length}`);
		checkStart(context, this);
		const ready = registerCertificates(
			{ ...deps, storage },
			context.plan.hasCertificateLog ? this.#certificates : []
		);
		// A server that cannot start ends, and is started again.
		ready.catch(() => {
			if (process.isUp) this.#die();
		});
		this.process.ready = ready;
	}

	kill(why: string): void {
		if (this.process === undefined) return;
		this.#context.trace.fault('server', why);
		this.#die();
	}

	#die(): void {
		if (this.process === undefined) return;
		this.process.isUp = false;
		this.process = undefined;
		const { faults, scheduler } = this.#context;
		const downMs = faults.areOn ? this.#random.between(DOWN_MS.min, DOWN_MS.max) : DOWN_MS.min;
		scheduler.after(downMs, () => {
			if (this.process === undefined) this.start();
		});
	}

	/** As the HTTP layer does it: token, body, then the service; frames only when the first one came. */
	async handle(request: Uint8Array, token: string): Promise<ServerAnswer> {
		const process = this.process;
		if (process === undefined) return { type: 'unreachable' };
		try {
			await process.ready;
			const authentication = await process.authenticate(`Bearer ${token}`);
			if (authentication.type !== 'actor') return { type: 'signed-out' };
			const decoded = decodeRequest(request);
			if (!decoded.ok) return { type: 'request-refused', problem: decoded.failure.type };
			const { actor } = authentication;
			const frames = watchFrames(this.#context, process, actor, (allowed) =>
				process.sync.answer(decoded.value, allowed)
			);
			const first = await frames.next();
			if (!process.isUp) return { type: 'unreachable' };
			return { type: 'frames', frames: goOn(first, frames) };
		} catch (error) {
			if (error instanceof ServerKilled || !process.isUp) return { type: 'unreachable' };
			if (error instanceof StorageFailure) return { type: 'server-failed' };
			throw error;
		}
	}

	/** What signing in does, without the PIN: the device and the key are known, and vouched for. */
	async enrol(enrolment: Enrolment): Promise<{
		device: { id: DeviceId; number: number; token: string };
		certificate: Certificate;
	}> {
		const storage = this.#storage();
		const nowMs = this.#context.scheduler.nowMs;
		const { deviceKey, personKey, facility, person, role } = enrolment;
		const id: string = keyIdOf(deviceKey);
		const device = id as DeviceId;
		const known = await storage.findDevice(device);
		const number = known?.number ?? (await storage.nextDeviceNumber(facility.code));
		const row = { device, number, facility: facility.code, key: deviceKey, createdMs: nowMs };
		if (known === undefined) await storage.putDevice({ ...row, isBlocked: false });
		const key = {
			key: keyIdOf(personKey),
			publicKey: personKey,
			person,
			device,
			role,
			facility: facility.code,
			fromMs: nowMs
		};
		await storage.putPersonKey(key);
		await storage.audit({
			at: nowMs,
			action: 'sign-in',
			device,
			person,
			facility: facility.code,
			detail: `device=${number}`
		});
		const ofDevice = this.issuingKey.issue({
			subject: 'device',
			device,
			number,
			facility: facility.code,
			publicKey: deviceKey,
			fromMs: nowMs
		});
		const certificate = this.issuingKey.issue({ subject: 'person', ...key });
		this.#certificates.push(ofDevice, certificate);
		return { device: { id: device, number, token: certificateToText(ofDevice) }, certificate };
	}

	/** What `POST /api/books/open` does: the person stands there, the book comes into the feed. */
	async openBook(facility: string, book: BookId): Promise<boolean> {
		const storage = this.#storage();
		if ((await storage.readBookState(book)) === undefined) return false;
		const at = this.#context.scheduler.nowMs;
		await storage.audit({ at, action: 'open', facility, book, detail: 'present-in-person' });
		await storage.beginMembership(facility, book, 'present-in-person', at);
		return true;
	}

	/** All reasons for which the facility holds the book are over. */
	async endMembership(facility: string, book: BookId): Promise<void> {
		const reasons: MembershipReason[] = ['registered', 'wrote', 'present-in-person'];
		for (const reason of reasons)
			await this.#storage().endMembership(facility, book, reason, this.#context.scheduler.nowMs);
	}

	async backUp(): Promise<void> {
		const { head } = await this.#storage().readState();
		const disk = { operations: [...this.disk.operations] };
		this.backups.push({ disk, commit: head, isConfirmed: false });
		this.#context.trace.fault('server', 'backup');
	}

	/** The newest backup is restored elsewhere and checked: from now on it is there for ever. */
	async confirm(): Promise<void> {
		const backup = this.backups.at(-1);
		if (backup === undefined || backup.isConfirmed) return;
		backup.isConfirmed = true;
		this.#context.trace.fault('server', 'confirm');
		await this.#storage().confirm(backup.commit);
	}

	/** The disk is lost; a backup takes its place, never one older than what was confirmed. */
	restore(): boolean {
		const oldest = this.backups.findLastIndex(({ isConfirmed }) => isConfirmed);
		const usable = this.backups.slice(Math.max(0, oldest));
		if (usable.length === 0) return false;
		const backup = this.#random.pick(usable);
		if (this.process !== undefined) this.process.isUp = false;
		this.process = undefined;
		const lost = this.disk.operations.length - backup.disk.operations.length;
		this.disk = restoreMemoryDisk(backup.disk, this.#random.bytes(EPOCH_BYTES));
		this.backups = this.backups.slice(0, this.backups.indexOf(backup) + 1);
		this.restores++;
		this.missing = missingAfterRestore(this.#context, this);
		this.#context.trace.fault('server', 'restore');
		this.#context.trace.step('server', `restored, operations lost=${lost}`);
		this.start();
		return true;
	}

	#storage(): ServerStorage {
		if (this.process === undefined) throw new ServerKilled();
		return this.process.storage;
	}
}

/** Something that happens at the server's own console: killed on the way, it simply did not happen. */
export async function orKilled(work: () => Promise<unknown>): Promise<boolean> {
	try {
		await work();
		return true;
	} catch (error) {
		if (error instanceof ServerKilled || error instanceof StorageFailure) return false;
		throw error;
	}
}

function createProcessShell(
	context: Context,
	random: Random,
	die: () => void
): { process: Partial<ServerProcess> & { isUp: boolean }; fault: DiskFault } {
	const process = { isUp: true };
	const killAt = (name: 'killed-before-sync' | 'killed-after-sync'): void => {
		if (!strikes(context, random, name)) return;
		context.trace.fault('server', name);
		die();
		throw new ServerKilled();
	};
	const fault: DiskFault = (point) => {
		if (!process.isUp) throw new ServerKilled();
		killAt(point === 'before-sync' ? 'killed-before-sync' : 'killed-after-sync');
		if (point === 'before-sync' && strikes(context, random, 'disk-full')) {
			context.trace.fault('server', 'disk-full');
			throw new StorageFailure('disk-full', 'simulated');
		}
	};
	return { process, fault };
}

async function* goOn(
	first: IteratorResult<Frame, void>,
	rest: AsyncGenerator<Frame>
): AsyncGenerator<Frame> {
	if (first.done === true) return;
	yield first.value;
	yield* rest;
}

/** The same storage, but others may come between the begin of a call and its answer. */
function withTurns(storage: ServerStorage, pause: () => Promise<void>): ServerStorage {
	return new Proxy(storage, {
		get: (target, name) => {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return async (...args: unknown[]): Promise<unknown> => {
				await pause();
				const answer: unknown = await Reflect.apply(method, target, args);
				await pause();
				return answer;
			};
		}
	});
}
