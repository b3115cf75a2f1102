/**
 * The one way into the store, for every transport: size → canonical form → author known → signature →
 * schema → access → append → acknowledgement. Each entry is judged by itself, so one bad entry holds
 * nothing up. Never refused for clock, plausibility or an unknown kind: accepted and marked. What is
 * refused is kept in quarantine before it is answered. Acknowledgements stand in the order of the push
 * and follow the commit.
 */
import type { BookId, EntryId, KeyId } from '#lib/domain/ids.ts';
import { BULK_GROUP_ENTRIES, SMALL_PUSH_ENTRIES_MAX } from '#lib/protocol/limits.ts';
import type { Ack, PushedEntry } from '#lib/protocol/messages.ts';
import type { Actor } from '../auth/device-token.ts';
import type { Damage } from './damage.ts';
import { isPassing } from './passing-failure.ts';
import type { AppendEntry, AppendResult, PersonKey, ServerStorage } from '../storage/storage.ts';
import { idOfReading, type Examiner, type Reading } from './examine.ts';
import { createJudge, readForJudging, type Verdict } from './judge-entry.ts';
import { quarantineRefused } from './quarantine.ts';

/** A device asks again after this when the store could not write. */
export const RETRY_SECONDS = 5;

export interface AdmissionDeps {
	storage: ServerStorage;
	examiner: Examiner;
	clock: { nowMs(): number };
	/** Told of entries that are on the disk now; must not fail. */
	onAccepted?: (entries: readonly AppendEntry[]) => void;
	damage: Damage;
}

export interface Pusher extends Actor {
	/** Reported stolen: what it sends goes to review, not into a book. */
	isBlocked: boolean | Promise<boolean>;
}

export interface Admission {
	acks: Ack[];
	/** Entries of this push that the store holds now. */
	held: Set<EntryId>;
	/** Books of entries that it held before. */
	repeated: Set<BookId>;
}

export async function admitEntries(
	deps: AdmissionDeps,
	pusher: Pusher,
	push: PushedEntry[]
): Promise<Admission> {
	const { readings, verdicts } = await judgeEntries(deps, pusher, push);
	const acks = await appendAll(deps, pusher, verdicts);
	deps.onAccepted?.(acceptedOf(verdicts, acks));
	await quarantineRefused(deps, pusher, push, readings, acks);
	return { acks, held: heldIds(readings, acks), repeated: repeatedBooks(readings, acks) };
}

/** Everything up to the store: what would become of these entries now. */
export async function judgeEntries(
	{ examiner, storage, clock }: Pick<AdmissionDeps, 'examiner' | 'storage' | 'clock'>,
	pusher: Pusher,
	push: PushedEntry[]
): Promise<{ readings: Reading[]; verdicts: Verdict[] }> {
	const readings = await examiner.read(push.map(({ entry }) => entry));
	const [keys, known] = await Promise.all([
		findKeys(storage, readings),
		readForJudging(storage, pusher, readings)
	]);
	const genuine = await verifyAll(examiner, push, readings, keys);
	const judge = createJudge(storage, { ...known, keys, readings, nowMs: clock.nowMs() });
	const verdicts: Verdict[] = [];
	for (const [index, reading] of readings.entries())
		verdicts.push(await judge(reading, genuine.has(index), push[index]));
	return { readings, verdicts };
}

async function findKeys(
	storage: ServerStorage,
	readings: Reading[]
): Promise<Map<KeyId, PersonKey>> {
	const ids = new Set(
		readings.flatMap((reading) => (reading.ok ? [reading.entry.author.key] : []))
	);
	const found = await Promise.all([...ids].map((id) => storage.findPersonKey(id)));
	return new Map(found.flatMap((key) => (key === undefined ? [] : [[key.key, key]])));
}

/** Indexes of the entries whose signature is that of the key they name. */
async function verifyAll(
	examiner: Examiner,
	push: PushedEntry[],
	readings: Reading[],
	keys: Map<KeyId, PersonKey>
): Promise<Set<number>> {
	const claims = push.flatMap(({ entry, signature }, index) => {
		const reading = readings[index];
		const key = reading?.ok === true ? keys.get(reading.entry.author.key) : undefined;
		return key === undefined ? [] : [{ index, publicKey: key.publicKey, entry, signature }];
	});
	const are = await examiner.verify(
		claims.map(({ publicKey, entry, signature }) => ({ publicKey, entry, signature }))
	);
	return new Set(claims.flatMap(({ index }, at) => (are[at] === true ? [index] : [])));
}

/** Appends what may be appended, in groups; answers one acknowledgement per verdict, in order. */
async function appendAll(deps: AdmissionDeps, pusher: Pusher, verdicts: Verdict[]): Promise<Ack[]> {
	const entries = verdicts.flatMap((verdict) => (verdict.type === 'append' ? [verdict.entry] : []));
	const results = await appendInGroups(deps, pusher, entries);
	let at = 0;
	return verdicts.map((verdict): Ack => {
		if (verdict.type === 'append') return ackOfResult(verdict.entry, results[at++]);
		if (verdict.type === 'later')
			return { ack: 'later', code: verdict.code, seconds: verdict.seconds };
		return {
			ack: 'refused',
			code: verdict.code,
			...(verdict.path !== undefined && { path: verdict.path })
		};
	});
}

/** When the store fails, what was committed before is acknowledged and the rest stays with the device. */
async function appendInGroups(
	{ storage, clock, damage }: AdmissionDeps,
	{ device, facility }: Pusher,
	entries: AppendEntry[]
): Promise<(AppendResult | undefined)[]> {
	const lane = entries.length <= SMALL_PUSH_ENTRIES_MAX ? 'small' : 'bulk';
	const audit = { at: clock.nowMs(), device, facility };
	const results: AppendResult[] = [];
	try {
		for (let at = 0; at < entries.length; at += BULK_GROUP_ENTRIES) {
			const group = entries.slice(at, at + BULK_GROUP_ENTRIES);
			results.push(...(await storage.append({ entries: group, audit, lane })));
		}
	} catch (error) {
		if (!isPassing(error)) throw error;
	}
	for (const result of results) if (result.type === 'duplicate') damage.mended(result.commit);
	return results;
}

function ackOfResult(entry: AppendEntry, result: AppendResult | undefined): Ack {
	if (result === undefined) return { ack: 'later', code: 'busy', seconds: RETRY_SECONDS };
	switch (result.type) {
		case 'accepted': {
			const { flags } = entry;
			return { ack: 'accepted', commit: result.commit, ...(flags.length > 0 && { flags }) };
		}
		case 'duplicate':
			return { ack: 'duplicate', commit: result.commit };
		case 'refused':
			return { ack: 'refused', code: result.code };
	}
}

function acceptedOf(verdicts: Verdict[], acks: Ack[]): AppendEntry[] {
	return verdicts.flatMap((verdict, index) =>
		verdict.type === 'append' && acks[index]?.ack === 'accepted' ? [verdict.entry] : []
	);
}

function repeatedBooks(readings: Reading[], acks: Ack[]): Set<BookId> {
	const repeated = readings.filter((_, index) => acks[index]?.ack === 'duplicate');
	return new Set(repeated.flatMap((reading) => (reading.ok ? [reading.entry.book] : [])));
}

function heldIds(readings: Reading[], acks: Ack[]): Set<EntryId> {
	const isHeld = (ack: Ack | undefined) => ack?.ack === 'accepted' || ack?.ack === 'duplicate';
	return new Set(readings.filter((_, index) => isHeld(acks[index])).map(idOfReading));
}
