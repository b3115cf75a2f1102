/** What the pages of a citizen may ask of their worker. Plaintext lives behind it; of a book it only reads. */
import type { ProxyMarked } from 'comlink';
import type { BookId } from '#lib/domain/ids.ts';
import type { HeldAccesses } from '#lib/use-cases/family/access-list.ts';
import type { AskOutcome } from '#lib/use-cases/family/ask-accesses.ts';
import type { ConsentAnswer, ConsentChoice } from '#lib/use-cases/family/consents.ts';
import type { CorrectionsAnswer, VisitCodeAnswer } from '#lib/use-cases/family/family-port.ts';
import type { HeldFamily } from '#lib/use-cases/family/read-family.ts';

export type { HeldAccesses, TellableAccess } from '#lib/use-cases/family/access-list.ts';
export type { BookId } from '#lib/domain/ids.ts';
export type { AskOutcome } from '#lib/use-cases/family/ask-accesses.ts';
export type { ConsentAnswer, ConsentChoice, HeldConsents } from '#lib/use-cases/family/consents.ts';
export type { CorrectionsAnswer, VisitCodeAnswer } from '#lib/use-cases/family/family-port.ts';
export type { FamilyMember, HeldFamily } from '#lib/use-cases/family/read-family.ts';

export interface CitizenState {
	/** Nothing: nobody is signed in on this phone. */
	family?: HeldFamily;
	/** How the last contact ended. */
	contact:
		| 'unknown'
		| 'in-step'
		| 'unreachable'
		| 'signed-out'
		/** This server lets no citizen in. */
		| 'not-offered'
		| 'update-needed';
	isAsking: boolean;
	/** What this browser keeps could not be read or written. */
	hasFailed: boolean;
}

export interface CitizenApi {
	/** Calls the listener at once and with every change. `mustSignOut`: a sign-out of before has not reached the
	 * server yet, or not even removed everything here, so nothing may be shown or taken first. */
	start(options: { mustSignOut: boolean }, listener: (state: CitizenState) => void): Promise<void>;
	/** Asks the server; ends when that is over. */
	refresh(): Promise<void>;
	/** Who opened a book, as this phone holds it. */
	readAccesses(book: BookId): Promise<HeldAccesses | undefined>;
	/** Asks the server for it and checks what it says; then `readAccesses` has it. */
	askAccesses(book: BookId): Promise<AskOutcome>;
	/** A code with which a facility sees the book for a day. `childAgrees`: from seven years on it was asked. */
	showVisitCode(book: BookId, childAgrees: boolean): Promise<VisitCodeAnswer>;
	/** What was decided about the purposes of a book, as the server has it now. */
	askConsents(book: BookId): Promise<ConsentAnswer>;
	decideConsent(choice: ConsentChoice): Promise<ConsentAnswer>;
	/** What was said to be wrong in a book, and what was answered. */
	askCorrections(book: BookId): Promise<CorrectionsAnswer>;
	requestCorrection(request: {
		book: BookId;
		entry: string;
		words: string;
	}): Promise<CorrectionsAnswer>;
	/** Somebody has read that a book was opened in an emergency. */
	markEmergencyRead(number: number): Promise<void>;
	/** Removes everything from this phone, then tells the server. Answers whether it heard it. */
	signOut(): Promise<boolean>;
}

/** What the worker exposes. `lifeline`: name of the lock that it holds while it lives. */
export interface CitizenWorkerDoor {
	open(lifeline: string): Promise<CitizenApi & ProxyMarked>;
}
