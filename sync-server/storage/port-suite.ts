/**
 * The tests that every implementation of the server's storage port passes. `open` opens a store by
 * name; the same name again, after `close`, finds what was stored before.
 */
import { describe, vi } from 'vitest';
import { appendTests } from './port-suite-append.ts';
import { auditTreeTests } from './port-suite-audit.ts';
import { bookReadsTests } from './port-suite-book-reads.ts';
import { deliveryTests } from './port-suite-delivery.ts';
import { enrolmentTests } from './port-suite-enrolment.ts';
import { feedTests } from './port-suite-feeds.ts';
import { membershipEndTests } from './port-suite-memberships.ts';
import { passkeyTests } from './port-suite-passkeys.ts';
import { readTests } from './port-suite-reads.ts';
import { recordTests } from './port-suite-records.ts';
import { reviewTests } from './port-suite-review.ts';
import { registryTests } from './port-suite-registry.ts';
import type { ServerStorage } from './storage.ts';

/** Each test opens stores of its own, with threads and a real disk, beside whatever else runs. */
const TEST_TIMEOUT_MS = 30_000;

export type OpenStore = (name: string) => Promise<ServerStorage>;

export interface SuiteSize {
	/** Random interleavings of writing, joining, leaving and reading. */
	interleavings: number;
}

export function runServerStorageSuite(name: string, open: OpenStore, size: SuiteSize): void {
	vi.setConfig({ testTimeout: TEST_TIMEOUT_MS });
	let stores = 0;
	const newName = (): string => `${name}-${++stores}`;
	const openNew = (): Promise<ServerStorage> => open(newName());
	const openTwice = async () => {
		const store = newName();
		return { first: await open(store), again: () => open(store) };
	};

	describe(`${name}: appending`, () => appendTests(openNew, openTwice));
	describe(`${name}: feeds and memberships`, () => feedTests(openNew));
	describe(`${name}: what was opened on devices`, () => bookReadsTests(openNew, openTwice));
	describe(`${name}: memberships that end by themselves`, () =>
		membershipEndTests(openNew, openTwice));
	describe(`${name}: audit, quarantine and finding`, () => recordTests(openNew));
	describe(`${name}: the tree of the audit`, () => auditTreeTests(openNew, openTwice));
	describe(`${name}: deciding about refused entries`, () => reviewTests(openNew));
	describe(`${name}: how far books were read`, () => readTests(openNew));
	describe(`${name}: who takes part`, () => registryTests(openNew, openTwice));
	describe(`${name}: accounts and tablets`, () => enrolmentTests(openNew, openTwice));
	describe(`${name}: passkeys`, () => passkeyTests(openNew, openTwice));
	describe(`${name}: delivery`, () => deliveryTests(openNew, size.interleavings));
}

export type OpenNew = () => Promise<ServerStorage>;
export type OpenTwice = () => Promise<{
	first: ServerStorage;
	again: () => Promise<ServerStorage>;
}>;
