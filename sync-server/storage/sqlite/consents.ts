/** Decisions about purposes in the database: the rows and their audit in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { CITIZEN_RELATIONS } from '#lib/domain/access/access-table.ts';
import { CONSENT_ACTS, CONSENT_LANGUAGES } from '#lib/domain/access/consent.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	detailOfConsent,
	type ConsentRequest,
	type ConsentResult,
	type StoredConsentDecision
} from '../consents.ts';
import type { AuditRow } from '../storage.ts';
import {
	idAt,
	idBytes,
	integerAt,
	optionalAt,
	prepareQuery,
	textAt,
	wordAt,
	type Row
} from './columns.ts';

export function createDecideConsent(
	database: DatabaseSync,
	audit: (row: AuditRow) => void
): (request: ConsentRequest) => ConsentResult {
	const selectLast = prepareQuery(
		database,
		'SELECT coalesce(max(number), 0) FROM consents WHERE book = ? AND purpose = ?'
	);
	const insert = database.prepare(
		`INSERT INTO consents (at_ms, book, person, stands, purpose, act, text_from, language, text, has_other, until,
		means) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return ({ decisions, after }) => {
		const [first] = decisions;
		const last = selectLast.get(idBytes(first.book), first.purpose);
		if (last === undefined || integerAt(last, 0) !== after) return { type: 'moved-on' };
		for (const one of decisions) {
			const { at, book, person, stands, purpose, act, textFrom, language, text } = one;
			const ids = [book, person].map(idBytes);
			const said = [stands, purpose, act, textFrom, language, text];
			insert.run(at, ...ids, ...said, one.hasOther ? 1 : 0, one.until ?? null, one.means);
			audit({ at, action: 'consent', person, role: 'citizen', book, detail: detailOfConsent(one) });
		}
		return { type: 'decided' };
	};
}

export function createConsentReader(
	database: DatabaseSync
): (book: BookId, limit: number) => StoredConsentDecision[] {
	const select = prepareQuery(
		database,
		`SELECT number, at_ms, book, person, stands, purpose, act, text_from, language, text, has_other, until, means
		FROM consents WHERE book = ? ORDER BY number DESC LIMIT ?`
	);
	return (book, limit) => select.all(idBytes(book), limit).map(decisionOf);
}

function decisionOf(row: Row): StoredConsentDecision {
	return {
		number: integerAt(row, 0),
		at: integerAt(row, 1),
		book: idAt(row, 2),
		person: idAt(row, 3),
		stands: wordAt(row, 4, CITIZEN_RELATIONS),
		purpose: textAt(row, 5),
		act: wordAt(row, 6, CONSENT_ACTS),
		textFrom: textAt(row, 7),
		language: wordAt(row, 8, CONSENT_LANGUAGES),
		text: textAt(row, 9),
		hasOther: integerAt(row, 10) === 1,
		...optionalAt(row, 11, 'until', textAt),
		means: textAt(row, 12)
	};
}
