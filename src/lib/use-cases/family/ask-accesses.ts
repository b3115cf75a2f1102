/** Who opened a book of the family: asked of the server, checked, and kept on this phone for when there is none. */
import type { BookId } from '#lib/domain/ids.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import { readCheckpoint } from '#lib/protocol/checkpoint.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import {
	isTold,
	readLog,
	writeLog,
	type HeldAccesses,
	type TellableAccess
} from './access-list.ts';
import { checkAccesses } from './check-accesses.ts';
import type { FamilyPort } from './family-port.ts';
import { readStoredFamily } from './refresh-family.ts';

export interface AccessesDeps {
	storage: Pick<BookStorage, 'readKey' | 'writeKey'>;
	port: Pick<FamilyPort, 'askAccesses'>;
	verify: Verifier;
	clock: { nowMs(): number };
}

export type AskOutcome = 'answered' | 'unreachable' | 'signed-out' | 'not-told';

/** What this phone holds of it; nothing where it was never asked, or is not for whoever is signed in. */
export async function readAccesses(
	{ storage, clock }: Pick<AccessesDeps, 'storage' | 'clock'>,
	book: BookId
): Promise<HeldAccesses | undefined> {
	const family = (await readStoredFamily(storage))?.family;
	if (family === undefined || !isTold(family, book, clock.nowMs())) return undefined;
	return (await readLog(storage)).books[book];
}

export async function askAccesses(deps: AccessesDeps, book: BookId): Promise<AskOutcome> {
	const { storage, port, clock } = deps;
	const log = await readLog(storage);
	const known = log.kept && readCheckpoint(log.kept.text);
	const epoch = known?.epochs.at(-1)?.epoch;
	const answer = await port.askAccesses({
		book,
		...(known && epoch !== undefined && { known: { epoch, size: known.size } })
	});
	if (answer.type !== 'accesses') return answer.type;
	const { names, hasOlder } = answer.accesses;
	const before = { kept: log.kept, accesses: log.books[book]?.accesses ?? [] };
	const { verdict, accesses, keep } = await checkAccesses(answer.accesses, before, deps.verify);
	// What was told once is not forgotten because it is left out now.
	const isLess = verdict.type === 'broken' && verdict.reason === 'left-out';
	const shown = isLess ? together(accesses, before.accesses) : accesses;
	const askedMs = clock.nowMs();
	const held = { accesses: shown, hasOlder, names, verdict, askedMs } satisfies HeldAccesses;
	const books = { ...log.books, [book]: held };
	await writeLog(storage, { ...(keep && { kept: keep }), books });
	return 'answered';
}

function together(
	now: readonly TellableAccess[],
	before: readonly TellableAccess[]
): TellableAccess[] {
	const byNumber = new Map([...before, ...now].map((access) => [access.number, access]));
	return [...byNumber.values()].sort((a, b) => b.number - a.number);
}
