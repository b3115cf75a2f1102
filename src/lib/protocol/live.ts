/**
 * Live rooms over WebSockets: a hint that something of one's feed is new, and an open book over the stock
 * y-websocket protocol. Nothing here is ever the only way to anything: a hint that is lost costs a poll, and
 * entries travel by `POST /api/sync`. PROTOCOL.md section 11.
 */
import { z } from 'zod';
import { isIdText } from '#lib/domain/ids.ts';
import { facilityCodeSchema } from '#lib/domain/book/envelope.ts';

/** `POST` opens a session for WebSockets and sets its cookie, `DELETE` ends it. */
export const LIVE_SESSION_PATH = '/api/live-session';
export const LIVE_HINTS_PATH = '/live/hints';
/** Followed by the id of a book. */
export const LIVE_BOOK_PATH = '/live/book/';

/** Followed by the random id of a visit that several people write; `?book=` says in whose book. */
export const LIVE_DRAFT_PATH = '/live/draft/';
/** So many updates, and the draft is only read. */
export const DRAFT_UPDATES_MAX = 2_000;
/** The server forgets a draft so long after it was opened. */
export const DRAFT_MS_MAX = 72 * 60 * 60_000;

/** Why the server closes. Stock clients do not come back after 4400 to 4499, which is what is meant. */
export const LIVE_CLOSE = {
	/** What was sent is no message of the protocol. */
	malformed: 4400,
	/** The session of this cookie is over: somebody locked, or it grew too old. */
	sessionEnded: 4401,
	/** Somebody tried to write into a book: entries come by sync only. */
	foreignWrite: 4403,
	/** A draft of another facility or book, or one too many. */
	notHere: 4404,
	/** The visit that was written here is signed. */
	draftSigned: 4409,
	/** More messages, or more rooms, than anybody needs. */
	tooMany: 4429,
	/** The client reads more slowly than it is sent; it may come back. */
	tooSlow: 1013,
	/** The server ends; it may come back. */
	restarting: 1012
} as const;

export const liveSessionRequestSchema = z.strictObject({
	/** The practitioner who is signed in. */
	actor: z.string().refine(isIdText, 'not-an-id')
});

/** Message of `/live/hints`: the feed has rows up to `head`. */
export const hintSchema = z.strictObject({
	feed: facilityCodeSchema,
	head: z.number().int().min(0)
});
export type Hint = z.infer<typeof hintSchema>;

/** Who has a book open, as the server knows them; the state of one awareness client. */
export const presenceSchema = z.strictObject({
	person: z.string().refine(isIdText, 'not-an-id'),
	name: z.string().max(200),
	role: z.string().max(40),
	facility: z.string().max(200),
	/** The visit that this person is writing here, where colleagues may join. */
	draft: z.string().refine(isIdText, 'not-an-id').optional()
});
export type Presence = z.infer<typeof presenceSchema>;
