/**
 * What routes may ask of the book worker. All plaintext and all keys live behind this interface: the
 * main thread only draws. Every answer is plain data; expected failures are values.
 */
import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { FormDrafts, FormName } from '#lib/domain/book/form-drafts.ts';
import type { Prescription } from '#lib/domain/book/prescription.ts';
import type { Referral } from '#lib/domain/book/referral.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { LookAlike } from '#lib/domain/people/look-alikes.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';
import type { Place, PlaceCount } from '#lib/domain/people/villages.ts';
import type { ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import type { CatalogueKind } from '#lib/protocol/api.ts';
import type { Presence } from '#lib/protocol/live.ts';
import type { PasskeyAddOptions, PasskeyAttestation } from '#lib/protocol/passkeys.ts';
import type { Amendment } from '#lib/use-cases/amend-entry.ts';
import type { HouseholdHits, NeighbourHits } from '#lib/use-cases/browse-people.ts';
import type { OpenRemoteOutcome } from '#lib/use-cases/bring-from-server.ts';
import type { DraftLine, DraftName, FormLine, KeptDraft, KeptForm } from '#lib/use-cases/drafts.ts';
import type { DosesSaved, DosesToRecord } from '#lib/use-cases/give-vaccine.ts';
import type { EnrolDeviceOutcome } from '#lib/use-cases/enrol-device.ts';
import type { EndingAccess } from '#lib/use-cases/ending-books.ts';
import type { FindOutcome } from '#lib/use-cases/find-on-server.ts';
import type { Joining } from '#lib/use-cases/join-books.ts';
import type { AnswerLine, Answers } from '#lib/use-cases/list-answers.ts';
import type { FollowUpCounts, FollowUpSpan } from '#lib/use-cases/list-follow-ups.ts';
import type { Inbox, ToDecide, UndecidedBook } from '#lib/use-cases/list-inbox.ts';
import type { ExportedOutbox } from '#lib/use-cases/export-outbox.ts';
import type { OutboxLine, RefusedLine } from '#lib/use-cases/list-outbox.ts';
import type { Move } from '#lib/use-cases/move-entry.ts';
import type { EmergencyWords, OpenForAWhileOutcome } from '#lib/use-cases/open-for-a-while.ts';
import type { KnownJourney } from '#lib/use-cases/read-journey.ts';
import type { DeviceState, StaffTile } from '#lib/use-cases/read-device-state.ts';
import type { VisitSaved, VisitToRecord } from '#lib/use-cases/record-visit.ts';
import type { FactsToRecord } from '#lib/use-cases/record-facts.ts';
import type { NewPerson } from '#lib/use-cases/register-person.ts';
import type {
	EmergenciesOutcome,
	EmergencyDecision,
	EmergencyLine
} from '#lib/use-cases/review-emergencies.ts';
import type {
	HeldContent,
	HeldLine,
	HeldOutcome,
	RefusedDecision,
	ReviewOutcome
} from '#lib/use-cases/review-refused.ts';
import type { Saved, SaveFailure, SaveOutcome } from '#lib/use-cases/save-entry.ts';
import type { JoinedBook, OpenedBook, WatchedBook } from '#lib/use-cases/watch-book.ts';
import type { OwnPasskeyTrouble, PasskeysOutcome } from '#lib/use-cases/own-passkeys.ts';
import type {
	PasskeyGiven,
	PasskeyQuestion,
	PasskeySignInRefusal
} from '#lib/use-cases/passkey-sign-in.ts';
import type { PasswordRefusal, PinInput } from '#lib/use-cases/sign-in.ts';
import type { SyncState } from '#lib/use-cases/watch-sync.ts';
import type { JointView } from './joint-desk.ts';
import type { FormWords } from './joint-visit.ts';

export type {
	AnswerLine,
	Answers,
	Amendment,
	DraftLine,
	DraftName,
	JointView,
	KeptDraft,
	KeptForm,
	Presence,
	DeviceState,
	EnrolDeviceOutcome,
	EmergenciesOutcome,
	EmergencyDecision,
	EmergencyLine,
	EmergencyWords,
	EndingAccess,
	FindOutcome,
	FormLine,
	FollowUpCounts,
	FollowUpSpan,
	HeldContent,
	HeldLine,
	HeldOutcome,
	HouseholdHits,
	Inbox,
	JoinedBook,
	Joining,
	KnownJourney,
	LookAlike,
	Move,
	NeighbourHits,
	NewPerson,
	OpenedBook,
	OpenForAWhileOutcome,
	OpenRemoteOutcome,
	ExportedOutbox,
	OutboxLine,
	PasskeyGiven,
	PasskeysOutcome,
	PersonHit,
	Place,
	PlaceCount,
	RefusedDecision,
	RefusedLine,
	ReviewOutcome,
	Saved,
	SaveFailure,
	SaveOutcome,
	StaffTile,
	SyncState,
	ToDecide,
	UndecidedBook
};

export type SignInOutcome =
	| { type: 'signed-in'; staff: StaffTile }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** This person has not signed in at the server for too long: the password opens the way again. */
	| { type: 'lease-over' }
	/** Too many wrong PINs: the password, and a new PIN. */
	| { type: 'destroyed' }
	/** Nobody with this login has chosen a PIN here. */
	| { type: 'unknown' }
	/** This passkey computes from `salt` what opens the way beside the PIN; then the same again with that. */
	| { type: 'passkey-needed'; credential: string; salt: Uint8Array }
	/** The device was locked, or the book taken over by another window, while the PIN was checked. */
	| { type: 'locked' };

export type PasswordOutcome =
	/** The password is right: `choosePin` ends the sign-in. */
	{ type: 'choose-pin' } | PasswordRefusal | { type: 'locked' };

export type PasskeyBegun =
	({ type: 'asked' } & PasskeyQuestion) | PasskeySignInRefusal | { type: 'locked' };
export type PasskeyOutcome = { type: 'choose-pin' } | PasskeySignInRefusal | { type: 'locked' };

export type ChoosePinOutcome =
	| { type: 'signed-in'; staff: StaffTile }
	/** One of those that everybody tries first. */
	| { type: 'easy-pin' }
	| { type: 'other-data-key' }
	| { type: 'locked' }
	/** The password was checked too long ago, or before a lock: once more. */
	| { type: 'password-again' };

export interface BookApi {
	/** Starts storage and asks for persistence. Resolves when the device state is known. */
	start(): Promise<DeviceState>;
	/** Take over from the other window. */
	useHere(): Promise<DeviceState>;
	watchDevice(listener: (state: DeviceState) => void): Promise<void>;
	watchSync(listener: (state: SyncState) => void): Promise<void>;

	/** Brings this device to a facility. */
	enrol(code: string): Promise<EnrolDeviceOutcome>;
	/** By PIN, without a network. */
	signIn(input: PinInput): Promise<SignInOutcome>;
	/** At the server: the first time here, and where a PIN is forgotten or opens nothing any more. */
	checkPassword(input: { login: string; password: string }): Promise<PasswordOutcome>;
	/** The same by passkey: what the page asks the authenticator, and its answer. */
	beginPasskeySignIn(): Promise<PasskeyBegun>;
	checkPasskey(given: PasskeyGiven): Promise<PasskeyOutcome>;
	choosePin(pin: string): Promise<ChoosePinOutcome>;
	/** The passkeys of whoever is signed in. */
	listPasskeys(): Promise<PasskeysOutcome>;
	/** What the page has the authenticator make, for whoever states the password again. */
	beginPasskey(
		password: string
	): Promise<{ type: 'asked'; options: PasskeyAddOptions } | OwnPasskeyTrouble>;
	addPasskey(made: { label: string; passkey: PasskeyAttestation }): Promise<PasskeysOutcome>;
	removePasskey(input: { id: string; password: string }): Promise<PasskeysOutcome>;
	lock(): Promise<void>;

	searchPeople(query: string): Promise<PersonHit[]>;
	/** Where the people of this device live, with how many. */
	browsePlaces(): Promise<PlaceCount[]>;
	/** Who lives at a place, by household; at most `shownMax` people. */
	browseNeighbours(place: Place, shownMax: number): Promise<NeighbourHits>;
	/** How many were asked to come back, by day. */
	countFollowUps(span: FollowUpSpan): Promise<FollowUpCounts>;
	/** Who was asked to come back in the span, the longest ago first, those of one day by name. */
	listFollowUps(span: FollowUpSpan, shownMax: number): Promise<PersonHit[]>;
	listRecentlySeen(limit: number): Promise<PersonHit[]>;
	findLookAlikes(facts: Facts, guardianName?: string): Promise<LookAlike[]>;
	findOnServer(
		question: { identifier: string } | { name: string; birthDate: PartialDate }
	): Promise<FindOutcome>;
	bringFromServer(book: BookId): Promise<OpenRemoteOutcome>;
	/** For four hours, on the word of whoever asks; the person is told, and colleagues look at it. */
	openInEmergency(words: EmergencyWords): Promise<OpenForAWhileOutcome>;
	/** For a day, by the code that the person's phone shows. */
	beginVisit(code: string): Promise<OpenForAWhileOutcome>;
	/** The books of this station that were opened in an emergency, newest first. */
	listEmergencies(): Promise<EmergenciesOutcome>;
	reviewEmergency(decision: EmergencyDecision): Promise<ReviewOutcome>;

	/** Listener is called at once and whenever the book changes; answer stops it. */
	watchBook(book: BookId, listener: (opened: WatchedBook) => void): Promise<() => void>;

	/** How far others have read the book: what the server says, or what it said last. */
	readJourney(book: BookId): Promise<KnownJourney | undefined>;

	/** Who else has the book open, at once and at each change; answer stops it. */
	watchPresence(book: BookId, listener: (others: Presence[]) => void): Promise<() => void>;

	// `draft`: the form in which it was written. It goes with what is recorded.
	registerPerson(person: NewPerson, draft?: DraftName): Promise<SaveOutcome>;
	/** Based on what its author saw. `reason`: why this value, where that was several. */
	recordFacts(input: FactsToRecord, draft?: DraftName): Promise<SaveOutcome>;
	/** The doses of one sheet, together. */
	giveVaccine(input: DosesToRecord, draft?: DraftName): Promise<DosesSaved | SaveFailure>;
	/** The visit and what was prescribed in it, together. Ends the draft of it. */
	recordVisit(input: VisitToRecord): Promise<VisitSaved | SaveFailure>;
	/** A prescription without a visit, or one for an earlier visit. */
	recordPrescription(input: {
		book: BookId;
		prescription: Prescription;
		occurred: ClinicalTime;
	}): Promise<SaveOutcome>;
	/** A letter to another facility, of a visit or on its own. */
	recordReferral(
		input: { book: BookId; referral: Referral; occurred: ClinicalTime },
		draft?: DraftName
	): Promise<SaveOutcome>;
	recordAllergy(input: { book: BookId; allergy: Allergy }, draft?: DraftName): Promise<SaveOutcome>;
	/** A new version of an entry, based on the versions that its author saw. */
	amendEntry(input: Amendment, draft?: DraftName): Promise<SaveOutcome>;
	/** Recorded in error. `ids`: all versions that the author saw. */
	voidEntry(input: { book: BookId; ids: EntryId[]; reason: string }): Promise<SaveOutcome>;
	/** Recorded in the wrong book: voided here and recorded there in one act. Answers the new entry. */
	moveEntry(input: Move): Promise<SaveOutcome>;
	/** Two books of one person: said in both, or in none. Answers the entry in `book`. */
	joinBooks(input: Joining): Promise<SaveOutcome>;
	/** Two people after all: withdrawn in both, or in none. What was recorded stays where it stands. */
	partBooks(input: Joining): Promise<SaveOutcome>;
	/** Two people who look alike: they are not named again. Said in `book`. */
	sayDifferent(input: Omit<Joining, 'reason'>): Promise<SaveOutcome>;
	/** Those of `others` that are said, here or there, to be of other people. */
	listDifferent(book: BookId, others: BookId[]): Promise<BookId[]>;
	undo(input: { book: BookId; id: EntryId }): Promise<SaveOutcome>;

	/** The visit that the person signed in has begun in this book. What is typed is kept from now on.
	 * `join`: the draft of a colleague, to which it is added. */
	openVisitDraft(book: BookId, join?: string): Promise<KeptDraft>;
	/** What is typed now; on the disk half a second later. An empty form is no draft. */
	keepVisitDraft(book: BookId, words: FormWords): Promise<void>;
	/** What colleagues write in the form that was opened; answer leaves them. */
	watchVisitDraft(book: BookId, listener: (view: JointView) => void): Promise<() => void>;
	/** `form` of its line; the visit that is open where it is not given. */
	discardVisitDraft(book: BookId, form?: string): Promise<void>;
	/** Own visits left open, newest first. */
	listVisitDrafts(): Promise<DraftLine[]>;
	/** The letters of any other form as the person signed in left them. What is typed is kept from now on. */
	openFormDraft(name: DraftName): Promise<KeptForm>;
	/** What is typed now; nothing: the form is as it began, which is no draft. */
	keepFormDraft(name: DraftName, typed: FormDrafts[FormName] | undefined): Promise<void>;
	discardFormDraft(name: DraftName): Promise<void>;
	/** Own short forms left open, newest first. */
	listFormDrafts(): Promise<FormLine[]>;
	/** Ends when everything typed so far is on the disk. */
	flushDrafts(): Promise<void>;

	listOutbox(): Promise<OutboxLine[]>;
	/** What waits as a file for whoever runs the server, who alone can read it; nothing when nothing waits. */
	exportOutbox(): Promise<ExportedOutbox | undefined>;
	/** What waits for a person here; nothing while nobody is signed in. */
	listInbox(): Promise<Inbox | undefined>;
	/** What others did with something of whoever is signed in, until it is marked as seen. */
	listAnswers(): Promise<Answers | undefined>;
	markAnswersSeen(ids: EntryId[]): Promise<void>;
	/** What the server holds back of the devices of this station, and waits for somebody of it. */
	listHeld(): Promise<HeldOutcome>;
	/** What one of them says, where it may be told. */
	readHeld(held: { number: number; entry: string }): Promise<HeldContent | undefined>;
	reviewHeld(decision: RefusedDecision): Promise<ReviewOutcome>;
	/** States a refused entry of one's own (`n` of its line) anew, word for word. */
	recordAgain(n: number): Promise<SaveOutcome>;
	/** Somebody has seen this refused entry (`n` of its line): it stays readable, and asks for nothing more. */
	setAside(n: number): Promise<void>;
	syncNow(): Promise<void>;
	readCatalogue(kind: CatalogueKind, on: PartialDate): Promise<unknown>;
}
