/**
 * How long a person may open this device without the server. A lease is measured on the device's own clock
 * from the sign-in that brought it, so a clock that is wrong but steady does no harm; the latest time ever
 * seen counts, so a clock that is turned back gains nothing.
 */
import type { PersonId } from '#lib/domain/ids.ts';
import { latestSchema, pepperSchema, readRecord, type KeyStore } from './records.ts';

const PEPPER_PREFIX = 'pepper/';
const LATEST_ROW = 'latest';

interface LeaseDeps {
	keyStore: KeyStore;
	clock: { nowMs(): number };
}

export interface Lease {
	pepper: Uint8Array;
	/** How long it lasts from now, milliseconds. */
	leaseMs: number;
}

/** Keeps what a sign-in at the server brought: from now on this device's clock is believed again. */
export async function keepLease(
	{ keyStore, clock }: LeaseDeps,
	person: PersonId,
	{ pepper, leaseMs }: Lease
): Promise<void> {
	const nowMs = clock.nowMs();
	await keyStore.writeKey({ id: LATEST_ROW, value: { latestMs: nowMs } });
	await keyStore.writeKey({
		id: PEPPER_PREFIX + person,
		value: { pepper, untilMs: nowMs + leaseMs, renewedMs: nowMs }
	});
}

/** Whoever opens this device by passkey needs no pepper: none lies here, and nothing runs out. */
export async function keepContact({ keyStore, clock }: LeaseDeps, person: PersonId): Promise<void> {
	const nowMs = clock.nowMs();
	await keyStore.writeKey({ id: LATEST_ROW, value: { latestMs: nowMs } });
	await keyStore.writeKey({
		id: PEPPER_PREFIX + person,
		value: { untilMs: nowMs, renewedMs: nowMs }
	});
}

/** Device time at which it was renewed last. */
export async function leaseRenewedMs(
	keyStore: KeyStore,
	person: PersonId
): Promise<number | undefined> {
	return (await readRecord(keyStore, PEPPER_PREFIX + person, pepperSchema))?.renewedMs;
}

/** By this device's clock, until when the last of those who can open it without the server can. */
export async function latestLeaseMs(keyStore: KeyStore): Promise<number | undefined> {
	const rows = await keyStore.listKeys(PEPPER_PREFIX);
	const ends = rows.flatMap(({ value }) => {
		const row = pepperSchema.safeParse(value).data;
		return row?.pepper === undefined ? [] : [row.untilMs];
	});
	return ends.length === 0 ? undefined : Math.max(...ends);
}

export function endLease({ keyStore, clock }: LeaseDeps, person: PersonId): Promise<void> {
	const value = { untilMs: clock.nowMs(), isEnded: true };
	return keyStore.writeKey({ id: PEPPER_PREFIX + person, value });
}

/** The server said that this person is let in no more. */
export async function hasLeaseEnded(keyStore: KeyStore, person: PersonId): Promise<boolean> {
	return (await readRecord(keyStore, PEPPER_PREFIX + person, pepperSchema))?.isEnded === true;
}

/** The pepper while the lease lasts; once it is over the pepper is gone for good. */
export async function readPepper(
	{ keyStore, clock }: LeaseDeps,
	person: PersonId
): Promise<Uint8Array | undefined> {
	const row = await readRecord(keyStore, PEPPER_PREFIX + person, pepperSchema);
	if (row?.pepper === undefined) return undefined;
	if ((await latestSeenMs({ keyStore, clock })) < row.untilMs) return row.pepper;
	await keyStore.writeKey({ id: PEPPER_PREFIX + person, value: { untilMs: row.untilMs } });
	return undefined;
}

async function latestSeenMs({ keyStore, clock }: LeaseDeps): Promise<number> {
	const nowMs = clock.nowMs();
	const latestMs = (await readRecord(keyStore, LATEST_ROW, latestSchema))?.latestMs ?? 0;
	if (nowMs <= latestMs) return latestMs;
	await keyStore.writeKey({ id: LATEST_ROW, value: { latestMs: nowMs } });
	return nowMs;
}
