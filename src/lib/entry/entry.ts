/**
 * An entry as bytes: built once, signed, and from then on only read. The id is the hash of the bytes
 * and never travels; equality is equality of bytes; the signature is stored beside and is never part
 * of equality (ECDSA signatures are malleable).
 */
import {
	currentSchema,
	isKnownForm,
	parseContent,
	type Body,
	type Kind
} from '#lib/domain/book/content.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import {
	ALGORITHM_ES256,
	ENTRY_BYTES_MAX,
	ENTRY_VERSION,
	envelopeUnknownKindSchema,
	envelopeV1Schema,
	type Author,
	type Basis,
	type Effect,
	type EntryClass,
	type Envelope,
	type Label,
	type Recorded
} from '#lib/domain/book/envelope.ts';
import { envelopeNewerSchema } from '#lib/domain/book/envelope-newer.ts';
import { bytesToId, idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	decodeCanonical,
	encodeCanonical,
	NotCanonical,
	type CanonicalValue
} from './canonical.ts';
import { hashOf } from './entry-hash.ts';

export const SIGNATURE_BYTES = 64;
const SIGNING_CONTEXT = new TextEncoder().encode('so-suc-khoe entry 1\0');

export interface SignedEntry {
	bytes: Uint8Array;
	signature: Uint8Array;
}

/** What a use case states; the rest of the envelope follows from the kind. */
export interface EntryDraft<K extends Kind = Kind> {
	book: BookId;
	kind: K;
	body: Body<K>;
	occurred: ClinicalTime;
	recorded: Recorded;
	author: Author;
	class: EntryClass;
	effect?: Effect;
	basedOn?: Basis[];
	label?: Label;
	reason?: string;
}

export type EntryFailure =
	| { type: 'too-large' }
	| { type: 'not-canonical'; code: string }
	| { type: 'envelope'; path: string; code: string }
	| { type: 'schema'; path: string; code: string }
	| { type: 'kind-rule'; code: 'class' | 'effect' };

export type ReadResult = { ok: true; entry: BookEntry } | { ok: false; failure: EntryFailure };

/** A draft that no reader would accept. The failure names the field, never its value. */
export class EntryNotWellMade extends Error {
	readonly failure: EntryFailure;
	constructor(failure: EntryFailure) {
		super(`entry not well made: ${JSON.stringify(failure)}`);
		this.failure = failure;
	}
}

/**
 * The canonical bytes of a new entry, and the entry as every reader will read it. Throws
 * `EntryNotWellMade` when the draft breaks its own schema: forms validate before, so apart from
 * `too-large`, which only the whole entry can be, this is a broken invariant. Nothing has been stored.
 */
export function buildEntry<K extends Kind>(
	draft: EntryDraft<K>
): { id: EntryId; bytes: Uint8Array; entry: BookEntry } {
	const bytes = encodeCanonical(withoutAbsent(draftToValue(draft)));
	const read = readEntry(bytes);
	if (!read.ok) throw new EntryNotWellMade(read.failure);
	return { id: read.entry.id, bytes, entry: read.entry };
}

/** Reads bytes from anywhere: size, canonical form, envelope, body. Never throws for bad input. */
export function readEntry(bytes: Uint8Array): ReadResult {
	if (bytes.length > ENTRY_BYTES_MAX) return { ok: false, failure: { type: 'too-large' } };
	let value: CanonicalValue;
	try {
		value = decodeCanonical(bytes);
	} catch (error) {
		if (error instanceof NotCanonical)
			return { ok: false, failure: { type: 'not-canonical', code: error.code } };
		throw error;
	}
	return readValue(bytes, value);
}

function readValue(bytes: Uint8Array, value: CanonicalValue): ReadResult {
	const stated = bytesToIds(value);
	const parsed = schemaOf(stated).safeParse(stated);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const code = issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid');
		return { ok: false, failure: { type: 'envelope', path: issue?.path.join('.') ?? '', code } };
	}
	const { body, ...parsedEnvelope } = parsed.data;
	const envelope = parsedEnvelope as Envelope;
	const content = parseContent(envelope, body);
	if (!content.ok) return content;
	return { ok: true, entry: { id: entryIdOf(bytes), envelope, content: content.content } };
}

/** The more of an entry this version knows, the more strictly it reads it. */
function schemaOf(stated: Record<string, unknown>) {
	const { v, kind, schema } = stated;
	if (typeof v === 'number' && v > ENTRY_VERSION) return envelopeNewerSchema;
	return isKnownForm(kind, schema) ? envelopeV1Schema : envelopeUnknownKindSchema;
}

export function entryIdOf(bytes: Uint8Array): EntryId {
	return bytesToId<EntryId>(entryIdBytesOf(bytes));
}

export function entryIdBytesOf(bytes: Uint8Array): Uint8Array {
	return hashOf(bytes).slice(0, 16);
}

/** What the author's key signs: a context that no other signature of this system shares, then the entry. */
export function bytesToSign(entryBytes: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(SIGNING_CONTEXT.length + entryBytes.length);
	bytes.set(SIGNING_CONTEXT);
	bytes.set(entryBytes, SIGNING_CONTEXT.length);
	return bytes;
}

function draftToValue<K extends Kind>(draft: EntryDraft<K>): Record<string, unknown> {
	return {
		v: ENTRY_VERSION,
		alg: ALGORITHM_ES256,
		book: idToBytes(draft.book),
		kind: draft.kind,
		schema: currentSchema(draft.kind),
		class: draft.class,
		effect: draft.effect ?? 'adds',
		basedOn: draft.basedOn?.map((basis) => ({ id: idToBytes(basis.id), fact: basis.fact })),
		label: draft.label ?? 'general',
		occurred: draft.occurred,
		recorded: draft.recorded,
		author: {
			...draft.author,
			person: idToBytes(draft.author.person),
			key: idToBytes(draft.author.key)
		},
		reason: draft.reason,
		body: draft.body
	};
}

/** Absent is absent: a form's empty field must not become a value. */
function withoutAbsent(value: unknown): CanonicalValue {
	if (Array.isArray(value)) return value.map(withoutAbsent);
	if (value instanceof Uint8Array || typeof value !== 'object' || value === null)
		return value as CanonicalValue;
	const present = Object.entries(value).filter(([, field]) => field !== undefined);
	return Object.fromEntries(present.map(([key, field]) => [key, withoutAbsent(field)]));
}

/**
 * The id fields of the envelope from bytes to text, in place: the value was decoded here and nobody else
 * holds it. Anything that is no id is left for the schema to refuse.
 */
export function bytesToIds(value: CanonicalValue): Record<string, unknown> {
	if (!isMap(value)) return {};
	const stated: Record<string, unknown> = value;
	const author = value['author'];
	const basedOn = value['basedOn'];
	stated['book'] = idOrAbsent(value['book']);
	if (isMap(author)) {
		const statedAuthor: Record<string, unknown> = author;
		statedAuthor['person'] = idOrAbsent(author['person']);
		statedAuthor['key'] = idOrAbsent(author['key']);
	}
	if (Array.isArray(basedOn))
		for (const basis of basedOn) {
			if (!isMap(basis)) continue;
			const statedBasis: Record<string, unknown> = basis;
			statedBasis['id'] = idOrAbsent(basis['id']);
		}
	return stated;
}

/** Text is not an id on the wire: one entry must not have two spellings. */
function idOrAbsent(value: CanonicalValue | undefined): unknown {
	return value instanceof Uint8Array && value.length === 16 ? bytesToId(value) : undefined;
}

function isMap(value: CanonicalValue | undefined): value is { [key: string]: CanonicalValue } {
	return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}
