/**
 * The messages of `POST /api/sync`: one bounded request, an answer of frames. Canonical CBOR both ways;
 * each frame of the answer is 4 bytes big-endian length, then its CBOR. PROTOCOL.md beside this file
 * tells the meaning; `messages.test.ts` holds a hash of these schemas against a recorded value.
 */
import { z } from 'zod';
import { PROTOCOL_VERSION, PUSH_ENTRIES_MAX, TOKEN_BYTES_MAX } from './limits.ts';

const bytes = (min: number, max = min) =>
	z
		.custom<Uint8Array>(
			(value) => value instanceof Uint8Array && value.length >= min && value.length <= max,
			'bytes-length'
		)
		// Told to the recorded shape of the messages, which cannot look into a function.
		.meta({ bytesMin: min, bytesMax: max });
const count = z.number().int().min(0);
const idBytes = bytes(16);
const signatureBytes = bytes(64);
const word = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** A certificate of a key: canonical bytes and the issuing key's signature over them. */
export const certificateSchema = z.strictObject({
	bytes: bytes(1, 1024),
	signature: signatureBytes
});
export type Certificate = z.infer<typeof certificateSchema>;

export const pushedEntrySchema = z.strictObject({
	/** Larger ones are refused one by one, so that they cannot hold up the rest of the push. */
	entry: bytes(1, 64 * 1024),
	signature: signatureBytes
});
export type PushedEntry = z.infer<typeof pushedEntrySchema>;

export const syncRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	/** Where this device stands in its feed; absent: from the beginning. */
	token: bytes(1, TOKEN_BYTES_MAX).optional(),
	push: z.array(pushedEntrySchema).min(1).max(PUSH_ENTRIES_MAX).optional(),
	/** Tip of the device's journal, signed by the device key; stands beside a push. */
	journal: z.strictObject({ n: count, link: bytes(32), signature: signatureBytes }).optional(),
	/** Certificates of authors in the push, offered again after the server was restored. */
	certificates: z.array(certificateSchema).min(1).max(64).optional(),
	/** Pages the client can take in one answer; 0: push only. */
	credit: count.max(64).optional(),
	/** Books asked for by themselves, with what the device has of them: opening on demand and repair. */
	books: z
		.array(z.strictObject({ book: idBytes, n: count, digest: bytes(16) }))
		.min(1)
		.max(100)
		.optional()
});
export type SyncRequest = z.infer<typeof syncRequestSchema>;

/** One answer per pushed entry, in the order of the push, and only after fsync. */
export const ackSchema = z.discriminatedUnion('ack', [
	z.strictObject({
		ack: z.literal('accepted'),
		commit: count,
		flags: z.array(word).max(8).optional()
	}),
	z.strictObject({ ack: z.literal('duplicate'), commit: count }),
	/** Kept by the server in quarantine; `code` is one of REFUSAL_CODES or a later version's. */
	z.strictObject({ ack: z.literal('refused'), code: word, path: z.string().max(120).optional() }),
	/** Not judged; the entry stays in the outbox. */
	z.strictObject({ ack: z.literal('later'), code: word, seconds: count.max(86_400) })
]);
export type Ack = z.infer<typeof ackSchema>;

/** Something of one book: entries to add to what the device holds, or the end of a membership. */
export const pageRowSchema = z.union([
	z.strictObject({
		book: idBytes,
		entries: z.array(bytes(1, 64 * 1024)).max(10_000),
		/** Entries above the confirmed backup come with commit number and signature: keep them to offer
		 * them again after a restore. `at` indexes `entries`. */
		recent: z
			.array(z.strictObject({ at: count, commit: count, signature: signatureBytes }))
			.min(1)
			.optional()
	}),
	z.strictObject({ leave: idBytes })
]);
export type PageRow = z.infer<typeof pageRowSchema>;

export const frameSchema = z.discriminatedUnion('frame', [
	z.strictObject({ frame: z.literal('acks'), acks: z.array(ackSchema).max(PUSH_ENTRIES_MAX) }),
	z.strictObject({
		frame: z.literal('page'),
		rows: z.array(pageRowSchema).max(20_000),
		/** SHA-256 over the entry ids of the rows, in order. A wrong page is thrown away whole. */
		ids: bytes(32),
		/** Stored with the page's rows in one transaction. Absent on pages of `books`. */
		token: bytes(1, TOKEN_BYTES_MAX).optional(),
		/** As in `end`; on every page with a token of an answer to another epoch's token. Without it a
		 * device cut off after this page would stand in the new epoch without knowing of it. */
		epoch: bytes(6).optional(),
		/** How many books the snapshot still holds, for the progress shown; absent outside a snapshot. */
		booksLeft: count.optional()
	}),
	z.strictObject({
		frame: z.literal('end'),
		/** Server time, milliseconds. The only source of a device's time offset. */
		now: count,
		/** More pages wait: ask again at once. */
		more: z.literal(true).optional(),
		/** Digest of the feed at its head; only when the device stands there. */
		digest: bytes(16).optional(),
		/** Highest commit number in a backup that was restored and checked elsewhere. */
		confirmed: count.optional(),
		/** The server's store, 6 bytes; only when the token of the request came from another epoch: offer
		 * outbox and recent entries again. */
		epoch: bytes(6).optional()
	})
]);
export type Frame = z.infer<typeof frameSchema>;

/** Why an entry is refused for good. The words for people stand in the message catalogues. */
export const REFUSAL_CODES = [
	'too-large',
	'not-canonical',
	'envelope',
	'schema',
	'kind-rule',
	'signature',
	'unknown-author',
	'not-allowed',
	'id-taken',
	'equivocation',
	'erased',
	'book-full',
	'unknown-kind-from-citizen'
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why an entry is accepted but marked. */
export const FLAGS = [
	'clock',
	'role-ended',
	'unknown-kind',
	'future',
	'other-facility',
	'label',
	'doctor-needed'
] as const;
export type Flag = (typeof FLAGS)[number];
