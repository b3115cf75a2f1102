/**
 * How every act of a user becomes an entry on this device: read the book, let the act state what it
 * records, build and sign the entry, compute the person's summary, and append all of it in one
 * transaction. When the book moved meanwhile, the act is asked again on the newer book. An act may make
 * several entries, also in several books: all of them are in that one transaction.
 *
 * `saved` is answered only after the storage has said so; a failure has stored nothing.
 */
import { labelOf } from '#lib/domain/access/restricted.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { KINDS, type Body, type Kind } from '#lib/domain/book/content.ts';
import type { Basis, Effect, EntryClass, Label, Recorded } from '#lib/domain/book/envelope.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, bytesToSign, EntryNotWellMade } from '#lib/entry/entry.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import {
	StorageFailed,
	type DraftKey,
	type RowMark,
	type Save,
	type SaveTogetherResult,
	type StorageFailureCode
} from '#lib/storage/port.ts';
import type { Session } from '#lib/vault/vault.ts';
import type { OpenBook } from './book-reader.ts';
import { invalid, type Invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';

export type Saved = { type: 'saved'; book: BookId; id: EntryId };
export type SaveFailure =
	| Invalid
	/** The device could not store it: what was typed is still on the screen. */
	| { type: 'not-stored'; code: 'quota' | 'unknown' }
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
> &
	Partial<Pick<UseCaseDeps, 'recentlyOpened'>>;

/** Asked with the book as it is at each attempt and with whose act it is; a failure ends the act. */
export type Act = (opened: OpenBook, session: Session) => Statement | SaveFailure;

/** One entry of an act that makes several. */
export interface Part {
	book: BookId;
	/** At least so restricted: that of what is said again in another book. */
	label?: Label;
	/** @param before ids of the parts stated before it, in their order */
	state: (before: readonly EntryId[]) => Statement;
}

/** Asked with the books in the order they were named. */
export type JointAct = (opened: OpenBook[], session: Session) => [Part, ...Part[]] | SaveFailure;

type Named = { book: BookId; id: EntryId };
export type SavedTogether = { type: 'saved'; entries: [Named, ...Named[]] };

const ATTEMPTS_MAX = 20;

export interface SaveOptions {
	isNewBook?: boolean;
	/** Whose act it is, when that is not to be whoever is signed in by the time it is saved. */
	session?: Session;
	/** A refused entry that is stated anew, by journal number and id: the
	 * first of this act stands in its place. */
	replaces?: { n: number; id: EntryId };
	/** The draft of whoever acts that this act was until now. */
	endsDraft?: EndsDraft | undefined;
}

/** A draft of whoever acts, in a book or of somebody who has none yet. */
export type EndsDraft = Omit<DraftKey, 'person'>;

/** Records one entry in a book of this device. */
export async function saveEntry(
	deps: SaveDeps,
	book: BookId,
	act: Act,
	options: SaveOptions = {}
): Promise<SaveOutcome> {
	const joint: JointAct = ([opened], session) => stateOne(act, opened, session);
	const outcome = await saveTogether(deps, [book], joint, options);
	return outcome.type === 'saved' ? { type: 'saved', ...outcome.entries[0] } : outcome;
}

function stateOne(act: Act, opened: OpenBook | undefined, session: Session): [Part] | SaveFailure {
	if (opened === undefined) return { type: 'no-such-book' };
	const statement = act(opened, session);
	return 'type' in statement ? statement : [{ book: opened.book, state: () => statement }];
}

/** Records several entries as one act: all of them are stored, or none. */
export async function saveTogether(
	deps: SaveDeps,
	books: BookId[],
	act: JointAct,
	options: SaveOptions = {}
): Promise<SavedTogether | SaveFailure> {
	const session = options.session ?? deps.vault.session();
	if (session === undefined) return { type: 'not-signed-in' };
	return deps.trackSave(() => orNotStored(() => saveInto(deps, session, books, act, options)));
}

/** A device that could not store is an outcome, not an exception. */
export async function orNotStored<Outcome>(
	work: () => Promise<Outcome | SaveFailure>
): Promise<Outcome | SaveFailure> {
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
	books: BookId[],
	act: JointAct,
	options: SaveOptions
): Promise<SavedTogether | SaveFailure> {
	for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		const [offset, ...read] = await Promise.all([
			deps.storage.readClockOffset(),
			...books.map((book) => deps.books.read(book))
		]);
		if (books.some((book, at) => read[at] === undefined && !mayBegin(deps, book, options)))
			return { type: 'no-such-book' };
		const opened = books.map((book, at) => read[at] ?? { book, entries: [], count: 0 });
		const outcome = await attemptSave({ deps, session, offset, options }, act, opened);
		if (outcome.type !== 'moved') return outcome;
	}
	return notStored('unknown');
}

/** A right that ended while somebody was writing took the book from the device, not the work: it is taken and marked. */
function mayBegin({ recentlyOpened }: SaveDeps, book: BookId, { isNewBook }: SaveOptions): boolean {
	return isNewBook === true || recentlyOpened?.().includes(book) === true;
}

function notStored(code: StorageFailureCode): SaveFailure {
	return { type: 'not-stored', code: code === 'quota' ? 'quota' : 'unknown' };
}

interface Attempt {
	deps: SaveDeps;
	session: Session;
	/** Server time minus device time, milliseconds. */
	offset: number | undefined;
	options: SaveOptions;
}

async function attemptSave(
	{ deps, session, offset, options: { replaces, endsDraft } }: Attempt,
	act: JointAct,
	opened: OpenBook[]
): Promise<SavedTogether | SaveFailure | { type: 'moved' }> {
	const parts = act(opened, session);
	if ('type' in parts) return parts;
	const built: Built[] = [];
	for (const part of parts) {
		const before = bookBefore(part.book, opened, built);
		const statement = part.state(built.map(({ entry }) => entry.id));
		const next = build(before, statement, session, deps.recorder.next(offset), part.label);
		if ('type' in next) return next;
		const summary = summaryAfter(before, next.entry, deps.clock.nowMs(), replaces);
		built.push({ ...next, summary, count: before.count, row: before.row });
	}
	const saves = built.map((part) => toSave(deps, session, part));
	const [first, ...others] = await Promise.all(saves);
	if (first === undefined) throw new Error('an act has at least one part');
	const standing = {
		...first,
		...(replaces && { replaces: replaces.n }),
		...(endsDraft && { endsDraft: { ...endsDraft, person: session.staff.person } })
	};
	return outcomeOf(deps, await deps.storage.saveTogether([standing, ...others]), built);
}

interface Built {
	entry: BookEntry;
	bytes: Uint8Array;
	/** The person as the lists show them after this entry. */
	summary: PersonSummary;
	/** `count` of the book before this entry. */
	count: number;
	row: RowMark | undefined;
}

/** The book as the next part of the act finds it: with what the parts before it record there. */
function bookBefore(book: BookId, opened: OpenBook[], built: Built[]): OpenBook {
	const before = opened.find((one) => one.book === book) ?? { book, entries: [], count: 0 };
	const added = built.flatMap(({ entry }) => (entry.envelope.book === book ? [entry] : []));
	const entries = [...before.entries, ...added];
	return { ...before, entries, count: before.count + added.length };
}

function summaryAfter(
	{ book, entries }: OpenBook,
	entry: BookEntry,
	nowMs: number,
	replaces: SaveOptions['replaces']
): PersonSummary {
	const others = entries.filter(({ id }) => id !== replaces?.id);
	return projectSummary(book, [...others, entry], clinicalDateOf(nowMs));
}

async function toSave(
	{ clock }: SaveDeps,
	session: Session,
	{ entry, bytes, summary, count, row }: Built
): Promise<Save> {
	const signature = await session.sign(bytesToSign(bytes));
	const sealed = await session.sealParcel?.({ entry: bytes, signature });
	return {
		book: entry.envelope.book,
		id: entry.id,
		bytes,
		signature,
		savedMs: clock.nowMs(),
		summary: encodeSummary(summary),
		count,
		...(row && { row }),
		...(sealed && { parcel: { person: session.staff.person, sealed } })
	};
}

function outcomeOf(
	deps: SaveDeps,
	result: SaveTogetherResult,
	parts: Built[]
): SavedTogether | SaveFailure | { type: 'moved' } {
	if (result.type === 'moved') return result;
	if (result.type === 'not-stored') return notStored(result.code);
	const named = parts.map(({ entry }) => ({ book: entry.envelope.book, id: entry.id }));
	const [first, ...others] = named;
	if (first === undefined) throw new Error('an act has at least one part');
	if (result.type === 'saved')
		for (const { entry, summary } of parts) deps.entrySaved(entry.envelope.book, summary);
	return { type: 'saved', entries: [first, ...others] };
}

function build(
	{ book, entries }: OpenBook,
	statement: Statement,
	{ staff, keyId, facility }: Session,
	recorded: Recorded,
	labelAtLeast: Label = 'general'
): Pick<Built, 'entry' | 'bytes'> | Invalid {
	const rule = KINDS[statement.kind].class;
	const label = labelOf({ content: statement, basedOn: statement.basedOn }, entries);
	try {
		return buildEntry({
			...statement,
			book,
			recorded,
			label: label === 'general' ? labelAtLeast : label,
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
