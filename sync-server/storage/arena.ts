/**
 * Many small blobs in few buffers, so that an answer crosses to another thread by handing buffers over
 * instead of copying each blob.
 */
export interface Arena {
	/** A copy of these bytes inside the current buffer. */
	keep(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
	/** The buffers used since the last call, to be transferred. The arena begins anew. */
	take(): ArrayBuffer[];
}

const BUFFER_BYTES = 64 * 1024;

/** `bufferBytes`: how large a buffer is, unless one blob is larger. */
export function createArena(bufferBytes = BUFFER_BYTES): Arena {
	let buffers: ArrayBuffer[] = [];
	let current = new Uint8Array(0);
	let used = 0;
	return {
		keep(bytes) {
			if (used + bytes.length > current.length) {
				current = new Uint8Array(Math.max(bufferBytes, bytes.length));
				buffers.push(current.buffer);
				used = 0;
			}
			const kept = current.subarray(used, used + bytes.length);
			kept.set(bytes);
			used += bytes.length;
			return kept;
		},
		take() {
			const taken = buffers;
			buffers = [];
			current = new Uint8Array(0);
			used = 0;
			return taken;
		}
	};
}
