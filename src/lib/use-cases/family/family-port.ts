/** What a phone asks the server about its family, besides the books themselves. */
import type {
	Accesses,
	AccessesRequest,
	Family,
	FamilyEmergency,
	VisitCode
} from '#lib/protocol/citizen.ts';
import type { CorrectionAsk, Corrections } from '#lib/protocol/corrections.ts';
import type { ConsentDecisionRequest, Consents } from '#lib/protocol/consent.ts';

export type FamilyAnswer =
	| { type: 'family'; family: Family; etag: string | undefined }
	/** As it was when `etag` was given out. */
	| { type: 'unchanged' }
	| { type: 'signed-out' }
	/** This server lets no citizen in. */
	| { type: 'not-offered' }
	/** No answer, or one that is not this server's. */
	| { type: 'unreachable' };

export type AccessesAnswer =
	| { type: 'accesses'; accesses: Accesses }
	| { type: 'signed-out' }
	/** Not for whoever is signed in, or this server does not tell. */
	| { type: 'not-told' }
	| { type: 'unreachable' };

export type VisitCodeAnswer =
	| ({ type: 'code' } & VisitCode)
	| { type: 'signed-out' }
	/** Not for whoever is signed in, or the child is to be asked. */
	| { type: 'not-shown' }
	| { type: 'unreachable' };

export type ConsentsAnswer =
	| { type: 'consents'; consents: Consents }
	| { type: 'signed-out' }
	/** Not for whoever is signed in, or not without the word of another. */
	| { type: 'not-yours' }
	/** Something was decided meanwhile, or the text is another one now: to be read again. */
	| { type: 'moved-on' }
	| { type: 'unreachable' };

export type CorrectionsAnswer =
	| { type: 'corrections'; corrections: Corrections }
	| { type: 'signed-out' }
	/** Not of whoever is signed in, or too many wait. */
	| { type: 'not-taken' }
	/** About this entry one waits for its answer. */
	| { type: 'open-already' }
	| { type: 'unreachable' };

export type EmergenciesAnswer =
	| { type: 'emergencies'; emergencies: FamilyEmergency[] }
	| { type: 'signed-out' }
	| { type: 'unreachable' };

export interface FamilyPort {
	/** A code to show at a facility. */
	showCode(request: { book: string; childAgrees: boolean }): Promise<VisitCodeAnswer>;
	askEmergencies(): Promise<EmergenciesAnswer>;
	askConsents(book: string): Promise<ConsentsAnswer>;
	decideConsent(request: ConsentDecisionRequest): Promise<ConsentsAnswer>;
	/** What was said to be wrong in a book. */
	askCorrections(book: string): Promise<CorrectionsAnswer>;
	requestCorrection(request: CorrectionAsk): Promise<CorrectionsAnswer>;
	askFamily(etag: string | undefined): Promise<FamilyAnswer>;
	askAccesses(request: AccessesRequest): Promise<AccessesAnswer>;
	/** Whether the server heard it. */
	signOut(): Promise<boolean>;
}
