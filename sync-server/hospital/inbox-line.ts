/**
 * One line of the inbox: what the hospital's own system says about one person, as JSON. INBOX.md beside
 * this file tells the format to those who write it. A wrong line is refused by itself, with a code and
 * the path of the field, never its value.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseContent, type KnownContent } from '#lib/domain/book/content.ts';
import {
	IDENTIFIER_KINDS,
	isIdentifierOf,
	type IdentifierKind
} from '#lib/domain/book/identifiers.ts';
import { bookIdSchema } from '#lib/domain/ids.ts';
import { tidyText } from '#lib/domain/text/text.ts';
import { clinicalTimeSchema } from '#lib/domain/time/clinical-schemas.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';

export const INBOX_KINDS = [
	'facts',
	'visit',
	'prescription',
	'immunization',
	'allergy',
	'observation',
	'note'
] as const;
type InboxKind = (typeof INBOX_KINDS)[number];

const CLASS_BY_KIND: Record<InboxKind, 'event' | 'fact' | 'safety'> = {
	facts: 'fact',
	visit: 'event',
	prescription: 'event',
	immunization: 'event',
	allergy: 'safety',
	observation: 'event',
	note: 'event'
};

const identifierSchema = z
	.strictObject({ kind: z.enum(IDENTIFIER_KINDS), value: z.string().max(32) })
	.refine(({ kind, value }) => isIdentifierOf(kind, value), 'identifier-form');

const lineSchema = z.strictObject({
	/** The hospital's own key of this record, unique for ever. */
	source: z.string().regex(/^[A-Za-z0-9._:/-]{1,100}$/),
	person: z.union([
		z.strictObject({ book: bookIdSchema }),
		z.strictObject({ identifier: identifierSchema }),
		/** Nobody yet: only with kind `facts`, which then begins a book. */
		z.strictObject({ new: z.literal(true) })
	]),
	kind: z.enum(INBOX_KINDS),
	occurred: clinicalTimeSchema,
	body: z.record(z.string(), z.unknown())
});

type LinePerson = z.infer<typeof lineSchema>['person'];
export interface InboxLine {
	source: string;
	person: LinePerson;
	occurred: ClinicalTime;
	class: 'event' | 'fact' | 'safety';
	content: Extract<KnownContent, { kind: InboxKind }>;
}

export interface StatedIdentifier {
	kind: IdentifierKind;
	value: string;
}

export interface LineFailure {
	source?: string;
	code: string;
	path?: string;
}

export type LineResult = { ok: true; line: InboxLine } | { ok: false; failure: LineFailure };

export function parseInboxLine(text: string): LineResult {
	let value: unknown;
	try {
		value = JSON.parse(text, withoutPrototypeKeys);
	} catch (error) {
		return refused({ code: error instanceof ForbiddenKey ? 'forbidden-key' : 'not-json' });
	}
	const parsed = lineSchema.safeParse(tidied(value));
	if (!parsed.success) return refused(failureOf(parsed.error.issues[0], sourceOf(value)));
	return withContent(parsed.data);
}

function withContent(line: z.infer<typeof lineSchema>): LineResult {
	if ('new' in line.person && line.kind !== 'facts')
		return refused({ source: line.source, code: 'person-missing', path: 'person' });
	const content = parseContent(
		{
			v: 1,
			book: 'book' in line.person ? line.person.book : undefined,
			kind: line.kind,
			schema: 1,
			class: CLASS_BY_KIND[line.kind],
			effect: 'adds',
			occurred: line.occurred
		},
		line.body
	);
	if (!content.ok) {
		const path = content.failure.type === 'schema' ? `body.${content.failure.path}` : 'kind';
		return refused({ source: line.source, code: content.failure.code, path });
	}
	return {
		ok: true,
		line: {
			source: line.source,
			person: line.person,
			occurred: line.occurred,
			class: CLASS_BY_KIND[line.kind],
			content: content.content as InboxLine['content']
		}
	};
}

/** Tells a repetition of a line from another line under the same key. */
export function lineHash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** The numbers of the person that the line itself states. */
export function identifiersOf({ content }: InboxLine): StatedIdentifier[] {
	if (content.kind !== 'facts') return [];
	const { body } = content;
	return IDENTIFIER_KINDS.flatMap((kind) => {
		const identifier = body[`identifier.${kind}`];
		return identifier === undefined ? [] : [{ kind, value: identifier.value }];
	});
}

class ForbiddenKey extends Error {}

function withoutPrototypeKeys(key: string, value: unknown): unknown {
	if (key === '__proto__') throw new ForbiddenKey();
	return value;
}

/** Other systems write decomposed accents and stray spaces; that is no reason to refuse a visit. */
function tidied(value: unknown): unknown {
	if (typeof value === 'string') return tidyText(value);
	if (Array.isArray(value)) return value.map(tidied);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, tidied(field)]));
}

function sourceOf(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null || !('source' in value)) return undefined;
	const parsed = lineSchema.shape.source.safeParse(value.source);
	return parsed.success ? parsed.data : undefined;
}

function failureOf(issue: z.core.$ZodIssue | undefined, source: string | undefined): LineFailure {
	const code = issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid');
	const path = issue?.path.join('.') ?? '';
	return { code, ...(path === '' ? {} : { path }), ...(source === undefined ? {} : { source }) };
}

function refused(failure: LineFailure): LineResult {
	return { ok: false, failure };
}
