/**
 * The whole server in this process, over real HTTP and WebSockets on real SQLite: its clock can be moved, its store
 * be written beside it, and the questions it asks the store be watched.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, ServerStorage } from '../../sync-server/storage/storage.ts';
import {
	createAttempts,
	ADDRESS_ATTEMPTS,
	LOGIN_ATTEMPTS
} from '../../sync-server/auth/attempts.ts';
import { createAuthenticate } from '../../sync-server/auth/device-token.ts';
import { createEnrol, ENROLMENT_ATTEMPTS } from '../../sync-server/auth/enrolment.ts';
import {
	createIssuingKeyPem,
	issuingKeyOfPem,
	type IssuingKey
} from '../../sync-server/auth/issuing-key.ts';
import { createChangePassword } from '../../sync-server/auth/change-password.ts';
import { createManageSessions } from '../../sync-server/auth/manage-session.ts';
import { createManageSignIn } from '../../sync-server/auth/manage-sign-in.ts';
import { createWipes } from '../../sync-server/auth/wipes.ts';
import { createLiveSessions } from '../../sync-server/auth/live-session.ts';
import { createSealingKey } from '../../sync-server/auth/sealing-key.ts';
import { createTabletSecrets } from '../../sync-server/auth/tablet-secrets.ts';
import { createSignIn } from '../../sync-server/auth/sign-in.ts';
import { createVouch } from '../../sync-server/auth/vouch.ts';
import {
	openCitizenSessions,
	type CitizenSessions
} from '../../sync-server/citizen/citizen-sessions.ts';
import { openPasskeys } from '../../sync-server/http/open-passkeys.ts';
import { createHttpServer } from '../../sync-server/http/server.ts';
import { endMemberships } from '../../sync-server/jobs/end-memberships.ts';
import { createDraftJudge } from '../../sync-server/live/draft-judge.ts';
import { createLiveRooms } from '../../sync-server/live/live-rooms.ts';
import { systemTimer } from '../../sync-server/live/timer.ts';
import { openSqliteStorage } from '../../sync-server/storage/sqlite.ts';
import { createDamage } from '../../sync-server/sync/damage.ts';
import { createSyncService } from '../../sync-server/sync/sync-service.ts';
import { createVerifier } from '../../sync-server/sync/verify-signature.ts';
import { noteStore } from './enrolment-codes.ts';
import { newDataDir, putStaff, type TestStaff } from './start-server.ts';

const TABLET_SECRET = new Uint8Array(randomBytes(32));
const LEASE_MS = 24 * 60 * 60_000;

export interface InProcessServer {
	url: string;
	storage: ServerStorage;
	issuingKey: IssuingKey;
	/** To which tablets seal what they have not sent. */
	sealingKey: Uint8Array;
	accounts: Account[];
	citizens: CitizenSessions;
	clock: { nowMs(): number };
	/** Moves the server's clock. */
	pass(ms: number): void;
	/** What the job does every few seconds; answers how many memberships were over. */
	endMemberships(): Promise<number>;
	/** Names of what is asked of the store while `work` runs, in order. */
	questionsOf(work: () => Promise<unknown>): Promise<string[]>;
	close(): Promise<void>;
}

export async function startInThisProcess(staff: TestStaff[]): Promise<InProcessServer> {
	const dataDir = newDataDir();
	let aheadMs = 0;
	const clock = { nowMs: () => Date.now() + aheadMs };
	const kept = await openSqliteStorage({
		file: join(dataDir, 'store.sqlite'),
		clock: clock.nowMs,
		random: randomBytes
	});
	const accounts = await putStaff(kept, staff);
	const { storage, asked } = watched(kept);
	const issuingKey = issuingKeyOfPem(createIssuingKeyPem());
	const judge = createDraftJudge();
	const citizens = openCitizenSessions({
		file: join(dataDir, 'citizen-sessions.log'),
		secret: new Uint8Array(randomBytes(32)),
		clock,
		randomBytes
	});
	const app = await createApp({ storage, clock, issuingKey, judge, citizens });
	await app.listen({ host: '127.0.0.1', port: 0 });
	const address = app.server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const url = `http://127.0.0.1:${port}`;
	noteStore(url, join(dataDir, 'store.sqlite'));
	return {
		url,
		storage: kept,
		issuingKey,
		sealingKey: createSealingKey(TABLET_SECRET).publicKey,
		accounts,
		citizens,
		clock,
		pass: (ms) => void (aheadMs += ms),
		endMemberships: () => endMemberships({ storage: kept, clock, onEnded: () => undefined }),
		questionsOf: async (work) => {
			asked.length = 0;
			await work();
			return [...asked];
		},
		close: async () => {
			await app.close();
			await judge.close();
			await kept.close();
			rmSync(dataDir, { recursive: true });
		}
	};
}

interface Parts {
	storage: ServerStorage;
	clock: { nowMs(): number };
	issuingKey: IssuingKey;
	judge: ReturnType<typeof createDraftJudge>;
	citizens: CitizenSessions;
}

function createApp({ storage, clock, issuingKey, judge, citizens }: Parts) {
	const verify = createVerifier();
	const deps = { storage, verify, clock, issuingKey: issuingKey.publicKey };
	const damage = createDamage();
	const wipes = createWipes(storage);
	const attempts = {
		loginAttempts: createAttempts(LOGIN_ATTEMPTS),
		addressAttempts: createAttempts(ADDRESS_ATTEMPTS)
	};
	const sealingKey = createSealingKey(TABLET_SECRET);
	const tabletSecrets = createTabletSecrets(TABLET_SECRET);
	const vouch = createVouch({
		...deps,
		issuingKey,
		tabletSecrets,
		sealingKey,
		leaseMs: LEASE_MS,
		certificateLog: { keep: async () => undefined }
	});
	const signingIn = {
		storage,
		clock,
		randomBytes,
		vouch,
		loginAttempts: createAttempts(LOGIN_ATTEMPTS),
		addressAttempts: createAttempts(ADDRESS_ATTEMPTS)
	};
	const onFailure = (error: unknown): never => {
		throw error;
	};
	const rooms = createLiveRooms({
		storage,
		clock,
		judge: judge.judge,
		timer: systemTimer,
		randomBytes,
		onFailure
	});
	return createHttpServer({
		storage,
		verify: deps.verify,
		clock,
		log: { request: () => undefined, failure: onFailure, damage: () => undefined },
		damage,
		sync: createSyncService({ ...deps, damage, onAccepted: rooms.accepted }),
		authenticate: createAuthenticate({ ...deps, wipes }),
		manage: {
			wipes,
			randomBytes,
			sessions: createManageSessions({ clock, randomBytes }),
			checkManager: createManageSignIn({ ...deps, ...attempts, randomBytes }),
			changePassword: createChangePassword({ ...deps, ...attempts, randomBytes })
		},
		sealingKey,
		tabletSecrets,
		leaseMs: LEASE_MS,
		enrol: createEnrol({
			...deps,
			issuingKey,
			certificateLog: { keep: async () => undefined },
			addressAttempts: createAttempts(ADDRESS_ATTEMPTS),
			allAttempts: createAttempts(ENROLMENT_ATTEMPTS)
		}),
		signIn: createSignIn(signingIn),
		passkeys: openPasskeys(signingIn, { host: '127.0.0.1', isTls: false }),
		bodyTimeoutMs: 30_000,
		onBrokenStore: () => undefined,
		live: { rooms, sessions: createLiveSessions({ clock, randomBytes }) },
		citizens: {
			sessions: citizens,
			signIn: { type: 'stand-in' },
			origin: { host: '127.0.0.1', isTls: false },
			demoCitizens: () => [],
			randomBytes
		}
	});
}

/** The store, and the names of what was asked of it. */
function watched(storage: ServerStorage): { storage: ServerStorage; asked: string[] } {
	const asked: string[] = [];
	const watching = new Proxy(storage, {
		get(target, name) {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return (...parameters: unknown[]): unknown => {
				asked.push(String(name));
				return Reflect.apply(method, target, parameters);
			};
		}
	});
	return { storage: watching, asked };
}
