/** `npm run hospital -- nightly --config FILE`; see INBOX.md for the exit codes. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CHECKPOINT_PATH, readCheckpoint } from '#lib/protocol/checkpoint.ts';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { createHttpServerPort } from '#lib/use-cases/http-server-port.ts';
import { argon2idPinHasher } from '#lib/vault/argon2.ts';
import { openAgent, type Agent } from './agent.ts';
import { ConfigError, readConfig, type HospitalConfig } from './config.ts';
import { LedgerBusy } from './line-ledger.ts';
import { runNightly } from './nightly.ts';
import { openReceiptFolder, type Receipt } from './receipt.ts';
import { ReplicaFailed } from './take-line.ts';

// Keys and the hospital's lines lie in files that SQLite makes: nobody else may read any of them.
process.umask(0o077);

const USAGE = 'usage: npm run hospital -- nightly --config FILE';
const EXIT_CODES: Record<Receipt['outcome'], number> = {
	complete: 0,
	'something-refused': 2,
	'something-waits': 3,
	'server-unreachable': 3,
	'sign-in-refused': 1
};
const CHECKPOINT_TIMEOUT_MS = 15_000;
const clock = { nowMs: () => Date.now() };

async function main(): Promise<number> {
	const config = readConfig(configFile(), process.env);
	const { login, password, enrolmentCode } = config;
	if (password === undefined)
		throw new ConfigError(
			'The agent needs its password: "password" in the configuration or HOSPITAL_PASSWORD.'
		);
	const agent = openAgentOf(config);
	try {
		const receipts = openReceiptFolder(config.receipts);
		const receipt = await runNightly({
			agent,
			inbox: config.inbox,
			credentials: { login, password, enrolmentCode },
			clock,
			progress,
			readCheckpoint: () => askCheckpoint(config),
			wait: (ms) => wait(ms)
		});
		console.log(summaryOf(receipt));
		console.log(`receipt: ${receipts.write(receipt)}`);
		return EXIT_CODES[receipt.outcome];
	} finally {
		await agent.close();
	}
}

function configFile(): string {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { config: { type: 'string' } }
		});
		if (positionals.join(' ') === 'nightly' && values.config !== undefined) return values.config;
	} catch {
		// An option that does not exist: the usage says which do.
	}
	throw new ConfigError(USAGE);
}

function openAgentOf({ dataDir, server }: HospitalConfig): Agent {
	return openAgent({
		dataDir,
		hashPin: argon2idPinHasher,
		clock,
		randomBytes: (count) => new Uint8Array(randomBytes(count)),
		server: createHttpServerPort((path, init) => fetch(new URL(path, server), init)),
		createTransport: (token) =>
			createFetchTransport({
				url: new URL(SYNC_PATH, server).href,
				fetch,
				timer: systemTimer,
				headers: () => ({ authorization: `Bearer ${token()}` })
			})
	});
}

/** A server that gives none keeps no night from its end. */
async function askCheckpoint({ server }: HospitalConfig): Promise<string | undefined> {
	try {
		const signal = AbortSignal.timeout(CHECKPOINT_TIMEOUT_MS);
		const response = await fetch(new URL(CHECKPOINT_PATH, server), { signal });
		const text = await response.text();
		return readCheckpoint(text) === undefined ? undefined : text;
	} catch {
		return undefined;
	}
}

/** On a terminal one line that is written over; elsewhere every line stays. */
function progress(text: string): void {
	process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
}

function summaryOf({ outcome, reason, files, lines, sent, replica, received }: Receipt): string {
	return [
		process.stdout.isTTY ? '\n' : '',
		`${outcome}${reason === undefined ? '' : ` (${reason})`}`,
		`received: ${received.books} books changed; the replica holds ${replica.books}${replica.matchesServer ? ', the same as the server' : ''}`,
		`inbox: ${files.taken} files done, ${files.left} left, ${files.waits} for another night`,
		`lines: ${lines.read} read, ${lines.taken} taken, ${lines.takenBefore} taken before, ${lines.undecided} undecided, ${lines.refusedCount} refused`,
		`sent: ${sent.acknowledged} acknowledged, ${sent.refused.length} refused, ${sent.refusedBefore.length} refused in earlier nights, ${sent.waiting} waiting`
	].join('\n');
}

/** What the operator can mend, in one sentence; nothing for a fault of the program. */
function sentenceOf(error: unknown): string | undefined {
	if (error instanceof ConfigError || error instanceof LedgerBusy || error instanceof ReplicaFailed)
		return error.message;
	if (error instanceof StorageFailed)
		return `The replica could not be read or written (${error.code}).`;
	if (!(error instanceof Error)) return undefined;
	// The system's own sentences name the call and the path.
	if ('syscall' in error) return `The system refused: ${error.message}`;
	return 'errcode' in error ? `The replica cannot be used: ${error.message}` : undefined;
}

try {
	process.exitCode = await main();
} catch (error) {
	const sentence = sentenceOf(error);
	if (sentence === undefined) throw error;
	console.error(sentence);
	process.exitCode = 1;
}
