/**
 * Judges updates of joint drafts in a thread of its own, one after the other. One that does not come to an
 * end takes its thread with it, and nothing else: the next one finds a new thread, and the draft as it was.
 */
import { Worker } from 'node:worker_threads';
import type { JudgedUpdate } from '#lib/crdt/joint-draft.ts';

export interface JudgeTask {
	task: number;
	state: Uint8Array | undefined;
	update: Uint8Array;
	/** Who sent it. */
	author: string;
}
export interface JudgeAnswer {
	task: number;
	verdict: JudgedUpdate;
}

export interface DraftJudge {
	judge: (question: Omit<JudgeTask, 'task'>) => Promise<JudgedUpdate>;
	close: () => Promise<void>;
}

/** By the clock on the wall: far beyond what the thread allows itself. */
const ANSWER_MS_MAX = 1_000;

export function createDraftJudge(
	file = new URL('./draft-judge-worker.ts', import.meta.url)
): DraftJudge {
	let thread: Worker | undefined;
	let taskCount = 0;
	let last: Promise<unknown> = Promise.resolve();

	async function started(): Promise<Worker> {
		if (thread !== undefined) return thread;
		const starting = new Worker(file);
		starting.unref();
		await new Promise((resolve, reject) => {
			starting.once('message', resolve);
			starting.once('error', reject);
		});
		thread = starting;
		return starting;
	}

	async function ask(question: Omit<JudgeTask, 'task'>): Promise<JudgedUpdate> {
		const worker = await started();
		const task = ++taskCount;
		const verdict = await answerOf(worker, { ...question, task });
		if (verdict !== undefined) return verdict;
		thread = undefined;
		await worker.terminate();
		return { type: 'refused', code: 'too-slow' };
	}

	return {
		judge: (question) => {
			const verdict = last.then(() => ask(question));
			last = verdict.catch(() => undefined);
			return verdict;
		},
		close: async () => {
			await thread?.terminate();
		}
	};
}

/** Nothing when the thread failed or did not answer in time. */
function answerOf(worker: Worker, task: JudgeTask): Promise<JudgedUpdate | undefined> {
	return new Promise((resolve) => {
		const end = (verdict?: JudgedUpdate): void => {
			clearTimeout(timeout);
			worker.removeAllListeners('message');
			worker.removeAllListeners('error');
			worker.on('error', () => undefined);
			resolve(verdict);
		};
		const timeout = setTimeout(end, ANSWER_MS_MAX);
		worker.on('message', (answer: JudgeAnswer) => {
			if (answer.task === task.task) end(answer.verdict);
		});
		worker.on('error', () => end());
		worker.postMessage(task);
	});
}
