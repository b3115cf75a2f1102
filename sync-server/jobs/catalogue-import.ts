/** The two acts of `npm run catalogue`, apart from its command line. */
import { editionToText } from '#lib/domain/catalogues/edition.ts';
import type { CatalogueKind } from '#lib/domain/catalogues/kinds.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { readCatalogueFile, type LineFailure } from './catalogue-file.ts';

export type ImportOutcome =
	| { type: 'added' | 'same'; entries: number; repeatedLines: number }
	/** Another content stands under this kind and first day: editions are never rewritten. */
	| { type: 'differs' }
	| { type: 'wrong-file'; failures: LineFailure[] };

export interface CatalogueImport {
	kind: CatalogueKind;
	from: ClinicalDate;
	bytes: Uint8Array;
	/** Name of the file, kept as where the edition comes from. */
	fileName: string;
	nowMs: number;
}

/** Stores one edition, or nothing at all. */
export async function importCatalogue(
	storage: Pick<ServerStorage, 'putCatalogue'>,
	{ kind, from, bytes, fileName, nowMs }: CatalogueImport
): Promise<ImportOutcome> {
	const origin = fileName
		.replace(/[^\p{L}\p{N}._-]+/gu, ' ')
		.trim()
		.slice(0, 200);
	const read = readCatalogueFile(kind, from, bytes, origin.normalize('NFC'));
	if (!read.ok) return { type: 'wrong-file', failures: read.failures };
	const content = editionToText(read.edition);
	const stored = await storage.putCatalogue({ kind, from, content, importedMs: nowMs });
	if (stored === 'differs') return { type: 'differs' };
	return {
		type: stored,
		entries: read.edition.entries.length,
		repeatedLines: read.repeatedLines
	};
}
