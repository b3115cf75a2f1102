/**
 * The log has these fields and no others: no patient, no URL with values, no header, no body, no text
 * of an error (it could repeat what was sent). A stack names our own lines only.
 */
export interface RequestLine {
	method: string;
	/** Pattern of the route, for example `/api/catalogues/:kind/:from`. */
	route: string;
	status: number;
	ms: number;
	/** Bytes sent, with headers. */
	bytes: number;
	/** Last part of a problem's type. */
	code?: string;
}

export interface FailureLine {
	/** Name of the error class. */
	failure: string;
	code?: string;
	/** Files and lines of ours, without the message. */
	where: string[];
}

export interface Log {
	request(line: RequestLine): void;
	failure(line: FailureLine): void;
	/** An entry that the disk damaged, by its commit number. */
	damage(commit: number): void;
}

const FRAMES_MAX = 8;

export function createLog(write: (line: string) => void): Log {
	return {
		request({ method, route, status, ms, bytes, code }) {
			const words = [method, route, status, `${ms}ms`, `${bytes}B`, code ?? ''];
			write(words.join(' ').trimEnd());
		},
		failure({ failure, code, where }) {
			write([`FAILURE ${failure} ${code ?? ''}`.trimEnd(), ...where].join('\n    '));
		},
		damage(commit) {
			write(`DAMAGED entry commit=${commit}: not sent until a device offers it again`);
		}
	};
}

/** The stack begins with the text of the error, which may have lines that look like a place in our code. */
function framesOf({ stack = '', message }: Error): string[] {
	const from = message === '' ? 0 : stack.indexOf(message) + message.length;
	// A text that was changed after the stack was made cannot be told from places: then none is logged.
	if (!stack.includes(message)) return [];
	return stack
		.slice(from)
		.split('\n')
		.filter((line) => /^\s+at /.test(line));
}

/** What may be logged of an error of any kind. */
export function failureOf(error: unknown): FailureLine {
	if (!(error instanceof Error)) return { failure: 'not-an-error', where: [] };
	const frames = framesOf(error);
	const where = frames.slice(0, FRAMES_MAX).map((line) => line.trim());
	const code = 'code' in error && typeof error.code === 'string' ? wordOf(error.code) : undefined;
	return { failure: wordOf(error.name), ...(code !== undefined && { code }), where };
}

/** One word of a line: an error that came from outside may be called anything. */
function wordOf(text: string): string {
	return text.replace(/[^A-Za-z0-9_.-]/g, '').slice(0, 60);
}
