/** A reading thread: a connection of its own, so that a large page never holds up an acknowledgement. */
import type { DatabaseSync } from 'node:sqlite';
import { createArena } from './arena.ts';
import { openForReading } from './database.ts';
import type { CallMessage } from './messages.ts';
import { createReader } from './reader.ts';
import { methodsOf, send, sendFailure, serve, settings } from './worker-end.ts';

/** Opens the database with the first question: the writer makes it, and both start at the same time. */
export function runReader(): void {
	let opened: ReturnType<typeof openReading> | undefined;
	serve(
		(call) => {
			try {
				opened ??= openReading();
				opened.answer(call);
			} catch (error) {
				sendFailure(call.id, error);
			}
		},
		() => opened?.database.close()
	);
	send({ type: 'ready' });
}

function openReading() {
	const database = openForReading(settings.file, settings);
	const arena = createArena();
	const methodOf = methodsOf(createReader(database, arena));
	const begin = database.prepare('BEGIN');
	const commit = database.prepare('COMMIT');
	return {
		database,
		/** In a transaction, so that all its statements see one moment. */
		answer({ id, method, parameters }: CallMessage): void {
			try {
				begin.run();
				const result = methodOf(method)(...parameters);
				commit.run();
				send({ type: 'result', id, result }, arena.take());
			} catch (error) {
				endTransaction(database);
				arena.take();
				throw error;
			}
		}
	};
}

function endTransaction(database: DatabaseSync): void {
	if (database.isTransaction) database.exec('ROLLBACK');
}
