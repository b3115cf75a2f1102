/** Every checkpoint that was ever signed, one after the other in a file beside the log's key. Only added to. */
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { LOG_NAME } from '#lib/protocol/checkpoint.ts';

const OWNER_ONLY = 0o600;

/** Oldest first. One that a crash cut off is among them as it stands. */
export function readCheckpoints(file: string): string[] {
	if (!existsSync(file)) return [];
	return splitCheckpoints(readFileSync(file, 'utf8'));
}

export function splitCheckpoints(text: string): string[] {
	const first = new RegExp(`^(?=${LOG_NAME}/)`, 'm');
	return text
		.split(first)
		.filter((part) => part.trim() !== '')
		.map((part) => `${part.trimEnd()}\n`);
}

/** On disk when it resolves. */
export async function addCheckpoint(file: string, checkpoint: string): Promise<void> {
	const handle = await open(file, 'a', OWNER_ONLY);
	try {
		// The line before may have been cut.
		await handle.write(`\n${checkpoint}`);
		await handle.sync();
	} finally {
		await handle.close();
	}
}
