/** A thread that copies the store while writer and reader go on. */
import { writeBackup } from './backup-file.ts';
import type { AnswerMessage, CallMessage } from './messages.ts';
import { failedAnswer, send, serve, settings } from './worker-end.ts';

export function runCopier(): void {
	serve(
		(calls) => send({ type: 'answers', answers: calls.map(copy) }),
		() => undefined
	);
	send({ type: 'ready' });
}

function copy({ id, parameters }: CallMessage): AnswerMessage {
	try {
		return { id, result: writeBackup(settings.file, String(parameters[0])) };
	} catch (error) {
		return failedAnswer(id, error);
	}
}
