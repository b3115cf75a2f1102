/**
 * What the server holds back of the devices of this station, while there is a network: the list, and the
 * decision about one. What it returned to this device is noted beside the refused entry, so that its writer
 * reads the reason also without a network.
 */
import type { BookId } from '#lib/domain/ids.ts';
import type { LineContent } from '#lib/domain/projections/book-view.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { reviewRequestSchema, type HeldEntry, type ReviewRequest } from '#lib/protocol/api.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import type { UseCaseDeps } from './deps.ts';
import { saidIn } from './list-outbox.ts';
import type { ServerAnswer } from './server-port.ts';

export interface HeldLine extends HeldEntry {
	/** Name of the person when their book is on this device. */
	personName?: string;
	/** It stands among the returned entries of this device too. */
	isReturnedHere: boolean;
}

/** Of a void there is nothing to show: it says something of another entry. */
export interface HeldContent {
	content: LineContent;
	occurred: ClinicalTime;
}

export type HeldOutcome =
	| { type: 'listed'; held: HeldLine[] }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string };

export type ReviewOutcome =
	| { type: 'decided' }
	| { type: 'network-needed' }
	/** `detail`: the code with which admission still refuses the entry. */
	| { type: 'refused'; code: string; detail?: string };

type WithoutActor<T> = T extends unknown ? Omit<T, 'actor'> : never;
export type RefusedDecision = WithoutActor<ReviewRequest>;

const ROWS_MAX = 5_000;
const NOT_SIGNED_IN = { type: 'refused', code: 'not-signed-in' } as const;

export async function listHeldAtServer(deps: UseCaseDeps): Promise<HeldOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const answer = await deps.server.listRefused({ actor: session.staff.person }, device.token);
	if (answer.type !== 'answered') return failureOf(answer);
	await noteReturned(deps, answer.value.returned);
	const returned = await deps.storage.listOutbox(ROWS_MAX, 'refused');
	const returnedIds = new Set<string>(returned.map(({ id }) => id));
	const held = answer.value.held.map((one) => ({
		...one,
		...personOf(deps, one),
		isReturnedHere: returnedIds.has(one.entry)
	}));
	return { type: 'listed', held };
}

function personOf({ people }: UseCaseDeps, { book }: HeldEntry): Pick<HeldLine, 'personName'> {
	const id: string | undefined = book;
	const personName = id === undefined ? undefined : people.get(id as BookId)?.names[0];
	return personName === undefined ? {} : { personName };
}

async function noteReturned({ storage }: UseCaseDeps, returned: HeldEntry[]): Promise<void> {
	if (returned.length === 0) return;
	const reviews = new Map<string, HeldEntry['review']>(
		returned.map(({ entry, review }) => [entry, review])
	);
	for (const { n, id, refusal } of await storage.listOutbox(ROWS_MAX, 'refused')) {
		const review = reviews.get(id);
		if (review === undefined || review.atMs === refusal?.returned?.atMs) continue;
		const { atMs, note, by } = review;
		await storage.noteReturned(n, { atMs, note, ...(by === undefined ? {} : { by }) });
	}
}

/** What it says, as far as this version reads it; nothing for whoever may not read the book, or without a network. */
export async function readHeld(
	deps: UseCaseDeps,
	{ number, entry }: Pick<HeldEntry, 'number' | 'entry'>
): Promise<HeldContent | undefined> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return undefined;
	const request = { actor: session.staff.person, number, entry };
	const answer = await deps.server.readHeld(request, device.token);
	const bytes = answer.type === 'answered' ? base64urlToBytes(answer.value.bytes) : undefined;
	const read = bytes && readEntry(bytes);
	// Locked meanwhile, or not the entry that was asked for: nothing of it leaves the worker.
	if (deps.vault.session() === undefined || read?.ok !== true || read.entry.id !== entry)
		return undefined;
	const { content, occurred } = saidIn(read.entry);
	return content && occurred && { content, occurred };
}

export async function reviewRefused(
	deps: UseCaseDeps,
	decision: RefusedDecision
): Promise<ReviewOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const request = reviewRequestSchema.safeParse({ ...decision, actor: session.staff.person });
	if (!request.success) return { type: 'refused', code: 'schema' };
	const answer = await deps.server.reviewRefused(request.data, device.token);
	return answer.type === 'answered' ? { type: 'decided' } : failureOf(answer);
}

function failureOf(
	answer: Exclude<ServerAnswer<never>, { type: 'answered' }>
): Exclude<ReviewOutcome, { type: 'decided' }> {
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	const { code, detail } = answer;
	return { type: 'refused', code, ...(detail === undefined ? {} : { detail }) };
}
