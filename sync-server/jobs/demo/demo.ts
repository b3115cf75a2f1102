/**
 * The demo: people, their books and who works with them, invented but believable, and the same for the same
 * seed and day on every machine. Planning needs no clock, no network and no key; signing is a second step, in
 * batches, so that ten thousand books never stand in memory at once.
 */
import {
	bytesToId,
	type BookId,
	type EntryId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import { factsSchema } from '#lib/domain/book/facts.ts';
import { guardianLinkSchema } from '#lib/domain/book/other-kinds.ts';
import { lookupsOfFacts, lookupsOfGuardianLink } from '#lib/domain/people/lookups.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, bytesToSign, type EntryDraft } from '#lib/entry/entry.ts';
import { historyOf, type DemoDraft } from './history.ts';
import { createPeople, type DemoPerson } from './households.ts';
import { createRandom } from './random.ts';
import { DEMO_FACILITIES, demoStaff, type DemoFacility, type DemoStaff } from './stations.ts';

export const DEMO_PEOPLE_MAX = 50_000;
const BATCH_ENTRIES = 500;

export interface DemoOptions {
	seed: string;
	peopleCount: number;
	today: ClinicalDate;
}

export interface DemoPlan {
	options: DemoOptions;
	facilities: readonly DemoFacility[];
	staff: DemoStaff[];
	/** In whose name everything is imported. */
	importer: PersonId;
	people: DemoPerson[];
	/** All drafts, book after book; may be run through more than once. */
	drafts(): Generator<DemoDraft>;
}

/** The key everything in the demo is signed with. May answer at once: Node's own signing is three times as fast. */
export interface DemoKey {
	key: KeyId;
	sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** An entry of the demo as a storage takes it, and where its person lives. */
export interface DemoEntry {
	book: BookId;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
	facility: string;
	lookups: string[];
	/** On the first entry of a book: the station in whose commune the person is registered. */
	registeredAt?: string;
}

/** Throws when asked for no people or too many. */
export function createDemo(options: DemoOptions): DemoPlan {
	const { seed, peopleCount, today } = options;
	if (!Number.isInteger(peopleCount) || peopleCount < 1 || peopleCount > DEMO_PEOPLE_MAX)
		throw new RangeError(`the demo has 1 to ${DEMO_PEOPLE_MAX} people`);
	const staff = demoStaff(seed);
	const people = createPeople(seed, peopleCount, today);
	return {
		options,
		facilities: DEMO_FACILITIES,
		staff,
		importer: bytesToId<PersonId>(createRandom(`${seed}/importer`).bytes(16)),
		people,
		*drafts() {
			for (const person of people) yield* historyOf(person, { seed, today, staff });
		}
	};
}

/** Builds and signs everything, in batches of at most 500 entries in the order of `drafts`. */
export async function* signDemo(plan: DemoPlan, key: DemoKey): AsyncGenerator<DemoEntry[]> {
	const stationByBook = new Map(plan.people.map(({ book, station }) => [book, station.code]));
	let batch: DemoEntry[] = [];
	for (const { draft, facility } of plan.drafts()) {
		const { id, bytes } = buildEntry(draftWithKey(plan, key.key, draft));
		const registeredAt = stationByBook.get(draft.book);
		stationByBook.delete(draft.book);
		batch.push({
			book: draft.book,
			id,
			bytes,
			signature: await key.sign(bytesToSign(bytes)),
			facility,
			lookups: lookupsOf(draft),
			...(registeredAt !== undefined && { registeredAt })
		});
		if (batch.length === BATCH_ENTRIES) {
			yield batch;
			batch = [];
		}
	}
	if (batch.length > 0) yield batch;
}

function lookupsOf({ kind, body }: DemoDraft['draft']): string[] {
	if (kind === 'facts') return lookupsOfFacts(factsSchema.parse(body));
	if (kind === 'guardianLink') return lookupsOfGuardianLink(guardianLinkSchema.parse(body));
	return [];
}

/** A draft of the plan as `buildEntry` takes it. */
export function draftWithKey(plan: DemoPlan, key: KeyId, draft: DemoDraft['draft']): EntryDraft {
	return { ...draft, author: { ...draft.author, person: plan.importer, key } };
}
