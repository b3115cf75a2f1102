/** Composition root: configuration, storage, admission, sign-in, HTTP. Run by `npm start`. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADDRESS_ATTEMPTS, createAttempts, LOGIN_ATTEMPTS } from './auth/attempts.ts';
import { openCertificateLog } from './auth/certificate-log.ts';
import { registerCertificates } from './auth/certificates.ts';
import { createAuthenticate } from './auth/device-token.ts';
import { createEnrol, ENROLMENT_ATTEMPTS } from './auth/enrolment.ts';
import {
	CERTIFICATE_LOG_FILE,
	CHECKPOINTS_FILE,
	CITIZEN_SECRET_FILE,
	CITIZEN_SESSIONS_FILE,
	ISSUING_KEY_FILE,
	TABLET_SECRET_FILE
} from './auth/files.ts';
import { openIssuingKey } from './auth/issuing-key.ts';
import { createChangePassword, type ChangePasswordDeps } from './auth/change-password.ts';
import { createManageSessions } from './auth/manage-session.ts';
import { createManageSignIn, type ManageSignInDeps } from './auth/manage-sign-in.ts';
import { createLiveSessions } from './auth/live-session.ts';
import { openLogKey } from './auth/log-key.ts';
import { openPasskeys } from './http/open-passkeys.ts';
import { openSecret } from './auth/secret.ts';
import { openSealingKey } from './auth/sealing-key.ts';
import { createSignIn, type SignInDeps } from './auth/sign-in.ts';
import { createVouch, type VouchDeps } from './auth/vouch.ts';
import { createTabletSecrets } from './auth/tablet-secrets.ts';
import { openCitizenSessions } from './citizen/citizen-sessions.ts';
import { createWipes, type Wipes } from './auth/wipes.ts';
import { announcementLines, createProgress } from './http/announcement.ts';
import { readConfig, type ServerConfig } from './http/config.ts';
import { createLog, failureOf } from './http/log.ts';
import { createCrashAt } from './http/crash-at.ts';
import {
	createShutdown,
	endOnSignals,
	isPortFree,
	listen,
	outliveTheTerminal,
	startFailureSentence
} from './http/run-server.ts';
import type { OriginRules } from './http/public-origin.ts';
import type { CitizenAccess } from './http/citizen-access.ts';
import type { ManageAccess } from './http/manage-routes.ts';
import { createHttpServer } from './http/server.ts';
import { createDraftJudge } from './live/draft-judge.ts';
import { createLiveRooms } from './live/live-rooms.ts';
import { systemTimer } from './live/timer.ts';
import { startEndingMemberships } from './jobs/end-memberships.ts';
import { createCheckpoints, type Checkpoints } from './jobs/checkpoints.ts';
import { makeDemoCodes } from './jobs/demo-codes.ts';
import { hasDemo, readDemoCitizens, readDemoPasswords, seedDemoOnce } from './jobs/seed-demo.ts';
import { storeFileIn } from './storage/sqlite/files.ts';
import { openSqliteStorage } from './storage/sqlite.ts';
import type { ServerStorage } from './storage/storage.ts';
import { createAdmissionPool } from './sync/admission-pool.ts';
import { createDamage } from './sync/damage.ts';
import { createSyncService } from './sync/sync-service.ts';
import { createVerifier } from './sync/verify-signature.ts';

const APP_FOLDER = fileURLToPath(new URL('../build', import.meta.url));
const clock = { nowMs: () => Date.now() };
const log = createLog((line) => console.log(line));
const DAY_MS = 24 * 60 * 60_000;
let isEnding = () => false;

/** What cannot be repaired in this process: said, and ended, so that whoever watches starts a new one. */
function fail(error: unknown): never {
	log.failure(failureOf(error));
	process.exit(1);
}

function stop(sentence: string): never {
	console.error(sentence);
	process.exit(1);
}

function originRulesOf({ host, tls, publicOrigin }: ServerConfig): OriginRules {
	return { host, isTls: tls !== undefined, ...(publicOrigin !== undefined && { publicOrigin }) };
}

function openCitizens(config: ServerConfig): CitizenAccess {
	const { dataDir } = config;
	return {
		sessions: openCitizenSessions({
			file: join(dataDir, CITIZEN_SESSIONS_FILE),
			secret: openSecret(join(dataDir, CITIZEN_SECRET_FILE), randomBytes),
			clock,
			randomBytes
		}),
		signIn: config.citizenSignIn,
		origin: originRulesOf(config),
		demoCitizens: () => readDemoCitizens(dataDir),
		randomBytes
	};
}

function openStore(
	{ dataDir, crashAt }: ServerConfig,
	crash: ReturnType<typeof createCrashAt>
): Promise<ServerStorage> {
	return openSqliteStorage({
		onLost: (failure) => fail(failure),
		file: storeFileIn(dataDir),
		clock: clock.nowMs,
		random: randomBytes,
		// Asked only when a test wants it: each question holds up the writer.
		...(crashAt !== undefined && { fault: crash.fault })
	});
}

/** What the server vouches with, each in a file of its own. */
async function openKeys({ dataDir, takesNewIssuingKey }: ServerConfig, storage: ServerStorage) {
	const certificateLog = openCertificateLog(join(dataDir, CERTIFICATE_LOG_FILE));
	const issuingKey = await openIssuingKey(join(dataDir, ISSUING_KEY_FILE), async () => {
		if (takesNewIssuingKey) return true;
		const signIns = await storage.listAudit({ action: 'sign-in', limit: 1 });
		return signIns.length === 0 && certificateLog.certificates.length === 0;
	});
	return { issuingKey, certificateLog, ...openTabletSecrets(dataDir) };
}

function openTabletSecrets(dataDir: string) {
	const secret = openSecret(join(dataDir, TABLET_SECRET_FILE), randomBytes);
	const sealingKey = openSealingKey(dataDir, randomBytes);
	return { tabletSecrets: createTabletSecrets(secret), sealingKey };
}

function openCheckpoints({ dataDir }: ServerConfig, storage: ServerStorage): Checkpoints {
	const checkpoints = createCheckpoints({
		storage,
		clock,
		randomBytes,
		key: openLogKey(dataDir),
		file: join(dataDir, CHECKPOINTS_FILE),
		every: (ms, act) => void setInterval(act, ms).unref(),
		onFailure: (error) => log.failure(failureOf(error))
	});
	checkpoints.start();
	return checkpoints;
}

function openManaging(
	deps: Omit<ManageSignInDeps & ChangePasswordDeps, 'randomBytes'> & { wipes: Wipes }
): ManageAccess {
	return {
		randomBytes,
		wipes: deps.wipes,
		sessions: createManageSessions({ clock, randomBytes }),
		checkManager: createManageSignIn({ ...deps, randomBytes }),
		changePassword: createChangePassword({ ...deps, randomBytes })
	};
}

/** By password and by passkey; the same person's key is vouched for once. */
function openSignIn(
	deps: VouchDeps & Pick<SignInDeps, 'loginAttempts' | 'addressAttempts'>,
	origin: OriginRules
) {
	const signingIn = { ...deps, randomBytes, vouch: createVouch(deps) };
	return { signIn: createSignIn(signingIn), passkeys: openPasskeys(signingIn, origin) };
}

/** A free port and a directory of its own, or no start. */
async function prepare(config: ServerConfig): Promise<void> {
	const { isProduction, dataDir, port } = config;
	if (!(await isPortFree(config)))
		stop(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`);
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	if (isProduction && hasDemo(dataDir))
		stop(
			`DATA_DIR ${dataDir} holds the demo: everybody knows its passwords. Choose another directory.`
		);
}

/** The same login and the same address, wherever somebody tries. */
function createSignInAttempts() {
	return {
		loginAttempts: createAttempts(LOGIN_ATTEMPTS),
		addressAttempts: createAttempts(ADDRESS_ATTEMPTS)
	};
}

async function start(config: ServerConfig): Promise<void> {
	await prepare(config);
	const crash = createCrashAt(config.crashAt);
	const storage = await openStore(config, crash);
	const vouching = await openKeys(config, storage);
	const { issuingKey, certificateLog } = vouching;
	const leaseMs = config.leaseDays * DAY_MS;
	const verify = createVerifier();
	const former = {
		keys: issuingKey.formerKeys,
		hasGiven: (bytes: Uint8Array) => certificateLog.hasGiven(bytes)
	};
	const deps = { storage, verify, clock, issuingKey: issuingKey.publicKey, former };
	await registerCertificates(deps, certificateLog.certificates);
	const pool = createAdmissionPool();
	const damage = createDamage((commit) => log.damage(commit));
	const judge = createDraftJudge();
	const onFailure = (error: unknown) => log.failure(failureOf(error));
	const rooms = createLiveRooms({
		storage,
		clock,
		judge: judge.judge,
		timer: systemTimer,
		randomBytes,
		onFailure
	});
	const checkpoints = openCheckpoints(config, storage);
	const wipes = createWipes(storage);
	const attempts = createSignInAttempts();
	const app = await createHttpServer({
		...config,
		...vouching,
		storage,
		verify,
		clock,
		log,
		citizens: openCitizens(config),
		checkpoints,
		live: { rooms, sessions: createLiveSessions({ clock, randomBytes }) },
		damage,
		sync: createSyncService({ ...deps, examiner: pool, damage, onAccepted: rooms.accepted }),
		authenticate: createAuthenticate({ ...deps, wipes }),
		leaseMs,
		enrol: createEnrol({
			...deps,
			...vouching,
			addressAttempts: createAttempts(ADDRESS_ATTEMPTS),
			allAttempts: createAttempts(ENROLMENT_ATTEMPTS)
		}),
		...openSignIn({ ...deps, ...vouching, ...attempts, leaseMs }, originRulesOf(config)),
		manage: openManaging({ ...deps, ...attempts, wipes }),
		appFolder: APP_FOLDER,
		onBrokenStore: () => process.exit(1)
	});
	const endings = startEndingMemberships({
		storage,
		clock,
		onEnded: () => rooms.accepted([]),
		onFailure
	});
	isEnding = endOnSignals(createShutdown(app, storage, [pool, judge, endings]));
	outliveTheTerminal([process.stdout, process.stderr]);
	const seeding = { ...config, storage, nowMs: clock.nowMs, randomBytes };
	await seedDemoOnce({ ...seeding, progress: createProgress(process.stdout) }, config.people);
	const port = await listen(app, config);
	const lines = await announcement(config, storage, port);
	// What is announced is stored too.
	crash.arm();
	for (const line of lines) console.log(line);
}

/** Where it is and who can sign in. */
async function announcement(
	config: ServerConfig,
	storage: ServerStorage,
	port: number
): Promise<string[]> {
	const accounts = await storage.listAccounts();
	return announcementLines({
		host: config.host,
		port,
		isTls: config.tls !== undefined,
		accounts,
		facilities: await storage.listFacilities(),
		demoPasswords: config.isProduction
			? new Map()
			: await readDemoPasswords(config.dataDir, accounts),
		demoCodes: await makeDemoCodes({ ...config, storage, clock, randomBytes }),
		demoCitizens: config.citizenSignIn.type === 'stand-in' ? readDemoCitizens(config.dataDir) : [],
		hasApp: existsSync(APP_FOLDER)
	});
}

// Whatever is written holds patients' data or keys.
process.umask(0o077);
process.on('uncaughtException', fail);
const result = readConfig(process.env, process.argv.slice(2));
if (!result.ok) stop(result.sentence);
start(result.config).catch((error: unknown) => {
	if (isEnding()) return;
	const sentence = startFailureSentence(error, result.config);
	if (sentence !== undefined) stop(sentence);
	fail(error);
});
