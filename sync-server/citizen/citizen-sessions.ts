/**
 * Who is signed in as a citizen. The cookie holds a random key; the server keeps only its hash, in a file of
 * its own, so that a restart signs nobody out and a copy of the file signs nobody in. Ending a session is on
 * the disk before it is answered.
 */
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Citizen } from '#lib/domain/access/family.ts';
import { bytesToId, type PersonId } from '#lib/domain/ids.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import { partialDateSchema } from '#lib/domain/time/clinical-schemas.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { StorageFailure } from '../storage/storage.ts';

/** `__Host-`: only over TLS (or on the machine itself), for this host and the whole of it. */
export const CITIZEN_COOKIE = '__Host-so-suc-khoe-citizen';
export const CITIZEN_SESSION_S_MAX = 30 * 24 * 60 * 60;

const OWNER_ONLY = 0o600;
const KEY_BYTES = 32;
const SESSIONS_PER_PERSON_MAX = 10;

export interface CitizenSession {
	/** Stands for the citizen in the audit: no number that means anything elsewhere. */
	person: PersonId;
	citizen: Citizen;
}

export interface CitizenSessions {
	/** Answers the value of the cookie. Rejects with `StorageFailure` when the disk refuses. */
	open(citizen: Citizen): Promise<string>;
	find(cookie: string | undefined): CitizenSession | undefined;
	close(cookie: string | undefined): Promise<void>;
}

export const citizenSchema = z.strictObject({
	personalNumber: z.string().regex(/^[0-9]{12}$/),
	name: lineSchema(120),
	birthDate: partialDateSchema
});

const lineOfFileSchema = z.union([
	z.strictObject({ key: z.string(), untilMs: z.number(), citizen: citizenSchema }),
	z.strictObject({ ended: z.string() })
]);

interface Held extends CitizenSession {
	untilMs: number;
}

export interface CitizenSessionDeps {
	file: string;
	/** Makes `person` out of a number, so that nobody without it can count back. */
	secret: Uint8Array;
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}

export function openCitizenSessions(deps: CitizenSessionDeps): CitizenSessions {
	/** By hash of the cookie's key, oldest first. */
	const held = readSessions(deps);
	compact(deps.file, held);
	let last: Promise<unknown> = Promise.resolve();

	const keep = (line: object): Promise<void> => {
		const written = last.then(() => append(deps.file, `${JSON.stringify(line)}\n`));
		last = written.catch(() => undefined);
		return written;
	};
	const end = async (key: string): Promise<void> => {
		if (held.delete(key)) await keep({ ended: key });
	};

	return {
		open: async (citizen) => {
			const cookie = bytesToBase64url(deps.randomBytes(KEY_BYTES));
			const untilMs = deps.clock.nowMs() + CITIZEN_SESSION_S_MAX * 1_000;
			const person = personOf(deps.secret, citizen);
			const own = [...held].filter(([, session]) => session.person === person);
			for (const [key] of own.slice(0, Math.max(0, own.length - SESSIONS_PER_PERSON_MAX + 1)))
				await end(key);
			await keep({ key: hashOf(cookie), untilMs, citizen });
			held.set(hashOf(cookie), { person, citizen, untilMs });
			return cookie;
		},
		find: (cookie) => {
			const session = cookie === undefined ? undefined : held.get(hashOf(cookie));
			return session !== undefined && session.untilMs > deps.clock.nowMs() ? session : undefined;
		},
		close: async (cookie) => {
			if (cookie !== undefined) await end(hashOf(cookie));
		}
	};
}

function hashOf(cookie: string): string {
	return createHash('sha256').update(cookie).digest('base64url');
}

function personOf(secret: Uint8Array, { personalNumber }: Citizen): PersonId {
	const hash = createHmac('sha256', secret).update(`citizen ${personalNumber}`).digest();
	return bytesToId<PersonId>(new Uint8Array(hash.subarray(0, 16)));
}

/** A damaged line, cut by a crash, is one sign-in lost. */
function readSessions({ file, secret, clock }: CitizenSessionDeps): Map<string, Held> {
	const held = new Map<string, Held>();
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	for (const line of text.split('\n').filter((one) => one !== '')) {
		const read = readLine(line);
		if (read === undefined) continue;
		if ('ended' in read) held.delete(read.ended);
		else if (read.untilMs > clock.nowMs()) {
			const { key, untilMs, citizen } = read;
			held.set(key, { person: personOf(secret, citizen), citizen, untilMs });
		}
	}
	return held;
}

function readLine(line: string): z.infer<typeof lineOfFileSchema> | undefined {
	try {
		return lineOfFileSchema.safeParse(JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}

/** Ended and expired sessions leave the file when the server starts. */
function compact(file: string, held: Map<string, Held>): void {
	const lines = [...held].map(([key, { untilMs, citizen }]) =>
		JSON.stringify({ key, untilMs, citizen })
	);
	writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(''), { mode: OWNER_ONLY });
	renameSync(`${file}.new`, file);
}

async function append(file: string, line: string): Promise<void> {
	try {
		const handle = await open(file, 'a', OWNER_ONLY);
		try {
			await handle.appendFile(line);
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
		throw new StorageFailure(isFull ? 'disk-full' : 'io', 'A session could not be kept.');
	}
}
