/** An open book through the stock provider of y-websocket. Only who else is there is read from it. */
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { BookId } from '#lib/domain/ids.ts';
import { LIVE_BOOK_PATH, type Presence } from '#lib/protocol/live.ts';
import { presentIn } from './presence.ts';

/** @param origin of the server, with the scheme of WebSockets */
export function watchBookRoom(
	origin: string,
	book: BookId,
	listener: (present: Presence[]) => void
): () => void {
	const document = new Y.Doc();
	// Other windows of this device have nothing to say to each other here.
	const provider = new WebsocketProvider(origin + LIVE_BOOK_PATH, book, document, {
		disableBc: true
	});
	provider.awareness.setLocalState(null);
	const tell = (): void => listener(presentIn(provider.awareness.getStates().values()));
	provider.awareness.on('change', tell);
	return () => {
		provider.awareness.off('change', tell);
		provider.destroy();
		document.destroy();
		listener([]);
	};
}
