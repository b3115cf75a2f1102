/**
 * Whether what the server says of who opened a book can be true: signed by the log's key, each row in its place in
 * the tree, the log that this phone knew before the beginning of the one it is told now, and no row gone that was
 * told once. Only what holds is kept as what is compared with next time.
 */
import { accessKindOf } from '#lib/domain/access/accesses.ts';
import { commitmentOf, hashLeaf, isBeginningOf, isIncluded } from '#lib/entry/merkle.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import { decodeAccess } from '#lib/protocol/access-log.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import { readCheckpoint, signersOf, type Checkpoint } from '#lib/protocol/checkpoint.ts';
import type { Accesses, ProvenAccess } from '#lib/protocol/citizen.ts';
import type { AccessVerdict, KeptCheckpoint, TellableAccess } from './access-list.ts';

export interface CheckedAccesses {
	verdict: AccessVerdict;
	accesses: TellableAccess[];
	/** What is compared with from now on. */
	keep: KeptCheckpoint | undefined;
}

export async function checkAccesses(
	told: Accesses,
	before: { kept: KeptCheckpoint | undefined; accesses: readonly TellableAccess[] },
	verify: Verifier
): Promise<CheckedAccesses> {
	const accesses = told.accesses.flatMap(tellable);
	const checkpoint = readCheckpoint(told.checkpoint);
	const keys = checkpoint && (await trustedKeys(told, before.kept, verify));
	if (checkpoint === undefined || keys === undefined) return broken('seal', accesses, before.kept);
	const known = before.kept && readCheckpoint(before.kept.text);
	const history = known === undefined ? 'first' : compareHistories(known, checkpoint, told);
	if (history === 'broken') return broken('history', accesses, before.kept);
	const areProven =
		accesses.length === told.accesses.length &&
		accesses.every(({ book }) => book === undefined || told.books.includes(book)) &&
		told.accesses.every((access) => isProven(access, checkpoint));
	if (!areProven) return broken('row', accesses, before.kept);
	if (history !== 'restored' && isOneLeftOut(told, before.accesses, accesses))
		return broken('left-out', accesses, before.kept);
	const keep = { text: told.checkpoint, keys: keys.map(bytesToBase64url) };
	return { verdict: { type: history }, accesses, keep };
}

function broken(
	reason: Extract<AccessVerdict, { type: 'broken' }>['reason'],
	accesses: TellableAccess[],
	keep: KeptCheckpoint | undefined
): CheckedAccesses {
	return { verdict: { type: 'broken', reason }, accesses, keep };
}

/** The keys that signed this checkpoint, when one of them was trusted before; at first, whichever the server names. */
async function trustedKeys(
	told: Accesses,
	kept: KeptCheckpoint | undefined,
	verify: Verifier
): Promise<Uint8Array[] | undefined> {
	const named = [...new Set([...(kept?.keys ?? []), ...told.keys])];
	const keys = named.flatMap((text) => base64urlToBytes(text) ?? []);
	const signers = await signersOf(told.checkpoint, keys, verify);
	const isKnown = signers.some((key) => kept?.keys.includes(bytesToBase64url(key)) ?? true);
	return isKnown ? signers : undefined;
}

function compareHistories(
	known: Checkpoint,
	now: Checkpoint,
	{ consistency }: Accesses
): 'holds' | 'restored' | 'broken' {
	const isSameLife = known.epochs.every(({ epoch, rows }, index) => {
		const same = now.epochs[index];
		return same?.epoch === epoch && same.rows === rows;
	});
	if (!isSameLife) return 'broken';
	const next = now.epochs[known.epochs.length];
	if (next !== undefined && known.size > next.rows) return 'restored';
	const proof = consistency?.flatMap((text) => base64urlToBytes(text) ?? []);
	return proof !== undefined && isBeginningOf(known, now, proof) ? 'holds' : 'broken';
}

function tellable({ number, bytes }: ProvenAccess): TellableAccess[] {
	const raw = base64urlToBytes(bytes);
	const access = raw && decodeAccess(raw);
	return access === undefined ? [] : [{ number, ...access }];
}

function isProven({ number, bytes, salt, proof }: ProvenAccess, checkpoint: Checkpoint): boolean {
	const [rawBytes, rawSalt] = [base64urlToBytes(bytes), base64urlToBytes(salt)];
	if (rawBytes === undefined || rawSalt === undefined) return false;
	const leaf = hashLeaf(commitmentOf(rawSalt, rawBytes));
	const hashes = proof.flatMap((text) => base64urlToBytes(text) ?? []);
	return isIncluded(number - 1, leaf, checkpoint, hashes);
}

/** Of what others did and was told before, all that is not older than the oldest told now. Of what the family did
 * itself only the newest is told. */
function isOneLeftOut(
	{ hasOlder }: Accesses,
	before: readonly TellableAccess[],
	now: readonly TellableAccess[]
): boolean {
	const ofOthers = (accesses: readonly TellableAccess[]): number[] =>
		accesses.filter((access) => accessKindOf(access) !== 'family').map(({ number }) => number);
	const numbers = new Set(ofOthers(now));
	const oldest = hasOlder ? Math.min(...numbers) : 0;
	return ofOthers(before).some((number) => number >= oldest && !numbers.has(number));
}
