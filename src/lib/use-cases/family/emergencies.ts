/** The books of the family that were opened in an emergency, as this phone was told: each is shown until it was read. */
import { z } from 'zod';
import {
	EMERGENCIES_TOLD_MAX,
	familyEmergenciesSchema,
	type Family,
	type FamilyEmergency
} from '#lib/protocol/citizen.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { isTold } from './access-list.ts';
import type { FamilyPort } from './family-port.ts';

type Keys = Pick<BookStorage, 'readKey' | 'writeKey'>;

const ROW = 'citizen/emergencies';
/** Well within the day in which a family is to be told. */
const FRESH_MS = 10 * 60_000;

const keptSchema = familyEmergenciesSchema.extend({
	askedMs: z.number(),
	/** Their numbers. */
	read: z.array(z.number()).max(EMERGENCIES_TOLD_MAX)
});
type Kept = z.infer<typeof keptSchema>;
const NOTHING: Kept = { askedMs: 0, emergencies: [], read: [] };

/** Asks where the last answer is not fresh. What is not told any more is not kept either. */
export async function refreshEmergencies({
	storage,
	port,
	clock
}: {
	storage: Keys;
	port: Pick<FamilyPort, 'askEmergencies'>;
	clock: { nowMs(): number };
}): Promise<void> {
	const before = await readKept(storage);
	const nowMs = clock.nowMs();
	const ageMs = nowMs - before.askedMs;
	if (ageMs >= 0 && ageMs < FRESH_MS) return;
	const answer = await port.askEmergencies();
	if (answer.type !== 'emergencies') return;
	const { emergencies } = answer;
	const told = new Set(emergencies.map(({ number }) => number));
	const read = before.read.filter((number) => told.has(number));
	await storage.writeKey({ id: ROW, value: { askedMs: nowMs, emergencies, read } satisfies Kept });
}

/** Those that nobody has read on this phone, newest first, of books that are for whoever is signed in; of a joined
 * book as of the one that it is shown as. */
export async function unreadEmergencies(
	storage: Pick<BookStorage, 'readKey'>,
	family: Family,
	nowMs: number
): Promise<FamilyEmergency[]> {
	const { emergencies, read } = await readKept(storage);
	const isUnread = ({ number, book }: FamilyEmergency): boolean =>
		!read.includes(number) && isTold(family, book, nowMs);
	const shownAs = new Map(family.books.map(({ book, of }) => [book, of ?? book]));
	return emergencies
		.filter(isUnread)
		.map((one) => ({ ...one, book: shownAs.get(one.book) ?? one.book }));
}

export async function markEmergencyRead(storage: Keys, number: number): Promise<void> {
	const kept = await readKept(storage);
	const read = [number, ...kept.read.filter((one) => one !== number)];
	await storage.writeKey({
		id: ROW,
		value: { ...kept, read: read.slice(0, EMERGENCIES_TOLD_MAX) }
	});
}

/** A row that a broken disk altered says nothing: it is asked again. */
async function readKept(storage: Pick<BookStorage, 'readKey'>): Promise<Kept> {
	return keptSchema.safeParse((await storage.readKey(ROW))?.value).data ?? NOTHING;
}
