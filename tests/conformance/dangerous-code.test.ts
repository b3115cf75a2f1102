/**
 * S-16: what must stand nowhere in the product, read off its syntax: code out of text, SQL out of data, markup out of
 * data, other programs, weak hashes, calls to other places. A list of what is allowed stands beside each rule.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const IS_TEST = /\.(?:test|fixture)\.ts$|port-suite|kill-child|kill-material/;
const server = globSync('sync-server/**/*.ts', { cwd: ROOT }).filter((file) => !IS_TEST.test(file));
const client = globSync('src/**/*.ts', { cwd: ROOT }).filter((file) => !IS_TEST.test(file));
const screens = globSync('src/**/*.svelte', { cwd: ROOT });

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Call {
	callee: string;
	given: ts.Expression[];
}

const callsByFile = new Map<string, Call[]>();

/** Every call and every `new`, as its callee is written, with what it is given. */
function callsIn(file: string): Call[] {
	const known = callsByFile.get(file);
	if (known !== undefined) return known;
	const calls: Call[] = [];
	const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node))
			calls.push({ callee: node.expression.getText(), given: [...(node.arguments ?? [])] });
		ts.forEachChild(node, visit);
	};
	visit(source);
	callsByFile.set(file, calls);
	return calls;
}

/** Files that call what the pattern names. */
function callersOf(files: string[], callee: RegExp): string[] {
	return files.filter((file) => callsIn(file).some((call) => callee.test(call.callee)));
}

function filesWith(files: string[], pattern: RegExp): string[] {
	return files.filter((file) => pattern.test(textOf(file)));
}

/** What is not letters of the code or a constant of the file, as it is written. */
function loosePartsOf(expression: ts.Expression | undefined): string[] {
	if (expression === undefined || ts.isStringLiteralLike(expression)) return [];
	if (ts.isRegularExpressionLiteral(expression)) return [];
	if (ts.isTemplateExpression(expression))
		return expression.templateSpans.flatMap(({ expression: part }) => loosePartsOf(part));
	const text = expression.getText();
	return /^[A-Z][A-Z0-9_]+$/.test(text) ? [] : [text];
}

/** Each was read: a word, a number or a whole statement that the code itself says in another place. */
const WORDS_IN_SQL: string[] = [
	'audit-again.ts: sql',
	'audit-tree.ts: select',
	'audit-tree.ts: table',
	'backup-file.ts: sql',
	'check-file.ts: sql',
	'columns.ts: sql',
	'database.ts: index + 1',
	'database.ts: limits.pagesMax',
	'database.ts: name',
	'database.ts: sql',
	'devices-write.ts: set',
	'epochs.ts: sql',
	'registry-read.ts: sql',
	'reviews.ts: columns',
	'snapshot-read.ts: members',
	"sqlite-database.ts: mode === 'rw' ? 'BEGIN IMMEDIATE' : 'BEGIN'",
	'sqlite-database.ts: schemaOf(name)',
	'sqlite-database.ts: sql'
];

describe('S-16: the product', () => {
	it('makes no code out of text', () => {
		const makers = /^(?:eval|Function|globalThis\.eval|vm\..*|runIn\w+)$/;
		expect(callersOf([...server, ...client], makers)).toEqual([]);
		expect(filesWith([...server, ...client, ...screens], /node:vm\b/)).toEqual([]);
	});

	it('gives no data to SQL but as values: what a statement says is constant, or one of these words of ours', () => {
		const stores = server.filter((file) => /storage|sqlite|jobs/.test(file));
		const said = stores.flatMap((file) =>
			callsIn(file)
				.filter(({ callee }) => /(?:^|\.)(?:prepare|prepareQuery|query|exec)$/.test(callee))
				.filter(({ callee }) => !/(?:pattern|[A-Z_]{3,}|\/)\.exec$/.test(callee))
				.map(({ callee, given }) => ({
					file,
					sql: callee === 'prepareQuery' ? given[1] : given[0]
				}))
		);
		expect(said.length).toBeGreaterThan(100);
		const words = said.flatMap(({ file, sql }) =>
			loosePartsOf(sql).map((part) => `${file.split('/').at(-1) ?? ''}: ${part}`)
		);
		expect([...new Set(words)].sort()).toEqual(WORDS_IN_SQL);
	});

	it('makes no pattern out of anything but its own constants', () => {
		const patterns = [...server, ...client].flatMap((file) =>
			callsIn(file)
				.filter(({ callee }) => callee === 'RegExp')
				.flatMap(({ given }) => loosePartsOf(given[0]))
		);
		expect(patterns).toEqual([]);
	});

	it('puts no text into a page as markup, and listens to no other window', () => {
		const files = [...client, ...screens];
		expect(
			filesWith(files, /\{@html|\.innerHTML|outerHTML|insertAdjacentHTML|document\.write/)
		).toEqual([]);
		const listening =
			/(?:window|globalThis)\.addEventListener\('message'|^\s*addEventListener\('message'/m;
		expect(filesWith(files, listening)).toEqual([]);
	});

	it('starts no other program', () => {
		expect(filesWith(server, /node:child_process|node:cluster/)).toEqual([]);
	});

	it('calls out in one place at the server, and trusts no certificate that is not genuine', () => {
		const calling = callersOf(
			server,
			/^(?:fetch|request|https?\.(?:get|request)|net\.connect|createConnection)$/
		);
		expect(calling).toEqual(['sync-server/hospital/main.ts']);
		const clients = filesWith(
			server,
			/from 'openid-client'|createFetchTransport|createHttpServerPort/
		);
		expect(clients.filter((file) => !file.startsWith('sync-server/hospital/'))).toEqual([
			'sync-server/citizen/identity.ts'
		]);
		expect(filesWith(server, /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/)).toEqual([]);
	});

	it('names no weak hash and no cipher without a check of what it opens', () => {
		expect(
			filesWith([...server, ...client], /'(?:md5|sha1|sha-1|aes-\d+-(?:cbc|ecb|ctr)|des|rc4)'/i)
		).toEqual([]);
	});

	it('takes what nobody may guess from the system, never from Math.random', () => {
		// There: by how much a tablet waits before it asks again.
		expect(callersOf([...server, ...client], /^Math\.random$/)).toEqual([
			'src/lib/worker/open-book-api.ts'
		]);
	});

	it('reads and writes no file under a name that a request gave', () => {
		const http = server.filter((file) => /sync-server\/(?:http|sync|live)\//.test(file));
		const files = callersOf(
			http,
			/^(?:readFile|writeFile|open|createReadStream|createWriteStream|readFileSync|writeFileSync)$/
		);
		expect(files.sort()).toEqual(['sync-server/http/csp.ts', 'sync-server/http/tls-files.ts']);
	});
});
