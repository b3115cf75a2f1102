/**
 * Holds the access log against checkpoints that were signed of it: those kept beside its key, and any that somebody
 * else kept. A row that was altered, taken out, put in or moved makes a root that no checkpoint says.
 */
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { readCheckpoint, signersOf, type Checkpoint } from '#lib/protocol/checkpoint.ts';
import { computeAuditAgain, type AuditAgain } from '../storage/sqlite/audit-again.ts';

export interface Verification {
	isWhole: boolean;
	/** Rows in the tree, rows that wait for it, checkpoints that agree. */
	size: number;
	waiting: number;
	agreeing: number;
	/** Time of the newest checkpoint that agrees. */
	newestMs?: number;
	/** Sentences about what does not hold. */
	problems: string[];
	/** Sentences about what is no fault: a restore, a checkpoint that a crash cut off. */
	notes: string[];
}

export interface VerifyRequest {
	storeFile: string;
	/** Every key that ever signed. */
	keys: readonly Uint8Array[];
	/** Texts of the server's own checkpoints. */
	kept: readonly string[];
	/** Of somebody else's: they must be genuine. */
	brought?: readonly string[];
}

type Genuine = Checkpoint & { isBrought: boolean };
/** How one checkpoint stands to the log. */
type Standing =
	| 'agrees'
	| 'differs'
	/** The log has fewer rows than it says, in the same life of the store. */
	| 'too-short'
	/** It covers rows that a restore from an older backup left behind. */
	| 'of-lost-part'
	| 'of-another-log';

export async function verifyAccessLog(request: VerifyRequest): Promise<Verification> {
	const { genuine, problems, notes } = await readGenuine(request);
	const again = await computeAuditAgain(
		request.storeFile,
		genuine.map(({ size }) => size)
	);
	const standings = genuine.map((checkpoint) => ({
		checkpoint,
		standing: standingOf(checkpoint, again)
	}));
	const having = (wanted: Standing): Genuine[] =>
		standings.flatMap(({ checkpoint, standing }) => (standing === wanted ? [checkpoint] : []));
	const agreeing = having('agrees');
	problems.push(...faultSentences(again), ...differenceSentences(having, agreeing));
	notes.push(...restoreSentences(again, having('of-lost-part')));
	const newestMs = agreeing.at(-1)?.atMs;
	return {
		isWhole: problems.length === 0,
		size: again.size,
		waiting: again.waiting,
		agreeing: agreeing.length,
		...(newestMs !== undefined && { newestMs }),
		problems,
		notes
	};
}

/** By size: what comes after the last that agrees and before the first that differs is where to look. */
async function readGenuine({ keys, kept, brought = [] }: VerifyRequest) {
	const verify = webCryptoVerifier();
	const genuine: Genuine[] = [];
	const [problems, notes]: [string[], string[]] = [[], []];
	const all = [
		...kept.map((text) => ({ text, isBrought: false })),
		...brought.map((text) => ({ text, isBrought: true }))
	];
	for (const { text, isBrought } of all) {
		const checkpoint = readCheckpoint(text);
		const whose = isBrought ? 'The checkpoint you brought' : 'A kept checkpoint';
		if (checkpoint === undefined && !isBrought) notes.push(`${whose} is not whole.`);
		else if (checkpoint === undefined) problems.push(`${whose} is no checkpoint.`);
		else if ((await signersOf(text, keys, verify)).length === 0)
			problems.push(`${whose} of ${dayOf(checkpoint)} is not signed by a key of this log.`);
		else genuine.push({ ...checkpoint, isBrought });
	}
	genuine.sort((a, b) => a.size - b.size || a.atMs - b.atMs);
	return { genuine, problems, notes };
}

function standingOf({ size, root, epochs }: Checkpoint, again: AuditAgain): Standing {
	const current = epochs.at(-1)?.epoch;
	const index = again.epochs.findIndex(({ epoch }) => epoch === current);
	if (index === -1) return 'of-another-log';
	const next = again.epochs[index + 1];
	if (next !== undefined && size > next.rows) return 'of-lost-part';
	const own = again.roots.get(size);
	if (own === undefined) return 'too-short';
	return Buffer.compare(own, root) === 0 ? 'agrees' : 'differs';
}

function faultSentences({ faults }: AuditAgain): string[] {
	return faults.map((fault) => {
		switch (fault.type) {
			case 'altered':
				return `Row ${fault.number} was altered.`;
			case 'removed':
				return `Row ${fault.number} was removed.`;
			case 'tree-altered':
				return 'The hashes kept of the tree were altered.';
			case 'books-altered':
				return `${fault.count} notes of which book a row is about were altered.`;
		}
	});
}

function differenceSentences(
	having: (wanted: Standing) => Genuine[],
	agreeing: Genuine[]
): string[] {
	const sentences: string[] = [];
	const [differing] = having('differs');
	if (differing !== undefined) {
		const before = agreeing.findLast(({ size }) => size < differing.size)?.size ?? 0;
		sentences.push(
			`The log is not what ${nameOf(differing)} says: a row from ${before + 1} to ${differing.size} was altered, removed, inserted or moved.`
		);
	}
	const longest = having('too-short').at(-1);
	if (longest !== undefined)
		sentences.push(`Rows were removed: ${nameOf(longest)} covers ${longest.size} rows.`);
	for (const foreign of having('of-another-log').slice(0, 1))
		sentences.push(`${nameOf(foreign)} is of a life of the store that this one does not know.`);
	return sentences;
}

function restoreSentences({ epochs }: AuditAgain, lost: Genuine[]): string[] {
	const restores = epochs.slice(1).map(({ rows, beganMs }) => {
		const day = new Date(beganMs).toISOString();
		return `Restored from an older backup at ${day}; the log goes on after row ${rows}.`;
	});
	const last = lost.at(-1);
	return last === undefined
		? restores
		: [
				...restores,
				`${lost.length} checkpoints cover rows that were lost with it, up to ${last.size}.`
			];
}

function nameOf(checkpoint: Genuine): string {
	const whose = checkpoint.isBrought ? 'the checkpoint you brought' : 'the checkpoint';
	return `${whose} of ${dayOf(checkpoint)}`;
}

function dayOf({ atMs }: Checkpoint): string {
	return new Date(atMs).toISOString();
}
