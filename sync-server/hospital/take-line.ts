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
import { lineHash, parseInboxLine, type InboxLine, type LineFailure } from './inbox-line.ts';
import type { LedgerLine, LineLedger } from './line-ledger.ts';

export type LineOutcome =
	| { type: 'taken' }
	/** The same line came before. */
	| { type: 'taken-before' }
	| { type: 'refused'; failure: LineFailure };

/** Books by what their people are known by; `undefined` where two books share a number. */
export interface PeopleDirectory {
	findByIdentifier(kind: IdentifierKind, value: string): BookId[];
	add(book: BookId, line: InboxLine): void;
}

export interface TakeLineDeps {
	useCases: SaveDeps & Pick<UseCaseDeps, 'randomBytes'>;
	ledger: LineLedger;
	people: PeopleDirectory;
}

export async function takeLine(deps: TakeLineDeps, text: string): Promise<LineOutcome> {
	const parsed = parseInboxLine(text);
	if (!parsed.ok) return { type: 'refused', failure: parsed.failure };
	const { line } = parsed;
	const known = deps.ledger.find(line.source);
	const hash = lineHash(text);
	if (known !== undefined)
		return known.hash === hash ? { type: 'taken-before' } : refused(line, 'source-used-before');
	const target = findTarget(deps, line);
	if (typeof target === 'string') return refused(line, target);
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
		return failureOf(line, outcome);
	}
	deps.ledger.put({ ...row, state: 'taken' });
	if (target.isNew) deps.people.add(target.book, line);
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

function findTarget(
	{ people, useCases }: TakeLineDeps,
	{ person }: InboxLine
): Target | 'person-unknown' | 'person-ambiguous' {
	if ('new' in person) {
		const random = (count: number) => useCases.randomBytes(count);
		const minted = bytesToId<BookId>(createUuidV7(useCases.clock.nowMs(), random));
		return { book: minted, isNew: true };
	}
	if ('book' in person) return { book: person.book, isNew: false };
	const [book, ...others] = people.findByIdentifier(
		person.identifier.kind,
		person.identifier.value
	);
	if (others.length > 0) return 'person-ambiguous';
	return book === undefined ? 'person-unknown' : { book, isNew: false };
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

function failureOf(line: InboxLine, outcome: Exclude<SaveOutcome, { type: 'saved' }>): LineOutcome {
	switch (outcome.type) {
		case 'no-such-book':
			return refused(line, 'person-unknown');
		case 'invalid':
			return refused(line, outcome.code, outcome.path === '' ? undefined : outcome.path);
		case 'not-signed-in':
		case 'not-stored':
			// Not the line's fault: the run stops, and the next one takes it up.
			throw new Error(`the replica could not keep a line: ${outcome.type}`);
	}
}

function refused(line: InboxLine, code: string, path?: string): LineOutcome {
	return {
		type: 'refused',
		failure: { source: line.source, code, ...(path === undefined ? {} : { path }) }
	};
}
