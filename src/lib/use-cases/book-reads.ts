/**
 * That somebody looked at a book: noted in this device's chain when it is shown, with or without a network, and told to the
 * server before it is asked for more. Whoever looks again within minutes looked once.
 */
import { EMERGENCIES_PER_DAY_MAX } from '#lib/domain/access/emergency.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { readsTipToSign, type BookRead } from '#lib/entry/read-chain.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { READS_PER_REPORT_MAX } from '#lib/protocol/reads.ts';
import { StorageFailed, type BookStorage, type ReadsStretch } from '#lib/storage/port.ts';
import type { Vault } from '#lib/vault/vault.ts';
import type { ServerPort } from './server-port.ts';

const SAME_LOOK_MS = 10 * 60_000;
const LOOKS_REMEMBERED_MAX = 500;
const DAY_MS = 24 * 60 * 60_000;
/** Years without a network; a database counts no further than 32 bits. */
const ALL_READS = 1_000_000;

export interface BookReadsDeps {
	storage: Pick<BookStorage, 'noteRead' | 'listReads' | 'forgetReads' | 'readClockOffset'>;
	vault: Pick<Vault, 'session' | 'readDevice' | 'signForDevice'>;
	server: Pick<ServerPort, 'reportReads'>;
	clock: { nowMs(): number };
}

export interface BookReads {
	/** Ends when it is on the disk. On a full device it is shown all the same, and noted with the next that fits. */
	note(books: readonly BookId[]): Promise<void>;
	/** A book that this facility had no right to any more, on the word of whoever is signed in. Throws
	 * `StorageFailed`: what cannot be noted is not opened. `too-many`: of one person in a day, of those
	 * that the server has not heard of. */
	noteEmergency(
		book: BookId,
		words: NonNullable<BookRead['emergency']>
	): Promise<{ type: 'noted' } | { type: 'too-many'; retryAfterSeconds: number }>;
	/** Tells the server. `unreachable`: it may have heard some of it. */
	tell(): Promise<'told' | 'unreachable'>;
}

export function createBookReads(deps: BookReadsDeps): BookReads {
	const { storage, vault, clock } = deps;
	const looks = new Map<string, number>();
	/** Did not fit on the disk. */
	let left: BookRead[] = [];

	const serverNowMs = async (): Promise<number> =>
		Math.max(0, Math.round(clock.nowMs() + ((await storage.readClockOffset()) ?? 0)));

	function isNewLook(book: BookId, person: string): boolean {
		const key = `${person} ${book}`;
		const nowMs = clock.nowMs();
		const ageMs = nowMs - (looks.get(key) ?? -Infinity);
		if (ageMs >= 0 && ageMs < SAME_LOOK_MS) return false;
		looks.delete(key);
		looks.set(key, nowMs);
		const [oldest] = looks.keys();
		if (looks.size > LOOKS_REMEMBERED_MAX && oldest !== undefined) looks.delete(oldest);
		return true;
	}

	/** Answers those that did not fit. */
	async function writeAll(reads: readonly BookRead[]): Promise<BookRead[]> {
		for (const [at, read] of reads.entries()) {
			try {
				await storage.noteRead(read);
			} catch (error) {
				if (!(error instanceof StorageFailed)) throw error;
				return reads.slice(at);
			}
		}
		return [];
	}

	return {
		note: async (books) => {
			const person = vault.session()?.staff.person;
			if (person === undefined) return;
			const fresh = books.filter((book) => isNewLook(book, person));
			if (fresh.length === 0) return;
			const atMs = await serverNowMs();
			const reads = [...left, ...fresh.map((book) => ({ book, person, atMs }))];
			left = [];
			left = [...(await writeAll(reads)), ...left].slice(-LOOKS_REMEMBERED_MAX);
		},
		noteEmergency: async (book, emergency) => {
			const person = vault.session()?.staff.person;
			if (person === undefined) throw new StorageFailed('locked');
			const atMs = await serverNowMs();
			const told = await storage.listReads(ALL_READS);
			const recent = (told?.reads ?? []).filter(
				(read) => read.emergency && read.person === person && read.atMs > atMs - DAY_MS
			);
			const [oldest] = recent;
			if (oldest !== undefined && recent.length >= EMERGENCIES_PER_DAY_MAX) {
				const retryAfterSeconds = Math.ceil((oldest.atMs + DAY_MS - atMs) / 1_000);
				return { type: 'too-many', retryAfterSeconds };
			}
			await storage.noteRead({ book, person, atMs, emergency });
			return { type: 'noted' };
		},
		tell: () => tellAll(deps)
	};
}

async function tellAll({ storage, vault, server }: BookReadsDeps): Promise<'told' | 'unreachable'> {
	for (;;) {
		const device = await vault.readDevice();
		const stretch = await storage.listReads(READS_PER_REPORT_MAX);
		if (device === undefined || stretch === undefined) return 'told';
		const signature = await vault.signForDevice(readsTipToSign(stretch.tip));
		const answer = await server.reportReads(reportOf(stretch, signature), device.token);
		if (answer.type === 'unreachable') return 'unreachable';
		// What this server does not take now stays, and holds up nothing that was written.
		if (answer.type === 'refused') return answer.code === 'busy' ? 'unreachable' : 'told';
		await storage.forgetReads(stretch.tip.n);
	}
}

function reportOf({ after, reads }: ReadsStretch, signature: Uint8Array) {
	return {
		after: { n: after.n, link: bytesToBase64url(after.link) },
		reads,
		signature: bytesToBase64url(signature)
	};
}
