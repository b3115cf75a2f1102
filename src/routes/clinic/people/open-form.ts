import type { DraftName } from '#lib/worker/book-api.ts';

/** A form on the screen, of which every word is kept on this device. */
export interface OpenForm<Typed> {
	readonly name: DraftName;
	readonly typed: Typed;
	/** What was found when it was opened. */
	readonly found: { type: 'none' } | { type: 'kept' | 'unreadable'; changedMs: number };
	/** Throws away what was typed, and begins anew. */
	discard: () => void;
	/** It was recorded, or left on purpose: nothing more of it is kept, and nobody is asked about it. */
	end: () => void;
}
