/** What citizens say is wrong, and what they are answered. */
import { expect, it } from 'vitest';
import type { CorrectionAnswerRequest, CorrectionAskRequest } from './corrections.ts';
import { AT_MS, bookId, deviceId, entryOf, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';

const BOOK = bookId(1);
const OTHER = bookId(2);
const STATION = 'S0001';
const CLINIC = 'S0002';
const [ONE, TWO] = [1, 2].map((n) => entryOf(BOOK, n).id);

function asking(rest: Partial<CorrectionAskRequest> = {}): CorrectionAskRequest {
	return {
		at: AT_MS,
		book: BOOK,
		entry: ONE ?? expect.unreachable(),
		facility: STATION,
		person: idOf('vui'),
		stands: 'own',
		words: 'Sai ngày tiêm',
		due: '2026-12-02',
		commit: 4,
		openMax: 2,
		...rest
	};
}

function answering(rest: Partial<CorrectionAnswerRequest> = {}): CorrectionAnswerRequest {
	return {
		number: 1,
		facility: STATION,
		answeredAt: STATION,
		at: AT_MS + 5,
		loggedAt: AT_MS + 9,
		outcome: 'declined',
		person: idOf('lan'),
		device: deviceId(1),
		reason: 'Đúng như sổ giấy',
		...rest
	};
}

export function correctionTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('keeps a request and its answer, said once, over a restart, each with its audit row', async () => {
		const { first, again } = await openTwice();
		const { openMax: _openMax, ...asked } = asking();
		expect(await first.askForCorrection(asking())).toEqual({ type: 'asked' });
		expect(await first.listCorrectionsOf([BOOK], 9)).toEqual([{ ...asked, number: 1 }]);
		expect(await first.answerCorrection(answering({ facility: CLINIC }))).toEqual({
			type: 'not-found'
		});
		expect(await first.answerCorrection(answering({ number: 2 }))).toEqual({ type: 'not-found' });
		expect(await first.answerCorrection(answering())).toEqual({ type: 'answered' });
		await first.close();
		const storage = await again();
		expect(await storage.answerCorrection(answering({ reason: 'Khác' }))).toEqual({
			type: 'already-answered'
		});
		const { at, outcome, person, reason } = answering();
		const answered = { ...asked, number: 1, answer: { at, outcome, person, reason } };
		expect(await storage.listCorrectionsOf([BOOK], 9)).toEqual([answered]);
		expect(await storage.listCorrectionsAt(STATION, 'answered', 9)).toEqual([answered]);
		expect(await storage.listCorrectionsAt(STATION, 'open', 9)).toEqual([]);
		expect(await storage.listAudit({ book: BOOK, action: 'correction', limit: 9 })).toEqual([
			{
				...{ at: AT_MS + 9, action: 'correction', person, facility: STATION, book: BOOK },
				...{ device: deviceId(1), detail: 'declined number=1' }
			},
			{
				...{ at: AT_MS, action: 'correction', person: asked.person, role: 'citizen', book: BOOK },
				detail: `asked entry=${asked.entry} due=2026-12-02 as=own`
			}
		]);
		await storage.close();
	});

	it('takes one request about an entry at a time, and so many of one book', async () => {
		const storage = await openNew();
		await storage.askForCorrection(asking());
		expect(await storage.askForCorrection(asking())).toEqual({ type: 'open-already' });
		await storage.askForCorrection(asking({ entry: TWO ?? expect.unreachable() }));
		const third = asking({ entry: entryOf(BOOK, 3).id });
		expect(await storage.askForCorrection(third)).toEqual({ type: 'too-many' });
		expect(await storage.askForCorrection({ ...third, book: OTHER })).toEqual({ type: 'asked' });
		await storage.answerCorrection(
			answering({
				...{ outcome: 'corrected', entry: entryOf(BOOK, 9).id, reason: '' },
				answeredAt: CLINIC
			})
		);
		const [logged] = await storage.listAudit({ action: 'correction', limit: 1 });
		expect(logged).toMatchObject({ facility: CLINIC, book: BOOK });
		expect(await storage.askForCorrection(asking())).toEqual({ type: 'asked' });
		expect((await storage.listCorrectionsOf([BOOK], 9)).map(({ answer }) => answer?.entry)).toEqual(
			[undefined, undefined, entryOf(BOOK, 9).id]
		);
		await storage.close();
	});

	it('lists those that wait by their day, of one facility', async () => {
		const storage = await openNew();
		await storage.askForCorrection(asking({ due: '2026-12-04' }));
		await storage.askForCorrection(asking({ book: OTHER, due: '2026-12-02' }));
		await storage.askForCorrection(asking({ book: bookId(3), due: '2026-12-02' }));
		await storage.askForCorrection(asking({ book: bookId(4), facility: CLINIC }));
		const numbers = async (facility: string, limit: number): Promise<number[]> =>
			(await storage.listCorrectionsAt(facility, 'open', limit)).map(({ number }) => number);
		expect(await numbers(STATION, 9)).toEqual([2, 3, 1]);
		expect(await numbers(STATION, 1)).toEqual([2]);
		expect(await numbers(CLINIC, 9)).toEqual([4]);
		expect((await storage.listCorrectionsOf([BOOK, OTHER], 9)).map(({ number }) => number)).toEqual(
			[2, 1]
		);
		await storage.close();
	});
}
