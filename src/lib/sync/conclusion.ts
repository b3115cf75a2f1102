/**
 * The end of an answer: the server's time, what a backup holds, and whether both sides agree on the
 * feed. Disagreement is recorded; the second in a row is repaired by a fresh snapshot and by offering
 * everything recent again. Both only add: a repair never removes anything.
 */
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
	| 'beginEpoch'
	| 'forgetToken'
	| 'readReoffers'
	| 'summariseOutbox'
>;

const MISMATCHES_BEFORE_REPAIR = 2;
/** A snapshot that does not help would not help a minute later either. */
const REPAIR_INTERVAL_MS = 6 * 60 * 60_000;
const ONE = { entriesMax: 1, bytesMax: 1 };

/** `isComparable`: everything that waited was judged in this round. */
export async function concludeRound(
	storage: ConclusionStorage,
	end: EndFrame,
	round: { isComparable: boolean; epochBefore: Uint8Array | undefined; nowMs: number }
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
	const { hasRelays, isReoffering } = await noteReoffering(storage);
	const isComparable = round.isComparable && !isReoffering && end.more !== true;
	const digest = isComparable ? await compareDigest(storage, end) : 'not-compared';
	const isRepair = digest === 'different' && (await repair(storage, round.nowMs));
	return { digest, hasRelays, startsAgain: isRepair || isNewEpoch };
}

function isNew(epoch: Uint8Array | undefined, before: Uint8Array | undefined): boolean {
	return epoch !== undefined && !epoch.every((byte, at) => byte === before?.[at]);
}

/** Certificates go with the pushes until all that this device had was judged by the restored server. */
async function noteReoffering(
	storage: ConclusionStorage
): Promise<{ hasRelays: boolean; isReoffering: boolean }> {
	const { isReoffering } = await storage.readMeta();
	if (!isReoffering) return { hasRelays: false, isReoffering };
	const hasRelays = (await storage.readReoffers(ONE)).length > 0;
	if (hasRelays || (await storage.summariseOutbox()).waiting > 0)
		return { hasRelays, isReoffering };
	await storage.updateMeta({ isReoffering: false });
	return { hasRelays, isReoffering: false };
}

async function compareDigest(storage: ConclusionStorage, end: EndFrame): Promise<DigestVerdict> {
	if (end.digest === undefined) return 'not-compared';
	const isSame = bytesToDigest(end.digest) === (await storage.readDigest());
	const { mismatches } = await storage.readMeta();
	const now = isSame ? 0 : mismatches + 1;
	if (now !== mismatches) await storage.updateMeta({ mismatches: now });
	return isSame ? 'same' : 'different';
}

/** Answers whether a repair began. */
async function repair(storage: ConclusionStorage, nowMs: number): Promise<boolean> {
	const { mismatches, repairedMs } = await storage.readMeta();
	const sinceMs = repairedMs === undefined ? Infinity : nowMs - repairedMs;
	if (mismatches < MISMATCHES_BEFORE_REPAIR || (sinceMs >= 0 && sinceMs < REPAIR_INTERVAL_MS))
		return false;
	await storage.forgetToken();
	await storage.updateMeta({ repairedMs: nowMs });
	return true;
}
