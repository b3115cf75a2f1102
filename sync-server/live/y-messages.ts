/**
 * The y-websocket protocol as the server speaks it: it reads who holds what, writes entries and presence,
 * and hands no foreign byte to Yjs here. A message is a number for its type, then what the type says.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Presence } from '#lib/protocol/live.ts';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
/** An update that holds nothing: no clients, no deletes. A stock client may send it. */
const EMPTY_UPDATE_BYTES = 2;

export type ClientMessage =
	/** What the client holds: Yjs client ids (one for each entry) that it has something of. */
	| { type: 'holds'; clientIds: Set<number> }
	/** Something to be stored in the document. */
	| { type: 'write'; update: Uint8Array }
	/** The client's own presence, or a question about others: both are answered by what the server knows. */
	| { type: 'presence' }
	| { type: 'nothing' }
	| { type: 'malformed' };

/** @param clientIdsMax more than any book has entries. */
export function readClientMessage(bytes: Uint8Array, clientIdsMax: number): ClientMessage {
	try {
		const decoder = decoding.createDecoder(bytes);
		const type = decoding.readVarUint(decoder);
		if (type === AWARENESS || type === QUERY_AWARENESS) return { type: 'presence' };
		if (type !== SYNC) return { type: 'malformed' };
		const step = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		if (decoding.hasContent(decoder)) return { type: 'malformed' };
		if (step === STEP_1) return readStateVector(payload, clientIdsMax);
		if (step !== STEP_2 && step !== UPDATE) return { type: 'malformed' };
		const isEmpty = payload.length === EMPTY_UPDATE_BYTES && payload.every((byte) => byte === 0);
		return isEmpty ? { type: 'nothing' } : { type: 'write', update: payload };
	} catch {
		return { type: 'malformed' };
	}
}

function readStateVector(bytes: Uint8Array, clientIdsMax: number): ClientMessage {
	const decoder = decoding.createDecoder(bytes);
	const count = decoding.readVarUint(decoder);
	if (count > clientIdsMax) return { type: 'malformed' };
	const clientIds = new Set<number>();
	for (let at = 0; at < count; at++) {
		const clientId = decoding.readVarUint(decoder);
		if (decoding.readVarUint(decoder) > 0) clientIds.add(clientId);
	}
	return decoding.hasContent(decoder) ? { type: 'malformed' } : { type: 'holds', clientIds };
}

/** Answers the client's first question; after it a stock client counts as in step. */
export function missingEntriesMessage(update: Uint8Array): Uint8Array {
	return syncMessage(STEP_2, update);
}

export function newEntriesMessage(update: Uint8Array): Uint8Array {
	return syncMessage(UPDATE, update);
}

/** Asks the client for what the document of this state vector lacks. */
export function questionMessage(vector: Uint8Array): Uint8Array {
	return syncMessage(STEP_1, vector);
}

function syncMessage(step: number, update: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, SYNC);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, update);
	});
}

/** One client of the awareness protocol. `presence` undefined: it has left. */
export interface AwarenessState {
	clientId: number;
	/** Rises with each statement about this client; an older one is ignored by receivers. */
	clock: number;
	presence: Presence | undefined;
}

export function presenceMessage(states: readonly AwarenessState[]): Uint8Array {
	const update = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, states.length);
		for (const { clientId, clock, presence } of states) {
			encoding.writeVarUint(encoder, clientId);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, JSON.stringify(presence ? { user: presence } : null));
		}
	});
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, AWARENESS);
		encoding.writeVarUint8Array(encoder, update);
	});
}
