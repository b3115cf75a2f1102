/**
 * The end of an answer: the server's time, what a backup holds, and whether both sides agree on the
 * feed. Disagreement is recorded; the second in a row is repaired by a fresh snapshot and by offering
 * everything recent again. Both only add: a repair never removes anything. Books that the whole snapshot
 * did not bring stay here, out of the feed.
 */
import type { EntryId } from '#lib/domain/ids.ts';
import { bytesToDigest } from '#lib/entry/digest.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import type { BookStorage } from '#lib/storage/port.ts';

export type EndFrame = Extract<Frame, { frame: 'end' }>;
export type DigestVerdict = 'same' | 'different' | 'not-compared';

export interface Conclusion {
	digest: DigestVerdict;
	/** A fresh snapshot was asked for; or the server was restored. Either way the next round is due. */
	startsAgain: boolean;
	/** Entries of others are still to be offered again. */
	hasRelays: boolean;
}

type ConclusionStorage = Pick<
	BookStorage,
	| 'readMeta'
	| 'updateMeta'
	| 'readDigest'
	| 'recount'
	| 'markOutOfFeed'
	| 'beginEpoch'
	| 'forgetToken'
	| 'readReoffers'
	| 'summariseOutbox'
>;

const MISMATCHES_BEFORE_REPAIR = 2;
const HOUR_MS = 60 * 60_000;
/** A snapshot that does not help would not help a minute later either; after each that did not help the
 * next is twice as far. */
const REPAIR_INTERVAL_MS = 6 * HOUR_MS;
const REPAIR_INTERVAL_MS_MAX = 7 * 24 * HOUR_MS;
/** The running digest does not notice a row that was lost on this device. */
const RECOUNT_INTERVAL_MS = 24 * HOUR_MS;
const ONE = { entriesMax: 1, bytesMax: 1 };

export interface EndedRound {
	/** Everything of this device that waited was judged, and nothing came from beyond the head. */
	isComparable: boolean;
	/** Entries of others that the server put off. */
	heldRelays: ReadonlySet<EntryId>;
	epochBefore: Uint8Array | undefined;
	nowMs: number;
}

export async function concludeRound(
	storage: ConclusionStorage,
	end: EndFrame,
	round: EndedRound
): Promise<Conclusion> {
	// Before `confirmed` is heard: it counts the restored store's commits, and must not prune by them what
	// stands under the numbers of the lost one.
	if (end.epoch !== undefined) await storage.beginEpoch(end.epoch);
	await storage.updateMeta({
		offset: end.now - round.nowMs,
		lastContactMs: round.nowMs,
		...(end.confirmed !== undefined && { confirmed: end.confirmed })
	});
	const isNewEpoch = isNew((await storage.readMeta()).epoch, round.epochBefore);
	const { hasRelays, isReoffering } = await noteReoffering(storage, round);
	const isComparable = round.isComparable && !isReoffering && end.more !== true;
	const digest = isComparable ? await compareDigest(storage, end, round.nowMs) : 'not-compared';
	const isRepair = digest === 'different' && (await repair(storage, round.nowMs));
	return { digest, hasRelays, startsAgain: isRepair || isNewEpoch };
}

function isNew(epoch: Uint8Array | undefined, before: Uint8Array | undefined): boolean {
	return epoch !== undefined && !epoch.every((byte, at) => byte === before?.[at]);
}

/** Certificates go with the pushes until all that this device had was offered to the restored server: what
 * was put off, for an author it does not know yet, is offered again when its time comes. */
async function noteReoffering(
	storage: ConclusionStorage,
	{ heldRelays }: EndedRound
): Promise<{ hasRelays: boolean; isReoffering: boolean }> {
	const { isReoffering } = await storage.readMeta();
	if (!isReoffering) return { hasRelays: false, isReoffering };
	const hasRelays = (await storage.readReoffers({ ...ONE, except: heldRelays })).length > 0;
	if (hasRelays || (await storage.summariseOutbox()).waiting > 0)
		return { hasRelays, isReoffering };
	await storage.updateMeta({ isReoffering: false });
	return { hasRelays, isReoffering: false };
}

async function compareDigest(
	storage: ConclusionStorage,
	end: EndFrame,
	nowMs: number
): Promise<DigestVerdict> {
	if (end.digest === undefined) return 'not-compared';
	const { token, mismatches, recountedMs } = await storage.readMeta();
	// At the head with a cursor: a snapshot that was under way has come whole.
	if (token !== undefined) await storage.markOutOfFeed('awaited');
	const theirs = bytesToDigest(end.digest);
	const isSameAsCounted = theirs === (await storage.readDigest());
	// The first difference may be one of this device with itself.
	if (isSameAsCounted ? isDue(recountedMs, RECOUNT_INTERVAL_MS, nowMs) : mismatches === 0) {
		await storage.recount();
		await storage.updateMeta({ recountedMs: nowMs });
	}
	return noteVerdict(storage, theirs === (await storage.readDigest()));
}

async function noteVerdict(storage: ConclusionStorage, isSame: boolean): Promise<DigestVerdict> {
	const { mismatches, repairs } = await storage.readMeta();
	if (!isSame) await storage.updateMeta({ mismatches: mismatches + 1 });
	else if (mismatches + repairs > 0) await storage.updateMeta({ mismatches: 0, repairs: 0 });
	return isSame ? 'same' : 'different';
}

/** Answers whether a repair began. */
async function repair(storage: ConclusionStorage, nowMs: number): Promise<boolean> {
	const { mismatches, repairedMs, repairs } = await storage.readMeta();
	const doublings = Math.max(0, repairs - 1);
	const intervalMs = Math.min(REPAIR_INTERVAL_MS_MAX, REPAIR_INTERVAL_MS * 2 ** doublings);
	if (mismatches < MISMATCHES_BEFORE_REPAIR || !isDue(repairedMs, intervalMs, nowMs)) return false;
	await storage.forgetToken();
	await storage.updateMeta({ repairedMs: nowMs, repairs: repairs + 1 });
	return true;
}

/** A clock that was set back must not put it off for years. */
function isDue(lastMs: number | undefined, intervalMs: number, nowMs: number): boolean {
	return lastMs === undefined || nowMs < lastMs || nowMs - lastMs >= intervalMs;
}
