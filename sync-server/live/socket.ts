/** What a room needs of a connection. Behind it stands a WebSocket, in tests an array. */
export interface LiveSocket {
	send(message: Uint8Array | string): void;
	close(code: number): void;
	/** Bytes that were sent and have not left yet. */
	bufferedBytes(): number;
}

/** Beyond this the client is not reading: it is closed and may come back. */
export const BUFFERED_BYTES_MAX = 4 * 1024 * 1024;
