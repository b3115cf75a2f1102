/**
 * The layout as a test: who may import whom, how large things may grow, which names are forbidden.
 * ARCHITECTURE.md shows the same table; one assertion holds the two together.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 400;
const FORBIDDEN_FOLDERS = ['utils', 'helpers', 'services', 'types', 'common', 'shared'];

/** Folder → folders and packages it may import. A folder may always import itself. Longest match wins. */
const MAY_IMPORT: Record<string, string[]> = {
	'src/lib/domain': ['zod'],
	'src/lib/entry': ['src/lib/domain', '@noble/hashes', 'hash-wasm', 'zod'],
	'src/lib/crdt': ['src/lib/domain', 'src/lib/entry', 'yjs', 'lib0', 'zod'],
	'src/lib/protocol': ['src/lib/domain', 'src/lib/entry', '@noble/hashes', 'zod'],
	'src/lib/storage': ['src/lib/domain', 'src/lib/entry', 'dexie'],
	'src/lib/sync': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'src/lib/storage/port.ts'
	],
	'src/lib/vault': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'src/lib/storage/port.ts',
		'@noble/ciphers',
		'@noble/hashes',
		'hash-wasm',
		'zod'
	],
	'src/lib/use-cases': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/crdt',
		'src/lib/protocol',
		'src/lib/vault',
		'src/lib/sync',
		'src/lib/storage/port.ts',
		'zod'
	],
	'src/lib/worker': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/crdt',
		'src/lib/protocol',
		'src/lib/storage',
		'src/lib/sync',
		'src/lib/vault',
		'src/lib/use-cases',
		'y-websocket',
		'yjs',
		'comlink',
		'zod'
	],
	'src/lib/i18n': ['svelte'],
	'src/lib/ui': [
		'src/lib/domain',
		'src/lib/i18n',
		'svelte',
		'bits-ui',
		'@lucide/svelte',
		'@internationalized/date',
		'uqr',
		'zxing-wasm'
	],
	'src/lib/app.ts': ['src/lib/worker', 'comlink'],
	'src/lib/citizen.ts': ['src/lib/worker', 'comlink'],
	'src/routes': [
		'src/lib',
		'src/app.css',
		'@sveltejs/kit',
		'svelte',
		'$app',
		'workbox-window',
		'@lucide/svelte',
		'@simplewebauthn/browser'
	],
	'src/service-worker.ts': [
		'$service-worker',
		'workbox-core',
		'workbox-precaching',
		'workbox-routing'
	],
	'src/hooks.client.ts': ['src/lib/app.ts', 'src/lib/i18n', 'zod', '@sveltejs/kit'],
	'sync-server/storage': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'src/lib/crdt',
		'node:'
	],
	'sync-server/auth': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'sync-server/storage',
		'@simplewebauthn/server',
		'node:',
		'hash-wasm',
		'zod'
	],
	'sync-server/sync': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/crdt',
		'src/lib/protocol',
		'sync-server/storage',
		'sync-server/auth',
		'@noble/hashes',
		'node:'
	],
	'sync-server/live': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/crdt',
		'src/lib/protocol',
		'sync-server/storage',
		'sync-server/auth',
		'lib0',
		'node:'
	],
	'sync-server/citizen': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'sync-server/storage',
		'oidc-provider',
		'openid-client',
		'node:',
		'zod'
	],
	'sync-server/jobs': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'sync-server/storage',
		'sync-server/auth',
		'sync-server/sync',
		'node:',
		'zod'
	],
	'sync-server/http': [
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/protocol',
		'sync-server/storage',
		'sync-server/auth',
		'sync-server/sync',
		'sync-server/live',
		'sync-server/citizen',
		'sync-server/jobs',
		'fastify',
		'@fastify/static',
		'ws',
		'node:',
		'zod'
	],
	'sync-server/hospital': [
		'src/lib/storage/tables.ts',
		'src/lib/storage/book-storage.ts',
		'src/lib/domain',
		'src/lib/entry',
		'src/lib/crdt',
		'src/lib/protocol',
		'src/lib/sync',
		'src/lib/use-cases',
		'src/lib/vault',
		'src/lib/storage/port.ts',
		'node:',
		'zod'
	],
	'sync-server/main.ts': [
		'src/lib/protocol',
		'sync-server/http',
		'sync-server/auth',
		'sync-server/sync',
		'sync-server/live',
		'sync-server/citizen',
		'sync-server/storage',
		'sync-server/jobs',
		'node:'
	]
};

const sources = globSync(['src/**/*.{ts,svelte}', 'sync-server/**/*.ts'], { cwd: ROOT })
	.filter((file) => !file.endsWith('.d.ts'))
	.sort();
const production = sources.filter((file) => !/\.test\.ts$|port-suite[a-z-]*\.ts$/.test(file));

/** TypeScript of a file; of a Svelte component the script blocks. */
function scriptOf(file: string): string {
	const text = readFileSync(join(ROOT, file), 'utf8');
	if (!file.endsWith('.svelte')) return text;
	return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
		.map((match) => match[1])
		.join('\n');
}

function parse(file: string): ts.SourceFile {
	return ts.createSourceFile(file, scriptOf(file), ts.ScriptTarget.Latest, true);
}

function importsOf(file: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const specifier = specifierOf(node);
		if (specifier !== undefined) found.push(resolved(file, specifier));
		ts.forEachChild(node, visit);
	};
	visit(parse(file));
	return found;
}

function specifierOf(node: ts.Node): string | undefined {
	const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
	if (isImport && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
		return node.moduleSpecifier.text;
	const isDynamic =
		ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
	const argument = isDynamic ? node.arguments[0] : undefined;
	return argument && ts.isStringLiteral(argument) ? argument.text : undefined;
}

function resolved(file: string, specifier: string): string {
	if (specifier.startsWith('#lib/')) return `src/lib/${specifier.slice('#lib/'.length)}`;
	if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
	return specifier;
}

function isWithin(path: string, allowed: string): boolean {
	return path === allowed || path.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`);
}

function layerOf(file: string): string | undefined {
	return Object.keys(MAY_IMPORT)
		.filter((layer) => isWithin(file, layer))
		.sort((a, b) => b.length - a.length)[0];
}

function functionsOf(file: string): { name: string; lines: number }[] {
	const source = parse(file);
	const found: { name: string; lines: number }[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) && 'body' in node && node.body) {
			const start = source.getLineAndCharacterOfPosition(node.getStart()).line;
			const end = source.getLineAndCharacterOfPosition(node.getEnd()).line;
			const name = node.name && ts.isIdentifier(node.name) ? node.name.text : `line ${start + 1}`;
			found.push({ name, lines: end - start + 1 });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

describe('architecture', () => {
	it('every source file belongs to a layer', () => {
		expect(
			production.filter((file) => layerOf(file) === undefined && !file.endsWith('app.html'))
		).toEqual([]);
	});

	it('imports point one way', () => {
		const wrong = production.flatMap((file) => {
			const layer = layerOf(file);
			const allowed = layer === undefined ? [] : [layer, ...(MAY_IMPORT[layer] ?? [])];
			return importsOf(file)
				.filter((path) => !allowed.some((place) => isWithin(path, place)))
				.map((path) => `${file} -> ${path}`);
		});
		expect(wrong).toEqual([]);
	});

	it('no function is longer than it may be', () => {
		const long = production.flatMap((file) =>
			functionsOf(file)
				.filter(({ lines }) => lines > FUNCTION_LINES_MAX)
				.map(({ name, lines }) => `${file} ${name}: ${lines} lines`)
		);
		expect(long).toEqual([]);
	});

	it('no file is longer than it may be', () => {
		const isData = /domain\/catalogues\/data\/|jobs\/demo\/.*-data\.ts$|i18n\/messages\//;
		const long = production
			.filter((file) => !isData.test(file))
			.map((file) => ({
				file,
				lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length
			}))
			.filter(({ lines }) => lines > FILE_LINES_MAX);
		expect(long).toEqual([]);
	});

	it('no folder has a name that means nothing', () => {
		const named = sources.filter((file) =>
			dirname(file)
				.split('/')
				.some((part) => FORBIDDEN_FOLDERS.includes(part))
		);
		expect(named).toEqual([]);
	});

	it('no test is skipped or runs alone', () => {
		const tests = globSync(['src/**/*.test.ts', 'sync-server/**/*.test.ts', 'tests/**/*.ts'], {
			cwd: ROOT
		});
		const skipped = tests.filter((file) =>
			/\b(?:it|test|describe)\.(?:skip|only|todo|fixme)\b/.test(
				readFileSync(join(ROOT, file), 'utf8')
			)
		);
		expect(skipped.map((file) => relative(ROOT, join(ROOT, file)))).toEqual([]);
	});

	it('every source file is used by another', () => {
		const used = new Set(sources.flatMap(importsOf));
		const isEntryPoint =
			/^src\/routes\/|^src\/(?:service-worker|hooks\.client)\.ts$|^sync-server\/(?:main|jobs\/[a-z-]+|hospital\/main)\.ts$|-(?:worker|child)\.ts$|port-suite[a-z-]*\.ts$/;
		const unused = production.filter((file) => !used.has(file) && !isEntryPoint.test(file));
		const usedByTests = new Set(
			globSync('tests/**/*.ts', { cwd: ROOT }).flatMap((file) => importsOf(file))
		);
		expect(unused.filter((file) => !usedByTests.has(file))).toEqual([]);
	});

	it('ARCHITECTURE.md shows the same layers', () => {
		const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
		const missing = Object.keys(MAY_IMPORT).filter((layer) => !text.includes(`\`${layer}\``));
		expect(missing).toEqual([]);
	});

	it('ARCHITECTURE.md names every dependency', () => {
		const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
		const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			dependencies: Record<string, string>;
		};
		expect(Object.keys(manifest.dependencies).filter((name) => !text.includes(name))).toEqual([]);
	});
});
