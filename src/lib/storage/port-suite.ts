/**
 * The tests that every implementation of the storage port passes. `open` opens a store by name; the
 * same name again finds what was stored before.
 */
import { describe } from 'vitest';
import type { BookStorage } from './port.ts';
import { digestTests, recentTests, standingTests } from './port-suite-agreement.ts';
import { draftReopenTests, draftTests } from './port-suite-drafts.ts';
import { foldTests, reopenTests, savingTests, togetherTests } from './port-suite-device.ts';
import { readsReopenTests, readsTests } from './port-suite-reads.ts';
import { sinceTests } from './port-suite-since.ts';
import { segmentReopenTests, segmentTests } from './port-suite-segments.ts';
import { ackTests, asideTests, leaveTests, pageTests } from './port-suite-exchange.ts';

export function runBookStorageSuite(
	name: string,
	open: (name: string) => Promise<BookStorage>
): void {
	let stores = 0;
	const openNew = async (): Promise<BookStorage> => open(`${name}-${++stores}`);

	describe(`${name}: saving`, () => savingTests(openNew));
	describe(`${name}: saving together`, () => togetherTests(openNew));
	describe(`${name}: reading on`, () => sinceTests(openNew));
	describe(`${name}: pages`, () => pageTests(openNew));
	describe(`${name}: acknowledgements`, () => ackTests(openNew));
	describe(`${name}: put aside`, () => asideTests(openNew));
	describe(`${name}: leaving`, () => leaveTests(openNew));
	describe(`${name}: recent entries and restores`, () => recentTests(openNew));
	describe(`${name}: folding`, () => foldTests(openNew));
	describe(`${name}: many books that came at once`, () => segmentTests(openNew));
	describe(`${name}: digest`, () => digestTests(openNew));
	describe(`${name}: the feed and what is out of it`, () => standingTests(openNew));
	describe(`${name}: drafts`, () => draftTests(openNew));
	describe(`${name}: what was opened`, () => readsTests(openNew));
	const openTwice = async () => {
		const store = `${name}-${++stores}`;
		return { first: await open(store), again: () => open(store) };
	};
	describe(`${name}: reopening and keys`, () => reopenTests(openTwice));
	describe(`${name}: reopening many books`, () => segmentReopenTests(openTwice));
	describe(`${name}: reopening drafts`, () => draftReopenTests(openTwice));
	describe(`${name}: reopening what was opened`, () => readsReopenTests(openTwice));
}
