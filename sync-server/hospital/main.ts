/** `npm run hospital -- nightly --config FILE`; see INBOX.md for the exit codes. */
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SYNC_PATH } from '#lib/protocol/limits.ts';
import { systemTimer } from '#lib/sync/timer.ts';
import { createFetchTransport } from '#lib/sync/transport.ts';
import { createHttpServerPort } from '#lib/use-cases/http-server-port.ts';
import { openAgent } from './agent.ts';
import { ConfigError, readConfig, type HospitalConfig } from './config.ts';
import { LedgerBusy } from './line-ledger.ts';
import { runNightly, type Receipt } from './nightly.ts';

const USAGE = 'usage: npm run hospital -- nightly --config FILE';
const EXIT_CODES: Record<Receipt['outcome'], number> = {
	complete: 0,
	'something-refused': 2,
	'server-unreachable': 3,
	'sign-in-refused': 1
};
const clock = { nowMs: () => Date.now() };

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { config: { type: 'string' } }
	});
	if (positionals[0] !== 'nightly' || values.config === undefined) throw new ConfigError(USAGE);
	const config = readConfig(values.config, process.env);
	if (config.pin === undefined)
		throw new ConfigError('The agent needs its PIN: "pin" in the configuration or HOSPITAL_PIN.');
	const agent = openAgent({
		dataDir: config.dataDir,
		clock,
		randomBytes: (count) => new Uint8Array(randomBytes(count)),
		server: createHttpServerPort((path, init) => fetch(new URL(path, config.server), init)),
		createTransport: (token) =>
			createFetchTransport({
				url: new URL(SYNC_PATH, config.server).href,
				fetch,
				timer: systemTimer,
				headers: () => ({ authorization: `Bearer ${token()}` })
			})
	});
	const { login, pin } = config;
	const receipt = await runNightly({
		agent,
		inbox: config.inbox,
		credentials: { login, pin },
		clock,
		progress,
		wait: (ms) => wait(ms)
	});
	await agent.close();
	console.log(summaryOf(receipt, writeReceipt(config, receipt)));
	return EXIT_CODES[receipt.outcome];
}

/** On a terminal one line that is written over; elsewhere every line stays. */
function progress(text: string): void {
	process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
}

function writeReceipt({ receipts }: HospitalConfig, receipt: Receipt): string {
	mkdirSync(receipts, { recursive: true });
	const started = new Date(receipt.startedMs).toISOString().replaceAll(/[:.]/g, '-');
	const file = join(receipts, `${started}.json`);
	const handle = openSync(file, 'wx');
	writeSync(handle, `${JSON.stringify(receipt, undefined, '\t')}\n`);
	fsyncSync(handle);
	closeSync(handle);
	return file;
}

function summaryOf(
	{ outcome, reason, lines, sent, replica, received }: Receipt,
	file: string
): string {
	return [
		process.stdout.isTTY ? '\n' : '',
		`${outcome}${reason === undefined ? '' : ` (${reason})`}`,
		`received: ${received.books} books changed; the replica holds ${replica.books}${replica.matchesServer ? ', the same as the server' : ''}`,
		`inbox: ${lines.read} lines, ${lines.taken} taken, ${lines.takenBefore} taken before, ${lines.refused.length} refused`,
		`sent: ${sent.acknowledged} acknowledged, ${sent.refused.length} refused, ${sent.waiting} waiting`,
		`receipt: ${file}`
	].join('\n');
}

try {
	process.exitCode = await main();
} catch (error) {
	if (!(error instanceof ConfigError || error instanceof LedgerBusy)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
