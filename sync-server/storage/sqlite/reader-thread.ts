/** A reading thread: a connection of its own, so that a large page never holds up an acknowledgement. */
import type { DatabaseSync } from 'node:sqlite';
import { createArena } from '../arena.ts';
import { openForReading } from './database.ts';
import type { AnswerMessage, CallMessage } from './messages.ts';
import { createReader } from './reader.ts';
import { failedAnswer, methodsOf, send, serve, settings } from './worker-end.ts';

/** Opens the database with the first question: the writer makes it, and both start at the same time. */
export function runReader(): void {
	let opened: ReturnType<typeof openReading> | undefined;
	serve(
		(calls) => {
			try {
				opened ??= openReading();
			} catch (error) {
				send({ type: 'answers', answers: calls.map(({ id }) => failedAnswer(id, error)) });
				return;
			}
			opened.answerAll(calls);
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
	/** In a transaction, so that all statements of a call see one moment. */
	const answer = ({ id, method, parameters }: CallMessage): AnswerMessage => {
		try {
			if (!database.isTransaction) begin.run();
			return { id, result: methodOf(method)(...parameters) };
		} catch (error) {
			endTransaction(database);
			return failedAnswer(id, error);
		}
	};
	return {
		database,
		/** Calls that came together see the same moment. */
		answerAll(calls: CallMessage[]): void {
			const answers = calls.map(answer);
			endTransaction(database);
			send({ type: 'answers', answers }, arena.take());
		}
	};
}

function endTransaction(database: DatabaseSync): void {
	if (database.isTransaction) database.exec('ROLLBACK');
}
