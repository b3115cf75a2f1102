/**
 * Turns one inbox line into one signed entry of the replica, at most once. The entry waits in the outbox
 * like a tablet's; sending it is the sync engine's work.
 */
import type { IdentifierKind } from '#lib/domain/book/identifiers.ts';
import { bytesToId, createUuidV7, type BookId } from '#lib/domain/ids.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { latestNow } from '#lib/use-cases/latest-now.ts';
import {
	saveEntry,
	type SaveDeps,
	type SaveOutcome,
	type Statement
} from '#lib/use-cases/save-entry.ts';
import { checkLine } from './check-line.ts';
import {
	identifiersOf,
	lineHash,
	parseInboxLine,
	type InboxLine,
	type LineFailure,
	type StatedIdentifier
} from './inbox-line.ts';
import type { LedgerLine, LineLedger } from './line-ledger.ts';

export type LineOutcome =
	| { type: 'taken' }
	/** The same line came before. */
	| { type: 'taken-before' }
	/** Whether the person has a book can be told only when the server has been asked. */
	| { type: 'undecided' }
	| { type: 'refused'; failure: LineFailure };

/** Books by what their people are known by; `undefined` where two books share a number. */
export interface PeopleDirectory {
	findByIdentifier(kind: IdentifierKind, value: string): BookId[];
	add(book: BookId, identifiers: StatedIdentifier[]): void;
}

export interface TakeLineDeps {
	useCases: SaveDeps & Pick<UseCaseDeps, 'randomBytes'>;
	ledger: LineLedger;
	people: PeopleDirectory;
	/** Does the replica hold everything the server had when the night began? */
	isReplicaCurrent: boolean;
}

/** Not the fault of a line: the run stops, and the next one takes it up. Said to the operator as it is. */
export class ReplicaFailed extends Error {}

export async function takeLine(deps: TakeLineDeps, text: string): Promise<LineOutcome> {
	const parsed = parseInboxLine(text);
	if (!parsed.ok) return { type: 'refused', failure: parsed.failure };
	const { line } = parsed;
	const known = deps.ledger.find(line.source);
	const hash = lineHash(text);
	if (known !== undefined)
		return known.hash === hash ? { type: 'taken-before' } : refused(line, 'source-used-before');
	const target = findTarget(deps, line);
	if (target === 'undecided') return { type: 'undecided' };
	if (typeof target === 'string') return refused(line, target, 'person');
	const { n } = await deps.useCases.storage.readTip();
	const row: LedgerLine = {
		source: line.source,
		hash,
		line: text,
		state: 'saving',
		book: target.book,
		n: n + 1
	};
	deps.ledger.put(row);
	const nowMs = await latestNow(deps.useCases);
	const outcome = await save(deps.useCases, line, target, nowMs);
	if (outcome.type !== 'saved') {
		deps.ledger.remove(line.source);
		return failureOf(deps, line, outcome);
	}
	deps.ledger.put({ ...row, state: 'taken' });
	deps.people.add(target.book, identifiersOf(line));
	return { type: 'taken' };
}

/**
 * The line that a killed run left as `saving`: its journal number says whether the entry got there.
 * Asked once, before any line is taken.
 */
export async function settleLedger({ ledger, useCases }: TakeLineDeps): Promise<void> {
	const { n } = await useCases.storage.readTip();
	for (const line of ledger.listSaving()) {
		if (line.n <= n) ledger.put({ ...line, state: 'taken' });
		else ledger.remove(line.source);
	}
}

interface Target {
	book: BookId;
	isNew: boolean;
}

type Untargeted = 'undecided' | 'person-unknown' | 'person-ambiguous' | 'person-exists';

function findTarget(deps: TakeLineDeps, line: InboxLine): Target | Untargeted {
	const { person } = line;
	if ('new' in person) return newTarget(deps, line);
	if ('book' in person) return { book: person.book, isNew: false };
	const { kind, value } = person.identifier;
	const [book, ...others] = deps.people.findByIdentifier(kind, value);
	if (others.length > 0) return 'person-ambiguous';
	return book === undefined ? unknownPerson(deps) : { book, isNew: false };
}

/** A second book for a known person could not be taken back: every later line would be ambiguous. */
function newTarget(deps: TakeLineDeps, line: InboxLine): Target | Untargeted {
	const stated = identifiersOf(line);
	const isKnown = stated.some(
		({ kind, value }) => deps.people.findByIdentifier(kind, value).length > 0
	);
	if (isKnown) return 'person-exists';
	if (stated.length > 0 && !deps.isReplicaCurrent) return 'undecided';
	const random = (count: number) => deps.useCases.randomBytes(count);
	const minted = bytesToId<BookId>(createUuidV7(deps.useCases.clock.nowMs(), random));
	return { book: minted, isNew: true };
}

function unknownPerson({ isReplicaCurrent }: TakeLineDeps): 'undecided' | 'person-unknown' {
	return isReplicaCurrent ? 'person-unknown' : 'undecided';
}

function save(
	deps: SaveDeps,
	line: InboxLine,
	{ book, isNew }: Target,
	nowMs: number
): Promise<SaveOutcome> {
	const statement: Statement = { ...line.content, occurred: line.occurred };
	return saveEntry(deps, book, ({ entries }) => checkLine(line, entries, nowMs) ?? statement, {
		isNewBook: isNew
	});
}

function failureOf(
	deps: TakeLineDeps,
	line: InboxLine,
	outcome: Exclude<SaveOutcome, { type: 'saved' }>
): LineOutcome {
	switch (outcome.type) {
		case 'no-such-book': {
			const code = unknownPerson(deps);
			return code === 'undecided' ? { type: code } : refused(line, code, 'person');
		}
		case 'invalid':
			return refused(line, outcome.code, outcome.path === '' ? undefined : outcome.path);
		case 'not-signed-in':
		case 'not-stored':
			throw new ReplicaFailed(`The replica could not keep a line (${outcome.type}).`);
	}
}

function refused(line: InboxLine, code: string, path?: string): LineOutcome {
	return {
		type: 'refused',
		failure: { source: line.source, code, ...(path === undefined ? {} : { path }) }
	};
}
