import { LIVE_CLOSE } from '#lib/protocol/live.ts';

/** What a room needs of a connection. Behind it stands a WebSocket, in tests an array. */
export interface LiveSocket {
	send(message: Uint8Array | string): void;
	close(code: number): void;
	/** Bytes that were sent and have not left yet. */
	bufferedBytes(): number;
}

/** Beyond this the client is not reading: it is closed and may come back. */
const BUFFERED_BYTES_MAX = 4 * 1024 * 1024;

export function sendOrClose(socket: LiveSocket, message: Uint8Array): void {
	if (socket.bufferedBytes() > BUFFERED_BYTES_MAX) socket.close(LIVE_CLOSE.tooSlow);
	else socket.send(message);
}
