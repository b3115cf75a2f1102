/**
 * The book worker without the worker: storage, vault, use cases and sync put together behind `BookApi`.
 * Everything from outside is passed in, so that tests and the simulation run the same code in Node.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { amendEntry } from '#lib/use-cases/amend-entry.ts';
import { browseNeighbours, browsePlaces } from '#lib/use-cases/browse-people.ts';
import { bringFromServer } from '#lib/use-cases/bring-from-server.ts';
import { refreshEnding } from '#lib/use-cases/ending-books.ts';
import { exportOutbox } from '#lib/use-cases/export-outbox.ts';
import { findLookAlikes } from '#lib/use-cases/find-look-alikes.ts';
import { findOnServer } from '#lib/use-cases/find-on-server.ts';
import { giveVaccine } from '#lib/use-cases/give-vaccine.ts';
import { joinBooks } from '#lib/use-cases/join-books.ts';
import { listAnswers, markAnswersSeen } from '#lib/use-cases/list-answers.ts';
import { countFollowUps, listFollowUps } from '#lib/use-cases/list-follow-ups.ts';
import { listInbox } from '#lib/use-cases/list-inbox.ts';
import { listOutbox } from '#lib/use-cases/list-outbox.ts';
import { listRecentlySeen } from '#lib/use-cases/list-recently-seen.ts';
import { moveEntry } from '#lib/use-cases/move-entry.ts';
import { declineCorrection, listCorrections } from '#lib/use-cases/answer-corrections.ts';
import { beginVisit, openInEmergency } from '#lib/use-cases/open-for-a-while.ts';
import { partBooks } from '#lib/use-cases/part-books.ts';
import { readJourney } from '#lib/use-cases/read-journey.ts';
import { recordAgain } from '#lib/use-cases/record-again.ts';
import { recordAllergy } from '#lib/use-cases/record-allergy.ts';
import { recordFacts } from '#lib/use-cases/record-facts.ts';
import { recordPrescription } from '#lib/use-cases/record-prescription.ts';
import { recordReferral } from '#lib/use-cases/record-referral.ts';
import { recordVisit } from '#lib/use-cases/record-visit.ts';
import { registerPerson } from '#lib/use-cases/register-person.ts';
import { searchPeople } from '#lib/use-cases/search-people.ts';
import { listEmergencies, reviewEmergency } from '#lib/use-cases/review-emergencies.ts';
import { listHeldAtServer, readHeld, reviewRefused } from '#lib/use-cases/review-refused.ts';
import type { SaveOutcome } from '#lib/use-cases/save-entry.ts';
import { listDifferent, sayDifferent } from '#lib/use-cases/say-different.ts';
import { asidePutRight, setAside } from '#lib/use-cases/set-aside.ts';
import { undoEntry } from '#lib/use-cases/undo-entry.ts';
import { voidEntry } from '#lib/use-cases/void-entry.ts';
import { watchBook } from '#lib/use-cases/watch-book.ts';
import { inBackground } from './background.ts';
import type { BookApi } from './book-api.ts';
import { createBookDesk, type BookDesk, type BookDeskDeps } from './book-desk.ts';
import { deviceApi } from './device-api.ts';
import type { PageHints } from './page-hints.ts';

export type BookApiDeps = BookDeskDeps;

export function createBookApi(deps: BookApiDeps): BookApi & PageHints {
	const desk = createBookDesk(deps);
	return {
		...deviceApi(desk),
		...readingApi(desk),
		...writingApi(desk),
		...draftApi(desk),
		wake: async () => desk.wake(),
		notePersistence: async (persisted) => desk.syncWatch.note({ persisted })
	};
}

type ReadingApi = Pick<
	BookApi,
	| 'searchPeople'
	| 'browsePlaces'
	| 'browseNeighbours'
	| 'countFollowUps'
	| 'listFollowUps'
	| 'listRecentlySeen'
	| 'findLookAlikes'
	| 'listDifferent'
	| 'findOnServer'
	| 'bringFromServer'
	| 'openInEmergency'
	| 'beginVisit'
	| 'listEmergencies'
	| 'reviewEmergency'
	| 'listCorrections'
	| 'declineCorrection'
	| 'watchBook'
	| 'watchPresence'
	| 'readJourney'
	| 'listOutbox'
	| 'exportOutbox'
	| 'listInbox'
	| 'listAnswers'
	| 'markAnswersSeen'
	| 'listHeld'
	| 'readHeld'
	| 'reviewHeld'
	| 'readCatalogue'
>;

function readingApi(desk: BookDesk): ReadingApi {
	const { useCases } = desk;
	/** Nobody is missing from a list because the device has just been switched on. */
	const withPeople =
		<Input extends unknown[], Result>(question: (...input: Input) => Result | Promise<Result>) =>
		async (...input: Input): Promise<Result> => {
			await desk.peopleLoaded();
			return question(...input);
		};
	return {
		searchPeople: withPeople((query) => searchPeople(useCases, query)),
		browsePlaces: withPeople(() => browsePlaces(useCases)),
		browseNeighbours: withPeople((place, shownMax) => browseNeighbours(useCases, place, shownMax)),
		countFollowUps: withPeople((span) => countFollowUps(useCases, span)),
		listFollowUps: withPeople((span, shownMax) => listFollowUps(useCases, span, shownMax)),
		listRecentlySeen: withPeople((limit) => listRecentlySeen(useCases, limit)),
		findLookAlikes: withPeople((facts, guardian) => findLookAlikes(useCases, facts, guardian)),
		listDifferent: (book, others) => listDifferent(useCases, book, others),
		findOnServer: (question) => findOnServer(useCases, question),
		bringFromServer: (book: BookId) => bringFromServer(useCases, book),
		openInEmergency: (words) => openInEmergency(useCases, words),
		beginVisit: (code) => beginVisit(useCases, code),
		listEmergencies: withPeople(() => listEmergencies(useCases)),
		reviewEmergency: (decision) => reviewEmergency(useCases, decision),
		listCorrections: withPeople(() => listCorrections(useCases)),
		declineCorrection: (decision) => declineCorrection(useCases, decision),
		watchBook: async (book, listener) => {
			desk.noteOpened(book);
			inBackground(refreshEnding(useCases));
			return watchBook(useCases, book, listener);
		},
		watchPresence: async (book, listener) => desk.watchPresence(book, listener),
		readJourney: (book) => readJourney(useCases, book),
		listOutbox: withPeople(() => listOutbox(useCases)),
		exportOutbox: () => exportOutbox(useCases),
		listInbox: withPeople(() => listInbox(useCases)),
		listAnswers: withPeople(() => listAnswers(useCases)),
		markAnswersSeen: (ids) => markAnswersSeen(useCases, ids),
		listHeld: withPeople(() => listHeldAtServer(useCases)),
		readHeld: (held) => readHeld(useCases, held),
		reviewHeld: async (decision) => {
			const outcome = await reviewRefused(useCases, decision);
			// What was released is in the feed now.
			if (outcome.type === 'decided') desk.sync()?.wake();
			return outcome;
		},
		readCatalogue: (kind, on) => desk.catalogues.read(kind, on)
	};
}

type WritingApi = Pick<
	BookApi,
	| 'registerPerson'
	| 'recordFacts'
	| 'giveVaccine'
	| 'recordVisit'
	| 'recordPrescription'
	| 'recordReferral'
	| 'recordAllergy'
	| 'amendEntry'
	| 'voidEntry'
	| 'moveEntry'
	| 'joinBooks'
	| 'partBooks'
	| 'sayDifferent'
	| 'undo'
	| 'setAside'
	| 'recordAgain'
>;

function writingApi({ useCases, syncWatch, drafts }: BookDesk): WritingApi {
	const puttingRight = async (
		ids: EntryId[],
		act: () => Promise<SaveOutcome>
	): Promise<SaveOutcome> => {
		const outcome = await asidePutRight(useCases, ids, act);
		inBackground(syncWatch.refresh());
		return outcome;
	};
	return {
		registerPerson: (person, draft) =>
			drafts.whileRecording(draft, (ends) => registerPerson(useCases, person, ends)),
		recordFacts: (input, draft) =>
			puttingRight(input.corrects === undefined ? [] : [input.corrects], () =>
				drafts.whileRecording(draft, (ends) => recordFacts(useCases, input, ends))
			),
		giveVaccine: (input, draft) =>
			drafts.whileRecording(draft, (ends) => giveVaccine(useCases, input, ends)),
		recordVisit: (input) => drafts.whileSigning(input.book, () => recordVisit(useCases, input)),
		recordPrescription: (input) => recordPrescription(useCases, input),
		recordReferral: (input, draft) =>
			drafts.whileRecording(draft, (ends) => recordReferral(useCases, input, ends)),
		recordAllergy: (input, draft) =>
			drafts.whileRecording(draft, (ends) => recordAllergy(useCases, input, ends)),
		amendEntry: (input, draft) =>
			puttingRight(input.basedOn, () =>
				drafts.whileRecording(draft, (ends) => amendEntry(useCases, input, ends))
			),
		voidEntry: (input) => puttingRight(input.ids, () => voidEntry(useCases, input)),
		moveEntry: (input) =>
			puttingRight([input.id, ...input.versions], () => moveEntry(useCases, input)),
		joinBooks: (input) => joinBooks(useCases, input),
		partBooks: (input) => partBooks(useCases, input),
		sayDifferent: (input) => sayDifferent(useCases, input),
		undo: (input) => undoEntry(useCases, input),
		recordAgain: async (n) => {
			const outcome = await recordAgain(useCases, n);
			inBackground(syncWatch.refresh());
			return outcome;
		},
		setAside: async (n) => {
			await setAside(useCases, n);
			await syncWatch.refresh();
		}
	};
}

type DraftApi = Pick<
	BookApi,
	| 'openVisitDraft'
	| 'keepVisitDraft'
	| 'watchVisitDraft'
	| 'discardVisitDraft'
	| 'listVisitDrafts'
	| 'openFormDraft'
	| 'keepFormDraft'
	| 'discardFormDraft'
	| 'listFormDrafts'
	| 'flushDrafts'
>;

function draftApi({ drafts, peopleLoaded }: BookDesk): DraftApi {
	return {
		openVisitDraft: (book, join) => drafts.open(book, join),
		keepVisitDraft: async (book, words) => drafts.keep(book, words),
		watchVisitDraft: async (book, listener) => drafts.watch(book, listener),
		discardVisitDraft: (book, form) => drafts.discard(book, form),
		listVisitDrafts: async () => {
			await peopleLoaded();
			return drafts.list();
		},
		openFormDraft: (name) => drafts.openForm(name),
		keepFormDraft: async (name, typed) => drafts.keepForm(name, typed),
		discardFormDraft: (name) => drafts.discardForm(name),
		listFormDrafts: async () => {
			await peopleLoaded();
			return drafts.listForms();
		},
		flushDrafts: () => drafts.flush()
	};
}
