/**
 * Until when this facility has a book, where that ends by itself: asked of the server now and then while there is a
 * network, and kept, so that a tablet without one knows it too. Times are the server's; what is told is device time.
 */
import { z } from 'zod';
import { isIdText, type BookId } from '#lib/domain/ids.ts';
import { ENDING_TOLD_MAX } from '#lib/protocol/api.ts';
import { StorageFailed, type BookStorage } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

export const ENDING_REASONS = ['referral', 'consent-visit', 'break-glass'] as const;
export type EndingReason = (typeof ENDING_REASONS)[number];

export interface EndingAccess {
	reason: EndingReason;
	/** Device time, milliseconds. */
	untilMs: number;
}

const ROW = 'ending-books';
/** Books are opened one after the other; the answer is about all of them. */
const FRESH_MS = 30_000;

const oneSchema = z.strictObject({
	book: z.string().refine(isIdText),
	reason: z.string().max(64),
	untilMs: z.number()
});
const keptSchema = z.strictObject({
	askedMs: z.number(),
	books: z.array(oneSchema).max(ENDING_TOLD_MAX + 1)
});
type Kept = z.infer<typeof keptSchema>;
const NOTHING: Kept = { askedMs: 0, books: [] };

type Keys = Pick<BookStorage, 'readKey' | 'writeKey'>;

/** Nothing: the facility has the book for good, or the device has not heard of an end. Also of one that is past. */
export async function readEnding(
	{ storage }: { storage: Pick<BookStorage, 'readKey' | 'readMeta'> },
	book: BookId
): Promise<EndingAccess | undefined> {
	const found = (await readKept(storage)).books.find((one) => one.book === book);
	const reason = ENDING_REASONS.find((one) => one === found?.reason);
	if (found === undefined || reason === undefined) return undefined;
	const { offset = 0 } = await storage.readMeta();
	return { reason, untilMs: found.untilMs - offset };
}

/** Asks, where the last answer is not fresh; whoever looks at a book of which it says something new is told. */
export async function refreshEnding(deps: UseCaseDeps): Promise<void> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined || !deps.isServerReachable()) return;
	const before = await readKept(deps.storage);
	const nowMs = deps.clock.nowMs();
	const ageMs = nowMs - before.askedMs;
	if (ageMs >= 0 && ageMs < FRESH_MS) return;
	const answer = await deps.server.listEnding({ actor: session.staff.person }, device.token);
	if (answer.type !== 'answered') return;
	const now: Kept = { askedMs: nowMs, books: answer.value.books };
	await keep(deps.storage, now);
	deps.changes.notify(differing(before, now));
}

/** What the server has just said of one book. */
export async function noteEnding(
	{ storage, changes }: { storage: Keys; changes: UseCaseDeps['changes'] },
	one: { book: BookId; reason: EndingReason; untilMs: number }
): Promise<void> {
	const before = await readKept(storage);
	const others = before.books.filter(({ book }) => book !== one.book);
	// Asked anew soon: the facility may hold it for a reason of its own.
	await keep(storage, { askedMs: 0, books: [one, ...others].slice(0, ENDING_TOLD_MAX) });
	changes.notify([one.book]);
}

function differing(before: Kept, now: Kept): BookId[] {
	const textOf = ({ books }: Kept): Map<string, string> =>
		new Map(books.map((one) => [one.book, `${one.reason} ${one.untilMs}`]));
	const [was, is] = [textOf(before), textOf(now)];
	const named = new Set([...was.keys(), ...is.keys()]);
	return [...named].filter((book) => was.get(book) !== is.get(book)) as BookId[];
}

/** A row that a broken disk altered says nothing. */
async function readKept(storage: Pick<BookStorage, 'readKey'>): Promise<Kept> {
	return keptSchema.safeParse((await storage.readKey(ROW))?.value).data ?? NOTHING;
}

async function keep(storage: Keys, value: Kept): Promise<void> {
	try {
		await storage.writeKey({ id: ROW, value });
	} catch (error) {
		// A full tablet, or one that was just locked: it is asked again.
		if (!(error instanceof StorageFailed)) throw error;
	}
}
