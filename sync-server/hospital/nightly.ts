/**
 * The night: sign in, bring what the communes wrote, take the inbox, send it, bring what is left, and say
 * what happened. Whatever kills it, the next run goes on: lines are taken once, entries wait in the outbox.
 */
import { digestToBytes } from '#lib/entry/digest.ts';
import type { BookStorage, OutboxRow } from '#lib/storage/port.ts';
import type { RoundResult } from '#lib/sync/sync-engine.ts';
import type { Agent, Credentials } from './agent.ts';
import type { Receipt, RefusedEntry } from './receipt.ts';
import { LISTED_MAX, takeInbox } from './take-inbox.ts';
import { ReplicaFailed, settleLedger } from './take-line.ts';

export interface NightlyDeps {
	agent: Agent;
	inbox: string;
	credentials: Credentials;
	clock: { nowMs(): number };
	/** One line for the operator; called often. */
	progress(text: string): void;
	/** The newest checkpoint of the server's access log; nothing where it gives none. */
	readCheckpoint(): Promise<string | undefined>;
	/** Waits before a failed round is tried again. */
	wait(ms: number): Promise<void>;
}

/** What is counted on the way; the rest of the receipt is read at the end. */
type Counts = Pick<Receipt, 'startedMs' | 'received' | 'files' | 'lines'> & {
	acknowledged: number;
	refusedByServer: number;
	/** Journal numbers of what the server refused in earlier nights. */
	refusedBefore: ReadonlySet<number>;
};

type SyncEnd = { isReached: true; isInStep: boolean } | { isReached: false; reason: string };

const ROUND_ATTEMPTS_MAX = 5;
const ROUND_WAIT_MS = 2_000;

export async function runNightly(deps: NightlyDeps): Promise<Receipt> {
	const { agent, credentials } = deps;
	const counts = await startCounts(deps);
	const signedIn = await agent.signIn(credentials);
	if (signedIn.type !== 'signed-in') {
		const outcome = signedIn.type === 'network-needed' ? 'server-unreachable' : 'sign-in-refused';
		return receiptOf(deps, counts, { outcome, reason: signedIn.type });
	}
	const before = await syncUntilDone(deps, counts);
	await takeLines(deps, counts, before.isReached);
	const after = before.isReached ? await syncUntilDone(deps, counts) : before;
	if (!after.isReached)
		return receiptOf(deps, counts, { outcome: 'server-unreachable', reason: after.reason });
	const { waiting } = await agent.storage.summariseOutbox();
	const accessLog = await deps.readCheckpoint();
	const end = { outcome: outcomeOf(counts, waiting), ...(accessLog && { accessLog }) };
	return receiptOf(deps, counts, end, after.isInStep);
}

/** What needs a person comes before what the next night does by itself. */
function outcomeOf({ lines, files, refusedByServer }: Counts, waiting: number): Receipt['outcome'] {
	if (lines.refusedCount > 0 || files.left > 0 || refusedByServer > 0) return 'something-refused';
	return waiting > 0 || files.waits > 0 ? 'something-waits' : 'complete';
}

async function startCounts({ agent, clock }: NightlyDeps): Promise<Counts> {
	const refused = await listRefused(agent.storage);
	return {
		startedMs: clock.nowMs(),
		received: { books: 0 },
		files: { taken: 0, left: 0, waits: 0, listed: [] },
		lines: { read: 0, taken: 0, takenBefore: 0, undecided: 0, refusedCount: 0, refused: [] },
		acknowledged: 0,
		refusedByServer: 0,
		refusedBefore: new Set(refused.map(({ n }) => n))
	};
}

/** Rounds until nothing waits on either side; a failed one is tried again a few times. */
async function syncUntilDone(deps: NightlyDeps, counts: Counts): Promise<SyncEnd> {
	const { agent, credentials } = deps;
	let failures = 0;
	let isRenewed = false;
	for (;;) {
		const result = await agent.sync.round();
		counts.received.books += result.counts.booksTaken;
		counts.acknowledged += result.counts.accepted;
		counts.refusedByServer += result.counts.refused;
		deps.progress(progressOf(result));
		if (result.type === 'storage-failed')
			throw new ReplicaFailed(`The replica could not keep what came (${result.code}).`);
		if (result.type === 'done') {
			if (!result.hasMore) return { isReached: true, isInStep: result.digest === 'same' };
			failures = 0;
			continue;
		}
		if (result.type === 'signed-out' && !isRenewed) {
			// The server has a new issuing key, or was restored: it knows the password, not the token.
			isRenewed = true;
			await agent.signIn(credentials, true);
			continue;
		}
		failures += 1;
		if (failures >= ROUND_ATTEMPTS_MAX) return { isReached: false, reason: result.type };
		await deps.wait(ROUND_WAIT_MS * failures);
	}
}

function progressOf({ counts }: RoundResult): string {
	const left = counts.booksLeft === undefined ? '' : `, ${counts.booksLeft} books to come`;
	return `received ${counts.booksTaken} books${left}, sent ${counts.accepted} entries`;
}

async function takeLines(
	deps: NightlyDeps,
	counts: Counts,
	isReplicaCurrent: boolean
): Promise<void> {
	const { ledger, saving } = deps.agent;
	const people = await deps.agent.readPeople();
	const lines = { useCases: saving, ledger, people, isReplicaCurrent };
	await settleLedger(lines);
	await takeInbox({ inbox: deps.inbox, lines, progress: (text) => deps.progress(text) }, counts);
}

function listRefused(storage: BookStorage): Promise<OutboxRow[]> {
	return storage.listOutbox(LISTED_MAX, 'refused');
}

async function receiptOf(
	{ agent, clock }: NightlyDeps,
	{ acknowledged, refusedByServer: _, refusedBefore, ...counts }: Counts,
	end: Pick<Receipt, 'outcome' | 'reason' | 'accessLog'>,
	matchesServer = false
): Promise<Receipt> {
	const { storage } = agent;
	const refused = await listRefused(storage);
	const { waiting } = await storage.summariseOutbox();
	const digest = Buffer.from(digestToBytes(await storage.readDigest())).toString('hex');
	return {
		...counts,
		endedMs: clock.nowMs(),
		...end,
		sent: {
			acknowledged,
			refused: refused.filter(({ n }) => !refusedBefore.has(n)).map(entryOf),
			refusedBefore: refused.filter(({ n }) => refusedBefore.has(n)).map(entryOf),
			waiting
		},
		replica: { books: await storage.countBooks(), digest, matchesServer }
	};
}

function entryOf({ id, refusal }: OutboxRow): RefusedEntry {
	return { entry: id, code: 'refused', ...refusal };
}
