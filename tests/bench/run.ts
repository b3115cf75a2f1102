/**
 * `npm run bench`: the product's numbers with goal and figure in one table. `-- NAME` runs one row,
 * `--json` prints for machines. Figures hold for this machine and moment; ratios hold longer.
 */
import { cpus, loadavg } from 'node:os';
import { closeLab } from './browser/lab.ts';
import type { BenchRow, Figure } from './row.ts';
import { coldStartRow } from './rows/cold-start.ts';
import { firstSyncRow } from './rows/first-sync.ts';
import { flowsRow } from './rows/flows.ts';
import { ackRow, ingestRow } from './rows/ingest.ts';
import { memoryRow } from './rows/memory.ts';
import { saveRow } from './rows/save.ts';
import { searchRow } from './rows/search.ts';
import { shellRow } from './rows/shell.ts';
import { idleRow, weekRow } from './rows/wire.ts';

const ROWS: BenchRow[] = [
	idleRow,
	weekRow,
	ingestRow,
	ackRow,
	memoryRow,
	firstSyncRow,
	coldStartRow,
	searchRow,
	saveRow,
	flowsRow,
	shellRow
];

async function main(): Promise<void> {
	const parameters = process.argv.slice(2);
	const isJson = parameters.includes('--json');
	const names = parameters.filter((parameter) => !parameter.startsWith('--'));
	const unknown = names.find((name) => !ROWS.some((row) => row.name === name));
	if (unknown !== undefined) {
		console.error(`There is no row ${unknown}. Rows: ${ROWS.map(({ name }) => name).join(', ')}`);
		process.exitCode = 1;
		return;
	}
	const chosen = names.length === 0 ? ROWS : ROWS.filter(({ name }) => names.includes(name));
	const results: { row: string; figures: Figure[] }[] = [];
	try {
		for (const row of chosen) {
			process.stderr.write(`${row.name} ...\n`);
			results.push({ row: row.name, figures: await row.measure() });
		}
	} finally {
		await closeLab();
		// Also what was measured before a row failed.
		if (isJson) console.log(JSON.stringify({ machine: machine(), results }, undefined, '\t'));
		else printTable(results);
	}
}

function machine(): string {
	const [first] = cpus();
	return `${cpus().length} x ${first?.model.trim() ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
}

function printTable(results: { row: string; figures: Figure[] }[]): void {
	console.log(machine());
	for (const { row, figures } of results)
		for (const { what, goal, value, isMet, note } of figures) {
			const mark = isMet === undefined ? ' ' : isMet ? '+' : '!';
			console.log(
				`${mark} ${row.padEnd(10)} ${what.padEnd(48)} ${value.padStart(18)}   goal ${goal}`
			);
			if (note !== undefined) console.log(`${' '.repeat(13)}${note}`);
		}
}

await main();
