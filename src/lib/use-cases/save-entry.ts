/**
 * How every act of a user becomes an entry on this device: read the book, let the act state what it
 * records, build and sign the entry, compute the person's summary, and append all of it in one
 * transaction. When the book moved meanwhile, the act is asked again on the newer book.
 *
 * `saved` is answered only after the storage has said so; a failure has stored nothing.
 */
import { labelOf } from '#lib/domain/access/restricted.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { KINDS, type Body, type Kind } from '#lib/domain/book/content.ts';
import type { Basis, Effect, EntryClass, Recorded } from '#lib/domain/book/envelope.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, bytesToSign, EntryNotWellMade } from '#lib/entry/entry.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import { StorageFailed, type SaveResult, type StorageFailureCode } from '#lib/storage/port.ts';
import type { Session } from '#lib/vault/vault.ts';
import type { OpenBook } from './book-reader.ts';
import { invalid, type Invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';

export type Saved = { type: 'saved'; book: BookId; id: EntryId };
export type SaveFailure =
	| Invalid
	/** The device could not store it: what was typed is still on the screen. */
	| {
			type: 'not-stored';
			code: 'quota' | 'unknown';
			/** What came before it of the same act is stored, in this book. */
			storedIn?: BookId;
	  }
	| { type: 'not-signed-in' }
	| { type: 'no-such-book' };
export type SaveOutcome = Saved | SaveFailure;

/** What an act records; the rest of the entry follows from the session, the kind and the law. */
export type Statement = {
	[K in Kind]: {
		kind: K;
		body: Body<K>;
		occurred: ClinicalTime;
		effect?: Effect;
		basedOn?: Basis[];
		reason?: string;
		/** For a void, which takes the class of what it voids, and for what is stated anew. */
		class?: EntryClass;
	};
}[Kind];

/** What saving needs of a device: the hospital's agent offers just this. */
export type SaveDeps = Pick<
	UseCaseDeps,
	'storage' | 'books' | 'vault' | 'clock' | 'recorder' | 'trackSave' | 'entrySaved'
>;

/** Asked with the book as it is at each attempt; a failure ends the act. */
export type Act = (opened: OpenBook) => Statement | SaveFailure;

const ATTEMPTS_MAX = 20;

export interface SaveOptions {
	isNewBook?: boolean;
	/** Whose act this is a part of: one of several entries is saved to its end, also when the device is
	 * locked on the way. */
	session?: Session;
	/** A refused entry that is stated anew, by journal number and id: this one stands in its place. */
	replaces?: { n: number; id: EntryId };
}

/** Records one entry in a book of this device. */
export async function saveEntry(
	deps: SaveDeps,
	book: BookId,
	act: Act,
	options: SaveOptions = {}
): Promise<SaveOutcome> {
	const session = options.session ?? deps.vault.session();
	if (session === undefined) return { type: 'not-signed-in' };
	return deps.trackSave(() => orNotStored(() => saveInto(deps, session, book, act, options)));
}

/** A device that could not store is an outcome, not an exception. */
export async function orNotStored(work: () => Promise<SaveOutcome>): Promise<SaveOutcome> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof StorageFailed) return notStored(error.code);
		throw error;
	}
}

async function saveInto(
	deps: SaveDeps,
	session: Session,
	book: BookId,
	act: Act,
	{ isNewBook = false, replaces }: SaveOptions
): Promise<SaveOutcome> {
	for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		const opened = await deps.books.read(book);
		if (opened === undefined && !isNewBook) return { type: 'no-such-book' };
		const current = opened ?? { book, entries: [], count: 0 };
		const outcome = await attemptSave(deps, session, act, current, replaces);
		if (outcome.type !== 'moved') return outcome;
	}
	return notStored('unknown');
}

function notStored(code: StorageFailureCode): SaveFailure {
	return { type: 'not-stored', code: code === 'quota' ? 'quota' : 'unknown' };
}

async function attemptSave(
	deps: SaveDeps,
	session: Session,
	act: Act,
	opened: OpenBook,
	replaces: SaveOptions['replaces']
): Promise<SaveOutcome | { type: 'moved' }> {
	const statement = act(opened);
	if ('type' in statement) return statement;
	const { offset } = await deps.storage.readMeta();
	const built = build(opened, statement, session, deps.recorder.next(offset));
	if ('type' in built) return built;
	const today = clinicalDateOf(deps.clock.nowMs());
	const others = opened.entries.filter(({ id }) => id !== replaces?.id);
	const summary = projectSummary(opened.book, [...others, built.entry], today);
	const result = await deps.storage.save({
		book: opened.book,
		id: built.entry.id,
		bytes: built.bytes,
		signature: await session.sign(bytesToSign(built.bytes)),
		savedMs: deps.clock.nowMs(),
		summary: encodeSummary(summary),
		count: opened.count,
		...(replaces && { replaces: replaces.n })
	});
	return outcomeOf(deps, result, opened.book, built.entry.id, summary);
}

function outcomeOf(
	deps: SaveDeps,
	result: SaveResult,
	book: BookId,
	id: EntryId,
	summary: PersonSummary
): SaveOutcome | { type: 'moved' } {
	switch (result.type) {
		case 'moved':
			return result;
		case 'not-stored':
			return notStored(result.code);
		case 'duplicate':
			return { type: 'saved', book, id };
		case 'saved':
			deps.entrySaved(book, summary);
			return { type: 'saved', book, id };
	}
}

function build(
	{ book, entries }: OpenBook,
	statement: Statement,
	{ staff, keyId, facility }: Session,
	recorded: Recorded
): { entry: BookEntry; bytes: Uint8Array } | Invalid {
	const rule = KINDS[statement.kind].class;
	try {
		return buildEntry({
			...statement,
			book,
			recorded,
			label: labelOf({ content: statement, basedOn: statement.basedOn }, entries),
			author: { person: staff.person, role: staff.role, facility, key: keyId },
			class: statement.class ?? (rule === 'of-basis' ? 'event' : rule)
		});
	} catch (error) {
		// Every field fits, and all of them together do not: only the size can still be wrong.
		if (error instanceof EntryNotWellMade && error.failure.type === 'too-large')
			return invalid('', 'too-large');
		throw error;
	}
}
