/** What citizens decide about the purposes of a book. */
import { expect, it } from 'vitest';
import type { NewConsentDecision } from './consents.ts';
import { AT_MS, bookId, idOf } from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';

const BOOK = bookId(1);
const JOINED = bookId(2);
const TEXT = 'A'.repeat(43);

const decision = (rest: Partial<NewConsentDecision> = {}): NewConsentDecision => ({
	at: AT_MS,
	book: BOOK,
	person: idOf('vui'),
	stands: 'own',
	purpose: 'read-receipt',
	act: 'given',
	textFrom: '2026-11-30',
	language: 'vi',
	text: TEXT,
	hasOther: false,
	means: 'app',
	...rest
});

export function consentTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('keeps every decision as it was made, newest first, over a restart, each with its audit row', async () => {
		const { first, again } = await openTwice();
		const given = decision({ stands: 'child-from-7', hasOther: true, until: '2037-01-02' });
		const withdrawn = decision({ at: AT_MS + 1, act: 'withdrawn', language: 'en' });
		expect(await first.decideConsent({ decisions: [given], after: 0 })).toEqual({
			type: 'decided'
		});
		await first.decideConsent({ decisions: [withdrawn], after: 1 });
		await first.close();
		const storage = await again();
		expect(await storage.listConsents(BOOK, 9)).toEqual([
			{ ...withdrawn, number: 2 },
			{ ...given, number: 1 }
		]);
		expect(await storage.listConsents(BOOK, 1)).toEqual([{ ...withdrawn, number: 2 }]);
		expect(await storage.listConsents(JOINED, 9)).toEqual([]);
		const who = { action: 'consent', person: given.person, role: 'citizen', book: BOOK };
		expect(await storage.listAudit({ book: BOOK, action: 'consent', limit: 9 })).toEqual([
			{ ...who, at: AT_MS + 1, detail: `withdrawn read-receipt text=${TEXT} as=own by=app` },
			{
				...who,
				at: AT_MS,
				detail: `given read-receipt text=${TEXT} as=child-from-7 with-other by=app`
			}
		]);
		await storage.close();
	});

	it('takes a decision once, and none that knows less than was decided', async () => {
		const storage = await openNew();
		const request = { decisions: [decision()] as const, after: 0 };
		await storage.decideConsent(request);
		expect(await storage.decideConsent(request)).toEqual({ type: 'moved-on' });
		expect(await storage.decideConsent({ ...request, after: 2 })).toEqual({ type: 'moved-on' });
		expect(await storage.listConsents(BOOK, 9)).toHaveLength(1);
		expect(await storage.listAudit({ action: 'consent', limit: 9 })).toHaveLength(1);
		const other = decision({ purpose: 'reminder' });
		expect(await storage.decideConsent({ decisions: [other], after: 0 })).toEqual({
			type: 'decided'
		});
		await storage.close();
	});

	it('decides for all books of a person at once', async () => {
		const storage = await openNew();
		const decisions = [decision(), decision({ book: JOINED })] as const;
		await storage.decideConsent({ decisions, after: 0 });
		expect((await storage.listConsents(JOINED, 9)).map(({ number }) => number)).toEqual([2]);
		const withdrawn = [
			decision({ act: 'withdrawn' }),
			decision({ act: 'withdrawn', book: JOINED })
		];
		const [one, two] = withdrawn as [NewConsentDecision, NewConsentDecision];
		expect(await storage.decideConsent({ decisions: [one, two], after: 1 })).toEqual({
			type: 'decided'
		});
		expect((await storage.listConsents(JOINED, 9)).map(({ act }) => act)).toEqual([
			'withdrawn',
			'given'
		]);
		await storage.close();
	});
}
