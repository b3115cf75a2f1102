/**
 * Consents of a family: what was decided about a book, and a new decision. Whose word it is, is computed at this very
 * moment from what the book says; the text is known by its hash only where it is the one in force. What a book is used
 * for asks `agreesTo`, and nothing else decides.
 */
import { can } from '#lib/domain/access/can.ts';
import {
	consentUntil,
	consentVoice,
	findPurpose,
	hasConsent,
	lastDecision,
	type ConsentVoice
} from '#lib/domain/access/consent.ts';
import type { Citizen } from '#lib/domain/access/family.ts';
import { birthDateIn } from '#lib/domain/access/family.ts';
import type { AskedPurpose } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	clinicalDateOf,
	type ClinicalDate,
	type ClinicalTime,
	type PartialDate
} from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import {
	CONSENT_DECISIONS_TOLD_MAX,
	CONSENT_MEANS,
	findTextInForce,
	type ConsentDecisionRequest,
	type Consents
} from '#lib/protocol/consent.ts';
import type { NewConsentDecision, StoredConsentDecision } from '../storage/consents.ts';
import type { ServerStorage } from '../storage/storage.ts';
import type { CitizenSession } from './citizen-sessions.ts';
import { openFamily, type FamilyDeps, type OpenFamilyBook } from './family-books.ts';

/** May the book be used for this now? */
export async function agreesTo(
	storage: Pick<ServerStorage, 'listConsents'>,
	purpose: AskedPurpose,
	book: BookId,
	nowMs: number
): Promise<boolean> {
	return hasConsent(purpose, await storage.listConsents(book, CONSENT_DECISIONS_TOLD_MAX), nowMs);
}

export interface ConsentDeps extends FamilyDeps {
	storage: FamilyDeps['storage'] & Pick<ServerStorage, 'audit' | 'listConsents' | 'decideConsent'>;
}

/** A book about which this person decides, with those joined to it. */
interface Decidable {
	books: [BookId, ...BookId[]];
	stands: OpenFamilyBook['stands'];
	/** Of the person of the book. */
	birth: ClinicalTime | PartialDate;
	voice: ConsentVoice;
}

/** Undefined: no such book for this person. On disk before it is answered. */
export async function answerConsents(
	deps: ConsentDeps,
	{ person, citizen }: CitizenSession,
	book: BookId,
	nowMs: number
): Promise<Consents | undefined> {
	const found = await findDecidable(deps, citizen, book, nowMs);
	const row = { at: nowMs, person, role: 'citizen', book };
	if (found === undefined) {
		await deps.storage.audit({ ...row, action: 'refuse', detail: 'consents not-of-the-family' });
		return undefined;
	}
	await deps.storage.audit({ ...row, action: 'deliver', detail: 'citizen consents' });
	return tell(deps, found, person);
}

export type DecideOutcome =
	| { type: 'decided'; consents: Consents }
	| { type: 'not-found' }
	/** Not by this person, or not without the other's word. */
	| { type: 'not-allowed' }
	/** Something was decided meanwhile, or the text is another one now. */
	| { type: 'moved-on' };

export async function decideConsent(
	deps: ConsentDeps,
	{ person, citizen }: CitizenSession,
	request: ConsentDecisionRequest,
	nowMs: number
): Promise<DecideOutcome> {
	const { storage } = deps;
	const id: string = request.book;
	const book = id as BookId;
	const refuse = async <Type extends DecideOutcome['type']>(
		type: Type
	): Promise<{ type: Type }> => {
		const detail = `consent ${type}`;
		await storage.audit({ at: nowMs, person, role: 'citizen', book, action: 'refuse', detail });
		return { type };
	};
	const purpose = findPurpose(request.purpose);
	const found = await findDecidable(deps, citizen, book, nowMs);
	if (found === undefined || purpose === undefined) return refuse('not-found');
	const hasOther = request.act === 'given' && request.otherAgrees === true;
	if (request.act === 'given' && !mayGive(found.voice, hasOther)) return refuse('not-allowed');
	const before = await storage.listConsents(book, CONSENT_DECISIONS_TOLD_MAX);
	const last = lastDecision(purpose, before);
	if ((last?.number ?? 0) !== request.after) return { type: 'moved-on' };
	const isInForce = hasConsent(purpose, before, nowMs);
	// Nothing to decide: what is there stands, and no row says it twice.
	if (isInForce === (request.act === 'given'))
		return { type: 'decided', consents: await tell(deps, found, person) };
	const text = textOf(request, last, nowMs);
	if (text === undefined) return { type: 'moved-on' };
	const until =
		request.act === 'given' ? consentUntil(found.voice, found.stands, found.birth) : undefined;
	const decision: Omit<NewConsentDecision, 'book'> = {
		...{ at: nowMs, person, stands: found.stands, purpose: purpose.id, act: request.act },
		...{ ...text, hasOther, means: CONSENT_MEANS },
		...(until !== undefined && { until })
	};
	const [first, ...others] = found.books;
	const result = await storage.decideConsent({
		decisions: [{ ...decision, book: first }, ...others.map((one) => ({ ...decision, book: one }))],
		after: request.after
	});
	if (result.type === 'moved-on') return result;
	return { type: 'decided', consents: await tell(deps, found, person) };
}

function mayGive(voice: ConsentVoice, hasOther: boolean): boolean {
	if (voice === 'not-yours') return false;
	return voice === 'alone' || hasOther;
}

type DecidedText = Pick<NewConsentDecision, 'textFrom' | 'language' | 'text'>;

/** Of a yes the text that was on the screen, if it is still the one; of a withdrawal the one that it withdraws. */
function textOf(
	request: ConsentDecisionRequest,
	last: StoredConsentDecision | undefined,
	nowMs: number
): DecidedText | undefined {
	if (request.act === 'withdrawn')
		return last && { textFrom: last.textFrom, language: last.language, text: last.text };
	const found = findTextInForce(request.text, request.purpose, clinicalDateOf(nowMs));
	return found && { textFrom: found.from, language: found.language, text: request.text };
}

async function findDecidable(
	deps: ConsentDeps,
	citizen: Citizen,
	book: BookId,
	nowMs: number
): Promise<Decidable | undefined> {
	const parts = (await openFamily(deps, citizen, nowMs)).filter(
		(one) => (one.of ?? one.book) === book
	);
	const [first, ...others] = parts;
	if (first === undefined) return undefined;
	const { stands } = first;
	if (!can({ role: 'citizen' }, 'withdraw-consent', stands, nowMs).allowed) return undefined;
	const birth = stands === 'own' ? citizen.birthDate : birthOf(parts);
	// A child's age is known, else the book would not be the family's.
	if (birth === undefined) return undefined;
	const voice = consentVoice(stands, birth, nowMs);
	return { books: [first.book, ...others.map((one) => one.book)], stands, birth, voice };
}

function birthOf(parts: readonly OpenFamilyBook[]): ClinicalDate | undefined {
	const read = parts.flatMap(({ entries }) => entries.map(({ bytes }) => readEntry(bytes)));
	return birthDateIn(read.flatMap((one) => (one.ok ? [one.entry] : [])));
}

async function tell(
	{ storage }: ConsentDeps,
	{ books: [book], voice }: Decidable,
	self: string
): Promise<Consents> {
	const decisions = await storage.listConsents(book, CONSENT_DECISIONS_TOLD_MAX);
	return {
		voice,
		decisions: decisions.map((one) => ({
			...{ number: one.number, atMs: one.at, purpose: one.purpose, act: one.act },
			...{ textFrom: one.textFrom as ClinicalDate, language: one.language, text: one.text },
			...{ isOwnAct: one.person === self, isForOneself: one.stands === 'own' },
			hasOther: one.hasOther,
			...(one.until !== undefined && { until: one.until as ClinicalDate })
		}))
	};
}
