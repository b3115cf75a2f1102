/**
 * A signed checkpoint of the access log: how many rows it has and their root, as text in the form of C2SP
 * tlog-checkpoint and signed-note. Whoever keeps one can tell later whether anything up to there was changed.
 *
 * Each life of the store (epoch) is a log of its own, named in the first line; further lines say with how many
 * rows each life began, so that a restore is told apart from rows that somebody took out.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { HASH_BYTES } from '#lib/entry/merkle.ts';
import { PUBLIC_KEY_BYTES, type Verifier } from '#lib/entry/signing.ts';
import { base64urlToBytes, bytesToBase64url } from './certificate.ts';

/** Public, without anybody signed in: it holds no personal data. */
export const CHECKPOINT_PATH = '/api/access-log/checkpoint';
export const LOG_KEYS_PATH = '/api/access-log/keys';
export const LOG_NAME = 'so-suc-khoe/access-log';

export interface Checkpoint {
	size: number;
	root: Uint8Array;
	/** Server time, milliseconds. */
	atMs: number;
	/** Every life of the store, oldest first, by its epoch in hexadecimal; the last one goes on. */
	epochs: { epoch: string; rows: number }[];
}

/** Signature type of signed-note: ECDSA P-256 with SHA-256, in DER. */
const ECDSA_TYPE = 2;
const KEY_ID_BYTES = 4;
/** What stands before an uncompressed P-256 point in a SubjectPublicKeyInfo. */
const SPKI_PREFIX = Uint8Array.from(
	'3059301306072a8648ce3d020106082a8648ce3d030107034200'.match(/../g) ?? [],
	(pair) => Number.parseInt(pair, 16)
);
const HEADER = new RegExp(
	`^${LOG_NAME}/([0-9a-f]{12})\\n(0|[1-9]\\d{0,14})\\n([A-Za-z0-9+/]{43}=)\\ntime (\\d{1,15})\\n((?:epoch [0-9a-f]{12} \\d{1,15}\\n)+)$`
);
const SIGNATURE = new RegExp(`^— ${LOG_NAME} ([A-Za-z0-9+/]{8,200}={0,2})$`);

/** What is signed. */
export function checkpointBody({ size, root, atMs, epochs }: Checkpoint): string {
	const lives = epochs.map(({ epoch, rows }) => `epoch ${epoch} ${rows}\n`).join('');
	const current = epochs.at(-1)?.epoch ?? '';
	return `${LOG_NAME}/${current}\n${size}\n${toBase64(root)}\ntime ${atMs}\n${lives}`;
}

export function checkpointText(
	body: string,
	signatures: { publicKey: Uint8Array; der: Uint8Array }[]
): string {
	const lines = signatures.map(({ publicKey, der }) => {
		const signature = new Uint8Array([...keyIdOfLog(publicKey), ...der]);
		return `— ${LOG_NAME} ${toBase64(signature)}\n`;
	});
	return `${body}\n${lines.join('')}`;
}

/** Reads the text; proves nothing. Undefined: it is no checkpoint. */
export function readCheckpoint(text: string): Checkpoint | undefined {
	const [, current, size, root, time, lives = ''] = HEADER.exec(bodyOf(text)) ?? [];
	if (root === undefined) return undefined;
	const rootBytes = fromBase64(root);
	const epochs = lives
		.trimEnd()
		.split('\n')
		.map((line) => line.split(' '))
		.map(([, epoch = '', rows]) => ({ epoch, rows: Number(rows) }));
	if (rootBytes?.length !== HASH_BYTES || epochs.at(-1)?.epoch !== current) return undefined;
	return { size: Number(size), root: rootBytes, atMs: Number(time), epochs };
}

/** Those of `keys` that signed this text. */
export async function signersOf(
	text: string,
	keys: readonly Uint8Array[],
	verify: Verifier
): Promise<Uint8Array[]> {
	const body = bodyOf(text);
	const signed = new TextEncoder().encode(body);
	const signatures = text
		.slice(body.length + 1)
		.split('\n')
		.flatMap((line) => fromBase64(SIGNATURE.exec(line)?.[1] ?? '') ?? []);
	const signers: Uint8Array[] = [];
	for (const key of keys) {
		const id = keyIdOfLog(key);
		const own = signatures.find((one) => id.every((byte, at) => byte === one[at]));
		const raw = own && rawOfDer(own.subarray(KEY_ID_BYTES));
		if (raw !== undefined && (await verify(key, signed, raw))) signers.push(key);
	}
	return signers;
}

/** A public key as signed-note writes it: name, id, and type with key. */
export function logKeyText(publicKey: Uint8Array): string {
	const typed = new Uint8Array([ECDSA_TYPE, ...spkiOf(publicKey)]);
	const id = [...keyIdOfLog(publicKey)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${LOG_NAME}+${id}+${toBase64(typed)}`;
}

export function readLogKey(text: string): Uint8Array | undefined {
	const typed = fromBase64(text.slice(LOG_NAME.length + 10));
	const publicKey = typed?.slice(1 + SPKI_PREFIX.length);
	if (publicKey?.length !== PUBLIC_KEY_BYTES) return undefined;
	return logKeyText(publicKey) === text ? publicKey : undefined;
}

function bodyOf(text: string): string {
	const end = text.indexOf('\n\n');
	return end === -1 ? '' : text.slice(0, end + 1);
}

function keyIdOfLog(publicKey: Uint8Array): Uint8Array {
	return sha256(spkiOf(publicKey)).slice(0, KEY_ID_BYTES);
}

function spkiOf(publicKey: Uint8Array): Uint8Array {
	return new Uint8Array([...SPKI_PREFIX, ...publicKey]);
}

/** r and s of 32 bytes each, out of a DER sequence of two integers. */
function rawOfDer(der: Uint8Array): Uint8Array | undefined {
	const raw = new Uint8Array(64);
	if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
	let at = 2;
	for (const end of [32, 64]) {
		const length = der[at + 1] ?? 0;
		let integer = der.subarray(at + 2, at + 2 + length);
		if (der[at] !== 2 || integer.length !== length) return undefined;
		if (integer[0] === 0) integer = integer.subarray(1);
		if (integer.length > 32) return undefined;
		raw.set(integer, end - integer.length);
		at += 2 + length;
	}
	return at === der.length ? raw : undefined;
}

function toBase64(bytes: Uint8Array): string {
	const text = bytesToBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
	return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function fromBase64(text: string): Uint8Array | undefined {
	const bytes = base64urlToBytes(
		text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
	);
	return bytes === undefined || toBase64(bytes) !== text || bytes.length === 0 ? undefined : bytes;
}
