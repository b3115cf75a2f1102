/**
 * Every certificate this server ever gave out, one per line, in a file beside the issuing key and like it
 * apart from the database and its backups. Whoever restores an older backup still knows all keys and
 * devices enrolled since, so what they wrote is accepted from whichever tablet brings it. Only added to.
 */
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import {
	certificateToText,
	readCertificate,
	textToCertificate,
	type CertificateContent
} from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import { StorageFailure } from '../storage/storage.ts';

const OWNER_ONLY = 0o600;

export interface CertificateLog {
	/** What the file held when it was opened; a damaged line is left out. Proves nothing by itself. */
	readonly certificates: readonly Certificate[];
	/** On disk when it resolves; what is there already is not written again. Rejects with
	 * `StorageFailure` when the disk refuses. */
	keep(certificates: Certificate[]): Promise<void>;
	/** A certificate with these very bytes, whichever signature, was given out here. */
	hasGiven(certificateBytes: Uint8Array): boolean;
}

/** Opens the file, which need not be there yet. */
export function openCertificateLog(file: string): CertificateLog {
	const text = existsSync(file) ? readFileSync(file, 'latin1') : '';
	const certificates = text.split('\n').flatMap((line) => textToCertificate(line) ?? []);
	const kept = new Set(certificates.map(subjectOf));
	const given = new Set(certificates.map(({ bytes }) => textOf(bytes)));
	// A line that was cut by a crash or a full disk must not swallow the next one.
	let isCut = text !== '' && !text.endsWith('\n');
	let last: Promise<unknown> = Promise.resolve();

	async function write(wanted: Certificate[]): Promise<void> {
		const added = wanted.filter((certificate) => !kept.has(subjectOf(certificate)));
		if (added.length === 0) return;
		const lines = added.map((certificate) => `${certificateToText(certificate)}\n`).join('');
		const start = isCut ? '\n' : '';
		isCut = true;
		await appendDurably(file, start + lines);
		isCut = false;
		for (const certificate of added) {
			kept.add(subjectOf(certificate));
			given.add(textOf(certificate.bytes));
		}
	}

	return {
		certificates,
		keep(wanted) {
			const result = last.then(() => write(wanted));
			last = result.catch(() => undefined);
			return result;
		},
		hasGiven: (certificateBytes) => given.has(textOf(certificateBytes))
	};
}

function textOf(certificateBytes: Uint8Array): string {
	return Buffer.from(certificateBytes).toString('base64');
}

/** A key in its role: certificates are signed anew at each sign-in, with other bytes of signature. */
function subjectOf({ bytes }: Certificate): string {
	const content: CertificateContent | undefined = readCertificate(bytes);
	if (content === undefined) return '';
	return content.subject === 'device' ? `device ${content.device}` : `person ${content.key}`;
}

async function appendDurably(file: string, text: string): Promise<void> {
	try {
		const handle = await open(file, 'a', OWNER_ONLY);
		try {
			await handle.appendFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
		throw new StorageFailure(isFull ? 'disk-full' : 'io', 'A certificate could not be kept.');
	}
}
