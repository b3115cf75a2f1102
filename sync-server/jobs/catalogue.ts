/**
 * npm run catalogue -- import KIND FILE --from DATE
 * npm run catalogue -- list
 *
 * Works on the store of `DATA_DIR` while no server runs on it.
 */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { builtInEditions } from '#lib/domain/catalogues/built-in.ts';
import { CATALOGUE_KINDS, isCatalogueKind } from '#lib/domain/catalogues/kinds.ts';
import { isClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { openSqliteStorage } from '../storage/sqlite.ts';
import { dataDirectoryOf, storeFileIn } from '../storage/sqlite/files.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';
import { CATALOGUE_FILE_BYTES_MAX, type LineFailure } from './catalogue-file.ts';
import { importCatalogue } from './catalogue-import.ts';

const USAGE = `Usage:
  npm run catalogue -- import KIND FILE --from DATE
  npm run catalogue -- list

KIND is one of ${CATALOGUE_KINDS.join(', ')}; FILE is CSV or TSV with a header line, or JSON;
DATE is the first day in force, for example 2026-07-01.`;
const SERVER_RUNS =
	'The server runs on this data directory. Stop it (Ctrl-C), import, and start it again; nothing was changed.';
const FAILURES_SHOWN_MAX = 20;

class Refusal extends Error {}

async function main(args: string[]): Promise<void> {
	const { positionals, values } = readArguments(args);
	const [act, kind, file] = positionals;
	if (act === 'list' && positionals.length === 1) return withStorage(list);
	if (act !== 'import' || file === undefined || positionals.length !== 3) throw new Refusal(USAGE);
	if (kind === undefined || !isCatalogueKind(kind))
		throw new Refusal(`There is no catalogue "${kind ?? ''}".\n\n${USAGE}`);
	const from = values.from ?? '';
	if (!isClinicalDate(from))
		throw new Refusal(`--from needs a date such as 2026-07-01, not "${from}".`);
	const bytes = await readBounded(file);
	await withStorage(async (storage) => {
		const outcome = await importCatalogue(storage, {
			kind,
			from,
			bytes,
			fileName: basename(file),
			nowMs: Date.now()
		});
		if (outcome.type === 'wrong-file') throw new Refusal(tellFailures(file, outcome.failures));
		if (outcome.type === 'differs')
			throw new Refusal(
				`An edition of ${kind} from ${from} is there already with other content. Editions are never rewritten: ` +
					'import the corrected one with a later first day.'
			);
		const repeated =
			outcome.repeatedLines > 0 ? `, ${outcome.repeatedLines} repeated lines passed over` : '';
		const verb = outcome.type === 'added' ? 'Stored' : 'Already there:';
		console.log(`${verb} ${kind} from ${from}: ${outcome.entries} entries${repeated}.`);
	});
}

function readArguments(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: { from: { type: 'string' } }
		});
	} catch {
		throw new Refusal(USAGE);
	}
}

async function readBounded(file: string): Promise<Uint8Array> {
	const found = await stat(file).catch(() => undefined);
	if (found?.isFile() !== true) throw new Refusal(`There is no file ${file}.`);
	if (found.size > CATALOGUE_FILE_BYTES_MAX)
		throw new Refusal(`${file} is larger than ${CATALOGUE_FILE_BYTES_MAX} bytes.`);
	return readFile(file);
}

async function list(storage: ServerStorage): Promise<void> {
	for (const kind of CATALOGUE_KINDS)
		for (const { from, entries } of await builtInEditions(kind))
			console.log(`${kind}\tfrom ${from}\tships with the software\t${entries.length} entries`);
	for (const { kind, from, sha256 } of await storage.listCatalogues())
		console.log(`${kind}\tfrom ${from}\timported\tsha256 ${sha256.slice(0, 16)}`);
}

function tellFailures(file: string, failures: readonly LineFailure[]): string {
	const shown = failures
		.slice(0, FAILURES_SHOWN_MAX)
		.map(
			({ line, column, code }) =>
				`  ${line > 0 ? `line ${line}` : 'file'}${column === '' ? '' : `, ${column}`}: ${code}`
		);
	const rest = failures.length - shown.length;
	if (rest > 0) shown.push(`  and at least ${rest} more`);
	return `${file} was not imported; nothing was changed.\n${shown.join('\n')}`;
}

async function withStorage(act: (storage: ServerStorage) => Promise<void>): Promise<void> {
	const storage = await openSqliteStorage({
		file: storeFileIn(dataDirectoryOf(process.env)),
		clock: Date.now,
		random: (count) => randomBytes(count)
	}).catch((error: unknown) => {
		const isRunning = error instanceof StorageFailure && error.code === 'busy';
		throw isRunning ? new Refusal(SERVER_RUNS) : error;
	});
	try {
		await act(storage);
	} finally {
		await storage.close();
	}
}

process.umask(0o077);
try {
	await main(process.argv.slice(2));
} catch (error) {
	// Expected refusals, and the storage's own plain sentences; never a stack.
	console.error(error instanceof Error ? error.message : 'The catalogue command failed.');
	process.exitCode = 1;
}
