/**
 * One visit in the writing as this tablet holds it: what the form on the screen has seen, and what is shared
 * with colleagues. Both are copies of one document. The form says which version of the others' words it was
 * looking at, so a letter typed while theirs arrived is put where it was meant, and nobody's is lost.
 */
import * as Y from 'yjs';
import { hasMoreThan, sign, signatureOf, type DraftSignature } from '#lib/crdt/joint-draft.ts';
import { readVisit, writeVisit } from '#lib/crdt/visit-document.ts';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { JointState } from '#lib/entry/draft-codec.ts';

/** What the form is to show now. */
export interface SharedVisit {
	typed: VisitDraft;
	/** Rises with what others wrote; the form names it with what it says next. */
	version: number;
	/** Number of the last words of the form that are in it. */
	heard: number;
	signature?: DraftSignature;
	/** This tablet has words that were not signed. */
	hasMore: boolean;
}

/** What the form says: the whole of it, under its own rising number, and the version it was looking at. */
export interface FormWords {
	typed: VisitDraft;
	number: number;
	version: number;
}

export interface JointVisit {
	readonly id: string;
	/** The document that a room exchanges with colleagues. */
	readonly shared: Y.Doc;
	write(words: FormWords): void;
	/** Hands what was typed to the shared document. */
	share(): void;
	current(): SharedVisit;
	/** Its room has it. */
	noteShared(): void;
	/** For the disk: everything of both. */
	state(): JointState;
	sign(by: Omit<DraftSignature, 'holds'>): void;
	/** Something came that the form has not shown. */
	onChange(listener: () => void): void;
}

const OWN = 'own';

export function createJointVisit(stored: JointState, begun: VisitDraft): JointVisit {
	const { id, state } = stored;
	let isShared = stored.isShared ?? false;
	const seen = new Y.Doc();
	const shared = new Y.Doc();
	/** What there was, by version: the form may still be looking at an older one. */
	const versions = new Map<number, Uint8Array>();
	let version = 0;
	let heard = 0;
	let tell = (): void => undefined;

	if (state !== undefined) Y.applyUpdate(seen, state);
	else writeVisit(seen, emptyVisit(), begun);
	share();

	function share(): void {
		const missing = Y.encodeStateAsUpdate(seen, Y.encodeStateVector(shared));
		Y.applyUpdate(shared, missing, OWN);
	}

	const everything = (): Uint8Array =>
		Y.mergeUpdates([Y.encodeStateAsUpdate(seen), Y.encodeStateAsUpdate(shared)]);

	function newVersion(): void {
		version += 1;
		versions.set(version, everything());
		tell();
	}

	shared.on('update', (_update: Uint8Array, origin: unknown) => {
		if (origin !== OWN) newVersion();
	});

	function look(at: number): void {
		const there = versions.get(at);
		if (there !== undefined) Y.applyUpdate(seen, there);
		for (const older of versions.keys()) if (older <= at) versions.delete(older);
	}

	return {
		id,
		shared,
		write: (words) => {
			look(words.version);
			writeVisit(seen, readVisit(seen), words.typed);
			heard = words.number;
			if (words.version < version) newVersion();
		},
		share,
		current: () => ({ ...viewOf(everything()), version, heard }),
		noteShared: () => {
			isShared = true;
		},
		state: () => ({ id, state: everything(), isShared }),
		sign: (by) => {
			share();
			shared.transact(() => sign(shared, by), OWN);
		},
		onChange: (listener) => {
			tell = listener;
		}
	};
}

function viewOf(everything: Uint8Array): Omit<SharedVisit, 'version' | 'heard'> {
	const whole = new Y.Doc();
	Y.applyUpdate(whole, everything);
	const signature = signatureOf(whole);
	return {
		typed: readVisit(whole),
		...(signature && { signature }),
		hasMore: signature !== undefined && hasMoreThan(signature, whole)
	};
}
