/**
 * Takes what a device says was opened on it. Nothing that it states is refused for where it stands in its chain: an
 * opening that is not logged would be worse than one that is logged twice. A chain that does not go on is said.
 */
import { EMERGENCY_MS } from '#lib/domain/access/emergency.ts';
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import {
	nextReadLink,
	readsTipToSign,
	type BookRead,
	type ReadsTip
} from '#lib/entry/read-chain.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import type { ReadsReportRequest } from '#lib/protocol/reads.ts';
import type { Actor } from '../auth/device-token.ts';
import type { ReportedRead } from '../storage/reads-report.ts';
import type { ServerStorage } from '../storage/storage.ts';

export interface RecordReadsDeps {
	storage: Pick<ServerStorage, 'findDevice' | 'findReadsTip' | 'listPeopleOf' | 'recordReads'>;
	verify: Verifier;
	clock: { nowMs(): number };
}

/** Answers only after the commit. `bad-signature`: not of this device; nothing was written. */
export async function recordReads(
	{ storage, verify, clock }: RecordReadsDeps,
	{ device, facility }: Actor,
	request: ReadsReportRequest
): Promise<'recorded' | 'bad-signature'> {
	const [known, kept, people] = await Promise.all([
		storage.findDevice(device),
		storage.findReadsTip(device),
		storage.listPeopleOf(device)
	]);
	const after = { n: request.after.n, link: bytesOf(request.after.link) };
	const stated = request.reads.map(readOf);
	const chain = chainOf(after, stated);
	const tip = chain.at(-1) ?? after;
	const signature = bytesOf(request.signature);
	if (known === undefined || !(await verify(known.key, readsTipToSign(tip), signature)))
		return 'bad-signature';
	const at = clock.nowMs();
	const isOfDevice = (person: PersonId): boolean => people.some((one) => one.person === person);
	const reads = stated.map((read, index): ReportedRead => {
		const n = after.n + index + 1;
		// A clock that runs ahead opened nothing in the future.
		const atMs = Math.min(read.atMs, at);
		const { book, person } = read;
		if (!isOfDevice(person)) return { n, book, atMs };
		const emergency = read.emergency && {
			person,
			...read.emergency,
			untilMs: atMs + EMERGENCY_MS
		};
		return { n, book, person, atMs, ...(emergency && { emergency }) };
	});
	const isBroken = !goesOn(kept, [after, ...chain]);
	await storage.recordReads({ device, facility, at, reads, tip, isBroken });
	return 'recorded';
}

/** Does the stated stretch of the chain hold the end that is kept, or begin at it? */
function goesOn(kept: ReadsTip | undefined, stretch: ReadsTip[]): boolean {
	const found = stretch.find(({ n }) => n === (kept?.n ?? 0));
	if (kept === undefined) return found !== undefined;
	return found !== undefined && found.link.every((byte, at) => byte === kept.link[at]);
}

function chainOf(after: ReadsTip, reads: readonly BookRead[]): ReadsTip[] {
	let tip = after;
	return reads.map((read) => (tip = nextReadLink(tip, read)));
}

function readOf({ book, person, atMs, emergency }: ReadsReportRequest['reads'][number]): BookRead {
	const [bookId, personId]: string[] = [book, person];
	return {
		book: bookId as BookId,
		person: personId as PersonId,
		atMs,
		...(emergency && { emergency })
	};
}

/** The schema has seen letters and length. */
function bytesOf(text: string): Uint8Array {
	return base64urlToBytes(text) ?? new Uint8Array();
}
