/** What a tablet says of itself, with its own token. JSON, like everything in `api.ts`. */
import { z } from 'zod';

/** Its state, for those who look after tablets. A tablet that is to wipe itself is told so in the answer. */
export const TABLET_STATE_PATH = '/api/tablets/state';
/** It has destroyed its keys and handed in what waited. */
export const WIPED_PATH = '/api/tablets/wiped';

export const wipedRequestSchema = z.strictObject({
	/** Sealed entries that this server could not read: they are gone with the tablet. */
	unreadable: z.number().int().min(0).max(1_000_000)
});
export type WipedRequest = z.infer<typeof wipedRequestSchema>;
