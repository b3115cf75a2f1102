/** A visit being written, as bytes for this device. Text as typed is not canonical text, so it is JSON. */
import { z } from 'zod';
import { visitDraftSchema, type VisitDraft } from '#lib/domain/book/visit-draft.ts';

const storedSchema = z.strictObject({ v: z.literal(1), typed: visitDraftSchema });

export function encodeVisitDraft(typed: VisitDraft): Uint8Array {
	return new TextEncoder().encode(JSON.stringify({ v: 1, typed }));
}

/** Nothing when these bytes are no draft: damaged, or of another version. */
export function decodeVisitDraft(bytes: Uint8Array): VisitDraft | undefined {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return storedSchema.safeParse(JSON.parse(text)).data?.typed;
	} catch {
		return undefined;
	}
}
