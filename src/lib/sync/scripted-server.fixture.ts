/** A server that answers as a test tells it, round by round, and remembers what it was asked. */
import { bytesToId, idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { entryIdBytesOf } from '#lib/entry/entry.ts';
import type { Ack, Frame, PageRow, SyncRequest } from '#lib/protocol/messages.ts';
import { decodeRequest, encodeFrame, pageIdsDigest } from '#lib/protocol/wire.ts';
import type { Save, StoredEntry } from '#lib/storage/port.ts';
import type { EndFrame } from './conclusion.ts';
import type { PageFrame } from './pages.ts';
import { ConnectionLost, type Transport, type TransportFailure } from './transport.ts';

export const SERVER_NOW_MS = 1_700_000_500_000;

/** `lost` and `raw` stand after the frames: the connection goes, or other bytes come. */
export type Answer = TransportFailure | { frames: Frame[]; lost?: true; raw?: Uint8Array };
export type Script = (request: SyncRequest) => Answer | Promise<Answer>;

export interface ScriptedServer {
	transport: Transport;
	requests: SyncRequest[];
	requestBytes: number[];
	/** How the next rounds are answered; the last script answers all further ones. */
	answer(...scripts: Script[]): void;
}

export function createScriptedServer(): ScriptedServer {
	let scripts: Script[] = [];
	const server: ScriptedServer = {
		requests: [],
		requestBytes: [],
		answer: (...next) => {
			scripts = next;
		},
		transport: async (bytes) => {
			const decoded = decodeRequest(bytes);
			if (!decoded.ok) throw new Error(`request: ${decoded.failure.code} ${decoded.failure.path}`);
			server.requests.push(decoded.value);
			server.requestBytes.push(bytes.length);
			const script = scripts.length > 1 ? scripts.shift() : scripts[0];
			if (script === undefined) throw new Error('no script');
			const answer = await script(decoded.value);
			return 'frames' in answer ? { type: 'answer', chunks: chunksOf(answer) } : answer;
		}
	};
	return server;
}

/** In chunks that cut frames anywhere, as a network does. */
async function* chunksOf({
	frames,
	lost,
	raw
}: Extract<Answer, { frames: Frame[] }>): AsyncGenerator<Uint8Array> {
	for (const frame of frames) {
		const bytes = encodeFrame(frame);
		const half = Math.floor(bytes.length / 2);
		yield bytes.slice(0, half);
		yield bytes.slice(half);
	}
	if (raw !== undefined) yield raw;
	if (lost) throw new ConnectionLost();
}

export function end(rest: Partial<EndFrame> = {}): EndFrame {
	return { frame: 'end', now: SERVER_NOW_MS, ...rest };
}

export function acks(...answers: Ack[]): Frame {
	return { frame: 'acks', acks: answers };
}

export function acceptedFrom(commit: number, count: number): Frame {
	return acks(
		...Array.from({ length: count }, (_, at): Ack => ({ ack: 'accepted', commit: commit + at }))
	);
}

/** Takes whatever is pushed, from this commit number on, and then ends. */
export function takesAll(commit = 1, rest: Partial<EndFrame> = {}): Script {
	let next = commit;
	return ({ push = [] }) => {
		next += push.length;
		const taken = acceptedFrom(next - push.length, push.length);
		return { frames: push.length === 0 ? [end(rest)] : [taken, end(rest)] };
	};
}

export function page(rows: PageRow[], rest: Partial<PageFrame> = {}): PageFrame {
	const ids = rows.flatMap((row) => ('leave' in row ? [] : row.entries.map(entryIdBytesOf)));
	return { frame: 'page', rows, ids: pageIdsDigest(ids), ...rest };
}

export function rowOf(book: BookId, ...entries: StoredEntry[]): PageRow {
	return { book: idToBytes(book), entries: entries.map(({ bytes }) => bytes) };
}

export function leaveOf(book: BookId): PageRow {
	return { leave: idToBytes(book) };
}

export function digestBytes(...entries: StoredEntry[]): Uint8Array {
	return digestToBytes(digestOf(entries.map(({ id }) => id)));
}

export function bookId(n: number): BookId {
	return bytesToId<BookId>(numbered('book', n));
}

export function entryOf(n: number, sizeBytes = 60): StoredEntry {
	const bytes = new Uint8Array(sizeBytes);
	bytes.set(numbered('entry', n));
	return { id: bytesToId<EntryId>(entryIdBytesOf(bytes)), bytes };
}

export function saveOf(book: BookId, entry: StoredEntry, count = 0): Save {
	const signature = new Uint8Array(64).fill(7);
	return { book, ...entry, signature, savedMs: 5, summary: summaryOf([entry]), count };
}

/** A summary that tells from which entries it was computed. */
export function summaryOf(entries: StoredEntry[]): Uint8Array {
	const ids = entries.map(({ id }) => id).sort();
	return new TextEncoder().encode(ids.join(' '));
}

function numbered(kind: string, n: number): Uint8Array {
	return entryIdBytesOf(new TextEncoder().encode(`${kind} ${n}`));
}
