/** What citizens say about their books, in the store in memory: consents and requests for correction. */
import type { ConsentStorage } from './consents.ts';
import type { CorrectionStorage } from './corrections.ts';
import type { Operation } from './memory-operations.ts';
import type { MemoryState } from './memory-state.ts';

export function citizenRecords(
	{ consents, corrections }: Pick<MemoryState, 'consents' | 'corrections'>,
	commit: (operation: Operation) => void
): ConsentStorage & CorrectionStorage {
	return {
		decideConsent: async (request) => {
			const result = consents.judge(request);
			if (result.type === 'decided') commit({ type: 'consent', request });
			return result;
		},
		listConsents: async (book, limit) => consents.ofBook(book, limit),
		askForCorrection: async (request) => {
			const result = corrections.judgeAsking(request);
			if (result.type === 'asked') commit({ type: 'correction-ask', request });
			return result;
		},
		answerCorrection: async (request) => {
			const result = corrections.judgeAnswer(request);
			if (result.type === 'answered') commit({ type: 'correction-answer', request });
			return result;
		},
		listCorrectionsAt: async (facility, which, limit) =>
			corrections.atFacility(facility, which, limit),
		listCorrectionsOf: async (books, limit) => corrections.ofBooks(books, limit)
	};
}
