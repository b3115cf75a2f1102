/**
 * Who opened a book, for whoever may read all of it: which places a person goes to can say as much as what is written
 * there, so from a child's sixteenth birthday on it is told to the child alone. Each row comes with its place in the
 * tree of the access log, under a checkpoint that the phone compares with the one it kept.
 */
import { accessKindOf } from '#lib/domain/access/accesses.ts';
import { can } from '#lib/domain/access/can.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { encodeAccess } from '#lib/protocol/access-log.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { Checkpoint } from '#lib/protocol/checkpoint.ts';
import {
	ACCESSES_TOLD_MAX,
	type Accesses,
	type AccessesRequest,
	type ProvenAccess
} from '#lib/protocol/citizen.ts';
import { proveConsistency, proveInclusions } from '../storage/proofs.ts';
import type { Access, ServerStorage } from '../storage/storage.ts';
import type { CitizenSession } from './citizen-sessions.ts';
import { openFamily, type FamilyDeps } from './family-books.ts';

export interface AccessesDeps extends FamilyDeps {
	storage: FamilyDeps['storage'] &
		Pick<
			ServerStorage,
			'audit' | 'listAccesses' | 'readTreeNodes' | 'listFacilities' | 'listAccounts'
		>;
	/** A checkpoint of about now, and the keys that signed it. */
	checkpoints: {
		make(ageMsMax: number): Promise<Checkpoint & { text: string }>;
		keys: readonly Uint8Array[];
	};
}

/** Looked through for one answer. */
const ROWS_READ_MAX = 1_000;
/** What the family did itself must not hide what others did. */
const OWN_TOLD_MAX = 20;

/** Two questions of one moment share a checkpoint. */
const CHECKPOINT_AGE_MS_MAX = 5_000;

/** Undefined: no such book for this person. On disk before it is answered, like the reading of any other part. */
export async function answerAccesses(
	deps: AccessesDeps,
	{ person, citizen }: CitizenSession,
	{ book, known }: AccessesRequest,
	nowMs: number
): Promise<Accesses | undefined> {
	const { storage } = deps;
	const family = await openFamily(deps, citizen, nowMs);
	const books = family
		.filter((one) => (one.of ?? one.book) === book)
		.filter(({ stands }) => can({ role: 'citizen' }, 'read-restricted', stands, nowMs).allowed)
		.map((one) => one.book);
	const row = { at: nowMs, person, role: 'citizen' };
	if (books.length === 0) {
		const of: string = book;
		const detail = 'citizen accesses not-of-the-family';
		await storage.audit({ ...row, action: 'refuse', book: of as BookId, detail });
		return undefined;
	}
	const detail = 'citizen accesses';
	await Promise.all(
		books.map((one) => storage.audit({ ...row, action: 'deliver', book: one, detail }))
	);
	const checkpoint = await deps.checkpoints.make(CHECKPOINT_AGE_MS_MAX);
	const found = await newestOf(storage, books, checkpoint.size);
	const told = chooseTold(found);
	const consistency = await proveKnown(storage, known, checkpoint);
	return {
		checkpoint: checkpoint.text,
		keys: deps.checkpoints.keys.map(bytesToBase64url),
		...(consistency !== undefined && { consistency: consistency.map(bytesToBase64url) }),
		books,
		accesses: await proveAll(storage, told, checkpoint.size),
		hasOlder: found.length > told.length,
		names: await namesIn(storage, told)
	};
}

function chooseTold(newestFirst: Access[]): Access[] {
	const isOwn = ({ row }: Access): boolean => accessKindOf(row) === 'family';
	const own = newestFirst.filter(isOwn).slice(0, OWN_TOLD_MAX);
	const others = newestFirst.filter((access) => !isOwn(access));
	const told = [...own, ...others.slice(0, ACCESSES_TOLD_MAX - OWN_TOLD_MAX)];
	return told.sort((a, b) => b.number - a.number);
}

async function newestOf(
	storage: AccessesDeps['storage'],
	books: BookId[],
	size: number
): Promise<Access[]> {
	const page = { before: size + 1, limit: ROWS_READ_MAX };
	const lists = await Promise.all(books.map((book) => storage.listAccesses(book, page)));
	const byNumber = new Map(lists.flat().map((access) => [access.number, access]));
	return [...byNumber.values()].sort((a, b) => b.number - a.number);
}

async function proveAll(
	storage: AccessesDeps['storage'],
	accesses: Access[],
	size: number
): Promise<ProvenAccess[]> {
	const indexes = accesses.map(({ number }) => number - 1);
	const proofs = await proveInclusions(storage, indexes, size);
	return accesses.map(({ number, row, salt }, index) => ({
		number,
		bytes: bytesToBase64url(encodeAccess(row)),
		salt: bytesToBase64url(salt),
		proof: (proofs[index] ?? []).map(bytesToBase64url)
	}));
}

/** Of an earlier life of the store only what the next one began with is still here. */
async function proveKnown(
	storage: AccessesDeps['storage'],
	known: AccessesRequest['known'],
	{ size, epochs }: Checkpoint
): Promise<Uint8Array[] | undefined> {
	const index = epochs.findIndex(({ epoch }) => epoch === known?.epoch);
	if (known === undefined || index === -1) return undefined;
	const kept = epochs[index + 1]?.rows ?? size;
	return known.size > kept ? undefined : proveConsistency(storage, known.size, size);
}

/** Only of places and staff in these rows. */
async function namesIn(
	storage: AccessesDeps['storage'],
	accesses: Access[]
): Promise<Record<string, string>> {
	const met = new Set(accesses.flatMap(({ row }) => [row.facility, row.person]));
	const [facilities, accounts] = await Promise.all([
		storage.listFacilities(),
		storage.listAccounts()
	]);
	const known = [
		...facilities.map(({ code, name }): [string, string] => [code, name]),
		...accounts.map(({ person, name }): [string, string] => [person, name])
	];
	return Object.fromEntries(known.filter(([key]) => met.has(key)));
}
