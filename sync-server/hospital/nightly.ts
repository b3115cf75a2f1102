/**
 * The night: sign in, bring what the communes wrote, take the inbox, send it, bring what is left, and say
 * what happened. Whatever kills it, the next run goes on: lines are taken once, entries wait in the outbox.
 */
import { digestToBytes } from '#lib/entry/digest.ts';
import type { RoundResult } from '#lib/sync/sync-engine.ts';
import type { Agent } from './agent.ts';
import { finishFile, listInbox, readLines, type InboxFile, type RefusedLine } from './inbox.ts';
import { settleLedger, takeLine, type TakeLineDeps } from './take-line.ts';

export interface NightlyDeps {
	agent: Agent;
	inbox: string;
	credentials: { login: string; pin: string };
	clock: { nowMs(): number };
	/** One line for the operator; called often. */
	progress(text: string): void;
	/** Waits before a failed round is tried again. */
	wait(ms: number): Promise<void>;
}

export interface Receipt {
	startedMs: number;
	endedMs: number;
	outcome: 'complete' | 'something-refused' | 'server-unreachable' | 'sign-in-refused';
	/** Why the server or the sign-in could not be used. */
	reason?: string;
	received: { books: number };
	lines: { read: number; taken: number; takenBefore: number; refused: RefusedLine[] };
	sent: {
		acknowledged: number;
		refused: { entry: string; code: string; path?: string }[];
		waiting: number;
	};
	replica: { books: number; digest: string; matchesServer: boolean };
}

type Counts = Omit<Receipt, 'endedMs' | 'outcome' | 'replica'>;

const ROUND_ATTEMPTS_MAX = 5;
const ROUND_WAIT_MS = 2_000;
const REFUSED_LISTED_MAX = 10_000;
const PROGRESS_EVERY_LINES = 100;

export async function runNightly(deps: NightlyDeps): Promise<Receipt> {
	const counts: Counts = {
		startedMs: deps.clock.nowMs(),
		received: { books: 0 },
		lines: { read: 0, taken: 0, takenBefore: 0, refused: [] },
		sent: { acknowledged: 0, refused: [], waiting: 0 }
	};
	const { login, pin } = deps.credentials;
	const signedIn = await deps.agent.signIn(login, pin);
	if (signedIn.type !== 'signed-in') {
		const outcome = signedIn.type === 'network-needed' ? 'server-unreachable' : 'sign-in-refused';
		return receiptOf(deps, { ...counts, reason: signedIn.type }, outcome, false);
	}
	const before = await syncUntilDone(deps, counts);
	await takeInbox(deps, counts);
	const after = before.isReached ? await syncUntilDone(deps, counts) : before;
	if (!after.isReached)
		return receiptOf(deps, { ...counts, reason: after.reason }, 'server-unreachable', false);
	const isClean = counts.lines.refused.length === 0 && (await countRefused(deps)) === 0;
	return receiptOf(deps, counts, isClean ? 'complete' : 'something-refused', after.isInStep);
}

type SyncEnd = { isReached: true; isInStep: boolean } | { isReached: false; reason: string };

/** Rounds until nothing waits on either side; a failed one is tried again a few times. */
async function syncUntilDone(deps: NightlyDeps, counts: Counts): Promise<SyncEnd> {
	let failures = 0;
	for (;;) {
		const result = await deps.agent.sync.round();
		counts.received.books += result.counts.booksTaken;
		counts.sent.acknowledged += result.counts.accepted;
		deps.progress(progressOf(result));
		if (result.type === 'done') {
			if (!result.hasMore) return { isReached: true, isInStep: result.digest === 'same' };
			failures = 0;
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

async function takeInbox(deps: NightlyDeps, counts: Counts): Promise<void> {
	const { ledger, saving } = deps.agent;
	const lineDeps: TakeLineDeps = {
		useCases: saving,
		ledger,
		people: await deps.agent.readPeople()
	};
	await settleLedger(lineDeps);
	for (const file of listInbox(deps.inbox)) {
		const refused = await takeFile(deps, lineDeps, file, counts);
		finishFile(deps.inbox, file, refused);
		const room = REFUSED_LISTED_MAX - counts.lines.refused.length;
		counts.lines.refused.push(...refused.slice(0, room));
	}
}

async function takeFile(
	deps: NightlyDeps,
	lineDeps: TakeLineDeps,
	file: InboxFile,
	{ lines }: Counts
): Promise<RefusedLine[]> {
	const refused: RefusedLine[] = [];
	for await (const { text, number } of readLines(file)) {
		lines.read += 1;
		const outcome = await takeLine(lineDeps, text);
		if (outcome.type === 'taken') lines.taken += 1;
		else if (outcome.type === 'taken-before') lines.takenBefore += 1;
		else refused.push({ file: file.name, lineNumber: number, ...outcome.failure });
		if (lines.read % PROGRESS_EVERY_LINES === 0)
			deps.progress(`${file.name}: ${number} lines read, ${refused.length} refused`);
	}
	return refused;
}

async function countRefused({ agent }: NightlyDeps): Promise<number> {
	return (await agent.storage.summariseOutbox()).refused;
}

async function receiptOf(
	{ agent, clock }: NightlyDeps,
	counts: Counts,
	outcome: Receipt['outcome'],
	matchesServer: boolean
): Promise<Receipt> {
	const rows = await agent.storage.listOutbox(REFUSED_LISTED_MAX);
	const refused = rows.flatMap(({ id, refusal }) =>
		refusal === undefined ? [] : [{ entry: id, ...refusal }]
	);
	const { waiting } = await agent.storage.summariseOutbox();
	const digest = Buffer.from(digestToBytes(await agent.storage.readDigest())).toString('hex');
	return {
		...counts,
		endedMs: clock.nowMs(),
		outcome,
		sent: { acknowledged: counts.sent.acknowledged, refused, waiting },
		replica: { books: await agent.storage.countBooks(), digest, matchesServer }
	};
}
