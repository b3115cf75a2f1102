/**
 * What a request carries upwards: the oldest waiting entries, after a restore also the recent ones of
 * others, and the signed tip of the journal beside them.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { ENTRY_BYTES_MAX } from '#lib/domain/book/envelope.ts';
import { tipToSign } from '#lib/entry/journal.ts';
import type { Signer } from '#lib/entry/signing.ts';
import { REQUEST_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { Ack, Certificate, SyncRequest } from '#lib/protocol/messages.ts';
import type { AckOutcome, BookStorage, SyncMeta } from '#lib/storage/port.ts';

export interface PushRow {
	/** Journal number; absent for an entry that is only relayed. */
	n?: number;
	id: EntryId;
	book: BookId;
	bytes: Uint8Array;
	signature: Uint8Array;
}

export interface Push {
	rows: PushRow[];
	/** Everything that waits is in it: the digest of the server can be compared afterwards. */
	isWholeOutbox: boolean;
	/** More could have gone, had there been room. */
	hasMore: boolean;
	certificates: Certificate[];
}

export interface PushDeps {
	storage: Pick<BookStorage, 'readOutbox' | 'readReoffers' | 'summariseOutbox' | 'readTip'>;
	signTip: Signer;
	/** Certificates of the authors of these entries, as far as they are known here. */
	certificates?: (rows: readonly PushRow[]) => Promise<Certificate[]>;
}

export interface PushLimits {
	entriesMax: number;
	/** Journal numbers of own entries, and entries of others, that are held back now. */
	except: ReadonlySet<number>;
	exceptRelays: ReadonlySet<EntryId>;
	/** Entries of others may go along. */
	mayRelay: boolean;
}

const ONE = { entriesMax: 1, bytesMax: 1 };
const CERTIFICATES_MAX = 64;
const CERTIFICATES_BYTES = CERTIFICATES_MAX * 1_200;
/** Token, journal and the frame around everything. */
const REQUEST_OVERHEAD_BYTES = 4 * 1024;
/** Keys and lengths around one entry and its signature. */
const ENTRY_OVERHEAD_BYTES = 40;
const LARGEST_ROW_BYTES = ENTRY_BYTES_MAX + 64;

/**
 * Entries of others go along only with `mayRelay`: the answer leaves out of its pages what the request
 * pushed; but a device may offer again what it no longer holds, because the book left it before the
 * server was restored. So a request either relays or pulls.
 */
export async function gatherPush(
	deps: PushDeps,
	meta: Pick<SyncMeta, 'isReoffering'>,
	limits: PushLimits
): Promise<Push> {
	const { entriesMax, except, exceptRelays } = limits;
	const relay = await deps.storage.readReoffers({ ...ONE, except: exceptRelays });
	const isReoffering = meta.isReoffering || relay.length > 0;
	const bytesMax =
		REQUEST_BYTES_MAX -
		REQUEST_OVERHEAD_BYTES -
		entriesMax * ENTRY_OVERHEAD_BYTES -
		(isReoffering ? CERTIFICATES_BYTES : 0);
	const own = await deps.storage.readOutbox({ entriesMax, bytesMax, except });
	const { waiting } = await deps.storage.summariseOutbox();
	const push: Push = {
		rows: own.map(({ n, id, book, bytes, signature }) => ({ n, id, book, bytes, signature })),
		isWholeOutbox: own.length === waiting,
		hasMore: own.length + except.size < waiting,
		certificates: []
	};
	if (!isReoffering) return push;
	const room = {
		entriesMax: entriesMax - own.length,
		bytesMax: bytesMax - bytesOf(push.rows),
		except: exceptRelays
	};
	const relays = limits.mayRelay ? await readRelays(deps, room) : [];
	return withCertificates(deps.certificates, { ...push, rows: [...push.rows, ...relays] });
}

async function readRelays(
	{ storage }: PushDeps,
	room: { entriesMax: number; bytesMax: number; except: ReadonlySet<EntryId> }
): Promise<PushRow[]> {
	if (room.entriesMax <= 0 || room.bytesMax < LARGEST_ROW_BYTES) return [];
	const recent = await storage.readReoffers(room);
	return recent.map(({ id, book, bytes, signature }) => ({ id, book, bytes, signature }));
}

function bytesOf(rows: PushRow[]): number {
	return rows.reduce((sum, { bytes, signature }) => sum + bytes.length + signature.length, 0);
}

/** Fewer entries when their authors would not fit: an author without certificate would be refused. */
async function withCertificates(
	certificatesOf: PushDeps['certificates'],
	push: Push
): Promise<Push> {
	const { rows } = push;
	const certificates = rows.length === 0 ? [] : ((await certificatesOf?.(rows)) ?? []);
	if (certificates.length <= CERTIFICATES_MAX) return { ...push, certificates };
	const half = rows.slice(0, rows.length / 2);
	return withCertificates(certificatesOf, {
		...push,
		rows: half,
		isWholeOutbox: false,
		hasMore: true
	});
}

/** The part of the request that belongs to the push; nothing when there is nothing to send. */
export async function pushFields(
	{ storage, signTip }: PushDeps,
	{ rows, certificates }: Push
): Promise<Pick<SyncRequest, 'push' | 'journal' | 'certificates'>> {
	if (rows.length === 0) return {};
	const tip = await storage.readTip();
	const signature = await signTip(tipToSign(tip));
	return {
		push: rows.map(({ bytes, signature }) => ({ entry: bytes, signature })),
		journal: { ...tip, signature },
		...(certificates.length > 0 && { certificates })
	};
}

export function isRelay({ rows }: Pick<Push, 'rows'>): boolean {
	return rows.some(({ n }) => n === undefined);
}

/** What an ack means for a row; nothing for `later`: the row stays as it is. */
export function outcomeOf(row: PushRow, ack: Ack): AckOutcome | undefined {
	const { n, id } = row;
	switch (ack.ack) {
		case 'accepted':
		case 'duplicate':
			return n === undefined
				? { id, outcome: 'relayed', commit: ack.commit }
				: { n, outcome: 'accepted', commit: ack.commit };
		case 'refused': {
			const path = ack.path === undefined ? {} : { path: ack.path };
			return n === undefined
				? { id, outcome: 'relay-refused', code: ack.code }
				: { n, outcome: 'refused', code: ack.code, ...path };
		}
		case 'later':
			return undefined;
	}
}
