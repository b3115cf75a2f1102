/**
 * How far others have read a book: asked of the server while there is a network, and the last answers kept, so that
 * without one the device still says what it knew, and when.
 */
import { z } from 'zod';
import type { BookId } from '#lib/domain/ids.ts';
import { journeySchema, type Journey } from '#lib/protocol/api.ts';
import { StorageFailed, type BookStorage } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

export interface KnownJourney extends Journey {
	/** Device time of the answer. */
	knownMs: number;
}

const ROW = 'journeys';
const BOOKS_KEPT_MAX = 30;
/** Entries are opened one after the other; the answer is about the whole book. */
const FRESH_MS = 10_000;

const keptSchema = z
	.array(z.strictObject({ book: z.string().max(30), knownMs: z.number(), journey: journeySchema }))
	.max(BOOKS_KEPT_MAX);
type Kept = z.infer<typeof keptSchema>;

/** Nothing: it was never asked, or nobody is signed in. */
export async function readJourney(
	deps: UseCaseDeps,
	book: BookId
): Promise<KnownJourney | undefined> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return undefined;
	const kept = await readKept(deps.storage);
	const before = kept.find((one) => one.book === book);
	const nowMs = deps.clock.nowMs();
	const ageMs = nowMs - (before?.knownMs ?? 0);
	const isFresh = ageMs >= 0 && ageMs < FRESH_MS;
	// Where the last question found no server, nobody waits for what is known already.
	if (before !== undefined && (isFresh || !deps.isServerReachable())) return known(before);
	const answer = await deps.server.readJourney({ actor: session.staff.person, book }, device.token);
	if (answer.type !== 'answered') return before && known(before);
	const now = { book, knownMs: nowMs, journey: answer.value };
	await keep(deps.storage, now);
	return known(now);
}

function known({ journey, knownMs }: Kept[number]): KnownJourney {
	return { ...journey, knownMs };
}

/** A row that a broken disk altered says nothing. */
async function readKept(storage: Pick<BookStorage, 'readKey'>): Promise<Kept> {
	const parsed = keptSchema.safeParse((await storage.readKey(ROW))?.value);
	return parsed.success ? parsed.data : [];
}

async function keep(
	storage: Pick<BookStorage, 'readKey' | 'writeKey'>,
	now: Kept[number]
): Promise<void> {
	try {
		const others = (await readKept(storage)).filter(({ book }) => book !== now.book);
		await storage.writeKey({ id: ROW, value: [now, ...others].slice(0, BOOKS_KEPT_MAX) });
	} catch (error) {
		// A full tablet: without a network it will know an older answer.
		if (!(error instanceof StorageFailed)) throw error;
	}
}
