/**
 * npm run export -- entries --book ID --to DIRECTORY
 *
 * Writes every entry of a book with its signature and the key that made it, so that openssl verifies them. For an operator
 * at the machine of the server, beside it while it runs; the family sees in the access log that it was done.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isIdText, type BookId, type KeyId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { readCertificate } from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import { openCertificateLog } from '../auth/certificate-log.ts';
import { CERTIFICATE_LOG_FILE, ISSUING_KEY_FILE } from '../auth/files.ts';
import { issuingKeyOfPem } from '../auth/issuing-key.ts';
import { openBookForExport, type BookForExport } from '../storage/sqlite/export-read.ts';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';
import { exportFiles } from './export-files.ts';

const USAGE = `Usage:
  npm run export -- entries --book ID --to DIRECTORY   every entry of a book, to be verified by openssl`;

class Stop extends Error {}

function main([what, ...parameters]: string[]): void {
	const options = new Map<string, string>();
	for (let at = 0; at < parameters.length; at += 2)
		options.set(parameters[at] ?? '', parameters[at + 1] ?? '');
	const [book = '', to = ''] = [options.get('--book'), options.get('--to')];
	if (what !== 'entries' || options.size !== 2 || to === '') throw new Stop(USAGE);
	if (!isIdText(book)) throw new Stop('--book is not the id of a book. Nothing was done.');
	const directory = resolve(to);
	if (existsSync(directory)) throw new Stop(`${directory} is already there. Nothing was done.`);
	exportBook(dataDirectoryOf(process.env), book as BookId, directory);
}

function exportBook(dataDir: string, book: BookId, directory: string): void {
	const storeFile = storeFileIn(dataDir);
	if (!existsSync(storeFile)) throw new Stop(`There is no store at ${storeFile}.`);
	const pem = readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8');
	const opened = openBookForExport(storeFile, book, Date.now());
	if (opened === undefined) throw new Stop('There is no such book. Nothing was done.');
	const publicKeys = keysOf(opened);
	opened.close();
	const { publicKey, formerKeys } = issuingKeyOfPem(pem);
	const files = exportFiles({
		entries: opened.entries,
		publicKeys,
		certificates: certificatesOf(dataDir, publicKeys),
		issuingKeys: [publicKey, ...formerKeys]
	});
	mkdirSync(directory, { recursive: true });
	for (const { name, content } of files) writeFileSync(join(directory, name), content);
	console.log(`${opened.entries.length} entries in ${directory}; README.txt says how to verify them.
They are in clear: keep them where only those may read who may read the book.`);
}

function keysOf({ entries, findKey }: BookForExport): Map<KeyId, Uint8Array> {
	const keys = new Map<KeyId, Uint8Array>();
	for (const { bytes } of entries) {
		const read = readEntry(bytes);
		const found = read.ok ? findKey(read.entry.envelope.author.key) : undefined;
		if (found !== undefined) keys.set(found.key, found.publicKey);
	}
	return keys;
}

function certificatesOf(
	dataDir: string,
	keys: ReadonlyMap<KeyId, Uint8Array>
): Map<KeyId, Certificate> {
	const found = new Map<KeyId, Certificate>();
	for (const certificate of openCertificateLog(join(dataDir, CERTIFICATE_LOG_FILE)).certificates) {
		const content = readCertificate(certificate.bytes);
		if (content?.subject === 'person' && keys.has(content.key)) found.set(content.key, certificate);
	}
	return found;
}

process.umask(0o077);
try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : 'unknown reason');
	process.exitCode = error instanceof Stop ? 2 : 1;
}
