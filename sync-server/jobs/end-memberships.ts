/**
 * Ends what was to end by itself: referrals, emergencies. It runs inside the server, every few seconds, so the feed
 * follows the clock; whoever asks about one book is answered by the clock itself (`auth/access.ts`).
 */
import type { ServerStorage } from '../storage/storage.ts';
import { isPassing } from '../sync/passing-failure.ts';

export const END_EVERY_MS = 5_000;
/** In one transaction: nobody's push waits long for it. */
const ENDED_AT_ONCE_MAX = 200;

export interface EndMembershipsDeps {
	storage: Pick<ServerStorage, 'endOverdue'>;
	clock: { nowMs(): number };
	/** Rows were added to feeds. */
	onEnded: () => void;
	onFailure: (error: unknown) => void;
}

/** Answers how many were over. */
export async function endMemberships({
	storage,
	clock,
	onEnded
}: Omit<EndMembershipsDeps, 'onFailure'>): Promise<number> {
	let count = 0;
	for (;;) {
		const ended = await storage.endOverdue(clock.nowMs(), ENDED_AT_ONCE_MAX);
		count += ended;
		if (ended < ENDED_AT_ONCE_MAX) break;
	}
	if (count > 0) onEnded();
	return count;
}

/** Goes on until it is closed. A store that cannot write at the moment is asked again. */
export function startEndingMemberships(deps: EndMembershipsDeps): { close(): Promise<void> } {
	let running: Promise<void> = Promise.resolve();
	let isRunning = false;
	const run = async (): Promise<void> => {
		try {
			await endMemberships(deps);
		} catch (error) {
			if (!isPassing(error)) deps.onFailure(error);
		} finally {
			isRunning = false;
		}
	};
	const timer = setInterval(() => {
		if (isRunning) return;
		isRunning = true;
		running = run();
	}, END_EVERY_MS);
	timer.unref();
	return {
		close: () => {
			clearInterval(timer);
			return running;
		}
	};
}
