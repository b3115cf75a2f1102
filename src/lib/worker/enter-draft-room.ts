/** A visit written together, through the stock provider of y-websocket. */
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import type { BookId } from '#lib/domain/ids.ts';
import { LIVE_DRAFT_PATH, type Presence } from '#lib/protocol/live.ts';
import { presentIn } from './presence.ts';

export interface DraftEvents {
	/** Who writes here now, as the server knows them. */
	present: (people: Presence[]) => void;
	/** All that the server has of it is here. */
	inStep: () => void;
}

/** @param origin of the server, with the scheme of WebSockets. Answers how to leave. */
export function enterDraftRoom(
	origin: string,
	{ book, id, document }: { book: BookId; id: string; document: Y.Doc },
	events: DraftEvents
): () => void {
	const provider = new WebsocketProvider(origin + LIVE_DRAFT_PATH, id, document, {
		disableBc: true,
		params: { book }
	});
	provider.awareness.setLocalState(null);
	const tell = (): void => events.present(presentIn(provider.awareness.getStates().values()));
	const step = (isInStep: boolean): void => {
		if (isInStep) events.inStep();
	};
	provider.awareness.on('change', tell);
	provider.on('sync', step);
	return () => {
		provider.awareness.off('change', tell);
		provider.off('sync', step);
		provider.destroy();
		events.present([]);
	};
}
