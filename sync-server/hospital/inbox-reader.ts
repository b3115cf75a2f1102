/**
 * The lines of an inbox file, as a stream: a line holds at most `LINE_BYTES_MAX` in memory, however long it
 * is. Only a line feed ends a line (JSON may hold U+2028), and what is not UTF-8 is refused, never mended.
 */
import { createReadStream } from 'node:fs';

export const LINE_BYTES_MAX = 64 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = '\ufeff';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface FileLine {
	/** 1, 2, ... */
	number: number;
	content: { text: string } | { failure: 'line-too-long' | 'not-utf-8' };
}

/** The file cannot be read, or not to its end. */
export class FileUnreadable extends Error {}

/** The lines with their numbers; empty ones are passed over. Throws `FileUnreadable`. */
export async function* readLines(path: string): AsyncGenerator<FileLine> {
	let number = 0;
	for await (const bytes of splitLines(readChunks(path))) {
		number += 1;
		const content = contentOf(bytes, number === 1);
		if (!('text' in content) || content.text.trim() !== '') yield { number, content };
	}
}

function contentOf(bytes: Uint8Array | 'too-long', isFirst: boolean): FileLine['content'] {
	if (bytes === 'too-long') return { failure: 'line-too-long' };
	let text: string;
	try {
		text = decoder.decode(bytes);
	} catch {
		return { failure: 'not-utf-8' };
	}
	return { text: isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
	try {
		for await (const chunk of createReadStream(path)) yield chunk as Uint8Array;
	} catch (error) {
		throw new FileUnreadable('the file cannot be read', { cause: error });
	}
}

async function* splitLines(
	chunks: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array | 'too-long'> {
	const line = createLine();
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
			line.add(chunk.subarray(start, end));
			yield line.take();
			start = end + 1;
		}
		line.add(chunk.subarray(start));
	}
	yield line.take();
}

/** Collects the pieces of one line; beyond the limit it only remembers that there were more. */
function createLine() {
	let pieces: Uint8Array[] = [];
	let bytes = 0;
	return {
		add: (piece: Uint8Array): void => {
			bytes += piece.length;
			if (bytes <= LINE_BYTES_MAX) pieces.push(piece);
			else pieces = [];
		},
		take: (): Uint8Array | 'too-long' => {
			const line = bytes > LINE_BYTES_MAX ? 'too-long' : withoutReturn(Buffer.concat(pieces));
			pieces = [];
			bytes = 0;
			return line;
		}
	};
}

function withoutReturn(line: Uint8Array): Uint8Array {
	return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
