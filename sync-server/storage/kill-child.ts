/**
 * A server process reduced to its storage, for the kill tests: appends without pause and writes a line
 * for each acknowledgement it was given. The lines go into a file, synchronously: what was written
 * before the kill is there after it. (A pipe may be full and refuse.)
 *
 * Environment: STORE, LINES (the file), RUN (names the entries), CRASH_AT and CRASH_AFTER (the how-manieth passage).
 */
import { randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { killEntries } from './kill-material.ts';
import { batchOf } from './port-suite-material.ts';
import { openSqliteStorage } from './sqlite.ts';
import type { FaultPoint } from './sqlite/group-commit.ts';

const PUSHES_IN_FLIGHT = 12;
const { STORE = '', LINES = '', RUN = '', CRASH_AT, CRASH_AFTER = '1' } = process.env;
const lines = openSync(LINES, 'a');
let passages = Number(CRASH_AFTER);

function crash(point: FaultPoint): void {
	if (point !== CRASH_AT) return;
	passages -= 1;
	if (passages === 0) process.kill(process.pid, 'SIGKILL');
}

const storage = await openSqliteStorage({
	file: STORE,
	clock: () => Date.now(),
	random: (count) => new Uint8Array(randomBytes(count)),
	...(CRASH_AT === undefined ? {} : { fault: crash })
});
writeSync(1, 'ready\n');

let lastPush = 0;
async function pushForEver(): Promise<never> {
	for (;;) {
		const push = ++lastPush;
		writeSync(lines, `sent ${push}\n`);
		const entries = killEntries(RUN, push);
		const lane = entries.length > 20 ? 'bulk' : 'small';
		const results = await storage.append(batchOf(entries, lane));
		const commits = results.map((result) => (result.type === 'refused' ? 0 : result.commit));
		writeSync(lines, `ack ${push} ${commits.join(',')}\n`);
	}
}
await Promise.all(Array.from({ length: PUSHES_IN_FLIGHT }, pushForEver));
