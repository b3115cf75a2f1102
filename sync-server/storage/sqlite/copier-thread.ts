/** A thread that copies the store while writer and reader go on. */
import { writeBackup } from './backup-file.ts';
import { send, sendFailure, serve, settings } from './worker-end.ts';

export function runCopier(): void {
	serve(
		({ id, parameters }) => {
			try {
				send({ type: 'result', id, result: writeBackup(settings.file, String(parameters[0])) });
			} catch (error) {
				sendFailure(id, error);
			}
		},
		() => undefined
	);
	send({ type: 'ready' });
}
