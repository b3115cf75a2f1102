/**
 * JSON of a request, as every reader would read it: UTF-8 without a mark, each key once, no key that touches a
 * prototype, letters that are whole, numbers that are exact, and no deeper than any of our messages. Text that two
 * parsers could read in two ways is refused, not interpreted (RFC 8259, sections 4, 6 and 8).
 */
const DEPTH_MAX = 8;
const KEYS_OF_PROTOTYPES = ['__proto__', 'constructor', 'prototype'];
/** A mark of structure, the beginning of a text, or anything else that is not space. */
const TOKEN = /[{}[\],:"]|[^\s{}[\],:"]+/gsu;

/** The text is JSON, or was none of these things. It says nothing of what was sent. */
export class NotStrictJson extends Error {
	readonly statusCode = 400;
	constructor() {
		super('not strict JSON');
	}
}

/** Throws `NotStrictJson`. */
export function parseStrictJson(bytes: Uint8Array): unknown {
	const text = decode(bytes);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new NotStrictJson();
	}
	checkTokens(text);
	return value;
}

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new NotStrictJson();
	}
}

/** `text` is JSON already, so a text before a colon is a key, and every other token a value or structure. */
function checkTokens(text: string): void {
	const open: Set<string>[] = [];
	let lastText = '';
	for (const token of tokensOf(text)) {
		if (token === '{' || token === '[') open.push(new Set());
		else if (token === '}' || token === ']') open.pop();
		else if (token === ':') addKey(open.at(-1), lastText);
		else if (token.startsWith('"')) lastText = wholeText(token);
		else if (/^[-0-9]/.test(token)) checkNumber(token);
		if (open.length > DEPTH_MAX) throw new NotStrictJson();
	}
}

/** A text is found by its end and not by a pattern: it may be a megabyte long. */
function* tokensOf(text: string): Generator<string> {
	const pattern = new RegExp(TOKEN);
	for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
		let end = found.index + 1;
		if (found[0] === '"') {
			while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
			pattern.lastIndex = end + 1;
			yield text.slice(found.index, end + 1);
		} else yield found[0];
	}
}

function wholeText(token: string): string {
	const value = String(JSON.parse(token));
	if (!value.isWellFormed()) throw new NotStrictJson();
	return value;
}

function addKey(keys: Set<string> | undefined, key: string): void {
	if (keys?.has(key) === true || KEYS_OF_PROTOTYPES.includes(key)) throw new NotStrictJson();
	keys?.add(key);
}

/** A whole number that a double cannot hold would be another one after reading. */
function checkNumber(token: string): void {
	const value = Number(token);
	const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
	if (!Number.isFinite(value) || !isExact) throw new NotStrictJson();
}
