/** What citizens decided about the purposes of a book: each decision a row of its own that nothing changes. */
import type { CitizenRelation } from '#lib/domain/access/access-table.ts';
import type { ConsentAct, ConsentLanguage } from '#lib/domain/access/consent.ts';
import type { BookId, PersonId } from '#lib/domain/ids.ts';

export interface NewConsentDecision {
	at: number;
	/** For whom. */
	book: BookId;
	/** Who: what stands for a citizen everywhere else too. */
	person: PersonId;
	/** As what they said it. */
	stands: CitizenRelation;
	purpose: string;
	act: ConsentAct;
	/** The text: first day of its version, language, SHA-256 as base64url. Of a withdrawal the one that it withdraws. */
	textFrom: string;
	language: ConsentLanguage;
	text: string;
	/** The child, or whoever looks after it, said so too. */
	hasOther: boolean;
	/** From this day on it is asked again. */
	until?: string;
	/** By which way it came. */
	means: string;
}

export interface StoredConsentDecision extends NewConsentDecision {
	/** From 1 on. */
	number: number;
}

export interface ConsentRequest {
	/** The same decision for each book of one person; the first one is the book that was asked about. */
	decisions: readonly [NewConsentDecision, ...NewConsentDecision[]];
	/** Number of the last decision about this purpose and the first book; 0: none. */
	after: number;
}

/** `moved-on`: something was decided since. Nothing was written. */
export type ConsentResult = { type: 'decided' } | { type: 'moved-on' };

export interface ConsentStorage {
	/** What a citizen decides about a purpose, with its audit rows: one commit. Nothing is ever changed by it. */
	decideConsent: (request: ConsentRequest) => Promise<ConsentResult>;
	/** Newest first. */
	listConsents: (book: BookId, limit: number) => Promise<StoredConsentDecision[]>;
}

/** What the access log says of it. */
export function detailOfConsent(one: NewConsentDecision): string {
	const other = one.hasOther ? ' with-other' : '';
	return `${one.act} ${one.purpose} text=${one.text} as=${one.stands}${other} by=${one.means}`;
}
