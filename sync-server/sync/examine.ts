/**
 * The part of admission that needs no store: reading entries and checking signatures. It is the part
 * that costs CPU, so it stands behind one interface: in this thread for small pushes and for the
 * simulation, in a pool of workers (`admission-pool.ts`) for bulk.
 */
import { saysRestricted } from '#lib/domain/access/restricted.ts';
import type { Author, Recorded } from '#lib/domain/book/envelope.ts';
import { isEntryOf, type BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { lookupsOfFacts, lookupsOfGuardianLink } from '#lib/domain/people/lookups.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { bytesToSign, entryIdOf, readEntry, type EntryFailure } from '#lib/entry/entry.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import type { RefusalCode } from '#lib/protocol/messages.ts';

/** What admission needs to know of an entry; plain data, so that it can come from another thread. */
export interface EntryReading {
	id: EntryId;
	book: BookId;
	author: Author;
	occurred: ClinicalTime;
	/** A birth date that it states. */
	birthDate?: ClinicalTime;
	recorded: Recorded;
	isUnknownKind: boolean;
	/** It says what the law restricts and is labelled as general. */
	isMislabelled: boolean;
	lookups: string[];
	/** Safety entries (allergies) that it replaces or voids. */
	withdraws: EntryId[];
	/** Commune of an address it states. */
	commune?: string;
	/** Where it sends the person, and the last day on which it does. */
	referral?: { to: string; validUntil: ClinicalDate };
}

export type Reading =
	{ ok: true; entry: EntryReading } | { ok: false; id: EntryId; code: RefusalCode; path?: string };

export function idOfReading(reading: Reading): EntryId {
	return reading.ok ? reading.entry.id : reading.id;
}

export interface SignatureClaim {
	publicKey: Uint8Array;
	entry: Uint8Array;
	signature: Uint8Array;
}

export interface Examiner {
	read(entries: Uint8Array[]): Promise<Reading[]>;
	/** Whether each signature is its key's over its entry. */
	verify(claims: SignatureClaim[]): Promise<boolean[]>;
}

/** Examines in this thread. */
export function createInlineExaminer(verify: Verifier): Examiner {
	return {
		read: async (entries) => entries.map(readForAdmission),
		verify: (claims) =>
			Promise.all(
				claims.map(({ publicKey, entry, signature }) =>
					verify(publicKey, bytesToSign(entry), signature)
				)
			)
	};
}

/** Size, canonical form, envelope and body of one entry. Never throws for bad input. */
export function readForAdmission(bytes: Uint8Array): Reading {
	const read = readEntry(bytes);
	if (!read.ok) return { ok: false, id: entryIdOf(bytes), ...refusalOf(read.failure) };
	return { ok: true, entry: summarise(read.entry) };
}

function summarise(entry: BookEntry): EntryReading {
	const { id, envelope, content } = entry;
	const facts = isEntryOf(entry, 'facts') ? entry.content.body : undefined;
	const commune = facts?.address?.commune;
	const birthDate = facts?.birthDate;
	const referral = isEntryOf(entry, 'referral') ? entry.content.body : undefined;
	const to = referral?.to.facility;
	return {
		id,
		book: envelope.book,
		author: envelope.author,
		occurred: envelope.occurred,
		recorded: envelope.recorded,
		isUnknownKind: content.kind === 'unknown',
		isMislabelled: envelope.label === 'general' && saysRestricted(content),
		withdraws: envelope.class === 'safety' ? (envelope.basedOn ?? []).map(({ id: of }) => of) : [],
		lookups: lookupsOf(entry),
		...(commune !== undefined && { commune }),
		...(birthDate !== undefined && { birthDate }),
		...(referral && to !== undefined && { referral: { to, validUntil: referral.validUntil } })
	};
}

function lookupsOf(entry: BookEntry): string[] {
	if (isEntryOf(entry, 'facts')) return lookupsOfFacts(entry.content.body);
	if (isEntryOf(entry, 'guardianLink')) return lookupsOfGuardianLink(entry.content.body);
	return [];
}

/** The code on the wire, and the path of the field where there is one. Never its value. */
function refusalOf(failure: EntryFailure): { code: RefusalCode; path?: string } {
	switch (failure.type) {
		case 'too-large':
		case 'not-canonical':
			return { code: failure.type };
		case 'kind-rule':
			return { code: failure.type, path: failure.code };
		case 'envelope':
		case 'schema':
			return { code: failure.type, path: shortened(failure.path) };
	}
}

/** Unknown keys stand in a path: their text is the sender's, so only a field's form passes. */
function shortened(path: string): string {
	return /^[A-Za-z0-9_.-]{0,120}$/.test(path) ? path : '';
}
