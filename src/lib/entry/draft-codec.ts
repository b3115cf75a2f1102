/**
 * What is being written, as bytes for this device. Text as typed is not canonical text, so it is JSON. The
 * letters of a visit stand beside the document that is shared with colleagues: they can be read without it.
 */
import { z } from 'zod';
import {
	keptFormsSchema,
	type FormDrafts,
	type FormName,
	type KeptForms
} from '#lib/domain/book/form-drafts.ts';
import { visitDraftSchema, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import { isIdText } from '#lib/domain/ids.ts';

/** The document of a draft that colleagues may join. */
export interface JointState {
	id: string;
	/** A Yjs update; absent before anything was written or heard. */
	state?: Uint8Array;
	/** Its room has had it: colleagues may hold it too. */
	isShared?: boolean;
}

export interface StoredDraft {
	typed: VisitDraft;
	joint?: JointState;
	/** It was signed here, and by this colleague too: the book has both. */
	alsoSignedBy?: string;
}

const base64 = z
	.string()
	.regex(/^[A-Za-z0-9+/]*={0,2}$/)
	.refine((text) => text.length % 4 === 0);
const storedSchema = z.strictObject({
	v: z.literal(1),
	typed: visitDraftSchema,
	joint: z
		.strictObject({
			id: z.string().refine(isIdText),
			state: base64,
			isShared: z.boolean().optional()
		})
		.optional(),
	alsoSignedBy: z.string().max(200).optional()
});

type StoredJoint = NonNullable<z.infer<typeof storedSchema>['joint']>;

export function encodeVisitDraft({ joint, ...draft }: StoredDraft): Uint8Array {
	const document = joint?.state && { ...joint, state: toBase64(joint.state) };
	const stored = { v: 1, ...draft, ...(document && { joint: document }) };
	return new TextEncoder().encode(JSON.stringify(stored));
}

/** Nothing when these bytes are no draft: damaged, or of another version. */
export function decodeVisitDraft(bytes: Uint8Array): StoredDraft | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		const { typed, joint, alsoSignedBy } = storedSchema.parse(JSON.parse(text));
		return {
			typed,
			...(joint && { joint: jointOf(joint) }),
			...(alsoSignedBy !== undefined && { alsoSignedBy })
		};
	} catch {
		return undefined;
	}
}

function jointOf({ id, state, isShared }: StoredJoint): JointState {
	const document = { id, state: fromBase64(state) };
	return isShared === undefined ? document : { ...document, isShared };
}

const storedFormSchema = z.strictObject({ v: z.literal(1), forms: keptFormsSchema });

/** Any other form: its letters under its name. */
export function encodeFormDraft(form: FormName, typed: FormDrafts[FormName]): Uint8Array {
	return new TextEncoder().encode(JSON.stringify({ v: 1, forms: { [form]: typed } }));
}

/** Nothing when these bytes are no draft of that form. */
export function decodeFormDraft(form: FormName, bytes: Uint8Array): KeptForms | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		const { forms } = storedFormSchema.parse(JSON.parse(text));
		return forms[form] === undefined ? undefined : forms;
	} catch {
		return undefined;
	}
}

const BLOCK = 0x8000;

function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += BLOCK)
		text += String.fromCharCode(...bytes.subarray(at, at + BLOCK));
	return btoa(text);
}

function fromBase64(text: string): Uint8Array {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
