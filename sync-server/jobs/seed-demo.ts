/**
 * Fills an empty store with the demo, once. What it was made with stands in `demo.json` beside the store
 * from before the first entry, the key too: a start that is killed half way goes on with the same bytes,
 * so nothing is there twice. When all is stored the key is thrown away: nobody can sign with it again.
 */
import { createPrivateKey, generateKeyPairSync, sign, createPublicKey } from 'node:crypto';
import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DeviceId } from '#lib/domain/ids.ts';
import { checkEdition, editionToText } from '#lib/domain/catalogues/edition.ts';
import {
	clinicalDateOf,
	isClinicalDate,
	type ClinicalDate
} from '#lib/domain/time/clinical-time.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import { hashPassword, isPassword } from '../auth/password-hash.ts';
import type { Account, AppendEntry, ServerStorage } from '../storage/storage.ts';
import { demoCitizens, type DemoCitizen } from './demo/citizens.ts';
import { createDemo, signDemo, type DemoEntry, type DemoKey, type DemoPlan } from './demo/demo.ts';
import { DEMO_HOSPITAL, demoStaff } from './demo/stations.ts';

const DEMO_FILE = 'demo.json';
const OWNER_ONLY = 0o600;
const SEED = 'so-suc-khoe';
/** Before anything that the demo tells of. */
const FACILITIES_FROM = '2000-01-01' as ClinicalDate;

const demoFileSchema = z.object({
	state: z.enum(['seeding', 'done']),
	seed: z.string().min(1).max(60),
	peopleCount: z.number().int().min(1),
	today: z.string().refine(isClinicalDate),
	/** PEM; only while seeding. */
	key: z.string().optional()
});
type DemoFile = z.infer<typeof demoFileSchema>;

export interface SeedDeps {
	storage: ServerStorage;
	dataDir: string;
	nowMs: () => number;
	randomBytes: (count: number) => Uint8Array;
	/** Called as books are stored. */
	progress: (books: number, of: number) => void;
}

/** Seeds a store nobody has used yet, or finishes what an earlier start began. Does nothing otherwise. */
export async function seedDemoOnce(deps: SeedDeps, peopleCount: number): Promise<void> {
	const file = join(deps.dataDir, DEMO_FILE);
	const begun = readDemoFile(file);
	if (begun?.state === 'done') return;
	if (begun === undefined && (peopleCount === 0 || (await isUsed(deps.storage)))) return;
	const plan = begun ?? newPlan(peopleCount, deps.nowMs());
	if (begun === undefined) writeDemoFile(file, plan);
	await seed(deps, plan);
	const { key: _key, ...kept } = plan;
	writeDemoFile(file, { ...kept, state: 'done' });
}

/** Whether people of the demo stand, or are about to stand, in the store of this directory. */
export function hasDemo(dataDir: string): boolean {
	return existsSync(join(dataDir, DEMO_FILE));
}

/** Passwords by login of the demo's people who still have the one they were made with, by this version or before. */
export async function readDemoPasswords(
	dataDir: string,
	accounts: Account[]
): Promise<Map<string, string>> {
	const demo = readDemoFile(join(dataDir, DEMO_FILE));
	const passwords = new Map<string, string>();
	if (demo === undefined) return passwords;
	await Promise.all(
		demoStaff(demo.seed).map(async ({ login, password, pin }) => {
			const account = accounts.find((one) => one.login === login);
			if (account === undefined) return;
			if (await isPassword(password, account.passwordHash)) passwords.set(login, password);
			else if (await isPassword(pin, account.passwordHash)) passwords.set(login, pin);
		})
	);
	return passwords;
}

/** This store was begun as a demo. */
export function isDemo(dataDir: string): boolean {
	return existsSync(join(dataDir, DEMO_FILE));
}

/** Who of the demo can sign in as a citizen; nobody where there is no demo. */
export function readDemoCitizens(dataDir: string): DemoCitizen[] {
	const demo = readDemoFile(join(dataDir, DEMO_FILE));
	if (demo === undefined || !isClinicalDate(demo.today)) return [];
	return demoCitizens(demo.seed, demo.peopleCount, demo.today);
}

async function isUsed(storage: ServerStorage): Promise<boolean> {
	const { head } = await storage.readState();
	return head > 0 || (await storage.listAccounts()).length > 0;
}

function newPlan(peopleCount: number, nowMs: number): DemoFile {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	return { state: 'seeding', seed: SEED, peopleCount, today: clinicalDateOf(nowMs), key };
}

async function seed(
	deps: SeedDeps,
	{ seed, peopleCount, today, key: pem }: DemoFile
): Promise<void> {
	if (pem === undefined || !isClinicalDate(today)) throw new Error('demo.json is not complete');
	const plan = createDemo({ seed, peopleCount, today });
	await putFacilitiesAndStaff(deps, plan);
	const { publicKey, ...key } = demoKeyOf(pem);
	await deps.storage.putPersonKey({
		key: key.key,
		publicKey,
		person: plan.importer,
		device: importingDevice(key.key),
		role: 'import',
		facility: DEMO_HOSPITAL.code,
		fromMs: deps.nowMs()
	});
	let books = 0;
	for await (const batch of signDemo(plan, key)) {
		await append(deps, batch);
		books += batch.filter(({ registeredAt }) => registeredAt !== undefined).length;
		deps.progress(books, peopleCount);
	}
}

async function putFacilitiesAndStaff(deps: SeedDeps, plan: DemoPlan): Promise<void> {
	for (const { facility, duties } of plan.facilities)
		await deps.storage.putFacility(facility, duties);
	await putFacilityNames(deps, plan);
	for (const { pin: _pin, password, ...member } of plan.staff)
		await deps.storage.putAccount({
			...member,
			passwordHash: await hashPassword(password, deps.randomBytes)
		});
}

/** Who reads an entry of another facility wants its name, also without a network. */
async function putFacilityNames({ storage, nowMs }: SeedDeps, plan: DemoPlan): Promise<void> {
	const entries = plan.facilities.map(({ facility: { code, name, commune } }) => ({
		code,
		name,
		commune
	}));
	const made = checkEdition('facilities', FACILITIES_FROM, entries, 'demo');
	if (!made.ok) throw new Error('the facilities of the demo are not well made');
	await storage.putCatalogue({
		kind: 'facilities',
		from: FACILITIES_FROM,
		content: editionToText(made.edition),
		importedMs: nowMs()
	});
}

/** The import speaks with a key of its own and with no device; its key's id stands for one. */
function importingDevice(key: string): DeviceId {
	return key as DeviceId;
}

function demoKeyOf(pem: string): DemoKey & { publicKey: Uint8Array } {
	const privateKey = createPrivateKey(pem);
	const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
	const publicKey = new Uint8Array(65);
	publicKey[0] = 4;
	publicKey.set(Buffer.from(x, 'base64url'), 1);
	publicKey.set(Buffer.from(y, 'base64url'), 33);
	return {
		key: keyIdOf(publicKey),
		publicKey,
		sign: (bytes) =>
			new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
	};
}

async function append({ storage, nowMs }: SeedDeps, batch: DemoEntry[]): Promise<void> {
	const entries = batch.map(({ registeredAt, ...entry }): AppendEntry => ({
		...entry,
		flags: [],
		...(registeredAt !== undefined && {
			begins: [{ facility: registeredAt, reason: 'registered' as const }]
		})
	}));
	const results = await storage.append({ entries, audit: { at: nowMs() }, lane: 'bulk' });
	if (results.some(({ type }) => type === 'refused')) throw new Error('the demo was refused');
}

function readDemoFile(file: string): DemoFile | undefined {
	if (!existsSync(file)) return undefined;
	return demoFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function writeDemoFile(file: string, content: DemoFile): void {
	const waiting = `${file}.new`;
	const handle = openSync(waiting, 'w', OWNER_ONLY);
	writeSync(handle, JSON.stringify(content));
	fsyncSync(handle);
	closeSync(handle);
	renameSync(waiting, file);
}
