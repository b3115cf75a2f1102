/**
 * Tables as text: CSV (RFC 4180, comma or semicolon) or TSV with a header line. A quoted cell may hold
 * separators and line ends; in TSV quotes are plain characters.
 */
export interface TableRow {
	/** Line of the file on which the row begins, from 1. */
	line: number;
	cells: string[];
}

export type TableResult =
	| { ok: true; header: string[]; rows: TableRow[] }
	| { ok: false; failure: { line: number; code: 'no-header' | 'quote-open' | 'too-many-lines' } };

/** Reads a table; empty lines are passed over. At most `rowsMax` rows. */
export function readTable(text: string, rowsMax: number): TableResult {
	const body = text.startsWith('\ufeff') ? text.slice(1) : text;
	const headerLine = body.slice(0, body.search(/\r?\n|$/));
	const separator = headerLine.includes('\t') ? '\t' : headerLine.includes(';') ? ';' : ',';
	const rows: TableRow[] = [];
	let at = 0;
	let line = 1;
	while (at < body.length) {
		const row = readRow(body, at, separator);
		if (row === undefined) return { ok: false, failure: { line, code: 'quote-open' } };
		if (row.cells.some((cell) => cell !== '')) rows.push({ line, cells: row.cells });
		// One more for the header.
		if (rows.length > rowsMax + 1) return { ok: false, failure: { line, code: 'too-many-lines' } };
		at = row.end;
		line += row.lines;
	}
	const header = rows.shift();
	return header === undefined
		? { ok: false, failure: { line: 0, code: 'no-header' } }
		: { ok: true, header: header.cells.map((cell) => cell.trim()), rows };
}

/** The cells from `start` to the end of the row; nothing when a quote is never closed. */
function readRow(
	text: string,
	start: number,
	separator: string
): { cells: string[]; end: number; lines: number } | undefined {
	const cells: string[] = [];
	let cell = '';
	let lines = 1;
	let at = start;
	for (; at < text.length; at++) {
		const char = text.charAt(at);
		if (char === '\n') break;
		if (char === separator) {
			cells.push(cell);
			cell = '';
		} else if (char === '"' && cell === '' && separator !== '\t') {
			const quoted = readQuoted(text, at + 1);
			if (quoted === undefined) return undefined;
			cell = quoted.cell;
			lines += quoted.cell.split('\n').length - 1;
			at = quoted.end;
		} else cell += char;
	}
	cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
	return { cells, end: at + 1, lines };
}

/** The cell up to the closing quote, and where that stands. Two quotes are one. */
function readQuoted(text: string, start: number): { cell: string; end: number } | undefined {
	let from = start;
	let cell = '';
	for (;;) {
		const quote = text.indexOf('"', from);
		if (quote < 0) return undefined;
		cell += text.slice(from, quote);
		if (text.charAt(quote + 1) !== '"') return { cell, end: quote };
		cell += '"';
		from = quote + 2;
	}
}
