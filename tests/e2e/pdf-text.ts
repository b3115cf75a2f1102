/** The words on each page of a PDF that Chromium printed: just enough of the format for that. */
import { inflateSync } from 'node:zlib';

export interface PrintedPage {
	/** In points. */
	width: number;
	height: number;
	text: string;
}

export function readPdf(pdf: Buffer): PrintedPage[] {
	const file = pdf.toString('latin1');
	const objects = new Map<string, string>();
	for (const [, id = '', body = ''] of file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
		objects.set(id, body);
	const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body));
	return pages.map((page) => {
		const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
		const contents = streamOf(objects.get(reference(page, 'Contents') ?? '') ?? '');
		const letters = lettersByFont(objects, page);
		return { width: Number(width), height: Number(height), text: textOf(contents, letters) };
	});
}

function reference(body: string, name: string): string | undefined {
	return new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1];
}

function streamOf(body: string): string {
	const start = /\bstream\r?\n/.exec(body);
	if (start === null) return '';
	// By its length: the data may end with what looks like a line's end.
	const length = Number(/\/Length (\d+)/.exec(body)?.[1]);
	const from = start.index + start[0].length;
	const data = body.slice(from, from + length);
	const bytes = Buffer.from(data, 'latin1');
	return body.includes('/FlateDecode') ? inflateSync(bytes).toString('latin1') : data;
}

/** Of each font by name in the page: what its glyphs mean. */
function lettersByFont(
	objects: Map<string, string>,
	page: string
): Map<string, Map<string, string>> {
	const fonts = /\/Font <<([\s\S]*?)>>/.exec(page)?.[1] ?? '';
	const letters = new Map<string, Map<string, string>>();
	for (const [, name = '', id = ''] of fonts.matchAll(/\/(\w+) (\d+) 0 R/g)) {
		const meaning = reference(objects.get(id) ?? '', 'ToUnicode');
		letters.set(name, meaningsOf(streamOf(objects.get(meaning ?? '') ?? '')));
	}
	return letters;
}

function meaningsOf(map: string): Map<string, string> {
	const meanings = new Map<string, string>();
	const put = (glyph: number, letters: string): void =>
		void meanings.set(glyph.toString(16).toUpperCase().padStart(4, '0'), letters);
	for (const [, block = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
		for (const [, glyph = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)>/g))
			put(parseInt(glyph, 16), lettersOf(hex));
	for (const [, block = ''] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
		for (const [, from = '', to = '', hex = ''] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
			for (let at = parseInt(from, 16); at <= parseInt(to, 16); at++)
				put(at, String.fromCharCode(parseInt(hex, 16) + at - parseInt(from, 16)));
	return meanings;
}

function lettersOf(hex: string): string {
	const units = hex.match(/.{4}/g) ?? [];
	return String.fromCharCode(...units.map((unit) => parseInt(unit, 16)));
}

function textOf(contents: string, letters: Map<string, Map<string, string>>): string {
	let font = new Map<string, string>();
	let text = '';
	for (const [token, name, hex] of contents.matchAll(
		/\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\bET\b/g
	)) {
		if (name !== undefined) font = letters.get(name) ?? font;
		else if (token === 'ET') text += ' ';
		else for (const glyph of hex?.match(/.{4}/g) ?? []) text += font.get(glyph.toUpperCase()) ?? '';
	}
	return text.normalize('NFC');
}
