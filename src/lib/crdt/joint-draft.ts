/**
 * A visit that several people write at once, as a Yjs document of the stock kind: here letters may be merged
 * and the later choice may win, since nothing of it is in a book before somebody signs. `meta.signed` says
 * who did; from then on nobody writes in it any more.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { z } from 'zod';
import { isIdText } from '#lib/domain/ids.ts';

export const DRAFT_BYTES_MAX = 256 * 1024;

const signatureSchema = z.object({
	person: z.string().refine(isIdText, 'not-an-id'),
	name: z.string().max(200),
	atMs: z.number(),
	/** State vector of what was signed. */
	holds: z.instanceof(Uint8Array)
});
export type DraftSignature = z.infer<typeof signatureSchema>;

/** Who has signed the visit that was written here. */
export function signatureOf(document: Y.Doc): DraftSignature | undefined {
	return signatureSchema.safeParse(document.getMap('meta').get('signed')).data;
}

export function sign(document: Y.Doc, by: Omit<DraftSignature, 'holds'>): void {
	const held = Y.decodeStateVector(Y.encodeStateVector(document));
	// The signature itself is one more of this client.
	held.set(document.clientID, (held.get(document.clientID) ?? 0) + 1);
	const holds = encodeVector(held);
	document.getMap('meta').set('signed', { ...by, holds });
}

/** Has the document words that were not there when it was signed? */
export function hasMoreThan({ holds }: DraftSignature, document: Y.Doc): boolean {
	const signed = Y.decodeStateVector(holds);
	const held = Y.decodeStateVector(Y.encodeStateVector(document));
	return [...held].some(([client, clock]) => clock > (signed.get(client) ?? 0));
}

function encodeVector(held: Map<number, number>): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, held.size);
		for (const [client, clock] of held) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
		}
	});
}

export type JudgedUpdate =
	| { type: 'taken'; state: Uint8Array; vector: Uint8Array; isSigned: boolean; isNew: boolean }
	| { type: 'refused'; code: DraftRefusal };
export type DraftRefusal =
	| 'malformed'
	/** It builds on what the document does not have: Yjs would keep it aside, at a cost without bound. */
	| 'gap'
	| 'too-large'
	/** Says that somebody else signed. */
	| 'signed-by-another'
	| 'too-slow';

/**
 * Takes an update from outside into a document that is thrown away when anything is wrong with it: what stood
 * before stays as it was. Not for the main thread of anything, because nobody knows beforehand what it costs.
 * @param author who sent it.
 */
export function judgeUpdate(
	state: Uint8Array | undefined,
	update: Uint8Array,
	author: string
): JudgedUpdate {
	const document = new Y.Doc();
	try {
		if (state !== undefined) Y.applyUpdate(document, state);
		const wasSigned = document.getMap('meta').has('signed');
		let isNew = false;
		document.on('update', () => (isNew = true));
		Y.applyUpdate(document, update);
		if (document.store.pendingStructs !== null || document.store.pendingDs !== null)
			return { type: 'refused', code: 'gap' };
		const isSigned = document.getMap('meta').has('signed');
		if (isSigned && !wasSigned && signatureOf(document)?.person !== author)
			return { type: 'refused', code: 'signed-by-another' };
		const next = Y.encodeStateAsUpdate(document);
		if (next.length > DRAFT_BYTES_MAX) return { type: 'refused', code: 'too-large' };
		return { type: 'taken', state: next, vector: Y.encodeStateVector(document), isSigned, isNew };
	} catch {
		return { type: 'refused', code: 'malformed' };
	} finally {
		document.destroy();
	}
}
